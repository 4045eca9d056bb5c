<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name />
    <message>
      <source> and </source>
      <translation> 和 </translation>
    </message>
    <message>
      <source>%1 file</source>
      <translation>%1 文件</translation>
    </message>
    <message numerus="yes">
      <source>%n act(s)</source>
      <translation>
        <numerusform>%n 个操作</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their envelopes stay blank.</source>
      <translation>
        <numerusform>%n 个地址为空，对应的信封留白。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their labels stay blank.</source>
      <translation>
        <numerusform>%n 个地址为空，对应的标签留白。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) have no postcode of six digits; their boxes stay empty.</source>
      <translation>
        <numerusform>%n 个地址没有六位邮编，邮编框留空。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n 个单元格</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) hold an error such as #DIV/0!</source>
      <translation>
        <numerusform>%n 个单元格含有错误值，例如 #DIV/0!</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) were too long for the paper; their end was cut off.</source>
      <translation>
        <numerusform>%n 个单元格的内容超出纸张，末尾已截断。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) have not reached the server.</source>
      <translation>
        <numerusform>有 %n 处修改还没有送达服务器。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) wait and are sent when it is back.</source>
      <translation>
        <numerusform>有 %n 处修改在等待，恢复后自动发送。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n copy(ies) in the folder backups went along.</source>
      <translation>
        <numerusform>backups 文件夹中的 %n 个副本也一并处理了。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n 天</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s) idle</source>
      <translation>
        <numerusform>%n 天未动</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s) late</source>
      <translation>
        <numerusform>逾期 %n 天</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted record(s)</source>
      <translation>
        <numerusform>%n 条已删除的记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries</source>
      <translation>
        <numerusform>%n 项</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n further word(s), such as {word}</source>
      <translation>
        <numerusform>其余 %n 个词语，例如 {word}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n group(s)</source>
      <translation>
        <numerusform>%n 组</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n missed reminder(s)</source>
      <translation>
        <numerusform>错过了 %n 条提醒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>还有 %n 项</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more field(s) have the same value in both.</source>
      <translation>
        <numerusform>另有 %n 个字段两边相同。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more reminder(s)</source>
      <translation>
        <numerusform>还有 %n 条提醒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s) before you print</source>
      <translation>
        <numerusform>打印前请留意 %n 条提示</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of them cannot be kept and would be lost.</source>
      <translation>
        <numerusform>其中 %n 处无法保留，关闭后会丢失。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n opportunity(ies)</source>
      <translation>
        <numerusform>%n 个商机</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n picture(s)</source>
      <translation>
        <numerusform>%n 张图片</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s) found. Make a backup before anything else, and ask whoever looks after the program.</source>
      <translation>
        <numerusform>发现 %n 个问题。请先做备份，再联系负责维护本程序的人员。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recipient(s)</source>
      <translation>
        <numerusform>%n 位收件人</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n 条记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) added since the merge stay where they are</source>
      <translation>
        <numerusform>合并后新增的 %n 条记录留在原处</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) and what belongs to them will be gone for good. Nothing brings them back.</source>
      <translation>
        <numerusform>%n 条记录及其下属内容将被彻底删除，无法恢复。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) are refused:</source>
      <translation>
        <numerusform>%n 条被拒绝：</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) assigned</source>
      <translation>
        <numerusform>已指派 %n 条记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) changed</source>
      <translation>
        <numerusform>已修改 %n 条记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) deleted for good</source>
      <translation>
        <numerusform>已彻底删除 %n 条记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) go into the recycle bin, and with them:</source>
      <translation>
        <numerusform>%n 条记录将进入回收站，一同进入的还有：</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) go into the recycle bin.</source>
      <translation>
        <numerusform>%n 条记录将进入回收站。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have this value already.</source>
      <translation>
        <numerusform>%n 条记录已经是这个值。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) kept</source>
      <translation>
        <numerusform>保留 %n 条记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) moved to the recycle bin</source>
      <translation>
        <numerusform>已将 %n 条记录移入回收站</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) restored</source>
      <translation>
        <numerusform>已恢复 %n 条记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) shared with {name}</source>
      <translation>
        <numerusform>已将 %n 条记录共享给{name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) tagged</source>
      <translation>
        <numerusform>已为 %n 条记录加上标签</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) taken back</source>
      <translation>
        <numerusform>已撤回 %n 条记录</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) were changed again since and kept.</source>
      <translation>
        <numerusform>%n 条记录之后又有改动，已保留。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) were merged into “{title}”</source>
      <translation>
        <numerusform>%n 条记录已合并到“{title}”</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to {file}</source>
      <translation>
        <numerusform>已将 %n 条记录写入 {file}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n refused row(s) written to {file}. Correct them there and import that file.</source>
      <translation>
        <numerusform>已将 %n 行未导入的数据写入 {file}。请在该文件中更正后再导入。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n reminder(s)</source>
      <translation>
        <numerusform>%n 条提醒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) left out as titles, sub-headings or totals</source>
      <translation>
        <numerusform>%n 行为标题、小标题或合计，已略过</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) of data</source>
      <translation>
        <numerusform>%n 行数据</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) written to {file}</source>
      <translation>
        <numerusform>已将 %n 行写入 {file}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) go into the recycle bin.</source>
      <translation>
        <numerusform>%n 条示例数据将移入回收站。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) removed.</source>
      <translation>
        <numerusform>已移除 %n 条示例数据。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) stay, because you work with them:</source>
      <translation>
        <numerusform>以下 %n 条示例数据因正在使用而保留：</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) left</source>
      <translation>
        <numerusform>还需 %n 秒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n selected</source>
      <translation>
        <numerusform>已选 %n 项</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n share(s) ended</source>
      <translation>
        <numerusform>已结束 %n 条共享</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n window(s) open</source>
      <translation>
        <numerusform>%n 个窗口已打开</numerusform>
      </translation>
    </message>
    <message>
      <source>(nobody)</source>
      <translation>（无人负责）</translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>（无）</translation>
    </message>
    <message>
      <source>--database names the server with an account that may do everything there, such as root.</source>
      <translation>--database 指定服务器，并使用在服务器上拥有全部权限的账号，例如 root。</translation>
    </message>
    <message>
      <source>--keep is a number of days, 1 or more.</source>
      <translation>--keep 是天数，至少为 1。</translation>
    </message>
    <message>
      <source>--to and --keep are for a team's database on a server; the copies of a file lie beside it.</source>
      <translation>--to 和 --keep 用于服务器上的团队数据库；文件的备份就在文件旁边。</translation>
    </message>
    <message>
      <source>0 to 100</source>
      <translation>0 到 100</translation>
    </message>
    <message>
      <source>1 of 3: Which file?</source>
      <translation>第 1 步，共 3 步：选择文件</translation>
    </message>
    <message>
      <source>1. Both lines should be as long as written. Enter what you measured as their lengths.</source>
      <translation>1. 两条线的长度应与标注一致。请填入实际量得的长度。</translation>
    </message>
    <message>
      <source>12 months</source>
      <translation>12 个月</translation>
    </message>
    <message>
      <source>2 of 3: Which column goes where?</source>
      <translation>第 2 步，共 3 步：对应各列</translation>
    </message>
    <message>
      <source>2. The corner where they meet should be 20 mm from the left and the upper edge of the paper.</source>
      <translation>2. 两线相交的角应距纸张左边和上边各 20 毫米。</translation>
    </message>
    <message>
      <source>3 months</source>
      <translation>3 个月</translation>
    </message>
    <message>
      <source>3 of 3: What will happen</source>
      <translation>第 3 步，共 3 步：确认结果</translation>
    </message>
    <message>
      <source>6 months</source>
      <translation>6 个月</translation>
    </message>
    <message>
      <source>A copy comes into an empty database of a server, proven table by table. Nothing that is there now is changed.</source>
      <translation>备份将恢复到服务器上的一个空数据库中，并逐表核对。现有的数据都不会改动。</translation>
    </message>
    <message>
      <source>A copy every night</source>
      <translation>每晚备份</translation>
    </message>
    <message>
      <source>A copy of a team's database</source>
      <translation>团队数据库的备份</translation>
    </message>
    <message>
      <source>A copy of {copied}, to read: {user} on {computer} has the database open since {since}. Nothing can be saved in it.</source>
      <translation>{copied} 时的副本，只供阅读：{user} 已于 {since} 在 {computer} 上打开了数据库。副本中不能保存任何内容。</translation>
    </message>
    <message>
      <source>A copy was made, and every table proven:</source>
      <translation>已备份，并已逐表核对：</translation>
    </message>
    <message>
      <source>A copy was made, and every table proven: {file}</source>
      <translation>已备份，并已逐表核对：{file}</translation>
    </message>
    <message>
      <source>A copy was made, opened and counted:</source>
      <translation>已备份，并已打开核对：</translation>
    </message>
    <message>
      <source>A copy was made, opened and counted: {file}</source>
      <translation>已备份，并已打开核对：{file}</translation>
    </message>
    <message>
      <source>A delimiter is a single sign, such as ; or |, or the word “tab”.</source>
      <translation>分隔符是单个符号，例如 ; 或 |，或单词“tab”。</translation>
    </message>
    <message>
      <source>A department cannot be part of itself.</source>
      <translation>部门不能隶属于自己。</translation>
    </message>
    <message>
      <source>A file in a network folder: one program writes at a time, the others get a copy to read. Only the program enforces the rights. More than two or three people need a shared server.</source>
      <translation>网络文件夹中的文件：同一时间只有一个程序写入，其他人得到只读副本。权限只由程序保证。超过两三个人时应使用共享服务器。</translation>
    </message>
    <message>
      <source>A file of this computer: one person works with it. Only the program enforces the rights.</source>
      <translation>本机上的文件：供一个人使用。权限只由程序保证。</translation>
    </message>
    <message>
      <source>A follow-up counts for the person who wrote it down, whoever owns the customer now.</source>
      <translation>跟进记录计入填写人名下，与客户现在归谁负责无关。</translation>
    </message>
    <message>
      <source>A form made with Qt Designer and put into {folder} takes the place of the shipped one of the same name.</source>
      <translation>用 Qt Designer 制作的表单放入 {folder} 后，将代替程序自带的同名表单。</translation>
    </message>
    <message>
      <source>A key for the copies</source>
      <translation>备份的密钥</translation>
    </message>
    <message>
      <source>A line of 100 mm cannot have become {length} mm. Measure it again.</source>
      <translation>100 毫米的线不会变成 {length} 毫米，请重新测量。</translation>
    </message>
    <message>
      <source>A name is enough; the rest can come later.</source>
      <translation>填个名称就行，其他以后再补。</translation>
    </message>
    <message>
      <source>A new company, with nothing in it</source>
      <translation>新公司，里面没有数据</translation>
    </message>
    <message>
      <source>A new key for the database</source>
      <translation>数据库的新密钥</translation>
    </message>
    <message>
      <source>A new row that is similar to a record</source>
      <translation>与已有记录相似的新行</translation>
    </message>
    <message>
      <source>A new row that is the same as a record</source>
      <translation>与已有记录相同的新行</translation>
    </message>
    <message>
      <source>A password needs at least {least} characters.</source>
      <translation>密码至少需要 {least} 个字符。</translation>
    </message>
    <message>
      <source>A port is a number from 1 to 65535; it is 3306 unless somebody changed it.</source>
      <translation>端口是 1 到 65535 之间的数字；没有人改过的话是 3306。</translation>
    </message>
    <message>
      <source>A quotation mark in line {line} of “{file}” is never closed. Close or delete it and try again.</source>
      <translation>“{file}”第 {line} 行的引号没有成对。请补上或删除后重试。</translation>
    </message>
    <message>
      <source>A record cannot be merged with itself.</source>
      <translation>记录不能与自己合并。</translation>
    </message>
    <message>
      <source>A recovery phrase has {groups} groups of {signs} signs; this one has {count} signs in all. Type all of it.</source>
      <translation>恢复短语有 {groups} 组，每组 {signs} 个字符；这里总共只有 {count} 个字符。请完整输入。</translation>
    </message>
    <message>
      <source>A row is a known record when it has the same</source>
      <translation>以下内容相同即视为已有记录</translation>
    </message>
    <message>
      <source>A safe connection to {host} was not possible. Check the certificate and the server's name.</source>
      <translation>无法与 {host} 建立安全连接。请检查证书和服务器名称。</translation>
    </message>
    <message>
      <source>A sales team in Suzhou with customers in China and abroad. Its notes and tasks are in Chinese; all of it can be removed.</source>
      <translation>苏州一家公司的销售团队，客户遍及国内外。跟进记录和任务均为中文；以后可以全部移除。</translation>
    </message>
    <message>
      <source>A sheet can have at most {most} labels.</source>
      <translation>一张标签纸最多 {most} 个标签。</translation>
    </message>
    <message>
      <source>A sheet needs at least one row and column, and sizes above 0 mm.</source>
      <translation>标签纸至少要有一行一列，尺寸须大于 0 毫米。</translation>
    </message>
    <message>
      <source>A similar {one} belongs to {owner} ({why}).</source>
      <translation>{owner}名下有相似的{one}（{why}）。</translation>
    </message>
    <message>
      <source>A target is an amount from 0 upwards.</source>
      <translation>销售指标是不小于 0 的金额。</translation>
    </message>
    <message>
      <source>A template is a workbook: the name of the file must end in .xlsx.</source>
      <translation>模板是 Excel 工作簿：文件名必须以 .xlsx 结尾。</translation>
    </message>
    <message numerus="yes">
      <source>A template with %n column(s) was written to {file}. Fill it in and import it.</source>
      <translation>
        <numerusform>已将含 %n 列的模板写入 {file}。填好后导入即可。</numerusform>
      </translation>
    </message>
    <message>
      <source>A value is missing in the condition. To find empty fields, write: field empty</source>
      <translation>条件缺少值。要查找为空的字段，请写成：字段名 empty</translation>
    </message>
    <message>
      <source>About</source>
      <translation>相关记录</translation>
    </message>
    <message>
      <source>Access</source>
      <translation>权限</translation>
    </message>
    <message>
      <source>Accounts</source>
      <translation>账号</translation>
    </message>
    <message>
      <source>Accounts for each user are there once the database was made with: crm-desktop database create</source>
      <translation>要让每人有自己的账号，请先运行：crm-desktop database create</translation>
    </message>
    <message>
      <source>Accounts for each user need MariaDB 10.6 or later and a user name that may make them, such as root. Connect with that one, or let whoever looks after the server run: crm-desktop database create --database {address} --administrator NAME</source>
      <translation>每人一个账号需要 MariaDB 10.6 或更高版本，以及有权建立账号的用户名，例如 root。请用该用户名连接，或请服务器管理员运行：crm-desktop database create --database {address} --administrator 用户名</translation>
    </message>
    <message>
      <source>Accounts for each user need MariaDB 10.6 or later; {host} has {version}.</source>
      <translation>每人一个账号需要 MariaDB 10.6 或更高版本；{host} 的版本是 {version}。</translation>
    </message>
    <message>
      <source>Accounts of the guard locked</source>
      <translation>守护账号已锁定</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>横向</translation>
    </message>
    <message>
      <source>Act</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>履行中</translation>
    </message>
    <message>
      <source>Acts in the journal</source>
      <translation>日志中的操作</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>新增</translation>
    </message>
    <message>
      <source>Add ?ssl_ca=FILE with the certificate of the server's issuer to the address.</source>
      <translation>请在地址后加上 ?ssl_ca=文件，指定签发服务器证书的机构的证书。</translation>
    </message>
    <message>
      <source>Add a condition</source>
      <translation>添加条件</translation>
    </message>
    <message>
      <source>Add a field</source>
      <translation>添加字段</translation>
    </message>
    <message>
      <source>Add a tag</source>
      <translation>添加标签</translation>
    </message>
    <message>
      <source>Add it to the list</source>
      <translation>添加到列表</translation>
    </message>
    <message>
      <source>Add new records and update known ones</source>
      <translation>新建记录并更新已有记录</translation>
    </message>
    <message>
      <source>Add the first one, or import a workbook.</source>
      <translation>先新建一条，或导入表格。</translation>
    </message>
    <message>
      <source>Add the first one: a customer, an amount and the next step are enough.</source>
      <translation>先新建一个：有客户、金额和下一步就够了。</translation>
    </message>
    <message>
      <source>Add your first customer</source>
      <translation>添加第一个客户</translation>
    </message>
    <message>
      <source>Added</source>
      <translation>已新建</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Address labels</source>
      <translation>地址标签</translation>
    </message>
    <message>
      <source>Address → province, city, district, street</source>
      <translation>地址 → 省份、城市、区县、街道</translation>
    </message>
    <message>
      <source>Administrator</source>
      <translation>管理员</translation>
    </message>
    <message>
      <source>Administrators must be able to change roles and employees.</source>
      <translation>管理员必须能够更改角色和员工。</translation>
    </message>
    <message>
      <source>Administrators remove the sample data.</source>
      <translation>示例数据由管理员移除。</translation>
    </message>
    <message>
      <source>After a Chinese name</source>
      <translation>中文姓名之后</translation>
    </message>
    <message>
      <source>After that</source>
      <translation>之后</translation>
    </message>
    <message>
      <source>After {tries} wrong passwords nobody is let in here until {time}.</source>
      <translation>密码连续输错 {tries} 次，{time} 之前无法在此解锁。</translation>
    </message>
    <message>
      <source>After {tries} wrong passwords this account is locked until {time}. An administrator can unlock it.</source>
      <translation>密码连续输错 {tries} 次，账户已锁定至 {time}。管理员可以解锁。</translation>
    </message>
    <message>
      <source>Against the target stand the contracts signed in the month and the weighted amount together.</source>
      <translation>与销售指标对比的是当月已签合同与加权金额之和。</translation>
    </message>
    <message>
      <source>Alignment</source>
      <translation>对齐</translation>
    </message>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>All Day</source>
      <translation>全天</translation>
    </message>
    <message>
      <source>All cards of the board as filtered</source>
      <translation>看板上筛选出的全部商机</translation>
    </message>
    <message>
      <source>All day</source>
      <translation>全天</translation>
    </message>
    <message>
      <source>All departments</source>
      <translation>所有部门</translation>
    </message>
    <message>
      <source>All fields</source>
      <translation>所有字段</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>所有文件</translation>
    </message>
    <message>
      <source>All is well.</source>
      <translation>一切正常。</translation>
    </message>
    <message>
      <source>All tabs</source>
      <translation>所有标签页</translation>
    </message>
    <message>
      <source>All tasks</source>
      <translation>全部任务</translation>
    </message>
    <message>
      <source>All time</source>
      <translation>全部时间</translation>
    </message>
    <message>
      <source>All times</source>
      <translation>全部各次</translation>
    </message>
    <message>
      <source>Along with them: {records}</source>
      <translation>随同移交：{records}</translation>
    </message>
    <message>
      <source>Also an opportunity</source>
      <translation>同时新建商机</translation>
    </message>
    <message>
      <source>Also what is won, lost, finished or past.</source>
      <translation>也包括赢单、输单、已完成和已过去的记录。</translation>
    </message>
    <message>
      <source>Alt+↑ and Alt+↓ move a column.</source>
      <translation>Alt+↑、Alt+↓ 可移动列。</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金额</translation>
    </message>
    <message>
      <source>Amount and weighted amount of the open opportunities, by the month they are expected to close, beside the target.</source>
      <translation>进行中商机的金额与加权金额，按预计成交月份列出，并与销售指标对照。</translation>
    </message>
    <message>
      <source>An account for each user: the server itself enforces the rights</source>
      <translation>每人一个账号：由服务器本身保证权限</translation>
    </message>
    <message>
      <source>An administrator of the team tells you what to write here, or sends you an invitation. The test looks at each step of the way and says what to do where it does not go on.</source>
      <translation>团队的管理员会告诉您这里填什么，或给您发送邀请。测试会逐步检查，并在行不通的地方说明该怎么办。</translation>
    </message>
    <message>
      <source>An administrator that the copy knows signs in with this user name and password.</source>
      <translation>备份中的一位管理员将用此用户名和密码登录。</translation>
    </message>
    <message>
      <source>An empty cell</source>
      <translation>空单元格</translation>
    </message>
    <message>
      <source>An empty database</source>
      <translation>空数据库</translation>
    </message>
    <message>
      <source>An empty database for the copy</source>
      <translation>用于恢复备份的空数据库</translation>
    </message>
    <message>
      <source>An empty workbook with the headings of all fields, hints and lists to choose from</source>
      <translation>空白工作簿，含所有字段的标题、提示和可选列表</translation>
    </message>
    <message>
      <source>An opportunity cannot go back from “{stage}”.</source>
      <translation>商机不能从“{stage}”退回。</translation>
    </message>
    <message>
      <source>Another computer is just bringing the database up to date. Try again in a few minutes.</source>
      <translation>另一台电脑正在升级数据库，请几分钟后再试。</translation>
    </message>
    <message>
      <source>Another file…</source>
      <translation>其他文件…</translation>
    </message>
    <message>
      <source>Another folder…</source>
      <translation>另选文件夹…</translation>
    </message>
    <message>
      <source>Another record has this number already, maybe one you do not see. Choose another number.</source>
      <translation>已有其他记录使用此编号，可能是您看不到的。请换一个编号。</translation>
    </message>
    <message>
      <source>Another time…</source>
      <translation>自定义时间…</translation>
    </message>
    <message>
      <source>Answers within</source>
      <translation>应答时间</translation>
    </message>
    <message>
      <source>Anybody may sign in without a name (''@'{host}').</source>
      <translation>任何人都可以不用用户名登录（''@'{host}'）。</translation>
    </message>
    <message>
      <source>Area</source>
      <translation>范围</translation>
    </message>
    <message>
      <source>Arrange cards</source>
      <translation>调整卡片</translation>
    </message>
    <message>
      <source>As an account of the server the user name needs 2 to 32 small letters or digits; a letter comes first.</source>
      <translation>用户名要作为服务器账号，须为 2 到 32 个小写字母或数字，并以字母开头。</translation>
    </message>
    <message>
      <source>As on the first day</source>
      <translation>恢复默认</translation>
    </message>
    <message>
      <source>As the role</source>
      <translation>与角色相同</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>As {name} sees it on {moment}</source>
      <translation>按 {name} 的权限统计，时间 {moment}</translation>
    </message>
    <message>
      <source>Ask {names}.</source>
      <translation>请联系{names}。</translation>
    </message>
    <message>
      <source>Asked to end: {names}</source>
      <translation>已要求下线：{names}</translation>
    </message>
    <message>
      <source>Assign</source>
      <translation>指派</translation>
    </message>
    <message numerus="yes">
      <source>Assign %n record(s)</source>
      <translation>
        <numerusform>指派 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>Assigned</source>
      <translation>已指派</translation>
    </message>
    <message numerus="yes">
      <source>Assigned to you by {name}: %n record(s)</source>
      <translation>
        <numerusform>{name} 指派给您 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>Assigned to you by {name}: {title}</source>
      <translation>{name} 指派给您：{title}</translation>
    </message>
    <message>
      <source>Assignment</source>
      <translation>指派</translation>
    </message>
    <message>
      <source>At</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>At least one column stays.</source>
      <translation>至少保留一列。</translation>
    </message>
    <message>
      <source>At the end of this day</source>
      <translation>截至这一天结束时</translation>
    </message>
    <message>
      <source>Attendees</source>
      <translation>参与人</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>上一步</translation>
    </message>
    <message>
      <source>Back at work</source>
      <translation>恢复在职</translation>
    </message>
    <message>
      <source>Back to draft</source>
      <translation>退回草稿</translation>
    </message>
    <message>
      <source>Back to the file of this computer</source>
      <translation>改回使用本机的文件</translation>
    </message>
    <message>
      <source>Back to the file of this computer…</source>
      <translation>改回使用本机的文件…</translation>
    </message>
    <message>
      <source>Back to the record before</source>
      <translation>返回上一条记录</translation>
    </message>
    <message>
      <source>Back to the shipped one</source>
      <translation>恢复默认快捷键</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>立即备份</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>背景信息</translation>
    </message>
    <message>
      <source>Basics</source>
      <translation>基本信息</translation>
    </message>
    <message>
      <source>Below it: {amount}</source>
      <translation>下级合计：{amount}</translation>
    </message>
    <message>
      <source>Best every night; people may go on working. It needs an account that may change the settings of the server, such as root. Of a cluster, run it on each node.</source>
      <translation>最好每晚执行一次；大家可以照常工作。需要能更改服务器设置的账号，例如 root。如果是集群，请在每个节点上执行。</translation>
    </message>
    <message>
      <source>Between 1 and {most} copies of a label can be printed.</source>
      <translation>每个标签可打印 1 到 {most} 份。</translation>
    </message>
    <message>
      <source>Birthday</source>
      <translation>生日</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>蓝色</translation>
    </message>
    <message>
      <source>Board</source>
      <translation>看板</translation>
    </message>
    <message>
      <source>Board or list</source>
      <translation>看板或列表</translation>
    </message>
    <message>
      <source>Both</source>
      <translation>两者都要</translation>
    </message>
    <message>
      <source>Boxes from the top</source>
      <translation>邮编框距上边</translation>
    </message>
    <message>
      <source>Brand, number or size</source>
      <translation>品牌、型号或尺寸</translation>
    </message>
    <message>
      <source>By month</source>
      <translation>按月填写</translation>
    </message>
    <message>
      <source>By the script of the address</source>
      <translation>根据地址的文字</translation>
    </message>
    <message>
      <source>CRM Desktop</source>
      <translation>销售台</translation>
    </message>
    <message>
      <source>CRM Desktop: customers, opportunities, contracts and calendar of a sales team.</source>
      <translation>销售台：销售团队的客户、商机、合同和日历。</translation>
    </message>
    <message>
      <source>Calendar</source>
      <translation>日历</translation>
    </message>
    <message>
      <source>Calendar (.ics)</source>
      <translation>日历（.ics）</translation>
    </message>
    <message>
      <source>Calendar ID</source>
      <translation>日历编号</translation>
    </message>
    <message>
      <source>Calendar: {view}</source>
      <translation>日历：{view}</translation>
    </message>
    <message>
      <source>Calibrate the printer</source>
      <translation>校准打印机</translation>
    </message>
    <message>
      <source>Calibrate…</source>
      <translation>校准…</translation>
    </message>
    <message>
      <source>Calibration page</source>
      <translation>校准页</translation>
    </message>
    <message>
      <source>Call</source>
      <translation>电话</translation>
    </message>
    <message>
      <source>Came this far</source>
      <translation>曾到达</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Cancel task</source>
      <translation>取消任务</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>已取消</translation>
    </message>
    <message>
      <source>Cards</source>
      <translation>卡片</translation>
    </message>
    <message>
      <source>Cards and calendars hold all fields.</source>
      <translation>名片和日历文件包含所有字段。</translation>
    </message>
    <message>
      <source>Categories</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>Cause</source>
      <translation>提醒原因</translation>
    </message>
    <message>
      <source>Centred</source>
      <translation>居中</translation>
    </message>
    <message>
      <source>Certificate of the handover…</source>
      <translation>离职交接单…</translation>
    </message>
    <message>
      <source>Certificate of the issuer</source>
      <translation>签发机构的证书</translation>
    </message>
    <message>
      <source>Certificate to sign…</source>
      <translation>签字用交接单…</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>证书</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>修改</translation>
    </message>
    <message numerus="yes">
      <source>Change %n record(s)</source>
      <translation>
        <numerusform>修改 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>Change a field</source>
      <translation>修改字段</translation>
    </message>
    <message>
      <source>Change of many</source>
      <translation>批量修改</translation>
    </message>
    <message>
      <source>Change of password</source>
      <translation>修改密码</translation>
    </message>
    <message>
      <source>Change of state</source>
      <translation>状态变更</translation>
    </message>
    <message>
      <source>Change places</source>
      <translation>互换</translation>
    </message>
    <message>
      <source>Change the filter, or add what is missing.</source>
      <translation>换个条件试试，或新建所缺的记录。</translation>
    </message>
    <message>
      <source>Change the person at this desk…</source>
      <translation>更换使用人…</translation>
    </message>
    <message>
      <source>Change your password…</source>
      <translation>修改密码…</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>已修改</translation>
    </message>
    <message>
      <source>Changed at</source>
      <translation>修改时间</translation>
    </message>
    <message>
      <source>Changed by</source>
      <translation>修改人</translation>
    </message>
    <message>
      <source>Changed by two people</source>
      <translation>两人同时修改</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>变更</translation>
    </message>
    <message>
      <source>Changes: {fields}</source>
      <translation>变更：{fields}</translation>
    </message>
    <message>
      <source>Chart</source>
      <translation>图表</translation>
    </message>
    <message>
      <source>Check the rows</source>
      <translation>检查数据</translation>
    </message>
    <message>
      <source>Chinese comma ，</source>
      <translation>中文逗号 ，</translation>
    </message>
    <message>
      <source>Chinese, with postcode boxes</source>
      <translation>中式（带邮编框）</translation>
    </message>
    <message>
      <source>Choose a day</source>
      <translation>选择日期</translation>
    </message>
    <message>
      <source>Choose a file first.</source>
      <translation>请先选择文件。</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>选择文件…</translation>
    </message>
    <message>
      <source>Choose a group first.</source>
      <translation>请先选一组。</translation>
    </message>
    <message>
      <source>Choose a longer period or other people.</source>
      <translation>请选择更长的期间或其他人员。</translation>
    </message>
    <message>
      <source>Choose a password for {user}.</source>
      <translation>请为 {user} 设置密码。</translation>
    </message>
    <message>
      <source>Choose a password for {user}: set {variable}, or run the command on a terminal.</source>
      <translation>请为 {user} 设置密码：设置环境变量 {variable}，或在终端中运行此命令。</translation>
    </message>
    <message>
      <source>Choose a password.</source>
      <translation>请设置密码。</translation>
    </message>
    <message>
      <source>Choose a picture…</source>
      <translation>选择图片…</translation>
    </message>
    <message>
      <source>Choose a record type.</source>
      <translation>请选择记录类型。</translation>
    </message>
    <message>
      <source>Choose a stage.</source>
      <translation>请选择阶段。</translation>
    </message>
    <message>
      <source>Choose a time that is still to come.</source>
      <translation>请选择一个未到的时间。</translation>
    </message>
    <message>
      <source>Choose an import in the list first.</source>
      <translation>请先在列表中选择一次导入。</translation>
    </message>
    <message>
      <source>Choose one of the offered fronts and feed directions.</source>
      <translation>请选择列出的版式和进纸方向。</translation>
    </message>
    <message>
      <source>Choose the customer or the lead this is about.</source>
      <translation>请选择所跟进的客户或线索。</translation>
    </message>
    <message>
      <source>Choose the departments that are seen.</source>
      <translation>请选择可以看到的部门。</translation>
    </message>
    <message>
      <source>Choose the record to share.</source>
      <translation>请选择要共享的记录。</translation>
    </message>
    <message>
      <source>Choose what kind of value the field holds.</source>
      <translation>请选择字段的类型。</translation>
    </message>
    <message>
      <source>Choose who takes over: {records}</source>
      <translation>请选择接收人：{records}</translation>
    </message>
    <message>
      <source>Choose why the opportunity was lost.</source>
      <translation>请选择商机的输单原因。</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Chosen departments</source>
      <translation>指定部门</translation>
    </message>
    <message>
      <source>City</source>
      <translation>城市</translation>
    </message>
    <message>
      <source>City (part of the address)</source>
      <translation>城市（地址的一部分）</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <source>Clipboard</source>
      <translation>剪贴板</translation>
    </message>
    <message>
      <source>Clocks</source>
      <translation>时钟</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close the account</source>
      <translation>停用账号</translation>
    </message>
    <message>
      <source>Close the contract</source>
      <translation>完结合同</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>关闭程序</translation>
    </message>
    <message>
      <source>Close view</source>
      <translation>关闭视图</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>已完结</translation>
    </message>
    <message>
      <source>Closed at</source>
      <translation>关闭时间</translation>
    </message>
    <message>
      <source>Closed on {day}</source>
      <translation>{day} 关闭</translation>
    </message>
    <message>
      <source>Closed ones too</source>
      <translation>包括已结束的</translation>
    </message>
    <message>
      <source>Closing this month</source>
      <translation>本月预计成交</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>代码</translation>
    </message>
    <message>
      <source>Colleague</source>
      <translation>同事</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Colour by person</source>
      <translation>按人员着色</translation>
    </message>
    <message>
      <source>Column</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Column headings</source>
      <translation>列标题</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Columns and groups…</source>
      <translation>列与分组…</translation>
    </message>
    <message>
      <source>Columns are mapped by their headings, in Chinese or English, as the window would. Prints how many rows were new, changed, unchanged and refused, and the number of the batch, by which the import can be undone.</source>
      <translation>按列标题（中文或英文）自动对应各列，与窗口中的导入一致。完成后显示新建、修改、未变和拒绝的行数以及批次号，可凭批次号撤销导入。</translation>
    </message>
    <message>
      <source>Columns separated by</source>
      <translation>列分隔符</translation>
    </message>
    <message>
      <source>Comfortable</source>
      <translation>宽松</translation>
    </message>
    <message>
      <source>Command</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>Compact</source>
      <translation>紧凑</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>公司</translation>
    </message>
    <message>
      <source>Comparing all records…</source>
      <translation>正在比对全部记录…</translation>
    </message>
    <message>
      <source>Competitor</source>
      <translation>竞争对手</translation>
    </message>
    <message>
      <source>Completed</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>电脑</translation>
    </message>
    <message>
      <source>Conditions</source>
      <translation>筛选条件</translation>
    </message>
    <message>
      <source>Conditions…</source>
      <translation>筛选条件…</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>连接</translation>
    </message>
    <message>
      <source>Connecting…</source>
      <translation>正在连接…</translation>
    </message>
    <message>
      <source>Connection…</source>
      <translation>连接设置…</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>联系人</translation>
    </message>
    <message>
      <source>Contact cards for phones and mail programs (.vcf)</source>
      <translation>供手机和邮件程序使用的联系人名片（.vcf）</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>联系人</translation>
    </message>
    <message>
      <source>Contacts overdue</source>
      <translation>逾期未联系</translation>
    </message>
    <message>
      <source>Contacts, follow-ups and what its owner has of opportunities and contracts come along.</source>
      <translation>联系人、跟进记录以及负责人名下的商机和合同随之共享。</translation>
    </message>
    <message>
      <source>Content</source>
      <translation>内容</translation>
    </message>
    <message>
      <source>Context menu</source>
      <translation>上下文菜单</translation>
    </message>
    <message>
      <source>Contract</source>
      <translation>合同</translation>
    </message>
    <message>
      <source>Contract ends: {name}</source>
      <translation>合同到期：{name}</translation>
    </message>
    <message>
      <source>Contract number</source>
      <translation>合同编号</translation>
    </message>
    <message>
      <source>Contract type</source>
      <translation>合同类型</translation>
    </message>
    <message>
      <source>Contracts</source>
      <translation>合同</translation>
    </message>
    <message>
      <source>Contracts ending</source>
      <translation>即将到期的合同</translation>
    </message>
    <message>
      <source>Contracts ending in 30 days</source>
      <translation>30 天内到期的合同</translation>
    </message>
    <message>
      <source>Conversion</source>
      <translation>转化率</translation>
    </message>
    <message>
      <source>Conversion: of the opportunities that came at least as far as the stage before, the share that came to this one. Counted by the furthest stage each opportunity ever reached, so a lost one counts up to where it was lost; void ones do not count.</source>
      <translation>转化率：在至少到达过上一阶段的商机中，到达过本阶段的比例。按每个商机曾到达的最远阶段计算，输单的商机计到输单前的阶段；无效商机不计入。</translation>
    </message>
    <message>
      <source>Convert</source>
      <translation>转为客户</translation>
    </message>
    <message>
      <source>Convert the lead {name}</source>
      <translation>将线索 {name} 转为客户</translation>
    </message>
    <message>
      <source>Converted</source>
      <translation>已转化</translation>
    </message>
    <message>
      <source>Converted to</source>
      <translation>转化为</translation>
    </message>
    <message>
      <source>Copied. Paste it where only you can read it.</source>
      <translation>已复制。请粘贴到只有您能看到的地方。</translation>
    </message>
    <message>
      <source>Copies</source>
      <translation>备份</translation>
    </message>
    <message>
      <source>Copies are</source>
      <translation>备份加密</translation>
    </message>
    <message>
      <source>Copies encrypted from now on</source>
      <translation>开始加密备份</translation>
    </message>
    <message>
      <source>Copies in the folder backups go along. No window may be open on the file. Killed half-way, nothing goes missing.</source>
      <translation>backups 文件夹中的副本一并处理。该文件不能有窗口打开着。中途被强行结束也不会丢失任何内容。</translation>
    </message>
    <message>
      <source>Copies made from now on are encrypted. Those made before stay as they are.</source>
      <translation>今后的备份都会加密。以前的备份保持不变。</translation>
    </message>
    <message>
      <source>Copies made from now on are not encrypted. Those made before stay as they are.</source>
      <translation>今后的备份不再加密。以前的备份保持不变。</translation>
    </message>
    <message>
      <source>Copies made from now on, those of the night too, can be read by nobody without this key, which goes into the keyring of this computer. Print the recovery phrase: a copy is needed on the day when this computer may be gone. Others who make copies type it in once. Copies made before stay as they are, and need the phrase they were made under.</source>
      <translation>今后的备份（包括每晚备份）没有此密钥就无法读取；密钥存入本机的密钥环。请打印恢复短语：需要备份的那一天，这台电脑可能已经不在了。其他制作备份的人输入一次即可。以前的备份保持不变，仍需用当时的短语。</translation>
    </message>
    <message>
      <source>Copies not encrypted any more</source>
      <translation>不再加密备份</translation>
    </message>
    <message>
      <source>Copies of each</source>
      <translation>每个打印份数</translation>
    </message>
    <message>
      <source>Copies of the night</source>
      <translation>每晚备份</translation>
    </message>
    <message>
      <source>Copies of {database}</source>
      <translation>{database} 的备份</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy of the database</source>
      <translation>数据库备份</translation>
    </message>
    <message>
      <source>Copy the result</source>
      <translation>复制结果</translation>
    </message>
    <message>
      <source>Corner from the left edge</source>
      <translation>交角距左边</translation>
    </message>
    <message>
      <source>Corner from the upper edge</source>
      <translation>交角距上边</translation>
    </message>
    <message>
      <source>Count</source>
      <translation>数量</translation>
    </message>
    <message>
      <source>Count and money per stage, and the conversion from each stage to the next.</source>
      <translation>各阶段的数量和金额，以及逐阶段的转化率。</translation>
    </message>
    <message>
      <source>Counting what there is…</source>
      <translation>正在统计…</translation>
    </message>
    <message>
      <source>Counting…</source>
      <translation>正在统计…</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>国家</translation>
    </message>
    <message>
      <source>Country (part of the address)</source>
      <translation>国家（地址的一部分）</translation>
    </message>
    <message>
      <source>Counts for {department}, where the person was then</source>
      <translation>计入其当时所在的{department}</translation>
    </message>
    <message>
      <source>Created</source>
      <translation>创建日期</translation>
    </message>
    <message>
      <source>Created at</source>
      <translation>创建时间</translation>
    </message>
    <message>
      <source>Created by</source>
      <translation>创建人</translation>
    </message>
    <message>
      <source>Custom field</source>
      <translation>自定义字段</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>自定义字段</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>Customer code</source>
      <translation>客户编号</translation>
    </message>
    <message>
      <source>Customer name</source>
      <translation>客户名称</translation>
    </message>
    <message>
      <source>Customers</source>
      <translation>客户</translation>
    </message>
    <message>
      <source>Customers to contact</source>
      <translation>待联系客户</translation>
    </message>
    <message>
      <source>Customers you see: {count} (strict reading is for up to {most})</source>
      <translation>您可见的客户：{count}（严格读取最多适用于 {most} 个客户）</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Dark or light</source>
      <translation>深色／浅色</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>数据</translation>
    </message>
    <message>
      <source>Data scope</source>
      <translation>数据权限</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>数据库</translation>
    </message>
    <message>
      <source>Database restored from a copy</source>
      <translation>数据库恢复自备份</translation>
    </message>
    <message>
      <source>Database {name} on {servers}</source>
      <translation>{servers} 上的数据库 {name}</translation>
    </message>
    <message>
      <source>Databases</source>
      <translation>数据库</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日期</translation>
    </message>
    <message>
      <source>Date and time</source>
      <translation>日期和时间</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>日</translation>
    </message>
    <message>
      <source>Day first: 31/12/2026</source>
      <translation>日在前：31/12/2026</translation>
    </message>
    <message>
      <source>Day first: {written} is {day}</source>
      <translation>日在前：{written} 即 {day}</translation>
    </message>
    <message>
      <source>Day of Birth without Year</source>
      <translation>不含年份的出生月日</translation>
    </message>
    <message>
      <source>Days until marked as idle</source>
      <translation>停滞天数</translation>
    </message>
    <message>
      <source>Days without a change</source>
      <translation>未变动天数</translation>
    </message>
    <message>
      <source>Days, times and custom fields</source>
      <translation>日期、时间和自定义字段</translation>
    </message>
    <message>
      <source>Decrypt the database</source>
      <translation>解密数据库</translation>
    </message>
    <message>
      <source>Decrypting the database…</source>
      <translation>正在解密数据库…</translation>
    </message>
    <message>
      <source>Decrypt…</source>
      <translation>解密…</translation>
    </message>
    <message>
      <source>Defer</source>
      <translation>推迟</translation>
    </message>
    <message>
      <source>Deferred</source>
      <translation>已推迟</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete for good</source>
      <translation>彻底删除</translation>
    </message>
    <message>
      <source>Delete for good…</source>
      <translation>彻底删除…</translation>
    </message>
    <message>
      <source>Delete this role</source>
      <translation>删除此角色</translation>
    </message>
    <message>
      <source>Delete this view</source>
      <translation>删除此视图</translation>
    </message>
    <message>
      <source>Deleted at</source>
      <translation>删除时间</translation>
    </message>
    <message>
      <source>Deletion</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Deletion for good</source>
      <translation>彻底删除</translation>
    </message>
    <message>
      <source>Demo data</source>
      <translation>演示数据</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>部门</translation>
    </message>
    <message>
      <source>Department there</source>
      <translation>所在部门</translation>
    </message>
    <message>
      <source>Department: {name}</source>
      <translation>部门：{name}</translation>
    </message>
    <message>
      <source>Departments</source>
      <translation>部门</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>描述</translation>
    </message>
    <message>
      <source>Detach</source>
      <translation>分离窗口</translation>
    </message>
    <message>
      <source>Detach this view, or dock it again</source>
      <translation>将此视图分离为窗口，或停靠回来</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>详情</translation>
    </message>
    <message>
      <source>Did not take place</source>
      <translation>标为未进行</translation>
    </message>
    <message>
      <source>Disqualified</source>
      <translation>无效</translation>
    </message>
    <message>
      <source>Disqualify</source>
      <translation>标为无效</translation>
    </message>
    <message>
      <source>District</source>
      <translation>区县</translation>
    </message>
    <message>
      <source>District (part of the address)</source>
      <translation>区县（地址的一部分）</translation>
    </message>
    <message>
      <source>Do not encrypt copies</source>
      <translation>不加密备份</translation>
    </message>
    <message>
      <source>Do not switch the computer off. If it happens all the same, nothing goes missing.</source>
      <translation>请不要关闭电脑。万一断电，也不会丢失任何内容。</translation>
    </message>
    <message>
      <source>Dock here</source>
      <translation>停靠到此处</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Done at</source>
      <translation>完成时间</translation>
    </message>
    <message>
      <source>Done by {name} on {day}</source>
      <translation>经办人：{name}，{day}</translation>
    </message>
    <message>
      <source>Done with result</source>
      <translation>完成并填写结果</translation>
    </message>
    <message>
      <source>Dormant</source>
      <translation>休眠</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>纵向</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>草稿</translation>
    </message>
    <message>
      <source>Drop a file here</source>
      <translation>将文件拖到这里</translation>
    </message>
    <message>
      <source>Due Date</source>
      <translation>截止日期</translation>
    </message>
    <message>
      <source>Due at</source>
      <translation>到期时间</translation>
    </message>
    <message>
      <source>Due date</source>
      <translation>到期日</translation>
    </message>
    <message>
      <source>Due on</source>
      <translation>截止日期</translation>
    </message>
    <message>
      <source>Due today</source>
      <translation>今日待跟进</translation>
    </message>
    <message>
      <source>Duplicates</source>
      <translation>查重</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>邮箱</translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>往前</translation>
    </message>
    <message>
      <source>Earlier imports</source>
      <translation>以前的导入</translation>
    </message>
    <message>
      <source>Earlier imports…</source>
      <translation>以前的导入…</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Edit this cell</source>
      <translation>编辑此单元格</translation>
    </message>
    <message>
      <source>Email</source>
      <translation>邮箱</translation>
    </message>
    <message>
      <source>Employed</source>
      <translation>在职</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>员工</translation>
    </message>
    <message>
      <source>Employees</source>
      <translation>员工</translation>
    </message>
    <message>
      <source>Employees have the role “{name}”. Give them another one first.</source>
      <translation>还有员工使用角色“{name}”，请先给他们换一个角色。</translation>
    </message>
    <message>
      <source>Encoding</source>
      <translation>编码</translation>
    </message>
    <message>
      <source>Encrypt</source>
      <translation>加密</translation>
    </message>
    <message>
      <source>Encrypt copies…</source>
      <translation>加密备份…</translation>
    </message>
    <message>
      <source>Encrypt the database</source>
      <translation>加密数据库</translation>
    </message>
    <message>
      <source>Encrypted line</source>
      <translation>连接加密</translation>
    </message>
    <message>
      <source>Encrypted line and certificate</source>
      <translation>加密连接与证书</translation>
    </message>
    <message>
      <source>Encrypted, certificate checked</source>
      <translation>加密并核对证书</translation>
    </message>
    <message>
      <source>Encrypting the database…</source>
      <translation>正在加密数据库…</translation>
    </message>
    <message>
      <source>Encryption</source>
      <translation>加密</translation>
    </message>
    <message>
      <source>Encrypt…</source>
      <translation>加密…</translation>
    </message>
    <message>
      <source>End</source>
      <translation>结束</translation>
    </message>
    <message>
      <source>End it</source>
      <translation>结束</translation>
    </message>
    <message>
      <source>End of a share</source>
      <translation>结束共享</translation>
    </message>
    <message>
      <source>End this person's work</source>
      <translation>让此人下线</translation>
    </message>
    <message>
      <source>Ended the work of somebody</source>
      <translation>让他人下线</translation>
    </message>
    <message>
      <source>Ending</source>
      <translation>即将到期</translation>
    </message>
    <message>
      <source>Ending within 30 days</source>
      <translation>30 天内到期</translation>
    </message>
    <message>
      <source>Ends at</source>
      <translation>结束时间</translation>
    </message>
    <message>
      <source>Ends at {when}</source>
      <translation>结束时间改为 {when}</translation>
    </message>
    <message>
      <source>Ends on</source>
      <translation>到期日期</translation>
    </message>
    <message>
      <source>Engine</source>
      <translation>数据库引擎</translation>
    </message>
    <message>
      <source>English label</source>
      <translation>英文名称</translation>
    </message>
    <message>
      <source>English name</source>
      <translation>英文名</translation>
    </message>
    <message>
      <source>Entered: {amount}</source>
      <translation>已填：{amount}</translation>
    </message>
    <message>
      <source>Envelope</source>
      <translation>信封</translation>
    </message>
    <message>
      <source>Envelopes</source>
      <translation>信封</translation>
    </message>
    <message>
      <source>Event</source>
      <translation>日程</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>日程</translation>
    </message>
    <message>
      <source>Events as a list: filter, import, export</source>
      <translation>以列表显示日程：筛选、导入、导出</translation>
    </message>
    <message>
      <source>Events today</source>
      <translation>今日日程</translation>
    </message>
    <message numerus="yes">
      <source>Every %n day(s)</source>
      <translation>
        <numerusform>每 %n 天</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n month(s)</source>
      <translation>
        <numerusform>每 %n 个月</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n week(s)</source>
      <translation>
        <numerusform>每 %n 周</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n year(s)</source>
      <translation>
        <numerusform>每 %n 年</numerusform>
      </translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>每天</translation>
    </message>
    <message>
      <source>Every month</source>
      <translation>每月</translation>
    </message>
    <message>
      <source>Every night…</source>
      <translation>每晚…</translation>
    </message>
    <message>
      <source>Every row was refused. The first reason: {reason}</source>
      <translation>所有行都未能导入。第一个原因：{reason}</translation>
    </message>
    <message numerus="yes">
      <source>Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>每个表两边的行完全相同：共 %n 行。</numerusform>
      </translation>
    </message>
    <message>
      <source>Every week</source>
      <translation>每周</translation>
    </message>
    <message>
      <source>Every year</source>
      <translation>每年</translation>
    </message>
    <message>
      <source>Everybody</source>
      <translation>所有人</translation>
    </message>
    <message>
      <source>Everybody sees them</source>
      <translation>所有人可见</translation>
    </message>
    <message>
      <source>Everybody who may sign in has rights on {schema} (PUBLIC).</source>
      <translation>所有能登录的人都对 {schema} 有权限（PUBLIC）。</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Everything goes to</source>
      <translation>全部移交给</translation>
    </message>
    <message>
      <source>Everything of {name} was handed over.</source>
      <translation>{name}的记录已全部移交。</translation>
    </message>
    <message>
      <source>Everything stays in a file on this computer. You can change these answers later in the settings.</source>
      <translation>所有数据都保存在这台电脑的文件里。以后可以在“设置”中修改。</translation>
    </message>
    <message>
      <source>Everything that belongs to “{title}” moves. It goes into the recycle bin; this can be undone for 30 days.</source>
      <translation>“{title}”名下的一切都会转过来，它本身进入回收站；30 天内可撤销。</translation>
    </message>
    <message>
      <source>Excel or CSV: columns are recognised, nothing is written before you have seen it.</source>
      <translation>Excel 或 CSV：自动识别各列，确认之前不写入任何数据。</translation>
    </message>
    <message>
      <source>Excel workbook (.xlsx)</source>
      <translation>Excel 工作簿 (.xlsx)</translation>
    </message>
    <message>
      <source>Excel workbooks (*.xlsx)</source>
      <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
      <source>Excel, OpenDocument, text tables, contact cards (.vcf), calendars (.ics) or JSON</source>
      <translation>Excel、OpenDocument、文本表格、联系人名片（.vcf）、日历（.ics）或 JSON</translation>
    </message>
    <message>
      <source>Existing: {name}</source>
      <translation>已有客户：{name}</translation>
    </message>
    <message>
      <source>Exit codes: 0 done, 1 refused or invalid, 2 wrong usage.</source>
      <translation>退出代码：0 完成，1 被拒绝或无效，2 用法错误。</translation>
    </message>
    <message>
      <source>Expected close</source>
      <translation>预计成交</translation>
    </message>
    <message>
      <source>Expected close: {day}</source>
      <translation>预计成交：{day}</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Export the board</source>
      <translation>导出看板</translation>
    </message>
    <message>
      <source>Export the list</source>
      <translation>导出列表</translation>
    </message>
    <message>
      <source>Export the report</source>
      <translation>导出报表</translation>
    </message>
    <message>
      <source>Exported by {name} on {day}</source>
      <translation>由{name}于 {day} 导出</translation>
    </message>
    <message>
      <source>Exporting…</source>
      <translation>正在导出…</translation>
    </message>
    <message>
      <source>Family name</source>
      <translation>姓</translation>
    </message>
    <message>
      <source>Favourite actions</source>
      <translation>常用操作</translation>
    </message>
    <message>
      <source>Favourite actions…</source>
      <translation>常用操作…</translation>
    </message>
    <message>
      <source>Fax</source>
      <translation>传真</translation>
    </message>
    <message>
      <source>Feed</source>
      <translation>进纸方向</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>字段</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>指标</translation>
    </message>
    <message>
      <source>File</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Files of type:</source>
      <translation>文件类型：</translation>
    </message>
    <message>
      <source>Fill province, city and district too</source>
      <translation>同时填写省份、城市、区县</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>筛选</translation>
    </message>
    <message>
      <source>Filter this board</source>
      <translation>在看板中筛选</translation>
    </message>
    <message>
      <source>Filter this list</source>
      <translation>在列表中筛选</translation>
    </message>
    <message>
      <source>Find a command</source>
      <translation>查找命令</translation>
    </message>
    <message>
      <source>First box from the left</source>
      <translation>第一个框距左边</translation>
    </message>
    <message>
      <source>First day</source>
      <translation>开始日期</translation>
    </message>
    <message>
      <source>First label</source>
      <translation>起始标签</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>名</translation>
    </message>
    <message>
      <source>First start</source>
      <translation>首次启动</translation>
    </message>
    <message>
      <source>Fit</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Focus the dock before</source>
      <translation>转到上一个面板</translation>
    </message>
    <message>
      <source>Focus the next dock</source>
      <translation>转到下一个面板</translation>
    </message>
    <message>
      <source>Fold or unfold the sidebar</source>
      <translation>收起或展开侧栏</translation>
    </message>
    <message>
      <source>Fold the sidebar</source>
      <translation>收起侧栏</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>Folder for the reports</source>
      <translation>报表文件夹</translation>
    </message>
    <message>
      <source>Follow-up</source>
      <translation>跟进记录</translation>
    </message>
    <message>
      <source>Follow-ups</source>
      <translation>跟进记录</translation>
    </message>
    <message>
      <source>Follow-ups by person</source>
      <translation>按人员统计跟进记录</translation>
    </message>
    <message>
      <source>Following up</source>
      <translation>跟进情况</translation>
    </message>
    <message>
      <source>For instance</source>
      <translation>示例</translation>
    </message>
    <message>
      <source>For printing saved PDF files</source>
      <translation>用于打印已保存的 PDF 文件</translation>
    </message>
    <message>
      <source>For when somebody has seen the phrase. Copies kept elsewhere still need the phrase they were made under.</source>
      <translation>在有人看到过恢复短语时使用。存放在别处的副本仍需要制作时的恢复短语。</translation>
    </message>
    <message>
      <source>Forget a layout</source>
      <translation>删除布局</translation>
    </message>
    <message>
      <source>Form of address (Mr., 先生)</source>
      <translation>称谓（Mr.、先生）</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Forward to the next record</source>
      <translation>前进到下一条记录</translation>
    </message>
    <message>
      <source>Found by search</source>
      <translation>可搜索</translation>
    </message>
    <message>
      <source>Free on its disk</source>
      <translation>磁盘剩余空间</translation>
    </message>
    <message>
      <source>Fri</source>
      <translation>周五</translation>
    </message>
    <message>
      <source>From box to box</source>
      <translation>框与框的间距</translation>
    </message>
    <message>
      <source>From day</source>
      <translation>开始日期</translation>
    </message>
    <message>
      <source>From label to label, across</source>
      <translation>标签横向间距</translation>
    </message>
    <message>
      <source>From label to label, down</source>
      <translation>标签纵向间距</translation>
    </message>
    <message>
      <source>From now on this program works in the team's database. The file of this computer stays as it is.</source>
      <translation>从现在起本程序使用团队的数据库。本机的文件保持不变。</translation>
    </message>
    <message>
      <source>From now on this program works in {name}. Colleagues do so once they have connected to it: send them an invitation (Settings &gt; Database &gt; Invite a colleague…). The database of before is as it was.</source>
      <translation>从现在起本程序使用 {name}。同事连接到它之后也会使用它：请给他们发邀请（设置 &gt; 数据库 &gt; 邀请同事…）。原来的数据库保持不变。</translation>
    </message>
    <message>
      <source>From then on nobody can read the file or the copies beside it without the key, which goes into the keyring of this computer. For the day the keyring is gone, print this recovery phrase and keep it where the computer is not.</source>
      <translation>此后没有密钥，谁也无法读取该文件及其旁边的副本；密钥保存在本机的密钥环中。为防密钥环丢失，请打印此恢复短语，并存放在电脑以外的地方。</translation>
    </message>
    <message>
      <source>From then on somebody with a tool of his own and knowledge of SQL can read more than he may see. Lists are quicker.</source>
      <translation>此后，熟悉 SQL 并使用自备工具的人可以读到超出其权限的内容。列表会更快。</translation>
    </message>
    <message>
      <source>From then on whoever gets hold of a copy can read everything in it.</source>
      <translation>此后任何人拿到备份都能读取其中的全部内容。</translation>
    </message>
    <message>
      <source>From then on whoever gets hold of the file or the copies beside it can read them. Decrypt the database?</source>
      <translation>此后任何人拿到该文件或其旁边的副本都能读取。要解密数据库吗？</translation>
    </message>
    <message>
      <source>From … to …</source>
      <translation>从 … 到 …</translation>
    </message>
    <message>
      <source>From: {name}</source>
      <translation>移交人：{name}</translation>
    </message>
    <message>
      <source>Front</source>
      <translation>信封版式</translation>
    </message>
    <message>
      <source>Fulfilled</source>
      <translation>履行完毕</translation>
    </message>
    <message>
      <source>Full Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Full numbers</source>
      <translation>完整号码</translation>
    </message>
    <message>
      <source>Furthest stage</source>
      <translation>曾到达的最远阶段</translation>
    </message>
    <message>
      <source>Gender</source>
      <translation>性别</translation>
    </message>
    <message>
      <source>Give the server a certificate (ssl_cert, ssl_key), and add ?ssl_ca=FILE to the address on every computer.</source>
      <translation>请为服务器配置证书（ssl_cert、ssl_key），并在每台电脑的地址后加上 ?ssl_ca=文件。</translation>
    </message>
    <message>
      <source>Giving the database a new key…</source>
      <translation>正在更换数据库密钥…</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Go to {view}</source>
      <translation>前往{view}</translation>
    </message>
    <message>
      <source>Goes into</source>
      <translation>对应字段</translation>
    </message>
    <message>
      <source>Goes on where it was when it was interrupted, and proves at the end that both sides hold the same.</source>
      <translation>中断后可从原处继续，结束时核对两边的数据是否一致。</translation>
    </message>
    <message>
      <source>Goes: {title}</source>
      <translation>并入：{title}</translation>
    </message>
    <message>
      <source>Good afternoon, {name}</source>
      <translation>下午好，{name}</translation>
    </message>
    <message>
      <source>Good evening, {name}</source>
      <translation>晚上好，{name}</translation>
    </message>
    <message>
      <source>Good morning, {name}</source>
      <translation>早上好，{name}</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>绿色</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>灰色</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>组</translation>
    </message>
    <message>
      <source>Group by</source>
      <translation>分组</translation>
    </message>
    <message>
      <source>Group {group} of the recovery phrase (“{typed}”) has a sign that does not occur in it. Look at the printed page again.</source>
      <translation>恢复短语第 {group} 组（“{typed}”）中有不会出现的字符。请再看一下打印的页面。</translation>
    </message>
    <message>
      <source>Group {group} reads otherwise. Print the recovery phrase or write it down before you go on; nothing was changed.</source>
      <translation>第 {group} 组与此不同。请先打印或抄下恢复短语再继续；未作任何更改。</translation>
    </message>
    <message>
      <source>Group {number}</source>
      <translation>第 {number} 组</translation>
    </message>
    <message>
      <source>Hand over</source>
      <translation>移交</translation>
    </message>
    <message>
      <source>Hand over what {name} owns</source>
      <translation>移交{name}名下的记录</translation>
    </message>
    <message>
      <source>Hand over…</source>
      <translation>离职交接…</translation>
    </message>
    <message>
      <source>Handed over by</source>
      <translation>移交人</translation>
    </message>
    <message>
      <source>Handing over…</source>
      <translation>正在移交…</translation>
    </message>
    <message>
      <source>Handover</source>
      <translation>交接</translation>
    </message>
    <message>
      <source>Handover certificate</source>
      <translation>离职交接单</translation>
    </message>
    <message>
      <source>Handover {number}</source>
      <translation>交接编号 {number}</translation>
    </message>
    <message>
      <source>Has left</source>
      <translation>办理离职</translation>
    </message>
    <message>
      <source>Heading once more</source>
      <translation>重复的标题行</translation>
    </message>
    <message>
      <source>Height of a box</source>
      <translation>框高</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>已进行</translation>
    </message>
    <message>
      <source>Hidden numbers</source>
      <translation>号码脱敏</translation>
    </message>
    <message>
      <source>Hired on</source>
      <translation>入职日期</translation>
    </message>
    <message>
      <source>Hits</source>
      <translation>搜索结果</translation>
    </message>
    <message>
      <source>How are these days written?</source>
      <translation>这些日期是怎么写的？</translation>
    </message>
    <message>
      <source>How often each person called, visited or wrote.</source>
      <translation>每个人打电话、拜访和发消息的次数。</translation>
    </message>
    <message>
      <source>How people read</source>
      <translation>读取方式</translation>
    </message>
    <message>
      <source>How strictly people read is chosen on a shared server with an account for each user.</source>
      <translation>读取的严格程度只能在每人一个账号的共享服务器上选择。</translation>
    </message>
    <message>
      <source>How this is counted</source>
      <translation>统计说明</translation>
    </message>
    <message>
      <source>How to reach them</source>
      <translation>联系方式</translation>
    </message>
    <message>
      <source>I have printed it or written it down</source>
      <translation>我已打印或抄下</translation>
    </message>
    <message>
      <source>Id</source>
      <translation>编号</translation>
    </message>
    <message>
      <source>Idle</source>
      <translation>停滞</translation>
    </message>
    <message>
      <source>If nobody needs it, run on the server: DROP USER '{user}'@'{host}'</source>
      <translation>如果没有人需要它，请在服务器上执行：DROP USER '{user}'@'{host}'</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>导入</translation>
    </message>
    <message numerus="yes">
      <source>Import %n row(s)</source>
      <translation>
        <numerusform>导入 %n 行</numerusform>
      </translation>
    </message>
    <message>
      <source>Import a workbook</source>
      <translation>导入表格</translation>
    </message>
    <message>
      <source>Import a workbook…</source>
      <translation>导入表格…</translation>
    </message>
    <message>
      <source>Import and export</source>
      <translation>导入和导出</translation>
    </message>
    <message>
      <source>Import into</source>
      <translation>导入为</translation>
    </message>
    <message>
      <source>Imported</source>
      <translation>已导入</translation>
    </message>
    <message>
      <source>In 1 hour</source>
      <translation>1 小时后</translation>
    </message>
    <message>
      <source>In 15 minutes</source>
      <translation>15 分钟后</translation>
    </message>
    <message>
      <source>In 5 minutes</source>
      <translation>5 分钟后</translation>
    </message>
    <message>
      <source>In a network folder one program writes at a time. This one waits and opens the database as soon as it is free. Until then you can read in a copy.</source>
      <translation>在网络文件夹中，同一时间只有一个程序写入。本程序会等待，一空闲就打开数据库。在此之前您可以查看副本。</translation>
    </message>
    <message>
      <source>In process</source>
      <translation>跟进中</translation>
    </message>
    <message>
      <source>In progress</source>
      <translation>进行中</translation>
    </message>
    <message numerus="yes">
      <source>In this stage for %n day(s)</source>
      <translation>
        <numerusform>在此阶段 %n 天</numerusform>
      </translation>
    </message>
    <message>
      <source>In this stage now</source>
      <translation>目前在此阶段</translation>
    </message>
    <message>
      <source>In this stage since</source>
      <translation>进入此阶段的时间</translation>
    </message>
    <message>
      <source>In use</source>
      <translation>启用</translation>
    </message>
    <message>
      <source>Industry</source>
      <translation>行业</translation>
    </message>
    <message>
      <source>Invitation</source>
      <translation>邀请</translation>
    </message>
    <message>
      <source>Invitations</source>
      <translation>邀请</translation>
    </message>
    <message>
      <source>Invite a colleague</source>
      <translation>邀请同事</translation>
    </message>
    <message>
      <source>Invite a colleague…</source>
      <translation>邀请同事…</translation>
    </message>
    <message>
      <source>It comes in once: the repetition {rule} cannot be kept.</source>
      <translation>只导入一次：重复规则 {rule} 无法保留。</translation>
    </message>
    <message>
      <source>It does not work yet. Mend what is told above, then test again.</source>
      <translation>还不能用。请按上面的说明处理，然后重新测试。</translation>
    </message>
    <message>
      <source>It exists already and belongs to {owner}. Ask for access, or leave the row out.</source>
      <translation>已有此记录，由 {owner} 负责。请申请权限，或去掉这一行。</translation>
    </message>
    <message>
      <source>It exists already, and only new ones are to be imported.</source>
      <translation>已有此记录，而本次只导入新记录。</translation>
    </message>
    <message>
      <source>It exists already, and you may not see it. Leave the row out.</source>
      <translation>已有此记录，但您无权查看。请去掉这一行。</translation>
    </message>
    <message>
      <source>It holds the beginning of a move or of a restored copy, which was interrupted. Choose the same again when you connect: it goes on where it was.</source>
      <translation>其中有一次未完成的迁移或恢复。连接时请再次选择同样的内容，将从中断处继续。</translation>
    </message>
    <message>
      <source>It is the first.</source>
      <translation>已经是第一个。</translation>
    </message>
    <message>
      <source>It is the last.</source>
      <translation>已经是最后一个。</translation>
    </message>
    <message>
      <source>It is there already</source>
      <translation>已经有了</translation>
    </message>
    <message>
      <source>It is there already and belongs to {owner}: {why}. Ask before you save it all the same.</source>
      <translation>已经有了，负责人是{owner}：{why}。请先问一下，再决定是否仍要保存。</translation>
    </message>
    <message>
      <source>It is there already and belongs to {owner}: {why}. Your company does not keep the same one twice.</source>
      <translation>已经有了，负责人是{owner}：{why}。贵公司不允许重复保存。</translation>
    </message>
    <message>
      <source>It means: {value}</source>
      <translation>表示：{value}</translation>
    </message>
    <message>
      <source>It repeats</source>
      <translation>重复的日程</translation>
    </message>
    <message>
      <source>It works, with a word of advice.</source>
      <translation>可以使用，但有需要注意的地方。</translation>
    </message>
    <message>
      <source>JSON for other programs (.json)</source>
      <translation>供其他程序使用的 JSON（.json）</translation>
    </message>
    <message>
      <source>Job Title</source>
      <translation>职务</translation>
    </message>
    <message>
      <source>Job title</source>
      <translation>职务</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>变更日志</translation>
    </message>
    <message>
      <source>Journal: {count} acts have no lines; they cannot be undone.</source>
      <translation>变更日志：{count} 次操作没有明细，无法撤销。</translation>
    </message>
    <message>
      <source>Journal: {count} lines belong to no act.</source>
      <translation>变更日志：{count} 条明细不属于任何操作。</translation>
    </message>
    <message>
      <source>Journal: {count} lines tell of records that are gone ({kind}).</source>
      <translation>变更日志：{count} 条明细涉及已不存在的记录（{kind}）。</translation>
    </message>
    <message>
      <source>Journal: {count} lines tell of unknown kinds of record.</source>
      <translation>变更日志：{count} 条明细涉及未知类型的记录。</translation>
    </message>
    <message>
      <source>KEEP gets what it lacks from LOSE and everything that belongs to LOSE; LOSE goes into the recycle bin. Prints the number of the batch, by which this can be undone for 30 days.</source>
      <translation>KEEP 缺少的内容取自 LOSE，属于 LOSE 的一切都转给 KEEP；LOSE 进入回收站。打印批次号，30 天内可凭它撤销。</translation>
    </message>
    <message>
      <source>Keep copies for 1 day or more.</source>
      <translation>备份至少保留 1 天。</translation>
    </message>
    <message>
      <source>Keep this page where the computer is not. Whoever has it and the file can read the data; if it is gone together with the keyring, nobody can read it any more.</source>
      <translation>请将此页存放在电脑以外的地方。拿到此页和文件的人可以读取数据；如果此页与密钥环都丢失，就再也没有人能读取数据。</translation>
    </message>
    <message>
      <source>Kept</source>
      <translation>保留的记录</translation>
    </message>
    <message>
      <source>Kept for</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Kept from last time and saved now: {record}</source>
      <translation>上次保留的修改现已保存：{record}</translation>
    </message>
    <message>
      <source>Kept in</source>
      <translation>存放位置</translation>
    </message>
    <message>
      <source>Kept in the log with who, when, what and how many</source>
      <translation>与何人、何时、何内容、多少条一起记入日志</translation>
    </message>
    <message>
      <source>Key decision maker</source>
      <translation>关键决策人</translation>
    </message>
    <message>
      <source>Key decision makers</source>
      <translation>关键决策人</translation>
    </message>
    <message>
      <source>Keys and people</source>
      <translation>快捷键与人员</translation>
    </message>
    <message>
      <source>Keys of duplicates</source>
      <translation>查重键</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Kinds of record: {types}.</source>
      <translation>记录类型：{types}。</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Label height</source>
      <translation>标签高度</translation>
    </message>
    <message>
      <source>Label sheet</source>
      <translation>标签纸</translation>
    </message>
    <message>
      <source>Label width</source>
      <translation>标签宽度</translation>
    </message>
    <message>
      <source>Label {number}</source>
      <translation>标签 {number}</translation>
    </message>
    <message>
      <source>Label {number}, already used</source>
      <translation>标签 {number}，已用</translation>
    </message>
    <message>
      <source>Label {number}, the first to be printed</source>
      <translation>标签 {number}，从这里开始打印</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>地址标签</translation>
    </message>
    <message>
      <source>Labels and envelopes</source>
      <translation>标签与信封</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>语言与外观</translation>
    </message>
    <message>
      <source>Last 12 months</source>
      <translation>近 12 个月</translation>
    </message>
    <message>
      <source>Last act</source>
      <translation>最近操作</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>最近联系</translation>
    </message>
    <message>
      <source>Last copy</source>
      <translation>最近备份</translation>
    </message>
    <message>
      <source>Last copy beside it</source>
      <translation>最近备份</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>结束日期</translation>
    </message>
    <message>
      <source>Last month</source>
      <translation>上月</translation>
    </message>
    <message>
      <source>Last quarter</source>
      <translation>上季度</translation>
    </message>
    <message>
      <source>Last result</source>
      <translation>上次结果</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>上次运行</translation>
    </message>
    <message>
      <source>Last seal</source>
      <translation>最近封印</translation>
    </message>
    <message>
      <source>Last year</source>
      <translation>去年</translation>
    </message>
    <message>
      <source>Late</source>
      <translation>逾期</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>稍后</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>布局</translation>
    </message>
    <message>
      <source>Layouts…</source>
      <translation>布局…</translation>
    </message>
    <message>
      <source>Lead</source>
      <translation>线索</translation>
    </message>
    <message>
      <source>Leads</source>
      <translation>线索</translation>
    </message>
    <message>
      <source>Leads to contact</source>
      <translation>待联系线索</translation>
    </message>
    <message>
      <source>Leave the field empty</source>
      <translation>字段留空</translation>
    </message>
    <message>
      <source>Left</source>
      <translation>左对齐</translation>
    </message>
    <message>
      <source>Left empty, the field has a list of its own. Its values are added under Picklists, in the settings.</source>
      <translation>留空则该字段有自己的列表，其选项在“设置”的“选项列表”中添加。</translation>
    </message>
    <message>
      <source>Left margin</source>
      <translation>左边距</translation>
    </message>
    <message>
      <source>Left on</source>
      <translation>离职日期</translation>
    </message>
    <message>
      <source>Left on {day}</source>
      <translation>离职日期：{day}</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>略过的行</translation>
    </message>
    <message>
      <source>Left the company</source>
      <translation>离职</translation>
    </message>
    <message>
      <source>Length of the line across</source>
      <translation>横线长度</translation>
    </message>
    <message>
      <source>Length of the line down</source>
      <translation>竖线长度</translation>
    </message>
    <message>
      <source>Let both set their clocks by the network (NTP).</source>
      <translation>请让两边都通过网络对时（NTP）。</translation>
    </message>
    <message>
      <source>Let go to import the file into “{list}”</source>
      <translation>松开鼠标，将文件导入“{list}”</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>级别</translation>
    </message>
    <message>
      <source>Level A</source>
      <translation>A 级</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Links to other records</source>
      <translation>指向其他记录的关联</translation>
    </message>
    <message>
      <source>List</source>
      <translation>列表</translation>
    </message>
    <message>
      <source>Loading…</source>
      <translation>正在加载…</translation>
    </message>
    <message>
      <source>Local file</source>
      <translation>本地文件</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>地点</translation>
    </message>
    <message>
      <source>Lock the account</source>
      <translation>锁定账号</translation>
    </message>
    <message>
      <source>Lock the window</source>
      <translation>锁定窗口</translation>
    </message>
    <message>
      <source>Log a call</source>
      <translation>记录电话</translation>
    </message>
    <message>
      <source>Long edge on top</source>
      <translation>长边在上</translation>
    </message>
    <message>
      <source>Long text</source>
      <translation>多行文本</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>重新查看</translation>
    </message>
    <message>
      <source>Look in:</source>
      <translation>位置：</translation>
    </message>
    <message>
      <source>Looks at the database file, tables, links, owners, states, numbers, journal and search index, and changes nothing. Exit code 0: all is well.</source>
      <translation>检查数据库文件、数据表、关联、负责人、状态、编号、变更日志和搜索索引，不做任何改动。退出代码 0：一切正常。</translation>
    </message>
    <message>
      <source>Lost</source>
      <translation>输单</translation>
    </message>
    <message>
      <source>Lost reason</source>
      <translation>输单原因</translation>
    </message>
    <message>
      <source>Lost reasons</source>
      <translation>输单原因</translation>
    </message>
    <message>
      <source>Lost…</source>
      <translation>输单…</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>备份时间</translation>
    </message>
    <message>
      <source>Make a contract from it</source>
      <translation>据此新建合同</translation>
    </message>
    <message>
      <source>Make it longer</source>
      <translation>延长</translation>
    </message>
    <message>
      <source>Make it shorter</source>
      <translation>缩短</translation>
    </message>
    <message>
      <source>Manager</source>
      <translation>上级</translation>
    </message>
    <message>
      <source>Map a column to “{field}”: every record needs it.</source>
      <translation>请为“{field}”指定一列：每条记录都需要它。</translation>
    </message>
    <message>
      <source>Map at least one column.</source>
      <translation>请至少对应一列。</translation>
    </message>
    <message>
      <source>Mark as fulfilled</source>
      <translation>标为履行完毕</translation>
    </message>
    <message>
      <source>Mark as lost</source>
      <translation>标为输单</translation>
    </message>
    <message>
      <source>Mark as qualified</source>
      <translation>标为有意向</translation>
    </message>
    <message>
      <source>Mark as signed</source>
      <translation>标为已签署</translation>
    </message>
    <message>
      <source>Match</source>
      <translation>匹配</translation>
    </message>
    <message>
      <source>May change it</source>
      <translation>可以修改</translation>
    </message>
    <message>
      <source>May go back</source>
      <translation>允许退回</translation>
    </message>
    <message>
      <source>Measure</source>
      <translation>指标类型</translation>
    </message>
    <message>
      <source>Measure the boxes on one of your envelopes, from its left and upper edge.</source>
      <translation>请在您的信封上，从左边和上边量出邮编框的位置。</translation>
    </message>
    <message>
      <source>Meeting</source>
      <translation>会议</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>合并</translation>
    </message>
    <message numerus="yes">
      <source>Merge %n record(s)</source>
      <translation>
        <numerusform>合并 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>Merge all…</source>
      <translation>全部合并…</translation>
    </message>
    <message>
      <source>Merge {records}</source>
      <translation>合并{records}</translation>
    </message>
    <message>
      <source>Merged into “{title}”. Its timeline splits them again.</source>
      <translation>已合并到“{title}”，可在其时间线中重新拆分。</translation>
    </message>
    <message>
      <source>Merge…</source>
      <translation>合并…</translation>
    </message>
    <message>
      <source>Merging</source>
      <translation>合并</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>消息</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>跟进方式</translation>
    </message>
    <message>
      <source>Middle name</source>
      <translation>中间名</translation>
    </message>
    <message>
      <source>Mine</source>
      <translation>我的</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>手机</translation>
    </message>
    <message>
      <source>Mode</source>
      <translation>模式</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>周一</translation>
    </message>
    <message>
      <source>Money and chances</source>
      <translation>金额与赢率</translation>
    </message>
    <message>
      <source>Money and dates</source>
      <translation>金额与日期</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>月</translation>
    </message>
    <message>
      <source>Month first: 12/31/2026</source>
      <translation>月在前：12/31/2026</translation>
    </message>
    <message>
      <source>Month first: {written} is {day}</source>
      <translation>月在前：{written} 即 {day}</translation>
    </message>
    <message>
      <source>Months</source>
      <translation>月数</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>More acts of this record…</source>
      <translation>此记录的更多操作…</translation>
    </message>
    <message>
      <source>More views</source>
      <translation>更多视图</translation>
    </message>
    <message>
      <source>Move the database to such a server.</source>
      <translation>请把数据库迁移到符合要求的服务器。</translation>
    </message>
    <message>
      <source>Move to the day before</source>
      <translation>移到前一天</translation>
    </message>
    <message>
      <source>Move to the left</source>
      <translation>左移</translation>
    </message>
    <message>
      <source>Move to the next day</source>
      <translation>移到后一天</translation>
    </message>
    <message>
      <source>Move to the next stage</source>
      <translation>移至下一阶段</translation>
    </message>
    <message>
      <source>Move to the right</source>
      <translation>右移</translation>
    </message>
    <message>
      <source>Move to the stage before</source>
      <translation>移至上一阶段</translation>
    </message>
    <message>
      <source>Move to “{stage}”</source>
      <translation>移至“{stage}”</translation>
    </message>
    <message>
      <source>Move “{title}” down</source>
      <translation>下移“{title}”</translation>
    </message>
    <message>
      <source>Move “{title}” up</source>
      <translation>上移“{title}”</translation>
    </message>
    <message>
      <source>Moved by {x} mm to the right and {y} mm down, scaled to {across} % and {down} %.</source>
      <translation>右移 {x} 毫米，下移 {y} 毫米，缩放 {across} % 和 {down} %。</translation>
    </message>
    <message>
      <source>Moved to {when}</source>
      <translation>已移至 {when}</translation>
    </message>
    <message numerus="yes">
      <source>Moved. Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>已迁移。每张表两边的数据一致：共 %n 行。</numerusform>
      </translation>
    </message>
    <message>
      <source>Moving into the team's database…</source>
      <translation>正在迁移到团队的数据库…</translation>
    </message>
    <message>
      <source>Mr.</source>
      <translation>先生</translation>
    </message>
    <message>
      <source>Ms.</source>
      <translation>女士</translation>
    </message>
    <message>
      <source>My settings</source>
      <translation>我的设置</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Name either a folder with --data or a server with --database, not both.</source>
      <translation>请用 --data 指定文件夹，或用 --database 指定服务器，不能同时使用。</translation>
    </message>
    <message>
      <source>Name of the layout</source>
      <translation>布局名称</translation>
    </message>
    <message>
      <source>Name of the role</source>
      <translation>角色名称</translation>
    </message>
    <message>
      <source>Name of the server</source>
      <translation>服务器名称</translation>
    </message>
    <message>
      <source>Name of the sheet</source>
      <translation>标签纸名称</translation>
    </message>
    <message>
      <source>Name of the view</source>
      <translation>视图名称</translation>
    </message>
    <message>
      <source>Name one of these to restore it, or use --latest.</source>
      <translation>请指定其中一份来恢复，或使用 --latest。</translation>
    </message>
    <message>
      <source>Name the file for the certificate with --certificate.</source>
      <translation>请用 --certificate 指定交接单的文件名。</translation>
    </message>
    <message>
      <source>Name the kind of record and the sheet: crm-desktop import customer customers.xlsx</source>
      <translation>请指定记录类型和表格，例如：crm-desktop import customer customers.xlsx</translation>
    </message>
    <message>
      <source>Name the kind of record and two of them: crm-desktop merge TYPE KEEP LOSE</source>
      <translation>请写出记录类型和两条记录：crm-desktop merge TYPE KEEP LOSE</translation>
    </message>
    <message>
      <source>Name the records by their ids, or choose them with --where or --text.</source>
      <translation>请按编号列出记录，或用 --where、--text 选择。</translation>
    </message>
    <message>
      <source>Name the server with --database mysql://user@server:3306/name. For a local file run: crm-desktop check</source>
      <translation>请用 --database mysql://user@server:3306/name 指定服务器。本地文件请运行：crm-desktop check</translation>
    </message>
    <message>
      <source>Navigation</source>
      <translation>导航</translation>
    </message>
    <message>
      <source>Needs attention</source>
      <translation>需要关注</translation>
    </message>
    <message>
      <source>Network folder</source>
      <translation>网络文件夹</translation>
    </message>
    <message>
      <source>New</source>
      <translation>新建</translation>
    </message>
    <message>
      <source>New contact</source>
      <translation>新建联系人</translation>
    </message>
    <message>
      <source>New contract</source>
      <translation>新建合同</translation>
    </message>
    <message>
      <source>New customer: {name}</source>
      <translation>新建客户：{name}</translation>
    </message>
    <message>
      <source>New customers</source>
      <translation>新增客户</translation>
    </message>
    <message>
      <source>New event</source>
      <translation>新建日程</translation>
    </message>
    <message>
      <source>New in this list</source>
      <translation>在此列表中新建</translation>
    </message>
    <message>
      <source>New key</source>
      <translation>新密钥</translation>
    </message>
    <message>
      <source>New key…</source>
      <translation>新密钥…</translation>
    </message>
    <message>
      <source>New opportunity</source>
      <translation>新建商机</translation>
    </message>
    <message>
      <source>New opportunity in this stage</source>
      <translation>在此阶段新建商机</translation>
    </message>
    <message>
      <source>New owner</source>
      <translation>新负责人</translation>
    </message>
    <message>
      <source>New password</source>
      <translation>新密码</translation>
    </message>
    <message>
      <source>New password of {user}: </source>
      <translation>{user} 的新密码： </translation>
    </message>
    <message>
      <source>New record of any kind…</source>
      <translation>新建任意记录…</translation>
    </message>
    <message>
      <source>New role</source>
      <translation>新建角色</translation>
    </message>
    <message>
      <source>New shortcut</source>
      <translation>新快捷键</translation>
    </message>
    <message>
      <source>New {one}</source>
      <translation>新建{one}</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>新建…</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>下一步</translation>
    </message>
    <message>
      <source>Next Monday</source>
      <translation>下周一</translation>
    </message>
    <message>
      <source>Next Monday 09:00</source>
      <translation>下周一 09:00</translation>
    </message>
    <message>
      <source>Next contact</source>
      <translation>下次联系</translation>
    </message>
    <message>
      <source>Next month</source>
      <translation>下个月</translation>
    </message>
    <message>
      <source>Next page</source>
      <translation>下一页</translation>
    </message>
    <message>
      <source>Next run</source>
      <translation>下次运行</translation>
    </message>
    <message>
      <source>Next step</source>
      <translation>下一步</translation>
    </message>
    <message>
      <source>Next step on</source>
      <translation>下一步日期</translation>
    </message>
    <message>
      <source>Next step: {step}</source>
      <translation>下一步：{step}</translation>
    </message>
    <message>
      <source>Next steps due</source>
      <translation>下一步到期</translation>
    </message>
    <message>
      <source>Next tab of the details</source>
      <translation>详情的下一个标签页</translation>
    </message>
    <message>
      <source>Next view</source>
      <translation>下一个视图</translation>
    </message>
    <message>
      <source>No</source>
      <translation>否</translation>
    </message>
    <message>
      <source>No account was opened for this user name. Open one first.</source>
      <translation>此用户名还没有开通账号。请先开通。</translation>
    </message>
    <message>
      <source>No act fits. Take a filter away or choose other days.</source>
      <translation>没有符合的操作。请减少筛选条件或选择其他日期。</translation>
    </message>
    <message>
      <source>No administrator has the user name {user}. Name one who may change roles and employees.</source>
      <translation>没有管理员的用户名是 {user}。请指定可以更改角色和员工的人。</translation>
    </message>
    <message>
      <source>No administrator here has a user name of 2 to 32 small letters or digits, as an account of the server needs. Give one to an administrator under Settings &gt; Employees, then connect again.</source>
      <translation>这里没有管理员的用户名符合服务器账号的要求：2 到 32 个小写字母或数字。请先在“设置 &gt; 员工”中为管理员设置用户名，再重新连接。</translation>
    </message>
    <message>
      <source>No amount</source>
      <translation>无金额</translation>
    </message>
    <message>
      <source>No backup could be made in {folder}, so nothing was changed. Make room there and try again.</source>
      <translation>无法在 {folder} 中备份，因此没有做任何改动。请腾出空间后重试。</translation>
    </message>
    <message numerus="yes">
      <source>No change for %n day(s)</source>
      <translation>
        <numerusform>%n 天没有变动</numerusform>
      </translation>
    </message>
    <message>
      <source>No column goes into “{label}”, which every record needs. Map one.</source>
      <translation>没有列对应“{label}”，而每条记录都需要它。请指定一列。</translation>
    </message>
    <message>
      <source>No column is mapped to a field. Map at least one.</source>
      <translation>没有任何列对应到字段。请至少对应一列。</translation>
    </message>
    <message>
      <source>No complete new file could be made beside {file}, so nothing was changed. Look whether its disk has room, then try again.</source>
      <translation>无法在 {file} 旁边生成完整的新文件，因此未作任何更改。请检查磁盘是否有空间，然后重试。</translation>
    </message>
    <message>
      <source>No computer named {host} was found. Check the name of the server and your network.</source>
      <translation>找不到名为 {host} 的电脑。请检查服务器名称和网络。</translation>
    </message>
    <message>
      <source>No copy of the team's database was made, because it was just being changed. Try again in some minutes.</source>
      <translation>团队数据库正在被更改，没有备份。请几分钟后再试。</translation>
    </message>
    <message>
      <source>No correction.</source>
      <translation>无需校正。</translation>
    </message>
    <message>
      <source>No date</source>
      <translation>无日期</translation>
    </message>
    <message>
      <source>No deleted {records}</source>
      <translation>没有已删除的{records}</translation>
    </message>
    <message>
      <source>No duplicates</source>
      <translation>没有重复</translation>
    </message>
    <message>
      <source>No entry is selected.</source>
      <translation>没有选中日程。</translation>
    </message>
    <message numerus="yes">
      <source>No font on this PC has the character “{character}” (U+{code}): %n place(s) show 〓 or nothing instead.</source>
      <translation>
        <numerusform>这台电脑没有字体能显示“{character}”（U+{code}）：%n 处显示为 〓 或空白。</numerusform>
      </translation>
    </message>
    <message>
      <source>No good copy of {file} could be made, because it is being written to. Try again in a minute.</source>
      <translation>{file} 正在被写入，未能生成完好的副本。请一分钟后重试。</translation>
    </message>
    <message>
      <source>No next step</source>
      <translation>没有下一步</translation>
    </message>
    <message>
      <source>No opportunities yet</source>
      <translation>还没有商机</translation>
    </message>
    <message>
      <source>No printer: save a PDF</source>
      <translation>没有打印机：保存为 PDF</translation>
    </message>
    <message>
      <source>No row is refused.</source>
      <translation>没有未导入的行。</translation>
    </message>
    <message>
      <source>No row would be added or changed.</source>
      <translation>没有要新建或修改的行。</translation>
    </message>
    <message>
      <source>No rows.</source>
      <translation>没有数据。</translation>
    </message>
    <message>
      <source>No two records are the same or similar.</source>
      <translation>没有相同或相似的记录。</translation>
    </message>
    <message>
      <source>No values can be added to “{label}” by an import.</source>
      <translation>导入时不能给“{label}”添加新值。</translation>
    </message>
    <message>
      <source>No {records} yet</source>
      <translation>还没有{records}</translation>
    </message>
    <message>
      <source>Nobody</source>
      <translation>无人</translation>
    </message>
    <message>
      <source>Nobody in this database may sign in, because all its employees have left or were deleted. Restore a backup.</source>
      <translation>此数据库中没有人可以登录，因为所有员工都已离职或被删除。请恢复备份。</translation>
    </message>
    <message>
      <source>Nobody this computer trusts has signed the certificate of {host}. Name the certificate of its issuer, a file that whoever looks after the server gives you. If you have named it, it is the wrong one, or somebody else answers in place of the server.</source>
      <translation>{host} 的证书不是由本机信任的机构签发的。请指定签发机构的证书，服务器管理员会给您这个文件。如果已经指定，那就是选错了，或者有人在冒充服务器。</translation>
    </message>
    <message>
      <source>Nobody without a name</source>
      <translation>没有匿名账号</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>None of the headings of “{sheet}” is known: {headings}. Name their fields in a file with --map, or the row of the headings with --header-row.</source>
      <translation>无法识别“{sheet}”的任何列标题：{headings}。请用 --map 文件指定它们的字段，或用 --header-row 指定标题所在行。</translation>
    </message>
    <message>
      <source>Not encrypted: only in a network of your own</source>
      <translation>不加密：仅限自己的网络</translation>
    </message>
    <message>
      <source>Not grouped</source>
      <translation>不分组</translation>
    </message>
    <message>
      <source>Not held</source>
      <translation>未进行</translation>
    </message>
    <message>
      <source>Not imported</source>
      <translation>不导入</translation>
    </message>
    <message>
      <source>Not possible in the state “{state}”.</source>
      <translation>在“{state}”状态下不能执行。</translation>
    </message>
    <message>
      <source>Not saved: {record}</source>
      <translation>未保存：{record}</translation>
    </message>
    <message>
      <source>Not shared</source>
      <translation>未共享</translation>
    </message>
    <message>
      <source>Not shared out yet: {amount}</source>
      <translation>尚未分解：{amount}</translation>
    </message>
    <message>
      <source>Not started</source>
      <translation>未开始</translation>
    </message>
    <message>
      <source>Not the same</source>
      <translation>不是重复</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Notes on this print</source>
      <translation>打印提示</translation>
    </message>
    <message>
      <source>Nothing entered for this month yet.</source>
      <translation>这个月还没有填写。</translation>
    </message>
    <message>
      <source>Nothing for everybody</source>
      <translation>没有面向所有人的权限</translation>
    </message>
    <message>
      <source>Nothing found for “{words}”.</source>
      <translation>没有找到“{words}”。</translation>
    </message>
    <message>
      <source>Nothing goes missing. Restore the same copy into the same database again to go on where it was stopped.</source>
      <translation>数据不会丢失。请把同一份备份再次恢复到同一个数据库，将从中断处继续。</translation>
    </message>
    <message>
      <source>Nothing goes missing: the data of this computer is as it was. Connect again to go on where it was stopped.</source>
      <translation>没有丢失任何内容：本机的数据保持原样。重新连接即可从停下的地方继续。</translation>
    </message>
    <message>
      <source>Nothing happened yet</source>
      <translation>还没有动态</translation>
    </message>
    <message>
      <source>Nothing has been changed yet. This is what the import would do. A double click or F2 corrects a cell.</source>
      <translation>尚未更改任何内容。以下是导入将要做的事。双击或按 F2 可更正单元格。</translation>
    </message>
    <message>
      <source>Nothing has been imported yet.</source>
      <translation>还没有导入过任何内容。</translation>
    </message>
    <message>
      <source>Nothing has changed since.</source>
      <translation>此后没有改动。</translation>
    </message>
    <message>
      <source>Nothing is waiting for you today.</source>
      <translation>今天没有待办。</translation>
    </message>
    <message>
      <source>Nothing matches</source>
      <translation>没有符合条件的记录</translation>
    </message>
    <message>
      <source>Nothing selected</source>
      <translation>未选择记录</translation>
    </message>
    <message numerus="yes">
      <source>Nothing to change: %n record(s) have this value already.</source>
      <translation>
        <numerusform>无需更改：%n 条记录已经是这个值。</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing to count</source>
      <translation>没有可统计的数据</translation>
    </message>
    <message>
      <source>Nothing to see to here.</source>
      <translation>这里没有需要处理的事项。</translation>
    </message>
    <message>
      <source>Nothing was changed</source>
      <translation>未作任何更改</translation>
    </message>
    <message>
      <source>Nothing was changed. Look again whenever you like.</source>
      <translation>什么也没有改动，可随时重新查找。</translation>
    </message>
    <message>
      <source>Nothing was handed over from this employee yet.</source>
      <translation>这名员工还没有办理过交接。</translation>
    </message>
    <message>
      <source>Nothing was imported.</source>
      <translation>没有导入任何数据。</translation>
    </message>
    <message>
      <source>Number of days</source>
      <translation>天数</translation>
    </message>
    <message>
      <source>Number {number}</source>
      <translation>编号：{number}</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>确定</translation>
    </message>
    <message>
      <source>Of target</source>
      <translation>指标完成率</translation>
    </message>
    <message>
      <source>Of the first stage</source>
      <translation>占首阶段比例</translation>
    </message>
    <message>
      <source>Off for envelopes that have the boxes printed on them already.</source>
      <translation>信封上已印有邮编框时请关闭。</translation>
    </message>
    <message>
      <source>Old password</source>
      <translation>旧密码</translation>
    </message>
    <message>
      <source>Older copies taken away: {count}</source>
      <translation>已删除较早的备份：{count} 个</translation>
    </message>
    <message>
      <source>On leave</source>
      <translation>休假</translation>
    </message>
    <message>
      <source>On sale</source>
      <translation>在售</translation>
    </message>
    <message>
      <source>Once more</source>
      <translation>再输一次</translation>
    </message>
    <message>
      <source>Once more: </source>
      <translation>再输入一次： </translation>
    </message>
    <message>
      <source>One account for all: for tests and tiny teams</source>
      <translation>所有人共用一个账号：仅用于试用和很小的团队</translation>
    </message>
    <message>
      <source>One account for each person</source>
      <translation>每人一个账号</translation>
    </message>
    <message>
      <source>One administrator must stay. Give somebody else that role first.</source>
      <translation>至少要保留一位管理员。请先把该角色给其他人。</translation>
    </message>
    <message>
      <source>One person…</source>
      <translation>指定人员…</translation>
    </message>
    <message>
      <source>One row for each</source>
      <translation>每行统计</translation>
    </message>
    <message>
      <source>Only a file on this computer can be encrypted; a server is encrypted where it stands.</source>
      <translation>只能加密本机上的文件；服务器请在其所在处加密。</translation>
    </message>
    <message>
      <source>Only add new records</source>
      <translation>只新建记录</translation>
    </message>
    <message>
      <source>Only administrators may do this.</source>
      <translation>只有管理员可以这样做。</translation>
    </message>
    <message>
      <source>Only an administrator can encrypt or decrypt the database.</source>
      <translation>只有管理员可以加密或解密数据库。</translation>
    </message>
    <message>
      <source>Only an administrator can end the work of somebody else.</source>
      <translation>只有管理员可以让他人下线。</translation>
    </message>
    <message>
      <source>Only an administrator can restore a copy: everybody's work since then is taken back.</source>
      <translation>只有管理员可以恢复备份：此后所有人的工作都会被撤回。</translation>
    </message>
    <message>
      <source>Only an administrator changes the name of the company.</source>
      <translation>只有管理员可以修改公司名称。</translation>
    </message>
    <message>
      <source>Only an administrator decides about duplicates.</source>
      <translation>只有管理员可以决定如何处理重复。</translation>
    </message>
    <message>
      <source>Only an administrator says how strictly the server lets people read.</source>
      <translation>只有管理员可以决定服务器读取的严格程度。</translation>
    </message>
    <message>
      <source>Only an administrator sets somebody else's password.</source>
      <translation>只有管理员可以设置他人的密码。</translation>
    </message>
    <message>
      <source>Only an administrator unlocks an account.</source>
      <translation>只有管理员可以解锁账户。</translation>
    </message>
    <message>
      <source>Only an administrator who sees every record can make or restore copies of the team's database: a copy holds everything.</source>
      <translation>只有能看到全部记录的管理员才能备份或恢复团队的数据库，因为备份包含全部数据。</translation>
    </message>
    <message>
      <source>Only its owner and those above see this record.</source>
      <translation>只有负责人及其上级能看到这条记录。</translation>
    </message>
    <message>
      <source>Only my own</source>
      <translation>只看我的</translation>
    </message>
    <message>
      <source>Only the person who made this change can undo it.</source>
      <translation>只有做出此改动的人可以撤销。</translation>
    </message>
    <message>
      <source>Only the search index of a shared server needs this. Name the server with --database mysql://root@server:3306/name.</source>
      <translation>只有共享服务器的搜索索引需要整理。请用 --database mysql://root@server:3306/name 指明服务器。</translation>
    </message>
    <message>
      <source>Only this time</source>
      <translation>仅此一次</translation>
    </message>
    <message>
      <source>Only update known records</source>
      <translation>只更新已有记录</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Open a read-only copy</source>
      <translation>打开只读副本</translation>
    </message>
    <message>
      <source>Open again</source>
      <translation>重新打开</translation>
    </message>
    <message>
      <source>Open amount</source>
      <translation>进行中金额</translation>
    </message>
    <message>
      <source>Open an invitation</source>
      <translation>打开邀请</translation>
    </message>
    <message>
      <source>Open an invitation…</source>
      <translation>打开邀请…</translation>
    </message>
    <message>
      <source>Open one of the lists first.</source>
      <translation>请先打开一个列表。</translation>
    </message>
    <message>
      <source>Open opportunities only, in the month of their expected close; those of earlier months are late.</source>
      <translation>只统计进行中的商机，按预计成交的月份归集；早于本月的归为逾期。</translation>
    </message>
    <message>
      <source>Open opportunities that have no date for a next step.</source>
      <translation>没有下一步日期的进行中商机。</translation>
    </message>
    <message>
      <source>Open opportunities without a change for longer than their stage allows.</source>
      <translation>未变动时间超过所在阶段允许天数的进行中商机。</translation>
    </message>
    <message>
      <source>Open pipeline, weighted</source>
      <translation>进行中商机加权金额</translation>
    </message>
    <message>
      <source>Open the existing one</source>
      <translation>打开已有的</translation>
    </message>
    <message>
      <source>Open the form</source>
      <translation>打开表单</translation>
    </message>
    <message>
      <source>Open the list of customers, contacts or leads and select rows first.</source>
      <translation>请先打开客户、联系人或线索列表并选中若干行。</translation>
    </message>
    <message>
      <source>Open the program</source>
      <translation>打开程序</translation>
    </message>
    <message>
      <source>Open this record</source>
      <translation>打开此记录</translation>
    </message>
    <message>
      <source>Open {amount}  ·  Weighted {weighted}</source>
      <translation>进行中 {amount}  ·  加权 {weighted}</translation>
    </message>
    <message>
      <source>Open “{title}”</source>
      <translation>打开“{title}”</translation>
    </message>
    <message>
      <source>Open: {count}, {money}, weighted {weighted}</source>
      <translation>进行中：{count} 个，{money}，加权 {weighted}</translation>
    </message>
    <message>
      <source>Operation log</source>
      <translation>操作日志</translation>
    </message>
    <message>
      <source>Operations</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>比较方式</translation>
    </message>
    <message>
      <source>Opportunities</source>
      <translation>商机</translation>
    </message>
    <message>
      <source>Opportunities that are lost now and were closed in the period.</source>
      <translation>目前为输单且在期间内关闭的商机。</translation>
    </message>
    <message>
      <source>Opportunities, contracts, tasks and events go to whoever gets their customer.</source>
      <translation>商机、合同、任务和日程随客户移交给同一接收人。</translation>
    </message>
    <message>
      <source>Opportunity</source>
      <translation>商机</translation>
    </message>
    <message>
      <source>Orange</source>
      <translation>橙色</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>顺序</translation>
    </message>
    <message>
      <source>Organised by</source>
      <translation>召集人</translation>
    </message>
    <message>
      <source>Other Phones</source>
      <translation>其他电话</translation>
    </message>
    <message>
      <source>Other types have some: choose one above.</source>
      <translation>其他类型中有已删除的记录，请在上方选择。</translation>
    </message>
    <message>
      <source>Outcome</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Own label sheet</source>
      <translation>自定义标签纸</translation>
    </message>
    <message>
      <source>Own sheet</source>
      <translation>自定义标签纸</translation>
    </message>
    <message>
      <source>Own sheet…</source>
      <translation>自定义标签纸…</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>负责人</translation>
    </message>
    <message>
      <source>Owner: {name}</source>
      <translation>负责人：{name}</translation>
    </message>
    <message>
      <source>Owners</source>
      <translation>负责人</translation>
    </message>
    <message>
      <source>Owners and departments</source>
      <translation>负责人与部门</translation>
    </message>
    <message>
      <source>PDF document</source>
      <translation>PDF 文档</translation>
    </message>
    <message>
      <source>PDF files (*.pdf)</source>
      <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
      <source>PDF to read and print (.pdf)</source>
      <translation>PDF，用于阅读和打印 (.pdf)</translation>
    </message>
    <message>
      <source>Page before</source>
      <translation>上一页</translation>
    </message>
    <message>
      <source>Page width</source>
      <translation>页宽</translation>
    </message>
    <message>
      <source>Page {page} of {pages}</source>
      <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>纸张</translation>
    </message>
    <message>
      <source>Paper height</source>
      <translation>纸张高度</translation>
    </message>
    <message>
      <source>Paper width</source>
      <translation>纸张宽度</translation>
    </message>
    <message>
      <source>Part of</source>
      <translation>上级部门</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Password of {name}</source>
      <translation>{name} 的密码</translation>
    </message>
    <message>
      <source>Password of {user} on {host}: </source>
      <translation>{user} 在 {host} 上的密码： </translation>
    </message>
    <message>
      <source>Password…</source>
      <translation>密码…</translation>
    </message>
    <message>
      <source>Paste rows from a spreadsheet…</source>
      <translation>粘贴表格中的行…</translation>
    </message>
    <message>
      <source>Pending signature</source>
      <translation>待签署</translation>
    </message>
    <message>
      <source>People sign in with their accounts of this server as before. Who has none gets a password under Settings &gt; Employees. Reading is standard; where it was strict, switch it on again.</source>
      <translation>大家照旧用这台服务器上的账号登录。没有账号的人，请在“设置 &gt; 员工”中为其设密码。读取为标准方式；原来是严格方式的，请重新开启。</translation>
    </message>
    <message>
      <source>People: all</source>
      <translation>人员：全部</translation>
    </message>
    <message>
      <source>People: {shown} of {all}</source>
      <translation>人员：{shown} / {all}</translation>
    </message>
    <message>
      <source>Percent</source>
      <translation>百分比</translation>
    </message>
    <message>
      <source>Perhaps there is a {one} already: “{title}” ({why}).</source>
      <translation>可能已有{one}：“{title}”（{why}）。</translation>
    </message>
    <message>
      <source>Perhaps there is a {one} already: “{title}”, {owner} ({why})</source>
      <translation>可能已有{one}：“{title}”，{owner}（{why}）</translation>
    </message>
    <message>
      <source>Perhaps there is a {one} of {owner} already ({why}).</source>
      <translation>可能已有一条由{owner}负责的{one}（{why}）。</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>期间</translation>
    </message>
    <message>
      <source>Person</source>
      <translation>人员</translation>
    </message>
    <message>
      <source>Personal</source>
      <translation>个人信息</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>电话</translation>
    </message>
    <message>
      <source>Pick a card first.</source>
      <translation>请先选择一张卡片。</translation>
    </message>
    <message>
      <source>Picklist</source>
      <translation>选项列表</translation>
    </message>
    <message>
      <source>Picklist value</source>
      <translation>选项</translation>
    </message>
    <message>
      <source>Picklists</source>
      <translation>选项列表</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pipeline</source>
      <translation>销售流程</translation>
    </message>
    <message>
      <source>Pipeline: {name}</source>
      <translation>销售流程：{name}</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>地点</translation>
    </message>
    <message>
      <source>Plan a visit</source>
      <translation>安排拜访</translation>
    </message>
    <message>
      <source>Plan again</source>
      <translation>重新计划</translation>
    </message>
    <message>
      <source>Planned</source>
      <translation>计划</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>端口</translation>
    </message>
    <message>
      <source>Port {port} of {host} is open, but nothing is said there. It is no MariaDB or MySQL, or the server is overloaded: check the port, then try again.</source>
      <translation>{host} 的端口 {port} 是开放的，但没有任何应答。它不是 MariaDB 或 MySQL，或者服务器过载：请检查端口后重试。</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>排序</translation>
    </message>
    <message>
      <source>Position…</source>
      <translation>位置…</translation>
    </message>
    <message>
      <source>Postal Code</source>
      <translation>邮编</translation>
    </message>
    <message>
      <source>Postcode</source>
      <translation>邮编</translation>
    </message>
    <message>
      <source>Postcode boxes</source>
      <translation>邮编框</translation>
    </message>
    <message>
      <source>Press the new keys:</source>
      <translation>请按下新的快捷键：</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>预览</translation>
    </message>
    <message>
      <source>Previous month</source>
      <translation>上个月</translation>
    </message>
    <message>
      <source>Previous page</source>
      <translation>上一页</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>价格</translation>
    </message>
    <message>
      <source>Primary contact</source>
      <translation>首要联系人</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>打印</translation>
    </message>
    <message>
      <source>Print address labels</source>
      <translation>打印地址标签</translation>
    </message>
    <message>
      <source>Print an envelope</source>
      <translation>打印信封</translation>
    </message>
    <message>
      <source>Print envelopes</source>
      <translation>打印信封</translation>
    </message>
    <message>
      <source>Print it at 100 % (“actual size”), then measure with a ruler.</source>
      <translation>请按 100 %（“实际大小”）打印，再用尺子测量。</translation>
    </message>
    <message>
      <source>Print it or write it down, and keep it where the computer is not. Who loses it together with the keyring loses the data.</source>
      <translation>请打印或抄下，并存放在电脑以外的地方。如果它与密钥环都丢失，数据也就丢失。</translation>
    </message>
    <message>
      <source>Print labels</source>
      <translation>打印标签</translation>
    </message>
    <message>
      <source>Print test page</source>
      <translation>打印测试页</translation>
    </message>
    <message>
      <source>Print the frame for the stamp</source>
      <translation>打印邮票框</translation>
    </message>
    <message>
      <source>Print the outlines of the labels (for a test)</source>
      <translation>打印标签边框（用于测试）</translation>
    </message>
    <message>
      <source>Print the postcode boxes</source>
      <translation>打印邮编框</translation>
    </message>
    <message>
      <source>Print the report</source>
      <translation>打印报表</translation>
    </message>
    <message>
      <source>Print the sender</source>
      <translation>打印寄件人</translation>
    </message>
    <message>
      <source>Print the test page on plain paper of the same size, at 100 %. Measure it with a ruler and enter what you find. Print it once more to check.</source>
      <translation>请在相同尺寸的普通纸上以 100 % 打印测试页，用尺子测量后填入结果。再打印一次以便核对。</translation>
    </message>
    <message>
      <source>Printed parts</source>
      <translation>打印内容</translation>
    </message>
    <message>
      <source>Printer</source>
      <translation>打印机</translation>
    </message>
    <message>
      <source>Printer: {printer}</source>
      <translation>打印机：{printer}</translation>
    </message>
    <message>
      <source>Printing</source>
      <translation>打印</translation>
    </message>
    <message>
      <source>Prints groups of the same and of similar records with the reasons, the surest first. With --json each line is a group.</source>
      <translation>打印相同和相似的记录组及原因，最确定的在前。加 --json 时每行一组。</translation>
    </message>
    <message>
      <source>Prints the recovery phrase: the key itself, for the day the keyring of this computer is gone. Where there is no keyring, the phrase is asked for each time, or taken from CRM_DATABASE_KEY.</source>
      <translation>输出恢复短语：即密钥本身，用于本机密钥环丢失的情况。没有密钥环时，每次都会询问恢复短语，或从 CRM_DATABASE_KEY 读取。</translation>
    </message>
    <message>
      <source>Print…</source>
      <translation>打印…</translation>
    </message>
    <message>
      <source>Priority</source>
      <translation>优先级</translation>
    </message>
    <message>
      <source>Probability</source>
      <translation>赢率</translation>
    </message>
    <message>
      <source>Problems were found.</source>
      <translation>发现问题。</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>产品</translation>
    </message>
    <message>
      <source>Product code</source>
      <translation>产品编号</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>产品</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>资料</translation>
    </message>
    <message>
      <source>Program</source>
      <translation>程序</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Province</source>
      <translation>省份</translation>
    </message>
    <message>
      <source>Province (part of the address)</source>
      <translation>省份（地址的一部分）</translation>
    </message>
    <message>
      <source>Put a visit into the calendar</source>
      <translation>在日历中安排拜访</translation>
    </message>
    <message>
      <source>Qualified</source>
      <translation>有意向</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Read as standard</source>
      <translation>标准读取</translation>
    </message>
    <message>
      <source>Read as standard…</source>
      <translation>标准读取…</translation>
    </message>
    <message>
      <source>Read it</source>
      <translation>只读</translation>
    </message>
    <message>
      <source>Read strictly</source>
      <translation>严格读取</translation>
    </message>
    <message>
      <source>Read strictly…</source>
      <translation>严格读取…</translation>
    </message>
    <message>
      <source>Read-only copy</source>
      <translation>只读副本</translation>
    </message>
    <message>
      <source>Reading</source>
      <translation>读取</translation>
    </message>
    <message>
      <source>Reading is strict, but there are {count} customers; it is quick enough up to {most}.</source>
      <translation>当前为严格读取，但已有 {count} 个客户；最多 {most} 个时速度才足够。</translation>
    </message>
    <message>
      <source>Reading stays as it is: strict reading is for up to 100,000 customers, and there are more. It would be too slow.</source>
      <translation>读取方式保持不变：严格读取最多适用于 100,000 个客户，现在已超过，会太慢。</translation>
    </message>
    <message>
      <source>Reading {file}: {rows} rows…</source>
      <translation>正在读取 {file}：{rows} 行…</translation>
    </message>
    <message>
      <source>Reading {file}…</source>
      <translation>正在读取 {file}…</translation>
    </message>
    <message>
      <source>Reading “{file}” took too long and was stopped. The file may be damaged.</source>
      <translation>读取“{file}”用时过长，已停止。文件可能已损坏。</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Reasons</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Recent</source>
      <translation>最近</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>记录</translation>
    </message>
    <message>
      <source>Record ID</source>
      <translation>记录 ID</translation>
    </message>
    <message>
      <source>Record type</source>
      <translation>记录类型</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>记录</translation>
    </message>
    <message>
      <source>Records of this kind cannot be merged.</source>
      <translation>这类记录不能合并。</translation>
    </message>
    <message>
      <source>Records that were changed by hand since stay as they are when an import is undone.</source>
      <translation>撤销导入时，之后手工修改过的记录保持不变。</translation>
    </message>
    <message>
      <source>Records you see</source>
      <translation>您可见的记录</translation>
    </message>
    <message>
      <source>Recovery phrase</source>
      <translation>恢复短语</translation>
    </message>
    <message>
      <source>Recovery phrase:</source>
      <translation>恢复短语：</translation>
    </message>
    <message>
      <source>Recovery phrase: </source>
      <translation>恢复短语： </translation>
    </message>
    <message>
      <source>Recycle bin</source>
      <translation>回收站</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>红色</translation>
    </message>
    <message>
      <source>Refuse these rows</source>
      <translation>拒绝这些行</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>已拒绝</translation>
    </message>
    <message>
      <source>Refused sign-in</source>
      <translation>登录被拒绝</translation>
    </message>
    <message>
      <source>Region → city, address</source>
      <translation>地区 → 城市、地址</translation>
    </message>
    <message>
      <source>Region → province, city, district</source>
      <translation>地区 → 省份、城市、区县</translation>
    </message>
    <message>
      <source>Remark</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Remember the password on this computer</source>
      <translation>在本机记住密码</translation>
    </message>
    <message>
      <source>Remind at</source>
      <translation>提醒时间</translation>
    </message>
    <message>
      <source>Remind days before the end</source>
      <translation>提前提醒天数</translation>
    </message>
    <message>
      <source>Remind me</source>
      <translation>提醒我</translation>
    </message>
    <message>
      <source>Remind me at</source>
      <translation>提醒我的时间</translation>
    </message>
    <message>
      <source>Remind minutes before</source>
      <translation>提前提醒分钟</translation>
    </message>
    <message>
      <source>Reminder</source>
      <translation>提醒</translation>
    </message>
    <message>
      <source>Reminder done</source>
      <translation>完成提醒</translation>
    </message>
    <message>
      <source>Reminder put off</source>
      <translation>推迟提醒</translation>
    </message>
    <message>
      <source>Reminders</source>
      <translation>提醒</translation>
    </message>
    <message>
      <source>Removal of the sample data</source>
      <translation>移除示例数据</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Remove all</source>
      <translation>全部移除</translation>
    </message>
    <message>
      <source>Remove the sample data</source>
      <translation>移除示例数据</translation>
    </message>
    <message>
      <source>Remove the sample data…</source>
      <translation>移除示例数据…</translation>
    </message>
    <message>
      <source>Remove this condition</source>
      <translation>移除此条件</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>重命名…</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>重新打开</translation>
    </message>
    <message>
      <source>Repeats</source>
      <translation>重复</translation>
    </message>
    <message>
      <source>Repetition that cannot be kept</source>
      <translation>无法保留的重复规则</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>报表</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>报表</translation>
    </message>
    <message>
      <source>Reports are written as {formats}.</source>
      <translation>报表可写成：{formats}。</translation>
    </message>
    <message>
      <source>Required</source>
      <translation>必填</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>重置</translation>
    </message>
    <message>
      <source>Reset layout</source>
      <translation>恢复默认布局</translation>
    </message>
    <message>
      <source>Restoration</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Restore a copy</source>
      <translation>恢复备份</translation>
    </message>
    <message>
      <source>Restore a copy…</source>
      <translation>恢复备份…</translation>
    </message>
    <message>
      <source>Restoring the copy…</source>
      <translation>正在恢复备份…</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>结果</translation>
    </message>
    <message>
      <source>Rights as staff and roles say</source>
      <translation>权限与员工和角色一致</translation>
    </message>
    <message>
      <source>Rights level</source>
      <translation>权限级别</translation>
    </message>
    <message>
      <source>Rights of the account</source>
      <translation>账号的权限</translation>
    </message>
    <message>
      <source>Rings at</source>
      <translation>响铃时间</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>角色</translation>
    </message>
    <message>
      <source>Role right</source>
      <translation>角色权限</translation>
    </message>
    <message>
      <source>Role rights</source>
      <translation>角色权限</translation>
    </message>
    <message>
      <source>Roles</source>
      <translation>角色</translation>
    </message>
    <message>
      <source>Room for a copy</source>
      <translation>能否恢复备份</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Row height</source>
      <translation>行高</translation>
    </message>
    <message>
      <source>Row of the headings</source>
      <translation>标题所在行</translation>
    </message>
    <message>
      <source>Row {row} has “{value}” already, and only one record may. Choose another one, or leave this row out.</source>
      <translation>第 {row} 行已有“{value}”，它只能用于一条记录。请换一个，或去掉这一行。</translation>
    </message>
    <message>
      <source>Row {row} holds the same record already, with another “{label}”. Write the same in both, or nothing in this one.</source>
      <translation>第 {row} 行已是同一条记录，但“{label}”不同。请把两行写成一样，或将本行的该单元格留空。</translation>
    </message>
    <message>
      <source>Row {row} holds the same record already.</source>
      <translation>与第 {row} 行是同一条记录。</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Rows cannot be matched on “{name}”: no column goes into it.</source>
      <translation>不能按“{name}”匹配：没有列对应它。</translation>
    </message>
    <message>
      <source>Run on the server: ALTER USER '{user}'@'{host}' ACCOUNT LOCK</source>
      <translation>请在服务器上执行：ALTER USER '{user}'@'{host}' ACCOUNT LOCK</translation>
    </message>
    <message>
      <source>Run on the server: DROP USER ''@'{host}'</source>
      <translation>请在服务器上执行：DROP USER ''@'{host}'</translation>
    </message>
    <message>
      <source>Run on the server: DROP USER '{user}'@'{host}'</source>
      <translation>请在服务器上执行：DROP USER '{user}'@'{host}'</translation>
    </message>
    <message>
      <source>Run on the server: DROP USER of this account, or give the employee another user name.</source>
      <translation>请在服务器上用 DROP USER 删除此账号，或给该员工换一个用户名。</translation>
    </message>
    <message>
      <source>Run on the server: REVOKE ALL PRIVILEGES ON `{schema}`.* FROM '{user}'@'{host}' (and on single tables)</source>
      <translation>请在服务器上执行：REVOKE ALL PRIVILEGES ON `{schema}`.* FROM '{user}'@'{host}'(单张表的权限也要收回)</translation>
    </message>
    <message>
      <source>Run on the server: REVOKE ALL PRIVILEGES, GRANT OPTION FROM PUBLIC</source>
      <translation>请在服务器上执行：REVOKE ALL PRIVILEGES, GRANT OPTION FROM PUBLIC</translation>
    </message>
    <message>
      <source>Run on the server: SHOW GRANTS FOR '{user}'@'{host}', and REVOKE what names {schema}</source>
      <translation>在服务器上执行：SHOW GRANTS FOR '{user}'@'{host}'，并用 REVOKE 收回涉及 {schema} 的权限</translation>
    </message>
    <message>
      <source>Run, best every night: crm-desktop database tidy</source>
      <translation>请运行（最好每晚一次）：crm-desktop database tidy</translation>
    </message>
    <message>
      <source>Run: crm-desktop database create</source>
      <translation>请运行：crm-desktop database create</translation>
    </message>
    <message>
      <source>Run: crm-desktop database login {user} --lock</source>
      <translation>请运行：crm-desktop database login {user} --lock</translation>
    </message>
    <message>
      <source>Run: crm-desktop database login {user} --open</source>
      <translation>请运行：crm-desktop database login {user} --open</translation>
    </message>
    <message>
      <source>Run: crm-desktop database migrate</source>
      <translation>请运行：crm-desktop database migrate</translation>
    </message>
    <message>
      <source>Running numbers</source>
      <translation>流水号</translation>
    </message>
    <message>
      <source>Safe against power cuts</source>
      <translation>断电安全</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>销售</translation>
    </message>
    <message>
      <source>Sales funnel</source>
      <translation>销售漏斗</translation>
    </message>
    <message>
      <source>Same days of last month: {value}</source>
      <translation>上月同期：{value}</translation>
    </message>
    <message>
      <source>Sat</source>
      <translation>周六</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Save PDF</source>
      <translation>保存 PDF</translation>
    </message>
    <message>
      <source>Save PDF…</source>
      <translation>保存 PDF…</translation>
    </message>
    <message>
      <source>Save a new view</source>
      <translation>保存为新视图</translation>
    </message>
    <message>
      <source>Save a report…</source>
      <translation>保存报告…</translation>
    </message>
    <message>
      <source>Save all the same</source>
      <translation>仍然保存</translation>
    </message>
    <message>
      <source>Save and new</source>
      <translation>保存并新建</translation>
    </message>
    <message>
      <source>Save as a new view…</source>
      <translation>另存为新视图…</translation>
    </message>
    <message>
      <source>Save the list as it is now into this view</source>
      <translation>将当前列表保存到此视图</translation>
    </message>
    <message>
      <source>Save the record first.</source>
      <translation>请先保存记录。</translation>
    </message>
    <message>
      <source>Save the refused rows…</source>
      <translation>保存未导入的行…</translation>
    </message>
    <message>
      <source>Save this layout</source>
      <translation>保存当前布局</translation>
    </message>
    <message>
      <source>Save this layout…</source>
      <translation>保存当前布局…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>已保存</translation>
    </message>
    <message>
      <source>Saved as {file}</source>
      <translation>已保存为 {file}</translation>
    </message>
    <message>
      <source>Saved as {path}</source>
      <translation>已保存为 {path}</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>正在保存…</translation>
    </message>
    <message>
      <source>Say first what it is taken out for.</source>
      <translation>请先说明用途。</translation>
    </message>
    <message>
      <source>Say who leaves: crm-desktop handover FROM TO</source>
      <translation>请指明谁离职：crm-desktop handover 移交人 接收人</translation>
    </message>
    <message>
      <source>Say who takes over: crm-desktop handover FROM TO</source>
      <translation>请指明谁接收：crm-desktop handover 移交人 接收人</translation>
    </message>
    <message>
      <source>Say who you are with --as. Name one of: {names}.</source>
      <translation>请用 --as 说明您是谁，可选：{names}。</translation>
    </message>
    <message>
      <source>Say whose share ends, with --with.</source>
      <translation>请用 --with 指明结束与谁的共享。</translation>
    </message>
    <message>
      <source>Say with --reason what it is taken out for; it is kept in the log.</source>
      <translation>请用 --reason 说明导出用途，用途会记入日志。</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>定时导出</translation>
    </message>
    <message>
      <source>Schedule “{report}”</source>
      <translation>定时导出“{report}”</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>定时导出</translation>
    </message>
    <message>
      <source>Scheduled exports</source>
      <translation>定时导出</translation>
    </message>
    <message>
      <source>Schedule…</source>
      <translation>定时导出…</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>分值</translation>
    </message>
    <message>
      <source>Seals of the journal</source>
      <translation>日志封印</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Search customers, phones, contracts, or type a command…</source>
      <translation>搜索客户、电话、合同，或输入命令…</translation>
    </message>
    <message>
      <source>Search index</source>
      <translation>搜索索引</translation>
    </message>
    <message>
      <source>Search index: {kind}</source>
      <translation>搜索索引：{kind}</translation>
    </message>
    <message>
      <source>Search or run a command</source>
      <translation>搜索或执行命令</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>正在搜索…</translation>
    </message>
    <message>
      <source>Sees</source>
      <translation>可见范围</translation>
    </message>
    <message>
      <source>Select a person first.</source>
      <translation>请先选择一个人。</translation>
    </message>
    <message>
      <source>Select a record first.</source>
      <translation>请先选择一条记录。</translation>
    </message>
    <message>
      <source>Select a row in a list to see its details here. Up and Down keep working in the list.</source>
      <translation>在列表中选择一行，这里显示详情。上下键仍可在列表中移动。</translation>
    </message>
    <message>
      <source>Select one copy.</source>
      <translation>请选择一份备份。</translation>
    </message>
    <message>
      <source>Select the records to delete first.</source>
      <translation>请先选择要删除的记录。</translation>
    </message>
    <message>
      <source>Select the records to print for first.</source>
      <translation>请先选择要打印的记录。</translation>
    </message>
    <message>
      <source>Select the records to restore first.</source>
      <translation>请先选择要恢复的记录。</translation>
    </message>
    <message>
      <source>Select the two records that are one.</source>
      <translation>请选中要合并的两条记录。</translation>
    </message>
    <message>
      <source>Send for signature</source>
      <translation>提交签署</translation>
    </message>
    <message>
      <source>Sender</source>
      <translation>寄件人</translation>
    </message>
    <message>
      <source>Sent to {printer}</source>
      <translation>已发送到 {printer}</translation>
    </message>
    <message>
      <source>Server</source>
      <translation>服务器</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Settings and notes of the program</source>
      <translation>设置和程序记录</translation>
    </message>
    <message>
      <source>Several</source>
      <translation>多种</translation>
    </message>
    <message>
      <source>Share</source>
      <translation>占比</translation>
    </message>
    <message numerus="yes">
      <source>Share %n record(s)</source>
      <translation>
        <numerusform>共享 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>Share it</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>Share with another colleague by a share of its own.</source>
      <translation>如需共享给其他同事，请另建一条共享。</translation>
    </message>
    <message>
      <source>Shared</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>Shared record</source>
      <translation>共享的记录</translation>
    </message>
    <message>
      <source>Shared server</source>
      <translation>共享服务器</translation>
    </message>
    <message>
      <source>Shared server, an account for each user: everybody works at the same time, and the server itself enforces the rights.</source>
      <translation>共享服务器，每个用户有自己的账号：所有人可同时工作，权限由服务器本身保证。</translation>
    </message>
    <message>
      <source>Shared server, one account for all: everybody works at the same time, but only the program enforces the rights.</source>
      <translation>共享服务器，所有人共用一个账号：所有人可同时工作，但权限只由程序保证。</translation>
    </message>
    <message>
      <source>Shared with</source>
      <translation>共享给</translation>
    </message>
    <message>
      <source>Shared with everybody</source>
      <translation>共享给所有人</translation>
    </message>
    <message>
      <source>Shared with me</source>
      <translation>共享给我</translation>
    </message>
    <message>
      <source>Shared with role</source>
      <translation>共享给角色</translation>
    </message>
    <message>
      <source>Shared with the role “{role}”</source>
      <translation>共享给角色“{role}”</translation>
    </message>
    <message numerus="yes">
      <source>Shared with you by {name}: %n record(s)</source>
      <translation>
        <numerusform>{name} 共享给您 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>Shared with you by {name}: {title}</source>
      <translation>{name} 共享给您：{title}</translation>
    </message>
    <message>
      <source>Shares</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>Sharing</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>工作表</translation>
    </message>
    <message>
      <source>Shift down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Shift to the right</source>
      <translation>右移</translation>
    </message>
    <message>
      <source>Short name</source>
      <translation>简称</translation>
    </message>
    <message>
      <source>Shortcut</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Shortcuts…</source>
      <translation>快捷键…</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>全部显示</translation>
    </message>
    <message numerus="yes">
      <source>Show all %n</source>
      <translation>
        <numerusform>显示全部 %n 项</numerusform>
      </translation>
    </message>
    <message>
      <source>Show everyone</source>
      <translation>显示所有人</translation>
    </message>
    <message>
      <source>Show fewer</source>
      <translation>收起</translation>
    </message>
    <message>
      <source>Show lost and void ones</source>
      <translation>显示输单和无效商机</translation>
    </message>
    <message>
      <source>Show older acts</source>
      <translation>显示更早的操作</translation>
    </message>
    <message>
      <source>Show or hide the details</source>
      <translation>显示或隐藏详情</translation>
    </message>
    <message>
      <source>Show records for which all of this holds</source>
      <translation>显示同时符合以下条件的记录</translation>
    </message>
    <message>
      <source>Show reminders</source>
      <translation>显示提醒</translation>
    </message>
    <message>
      <source>Show the window</source>
      <translation>显示窗口</translation>
    </message>
    <message>
      <source>Show them</source>
      <translation>查看</translation>
    </message>
    <message>
      <source>Show this day</source>
      <translation>查看这一天</translation>
    </message>
    <message>
      <source>Show what is left out</source>
      <translation>查看略过的行</translation>
    </message>
    <message>
      <source>Show {view} beside this view</source>
      <translation>在旁边显示{view}</translation>
    </message>
    <message>
      <source>Shown at</source>
      <translation>显示时间</translation>
    </message>
    <message>
      <source>Shown first</source>
      <translation>默认显示</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>登录</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>重新登录</translation>
    </message>
    <message>
      <source>Sign in to go on. What you typed is still there.</source>
      <translation>请登录后继续，您输入的内容仍然保留。</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>登录</translation>
    </message>
    <message>
      <source>Sign-out</source>
      <translation>退出登录</translation>
    </message>
    <message>
      <source>Signatures</source>
      <translation>签署信息</translation>
    </message>
    <message>
      <source>Signed</source>
      <translation>已签约</translation>
    </message>
    <message>
      <source>Signed by month</source>
      <translation>每月签约</translation>
    </message>
    <message>
      <source>Signed by the customer</source>
      <translation>客户签署人</translation>
    </message>
    <message>
      <source>Signed by us</source>
      <translation>我方签署人</translation>
    </message>
    <message>
      <source>Signed on</source>
      <translation>签署日期</translation>
    </message>
    <message>
      <source>Signed this month</source>
      <translation>本月签约</translation>
    </message>
    <message>
      <source>Similar</source>
      <translation>相似</translation>
    </message>
    <message>
      <source>Similar to a record of {owner}: {why}.</source>
      <translation>与{owner}负责的一条记录相似：{why}。</translation>
    </message>
    <message>
      <source>Similar to row {row}: {why}.</source>
      <translation>与第 {row} 行相似：{why}。</translation>
    </message>
    <message>
      <source>Similar to “{title}”: {why}.</source>
      <translation>与“{title}”相似：{why}。</translation>
    </message>
    <message>
      <source>Similar: “{title}”, {owner} ({why})</source>
      <translation>相似：“{title}”，{owner}（{why}）</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>登录时间</translation>
    </message>
    <message>
      <source>Since {day}</source>
      <translation>自 {day} 起</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Snooze</source>
      <translation>稍后提醒</translation>
    </message>
    <message>
      <source>Snoozed</source>
      <translation>稍后提醒</translation>
    </message>
    <message>
      <source>Somebody could sign in with the account {user} of the guard.</source>
      <translation>守护账号 {user} 可以被人用来登录。</translation>
    </message>
    <message>
      <source>Somebody else is changing the same data and has not finished. Try again in a minute.</source>
      <translation>其他人正在修改同一数据，尚未完成。请稍等一分钟再试。</translation>
    </message>
    <message>
      <source>Something answers on port {port} of {host}, but it is no MariaDB or MySQL. Check the port; it is 3306 unless somebody changed it.</source>
      <translation>{host} 的端口 {port} 有应答，但不是 MariaDB 或 MySQL。请检查端口；没有人改过的话是 3306。</translation>
    </message>
    <message>
      <source>Something in the program went wrong.</source>
      <translation>程序出了问题。</translation>
    </message>
    <message>
      <source>Something in the program went wrong. Your data is safe; what you did last may not be saved.</source>
      <translation>程序出错了。您的数据是安全的，但刚才的操作可能没有保存。</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>来源</translation>
    </message>
    <message>
      <source>Split again</source>
      <translation>重新拆分</translation>
    </message>
    <message numerus="yes">
      <source>Split again; %n record(s) added since the merge stay where they are.</source>
      <translation>
        <numerusform>已重新拆分；合并后新增的 %n 条记录留在原处。</numerusform>
      </translation>
    </message>
    <message>
      <source>Stage</source>
      <translation>阶段</translation>
    </message>
    <message>
      <source>Stage type</source>
      <translation>阶段类型</translation>
    </message>
    <message>
      <source>Stages</source>
      <translation>阶段</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>标准</translation>
    </message>
    <message>
      <source>Standard pipeline</source>
      <translation>标准销售流程</translation>
    </message>
    <message>
      <source>Standard reading on the server</source>
      <translation>服务器改为标准读取</translation>
    </message>
    <message>
      <source>Standard: the server refuses every change that is not allowed and keeps a trace of each. Programs show what a person may see, but who knows SQL well and connects with a tool of his own can find out more.</source>
      <translation>标准：服务器拒绝一切不允许的更改，并记录每次更改。程序只显示本人可见的内容，但精通 SQL 并用自备工具连接的人能查到更多。</translation>
    </message>
    <message>
      <source>Star</source>
      <translation>加星标</translation>
    </message>
    <message>
      <source>Star, or take the star away</source>
      <translation>加星标或取消星标</translation>
    </message>
    <message>
      <source>Starred</source>
      <translation>星标</translation>
    </message>
    <message>
      <source>Starred: it stands in the sidebar now.</source>
      <translation>已加星标，可在侧栏中找到。</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>Start working</source>
      <translation>开始跟进</translation>
    </message>
    <message>
      <source>Started at {moment}, not finished yet.</source>
      <translation>已于 {moment} 开始，尚未完成。</translation>
    </message>
    <message>
      <source>Starts at</source>
      <translation>开始时间</translation>
    </message>
    <message>
      <source>Starts on</source>
      <translation>开始日期</translation>
    </message>
    <message>
      <source>State</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>States and picklist values</source>
      <translation>状态与选项</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Stay and wait</source>
      <translation>留下等待</translation>
    </message>
    <message>
      <source>Stays</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Stays: {title}</source>
      <translation>保留：{title}</translation>
    </message>
    <message>
      <source>Steps of the test</source>
      <translation>测试步骤</translation>
    </message>
    <message>
      <source>Still open</source>
      <translation>进行中</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>已停止</translation>
    </message>
    <message>
      <source>Stopped. Nothing was changed.</source>
      <translation>已停止，没有做任何改动。</translation>
    </message>
    <message>
      <source>Stopped. Nothing was imported.</source>
      <translation>已停止，没有导入任何数据。</translation>
    </message>
    <message>
      <source>Stopped. Nothing was saved.</source>
      <translation>已停止，没有保存任何内容。</translation>
    </message>
    <message>
      <source>Stopped. The import stands as it was.</source>
      <translation>已停止。导入的内容保持不变。</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>正在停止…</translation>
    </message>
    <message>
      <source>Street</source>
      <translation>街道</translation>
    </message>
    <message>
      <source>Street (part of the address)</source>
      <translation>街道（地址的一部分）</translation>
    </message>
    <message>
      <source>Street, second line</source>
      <translation>街道（第二行）</translation>
    </message>
    <message>
      <source>Street, third line</source>
      <translation>街道（第三行）</translation>
    </message>
    <message>
      <source>Strict reading has its price: lists, searches and records take some milliseconds more, and questions of an unusual kind, such as contacts in the order of their customers, some tenths of a second; duplicates among records with hidden numbers are not told. It is for up to {most} customers; there are {count}. Who sees every record reads as before. People who are signed in are connected anew and lose nothing.</source>
      <translation>严格读取的代价：列表、搜索和打开记录各多用几毫秒；不常见的问法（例如按所属客户排列联系人）要零点几秒；号码被隐藏的记录之间的重复不再提示。最多适用于 {most} 个客户，现有 {count} 个。能看到全部记录的人读取方式不变。已登录的人会重新连接，不会丢失任何内容。</translation>
    </message>
    <message>
      <source>Strict reading is for up to {most} customers; there are {count}. Lists would be too slow.</source>
      <translation>严格读取最多适用于 {most} 个客户，现有 {count} 个，列表会太慢。</translation>
    </message>
    <message>
      <source>Strict reading on the server</source>
      <translation>服务器改为严格读取</translation>
    </message>
    <message>
      <source>Strict: whatever tool somebody connects with, the server gives him only the records he may see, and hidden numbers covered.</source>
      <translation>严格：无论用什么工具连接，服务器都只给出本人可见的记录，隐藏的号码也会被遮盖。</translation>
    </message>
    <message>
      <source>Sub-heading</source>
      <translation>小标题</translation>
    </message>
    <message>
      <source>Summary</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>Sun</source>
      <translation>周日</translation>
    </message>
    <message>
      <source>Switch it off: crm-desktop database reading standard, or live with slower lists.</source>
      <translation>关闭它：crm-desktop database reading standard，或接受较慢的列表。</translation>
    </message>
    <message>
      <source>Switched on</source>
      <translation>启用</translation>
    </message>
    <message>
      <source>Tab before of the details</source>
      <translation>详情的上一个标签页</translation>
    </message>
    <message>
      <source>Tables</source>
      <translation>表格</translation>
    </message>
    <message>
      <source>Tables and indexes</source>
      <translation>数据表与索引</translation>
    </message>
    <message>
      <source>Tables closed to people</source>
      <translation>数据表不对个人开放</translation>
    </message>
    <message>
      <source>Tabs of the details</source>
      <translation>详情标签页</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>标签</translation>
    </message>
    <message numerus="yes">
      <source>Tag %n record(s)</source>
      <translation>
        <numerusform>为 %n 条记录加标签</numerusform>
      </translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Tags, products and other lists of records</source>
      <translation>标签、产品等多选关联</translation>
    </message>
    <message>
      <source>Take away {tag}</source>
      <translation>移除{tag}</translation>
    </message>
    <message>
      <source>Take it away</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>Take the password away</source>
      <translation>取消密码</translation>
    </message>
    <message>
      <source>Take the star away</source>
      <translation>取消星标</translation>
    </message>
    <message>
      <source>Taken over by</source>
      <translation>接收人</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>销售指标</translation>
    </message>
    <message>
      <source>Target of department</source>
      <translation>指标部门</translation>
    </message>
    <message>
      <source>Target of person</source>
      <translation>指标人员</translation>
    </message>
    <message>
      <source>Target: {target}</source>
      <translation>销售指标：{target}</translation>
    </message>
    <message>
      <source>Target: {target} · {part}</source>
      <translation>销售指标 {target} · {part}</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>销售指标</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>任务</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>任务</translation>
    </message>
    <message>
      <source>Tasks due</source>
      <translation>到期任务</translation>
    </message>
    <message>
      <source>Tax number</source>
      <translation>税号</translation>
    </message>
    <message>
      <source>Teal</source>
      <translation>青色</translation>
    </message>
    <message>
      <source>Template…</source>
      <translation>模板…</translation>
    </message>
    <message>
      <source>Terminate</source>
      <translation>终止</translation>
    </message>
    <message>
      <source>Terminated</source>
      <translation>已终止</translation>
    </message>
    <message>
      <source>Test connection</source>
      <translation>测试连接</translation>
    </message>
    <message>
      <source>Test connection…</source>
      <translation>测试连接…</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>正在测试…</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文本</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>字号</translation>
    </message>
    <message>
      <source>Text table, GB18030 (.csv)</source>
      <translation>文本表格，GB18030 (.csv)</translation>
    </message>
    <message>
      <source>Text table, UTF-8 (.csv)</source>
      <translation>文本表格，UTF-8 (.csv)</translation>
    </message>
    <message numerus="yes">
      <source>That computer gives no sign of life. The database is opened here in %n second(s).</source>
      <translation>
        <numerusform>那台电脑没有响应。%n 秒后数据库将在这里打开。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The %n selected record(s)</source>
      <translation>
        <numerusform>选中的 %n 条记录</numerusform>
      </translation>
    </message>
    <message>
      <source>The account is locked.</source>
      <translation>账号已锁定。</translation>
    </message>
    <message>
      <source>The account is open again.</source>
      <translation>账户已解锁。</translation>
    </message>
    <message>
      <source>The account {user} does not read as it should by its rights and by what was chosen for the server.</source>
      <translation>账号 {user} 的读取方式与其权限及服务器的选择不符。</translation>
    </message>
    <message>
      <source>The account {user} has a right of its own on {schema}, past the views that are meant for it.</source>
      <translation>账号 {user} 对 {schema} 另有权限，绕过了为其准备的视图。</translation>
    </message>
    <message>
      <source>The account {user} has rights on the tables themselves.</source>
      <translation>账号 {user} 对数据表本身有权限。</translation>
    </message>
    <message>
      <source>The account {user} is gone from the server.</source>
      <translation>账号 {user} 已不在服务器上。</translation>
    </message>
    <message>
      <source>The account {user} is open, but belongs to nobody who works here.</source>
      <translation>账号 {user} 仍可登录，但不属于任何在职员工。</translation>
    </message>
    <message>
      <source>The account {user} may do everything on the whole server.</source>
      <translation>账号 {user} 可以操作整个服务器。</translation>
    </message>
    <message>
      <source>The account {user} may not change the settings of the server {host}. Use one that may, such as root, or ask whoever looks after it.</source>
      <translation>账号 {user} 无权更改服务器 {host} 的设置。请改用有此权限的账号（例如 root），或联系服务器管理员。</translation>
    </message>
    <message>
      <source>The account {user} may not do all that is needed with {name}. Let whoever looks after the server run: GRANT ALL PRIVILEGES ON `{name}`.* TO `{user}`@`%`   (missing: {rights})</source>
      <translation>账号 {user} 对 {name} 的权限不足。请服务器管理员执行：GRANT ALL PRIVILEGES ON `{name}`.* TO `{user}`@`%`（缺少：{rights}）</translation>
    </message>
    <message>
      <source>The account {user} may not do this on {host}. Ask whoever looks after the server.</source>
      <translation>账号 {user} 无权在 {host} 上执行此操作。请联系服务器管理员。</translation>
    </message>
    <message>
      <source>The account {user} may not use the database {name} on {host}. Ask whoever looks after the server.</source>
      <translation>账号 {user} 无权使用 {host} 上的数据库 {name}。请联系服务器管理员。</translation>
    </message>
    <message>
      <source>The account {user} of the guard is missing.</source>
      <translation>缺少守护账号 {user}。</translation>
    </message>
    <message>
      <source>The account {user} of the server belongs to nobody who works here. Ask an administrator to enter it as a user name.</source>
      <translation>服务器账号 {user} 不属于任何在职员工。请管理员把它填为员工的用户名。</translation>
    </message>
    <message>
      <source>The account {user} on {host} is locked after too many wrong passwords. Let an administrator give it a new password under Settings &gt; Employees.</source>
      <translation>{host} 上的账号 {user} 因多次输错密码而被锁定。请管理员在“设置 &gt; 员工”中为其设新密码。</translation>
    </message>
    <message>
      <source>The account {user} on {host} is locked. Ask an administrator to open it again.</source>
      <translation>{host} 上的账号 {user} 已锁定。请管理员重新开通。</translation>
    </message>
    <message>
      <source>The account {user} was not opened here, but would work as an employee.</source>
      <translation>账号 {user} 不是在这里开通的，却能以员工身份使用。</translation>
    </message>
    <message>
      <source>The address of the database could not be written into {folder}. Make room there, or allow writing, and try again.</source>
      <translation>无法把数据库地址写入 {folder}。请腾出空间或允许写入，然后重试。</translation>
    </message>
    <message>
      <source>The address of “{who}” is too long for this envelope; its end was cut off. Choose a larger envelope.</source>
      <translation>“{who}”的地址太长，信封放不下，末尾已截断。请选择更大的信封。</translation>
    </message>
    <message>
      <source>The address of “{who}” is too long for this label; its end was cut off. Choose a larger label.</source>
      <translation>“{who}”的地址太长，标签放不下，末尾已截断。请选择更大的标签。</translation>
    </message>
    <message>
      <source>The administrator signs in with this user name and password, and opens accounts for the others.</source>
      <translation>管理员用此用户名和密码登录，并为其他人开通账号。</translation>
    </message>
    <message>
      <source>The amount {value} is too large.</source>
      <translation>金额 {value} 太大。</translation>
    </message>
    <message>
      <source>The best hits come first. With --json each line has type, id, title, sub.</source>
      <translation>最符合的结果在最前。使用 --json 时，每行含有 type、id、title、sub。</translation>
    </message>
    <message>
      <source>The cell holds {error}, an error of the workbook. Mend the formula or empty the cell.</source>
      <translation>单元格的内容是 {error}，这是表格中的错误值。请修正公式或清空单元格。</translation>
    </message>
    <message>
      <source>The certificate is a PDF: its file must end in .pdf.</source>
      <translation>交接单是 PDF 文件，文件名必须以 .pdf 结尾。</translation>
    </message>
    <message>
      <source>The certificate is not for {host} but for another name. Write the server's name as it stands in its certificate, or ask whoever looks after the server.</source>
      <translation>证书不属于 {host}，而是另一个名称的。请按证书中的名称填写服务器，或联系服务器管理员。</translation>
    </message>
    <message>
      <source>The certificate of {host} has expired. Ask whoever looks after the server to renew it. If the clock of this computer is wrong, set it.</source>
      <translation>{host} 的证书已过期。请服务器管理员更新证书。如果本机的时钟不准，请校准。</translation>
    </message>
    <message>
      <source>The certificate of {host} is not valid yet. The clock of this computer is wrong, or that of the server was: set the one that is.</source>
      <translation>{host} 的证书尚未生效。本机的时钟不准，或服务器当时的时钟不准：请校准不准的那个。</translation>
    </message>
    <message>
      <source>The certificate was written to {file}</source>
      <translation>交接单已写入 {file}</translation>
    </message>
    <message>
      <source>The certificate {file} could not be read. Check the name of the file.</source>
      <translation>无法读取证书 {file}。请检查文件名。</translation>
    </message>
    <message>
      <source>The clock of the server and that of this computer are {seconds} seconds apart.</source>
      <translation>服务器与这台电脑的时钟相差 {seconds} 秒。</translation>
    </message>
    <message>
      <source>The clock of this computer and that of {host} are {minutes} minutes apart. Set the one that is wrong, then try again.</source>
      <translation>这台电脑与 {host} 的时钟相差 {minutes} 分钟。请校准不准的一方，然后重试。</translation>
    </message>
    <message>
      <source>The clock of this computer and that of {host} are {seconds} seconds apart. Let both set their clocks by the network (NTP).</source>
      <translation>本机与 {host} 的时钟相差 {seconds} 秒。请让两者都通过网络 (NTP) 校时。</translation>
    </message>
    <message>
      <source>The code “{code}” cannot be used. Leave it empty.</source>
      <translation>代码“{code}”不能使用，请留空。</translation>
    </message>
    <message>
      <source>The columns as shown</source>
      <translation>当前显示的列</translation>
    </message>
    <message>
      <source>The condition on “{name}” cannot be used. Set it anew.</source>
      <translation>“{name}”的条件无法使用，请重新设置。</translation>
    </message>
    <message>
      <source>The connection to the server was lost while saving, and it is not certain whether the change was saved. Look at the record again before you repeat it.</source>
      <translation>保存时与服务器的连接中断，不确定改动是否已保存。请先查看该记录，再决定是否重做。</translation>
    </message>
    <message>
      <source>The connection to {host} was lost. Check your network and try again.</source>
      <translation>与 {host} 的连接中断。请检查网络后重试。</translation>
    </message>
    <message>
      <source>The contract ends before it starts. Check the two dates.</source>
      <translation>合同的到期日期早于开始日期，请检查这两个日期。</translation>
    </message>
    <message>
      <source>The copies of this database are encrypted, and the keyring of this computer does not hold their key. Type the recovery phrase that was printed for them, or put it into the environment variable {variable}.</source>
      <translation>此数据库的备份是加密的，而本机的密钥环中没有它们的密钥。请输入为备份打印的恢复短语，或将其写入环境变量 {variable}。</translation>
    </message>
    <message>
      <source>The copy comes into a database that is empty or not there yet; the one that is worked in stays as it is. Write an account of the server that may make databases and accounts, such as root.</source>
      <translation>备份将恢复到一个空的或尚不存在的数据库；正在使用的数据库保持不变。请填写服务器上能创建数据库和账号的账号，如 root。</translation>
    </message>
    <message>
      <source>The copy could not be written beside {file}, so nothing was changed. Look whether its disk has room, then try again.</source>
      <translation>无法把备份写到 {file} 旁边，没有做任何改动。请检查磁盘空间后重试。</translation>
    </message>
    <message>
      <source>The copy could not be written to {folder}, so there is none. Look whether its disk has room and you may write there.</source>
      <translation>备份无法写入 {folder}，因此没有备份。请检查磁盘是否还有空间、您能否在那里写入。</translation>
    </message>
    <message>
      <source>The copy is a file with everything in it but passwords: keep it on a disk that others cannot read. This computer makes it while the program is open; what was missed is made up at the next start.</source>
      <translation>备份是一个文件，除密码外什么都在里面：请放在别人读不到的磁盘上。本机在程序打开时备份；错过的会在下次启动时补上。</translation>
    </message>
    <message>
      <source>The copy is just being made.</source>
      <translation>正在备份。</translation>
    </message>
    <message>
      <source>The copy is opened and counted before it is called one. Of a server's database it is a file with everything in it but passwords, made while everybody works; who runs it must be an administrator. Keep it where nobody else reads it.</source>
      <translation>备份打开核对无误后才算数。服务器上数据库的备份是一个文件，除密码外什么都在里面，备份时大家照常工作；须由管理员执行。请放在别人读不到的地方。</translation>
    </message>
    <message>
      <source>The copy is restored.</source>
      <translation>备份已恢复。</translation>
    </message>
    <message>
      <source>The copy stopped because of an error in the program. The log has the details.</source>
      <translation>程序出错，备份已中止。详情见日志。</translation>
    </message>
    <message>
      <source>The copy {file} is damaged, so nothing was changed. Choose an older one.</source>
      <translation>备份 {file} 已损坏，没有做任何改动。请选择更早的一份。</translation>
    </message>
    <message>
      <source>The copy {file} was made by a newer version of the program, so nothing was changed. Update the program first.</source>
      <translation>备份 {file} 由更新版本的程序生成，没有做任何改动。请先更新程序。</translation>
    </message>
    <message>
      <source>The copy {name}</source>
      <translation>备份 {name}</translation>
    </message>
    <message>
      <source>The counter of {prefix}… stands at {value}, but {highest} has been given.</source>
      <translation>{prefix}… 的计数器为 {value}，但编号已用到 {highest}。</translation>
    </message>
    <message>
      <source>The data changed while it was moved, so nothing is proven. Let nobody work meanwhile, and start the move again.</source>
      <translation>迁移期间数据有变动，无法核对。请在迁移期间停止使用，并重新迁移。</translation>
    </message>
    <message>
      <source>The data lies in {folder} unless --data or --database say otherwise.</source>
      <translation>数据保存在 {folder}，除非用 --data 或 --database 另行指定。</translation>
    </message>
    <message>
      <source>The data of this computer</source>
      <translation>本机的数据</translation>
    </message>
    <message>
      <source>The database</source>
      <translation>数据库</translation>
    </message>
    <message>
      <source>The database becomes as it was when the copy was made; what was entered since then is taken back. What is there now is kept as a copy first, so that this can be taken back in the same way.</source>
      <translation>数据库将回到备份时的状态，此后录入的内容会被撤回。现有内容会先备份，因此可以用同样的方法再恢复回来。</translation>
    </message>
    <message>
      <source>The database has a new key.</source>
      <translation>数据库已更换密钥。</translation>
    </message>
    <message>
      <source>The database is as it was in {copy}.</source>
      <translation>数据库已恢复为 {copy} 中的状态。</translation>
    </message>
    <message numerus="yes">
      <source>The database is as it was in {copy}. Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>数据库已恢复为 {copy} 中的状态。两边每张表的行都相同：共 %n 行。</numerusform>
      </translation>
    </message>
    <message>
      <source>The database is encrypted</source>
      <translation>数据库已加密</translation>
    </message>
    <message>
      <source>The database is encrypted already. To give it another key, use: New key</source>
      <translation>数据库已经加密。要更换密钥，请使用“新密钥”</translation>
    </message>
    <message>
      <source>The database is encrypted.</source>
      <translation>数据库已加密。</translation>
    </message>
    <message>
      <source>The database is no longer encrypted.</source>
      <translation>数据库已不再加密。</translation>
    </message>
    <message>
      <source>The database is not encrypted.</source>
      <translation>数据库未加密。</translation>
    </message>
    <message>
      <source>The database is ready. {user} signs in with: {address}</source>
      <translation>数据库已就绪。{user} 登录使用：{address}</translation>
    </message>
    <message>
      <source>The database is up to date.</source>
      <translation>数据库已是最新。</translation>
    </message>
    <message>
      <source>The database itself</source>
      <translation>数据库本身</translation>
    </message>
    <message>
      <source>The database {file} is damaged. Restore a backup under Settings &gt; Database, or with: crm-desktop database restore</source>
      <translation>数据库 {file} 已损坏。请在“设置 &gt; 数据库”中恢复备份，或运行：crm-desktop database restore</translation>
    </message>
    <message>
      <source>The database {file} is in use by another program. Close that program and try again.</source>
      <translation>数据库 {file} 正被其他程序使用。请关闭该程序后重试。</translation>
    </message>
    <message>
      <source>The database {name} on {host} is there already.</source>
      <translation>{host} 上已有数据库 {name}。</translation>
    </message>
    <message>
      <source>The dates of “{column}” may mean day/month or month/day. Say which with --dates dmy or --dates mdy.</source>
      <translation>“{column}”的日期可能是“日/月”，也可能是“月/日”。请用 --dates dmy 或 --dates mdy 说明。</translation>
    </message>
    <message>
      <source>The disk of the server {host} is full, so nothing was saved. Ask whoever looks after it.</source>
      <translation>服务器 {host} 的磁盘已满，没有保存任何内容。请联系服务器管理员。</translation>
    </message>
    <message>
      <source>The disk with {file} is full, so nothing was saved. Make room on it and try again.</source>
      <translation>{file} 所在的磁盘已满，没有保存任何内容。请腾出空间后重试。</translation>
    </message>
    <message>
      <source>The doctor found something. Mend it as told above, then run it again.</source>
      <translation>检查发现了问题。请按上面的提示处理，然后再检查一次。</translation>
    </message>
    <message>
      <source>The end of a contract changes in the contract.</source>
      <translation>合同的到期日期请在合同中修改。</translation>
    </message>
    <message>
      <source>The event ends before it starts. Check the two times.</source>
      <translation>日程的结束时间早于开始时间，请检查这两个时间。</translation>
    </message>
    <message>
      <source>The export stopped because of an error in the program. The log has the details.</source>
      <translation>程序出错，导出已停止。详情见日志。</translation>
    </message>
    <message>
      <source>The export was stopped; no file was written.</source>
      <translation>导出已停止，没有生成文件。</translation>
    </message>
    <message>
      <source>The file and the copies beside it get another key; the old recovery phrase no longer opens them. Print the new one and keep it where the computer is not. Copies kept elsewhere still need the old one.</source>
      <translation>该文件及其旁边的副本将换用新密钥，旧的恢复短语不再能打开它们。请打印新的恢复短语，并存放在电脑以外的地方。存放在别处的副本仍需要旧的恢复短语。</translation>
    </message>
    <message>
      <source>The file could not be written to {folder}: {reason}.</source>
      <translation>无法将文件写入 {folder}：{reason}。</translation>
    </message>
    <message>
      <source>The file is damaged: {problem}. Restore the last backup.</source>
      <translation>文件已损坏：{problem}。请恢复最近的备份。</translation>
    </message>
    <message>
      <source>The file must end in one of: {endings}.</source>
      <translation>文件名必须以下列之一结尾：{endings}。</translation>
    </message>
    <message>
      <source>The file {file} is empty; what was in it is lost. Restore a backup with: crm-desktop database restore, or delete the file to start afresh.</source>
      <translation>文件 {file} 是空的，里面的内容已丢失。请运行 crm-desktop database restore 恢复备份，或删除该文件重新开始。</translation>
    </message>
    <message>
      <source>The first rows</source>
      <translation>前几行</translation>
    </message>
    <message>
      <source>The first {shown} of {all} are shown.</source>
      <translation>共 {all} 条，显示前 {shown} 条。</translation>
    </message>
    <message>
      <source>The folder does not answer: {problem}</source>
      <translation>文件夹没有应答：{problem}</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be made, because a file has that name. Choose another folder.</source>
      <translation>无法创建文件夹 {folder}，因为已有同名文件。请选择其他文件夹。</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist. Create it, or choose another one for the copies.</source>
      <translation>文件夹 {folder} 不存在。请新建它，或为备份另选一个。</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist. Create it, or choose another one for this export.</source>
      <translation>文件夹 {folder} 不存在。请创建该文件夹，或为此导出选择其他文件夹。</translation>
    </message>
    <message>
      <source>The folder {folder} holds too many exports of this day. Tidy it up.</source>
      <translation>文件夹 {folder} 中当天的导出文件太多，请整理。</translation>
    </message>
    <message>
      <source>The folder “{folder}” does not exist.</source>
      <translation>文件夹“{folder}”不存在。</translation>
    </message>
    <message>
      <source>The form file {file} cannot be used: {why} The shipped form is shown instead.</source>
      <translation>表单文件 {file} 无法使用：{why}现显示程序自带的表单。</translation>
    </message>
    <message>
      <source>The group has two records: merge them side by side.</source>
      <translation>这一组只有两条记录：请并排合并。</translation>
    </message>
    <message>
      <source>The import has been undone.</source>
      <translation>导入已撤销。</translation>
    </message>
    <message>
      <source>The import is one step: it can be undone as a whole, here or with Ctrl+Z.</source>
      <translation>导入是一个整体，可以在这里或按 Ctrl+Z 整体撤销。</translation>
    </message>
    <message>
      <source>The invitation was written to {file}. It holds no password: the colleague needs an account of his own.</source>
      <translation>邀请已写入 {file}。其中不含密码：同事需要有自己的账号。</translation>
    </message>
    <message>
      <source>The journal of {count} acts was changed after it was sealed.</source>
      <translation>有 {count} 个操作的日志在封印之后被改动过。</translation>
    </message>
    <message>
      <source>The kind of a field cannot change, because values are stored. Add a new field.</source>
      <translation>字段已存有数据，不能更改类型。请新建一个字段。</translation>
    </message>
    <message>
      <source>The labels do not fit the page: they stand {right} mm over its right and {bottom} mm over its lower edge.</source>
      <translation>标签超出纸张：右边超出 {right} 毫米，下边超出 {bottom} 毫米。</translation>
    </message>
    <message>
      <source>The labels overlap: the horizontal pitch is smaller than the label width.</source>
      <translation>标签重叠：横向间距小于标签宽度。</translation>
    </message>
    <message>
      <source>The labels overlap: the vertical pitch is smaller than the label height.</source>
      <translation>标签重叠：纵向间距小于标签高度。</translation>
    </message>
    <message>
      <source>The lead is now a customer.</source>
      <translation>线索已转为客户。</translation>
    </message>
    <message>
      <source>The line is encrypted, but nobody checks whose certificate it is.</source>
      <translation>连接已加密，但没有核对证书。</translation>
    </message>
    <message>
      <source>The line to the server is not encrypted.</source>
      <translation>与服务器的连接没有加密。</translation>
    </message>
    <message>
      <source>The line to {host} is not encrypted: whoever is in the same network can read along.</source>
      <translation>与 {host} 的连接没有加密：同一网络中的人可以读取传输的内容。</translation>
    </message>
    <message>
      <source>The name of a shared database is small letters, digits and _; a letter comes first.</source>
      <translation>共享数据库的名称只能用小写字母、数字和 _，并以字母开头。</translation>
    </message>
    <message>
      <source>The network folder does not answer; the program keeps trying. You can go on reading what is shown.</source>
      <translation>网络文件夹没有应答，程序会继续尝试。已显示的内容可以继续查看。</translation>
    </message>
    <message>
      <source>The network folder {folder} does not answer, so nothing was saved. Check the network and try again.</source>
      <translation>网络文件夹 {folder} 没有应答，因此没有保存任何内容。请检查网络后重试。</translation>
    </message>
    <message>
      <source>The pages are being made…</source>
      <translation>正在生成页面…</translation>
    </message>
    <message>
      <source>The pages could not be made.</source>
      <translation>无法生成页面。</translation>
    </message>
    <message>
      <source>The password keeps people apart in this program. It does not encrypt the file.</source>
      <translation>密码用于在本程序中区分人员，不会加密文件。</translation>
    </message>
    <message>
      <source>The password of the address may be left out: it is asked for, or taken from CRM_DATABASE_PASSWORD. That of an account that is opened is taken from CRM_NEW_PASSWORD where nobody can be asked.</source>
      <translation>地址中的密码可以省略：程序会询问，或取自 CRM_DATABASE_PASSWORD。无法询问时，开通账号的密码取自 CRM_NEW_PASSWORD。</translation>
    </message>
    <message>
      <source>The password of {user} on {host} has expired. Ask an administrator for a new one.</source>
      <translation>{user} 在 {host} 上的密码已过期。请管理员重新设置。</translation>
    </message>
    <message>
      <source>The password was changed.</source>
      <translation>密码已修改。</translation>
    </message>
    <message>
      <source>The password was taken away.</source>
      <translation>密码已取消。</translation>
    </message>
    <message>
      <source>The period ends before it begins. Check the two days.</source>
      <translation>期间的结束日期早于开始日期，请检查这两个日期。</translation>
    </message>
    <message>
      <source>The postcode boxes must lie inside the {width} × {height} mm zone at the top left.</source>
      <translation>邮编框必须位于左上角 {width} × {height} 毫米的区域内。</translation>
    </message>
    <message>
      <source>The postcode boxes overlap: the pitch must be at least the width of a box.</source>
      <translation>邮编框重叠：间距至少要等于框宽。</translation>
    </message>
    <message>
      <source>The print would be moved by more than {most} mm. Measure again.</source>
      <translation>打印位置将移动超过 {most} 毫米，请重新测量。</translation>
    </message>
    <message>
      <source>The printer “{printer}” did not take the pages: {reason} Save a PDF instead.</source>
      <translation>打印机“{printer}”未接受页面：{reason}。请改为保存 PDF。</translation>
    </message>
    <message>
      <source>The printer “{printer}” does not answer. Check that it is on, or save a PDF instead.</source>
      <translation>打印机“{printer}”没有响应。请确认已开机，或改为保存 PDF。</translation>
    </message>
    <message>
      <source>The printer “{printer}” is not there any more. Choose another one.</source>
      <translation>打印机“{printer}”已不存在，请选择其他打印机。</translation>
    </message>
    <message>
      <source>The program</source>
      <translation>程序</translation>
    </message>
    <message>
      <source>The program fills this in.</source>
      <translation>由程序自动填写。</translation>
    </message>
    <message>
      <source>The program is already open on this data. Its window comes to the front.</source>
      <translation>程序已打开此数据，现切换到它的窗口。</translation>
    </message>
    <message>
      <source>The program reminds you in time.</source>
      <translation>到时程序会提醒您。</translation>
    </message>
    <message>
      <source>The program then works with the file of this computer, as before. The team's database and what is in it stay as they are.</source>
      <translation>之后程序像以前一样使用本机的文件。团队的数据库及其中的内容保持不变。</translation>
    </message>
    <message>
      <source>The program was started with the address of this database, so it cannot go over to another one. Restore the copy with: crm-desktop database restore FILE --database mysql://root@server/name --administrator USER</source>
      <translation>本程序是用这个数据库的地址启动的，不能转到另一个数据库。请用此命令恢复备份：crm-desktop database restore FILE --database mysql://root@server/name --administrator USER</translation>
    </message>
    <message>
      <source>The record as of a day…</source>
      <translation>查看某一天的记录…</translation>
    </message>
    <message>
      <source>The record as of this moment</source>
      <translation>查看此时刻的记录</translation>
    </message>
    <message>
      <source>The record did not exist yet at that time.</source>
      <translation>当时还没有此记录。</translation>
    </message>
    <message>
      <source>The record is in the recycle bin. Restore it first.</source>
      <translation>此记录在回收站中，请先恢复。</translation>
    </message>
    <message>
      <source>The record is shared with this colleague already. Change that share.</source>
      <translation>这条记录已经共享给这位同事。请修改那条共享。</translation>
    </message>
    <message>
      <source>The records were merged more than {days} days ago and cannot be split any more.</source>
      <translation>这些记录合并已超过 {days} 天，不能再拆分。</translation>
    </message>
    <message>
      <source>The recycle bin is empty</source>
      <translation>回收站是空的</translation>
    </message>
    <message>
      <source>The report is still being counted.</source>
      <translation>报表仍在统计中。</translation>
    </message>
    <message>
      <source>The report is written while the program runs. A run that was missed is made up once at the next start.</source>
      <translation>程序运行时按时导出报表；错过的导出会在下次启动时补做一次。</translation>
    </message>
    <message>
      <source>The same</source>
      <translation>相同</translation>
    </message>
    <message>
      <source>The same as a record of {owner}: {why}.</source>
      <translation>与{owner}负责的一条记录相同：{why}。</translation>
    </message>
    <message>
      <source>The same as row {row}: {why}.</source>
      <translation>与第 {row} 行相同：{why}。</translation>
    </message>
    <message>
      <source>The same as “{title}”: {why}.</source>
      <translation>与“{title}”相同：{why}。</translation>
    </message>
    <message>
      <source>The same {one} is there already and belongs to {owner} ({why}).</source>
      <translation>已有相同的{one}，负责人是{owner}（{why}）。</translation>
    </message>
    <message>
      <source>The same: “{title}”, {owner} ({why})</source>
      <translation>相同：“{title}”，{owner}（{why}）</translation>
    </message>
    <message>
      <source>The search index is being tidied just now. Try again in a few minutes.</source>
      <translation>搜索索引正在整理中，请几分钟后再试。</translation>
    </message>
    <message numerus="yes">
      <source>The search index is tidy: %n record(s) as they were before were taken out.</source>
      <translation>
        <numerusform>搜索索引已整理好：清除了 %n 条记录的旧内容。</numerusform>
      </translation>
    </message>
    <message>
      <source>The search index still holds {count} records as they were before they were changed or deleted; each search passes by them.</source>
      <translation>搜索索引中还留有 {count} 条已修改或已删除记录的旧内容，每次搜索都要绕过它们。</translation>
    </message>
    <message>
      <source>The sender's address is too long for this envelope; its end was cut off.</source>
      <translation>寄件人的地址太长，信封放不下，末尾已截断。</translation>
    </message>
    <message>
      <source>The server answers</source>
      <translation>服务器有响应</translation>
    </message>
    <message>
      <source>The server could not go through the search index: {reason}</source>
      <translation>服务器无法整理搜索索引：{reason}</translation>
    </message>
    <message>
      <source>The server does not answer; the program keeps trying. You can go on reading what is shown.</source>
      <translation>服务器没有应答，程序会继续尝试。已显示的内容可以继续查看。</translation>
    </message>
    <message>
      <source>The server has an account of this name already that was not opened here. Choose another user name.</source>
      <translation>服务器上已有同名账号，且不是在这里开通的。请换一个用户名。</translation>
    </message>
    <message>
      <source>The server is {version}; accounts for each user need MariaDB 10.6 or later.</source>
      <translation>服务器版本为 {version}；每人一个账号需要 MariaDB 10.6 或更高版本。</translation>
    </message>
    <message>
      <source>The server may be written to</source>
      <translation>服务器可写入</translation>
    </message>
    <message>
      <source>The server reads as standard now.</source>
      <translation>服务器现为标准读取。</translation>
    </message>
    <message>
      <source>The server reads strictly now.</source>
      <translation>服务器现为严格读取。</translation>
    </message>
    <message>
      <source>The server refused this change, because it is not allowed.</source>
      <translation>服务器拒绝了此更改：不允许这样做。</translation>
    </message>
    <message>
      <source>The server refused this: it reads strictly, and was asked in a form it does not take. Update the program.</source>
      <translation>服务器拒绝了此操作：当前为严格读取，不接受这种请求形式。请更新程序。</translation>
    </message>
    <message>
      <source>The server refused this: it would be written down under somebody else's name.</source>
      <translation>服务器拒绝：这会记在别人名下。</translation>
    </message>
    <message>
      <source>The server refused this: only what is in the recycle bin is deleted for good.</source>
      <translation>服务器拒绝：只有回收站里的记录才能彻底删除。</translation>
    </message>
    <message>
      <source>The server refused this: records of others belong to it that you may not delete. Ask somebody who may.</source>
      <translation>服务器拒绝：它下面有您无权删除的他人记录。请找有权限的人处理。</translation>
    </message>
    <message>
      <source>The server refused this: settings of the company are changed by administrators.</source>
      <translation>服务器拒绝：公司设置由管理员更改。</translation>
    </message>
    <message>
      <source>The server refused this: somebody else changed the record meanwhile. Read it again.</source>
      <translation>服务器拒绝：此记录已被别人更改。请重新读取。</translation>
    </message>
    <message>
      <source>The server refused this: the clock of this computer is wrong. Set it and try again.</source>
      <translation>服务器拒绝：这台电脑的时钟不准。请校准后重试。</translation>
    </message>
    <message>
      <source>The server refused this: the record is not yours to share.</source>
      <translation>服务器拒绝：您不能共享此记录。</translation>
    </message>
    <message>
      <source>The server refused this: the record would belong to somebody you may not give records to.</source>
      <translation>服务器拒绝：您不能把记录交给此人。</translation>
    </message>
    <message>
      <source>The server refused this: the record, or the one it is about, is not yours to change.</source>
      <translation>服务器拒绝：您不能更改此记录或它所属的记录。</translation>
    </message>
    <message>
      <source>The server refused this: who made a record and when cannot be changed.</source>
      <translation>服务器拒绝：创建人和创建时间不能更改。</translation>
    </message>
    <message>
      <source>The server refused this: you lack the right. An administrator can grant it under Settings &gt; Roles.</source>
      <translation>服务器拒绝：您没有此权限。管理员可在“设置 &gt; 角色”中授权。</translation>
    </message>
    <message>
      <source>The server {host} could not make a table; most often its disk is full. Ask whoever looks after it to make room, then try again: it goes on where it was.</source>
      <translation>服务器 {host} 无法建立数据表，多半是磁盘已满。请服务器管理员腾出空间后重试：会从停下的地方继续。</translation>
    </message>
    <message>
      <source>The server {host} does not accept this user name and password. Check both and try again.</source>
      <translation>服务器 {host} 不接受此用户名和密码。请检查后重试。</translation>
    </message>
    <message>
      <source>The server {host} does not answer on port {port}. Check that it runs and that you are on its network.</source>
      <translation>服务器 {host} 的端口 {port} 没有响应。请确认服务器正在运行，且您已连接到它所在的网络。</translation>
    </message>
    <message>
      <source>The server {host} does not let this computer in. Ask whoever looks after the server.</source>
      <translation>服务器 {host} 不允许这台电脑连接。请联系服务器管理员。</translation>
    </message>
    <message>
      <source>The server {host} has too many connections. Try again in a minute.</source>
      <translation>服务器 {host} 的连接数已满，请一分钟后重试。</translation>
    </message>
    <message>
      <source>The server {host} is read-only at the moment, so nothing was saved. Try again later.</source>
      <translation>服务器 {host} 目前为只读，没有保存任何内容。请稍后再试。</translation>
    </message>
    <message>
      <source>The server {host} is too old ({version}). MariaDB 10.4 or MySQL 8.0.17 is needed.</source>
      <translation>服务器 {host} 的版本（{version}）过旧，需要 MariaDB 10.4 或 MySQL 8.0.17。</translation>
    </message>
    <message>
      <source>The server {host} offers no encrypted line. Ask whoever looks after it to give it a certificate; only in a network that is all your own may the line stay without.</source>
      <translation>服务器 {host} 不提供加密连接。请服务器管理员为它配置证书；只有在完全属于自己的网络中才可以不加密。</translation>
    </message>
    <message>
      <source>The share was ended.</source>
      <translation>共享已结束。</translation>
    </message>
    <message>
      <source>The share would have ended already. Choose a later day.</source>
      <translation>共享的截止日期已过。请选择更晚的日期。</translation>
    </message>
    <message>
      <source>The sheet has no column “{column}”.</source>
      <translation>工作表中没有“{column}”列。</translation>
    </message>
    <message>
      <source>The sheet has {count} labels; start at one of them.</source>
      <translation>这张标签纸有 {count} 个标签，请从其中一个开始。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” has more than {most:,} columns. Delete what lies to the right of the table, also single stray cells, and try again.</source>
      <translation>工作表“{sheet}”超过 {most:,} 列。请删除表格右侧的内容（包括零散的单元格）后重试。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” has more than {most:,} rows. Split it into several files.</source>
      <translation>工作表“{sheet}”超过 {most:,} 行，请拆分成几个文件。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” is damaged and cannot be read.</source>
      <translation>工作表“{sheet}”已损坏，无法读取。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” is empty.</source>
      <translation>工作表“{sheet}”是空的。</translation>
    </message>
    <message>
      <source>The star was taken away.</source>
      <translation>已取消星标。</translation>
    </message>
    <message>
      <source>The state changes with the buttons of the record, not by editing it.</source>
      <translation>状态须用记录上的按钮更改，不能直接编辑。</translation>
    </message>
    <message>
      <source>The state is now “{state}”.</source>
      <translation>状态已改为“{state}”。</translation>
    </message>
    <message>
      <source>The stored label sheet is incomplete. Choose a sheet again.</source>
      <translation>保存的标签纸设置不完整，请重新选择标签纸。</translation>
    </message>
    <message>
      <source>The table {table} is damaged: {problem}. Restore the last backup.</source>
      <translation>数据表 {table} 已损坏：{problem}。请恢复最近的备份。</translation>
    </message>
    <message>
      <source>The tables are newer than this program.</source>
      <translation>数据表比此程序新。</translation>
    </message>
    <message>
      <source>The tables are not as this version makes them: {problem}.</source>
      <translation>数据表与此版本不一致：{problem}。</translation>
    </message>
    <message>
      <source>The tables are older than this program, or a migration was interrupted.</source>
      <translation>数据表比此程序旧，或升级曾被中断。</translation>
    </message>
    <message>
      <source>The tables are older than this program. They are brought up to date when you connect; then all computers need this version.</source>
      <translation>数据表比此程序旧。连接时会更新数据表，之后所有电脑都需要此版本。</translation>
    </message>
    <message>
      <source>The tables of {name} on {host} are being changed, or this was interrupted. Try again in a few minutes; if that does not help, let an administrator run: crm-desktop database migrate</source>
      <translation>{host} 上 {name} 的数据表正在升级，或升级曾被中断。请几分钟后重试；仍不行时，请管理员运行：crm-desktop database migrate</translation>
    </message>
    <message>
      <source>The tables of {name} on {host} are older than this program. Let an administrator run: crm-desktop database migrate</source>
      <translation>{host} 上 {name} 的数据表比此程序旧。请管理员运行：crm-desktop database migrate</translation>
    </message>
    <message>
      <source>The team's database was not copied: {why}</source>
      <translation>团队数据库没有备份：{why}</translation>
    </message>
    <message>
      <source>The template was written to {file}. Fill it in and choose it here.</source>
      <translation>模板已写入 {file}。填好后在此选择它。</translation>
    </message>
    <message>
      <source>The test is under way.</source>
      <translation>正在测试。</translation>
    </message>
    <message>
      <source>The test was stopped.</source>
      <translation>测试已停止。</translation>
    </message>
    <message>
      <source>The two databases are of different versions. Bring both up to date first.</source>
      <translation>两个数据库的版本不同。请先都升级到最新。</translation>
    </message>
    <message>
      <source>The two passwords differ. Nothing was changed.</source>
      <translation>两次输入的密码不同。没有做任何更改。</translation>
    </message>
    <message>
      <source>The two passwords differ. Type the new one twice.</source>
      <translation>两次输入的密码不一致，请重新输入新密码两次。</translation>
    </message>
    <message>
      <source>The user name needs 2 to 32 small letters or digits; a letter comes first.</source>
      <translation>用户名须为 2 到 32 个小写字母或数字，并以字母开头。</translation>
    </message>
    <message>
      <source>The user name of {name} cannot be an account of the server: it needs 2 to 32 small letters or digits. Change it first.</source>
      <translation>{name} 的用户名不能作为服务器账号：须为 2 到 32 个小写字母或数字。请先修改。</translation>
    </message>
    <message>
      <source>The user name “{login}” is taken. Choose another.</source>
      <translation>用户名“{login}”已被使用，请换一个。</translation>
    </message>
    <message>
      <source>The view was deleted.</source>
      <translation>视图已删除。</translation>
    </message>
    <message>
      <source>The view was saved.</source>
      <translation>视图已保存。</translation>
    </message>
    <message>
      <source>The whole list as filtered</source>
      <translation>当前筛选的整个列表</translation>
    </message>
    <message>
      <source>The window closes while the file is written anew; that takes seconds. Then it opens again.</source>
      <translation>重写文件时窗口会关闭，需要几秒钟，然后重新打开。</translation>
    </message>
    <message>
      <source>The year {year} is out of range: 1900 to 2199.</source>
      <translation>年份 {year} 超出范围：1900 至 2199。</translation>
    </message>
    <message>
      <source>The {what} chosen does not exist, or you may not see it.</source>
      <translation>所选的{what}不存在，或您无权查看。</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>There are no copies in the folder backups yet.</source>
      <translation>文件夹 backups 中还没有备份。</translation>
    </message>
    <message>
      <source>There are no copies in {folder} yet. Make one with: crm-desktop database backup</source>
      <translation>{folder} 中还没有备份。请用以下命令备份：crm-desktop database backup</translation>
    </message>
    <message>
      <source>There are no tables in it yet. An administrator fills it: with the data of a computer, or with a new company.</source>
      <translation>里面还没有数据表。由管理员填充：放入一台电脑的数据，或建立新公司。</translation>
    </message>
    <message>
      <source>There are no tables yet.</source>
      <translation>还没有数据表。</translation>
    </message>
    <message>
      <source>There are no tags yet. Add some in the settings.</source>
      <translation>还没有标签，请在“设置”中添加。</translation>
    </message>
    <message>
      <source>There is a mistake in group {group} of the recovery phrase (“{typed}”). Look at the printed page again.</source>
      <translation>恢复短语第 {group} 组（“{typed}”）有误。请再看一下打印的页面。</translation>
    </message>
    <message>
      <source>There is a mistake in several groups of the recovery phrase. Compare each of them with the printed page.</source>
      <translation>恢复短语有几组有误。请逐组与打印的页面核对。</translation>
    </message>
    <message>
      <source>There is a role “{name}” already. Choose another name.</source>
      <translation>已有名为“{name}”的角色，请换一个名称。</translation>
    </message>
    <message>
      <source>There is a second account {user} for the computer {host}; it would work as the same person.</source>
      <translation>电脑 {host} 另有一个账号 {user}，会被当作同一个人。</translation>
    </message>
    <message>
      <source>There is a target for {name} in this month already. Change that one.</source>
      <translation>{name} 本月已有销售指标，请修改已有的那一条。</translation>
    </message>
    <message>
      <source>There is a {one} already, and it belongs to {owner} ({why}). Ask before you save yours all the same.</source>
      <translation>已有{one}，负责人是{owner}（{why}）。请先问一下，再决定是否仍要保存。</translation>
    </message>
    <message>
      <source>There is a {one} already: “{title}” ({why}).</source>
      <translation>已有{one}：“{title}”（{why}）。</translation>
    </message>
    <message>
      <source>There is a {one} already: “{title}” ({why}). Open it, or save yours all the same.</source>
      <translation>已有{one}：“{title}”（{why}）。可以打开它，或仍然保存。</translation>
    </message>
    <message>
      <source>There is a {one} already: “{title}”, {owner} ({why})</source>
      <translation>已有{one}：“{title}”，{owner}（{why}）</translation>
    </message>
    <message>
      <source>There is a {one} of {owner} already ({why}).</source>
      <translation>已有一条由{owner}负责的{one}（{why}）。</translation>
    </message>
    <message>
      <source>There is already a contract with the number {number}, maybe one you do not see. Choose another number.</source>
      <translation>已有编号为 {number} 的合同，可能是您看不到的。请换一个编号。</translation>
    </message>
    <message>
      <source>There is no column to write. Choose at least one.</source>
      <translation>没有要写入的列，请至少选择一列。</translation>
    </message>
    <message>
      <source>There is no copy {file}. Choose one that is there.</source>
      <translation>没有备份 {file}。请选择现有的备份。</translation>
    </message>
    <message>
      <source>There is no database in {folder}.</source>
      <translation>{folder} 中没有数据库。</translation>
    </message>
    <message>
      <source>There is no database {name} on {host} yet. An account that may make it will do so when you connect.</source>
      <translation>{host} 上还没有数据库 {name}。有权建立的账号会在连接时建立它。</translation>
    </message>
    <message>
      <source>There is no database {name} on {host}. Ask whoever looks after the server to create it.</source>
      <translation>{host} 上没有数据库 {name}。请联系服务器管理员创建。</translation>
    </message>
    <message>
      <source>There is no envelope “{key}”. Choose one from the list.</source>
      <translation>没有信封“{key}”，请从列表中选择。</translation>
    </message>
    <message>
      <source>There is no field “{name}” to export.</source>
      <translation>没有可导出的字段“{name}”。</translation>
    </message>
    <message>
      <source>There is no field “{name}” to import into.</source>
      <translation>没有可导入的字段“{name}”。</translation>
    </message>
    <message>
      <source>There is no field “{name}”. The fields are: {fields}.</source>
      <translation>没有字段“{name}”。可用的字段：{fields}。</translation>
    </message>
    <message>
      <source>There is no file format “{format}”. Choose one of: {formats}.</source>
      <translation>没有文件格式“{format}”。可选：{formats}。</translation>
    </message>
    <message>
      <source>There is no kind of record “{word}”. Name one of: {types}.</source>
      <translation>没有记录类型“{word}”。可选：{types}。</translation>
    </message>
    <message>
      <source>There is no label sheet “{key}”. Choose one from the list.</source>
      <translation>没有标签纸“{key}”，请从列表中选择。</translation>
    </message>
    <message>
      <source>There is no other record to go to.</source>
      <translation>没有其他可前往的记录。</translation>
    </message>
    <message>
      <source>There is no report “{key}”. Choose one of: {keys}.</source>
      <translation>没有报表“{key}”。可选：{keys}。</translation>
    </message>
    <message>
      <source>There is no room left on the disk for reading “{file}”. Free some space and try again.</source>
      <translation>磁盘空间不足，无法读取“{file}”。请腾出空间后重试。</translation>
    </message>
    <message>
      <source>There is no room left on the disk for “{file}”. Free some space and try again.</source>
      <translation>磁盘空间不足，无法写入“{file}”。请腾出空间后重试。</translation>
    </message>
    <message>
      <source>There is no room left where {folder} is. Make room there and run the export again.</source>
      <translation>{folder} 所在的磁盘空间不足。请腾出空间后重新导出。</translation>
    </message>
    <message>
      <source>There is no sample data that you may remove.</source>
      <translation>没有您可以移除的示例数据。</translation>
    </message>
    <message>
      <source>There is no sample data.</source>
      <translation>没有示例数据。</translation>
    </message>
    <message>
      <source>There is no screen to show a window on. Start the program from a desktop, or use a command: --help.</source>
      <translation>没有可显示窗口的屏幕。请从桌面启动程序，或使用命令：--help。</translation>
    </message>
    <message>
      <source>There is no sheet “{sheet}”. The sheets are: {sheets}.</source>
      <translation>没有工作表“{sheet}”。现有工作表：{sheets}。</translation>
    </message>
    <message>
      <source>There is no such change to undo.</source>
      <translation>没有可撤销的此项改动。</translation>
    </message>
    <message>
      <source>There is no such handover.</source>
      <translation>没有这次交接。</translation>
    </message>
    <message>
      <source>There is no user “{who}”. Name one of: {names}.</source>
      <translation>没有用户“{who}”。可选：{names}。</translation>
    </message>
    <message>
      <source>There is no view “{view}”. The views are: {views}.</source>
      <translation>没有视图“{view}”。现有视图：{views}。</translation>
    </message>
    <message>
      <source>There is no way of importing “{mode}”. Choose one of: {modes}.</source>
      <translation>没有导入方式“{mode}”。可选：{modes}。</translation>
    </message>
    <message>
      <source>There is nobody to print a label for. Select customers or contacts first.</source>
      <translation>没有要打印标签的对象。请先选择客户或联系人。</translation>
    </message>
    <message>
      <source>There is nobody to print an envelope for. Select customers or contacts first.</source>
      <translation>没有要打印信封的对象。请先选择客户或联系人。</translation>
    </message>
    <message>
      <source>There is none yet, and only existing ones are to be updated.</source>
      <translation>没有此记录，而本次只更新已有记录。</translation>
    </message>
    <message>
      <source>There is nothing in {name} on {host} yet. What is to be in it?</source>
      <translation>{host} 上的 {name} 里还没有内容。要放入什么？</translation>
    </message>
    <message>
      <source>There is nothing to paste. Copy rows in a spreadsheet first.</source>
      <translation>没有可粘贴的内容。请先在表格中复制若干行。</translation>
    </message>
    <message>
      <source>There is nothing to undo.</source>
      <translation>没有可撤销的操作。</translation>
    </message>
    <message>
      <source>There is only this view. Show another one beside it first.</source>
      <translation>目前只有这一个视图。请先在旁边显示另一个视图。</translation>
    </message>
    <message>
      <source>These are shown as 138****1234 to people who see a record but neither own it nor have “Full numbers” for it.</source>
      <translation>对能看到记录、但既不是负责人也没有“完整号码”权限的人，这些字段显示为 138****1234。</translation>
    </message>
    <message>
      <source>These words are in no list. Say what they mean; rows with a refused word stay out.</source>
      <translation>以下词语不在任何列表中。请说明其含义；含被拒绝词语的行不会导入。</translation>
    </message>
    <message>
      <source>They are not told as duplicates any more.</source>
      <translation>以后不再提示为重复。</translation>
    </message>
    <message>
      <source>This PC has no printer. Save a PDF instead.</source>
      <translation>这台电脑没有打印机，请改为保存 PDF。</translation>
    </message>
    <message>
      <source>This account of the server belongs to nobody who works here. Ask an administrator.</source>
      <translation>此服务器账号不属于任何在职员工。请联系管理员。</translation>
    </message>
    <message>
      <source>This and those that follow</source>
      <translation>此次及以后各次</translation>
    </message>
    <message>
      <source>This change has been undone already.</source>
      <translation>此项改动已经撤销过。</translation>
    </message>
    <message>
      <source>This computer did not answer for a while, and the database was opened by {user} meanwhile. Nothing more can be saved here: copy what you have not saved, close the program and open it again.</source>
      <translation>本机有一段时间没有响应，其间数据库已由 {user} 打开。这里不能再保存任何内容：请复制尚未保存的内容，关闭程序后重新打开。</translation>
    </message>
    <message>
      <source>This computer has no keyring that could hold the key: the recovery phrase is asked for at each start, or taken from the environment variable {variable}.</source>
      <translation>本机没有可用来保存密钥的密钥环：每次启动时都会询问恢复短语，或从环境变量 {variable} 读取。</translation>
    </message>
    <message>
      <source>This computer has no keyring the program could keep a password in, so it asks each time.</source>
      <translation>本机没有可用来保存密码的密钥环，因此每次都会询问。</translation>
    </message>
    <message>
      <source>This computer has no keyring, so the program will ask for the phrase at each start.</source>
      <translation>本机没有密钥环，因此程序每次启动时都会询问恢复短语。</translation>
    </message>
    <message>
      <source>This database belongs to another program. Choose an empty one or another folder.</source>
      <translation>此数据库属于其他程序。请选择空数据库或其他文件夹。</translation>
    </message>
    <message>
      <source>This database is empty; all who work with it will see what you answer. You can change it later in the settings.</source>
      <translation>此数据库是空的；所有使用它的人都会看到您填写的内容。以后可以在“设置”中修改。</translation>
    </message>
    <message>
      <source>This database was used by a newer version of the program. Update the program on this computer.</source>
      <translation>此数据库已被更高版本的程序使用。请升级这台电脑上的程序。</translation>
    </message>
    <message>
      <source>This did not work because of a mistake in the program. It was written to the log.</source>
      <translation>由于程序错误，操作没有完成。详情已写入日志。</translation>
    </message>
    <message>
      <source>This event is over and does not repeat. What repeats goes on as an event of its own: change that one, or plan this one again.</source>
      <translation>这条日程已经结束，不再重复。重复的部分已作为另一条日程继续：请改那一条，或先把这一条重新计划。</translation>
    </message>
    <message>
      <source>This field cannot be changed for many records at once.</source>
      <translation>此字段不能批量修改。</translation>
    </message>
    <message>
      <source>This file cannot be read.</source>
      <translation>无法读取此文件。</translation>
    </message>
    <message>
      <source>This file is no picture the program can read. Choose another one.</source>
      <translation>程序无法读取此图片文件，请另选一个。</translation>
    </message>
    <message>
      <source>This folder is copied by {service} while the program writes in it. That can damage the database or make two of it: keep it in another folder, and only its backups here.</source>
      <translation>程序写入时，{service} 会同步此文件夹，可能损坏数据库或使其变成两份：请把数据库放在其他文件夹，这里只存放备份。</translation>
    </message>
    <message>
      <source>This is a copy of {copied}, only to read: {user} on {computer} has the database open since {since}. Open it again when it is free.</source>
      <translation>这是 {copied} 时的只读副本：{user} 已于 {since} 在 {computer} 上打开了数据库。请等空闲后重新打开。</translation>
    </message>
    <message>
      <source>This is a copy to read. Copies are made by whoever has the database open.</source>
      <translation>这是只读副本。备份由打开数据库的人来做。</translation>
    </message>
    <message>
      <source>This is a mistake in the program.</source>
      <translation>这是程序的错误。</translation>
    </message>
    <message>
      <source>This is a mistake in the program. The file is as it was.</source>
      <translation>这是程序的错误。文件保持原样。</translation>
    </message>
    <message>
      <source>This is a mistake in the program. What happened is written in {file}; please send it to whoever looks after the program.</source>
      <translation>这是程序错误。详情已写入 {file}，请发给负责维护本程序的人员。</translation>
    </message>
    <message>
      <source>This is more data than the server {host} takes at once. Use a smaller file or text.</source>
      <translation>数据量超过了服务器 {host} 一次可接收的上限。请缩小文件或文本。</translation>
    </message>
    <message>
      <source>This is no picture. A picture comes in with an .xlsx workbook in which it lies over the cell.</source>
      <translation>这不是图片。图片随 .xlsx 工作簿导入，请把图片放在单元格上。</translation>
    </message>
    <message>
      <source>This is not the address of a database. It looks like mysql://user:password@server:3306/crm.</source>
      <translation>这不是数据库地址。正确写法如 mysql://user:password@server:3306/crm。</translation>
    </message>
    <message>
      <source>This is the database of a team on a server. Its copies are made and brought back with their own commands.</source>
      <translation>这是服务器上的团队数据库。它的备份和恢复各有自己的命令。</translation>
    </message>
    <message>
      <source>This lead has been converted already.</source>
      <translation>此线索已经转化过。</translation>
    </message>
    <message>
      <source>This lead is disqualified. Reopen it before you convert it.</source>
      <translation>此线索已标为无效。请先重新打开，再转为客户。</translation>
    </message>
    <message>
      <source>This month</source>
      <translation>本月</translation>
    </message>
    <message>
      <source>This move was finished before: {target} holds these records already. Work there from now on.</source>
      <translation>这次搬迁之前已经完成：{target} 中已有这些记录。今后请在那里工作。</translation>
    </message>
    <message>
      <source>This must be at least {least}.</source>
      <translation>不能小于 {least}。</translation>
    </message>
    <message>
      <source>This must be at most {most}.</source>
      <translation>不能大于 {most}。</translation>
    </message>
    <message>
      <source>This page fills with figures and things to do as you work.</source>
      <translation>随着您的使用，这里会显示各项数据和待办。</translation>
    </message>
    <message>
      <source>This password is too easy to guess. Choose another.</source>
      <translation>这个密码太容易猜到，请换一个。</translation>
    </message>
    <message>
      <source>This password is wrong.</source>
      <translation>密码不正确。</translation>
    </message>
    <message>
      <source>This password is wrong. Tries left before the account is locked: {left}.</source>
      <translation>密码不正确。账户锁定前还可以试 {left} 次。</translation>
    </message>
    <message>
      <source>This person has a password. Put it into the environment variable CRM_PASSWORD, or work at a terminal.</source>
      <translation>此人设有密码。请把密码放入环境变量 CRM_PASSWORD，或在终端中操作。</translation>
    </message>
    <message>
      <source>This person has no password.</source>
      <translation>此人没有设置密码。</translation>
    </message>
    <message>
      <source>This phrase is the key of the encrypted database. Type it in when the program asks for it: on another computer, or when the keyring of this one is gone. Capital or small letters, spaces and dashes make no difference; the last group checks the others.</source>
      <translation>此短语就是加密数据库的密钥。程序询问时请输入：在另一台电脑上，或本机的密钥环丢失时。大小写、空格和连字符没有区别；最后一组用于校验其他各组。</translation>
    </message>
    <message>
      <source>This quarter</source>
      <translation>本季度</translation>
    </message>
    <message>
      <source>This record always has the owner of the record it belongs to. Assign that one.</source>
      <translation>此记录的负责人与所属记录相同，请指派所属记录。</translation>
    </message>
    <message>
      <source>This record does not exist, or you may not see it.</source>
      <translation>此记录不存在，或您无权查看。</translation>
    </message>
    <message>
      <source>This record is {name}'s already.</source>
      <translation>这条记录本来就归{name}所有。</translation>
    </message>
    <message>
      <source>This recovery phrase is without mistakes but belongs to another database than {file}, or to a key it had before. Use the phrase that was printed last for this database.</source>
      <translation>此恢复短语没有错误，但不属于 {file}，而是属于另一个数据库或它以前的密钥。请使用最近一次为此数据库打印的恢复短语。</translation>
    </message>
    <message>
      <source>This role has rights for this record type already. Change those.</source>
      <translation>该角色已有此记录类型的权限。请直接修改。</translation>
    </message>
    <message>
      <source>This text has {length} characters; at most {most} fit. Shorten it.</source>
      <translation>此文本有 {length} 个字符，最多 {most} 个，请缩短。</translation>
    </message>
    <message>
      <source>This time of “{title}” is not there any more. A colleague may have changed it; look at the calendar again.</source>
      <translation>“{title}”的这一次已不存在，可能已被同事更改。请再看一下日历。</translation>
    </message>
    <message>
      <source>This view belongs to somebody else. Save it under a name of your own.</source>
      <translation>此视图属于其他人。请另存为自己的视图。</translation>
    </message>
    <message>
      <source>This view came with the program. Save it under a name of your own first.</source>
      <translation>此视图为程序自带。请先另存为自己的视图。</translation>
    </message>
    <message>
      <source>This view cannot be read. Delete it and save it anew.</source>
      <translation>无法读取此视图。请删除后重新保存。</translation>
    </message>
    <message>
      <source>This view filters by “{name}”, which no longer exists. Remove that condition.</source>
      <translation>此视图按“{name}”筛选，但该字段已不存在。请移除此条件。</translation>
    </message>
    <message>
      <source>This view: rename, share, delete…</source>
      <translation>此视图：重命名、共享、删除…</translation>
    </message>
    <message>
      <source>This window is closed already.</source>
      <translation>这个窗口已经关闭。</translation>
    </message>
    <message>
      <source>This window is locked</source>
      <translation>窗口已锁定</translation>
    </message>
    <message>
      <source>This year</source>
      <translation>今年</translation>
    </message>
    <message>
      <source>Three steps to begin with</source>
      <translation>开始使用的三个步骤</translation>
    </message>
    <message>
      <source>Thu</source>
      <translation>周四</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Time of day</source>
      <translation>时刻</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>时区</translation>
    </message>
    <message>
      <source>Timeline</source>
      <translation>动态</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>名称</translation>
    </message>
    <message>
      <source>Title of the sheet</source>
      <translation>表格标题</translation>
    </message>
    <message>
      <source>To contact today</source>
      <translation>今日需联系</translation>
    </message>
    <message>
      <source>To day</source>
      <translation>结束日期</translation>
    </message>
    <message>
      <source>To do</source>
      <translation>待办</translation>
    </message>
    <message>
      <source>To update existing records, choose the fields by which they are found.</source>
      <translation>要更新已有记录，请选择用哪些字段查找。</translation>
    </message>
    <message>
      <source>To: {names}</source>
      <translation>接收人：{names}</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>今天</translation>
    </message>
    <message>
      <source>Tomorrow</source>
      <translation>明天</translation>
    </message>
    <message>
      <source>Tomorrow 09:00</source>
      <translation>明天 09:00</translation>
    </message>
    <message>
      <source>Top margin</source>
      <translation>上边距</translation>
    </message>
    <message>
      <source>Topics</source>
      <translation>设置项</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>合计</translation>
    </message>
    <message>
      <source>Total {amount}</source>
      <translation>合计 {amount}</translation>
    </message>
    <message>
      <source>Traditional Chinese label</source>
      <translation>繁体名称</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Try with sample data</source>
      <translation>用示例数据试用</translation>
    </message>
    <message>
      <source>Tue</source>
      <translation>周二</translation>
    </message>
    <message>
      <source>Turned left by 90°</source>
      <translation>左转 90°</translation>
    </message>
    <message>
      <source>Turned right by 90°</source>
      <translation>右转 90°</translation>
    </message>
    <message>
      <source>Two columns go into “{name}”: “{first}” and “{second}”. Choose one.</source>
      <translation>“{name}”对应了两列：“{first}”和“{second}”。请选择其一。</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Type group {group} of it: </source>
      <translation>请输入其中第 {group} 组： </translation>
    </message>
    <message>
      <source>Type these two groups from your paper, or say that you have it:</source>
      <translation>请照纸上输入这两组，或确认您已保存：</translation>
    </message>
    <message>
      <source>Unchanged</source>
      <translation>未变</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Undo the import</source>
      <translation>撤销导入</translation>
    </message>
    <message>
      <source>Undo the last change</source>
      <translation>撤销上一步改动</translation>
    </message>
    <message>
      <source>Undo this import</source>
      <translation>撤销这次导入</translation>
    </message>
    <message>
      <source>Undoing: {done} of {total}</source>
      <translation>正在撤销：{done} / {total}</translation>
    </message>
    <message>
      <source>Undoing…</source>
      <translation>正在撤销…</translation>
    </message>
    <message>
      <source>Undone</source>
      <translation>已撤销</translation>
    </message>
    <message>
      <source>Undone act</source>
      <translation>撤销</translation>
    </message>
    <message numerus="yes">
      <source>Undone, except %n record(s) that were changed again since.</source>
      <translation>
        <numerusform>已撤销，但有 %n 条记录之后又有改动，予以保留。</numerusform>
      </translation>
    </message>
    <message>
      <source>Undone.</source>
      <translation>已撤销。</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>单位</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解锁</translation>
    </message>
    <message>
      <source>Unreadable Lines</source>
      <translation>无法读取的行</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>截止日期</translation>
    </message>
    <message>
      <source>Update the program on this computer.</source>
      <translation>请升级这台电脑上的程序。</translation>
    </message>
    <message>
      <source>Upside down</source>
      <translation>上下颠倒</translation>
    </message>
    <message>
      <source>Urgent</source>
      <translation>紧急</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>采用</translation>
    </message>
    <message>
      <source>Use these values</source>
      <translation>采用这些数值</translation>
    </message>
    <message>
      <source>Use this sheet</source>
      <translation>采用此标签纸</translation>
    </message>
    <message>
      <source>User name</source>
      <translation>用户名</translation>
    </message>
    <message>
      <source>User name and password</source>
      <translation>用户名和密码</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>值</translation>
    </message>
    <message>
      <source>Values</source>
      <translation>值</translation>
    </message>
    <message>
      <source>Values in red have changed since.</source>
      <translation>红色的值此后有改动。</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>检查结果</translation>
    </message>
    <message>
      <source>Verdicts</source>
      <translation>检查结果</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>Version of the server</source>
      <translation>服务器版本</translation>
    </message>
    <message>
      <source>Version of the tables</source>
      <translation>数据表版本</translation>
    </message>
    <message>
      <source>View</source>
      <translation>视图</translation>
    </message>
    <message>
      <source>View before</source>
      <translation>上一个视图</translation>
    </message>
    <message>
      <source>View: {name}</source>
      <translation>视图：{name}</translation>
    </message>
    <message>
      <source>Views</source>
      <translation>视图</translation>
    </message>
    <message>
      <source>Views and triggers</source>
      <translation>视图和触发器</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>紫色</translation>
    </message>
    <message>
      <source>Visit</source>
      <translation>拜访</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>作废</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>待处理</translation>
    </message>
    <message>
      <source>Waiting for a sign of life from {computer}, a minute at most.</source>
      <translation>正在等待 {computer} 的响应，最多一分钟。</translation>
    </message>
    <message>
      <source>Waiting for me</source>
      <translation>我的待处理</translation>
    </message>
    <message>
      <source>Waiting too long</source>
      <translation>停滞商机</translation>
    </message>
    <message>
      <source>WeChat</source>
      <translation>微信</translation>
    </message>
    <message>
      <source>Web address</source>
      <translation>网址</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>网站</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>周三</translation>
    </message>
    <message>
      <source>Week</source>
      <translation>周</translation>
    </message>
    <message>
      <source>Weekdays</source>
      <translation>星期</translation>
    </message>
    <message>
      <source>Weekdays are digits from 1 (Monday) to 7 (Sunday).</source>
      <translation>星期用数字 1（星期一）到 7（星期日）表示。</translation>
    </message>
    <message>
      <source>Weighted amount</source>
      <translation>加权金额</translation>
    </message>
    <message>
      <source>Weighted forecast</source>
      <translation>加权预测</translation>
    </message>
    <message>
      <source>Weighted share</source>
      <translation>加权占比</translation>
    </message>
    <message>
      <source>Weighted: amount × probability, rounded half up to the cent for each opportunity, then added up.</source>
      <translation>加权：金额 × 赢率，每个商机四舍五入到分，再相加。</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>欢迎</translation>
    </message>
    <message>
      <source>Welcome to CRM Desktop</source>
      <translation>欢迎使用销售台</translation>
    </message>
    <message>
      <source>Western</source>
      <translation>西式</translation>
    </message>
    <message>
      <source>What comes next for “{name}”?</source>
      <translation>“{name}”的下一步是什么？</translation>
    </message>
    <message>
      <source>What for</source>
      <translation>用途</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>跟进内容</translation>
    </message>
    <message>
      <source>What is below adds up to {sum} already. Lower that first, or leave this empty: then it is the sum.</source>
      <translation>下级合计已达 {sum}。请先调低下级，或将此处留空，留空即为下级合计。</translation>
    </message>
    <message>
      <source>What is on this computer stays in its file as well; the window closes while it is copied.</source>
      <translation>本机的内容也会留在其文件中；复制时窗口会关闭。</translation>
    </message>
    <message>
      <source>What stays</source>
      <translation>保留的数据</translation>
    </message>
    <message>
      <source>What the server lets {user} see and do is not what staff and roles say.</source>
      <translation>服务器允许 {user} 查看和操作的范围与员工和角色不一致。</translation>
    </message>
    <message>
      <source>What to do</source>
      <translation>处理方式</translation>
    </message>
    <message>
      <source>What was taken back lies in the recycle bin if it was new, else it is as it was before.</source>
      <translation>撤回的记录中，新建的在回收站里，修改过的已恢复原值。</translation>
    </message>
    <message>
      <source>What was there could not be read. It lies, as it was, in {file}</source>
      <translation>原有内容无法读取，已原样放在 {file}</translation>
    </message>
    <message>
      <source>What was there is kept in {file}</source>
      <translation>原有内容已备份到 {file}</translation>
    </message>
    <message>
      <source>What was typed</source>
      <translation>刚填写的</translation>
    </message>
    <message>
      <source>What we learned</source>
      <translation>输单总结</translation>
    </message>
    <message>
      <source>What you delete lands here and can be restored.</source>
      <translation>删除的记录会放在这里，可以恢复。</translation>
    </message>
    <message>
      <source>What you typed</source>
      <translation>您输入的内容</translation>
    </message>
    <message>
      <source>What you typed could not be kept on this computer. Make room on its disk and close again.</source>
      <translation>输入的内容无法保留在本机。请清理磁盘空间后再关闭。</translation>
    </message>
    <message>
      <source>What you typed is kept on this computer and sent when the program starts again.</source>
      <translation>输入的内容会保留在本机，下次启动时发送。</translation>
    </message>
    <message>
      <source>What you typed while the server did not answer could not be saved: {why}</source>
      <translation>服务器没有应答期间输入的内容无法保存：{why}</translation>
    </message>
    <message>
      <source>When</source>
      <translation>跟进时间</translation>
    </message>
    <message>
      <source>When and where</source>
      <translation>时间与地点</translation>
    </message>
    <message>
      <source>When lost</source>
      <translation>输单信息</translation>
    </message>
    <message>
      <source>Where it is empty, it gets the values of the others; tags are put together, notes one under the other. Everything that belongs to the others moves. They go into the recycle bin; this can be undone for 30 days.</source>
      <translation>空白字段取其他记录的值；标签合在一起，备注依次相接。属于其他记录的内容全部转过来，其他记录进入回收站；30 天内可以撤销。</translation>
    </message>
    <message>
      <source>While the program was closed or asleep:</source>
      <translation>程序关闭或电脑休眠期间：</translation>
    </message>
    <message>
      <source>Who is online</source>
      <translation>在线用户</translation>
    </message>
    <message>
      <source>Who works here?</source>
      <translation>使用人是谁？</translation>
    </message>
    <message>
      <source>Who you are</source>
      <translation>您的身份</translation>
    </message>
    <message>
      <source>Whole number</source>
      <translation>整数</translation>
    </message>
    <message>
      <source>Whole page</source>
      <translation>整页</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Why disqualified</source>
      <translation>无效原因</translation>
    </message>
    <message>
      <source>Why it stays</source>
      <translation>保留原因</translation>
    </message>
    <message>
      <source>Why opportunities were lost, by count and money.</source>
      <translation>商机输单的原因，按数量和金额统计。</translation>
    </message>
    <message>
      <source>Width of a box</source>
      <translation>框宽</translation>
    </message>
    <message>
      <source>Win rate</source>
      <translation>赢单率</translation>
    </message>
    <message>
      <source>Win rate {rate}</source>
      <translation>赢单率 {rate}</translation>
    </message>
    <message>
      <source>Win rate: won ones among all that were won or lost.</source>
      <translation>赢单率：赢单数占赢单与输单总数的比例。</translation>
    </message>
    <message>
      <source>With remarks</source>
      <translation>有提示</translation>
    </message>
    <message>
      <source>With their customer</source>
      <translation>随客户移交</translation>
    </message>
    <message>
      <source>With this password and the user name the person signs in to the server.</source>
      <translation>此人用这个密码和用户名登录服务器。</translation>
    </message>
    <message>
      <source>With whom</source>
      <translation>相关对象</translation>
    </message>
    <message>
      <source>Without --columns a table has the usual columns of the list, and JSON has all fields.</source>
      <translation>不用 --columns 时，表格含有列表的常用列，JSON 含有所有字段。</translation>
    </message>
    <message>
      <source>Without --type everything is handed over; “--type customer=li,sun --type task” says which records go to whom, dealt out in turn when several are named. What is about a customer goes with the customer unless --apart is given. It is one act, which can be undone.</source>
      <translation>不写 --type 时全部移交；“--type customer=li,sun --type task”指明哪些记录移交给谁，写多人时依次分配。与客户有关的记录随客户移交，除非写了 --apart。整个交接是一次操作，可以撤销。</translation>
    </message>
    <message>
      <source>Without --with it lists the shares. A colleague may read the records, or work on them with --write.</source>
      <translation>不写 --with 时列出共享。同事只能查看记录，写 --write 时可以编辑。</translation>
    </message>
    <message>
      <source>Without a command it opens its window; with one it does that and ends.</source>
      <translation>不带命令时打开窗口；带命令时执行该命令后退出。</translation>
    </message>
    <message>
      <source>Without a copy it lists those in the folder backups. The copy is proven first, and what was there is kept as a copy too. No window may be open on the file. Killed half-way, the database is as before, or as the copy has it. With --database mysql://root@server/name the copy goes into that database, which must be empty; run again after a kill it goes on.</source>
      <translation>不指定备份时列出 backups 文件夹中的备份。先核对备份，原有内容也会留作备份。不能有窗口打开该文件。中途被终止时，数据库要么是原样，要么是备份中的样子。用 --database mysql://root@server/name 时，备份恢复到该数据库，它必须是空的；被终止后再运行会接着做。</translation>
    </message>
    <message>
      <source>Without a day the share has no end.</source>
      <translation>不填日期则长期共享。</translation>
    </message>
    <message>
      <source>Without next step</source>
      <translation>没有下一步</translation>
    </message>
    <message>
      <source>Witnessed by</source>
      <translation>监交人</translation>
    </message>
    <message>
      <source>Won</source>
      <translation>赢单</translation>
    </message>
    <message>
      <source>Won amount</source>
      <translation>赢单金额</translation>
    </message>
    <message>
      <source>Won this month</source>
      <translation>本月赢单</translation>
    </message>
    <message>
      <source>Won, lost or void…</source>
      <translation>赢单、输单或无效…</translation>
    </message>
    <message>
      <source>Won: {count}, {money}</source>
      <translation>赢单：{count} 个，{money}</translation>
    </message>
    <message>
      <source>Words no list knows</source>
      <translation>列表中没有的词语</translation>
    </message>
    <message>
      <source>Words or a record's name</source>
      <translation>关键字或记录名称</translation>
    </message>
    <message>
      <source>Work in a team's database</source>
      <translation>使用团队的数据库</translation>
    </message>
    <message>
      <source>Work in a team's database…</source>
      <translation>使用团队的数据库…</translation>
    </message>
    <message>
      <source>Work on it</source>
      <translation>可编辑</translation>
    </message>
    <message>
      <source>Workbench</source>
      <translation>工作台</translation>
    </message>
    <message>
      <source>Working…</source>
      <translation>正在处理…</translation>
    </message>
    <message>
      <source>Write an amount into a month. Departments and the company have at least the sum of those below.</source>
      <translation>在月份格中填写金额。部门和公司的销售指标不低于下级之和。</translation>
    </message>
    <message>
      <source>Write both ends of “between” with two dots: 2026-01-01..2026-03-31.</source>
      <translation>“between”的两端用两个点连接：2026-01-01..2026-03-31。</translation>
    </message>
    <message>
      <source>Write down the first call or visit.</source>
      <translation>记录第一次电话或拜访。</translation>
    </message>
    <message>
      <source>Write the name of the database; it is crm unless somebody chose another one.</source>
      <translation>请填写数据库名称；没有人另取名称的话是 crm。</translation>
    </message>
    <message>
      <source>Write the name of the server, as whoever looks after it told you.</source>
      <translation>请填写服务器名称，按服务器管理员告诉您的写。</translation>
    </message>
    <message>
      <source>Write the time like 08:00.</source>
      <translation>时间请写成 08:00 这样。</translation>
    </message>
    <message>
      <source>Write the user name you have on the server.</source>
      <translation>请填写您在服务器上的用户名。</translation>
    </message>
    <message>
      <source>Write what happened, Ctrl+Enter saves</source>
      <translation>记录刚刚发生的事，按 Ctrl+Enter 保存</translation>
    </message>
    <message>
      <source>Write your name, so that records can belong to you.</source>
      <translation>请填写您的姓名，记录会归到您名下。</translation>
    </message>
    <message>
      <source>Write {name} = {value} under [mysqld] in the server's settings and restart it.</source>
      <translation>请在服务器配置的 [mysqld] 下写上 {name} = {value}，然后重启服务器。</translation>
    </message>
    <message>
      <source>Written: {file}</source>
      <translation>已写入：{file}</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>是</translation>
    </message>
    <message>
      <source>Yes or no</source>
      <translation>是或否</translation>
    </message>
    <message>
      <source>Yesterday</source>
      <translation>昨天</translation>
    </message>
    <message>
      <source>You are back at the file of this computer.</source>
      <translation>已改回使用本机的文件。</translation>
    </message>
    <message>
      <source>You are in the team's database.</source>
      <translation>您已在使用团队的数据库。</translation>
    </message>
    <message>
      <source>You are invited to the database of {company}. Write your user name and password there.</source>
      <translation>您受邀使用 {company} 的数据库。请填写您在那里的用户名和密码。</translation>
    </message>
    <message>
      <source>You are not allowed to read “{file}”. Ask whoever looks after this computer for access.</source>
      <translation>您无权读取“{file}”。请向这台电脑的管理员申请权限。</translation>
    </message>
    <message>
      <source>You are not allowed to use {file}. Ask whoever looks after this computer for access.</source>
      <translation>您无权使用 {file}。请向这台电脑的管理员申请权限。</translation>
    </message>
    <message>
      <source>You are signed in to the server as {user}. To work as {name}, sign in with that person's own account.</source>
      <translation>您以 {user} 登录了服务器。要以{name}的身份工作，请用其本人的账号登录。</translation>
    </message>
    <message>
      <source>You can undo this with Ctrl+Z. What you made yourself is not touched.</source>
      <translation>可用 Ctrl+Z 撤销。您自己录入的数据不受影响。</translation>
    </message>
    <message>
      <source>You cannot lock or log off yourself. Ask another administrator.</source>
      <translation>您不能锁定或注销自己。请找另一位管理员。</translation>
    </message>
    <message>
      <source>You do not see all {records} of {name}. Ask an administrator to hand them over.</source>
      <translation>您看不到{name}的全部{records}。请由管理员办理交接。</translation>
    </message>
    <message>
      <source>You lack the right to {operation} {records}. An administrator can grant it under Settings &gt; Roles.</source>
      <translation>您没有{operation}{records}的权限。管理员可在“设置 &gt; 角色”中授权。</translation>
    </message>
    <message>
      <source>You lack the right to {operation} {records}. {who} (administrator) can grant it under Settings &gt; Roles.</source>
      <translation>您没有对“{records}”执行“{operation}”的权限。管理员{who}可以在“设置 &gt; 角色”中授予。</translation>
    </message>
    <message>
      <source>You may not write into the folder {folder}. Choose another one for this export.</source>
      <translation>您无权写入文件夹 {folder}。请为此导出选择其他文件夹。</translation>
    </message>
    <message>
      <source>You set targets only for those whose opportunities you see.</source>
      <translation>您只能为看得到其商机的人员设定销售指标。</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>您的姓名</translation>
    </message>
    <message>
      <source>Your own forms</source>
      <translation>自定义表单</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>缩小</translation>
    </message>
    <message>
      <source>a Chinese and a Latin name, both with mailboxes at {host}</source>
      <translation>一个中文名、一个外文名，邮箱同属 {host}</translation>
    </message>
    <message>
      <source>a JSON file: column heading → field name</source>
      <translation>JSON 文件：列标题 → 字段名</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>PDF 文档</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>数据库</translation>
    </message>
    <message>
      <source>a file of another program</source>
      <translation>其他程序的文件</translation>
    </message>
    <message>
      <source>a folder “forms” beside your data</source>
      <translation>数据旁的“forms”文件夹</translation>
    </message>
    <message>
      <source>a mail message</source>
      <translation>邮件</translation>
    </message>
    <message>
      <source>a packed archive</source>
      <translation>压缩包</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>a picture or recording</source>
      <translation>图片或录音录像</translation>
    </message>
    <message>
      <source>a presentation</source>
      <translation>演示文稿</translation>
    </message>
    <message>
      <source>a program</source>
      <translation>程序文件</translation>
    </message>
    <message>
      <source>a shared database: mysql://user:password@server:3306/name</source>
      <translation>共享数据库：mysql://user:password@server:3306/name</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>文字文档</translation>
    </message>
    <message>
      <source>a text document (RTF)</source>
      <translation>文字文档（RTF）</translation>
    </message>
    <message>
      <source>a web page; open it in Excel or WPS and save it as .xlsx</source>
      <translation>网页，请用 Excel 或 WPS 打开后另存为 .xlsx</translation>
    </message>
    <message>
      <source>add</source>
      <translation>新建</translation>
    </message>
    <message>
      <source>adds it all the same</source>
      <translation>仍然新增</translation>
    </message>
    <message numerus="yes">
      <source>after %n minute(s)</source>
      <translation>
        <numerusform>%n 分钟后</numerusform>
      </translation>
    </message>
    <message>
      <source>all</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>all records</source>
      <translation>全部记录</translation>
    </message>
    <message>
      <source>amount, like 12500.00</source>
      <translation>金额，例如 12500.00</translation>
    </message>
    <message>
      <source>an XML file; open it in Excel or WPS and save it as .xlsx</source>
      <translation>XML 文件，请用 Excel 或 WPS 打开后另存为 .xlsx</translation>
    </message>
    <message>
      <source>an empty database mysql://root@server:3306/name, or a new folder</source>
      <translation>空数据库 mysql://root@server:3306/name，或新文件夹</translation>
    </message>
    <message>
      <source>another folder for the copy of a server's database</source>
      <translation>服务器上数据库的备份放到另一个文件夹</translation>
    </message>
    <message>
      <source>argument %(argument_name)s: %(message)s</source>
      <translation>参数 %(argument_name)s：%(message)s</translation>
    </message>
    <message>
      <source>as last month</source>
      <translation>与上月持平</translation>
    </message>
    <message>
      <source>asked about at saving</source>
      <translation>保存时询问</translation>
    </message>
    <message>
      <source>assign</source>
      <translation>指派</translation>
    </message>
    <message>
      <source>at most so many hits (20)</source>
      <translation>最多返回的结果数（20）</translation>
    </message>
    <message>
      <source>at most so many records; 0 for all</source>
      <translation>最多返回的记录数；0 表示全部</translation>
    </message>
    <message numerus="yes">
      <source>at {at} into {folder}, kept %n day(s)</source>
      <translation>
        <numerusform>{at} 备份到 {folder}，保留 %n 天</numerusform>
      </translation>
    </message>
    <message>
      <source>bar |</source>
      <translation>竖线 |</translation>
    </message>
    <message>
      <source>batch: {batch}</source>
      <translation>批次：{batch}</translation>
    </message>
    <message>
      <source>begins with</source>
      <translation>开头是</translation>
    </message>
    <message>
      <source>belongs to “{title}”</source>
      <translation>“{title}”用到了它</translation>
    </message>
    <message>
      <source>bring records in from a file (.xlsx, .xls, .xlsb, .ods, .csv, .txt, .vcf, .ics, .json)</source>
      <translation>从文件导入记录（.xlsx、.xls、.xlsb、.ods、.csv、.txt、.vcf、.ics、.json）</translation>
    </message>
    <message>
      <source>bring the tables up to date and put up views and triggers anew</source>
      <translation>升级数据表，并重建视图和触发器</translation>
    </message>
    <message>
      <source>but another tax number</source>
      <translation>但税号不同</translation>
    </message>
    <message>
      <source>by what it holds</source>
      <translation>按内容识别</translation>
    </message>
    <message>
      <source>choose from the list</source>
      <translation>从列表中选择</translation>
    </message>
    <message>
      <source>colours of the window</source>
      <translation>窗口的配色</translation>
    </message>
    <message>
      <source>columns that go nowhere: {columns}</source>
      <translation>未对应的列：{columns}</translation>
    </message>
    <message>
      <source>comma ,</source>
      <translation>逗号 ,</translation>
    </message>
    <message>
      <source>commands</source>
      <translation>命令</translation>
    </message>
    <message>
      <source>conditions, written in quotation marks:
  level=A              is; several: level=A,B       level!=C           is not
  name~华为            contains                     name^=北京         begins with
  amount&gt;=50000        also &gt; &lt; &lt;=                  next_contact_on&lt;2026-11-30
  owner=me             mine                         phone empty        nothing in it; also: filled
  due_on today         also: past, this_month, next_days 7, last_days 30, between 2026-01-01..2026-03-31</source>
      <translation>条件（写在引号内）：
  level=A              等于；多个：level=A,B        level!=C           不等于
  name~华为            包含                         name^=北京         开头是
  amount&gt;=50000        还可用 &gt; &lt; &lt;=                next_contact_on&lt;2026-11-30
  owner=me             我负责的                     phone empty        为空；有内容：filled
  due_on today         还可用 past、this_month、next_days 7、last_days 30、between 2026-01-01..2026-03-31</translation>
    </message>
    <message>
      <source>contains</source>
      <translation>包含</translation>
    </message>
    <message>
      <source>data and person</source>
      <translation>数据与人员</translation>
    </message>
    <message>
      <source>days</source>
      <translation>天</translation>
    </message>
    <message>
      <source>deal out what is about a customer by itself</source>
      <translation>与客户有关的记录单独分配</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>delete for good</source>
      <translation>彻底删除</translation>
    </message>
    <message>
      <source>digits as you would dial them</source>
      <translation>按拨号顺序填写数字</translation>
    </message>
    <message>
      <source>done</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>down</source>
      <translation>下降</translation>
    </message>
    <message>
      <source>duplicates: {same} the same, {similar} similar</source>
      <translation>重复：相同 {same} 行，相似 {similar} 行</translation>
    </message>
    <message>
      <source>edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>empties the field</source>
      <translation>清空该字段</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>空</translation>
    </message>
    <message>
      <source>encrypt the local file, or the copies that are made of a team's database</source>
      <translation>加密本地文件，或加密团队数据库的备份</translation>
    </message>
    <message>
      <source>encrypted; the key is in the keyring of this computer</source>
      <translation>已加密；密钥在本机的密钥环中</translation>
    </message>
    <message>
      <source>encrypted; the recovery phrase is asked for at each start</source>
      <translation>已加密；每次启动时询问恢复短语</translation>
    </message>
    <message>
      <source>encrypted; this computer asks for the recovery phrase</source>
      <translation>已加密；本机会询问恢复短语</translation>
    </message>
    <message>
      <source>end its sessions now</source>
      <translation>立即结束其会话</translation>
    </message>
    <message>
      <source>end the share</source>
      <translation>结束共享</translation>
    </message>
    <message>
      <source>expected one argument</source>
      <translation>需要一个参数</translation>
    </message>
    <message>
      <source>export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>fields by which a row finds the record it means; “none”: every row is new</source>
      <translation>用于查找对应记录的字段；“none”：每行都是新记录</translation>
    </message>
    <message>
      <source>fields whose value is taken from LOSE, separated by commas</source>
      <translation>取自 LOSE 的字段，用逗号分隔</translation>
    </message>
    <message>
      <source>find records by part of a name, phone or number, in Chinese, pinyin or initials</source>
      <translation>按名称、电话或编号的一部分查找记录，可用中文、拼音或首字母</translation>
    </message>
    <message>
      <source>first {day}</source>
      <translation>第一个{day}</translation>
    </message>
    <message>
      <source>folder of the data; made when it does not exist</source>
      <translation>数据文件夹；不存在时自动创建</translation>
    </message>
    <message>
      <source>found in the folder backups</source>
      <translation>backups 文件夹中的文件</translation>
    </message>
    <message>
      <source>fourth {day}</source>
      <translation>第四个{day}</translation>
    </message>
    <message>
      <source>give the encrypted local file, or the copies of a team's database, another key and recovery phrase</source>
      <translation>给已加密的本地文件或团队数据库的备份更换密钥和恢复短语</translation>
    </message>
    <message>
      <source>good</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>hand over all that an employee owns, and close the account</source>
      <translation>移交员工名下的全部记录，并停用其账号</translation>
    </message>
    <message>
      <source>has none of</source>
      <translation>不含任何一个</translation>
    </message>
    <message>
      <source>has one of</source>
      <translation>含有其中之一</translation>
    </message>
    <message>
      <source>how days like 3/4/2026 are written</source>
      <translation>3/4/2026 这类日期的写法</translation>
    </message>
    <message>
      <source>import</source>
      <translation>导入</translation>
    </message>
    <message numerus="yes">
      <source>in %n day(s)</source>
      <translation>
        <numerusform>%n 天后</numerusform>
      </translation>
    </message>
    <message>
      <source>invalid %(type)s value: %(value)r</source>
      <translation>%(type)s 的值无效：%(value)r</translation>
    </message>
    <message>
      <source>invalid choice: %(value)r (choose from %(choices)s)</source>
      <translation>选项无效：%(value)r（可选 %(choices)s）</translation>
    </message>
    <message>
      <source>is</source>
      <translation>等于</translation>
    </message>
    <message>
      <source>is after</source>
      <translation>晚于</translation>
    </message>
    <message>
      <source>is at least</source>
      <translation>大于等于</translation>
    </message>
    <message>
      <source>is at most</source>
      <translation>小于等于</translation>
    </message>
    <message>
      <source>is before</source>
      <translation>早于</translation>
    </message>
    <message>
      <source>is before today</source>
      <translation>早于今天</translation>
    </message>
    <message>
      <source>is between</source>
      <translation>介于</translation>
    </message>
    <message>
      <source>is empty</source>
      <translation>为空</translation>
    </message>
    <message>
      <source>is filled in</source>
      <translation>不为空</translation>
    </message>
    <message>
      <source>is in this month</source>
      <translation>在本月</translation>
    </message>
    <message>
      <source>is left out</source>
      <translation>略过</translation>
    </message>
    <message>
      <source>is me</source>
      <translation>是我</translation>
    </message>
    <message>
      <source>is no</source>
      <translation>为否</translation>
    </message>
    <message>
      <source>is none of</source>
      <translation>不是任何一个</translation>
    </message>
    <message>
      <source>is not</source>
      <translation>不等于</translation>
    </message>
    <message>
      <source>is not me</source>
      <translation>不是我</translation>
    </message>
    <message>
      <source>is one of</source>
      <translation>是其中之一</translation>
    </message>
    <message>
      <source>is today</source>
      <translation>是今天</translation>
    </message>
    <message>
      <source>is within the last … days</source>
      <translation>在过去 … 天内</translation>
    </message>
    <message>
      <source>is within the next … days</source>
      <translation>在未来 … 天内</translation>
    </message>
    <message>
      <source>is yes</source>
      <translation>为是</translation>
    </message>
    <message>
      <source>it cannot be read.</source>
      <translation>无法读取。</translation>
    </message>
    <message>
      <source>it has a widget this program does not know ({detail}).</source>
      <translation>含有本程序不认识的控件（{detail}）。</translation>
    </message>
    <message>
      <source>it is damaged or was not made by Qt Designer.</source>
      <translation>已损坏，或不是用 Qt Designer 制作的。</translation>
    </message>
    <message>
      <source>its id, code, number or whole name</source>
      <translation>编号、代码、号码或完整名称</translation>
    </message>
    <message>
      <source>its name in the folder backups, or any file</source>
      <translation>backups 文件夹中的名称，或任意文件</translation>
    </message>
    <message>
      <source>its name, code or number</source>
      <translation>填写其名称、编码或编号</translation>
    </message>
    <message>
      <source>kept {id}: {reason}</source>
      <translation>已保留 {id}：{reason}</translation>
    </message>
    <message>
      <source>kind of record: customer, contact, lead</source>
      <translation>记录类型：customer（客户）、contact（联系人）、lead（线索）</translation>
    </message>
    <message>
      <source>kind of record: customer, contact, lead …</source>
      <translation>记录类型：customer、contact、lead …</translation>
    </message>
    <message>
      <source>language of all that is shown</source>
      <translation>显示的语言</translation>
    </message>
    <message>
      <source>last day of the share</source>
      <translation>共享的最后一天</translation>
    </message>
    <message>
      <source>last {day}</source>
      <translation>最后一个{day}</translation>
    </message>
    <message>
      <source>leaves the field as it is</source>
      <translation>保持字段不变</translation>
    </message>
    <message>
      <source>let a copy of the local file take its place, or fill an empty database of a server from a copy</source>
      <translation>用备份替换本地文件，或用备份填入服务器上的空数据库</translation>
    </message>
    <message>
      <source>let nobody sign in with it, and end its sessions</source>
      <translation>禁止用它登录，并结束其会话</translation>
    </message>
    <message>
      <source>let the employee sign in, with a new password</source>
      <translation>允许该员工用新密码登录</translation>
    </message>
    <message>
      <source>like 2026-11</source>
      <translation>如 2026-11</translation>
    </message>
    <message>
      <source>like 2026-11-30</source>
      <translation>例如 2026-11-30</translation>
    </message>
    <message>
      <source>like 2026-11-30 15:30</source>
      <translation>例如 2026-11-30 15:30</translation>
    </message>
    <message>
      <source>look for records that are there twice</source>
      <translation>查找重复的记录</translation>
    </message>
    <message>
      <source>look whether the data is whole</source>
      <translation>检查数据是否完整</translation>
    </message>
    <message>
      <source>look whether the server is safe, and say how to mend what is not</source>
      <translation>检查服务器是否安全，并说明如何处理问题</translation>
    </message>
    <message>
      <source>made before an update of the program</source>
      <translation>更新程序前的备份</translation>
    </message>
    <message>
      <source>made before another copy was restored</source>
      <translation>恢复其他备份前的备份</translation>
    </message>
    <message>
      <source>made by hand</source>
      <translation>手动备份</translation>
    </message>
    <message>
      <source>made by itself at night</source>
      <translation>夜间自动备份</translation>
    </message>
    <message>
      <source>make a copy of the local file, or of a team's database on a server, in the folder backups</source>
      <translation>把本地文件或服务器上的团队数据库备份到 backups 文件夹</translation>
    </message>
    <message>
      <source>make a database in which everybody has an account of his own</source>
      <translation>建立每人一个账号的数据库</translation>
    </message>
    <message>
      <source>make one record of two</source>
      <translation>把两条记录合并为一条</translation>
    </message>
    <message>
      <source>make, examine and move a database that a team shares on a server; copy, restore and encrypt a file</source>
      <translation>建立、检查和迁移团队在服务器上共享的数据库；备份、恢复和加密文件</translation>
    </message>
    <message>
      <source>mm</source>
      <translation>毫米</translation>
    </message>
    <message>
      <source>move the data from a file to a server, or back</source>
      <translation>把数据从文件迁移到服务器，或迁移回来</translation>
    </message>
    <message>
      <source>name of the company</source>
      <translation>公司名称</translation>
    </message>
    <message>
      <source>name of the first administrator</source>
      <translation>首位管理员的姓名</translation>
    </message>
    <message>
      <source>never</source>
      <translation>从不</translation>
    </message>
    <message>
      <source>new: {new}, changed: {changed}, unchanged: {unchanged}, refused: {refused}</source>
      <translation>新建：{new}，修改：{changed}，未变：{unchanged}，拒绝：{refused}</translation>
    </message>
    <message>
      <source>none</source>
      <translation>无</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>还没有</translation>
    </message>
    <message>
      <source>not allowed with argument %s</source>
      <translation>不能与参数 %s 同时使用</translation>
    </message>
    <message>
      <source>not encrypted: whoever gets hold of one can read it</source>
      <translation>未加密：任何人拿到备份都能读取</translation>
    </message>
    <message>
      <source>not encrypted: whoever gets hold of the file can read it</source>
      <translation>未加密：任何人拿到该文件都能读取</translation>
    </message>
    <message>
      <source>not looked for</source>
      <translation>不查重</translation>
    </message>
    <message>
      <source>not on this computer</source>
      <translation>本机不做</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>不行</translation>
    </message>
    <message>
      <source>nothing: every row is a new record</source>
      <translation>无：每行都是新记录</translation>
    </message>
    <message>
      <source>of a .csv</source>
      <translation>.csv 文件的编码</translation>
    </message>
    <message>
      <source>of a .csv, when it is not found rightly: utf-8, gb18030 …</source>
      <translation>.csv 文件的编码，自动识别不对时指定：utf-8、gb18030 …</translation>
    </message>
    <message>
      <source>of a .csv, when it is not found rightly; “tab” for a tab</source>
      <translation>用于 .csv，识别不正确时指定；制表符写“tab”</translation>
    </message>
    <message>
      <source>on a server: the employee who gets the first account; without it everybody shares the account of the address</source>
      <translation>服务器上：获得首个账号的员工；不指定时所有人共用地址中的账号</translation>
    </message>
    <message>
      <source>on {computer} at {at}</source>
      <translation>在 {computer} 上，{at}</translation>
    </message>
    <message>
      <source>only count what there is</source>
      <translation>只统计，不移交</translation>
    </message>
    <message>
      <source>only records that fit; may be repeated</source>
      <translation>只取符合条件的记录；可重复使用</translation>
    </message>
    <message>
      <source>only records that hold these words, as the search finds them</source>
      <translation>只取含有这些词的记录，与搜索的规则相同</translation>
    </message>
    <message>
      <source>only tell what would happen</source>
      <translation>只说明将会发生什么</translation>
    </message>
    <message>
      <source>only the account of the server's master sees it</source>
      <translation>只有服务器主账号可见</translation>
    </message>
    <message>
      <source>only this kind of record; may be repeated</source>
      <translation>只取此类型的记录；可重复使用</translation>
    </message>
    <message>
      <source>open, lock or log off an account, as an administrator signed in with his own</source>
      <translation>开通、锁定或注销账号（管理员用自己的账号操作）</translation>
    </message>
    <message>
      <source>options</source>
      <translation>选项</translation>
    </message>
    <message>
      <source>or choose one. The columns are recognised by their headings; nothing is written before you have seen it.</source>
      <translation>或选择一个文件。各列按标题自动识别；您确认之前不会写入任何内容。</translation>
    </message>
    <message>
      <source>order by these fields, separated by commas; -field for descending</source>
      <translation>按这些字段排序，用逗号分隔；-字段 表示降序</translation>
    </message>
    <message>
      <source>own department</source>
      <translation>本部门</translation>
    </message>
    <message>
      <source>own department and those below</source>
      <translation>本部门及下属部门</translation>
    </message>
    <message>
      <source>own records</source>
      <translation>本人</translation>
    </message>
    <message>
      <source>own records and chosen departments</source>
      <translation>本人及指定部门的记录</translation>
    </message>
    <message>
      <source>own records and those of subordinates</source>
      <translation>本人及下属</translation>
    </message>
    <message>
      <source>paint a view into a PNG file and end</source>
      <translation>将视图画成 PNG 文件后退出</translation>
    </message>
    <message>
      <source>positional arguments</source>
      <translation>位置参数</translation>
    </message>
    <message>
      <source>print JSON, one object a line; keys are field names</source>
      <translation>输出 JSON，每行一个对象；键为字段名</translation>
    </message>
    <message>
      <source>print all of one record</source>
      <translation>输出一条记录的全部内容</translation>
    </message>
    <message>
      <source>print records</source>
      <translation>输出记录</translation>
    </message>
    <message>
      <source>put the picture into the cell or over it</source>
      <translation>把图片嵌入单元格，或放在单元格上</translation>
    </message>
    <message>
      <source>refused at saving</source>
      <translation>保存时拒绝</translation>
    </message>
    <message>
      <source>refused rows</source>
      <translation>未导入的行</translation>
    </message>
    <message>
      <source>required</source>
      <translation>必填</translation>
    </message>
    <message>
      <source>row of the headings; 0 for none; found if not given</source>
      <translation>标题所在行；0 表示没有；不填则自动识别</translation>
    </message>
    <message>
      <source>row {row} left out: {words}</source>
      <translation>略过第 {row} 行：{words}</translation>
    </message>
    <message>
      <source>row {row}: {reason}</source>
      <translation>第 {row} 行：{reason}</translation>
    </message>
    <message>
      <source>second {day}</source>
      <translation>第二个{day}</translation>
    </message>
    <message>
      <source>see hidden numbers of</source>
      <translation>查看完整号码</translation>
    </message>
    <message>
      <source>semicolon ;</source>
      <translation>分号 ;</translation>
    </message>
    <message>
      <source>several fields together…</source>
      <translation>多个字段组合…</translation>
    </message>
    <message>
      <source>several with ; between</source>
      <translation>多个值用 ; 分隔</translation>
    </message>
    <message>
      <source>several with 、 between</source>
      <translation>多个值用 、 分隔</translation>
    </message>
    <message>
      <source>share</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>share records with a colleague, or tell with whom they are shared</source>
      <translation>把记录共享给同事，或列出共享情况</translation>
    </message>
    <message>
      <source>show program's version number and exit</source>
      <translation>显示程序的版本号后退出</translation>
    </message>
    <message>
      <source>show this help message and exit</source>
      <translation>显示此帮助信息后退出</translation>
    </message>
    <message>
      <source>similar</source>
      <translation>相似</translation>
    </message>
    <message>
      <source>size of the window in pixels, such as 1440x900</source>
      <translation>窗口的像素尺寸，例如 1440x900</translation>
    </message>
    <message>
      <source>split what was merged again</source>
      <translation>把合并的记录重新拆分</translation>
    </message>
    <message>
      <source>start from a saved view</source>
      <translation>从保存的视图开始</translation>
    </message>
    <message>
      <source>start on a demo company, whose notes and tasks are in Chinese; in a throw-away folder unless --data is given</source>
      <translation>用演示公司的数据启动（跟进记录和任务为中文）；未指定 --data 时放在临时文件夹</translation>
    </message>
    <message>
      <source>strict or standard</source>
      <translation>strict（严格）或 standard（标准）</translation>
    </message>
    <message>
      <source>strict: whatever tool somebody connects with, he gets only what he may see; for up to {most} customers. standard: quicker, but who knows SQL well can find out more. Changes are refused either way.</source>
      <translation>strict：无论用什么工具连接，都只能得到本人可见的内容；最多适用于 {most} 个客户。standard：更快，但精通 SQL 的人能查到更多。两种方式都会拒绝不允许的更改。</translation>
    </message>
    <message>
      <source>tab</source>
      <translation>制表符</translation>
    </message>
    <message>
      <source>take an import back</source>
      <translation>撤销一次导入</translation>
    </message>
    <message>
      <source>take away older copies that were made with this option, for a task of every night</source>
      <translation>删除以前用此选项所做的较早备份，适合每晚的定时任务</translation>
    </message>
    <message>
      <source>take out of the search index what changed and deleted records left in it</source>
      <translation>清除已修改和已删除的记录在搜索索引中留下的旧内容</translation>
    </message>
    <message>
      <source>take the encryption of the local file, or of copies made from now on, away</source>
      <translation>取消本地文件的加密，或今后备份的加密</translation>
    </message>
    <message>
      <source>tell or choose how strictly the server lets people read, as an administrator</source>
      <translation>以管理员身份查看或选择服务器读取的严格程度</translation>
    </message>
    <message>
      <source>the .xlsx to write</source>
      <translation>要写入的 .xlsx</translation>
    </message>
    <message>
      <source>the account stays open</source>
      <translation>保留账号</translation>
    </message>
    <message>
      <source>the certificate of a handover there was, by its number</source>
      <translation>按编号取以往交接的交接单</translation>
    </message>
    <message>
      <source>the colleague: user name, name or number</source>
      <translation>同事：用户名、姓名或编号</translation>
    </message>
    <message>
      <source>the employee who gets the first account; without it everybody shares the account of the address</source>
      <translation>获得首个账号的员工；不指定时所有人共用地址中的账号</translation>
    </message>
    <message>
      <source>the file to write; its ending says the format</source>
      <translation>要写入的文件；格式由后缀决定</translation>
    </message>
    <message>
      <source>the following arguments are required: %s</source>
      <translation>缺少以下参数：%s</translation>
    </message>
    <message>
      <source>the names are nearly the same</source>
      <translation>名称几乎相同</translation>
    </message>
    <message>
      <source>the names differ in one character</source>
      <translation>名称只差一个字</translation>
    </message>
    <message>
      <source>the names differ only in “{parts}”</source>
      <translation>名称只差“{parts}”</translation>
    </message>
    <message>
      <source>the names sound the same</source>
      <translation>名称读音相同</translation>
    </message>
    <message>
      <source>the newest copy in the folder backups</source>
      <translation>backups 文件夹中最新的备份</translation>
    </message>
    <message>
      <source>the required field “{name}” is missing.</source>
      <translation>缺少必填字段“{name}”。</translation>
    </message>
    <message>
      <source>the same</source>
      <translation>相同</translation>
    </message>
    <message>
      <source>the same e-mail {mail}</source>
      <translation>邮箱相同 {mail}</translation>
    </message>
    <message>
      <source>the same name</source>
      <translation>名称相同</translation>
    </message>
    <message>
      <source>the same name in another place</source>
      <translation>名称相同，地区不同</translation>
    </message>
    <message>
      <source>the same name in another script</source>
      <translation>中文与拼音/外文名称相同</translation>
    </message>
    <message>
      <source>the same or a similar name</source>
      <translation>名称相同或相似</translation>
    </message>
    <message>
      <source>the same person in the same place</source>
      <translation>同一单位的同名联系人</translation>
    </message>
    <message>
      <source>the same phone {phone}</source>
      <translation>电话相同 {phone}</translation>
    </message>
    <message>
      <source>the same tax number {code}</source>
      <translation>税号相同 {code}</translation>
    </message>
    <message>
      <source>the same words in another order</source>
      <translation>字词相同，顺序不同</translation>
    </message>
    <message>
      <source>the same “{brand}” in nearly the same line of business</source>
      <translation>“{brand}”相同，行业相近</translation>
    </message>
    <message>
      <source>the same “{brand}” in the same place</source>
      <translation>同一地区的“{brand}”</translation>
    </message>
    <message>
      <source>the sheet</source>
      <translation>表格文件</translation>
    </message>
    <message>
      <source>the sheet of the workbook; the first filled one if not given</source>
      <translation>工作簿中的工作表；不填则取第一个有内容的</translation>
    </message>
    <message>
      <source>the view to open: workbench, customers, opportunities, calendar …</source>
      <translation>要打开的视图：workbench、customers、opportunities、calendar …</translation>
    </message>
    <message>
      <source>the window</source>
      <translation>窗口</translation>
    </message>
    <message>
      <source>these fields, separated by commas</source>
      <translation>这些字段，用逗号分隔</translation>
    </message>
    <message>
      <source>third {day}</source>
      <translation>第三个{day}</translation>
    </message>
    <message>
      <source>those this computer trusts</source>
      <translation>本机信任的机构</translation>
    </message>
    <message>
      <source>to work on, not only to read</source>
      <translation>可以编辑，而不只是查看</translation>
    </message>
    <message>
      <source>unrecognized arguments: %s</source>
      <translation>无法识别的参数：%s</translation>
    </message>
    <message>
      <source>up</source>
      <translation>上升</translation>
    </message>
    <message>
      <source>updates that one</source>
      <translation>更新已有的那条</translation>
    </message>
    <message>
      <source>usage: </source>
      <translation>用法: </translation>
    </message>
    <message>
      <source>user name of an employee</source>
      <translation>员工的用户名</translation>
    </message>
    <message>
      <source>user name of the first administrator</source>
      <translation>首位管理员的用户名</translation>
    </message>
    <message>
      <source>user name, name or number of who does this</source>
      <translation>操作人的用户名、姓名或编号</translation>
    </message>
    <message>
      <source>values in JSON: texts as they are; numbers as numbers; amounts as text with two places ("1234.50"); days "2026-11-30";
times in UTC "2026-11-30T08:05:00Z"; yes and no as true and false; picklists and states by their key; another record as
{"id": "…", "title": "…"}, several as a list of these; nothing as null. Ids are texts of digits: they are longer than
many programs' numbers.</source>
      <translation>JSON 中的值：文本原样；数字为数字；金额为带两位小数的文本（"1234.50"）；日期 "2026-11-30"；
时间为 UTC "2026-11-30T08:05:00Z"；是和否为 true 和 false；选项和状态为其键；其他记录为
{"id": "…", "title": "…"}，多个时为列表；空为 null。编号是由数字组成的文本，比许多
程序的数字更长。</translation>
    </message>
    <message>
      <source>was changed or used since</source>
      <translation>已被修改或使用</translation>
    </message>
    <message>
      <source>what an empty cell does to a field</source>
      <translation>空单元格如何影响字段</translation>
    </message>
    <message>
      <source>what is won, lost or done stays behind</source>
      <translation>赢单、输单和已完成的记录不移交</translation>
    </message>
    <message>
      <source>what may happen to rows</source>
      <translation>对各行的处理</translation>
    </message>
    <message>
      <source>what to do with new rows that are similar to one</source>
      <translation>与已有记录相似的新行如何处理</translation>
    </message>
    <message>
      <source>what to do with new rows that are the same as a record</source>
      <translation>与已有记录相同的新行如何处理</translation>
    </message>
    <message>
      <source>what to look for</source>
      <translation>要查找的内容</translation>
    </message>
    <message>
      <source>what words do that are in no picklist</source>
      <translation>选项列表中没有的词如何处理</translation>
    </message>
    <message>
      <source>who leaves: user name, name or number</source>
      <translation>谁离职：用户名、姓名或编号</translation>
    </message>
    <message>
      <source>who takes over; several separated by commas</source>
      <translation>谁接收；多人用逗号分隔</translation>
    </message>
    <message>
      <source>whole number</source>
      <translation>整数</translation>
    </message>
    <message>
      <source>why, for the log of what was taken out</source>
      <translation>原因，记入导出日志</translation>
    </message>
    <message>
      <source>worth a word</source>
      <translation>需注意</translation>
    </message>
    <message>
      <source>write an empty workbook to fill in and import, with hints and drop-downs</source>
      <translation>写出供填写并导入的空白工作簿，带提示和下拉列表</translation>
    </message>
    <message>
      <source>write records to a file (.xlsx, .csv, .json, .vcf, .ics, .pdf)</source>
      <translation>将记录写入文件（.xlsx、.csv、.json、.vcf、.ics、.pdf）</translation>
    </message>
    <message>
      <source>write the certificate to sign as PDF</source>
      <translation>把供签字的交接单写成 PDF</translation>
    </message>
    <message>
      <source>write the refused rows there, with the reasons</source>
      <translation>将未导入的行连同原因写入此文件</translation>
    </message>
    <message>
      <source>{amount} this quarter</source>
      <translation>本季 {amount}</translation>
    </message>
    <message>
      <source>{basis}: {period}</source>
      <translation>{basis}：{period}</translation>
    </message>
    <message>
      <source>{before}; {more}</source>
      <translation>{before}；{more}</translation>
    </message>
    <message numerus="yes">
      <source>{change} (after %n day(s))</source>
      <translation>
        <numerusform>{change}（历时 %n 天）</numerusform>
      </translation>
    </message>
    <message>
      <source>{columns} × {rows} labels, {width} × {height} mm, on {page_width} × {page_height} mm paper</source>
      <translation>{columns} × {rows} 个标签，每个 {width} × {height} 毫米，纸张 {page_width} × {page_height} 毫米</translation>
    </message>
    <message>
      <source>{column} goes into</source>
      <translation>{column} 对应的字段</translation>
    </message>
    <message>
      <source>{column}: the picture is larger than 64 MB or 50 million pixels. Insert a smaller one.</source>
      <translation>{column}：图片超过 64 MB 或 5000 万像素。请换一张较小的图片。</translation>
    </message>
    <message>
      <source>{column}: the picture is not in the file. Insert it into the workbook again.</source>
      <translation>{column}：文件中没有这张图片。请在表格中重新插入。</translation>
    </message>
    <message>
      <source>{column}: what stands there is no picture that can be read. Insert it again as PNG or JPEG.</source>
      <translation>{column}：该处不是可读取的图片。请以 PNG 或 JPEG 格式重新插入。</translation>
    </message>
    <message>
      <source>{column}: {cell} is taken apart into {parts}</source>
      <translation>{column}：{cell} 拆分为 {parts}</translation>
    </message>
    <message>
      <source>{column}: {problem}</source>
      <translation>{column}：{problem}</translation>
    </message>
    <message>
      <source>{column}: “{words}” is in no list of places; it goes into “{label}” as it stands.</source>
      <translation>{column}：地名表中没有“{words}”，将原样写入“{label}”。</translation>
    </message>
    <message>
      <source>{column}: “{words}” is left out, because another column says “{value}” for “{label}”.</source>
      <translation>{column}：未采用“{words}”，因为另一列的“{label}”为“{value}”。</translation>
    </message>
    <message>
      <source>{content}
Next contact: {day}</source>
      <translation>{content}
下次联系：{day}</translation>
    </message>
    <message>
      <source>{count} acts were slipped into the journal afterwards; they have no seal.</source>
      <translation>有 {count} 个操作是事后混入日志的，没有封印。</translation>
    </message>
    <message>
      <source>{count} of them the same</source>
      <translation>其中 {count} 组相同</translation>
    </message>
    <message>
      <source>{count} opportunities are in the stage “{name}”. Move them first.</source>
      <translation>还有 {count} 个商机处于阶段“{name}”，请先移走它们。</translation>
    </message>
    <message>
      <source>{count} records match this row. Match on more fields, or merge them first.</source>
      <translation>有 {count} 条记录与此行匹配。请用更多字段匹配，或先合并这些记录。</translation>
    </message>
    <message>
      <source>{count} sealed acts are gone from the journal, or seals from the chain.</source>
      <translation>日志中缺少 {count} 个已封印的操作，或链中缺少封印。</translation>
    </message>
    <message>
      <source>{count} to contact today</source>
      <translation>今日需联系 {count} 个</translation>
    </message>
    <message>
      <source>{count} views, triggers or procedures are missing, out of date or were changed: {names}.</source>
      <translation>有 {count} 个视图、触发器或存储过程缺失、过时或被改动：{names}。</translation>
    </message>
    <message>
      <source>{count} {records}</source>
      <translation>共 {count} 个{records}</translation>
    </message>
    <message>
      <source>{count} × {why}</source>
      <translation>{count} 条：{why}</translation>
    </message>
    <message>
      <source>{customer} · {owner}</source>
      <translation>{customer} · {owner}</translation>
    </message>
    <message>
      <source>{days} d</source>
      <translation>{days} 天</translation>
    </message>
    <message>
      <source>{day}, all day</source>
      <translation>{day}，全天</translation>
    </message>
    <message>
      <source>{day}, {entries}</source>
      <translation>{day}，{entries}</translation>
    </message>
    <message>
      <source>{day}, {time}</source>
      <translation>{day}，{time}</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} / {total}</translation>
    </message>
    <message>
      <source>{done} of {total} rows</source>
      <translation>{done} / {total} 行</translation>
    </message>
    <message>
      <source>{done}; {count} refused: {why}</source>
      <translation>{done}；{count} 条被拒绝：{why}</translation>
    </message>
    <message>
      <source>{every} on {days}</source>
      <translation>{every}的{days}</translation>
    </message>
    <message numerus="yes">
      <source>{every}, %n time(s)</source>
      <translation>
        <numerusform>{every}，共 %n 次</numerusform>
      </translation>
    </message>
    <message>
      <source>{every}, until {day}</source>
      <translation>{every}，到 {day}</translation>
    </message>
    <message numerus="yes">
      <source>{every}, without %n day(s)</source>
      <translation>
        <numerusform>{every}，除去 %n 天</numerusform>
      </translation>
    </message>
    <message>
      <source>{field}: {before} → {after}</source>
      <translation>{field}：{before} → {after}</translation>
    </message>
    <message>
      <source>{file} cannot be read: another program encrypted it, or what was in it is overwritten. Choose another file, or restore a backup with: crm-desktop database restore</source>
      <translation>无法读取 {file}：它被其他程序加密，或内容已被覆盖。请选择其他文件，或运行 crm-desktop database restore 恢复备份</translation>
    </message>
    <message>
      <source>{file} cannot be written to. Allow writing to it and its folder, or choose another folder.</source>
      <translation>无法写入 {file}。请开放该文件及其文件夹的写入权限，或选择其他文件夹。</translation>
    </message>
    <message>
      <source>{file} could not be opened and stays as it is.</source>
      <translation>{file} 无法打开，保持原样。</translation>
    </message>
    <message>
      <source>{file} could not be opened. Check that its folder exists and that you may write to it.</source>
      <translation>无法打开 {file}。请检查其文件夹是否存在、您是否有写入权限。</translation>
    </message>
    <message>
      <source>{file} could not be read or written. Check the disk it is on, then try again.</source>
      <translation>无法读写 {file}。请检查所在的磁盘后重试。</translation>
    </message>
    <message>
      <source>{file} could not be read.</source>
      <translation>无法读取 {file}。</translation>
    </message>
    <message>
      <source>{file} could not be written. Choose another folder.</source>
      <translation>无法写入 {file}。请选择其他文件夹。</translation>
    </message>
    <message>
      <source>{file} could not be written: {reason}. Check the folder and the space on the disk.</source>
      <translation>无法写入 {file}：{reason}。请检查文件夹和磁盘空间。</translation>
    </message>
    <message>
      <source>{file} does not hold the address of a database. Delete it, or write one address like mysql://user@server:3306/crm into it.</source>
      <translation>{file} 里没有数据库地址。请删除该文件，或在其中写入一个地址，例如 mysql://user@server:3306/crm。</translation>
    </message>
    <message>
      <source>{file} is a folder, not a database file. Choose another name.</source>
      <translation>{file} 是文件夹，不是数据库文件。请换一个名称。</translation>
    </message>
    <message>
      <source>{file} is encrypted, and the keyring of this computer does not hold its key. Type the recovery phrase that was printed when it was encrypted, or put it into the environment variable {variable}.</source>
      <translation>{file} 已加密，而本机的密钥环中没有它的密钥。请输入加密时打印的恢复短语，或将其写入环境变量 {variable}。</translation>
    </message>
    <message>
      <source>{file} is encrypted, and this computer has no keyring that could hold its key. Type the recovery phrase at each start, or put it into the environment variable {variable}.</source>
      <translation>{file} 已加密，而本机没有可用来保存密钥的密钥环。请在每次启动时输入恢复短语，或将其写入环境变量 {variable}。</translation>
    </message>
    <message>
      <source>{file} is just being encrypted or decrypted. Try again in a few minutes.</source>
      <translation>{file} 正在加密或解密。请过几分钟再试。</translation>
    </message>
    <message>
      <source>{file} is no invitation to a database. Ask whoever sent it to save it again.</source>
      <translation>{file} 不是数据库的邀请。请发送的人重新保存。</translation>
    </message>
    <message>
      <source>{file} is not a copy of a database of this program, so nothing was changed. Choose another file.</source>
      <translation>{file} 不是本程序数据库的备份，没有做任何改动。请选择其他文件。</translation>
    </message>
    <message>
      <source>{file} is not a database of this program. Choose another file or folder.</source>
      <translation>{file} 不是本程序的数据库。请选择其他文件或文件夹。</translation>
    </message>
    <message>
      <source>{file} is open in another window or command. Close it, then try again; nothing was changed.</source>
      <translation>{file} 在另一个窗口或命令中打开着。请先关闭再重试；未作任何更改。</translation>
    </message>
    <message>
      <source>{file} is the database itself. Choose a copy of it.</source>
      <translation>{file} 就是数据库本身。请选择它的备份。</translation>
    </message>
    <message>
      <source>{first} to {last}</source>
      <translation>{first} 至 {last}</translation>
    </message>
    <message>
      <source>{held} This is read from a copy of its state now.</source>
      <translation>{held}以下内容读自当前状态的副本。</translation>
    </message>
    <message>
      <source>{hosts} cannot be reached now; the program works with the others.</source>
      <translation>{hosts} 现在无法连接；程序使用其他服务器。</translation>
    </message>
    <message>
      <source>{host} stands in place of a name</source>
      <translation>名称处写的是网址或邮箱 {host}</translation>
    </message>
    <message>
      <source>{keys} already belongs to “{command}”.</source>
      <translation>{keys} 已用于“{command}”。</translation>
    </message>
    <message>
      <source>{kind}: of {sample} looked at, {count} are not found by all their words.</source>
      <translation>{kind}：抽查 {sample} 条，其中 {count} 条不能用自己的全部词语搜到。</translation>
    </message>
    <message>
      <source>{kind}: of {sample} looked at, {count} stand in the wrong place of the list.</source>
      <translation>{kind}：抽查 {sample} 条，其中 {count} 条在列表中的位置不对。</translation>
    </message>
    <message>
      <source>{kind}: search still knows {count} records that are gone.</source>
      <translation>{kind}：搜索中仍有 {count} 条已不存在的记录。</translation>
    </message>
    <message>
      <source>{kind}: the custom fields of {count} records cannot be read.</source>
      <translation>{kind}：{count} 条记录的自定义字段无法读取。</translation>
    </message>
    <message>
      <source>{kind}: the owner of {count} records is no employee.</source>
      <translation>{kind}：{count} 条记录的负责人不是员工。</translation>
    </message>
    <message>
      <source>{kind}: {count} keys of duplicates belong to records that are gone.</source>
      <translation>{kind}：{count} 个查重键属于已不存在的记录。</translation>
    </message>
    <message>
      <source>{kind}: {count} records are in the unknown state “{value}”.</source>
      <translation>{kind}：{count} 条记录处于未知状态“{value}”。</translation>
    </message>
    <message>
      <source>{kind}: {count} records are not found as duplicates.</source>
      <translation>{kind}：{count} 条记录无法被查重找到。</translation>
    </message>
    <message>
      <source>{kind}: {count} records are not found by search.</source>
      <translation>{kind}：{count} 条记录搜索不到。</translation>
    </message>
    <message>
      <source>{kind}: {count} records belong to one in the recycle bin ({parents}).</source>
      <translation>{kind}：{count} 条记录所属的记录在回收站中（{parents}）。</translation>
    </message>
    <message>
      <source>{kind}: {count} records have another owner than their “{leader}”.</source>
      <translation>{kind}：{count} 条记录的负责人与所属“{leader}”的不同。</translation>
    </message>
    <message>
      <source>{kind}: {count} records lie in another department than their owner.</source>
      <translation>{kind}：{count} 条记录的部门与负责人的不同。</translation>
    </message>
    <message>
      <source>{kind}: {count} values of “{field}” are no dates.</source>
      <translation>{kind}：“{field}”有 {count} 个值不是日期。</translation>
    </message>
    <message>
      <source>{kind}: “{field}” names {count} records that do not exist.</source>
      <translation>{kind}：“{field}”指向 {count} 条不存在的记录。</translation>
    </message>
    <message>
      <source>{kind}: “{field}” of {count} records is “{value}”, which is not in the picklist.</source>
      <translation>{kind}：{count} 条记录的“{field}”是“{value}”，不在选项列表中。</translation>
    </message>
    <message>
      <source>{kind}: “{field}” of {count} records names a record that does not exist.</source>
      <translation>{kind}：{count} 条记录的“{field}”指向不存在的记录。</translation>
    </message>
    <message>
      <source>{label}:</source>
      <translation>{label}：</translation>
    </message>
    <message numerus="yes">
      <source>{label}: %n opportunity(ies), {money}</source>
      <translation>
        <numerusform>{label}：%n 个商机，{money}</numerusform>
      </translation>
    </message>
    <message>
      <source>{label}: all is well</source>
      <translation>{label}：一切正常</translation>
    </message>
    <message>
      <source>{label}: {value}</source>
      <translation>{label}：{value}</translation>
    </message>
    <message>
      <source>{ms:.1f} ms</source>
      <translation>{ms:.1f} 毫秒</translation>
    </message>
    <message>
      <source>{names} will be signed out within a minute. What they typed stays on their screen.</source>
      <translation>{names} 将在一分钟内下线，输入的内容会保留在其屏幕上。</translation>
    </message>
    <message>
      <source>{name} (copy)</source>
      <translation>{name}（副本）</translation>
    </message>
    <message>
      <source>{name} cannot take over his own records. Choose somebody else.</source>
      <translation>{name}不能接收自己的记录。请选择其他人。</translation>
    </message>
    <message>
      <source>{name} has ended your work here. What you typed is still there.</source>
      <translation>{name} 已让您下线。您输入的内容仍然保留。</translation>
    </message>
    <message>
      <source>{name} has left the company and cannot be given records. Choose somebody else.</source>
      <translation>{name} 已离职，不能再接收记录。请选择其他人。</translation>
    </message>
    <message>
      <source>{name} has left the company and cannot sign in.</source>
      <translation>{name} 已离职，不能登录。</translation>
    </message>
    <message>
      <source>{name} has nothing to hand over.</source>
      <translation>{name}没有可移交的记录。</translation>
    </message>
    <message>
      <source>{name} is no administrator. Name somebody who may change roles and employees.</source>
      <translation>{name}不是管理员。请指定可以更改角色和员工的人。</translation>
    </message>
    <message>
      <source>{name} is {found}: a power cut may lose what was reported as saved.</source>
      <translation>{name} 为 {found}：断电可能丢失已提示保存的数据。</translation>
    </message>
    <message>
      <source>{name} on {host} holds data. Write the name of a database that is empty or not there yet; letters, digits and _ make a new one.</source>
      <translation>{host} 上的 {name} 中已有数据。请填写一个空的或尚不存在的数据库的名称；新名称可用字母、数字和 _。</translation>
    </message>
    <message>
      <source>{name} still has {count} {records}. Assign them to somebody else first.</source>
      <translation>{name} 名下还有 {count} 条{records}，请先指派给其他人。</translation>
    </message>
    <message>
      <source>{name} still has {count} {records}. Hand them over too, or leave the account open.</source>
      <translation>{name}名下还有 {count} 条{records}。请一并移交，或保留账号。</translation>
    </message>
    <message>
      <source>{name}: first order</source>
      <translation>{name}：首单</translation>
    </message>
    <message>
      <source>{name}: written to {file}</source>
      <translation>{name}：已写入 {file}</translation>
    </message>
    <message>
      <source>{name}: {why}</source>
      <translation>{name}：{why}</translation>
    </message>
    <message>
      <source>{note} It was left out.</source>
      <translation>{note}已略过。</translation>
    </message>
    <message>
      <source>{note} Your company does not keep the same one twice.</source>
      <translation>{note}贵公司不允许重复保存。</translation>
    </message>
    <message>
      <source>{one} added</source>
      <translation>已新建{one}</translation>
    </message>
    <message>
      <source>{one} assigned</source>
      <translation>已指派{one}</translation>
    </message>
    <message>
      <source>{one} changed</source>
      <translation>已修改{one}</translation>
    </message>
    <message>
      <source>{one} merged</source>
      <translation>{one}已合并</translation>
    </message>
    <message>
      <source>{one} moved to the recycle bin</source>
      <translation>已将{one}移入回收站</translation>
    </message>
    <message>
      <source>{one} restored</source>
      <translation>已恢复{one}</translation>
    </message>
    <message>
      <source>{one}: state changed</source>
      <translation>{one}状态已变更</translation>
    </message>
    <message>
      <source>{opportunity} contract</source>
      <translation>{opportunity}合同</translation>
    </message>
    <message>
      <source>{part} of target</source>
      <translation>完成指标 {part}</translation>
    </message>
    <message>
      <source>{period} ({days})</source>
      <translation>{period}（{days}）</translation>
    </message>
    <message>
      <source>{problem} {mend}</source>
      <translation>{problem}{mend}</translation>
    </message>
    <message>
      <source>{problem}. See “{program} --help”.</source>
      <translation>{problem}。请看“{program} --help”。</translation>
    </message>
    <message>
      <source>{records} are not compared.</source>
      <translation>{records}不查重。</translation>
    </message>
    <message>
      <source>{records} are not searched. Print them with: crm-desktop list {key}</source>
      <translation>{records}不在搜索范围内。请用以下命令输出：crm-desktop list {key}</translation>
    </message>
    <message>
      <source>{records} cannot be shared one by one.</source>
      <translation>{records}不能单独共享。</translation>
    </message>
    <message>
      <source>{records}: none that fit, of those you may see.</source>
      <translation>{records}：在您可查看的范围内没有符合条件的记录。</translation>
    </message>
    <message>
      <source>{sheet} (hidden)</source>
      <translation>{sheet}（隐藏）</translation>
    </message>
    <message>
      <source>{sign} {amount} hundred million</source>
      <translation>{sign} {amount} 亿</translation>
    </message>
    <message>
      <source>{sign} {amount} ten thousand</source>
      <translation>{sign} {amount} 万</translation>
    </message>
    <message>
      <source>{speed} rows a second</source>
      <translation>每秒 {speed} 行</translation>
    </message>
    <message numerus="yes">
      <source>{stage}: %n opportunity(ies)</source>
      <translation>
        <numerusform>{stage}：%n 个商机</numerusform>
      </translation>
    </message>
    <message>
      <source>{target} holds other data already. Choose an empty database or folder.</source>
      <translation>{target} 中已有其他数据。请选择空的数据库或文件夹。</translation>
    </message>
    <message>
      <source>{title} as of {moment}</source>
      <translation>{title}（截至 {moment}）</translation>
    </message>
    <message numerus="yes">
      <source>{title}, %n waiting</source>
      <translation>
        <numerusform>{title}，%n 项待处理</numerusform>
      </translation>
    </message>
    <message>
      <source>{user} is locked and logged off.</source>
      <translation>{user} 已锁定并注销。</translation>
    </message>
    <message>
      <source>{user} is logged off.</source>
      <translation>{user} 已注销。</translation>
    </message>
    <message>
      <source>{user} may sign in now.</source>
      <translation>{user} 现在可以登录。</translation>
    </message>
    <message>
      <source>{user} on {computer} has it open since {since}.</source>
      <translation>{user} 已于 {since} 在 {computer} 上打开了数据库。</translation>
    </message>
    <message>
      <source>{value} is out of range: {least} to {most}.</source>
      <translation>{value} 超出范围：{least} 至 {most}。</translation>
    </message>
    <message>
      <source>{who} changed this record meanwhile. Compare the two and decide which to keep.</source>
      <translation>{who} 同时修改了此记录。请对比两个版本，决定保留哪个。</translation>
    </message>
    <message numerus="yes">
      <source>{why} (and %n other reason(s))</source>
      <translation>
        <numerusform>{why}（另有 %n 种原因）</numerusform>
      </translation>
    </message>
    <message>
      <source>{word} means</source>
      <translation>{word} 表示</translation>
    </message>
    <message>
      <source>“crm-desktop COMMAND --help” explains a command.</source>
      <translation>用“crm-desktop 命令 --help”查看命令的说明。</translation>
    </message>
    <message>
      <source>“{condition}” is not a condition. Write it like level=A or next_contact_on&lt;2026-11-30.</source>
      <translation>“{condition}”不是条件。请写成 level=A 或 next_contact_on&lt;2026-11-30 这样。</translation>
    </message>
    <message>
      <source>“{file}” cannot be opened: {problem}.</source>
      <translation>无法打开“{file}”：{problem}。</translation>
    </message>
    <message>
      <source>“{file}” cannot be written: it is open in another program or the folder is read-only. Close it, or choose another name.</source>
      <translation>无法写入“{file}”：文件已在其他程序中打开，或文件夹为只读。请关闭该文件，或换一个名称。</translation>
    </message>
    <message>
      <source>“{file}” could not be written: {problem}.</source>
      <translation>无法写入“{file}”：{problem}。</translation>
    </message>
    <message>
      <source>“{file}” has no sheet “{sheet}”.</source>
      <translation>“{file}”中没有工作表“{sheet}”。</translation>
    </message>
    <message>
      <source>“{file}” holds no contact card, appointment or task that can be read.</source>
      <translation>“{file}”中没有可以读取的联系人名片、日程或任务。</translation>
    </message>
    <message>
      <source>“{file}” holds no list of records. Choose a JSON file with a list of objects, one for each record.</source>
      <translation>“{file}”中没有记录列表。请选择由对象列表组成、每条记录一个对象的 JSON 文件。</translation>
    </message>
    <message>
      <source>“{file}” is a folder. Choose a file in it.</source>
      <translation>“{file}”是文件夹。请选择其中的文件。</translation>
    </message>
    <message>
      <source>“{file}” is damaged and cannot be read. Open it in its own program and save it again.</source>
      <translation>“{file}”已损坏，无法读取。请在原来的程序中打开并重新保存。</translation>
    </message>
    <message>
      <source>“{file}” is empty.</source>
      <translation>“{file}”是空的。</translation>
    </message>
    <message>
      <source>“{file}” is not JSON. Write it like {example}.</source>
      <translation>“{file}”不是 JSON。请写成 {example} 这样。</translation>
    </message>
    <message>
      <source>“{file}” is not a table but {what}. Choose an Excel, OpenDocument, CSV or text file, contact cards (.vcf) or a calendar (.ics).</source>
      <translation>“{file}”不是表格，而是{what}。请选择 Excel、OpenDocument、CSV 或文本文件、联系人名片（.vcf）或日历（.ics）。</translation>
    </message>
    <message>
      <source>“{file}” is not written in {encoding}. Choose another encoding.</source>
      <translation>“{file}”的编码不是 {encoding}。请选择其他编码。</translation>
    </message>
    <message>
      <source>“{file}” is protected by a password. Open it in Excel or WPS, save a copy without password, and import that.</source>
      <translation>“{file}”有密码保护。请用 Excel 或 WPS 打开，另存一份不带密码的文件再导入。</translation>
    </message>
    <message>
      <source>“{file}” is too large to read. Split it into several files and import one after the other.</source>
      <translation>“{file}”太大，无法读取。请拆分成几个文件，再逐个导入。</translation>
    </message>
    <message>
      <source>“{file}” is too large to read. Split it, or save it as .csv and import that.</source>
      <translation>“{file}”太大，无法读取。请拆分，或另存为 .csv 再导入。</translation>
    </message>
    <message>
      <source>“{file}” was changed while it was being read. Close it in the other program and try again.</source>
      <translation>“{file}”在读取过程中被修改。请在其他程序中关闭它后重试。</translation>
    </message>
    <message>
      <source>“{file}” was not found.</source>
      <translation>没有找到“{file}”。</translation>
    </message>
    <message>
      <source>“{file}” was written by a very old Excel. Open it in Excel or WPS and save it as .xlsx.</source>
      <translation>“{file}”由很旧的 Excel 生成。请用 Excel 或 WPS 打开后另存为 .xlsx。</translation>
    </message>
    <message>
      <source>“{host}” is no name of a server. Several stand with commas between, a port behind a colon: db1:3306, db2</source>
      <translation>“{host}”不是服务器名称。多个服务器用逗号隔开，端口写在冒号后：db1:3306, db2</translation>
    </message>
    <message>
      <source>“{label}” is filled in by the program or needs the form.</source>
      <translation>“{label}”由程序填写，或需要在表单中填写。</translation>
    </message>
    <message>
      <source>“{label}” is hidden here. Type the whole number or leave it as it is.</source>
      <translation>“{label}”在这里是隐藏的。请输入完整号码，或保持原样。</translation>
    </message>
    <message>
      <source>“{label}” must be filled in.</source>
      <translation>请填写“{label}”。</translation>
    </message>
    <message numerus="yes">
      <source>“{label}” of %n record(s) becomes “{value}”.</source>
      <translation>
        <numerusform>将把 %n 条记录的“{label}”改为“{value}”。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>“{label}” of %n record(s) will be emptied.</source>
      <translation>
        <numerusform>将清空 %n 条记录的“{label}”。</numerusform>
      </translation>
    </message>
    <message>
      <source>“{lose}” was merged into “{keep}”</source>
      <translation>“{lose}”已并入“{keep}”</translation>
    </message>
    <message numerus="yes">
      <source>“{lose}” was merged into “{keep}”; %n record(s) moved.</source>
      <translation>
        <numerusform>“{lose}”已并入“{keep}”，移动了 %n 条记录。</numerusform>
      </translation>
    </message>
    <message>
      <source>“{move}” is not possible in the state “{state}”.</source>
      <translation>在“{state}”状态下不能“{move}”。</translation>
    </message>
    <message>
      <source>“{name}” cannot be asked with “{operator}”. Possible are: {operators}.</source>
      <translation>“{name}”不能用“{operator}”。可用：{operators}。</translation>
    </message>
    <message>
      <source>“{name}” is no field of this record.</source>
      <translation>“{name}”不是此记录的字段。</translation>
    </message>
    <message>
      <source>“{name}” is no field that can be taken over. The fields are: {names}.</source>
      <translation>“{name}”不是可以取用的字段。字段有：{names}。</translation>
    </message>
    <message>
      <source>“{name}” is scheduled</source>
      <translation>已安排定时导出“{name}”</translation>
    </message>
    <message>
      <source>“{name}” is won</source>
      <translation>“{name}”已赢单</translation>
    </message>
    <message>
      <source>“{name}” moved to the recycle bin</source>
      <translation>已将“{name}”移入回收站</translation>
    </message>
    <message>
      <source>“{name}” moved to “{stage}”</source>
      <translation>“{name}”已移至“{stage}”</translation>
    </message>
    <message>
      <source>“{name}” still has people or departments in it. Move them first.</source>
      <translation>“{name}”下还有人员或部门，请先移走他们。</translation>
    </message>
    <message>
      <source>“{name}” was lost</source>
      <translation>“{name}”已输单</translation>
    </message>
    <message>
      <source>“{name}” was taken out of the calendar</source>
      <translation>已将“{name}”从日历中移除</translation>
    </message>
    <message>
      <source>“{path}” could not be written: {reason} Choose another folder or close the program that has it open.</source>
      <translation>无法写入“{path}”：{reason}。请选择其他文件夹，或关闭正在使用该文件的程序。</translation>
    </message>
    <message>
      <source>“{rule}” is no repetition that can be kept. Write it like FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231.</source>
      <translation>“{rule}”不是可以保留的重复规则。请写成 FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231 的形式。</translation>
    </message>
    <message>
      <source>“{short}” is short for the other name</source>
      <translation>“{short}”是另一名称的简称</translation>
    </message>
    <message>
      <source>“{title}” belongs to “{parent}”, which is in the recycle bin. Restore that first.</source>
      <translation>“{title}”所属的“{parent}”在回收站中，请先恢复它。</translation>
    </message>
    <message>
      <source>“{title}” has been worked with since; it was kept.</source>
      <translation>“{title}”之后又有新的操作，已保留。</translation>
    </message>
    <message>
      <source>“{title}” has {records} that you may not delete. Ask somebody who may, or move them first.</source>
      <translation>“{title}”有您无权删除的{records}。请让有权限的人删除，或先移走这些记录。</translation>
    </message>
    <message>
      <source>“{title}” is done</source>
      <translation>已完成“{title}”</translation>
    </message>
    <message>
      <source>“{title}” is in the recycle bin. Restore it first.</source>
      <translation>“{title}”在回收站中，请先恢复。</translation>
    </message>
    <message>
      <source>“{title}” is not in the recycle bin. Delete it first.</source>
      <translation>“{title}”不在回收站中，请先删除。</translation>
    </message>
    <message>
      <source>“{title}” is not yours to share. Ask {owner}.</source>
      <translation>“{title}”不归您所有，您不能共享它。请联系{owner}。</translation>
    </message>
    <message>
      <source>“{title}” is shared with you for reading only. Ask {owner} or an administrator to let you change it.</source>
      <translation>“{title}”只以只读方式共享给您。如需修改，请联系{owner}或管理员。</translation>
    </message>
    <message>
      <source>“{title}” is shared with you to work on. To {operation} it, ask {owner} or an administrator.</source>
      <translation>“{title}”是共享给您协作的。如需{operation}，请联系{owner}或管理员。</translation>
    </message>
    <message>
      <source>“{title}” is there already: {why}. Open it, or save yours all the same.</source>
      <translation>“{title}”已经有了：{why}。可以打开它，或仍然保存。</translation>
    </message>
    <message>
      <source>“{title}” is there already: {why}. Your company does not keep the same one twice; open that one.</source>
      <translation>“{title}”已经有了：{why}。贵公司不允许重复保存，请打开已有的那条。</translation>
    </message>
    <message>
      <source>“{title}” repeats. Which times are to be changed?</source>
      <translation>“{title}”是重复的日程。要更改哪几次？</translation>
    </message>
    <message>
      <source>“{title}” repeats. Which times are to be deleted?</source>
      <translation>“{title}”是重复的日程。要删除哪几次？</translation>
    </message>
    <message>
      <source>“{title}” stays as it is: another one has “{value}” by now.</source>
      <translation>“{title}”保持不变：“{value}”现在已属于另一条记录。</translation>
    </message>
    <message>
      <source>“{title}” was changed again since; the newer values were kept.</source>
      <translation>“{title}”之后又有改动，已保留较新的值。</translation>
    </message>
    <message>
      <source>“{value}” can be read as day/month or as month/day. Choose the order of dates for the column “{column}”.</source>
      <translation>“{value}”可以读作“日/月”，也可以读作“月/日”。请为“{column}”列选择日期顺序。</translation>
    </message>
    <message>
      <source>“{value}” is a number the spreadsheet has shortened; its digits are lost. Format the column as text and enter it again.</source>
      <translation>“{value}”是被表格软件缩短的数字，部分位数已丢失。请将该列设为文本格式后重新输入。</translation>
    </message>
    <message>
      <source>“{value}” is neither yes nor no.</source>
      <translation>“{value}”既不是“是”也不是“否”。</translation>
    </message>
    <message>
      <source>“{value}” is not a choice for this report.</source>
      <translation>“{value}”不是此报表的选项。</translation>
    </message>
    <message>
      <source>“{value}” is not a date. Write it like 2026-11-30, 11-30, tomorrow or Friday.</source>
      <translation>“{value}”不是日期。请写成 2026-11-30、11-30、明天或周五这样。</translation>
    </message>
    <message>
      <source>“{value}” is not a date. Write it like 2026-11-30.</source>
      <translation>“{value}”不是日期。请写成 2026-11-30 这样。</translation>
    </message>
    <message>
      <source>“{value}” is not a number from 0 up</source>
      <translation>“{value}”不是 0 以上的数字</translation>
    </message>
    <message>
      <source>“{value}” is not a number.</source>
      <translation>“{value}”不是数字。</translation>
    </message>
    <message>
      <source>“{value}” is not a period. Write it like 2026-01-01/2026-03-31.</source>
      <translation>“{value}”不是期间。请写成 2026-01-01/2026-03-31 这样。</translation>
    </message>
    <message>
      <source>“{value}” is not a state of this record.</source>
      <translation>“{value}”不是此记录的状态。</translation>
    </message>
    <message>
      <source>“{value}” is not a time of day. Write it like 09:30.</source>
      <translation>“{value}”不是时间。请写成 09:30 这样。</translation>
    </message>
    <message>
      <source>“{value}” is not a time. Write it like 2026-11-30 15:30.</source>
      <translation>“{value}”不是时间。请写成 2026-11-30 15:30 这样。</translation>
    </message>
    <message>
      <source>“{value}” is not a whole number.</source>
      <translation>“{value}”不是整数。</translation>
    </message>
    <message>
      <source>“{value}” is not an amount. Write it like 12,500.00.</source>
      <translation>“{value}”不是金额。请写成 12,500.00 这样。</translation>
    </message>
    <message>
      <source>“{value}” is not an e-mail address. Write it like name@company.com.</source>
      <translation>“{value}”不是邮箱地址。请写成 name@company.com 这样。</translation>
    </message>
    <message>
      <source>“{value}” is not in the list. Choose a listed value or add it to the list first.</source>
      <translation>“{value}”不在列表中。请选择列表中的值，或先把它加入列表。</translation>
    </message>
    <message>
      <source>“{value}” is not the number of a batch, as the import printed it</source>
      <translation>“{value}”不是导入时显示的批次号</translation>
    </message>
    <message>
      <source>“{value}” was not found, or more than one has this name.</source>
      <translation>没有找到“{value}”，或有多个同名。</translation>
    </message>
    <message>
      <source>“{value}” was not found, or more than one has this name. Import it first, write its number, or empty the cell.</source>
      <translation>没有找到“{value}”，或有多个同名。请先导入它、改写编号，或清空该单元格。</translation>
    </message>
    <message numerus="yes">
      <source>… and %n more; --errors FILE writes all of them</source>
      <translation>
        <numerusform>… 还有 %n 行；用 --errors FILE 可全部写出</numerusform>
      </translation>
    </message>
  </context>
</TS>
