<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
  <context>
    <name />
    <message>
      <source> and </source>
      <translation> 和 </translation>
    </message>
    <message>
      <source>%1 file</source>
      <translation>%1 檔案</translation>
    </message>
    <message numerus="yes">
      <source>%n act(s)</source>
      <translation>
        <numerusform>%n 個操作</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their envelopes stay blank.</source>
      <translation>
        <numerusform>%n 個地址為空，對應的信封留白。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their labels stay blank.</source>
      <translation>
        <numerusform>%n 個地址為空，對應的標籤留白。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) have no postcode of six digits; their boxes stay empty.</source>
      <translation>
        <numerusform>%n 個地址沒有六位郵遞區號，郵遞區號框留空。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n 個儲存格</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) hold an error such as #DIV/0!</source>
      <translation>
        <numerusform>%n 個儲存格含有錯誤值，例如 #DIV/0!</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) were too long for the paper; their end was cut off.</source>
      <translation>
        <numerusform>%n 個儲存格的內容超出紙張，末尾已截斷。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) have not reached the server.</source>
      <translation>
        <numerusform>有 %n 處修改還沒有送達伺服器。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) wait and are sent when it is back.</source>
      <translation>
        <numerusform>有 %n 處修改在等待，恢復後自動送出。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n copy(ies) in the folder backups went along.</source>
      <translation>
        <numerusform>backups 資料夾中的 %n 個副本也一併處理了。</numerusform>
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
        <numerusform>%n 天未動</numerusform>
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
        <numerusform>%n 筆已刪除的記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries</source>
      <translation>
        <numerusform>%n 項</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n further word(s), such as {word}</source>
      <translation>
        <numerusform>其餘 %n 個詞語，例如 {word}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n group(s)</source>
      <translation>
        <numerusform>%n 組</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n missed reminder(s)</source>
      <translation>
        <numerusform>錯過了 %n 則提醒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>還有 %n 項</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more field(s) have the same value in both.</source>
      <translation>
        <numerusform>另有 %n 個欄位兩邊相同。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more reminder(s)</source>
      <translation>
        <numerusform>還有 %n 則提醒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s) before you print</source>
      <translation>
        <numerusform>列印前請留意 %n 則提示</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of them cannot be kept and would be lost.</source>
      <translation>
        <numerusform>其中 %n 處無法保留，關閉後會遺失。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n opportunity(ies)</source>
      <translation>
        <numerusform>%n 個商機</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n picture(s)</source>
      <translation>
        <numerusform>%n 張圖片</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s) found. Make a backup before anything else, and ask whoever looks after the program.</source>
      <translation>
        <numerusform>發現 %n 個問題。請先做備份，再聯絡負責維護本程式的人員。</numerusform>
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
        <numerusform>%n 筆記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) added since the merge stay where they are</source>
      <translation>
        <numerusform>合併後新增的 %n 筆記錄留在原處</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) and what belongs to them will be gone for good. Nothing brings them back.</source>
      <translation>
        <numerusform>%n 筆記錄及其下屬內容將被徹底刪除，無法還原。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) are refused:</source>
      <translation>
        <numerusform>%n 筆被拒絕：</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) assigned</source>
      <translation>
        <numerusform>已指派 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) changed</source>
      <translation>
        <numerusform>已修改 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) deleted for good</source>
      <translation>
        <numerusform>已徹底刪除 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) go into the recycle bin, and with them:</source>
      <translation>
        <numerusform>%n 筆記錄將進入資源回收筒，一同進入的還有：</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) go into the recycle bin.</source>
      <translation>
        <numerusform>%n 筆記錄將進入資源回收筒。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have this value already.</source>
      <translation>
        <numerusform>%n 筆記錄已經是這個值。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) kept</source>
      <translation>
        <numerusform>保留 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) moved to the recycle bin</source>
      <translation>
        <numerusform>已將 %n 筆記錄移至資源回收筒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) restored</source>
      <translation>
        <numerusform>已還原 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) shared with {name}</source>
      <translation>
        <numerusform>已將 %n 筆記錄共享給{name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) tagged</source>
      <translation>
        <numerusform>已為 %n 筆記錄加上標籤</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) taken back</source>
      <translation>
        <numerusform>已撤回 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) were changed again since and kept.</source>
      <translation>
        <numerusform>%n 筆記錄之後又有變更，已保留。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) were merged into “{title}”</source>
      <translation>
        <numerusform>%n 筆記錄已合併到「{title}」</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to {file}</source>
      <translation>
        <numerusform>已將 %n 筆記錄寫入 {file}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n refused row(s) written to {file}. Correct them there and import that file.</source>
      <translation>
        <numerusform>已將 %n 列未匯入的資料寫入 {file}。請在該檔案中更正後再匯入。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n reminder(s)</source>
      <translation>
        <numerusform>%n 則提醒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) left out as titles, sub-headings or totals</source>
      <translation>
        <numerusform>%n 列為標題、小標題或合計，已略過</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) of data</source>
      <translation>
        <numerusform>%n 列資料</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) written to {file}</source>
      <translation>
        <numerusform>已將 %n 列寫入 {file}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) go into the recycle bin.</source>
      <translation>
        <numerusform>%n 筆範例資料將移入資源回收筒。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) removed.</source>
      <translation>
        <numerusform>已移除 %n 筆範例資料。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) stay, because you work with them:</source>
      <translation>
        <numerusform>以下 %n 筆範例資料因正在使用而保留：</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) left</source>
      <translation>
        <numerusform>還需 %n 秒</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n selected</source>
      <translation>
        <numerusform>已選 %n 項</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n share(s) ended</source>
      <translation>
        <numerusform>已結束 %n 筆共享</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n window(s) open</source>
      <translation>
        <numerusform>%n 個視窗已開啟</numerusform>
      </translation>
    </message>
    <message>
      <source>(nobody)</source>
      <translation>（無人負責）</translation>
    </message>
    <message>
      <source>(none)</source>
      <translation>（無）</translation>
    </message>
    <message>
      <source>--database names the server with an account that may do everything there, such as root.</source>
      <translation>--database 指定伺服器，並使用在伺服器上擁有全部權限的帳號，例如 root。</translation>
    </message>
    <message>
      <source>--keep is a number of days, 1 or more.</source>
      <translation>--keep 是天數，至少為 1。</translation>
    </message>
    <message>
      <source>--to and --keep are for a team's database on a server; the copies of a file lie beside it.</source>
      <translation>--to 和 --keep 用於伺服器上的團隊資料庫；檔案的備份就在檔案旁邊。</translation>
    </message>
    <message>
      <source>0 to 100</source>
      <translation>0 到 100</translation>
    </message>
    <message>
      <source>1 of 3: Which file?</source>
      <translation>第 1 步，共 3 步：選擇檔案</translation>
    </message>
    <message>
      <source>1. Both lines should be as long as written. Enter what you measured as their lengths.</source>
      <translation>1. 兩條線的長度應與標示一致。請填入實際量得的長度。</translation>
    </message>
    <message>
      <source>12 months</source>
      <translation>12 個月</translation>
    </message>
    <message>
      <source>2 of 3: Which column goes where?</source>
      <translation>第 2 步，共 3 步：對應各欄</translation>
    </message>
    <message>
      <source>2. The corner where they meet should be 20 mm from the left and the upper edge of the paper.</source>
      <translation>2. 兩線相交的角應距紙張左邊和上邊各 20 公釐。</translation>
    </message>
    <message>
      <source>3 months</source>
      <translation>3 個月</translation>
    </message>
    <message>
      <source>3 of 3: What will happen</source>
      <translation>第 3 步，共 3 步：確認結果</translation>
    </message>
    <message>
      <source>6 months</source>
      <translation>6 個月</translation>
    </message>
    <message>
      <source>A copy comes into an empty database of a server, proven table by table. Nothing that is there now is changed.</source>
      <translation>備份將還原到伺服器上的一個空資料庫中，並逐表核對。現有的資料都不會改動。</translation>
    </message>
    <message>
      <source>A copy every night</source>
      <translation>每晚備份</translation>
    </message>
    <message>
      <source>A copy of a team's database</source>
      <translation>團隊資料庫的備份</translation>
    </message>
    <message>
      <source>A copy of {copied}, to read: {user} on {computer} has the database open since {since}. Nothing can be saved in it.</source>
      <translation>{copied} 時的副本，只供閱讀：{user} 已於 {since} 在 {computer} 上開啟了資料庫。副本中不能儲存任何內容。</translation>
    </message>
    <message>
      <source>A copy was made, and every table proven:</source>
      <translation>已備份，並已逐表核對：</translation>
    </message>
    <message>
      <source>A copy was made, and every table proven: {file}</source>
      <translation>已備份，並已逐表核對：{file}</translation>
    </message>
    <message>
      <source>A copy was made, opened and counted:</source>
      <translation>已備份，並已開啟核對：</translation>
    </message>
    <message>
      <source>A copy was made, opened and counted: {file}</source>
      <translation>已備份，並已開啟核對：{file}</translation>
    </message>
    <message>
      <source>A delimiter is a single sign, such as ; or |, or the word “tab”.</source>
      <translation>分隔符號是單一符號，例如 ; 或 |，或單字「tab」。</translation>
    </message>
    <message>
      <source>A department cannot be part of itself.</source>
      <translation>部門不能隸屬於自己。</translation>
    </message>
    <message>
      <source>A file in a network folder: one program writes at a time, the others get a copy to read. Only the program enforces the rights. More than two or three people need a shared server.</source>
      <translation>網路資料夾中的檔案：同一時間只有一個程式寫入，其他人得到唯讀副本。權限只由程式保證。超過兩三個人時應使用共用伺服器。</translation>
    </message>
    <message>
      <source>A file of this computer: one person works with it. Only the program enforces the rights.</source>
      <translation>本機上的檔案：供一個人使用。權限只由程式保證。</translation>
    </message>
    <message>
      <source>A follow-up counts for the person who wrote it down, whoever owns the customer now.</source>
      <translation>跟進記錄計入填寫人名下，與客戶現在歸誰負責無關。</translation>
    </message>
    <message>
      <source>A form made with Qt Designer and put into {folder} takes the place of the shipped one of the same name.</source>
      <translation>用 Qt Designer 製作的表單放入 {folder} 後，將代替程式內建的同名表單。</translation>
    </message>
    <message>
      <source>A key for the copies</source>
      <translation>備份的金鑰</translation>
    </message>
    <message>
      <source>A line of 100 mm cannot have become {length} mm. Measure it again.</source>
      <translation>100 公釐的線不會變成 {length} 公釐，請重新測量。</translation>
    </message>
    <message>
      <source>A name is enough; the rest can come later.</source>
      <translation>填個名稱就行，其他以後再補。</translation>
    </message>
    <message>
      <source>A new company, with nothing in it</source>
      <translation>新公司，裡面沒有資料</translation>
    </message>
    <message>
      <source>A new key for the database</source>
      <translation>資料庫的新金鑰</translation>
    </message>
    <message>
      <source>A new row that is similar to a record</source>
      <translation>與已有記錄相似的新列</translation>
    </message>
    <message>
      <source>A new row that is the same as a record</source>
      <translation>與已有記錄相同的新列</translation>
    </message>
    <message>
      <source>A password needs at least {least} characters.</source>
      <translation>密碼至少需要 {least} 個字元。</translation>
    </message>
    <message>
      <source>A port is a number from 1 to 65535; it is 3306 unless somebody changed it.</source>
      <translation>連接埠是 1 到 65535 之間的數字；沒有人改過的話是 3306。</translation>
    </message>
    <message>
      <source>A quotation mark in line {line} of “{file}” is never closed. Close or delete it and try again.</source>
      <translation>「{file}」第 {line} 行的引號沒有成對。請補上或刪除後再試一次。</translation>
    </message>
    <message>
      <source>A record cannot be merged with itself.</source>
      <translation>記錄不能與自己合併。</translation>
    </message>
    <message>
      <source>A recovery phrase has {groups} groups of {signs} signs; this one has {count} signs in all. Type all of it.</source>
      <translation>復原短語有 {groups} 組，每組 {signs} 個字元；這裡總共只有 {count} 個字元。請完整輸入。</translation>
    </message>
    <message>
      <source>A row is a known record when it has the same</source>
      <translation>以下內容相同即視為已有記錄</translation>
    </message>
    <message>
      <source>A safe connection to {host} was not possible. Check the certificate and the server's name.</source>
      <translation>無法與 {host} 建立安全連線。請檢查憑證和伺服器名稱。</translation>
    </message>
    <message>
      <source>A sales team in Suzhou with customers in China and abroad. Its notes and tasks are in Chinese; all of it can be removed.</source>
      <translation>蘇州一家公司的銷售團隊，客戶遍及國內外。跟進記錄和任務均為簡體中文；以後可以全部移除。</translation>
    </message>
    <message>
      <source>A sheet can have at most {most} labels.</source>
      <translation>一張標籤紙最多 {most} 個標籤。</translation>
    </message>
    <message>
      <source>A sheet needs at least one row and column, and sizes above 0 mm.</source>
      <translation>標籤紙至少要有一列一欄，尺寸須大於 0 公釐。</translation>
    </message>
    <message>
      <source>A similar {one} belongs to {owner} ({why}).</source>
      <translation>{owner}名下有相似的{one}（{why}）。</translation>
    </message>
    <message>
      <source>A target is an amount from 0 upwards.</source>
      <translation>銷售指標是不小於 0 的金額。</translation>
    </message>
    <message>
      <source>A template is a workbook: the name of the file must end in .xlsx.</source>
      <translation>範本是 Excel 活頁簿：檔名必須以 .xlsx 結尾。</translation>
    </message>
    <message numerus="yes">
      <source>A template with %n column(s) was written to {file}. Fill it in and import it.</source>
      <translation>
        <numerusform>已將含 %n 欄的範本寫入 {file}。填好後匯入即可。</numerusform>
      </translation>
    </message>
    <message>
      <source>A value is missing in the condition. To find empty fields, write: field empty</source>
      <translation>條件缺少值。要尋找為空的欄位，請寫成：欄位名稱 empty</translation>
    </message>
    <message>
      <source>About</source>
      <translation>相關記錄</translation>
    </message>
    <message>
      <source>Access</source>
      <translation>權限</translation>
    </message>
    <message>
      <source>Accounts</source>
      <translation>帳號</translation>
    </message>
    <message>
      <source>Accounts for each user are there once the database was made with: crm-desktop database create</source>
      <translation>要讓每人有自己的帳號，請先執行：crm-desktop database create</translation>
    </message>
    <message>
      <source>Accounts for each user need MariaDB 10.6 or later and a user name that may make them, such as root. Connect with that one, or let whoever looks after the server run: crm-desktop database create --database {address} --administrator NAME</source>
      <translation>每人一個帳號需要 MariaDB 10.6 或更高版本，以及有權建立帳號的使用者名稱，例如 root。請用該使用者名稱連線，或請伺服器管理員執行：crm-desktop database create --database {address} --administrator 使用者名稱</translation>
    </message>
    <message>
      <source>Accounts for each user need MariaDB 10.6 or later; {host} has {version}.</source>
      <translation>每人一個帳號需要 MariaDB 10.6 或更新版本；{host} 的版本是 {version}。</translation>
    </message>
    <message>
      <source>Accounts of the guard locked</source>
      <translation>守護帳號已鎖定</translation>
    </message>
    <message>
      <source>Across</source>
      <translation>橫向</translation>
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
      <translation>日誌中的操作</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>新增</translation>
    </message>
    <message>
      <source>Add ?ssl_ca=FILE with the certificate of the server's issuer to the address.</source>
      <translation>請在位址後加上 ?ssl_ca=檔案，指定簽發伺服器憑證的機構的憑證。</translation>
    </message>
    <message>
      <source>Add a condition</source>
      <translation>新增條件</translation>
    </message>
    <message>
      <source>Add a field</source>
      <translation>新增欄位</translation>
    </message>
    <message>
      <source>Add a tag</source>
      <translation>新增標籤</translation>
    </message>
    <message>
      <source>Add it to the list</source>
      <translation>新增到清單</translation>
    </message>
    <message>
      <source>Add new records and update known ones</source>
      <translation>新增記錄並更新已有記錄</translation>
    </message>
    <message>
      <source>Add the first one, or import a workbook.</source>
      <translation>先新增一筆，或匯入表格。</translation>
    </message>
    <message>
      <source>Add the first one: a customer, an amount and the next step are enough.</source>
      <translation>先新增一個：有客戶、金額和下一步就夠了。</translation>
    </message>
    <message>
      <source>Add your first customer</source>
      <translation>新增第一個客戶</translation>
    </message>
    <message>
      <source>Added</source>
      <translation>已新增</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Address labels</source>
      <translation>地址標籤</translation>
    </message>
    <message>
      <source>Address → province, city, district, street</source>
      <translation>地址 → 省份、城市、區縣、街道</translation>
    </message>
    <message>
      <source>Administrator</source>
      <translation>管理員</translation>
    </message>
    <message>
      <source>Administrators must be able to change roles and employees.</source>
      <translation>管理員必須能夠變更角色和員工。</translation>
    </message>
    <message>
      <source>Administrators remove the sample data.</source>
      <translation>範例資料由管理員移除。</translation>
    </message>
    <message>
      <source>After a Chinese name</source>
      <translation>中文姓名之後</translation>
    </message>
    <message>
      <source>After that</source>
      <translation>之後</translation>
    </message>
    <message>
      <source>After {tries} wrong passwords nobody is let in here until {time}.</source>
      <translation>密碼連續輸錯 {tries} 次，{time} 之前無法在此解鎖。</translation>
    </message>
    <message>
      <source>After {tries} wrong passwords this account is locked until {time}. An administrator can unlock it.</source>
      <translation>密碼連續輸錯 {tries} 次，帳戶已鎖定至 {time}。管理員可以解鎖。</translation>
    </message>
    <message>
      <source>Against the target stand the contracts signed in the month and the weighted amount together.</source>
      <translation>與銷售指標對比的是當月已簽合約與加權金額之和。</translation>
    </message>
    <message>
      <source>Alignment</source>
      <translation>對齊</translation>
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
      <translation>看板上篩選出的全部商機</translation>
    </message>
    <message>
      <source>All day</source>
      <translation>全天</translation>
    </message>
    <message>
      <source>All departments</source>
      <translation>所有部門</translation>
    </message>
    <message>
      <source>All fields</source>
      <translation>所有欄位</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>所有檔案</translation>
    </message>
    <message>
      <source>All is well.</source>
      <translation>一切正常。</translation>
    </message>
    <message>
      <source>All tabs</source>
      <translation>所有分頁</translation>
    </message>
    <message>
      <source>All tasks</source>
      <translation>全部任務</translation>
    </message>
    <message>
      <source>All time</source>
      <translation>全部時間</translation>
    </message>
    <message>
      <source>All times</source>
      <translation>全部各次</translation>
    </message>
    <message>
      <source>Along with them: {records}</source>
      <translation>隨同移交：{records}</translation>
    </message>
    <message>
      <source>Also an opportunity</source>
      <translation>同時新增商機</translation>
    </message>
    <message>
      <source>Also what is won, lost, finished or past.</source>
      <translation>也包括贏單、輸單、已完成和已過去的記錄。</translation>
    </message>
    <message>
      <source>Alt+↑ and Alt+↓ move a column.</source>
      <translation>Alt+↑、Alt+↓ 可移動欄。</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金額</translation>
    </message>
    <message>
      <source>Amount and weighted amount of the open opportunities, by the month they are expected to close, beside the target.</source>
      <translation>進行中商機的金額與加權金額，依預計成交月份列出，並與銷售指標對照。</translation>
    </message>
    <message>
      <source>An account for each user: the server itself enforces the rights</source>
      <translation>每人一個帳號：由伺服器本身保證權限</translation>
    </message>
    <message>
      <source>An administrator of the team tells you what to write here, or sends you an invitation. The test looks at each step of the way and says what to do where it does not go on.</source>
      <translation>團隊的管理員會告訴您這裡填什麼，或給您傳送邀請。測試會逐步檢查，並在行不通的地方說明該怎麼辦。</translation>
    </message>
    <message>
      <source>An administrator that the copy knows signs in with this user name and password.</source>
      <translation>備份中的一位管理員將用此使用者名稱和密碼登入。</translation>
    </message>
    <message>
      <source>An empty cell</source>
      <translation>空儲存格</translation>
    </message>
    <message>
      <source>An empty database</source>
      <translation>空資料庫</translation>
    </message>
    <message>
      <source>An empty database for the copy</source>
      <translation>用於還原備份的空資料庫</translation>
    </message>
    <message>
      <source>An empty workbook with the headings of all fields, hints and lists to choose from</source>
      <translation>空白活頁簿，含所有欄位的標題、提示和可選清單</translation>
    </message>
    <message>
      <source>An opportunity cannot go back from “{stage}”.</source>
      <translation>商機不能從「{stage}」退回。</translation>
    </message>
    <message>
      <source>Another computer is just bringing the database up to date. Try again in a few minutes.</source>
      <translation>另一台電腦正在升級資料庫，請幾分鐘後再試。</translation>
    </message>
    <message>
      <source>Another file…</source>
      <translation>其他檔案…</translation>
    </message>
    <message>
      <source>Another folder…</source>
      <translation>另選資料夾…</translation>
    </message>
    <message>
      <source>Another record has this number already, maybe one you do not see. Choose another number.</source>
      <translation>已有其他記錄使用此編號，可能是您看不到的。請換一個編號。</translation>
    </message>
    <message>
      <source>Another time…</source>
      <translation>自訂時間…</translation>
    </message>
    <message>
      <source>Answers within</source>
      <translation>回應時間</translation>
    </message>
    <message>
      <source>Anybody may sign in without a name (''@'{host}').</source>
      <translation>任何人都可以不用使用者名稱登入（''@'{host}'）。</translation>
    </message>
    <message>
      <source>Area</source>
      <translation>範圍</translation>
    </message>
    <message>
      <source>Arrange cards</source>
      <translation>調整卡片</translation>
    </message>
    <message>
      <source>As an account of the server the user name needs 2 to 32 small letters or digits; a letter comes first.</source>
      <translation>使用者名稱要作為伺服器帳號，須為 2 到 32 個小寫字母或數字，並以字母開頭。</translation>
    </message>
    <message>
      <source>As on the first day</source>
      <translation>還原成預設</translation>
    </message>
    <message>
      <source>As the role</source>
      <translation>與角色相同</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟隨系統</translation>
    </message>
    <message>
      <source>As {name} sees it on {moment}</source>
      <translation>依 {name} 的權限統計，時間 {moment}</translation>
    </message>
    <message>
      <source>Ask {names}.</source>
      <translation>請聯絡{names}。</translation>
    </message>
    <message>
      <source>Asked to end: {names}</source>
      <translation>已要求下線：{names}</translation>
    </message>
    <message>
      <source>Assign</source>
      <translation>指派</translation>
    </message>
    <message numerus="yes">
      <source>Assign %n record(s)</source>
      <translation>
        <numerusform>指派 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message>
      <source>Assigned</source>
      <translation>已指派</translation>
    </message>
    <message numerus="yes">
      <source>Assigned to you by {name}: %n record(s)</source>
      <translation>
        <numerusform>{name} 指派給您 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message>
      <source>Assigned to you by {name}: {title}</source>
      <translation>{name} 指派給您：{title}</translation>
    </message>
    <message>
      <source>Assignment</source>
      <translation>指派</translation>
    </message>
    <message>
      <source>At</source>
      <translation>時間</translation>
    </message>
    <message>
      <source>At least one column stays.</source>
      <translation>至少保留一欄。</translation>
    </message>
    <message>
      <source>At the end of this day</source>
      <translation>截至這一天結束時</translation>
    </message>
    <message>
      <source>Attendees</source>
      <translation>參與人</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>上一步</translation>
    </message>
    <message>
      <source>Back at work</source>
      <translation>恢復在職</translation>
    </message>
    <message>
      <source>Back to draft</source>
      <translation>退回草稿</translation>
    </message>
    <message>
      <source>Back to the file of this computer</source>
      <translation>改回使用本機的檔案</translation>
    </message>
    <message>
      <source>Back to the file of this computer…</source>
      <translation>改回使用本機的檔案…</translation>
    </message>
    <message>
      <source>Back to the record before</source>
      <translation>返回上一筆記錄</translation>
    </message>
    <message>
      <source>Back to the shipped one</source>
      <translation>還原成預設快速鍵</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>立即備份</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>背景資料</translation>
    </message>
    <message>
      <source>Basics</source>
      <translation>基本資料</translation>
    </message>
    <message>
      <source>Below it: {amount}</source>
      <translation>下級合計：{amount}</translation>
    </message>
    <message>
      <source>Best every night; people may go on working. It needs an account that may change the settings of the server, such as root. Of a cluster, run it on each node.</source>
      <translation>最好每晚執行一次；大家可以照常工作。需要能變更伺服器設定的帳號，例如 root。如果是叢集，請在每個節點上執行。</translation>
    </message>
    <message>
      <source>Between 1 and {most} copies of a label can be printed.</source>
      <translation>每個標籤可列印 1 到 {most} 份。</translation>
    </message>
    <message>
      <source>Birthday</source>
      <translation>生日</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>藍色</translation>
    </message>
    <message>
      <source>Board</source>
      <translation>看板</translation>
    </message>
    <message>
      <source>Board or list</source>
      <translation>看板或清單</translation>
    </message>
    <message>
      <source>Both</source>
      <translation>兩者都要</translation>
    </message>
    <message>
      <source>Boxes from the top</source>
      <translation>郵遞區號框距上邊</translation>
    </message>
    <message>
      <source>Brand, number or size</source>
      <translation>品牌、型號或尺寸</translation>
    </message>
    <message>
      <source>By month</source>
      <translation>按月填寫</translation>
    </message>
    <message>
      <source>By the script of the address</source>
      <translation>根據地址的文字</translation>
    </message>
    <message>
      <source>CRM Desktop</source>
      <translation>銷售台</translation>
    </message>
    <message>
      <source>CRM Desktop: customers, opportunities, contracts and calendar of a sales team.</source>
      <translation>銷售台：銷售團隊的客戶、商機、合約和行事曆。</translation>
    </message>
    <message>
      <source>Calendar</source>
      <translation>行事曆</translation>
    </message>
    <message>
      <source>Calendar (.ics)</source>
      <translation>行事曆（.ics）</translation>
    </message>
    <message>
      <source>Calendar ID</source>
      <translation>行事曆編號</translation>
    </message>
    <message>
      <source>Calendar: {view}</source>
      <translation>行事曆：{view}</translation>
    </message>
    <message>
      <source>Calibrate the printer</source>
      <translation>校正印表機</translation>
    </message>
    <message>
      <source>Calibrate…</source>
      <translation>校正…</translation>
    </message>
    <message>
      <source>Calibration page</source>
      <translation>校正頁</translation>
    </message>
    <message>
      <source>Call</source>
      <translation>電話</translation>
    </message>
    <message>
      <source>Came this far</source>
      <translation>曾到達</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Cancel task</source>
      <translation>取消任務</translation>
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
      <translation>名片和行事曆檔案包含所有欄位。</translation>
    </message>
    <message>
      <source>Categories</source>
      <translation>類別</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>類別</translation>
    </message>
    <message>
      <source>Cause</source>
      <translation>提醒原因</translation>
    </message>
    <message>
      <source>Centred</source>
      <translation>置中</translation>
    </message>
    <message>
      <source>Certificate of the handover…</source>
      <translation>離職交接單…</translation>
    </message>
    <message>
      <source>Certificate of the issuer</source>
      <translation>簽發機構的憑證</translation>
    </message>
    <message>
      <source>Certificate to sign…</source>
      <translation>簽字用交接單…</translation>
    </message>
    <message>
      <source>Certificates</source>
      <translation>憑證</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>修改</translation>
    </message>
    <message numerus="yes">
      <source>Change %n record(s)</source>
      <translation>
        <numerusform>修改 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message>
      <source>Change a field</source>
      <translation>修改欄位</translation>
    </message>
    <message>
      <source>Change of many</source>
      <translation>批次修改</translation>
    </message>
    <message>
      <source>Change of password</source>
      <translation>變更密碼</translation>
    </message>
    <message>
      <source>Change of state</source>
      <translation>狀態變更</translation>
    </message>
    <message>
      <source>Change places</source>
      <translation>互換</translation>
    </message>
    <message>
      <source>Change the filter, or add what is missing.</source>
      <translation>換個條件試試，或新增所缺的記錄。</translation>
    </message>
    <message>
      <source>Change the person at this desk…</source>
      <translation>更換使用人…</translation>
    </message>
    <message>
      <source>Change your password…</source>
      <translation>變更密碼…</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>已修改</translation>
    </message>
    <message>
      <source>Changed at</source>
      <translation>修改時間</translation>
    </message>
    <message>
      <source>Changed by</source>
      <translation>修改人</translation>
    </message>
    <message>
      <source>Changed by two people</source>
      <translation>兩人同時修改</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>變更</translation>
    </message>
    <message>
      <source>Changes: {fields}</source>
      <translation>變更：{fields}</translation>
    </message>
    <message>
      <source>Chart</source>
      <translation>圖表</translation>
    </message>
    <message>
      <source>Check the rows</source>
      <translation>檢查資料</translation>
    </message>
    <message>
      <source>Chinese comma ，</source>
      <translation>中文逗號 ，</translation>
    </message>
    <message>
      <source>Chinese, with postcode boxes</source>
      <translation>中式（帶郵遞區號框）</translation>
    </message>
    <message>
      <source>Choose a day</source>
      <translation>選擇日期</translation>
    </message>
    <message>
      <source>Choose a file first.</source>
      <translation>請先選擇檔案。</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>選擇檔案…</translation>
    </message>
    <message>
      <source>Choose a group first.</source>
      <translation>請先選一組。</translation>
    </message>
    <message>
      <source>Choose a longer period or other people.</source>
      <translation>請選擇更長的期間或其他人員。</translation>
    </message>
    <message>
      <source>Choose a password for {user}.</source>
      <translation>請為 {user} 設定密碼。</translation>
    </message>
    <message>
      <source>Choose a password for {user}: set {variable}, or run the command on a terminal.</source>
      <translation>請為 {user} 設定密碼：設定環境變數 {variable}，或在終端機中執行此命令。</translation>
    </message>
    <message>
      <source>Choose a password.</source>
      <translation>請設定密碼。</translation>
    </message>
    <message>
      <source>Choose a picture…</source>
      <translation>選擇圖片…</translation>
    </message>
    <message>
      <source>Choose a record type.</source>
      <translation>請選擇記錄類型。</translation>
    </message>
    <message>
      <source>Choose a stage.</source>
      <translation>請選擇階段。</translation>
    </message>
    <message>
      <source>Choose a time that is still to come.</source>
      <translation>請選擇一個未到的時間。</translation>
    </message>
    <message>
      <source>Choose an import in the list first.</source>
      <translation>請先在清單中選擇一次匯入。</translation>
    </message>
    <message>
      <source>Choose one of the offered fronts and feed directions.</source>
      <translation>請選擇列出的版式和進紙方向。</translation>
    </message>
    <message>
      <source>Choose the customer or the lead this is about.</source>
      <translation>請選擇所跟進的客戶或線索。</translation>
    </message>
    <message>
      <source>Choose the departments that are seen.</source>
      <translation>請選擇可以看到的部門。</translation>
    </message>
    <message>
      <source>Choose the record to share.</source>
      <translation>請選擇要共享的記錄。</translation>
    </message>
    <message>
      <source>Choose what kind of value the field holds.</source>
      <translation>請選擇欄位的類型。</translation>
    </message>
    <message>
      <source>Choose who takes over: {records}</source>
      <translation>請選擇接收人：{records}</translation>
    </message>
    <message>
      <source>Choose why the opportunity was lost.</source>
      <translation>請選擇商機的輸單原因。</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>選擇…</translation>
    </message>
    <message>
      <source>Chosen departments</source>
      <translation>指定部門</translation>
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
      <translation>剪貼簿</translation>
    </message>
    <message>
      <source>Clocks</source>
      <translation>時鐘</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>關閉</translation>
    </message>
    <message>
      <source>Close the account</source>
      <translation>停用帳號</translation>
    </message>
    <message>
      <source>Close the contract</source>
      <translation>合約結案</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>關閉程式</translation>
    </message>
    <message>
      <source>Close view</source>
      <translation>關閉檢視</translation>
    </message>
    <message>
      <source>Closed</source>
      <translation>已結案</translation>
    </message>
    <message>
      <source>Closed at</source>
      <translation>關閉時間</translation>
    </message>
    <message>
      <source>Closed on {day}</source>
      <translation>{day} 關閉</translation>
    </message>
    <message>
      <source>Closed ones too</source>
      <translation>包括已結束的</translation>
    </message>
    <message>
      <source>Closing this month</source>
      <translation>本月預計成交</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>代碼</translation>
    </message>
    <message>
      <source>Colleague</source>
      <translation>同事</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>顏色</translation>
    </message>
    <message>
      <source>Colour by person</source>
      <translation>依人員著色</translation>
    </message>
    <message>
      <source>Column</source>
      <translation>欄</translation>
    </message>
    <message>
      <source>Column headings</source>
      <translation>欄標題</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>欄</translation>
    </message>
    <message>
      <source>Columns and groups…</source>
      <translation>欄與分組…</translation>
    </message>
    <message>
      <source>Columns are mapped by their headings, in Chinese or English, as the window would. Prints how many rows were new, changed, unchanged and refused, and the number of the batch, by which the import can be undone.</source>
      <translation>依欄標題（中文或英文）自動對應各欄，與視窗中的匯入一致。完成後顯示新增、修改、未變和拒絕的列數以及批次編號，可憑批次編號復原匯入。</translation>
    </message>
    <message>
      <source>Columns separated by</source>
      <translation>欄分隔符號</translation>
    </message>
    <message>
      <source>Comfortable</source>
      <translation>寬鬆</translation>
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
      <translation>緊密</translation>
    </message>
    <message>
      <source>Company</source>
      <translation>公司</translation>
    </message>
    <message>
      <source>Comparing all records…</source>
      <translation>正在比對全部記錄…</translation>
    </message>
    <message>
      <source>Competitor</source>
      <translation>競爭對手</translation>
    </message>
    <message>
      <source>Completed</source>
      <translation>已完成</translation>
    </message>
    <message>
      <source>Computer</source>
      <translation>電腦</translation>
    </message>
    <message>
      <source>Conditions</source>
      <translation>篩選條件</translation>
    </message>
    <message>
      <source>Conditions…</source>
      <translation>篩選條件…</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>連線</translation>
    </message>
    <message>
      <source>Connecting…</source>
      <translation>正在連線…</translation>
    </message>
    <message>
      <source>Connection…</source>
      <translation>連線設定…</translation>
    </message>
    <message>
      <source>Contact</source>
      <translation>聯絡人</translation>
    </message>
    <message>
      <source>Contact cards for phones and mail programs (.vcf)</source>
      <translation>供手機和郵件程式使用的聯絡人名片（.vcf）</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>聯絡人</translation>
    </message>
    <message>
      <source>Contacts overdue</source>
      <translation>逾期未聯絡</translation>
    </message>
    <message>
      <source>Contacts, follow-ups and what its owner has of opportunities and contracts come along.</source>
      <translation>聯絡人、跟進記錄以及負責人名下的商機和合約隨之共享。</translation>
    </message>
    <message>
      <source>Content</source>
      <translation>內容</translation>
    </message>
    <message>
      <source>Context menu</source>
      <translation>快顯功能表</translation>
    </message>
    <message>
      <source>Contract</source>
      <translation>合約</translation>
    </message>
    <message>
      <source>Contract ends: {name}</source>
      <translation>合約到期：{name}</translation>
    </message>
    <message>
      <source>Contract number</source>
      <translation>合約編號</translation>
    </message>
    <message>
      <source>Contract type</source>
      <translation>合約類型</translation>
    </message>
    <message>
      <source>Contracts</source>
      <translation>合約</translation>
    </message>
    <message>
      <source>Contracts ending</source>
      <translation>即將到期的合約</translation>
    </message>
    <message>
      <source>Contracts ending in 30 days</source>
      <translation>30 天內到期的合約</translation>
    </message>
    <message>
      <source>Conversion</source>
      <translation>轉換率</translation>
    </message>
    <message>
      <source>Conversion: of the opportunities that came at least as far as the stage before, the share that came to this one. Counted by the furthest stage each opportunity ever reached, so a lost one counts up to where it was lost; void ones do not count.</source>
      <translation>轉換率：在至少到達過上一階段的商機中，到達過本階段的比例。依每個商機曾到達的最遠階段計算，輸單的商機計到輸單前的階段；無效商機不計入。</translation>
    </message>
    <message>
      <source>Convert</source>
      <translation>轉為客戶</translation>
    </message>
    <message>
      <source>Convert the lead {name}</source>
      <translation>將線索 {name} 轉為客戶</translation>
    </message>
    <message>
      <source>Converted</source>
      <translation>已轉換</translation>
    </message>
    <message>
      <source>Converted to</source>
      <translation>轉換為</translation>
    </message>
    <message>
      <source>Copied. Paste it where only you can read it.</source>
      <translation>已複製。請貼上到只有您能看到的地方。</translation>
    </message>
    <message>
      <source>Copies</source>
      <translation>備份</translation>
    </message>
    <message>
      <source>Copies are</source>
      <translation>備份加密</translation>
    </message>
    <message>
      <source>Copies encrypted from now on</source>
      <translation>開始加密備份</translation>
    </message>
    <message>
      <source>Copies in the folder backups go along. No window may be open on the file. Killed half-way, nothing goes missing.</source>
      <translation>backups 資料夾中的副本一併處理。該檔案不能有視窗開啟著。中途被強行結束也不會丟失任何內容。</translation>
    </message>
    <message>
      <source>Copies made from now on are encrypted. Those made before stay as they are.</source>
      <translation>今後的備份都會加密。以前的備份保持不變。</translation>
    </message>
    <message>
      <source>Copies made from now on are not encrypted. Those made before stay as they are.</source>
      <translation>今後的備份不再加密。以前的備份保持不變。</translation>
    </message>
    <message>
      <source>Copies made from now on, those of the night too, can be read by nobody without this key, which goes into the keyring of this computer. Print the recovery phrase: a copy is needed on the day when this computer may be gone. Others who make copies type it in once. Copies made before stay as they are, and need the phrase they were made under.</source>
      <translation>今後的備份（包括每晚備份）沒有此金鑰就無法讀取；金鑰存入本機的金鑰圈。請列印復原短語：需要備份的那一天，這台電腦可能已經不在了。其他製作備份的人輸入一次即可。以前的備份保持不變，仍需用當時的短語。</translation>
    </message>
    <message>
      <source>Copies not encrypted any more</source>
      <translation>不再加密備份</translation>
    </message>
    <message>
      <source>Copies of each</source>
      <translation>每個列印份數</translation>
    </message>
    <message>
      <source>Copies of the night</source>
      <translation>每晚備份</translation>
    </message>
    <message>
      <source>Copies of {database}</source>
      <translation>{database} 的備份</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>複製</translation>
    </message>
    <message>
      <source>Copy of the database</source>
      <translation>資料庫備份</translation>
    </message>
    <message>
      <source>Copy the result</source>
      <translation>複製結果</translation>
    </message>
    <message>
      <source>Corner from the left edge</source>
      <translation>交角距左邊</translation>
    </message>
    <message>
      <source>Corner from the upper edge</source>
      <translation>交角距上邊</translation>
    </message>
    <message>
      <source>Count</source>
      <translation>數量</translation>
    </message>
    <message>
      <source>Count and money per stage, and the conversion from each stage to the next.</source>
      <translation>各階段的數量和金額，以及逐階段的轉換率。</translation>
    </message>
    <message>
      <source>Counting what there is…</source>
      <translation>正在統計…</translation>
    </message>
    <message>
      <source>Counting…</source>
      <translation>正在統計…</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>國家</translation>
    </message>
    <message>
      <source>Country (part of the address)</source>
      <translation>國家（地址的一部分）</translation>
    </message>
    <message>
      <source>Counts for {department}, where the person was then</source>
      <translation>計入其當時所在的{department}</translation>
    </message>
    <message>
      <source>Created</source>
      <translation>建立日期</translation>
    </message>
    <message>
      <source>Created at</source>
      <translation>建立時間</translation>
    </message>
    <message>
      <source>Created by</source>
      <translation>建立人</translation>
    </message>
    <message>
      <source>Custom field</source>
      <translation>自訂欄位</translation>
    </message>
    <message>
      <source>Custom fields</source>
      <translation>自訂欄位</translation>
    </message>
    <message>
      <source>Customer</source>
      <translation>客戶</translation>
    </message>
    <message>
      <source>Customer code</source>
      <translation>客戶編號</translation>
    </message>
    <message>
      <source>Customer name</source>
      <translation>客戶名稱</translation>
    </message>
    <message>
      <source>Customers</source>
      <translation>客戶</translation>
    </message>
    <message>
      <source>Customers to contact</source>
      <translation>待聯絡客戶</translation>
    </message>
    <message>
      <source>Customers you see: {count} (strict reading is for up to {most})</source>
      <translation>您可見的客戶：{count}（嚴格讀取最多適用於 {most} 個客戶）</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Dark or light</source>
      <translation>深色／淺色</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>資料</translation>
    </message>
    <message>
      <source>Data scope</source>
      <translation>資料權限</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>資料庫</translation>
    </message>
    <message>
      <source>Database restored from a copy</source>
      <translation>資料庫還原自備份</translation>
    </message>
    <message>
      <source>Database {name} on {servers}</source>
      <translation>{servers} 上的資料庫 {name}</translation>
    </message>
    <message>
      <source>Databases</source>
      <translation>資料庫</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>日期</translation>
    </message>
    <message>
      <source>Date and time</source>
      <translation>日期和時間</translation>
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
      <translation>停滯天數</translation>
    </message>
    <message>
      <source>Days without a change</source>
      <translation>未變動天數</translation>
    </message>
    <message>
      <source>Days, times and custom fields</source>
      <translation>日期、時間和自訂欄位</translation>
    </message>
    <message>
      <source>Decrypt the database</source>
      <translation>解密資料庫</translation>
    </message>
    <message>
      <source>Decrypting the database…</source>
      <translation>正在解密資料庫…</translation>
    </message>
    <message>
      <source>Decrypt…</source>
      <translation>解密…</translation>
    </message>
    <message>
      <source>Defer</source>
      <translation>延後</translation>
    </message>
    <message>
      <source>Deferred</source>
      <translation>已延後</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>刪除</translation>
    </message>
    <message>
      <source>Delete for good</source>
      <translation>徹底刪除</translation>
    </message>
    <message>
      <source>Delete for good…</source>
      <translation>徹底刪除…</translation>
    </message>
    <message>
      <source>Delete this role</source>
      <translation>刪除此角色</translation>
    </message>
    <message>
      <source>Delete this view</source>
      <translation>刪除此檢視</translation>
    </message>
    <message>
      <source>Deleted at</source>
      <translation>刪除時間</translation>
    </message>
    <message>
      <source>Deletion</source>
      <translation>刪除</translation>
    </message>
    <message>
      <source>Deletion for good</source>
      <translation>徹底刪除</translation>
    </message>
    <message>
      <source>Demo data</source>
      <translation>示範資料</translation>
    </message>
    <message>
      <source>Department</source>
      <translation>部門</translation>
    </message>
    <message>
      <source>Department there</source>
      <translation>所在部門</translation>
    </message>
    <message>
      <source>Department: {name}</source>
      <translation>部門：{name}</translation>
    </message>
    <message>
      <source>Departments</source>
      <translation>部門</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>說明</translation>
    </message>
    <message>
      <source>Detach</source>
      <translation>分離視窗</translation>
    </message>
    <message>
      <source>Detach this view, or dock it again</source>
      <translation>將此檢視分離為視窗，或停靠回來</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>詳細資料</translation>
    </message>
    <message>
      <source>Did not take place</source>
      <translation>標為未進行</translation>
    </message>
    <message>
      <source>Disqualified</source>
      <translation>無效</translation>
    </message>
    <message>
      <source>Disqualify</source>
      <translation>標為無效</translation>
    </message>
    <message>
      <source>District</source>
      <translation>鄉鎮市區</translation>
    </message>
    <message>
      <source>District (part of the address)</source>
      <translation>鄉鎮市區（地址的一部分）</translation>
    </message>
    <message>
      <source>Do not encrypt copies</source>
      <translation>不加密備份</translation>
    </message>
    <message>
      <source>Do not switch the computer off. If it happens all the same, nothing goes missing.</source>
      <translation>請不要關閉電腦。萬一斷電，也不會丟失任何內容。</translation>
    </message>
    <message>
      <source>Dock here</source>
      <translation>停靠到此處</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Done at</source>
      <translation>完成時間</translation>
    </message>
    <message>
      <source>Done by {name} on {day}</source>
      <translation>經辦人：{name}，{day}</translation>
    </message>
    <message>
      <source>Done with result</source>
      <translation>完成並填寫結果</translation>
    </message>
    <message>
      <source>Dormant</source>
      <translation>休眠</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>縱向</translation>
    </message>
    <message>
      <source>Draft</source>
      <translation>草稿</translation>
    </message>
    <message>
      <source>Drop a file here</source>
      <translation>將檔案拖曳到這裡</translation>
    </message>
    <message>
      <source>Due Date</source>
      <translation>截止日期</translation>
    </message>
    <message>
      <source>Due at</source>
      <translation>到期時間</translation>
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
      <translation>今日待跟進</translation>
    </message>
    <message>
      <source>Duplicates</source>
      <translation>查重</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>電子郵件</translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>往前</translation>
    </message>
    <message>
      <source>Earlier imports</source>
      <translation>以前的匯入</translation>
    </message>
    <message>
      <source>Earlier imports…</source>
      <translation>以前的匯入…</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>編輯</translation>
    </message>
    <message>
      <source>Edit this cell</source>
      <translation>編輯此儲存格</translation>
    </message>
    <message>
      <source>Email</source>
      <translation>電子郵件</translation>
    </message>
    <message>
      <source>Employed</source>
      <translation>在職</translation>
    </message>
    <message>
      <source>Employee</source>
      <translation>員工</translation>
    </message>
    <message>
      <source>Employees</source>
      <translation>員工</translation>
    </message>
    <message>
      <source>Employees have the role “{name}”. Give them another one first.</source>
      <translation>還有員工使用角色「{name}」，請先為他們換一個角色。</translation>
    </message>
    <message>
      <source>Encoding</source>
      <translation>編碼</translation>
    </message>
    <message>
      <source>Encrypt</source>
      <translation>加密</translation>
    </message>
    <message>
      <source>Encrypt copies…</source>
      <translation>加密備份…</translation>
    </message>
    <message>
      <source>Encrypt the database</source>
      <translation>加密資料庫</translation>
    </message>
    <message>
      <source>Encrypted line</source>
      <translation>連線加密</translation>
    </message>
    <message>
      <source>Encrypted line and certificate</source>
      <translation>加密連線與憑證</translation>
    </message>
    <message>
      <source>Encrypted, certificate checked</source>
      <translation>加密並核對憑證</translation>
    </message>
    <message>
      <source>Encrypting the database…</source>
      <translation>正在加密資料庫…</translation>
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
      <translation>結束</translation>
    </message>
    <message>
      <source>End it</source>
      <translation>結束</translation>
    </message>
    <message>
      <source>End of a share</source>
      <translation>結束共享</translation>
    </message>
    <message>
      <source>End this person's work</source>
      <translation>讓此人下線</translation>
    </message>
    <message>
      <source>Ended the work of somebody</source>
      <translation>讓他人下線</translation>
    </message>
    <message>
      <source>Ending</source>
      <translation>即將到期</translation>
    </message>
    <message>
      <source>Ending within 30 days</source>
      <translation>30 天內到期</translation>
    </message>
    <message>
      <source>Ends at</source>
      <translation>結束時間</translation>
    </message>
    <message>
      <source>Ends at {when}</source>
      <translation>結束時間改為 {when}</translation>
    </message>
    <message>
      <source>Ends on</source>
      <translation>到期日期</translation>
    </message>
    <message>
      <source>Engine</source>
      <translation>資料庫引擎</translation>
    </message>
    <message>
      <source>English label</source>
      <translation>英文名稱</translation>
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
      <translation>行程</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>行程</translation>
    </message>
    <message>
      <source>Events as a list: filter, import, export</source>
      <translation>以清單顯示行程：篩選、匯入、匯出</translation>
    </message>
    <message>
      <source>Events today</source>
      <translation>今日行程</translation>
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
        <numerusform>每 %n 個月</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n week(s)</source>
      <translation>
        <numerusform>每 %n 週</numerusform>
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
      <translation>所有列都未能匯入。第一個原因：{reason}</translation>
    </message>
    <message numerus="yes">
      <source>Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>每個表兩邊的列完全相同：共 %n 列。</numerusform>
      </translation>
    </message>
    <message>
      <source>Every week</source>
      <translation>每週</translation>
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
      <translation>所有人可見</translation>
    </message>
    <message>
      <source>Everybody who may sign in has rights on {schema} (PUBLIC).</source>
      <translation>所有能登入的人都對 {schema} 有權限（PUBLIC）。</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Everything goes to</source>
      <translation>全部移交給</translation>
    </message>
    <message>
      <source>Everything of {name} was handed over.</source>
      <translation>{name}的記錄已全部移交。</translation>
    </message>
    <message>
      <source>Everything stays in a file on this computer. You can change these answers later in the settings.</source>
      <translation>所有資料都儲存在這台電腦的檔案裡。以後可以在「設定」中修改。</translation>
    </message>
    <message>
      <source>Everything that belongs to “{title}” moves. It goes into the recycle bin; this can be undone for 30 days.</source>
      <translation>「{title}」名下的一切都會轉過來，它本身進入資源回收筒；30 天內可復原。</translation>
    </message>
    <message>
      <source>Excel or CSV: columns are recognised, nothing is written before you have seen it.</source>
      <translation>Excel 或 CSV：自動辨識各欄，確認之前不寫入任何資料。</translation>
    </message>
    <message>
      <source>Excel workbook (.xlsx)</source>
      <translation>Excel 活頁簿 (.xlsx)</translation>
    </message>
    <message>
      <source>Excel workbooks (*.xlsx)</source>
      <translation>Excel 活頁簿 (*.xlsx)</translation>
    </message>
    <message>
      <source>Excel, OpenDocument, text tables, contact cards (.vcf), calendars (.ics) or JSON</source>
      <translation>Excel、OpenDocument、文字表格、聯絡人名片（.vcf）、行事曆（.ics）或 JSON</translation>
    </message>
    <message>
      <source>Existing: {name}</source>
      <translation>已有客戶：{name}</translation>
    </message>
    <message>
      <source>Exit codes: 0 done, 1 refused or invalid, 2 wrong usage.</source>
      <translation>結束代碼：0 完成，1 被拒絕或無效，2 用法錯誤。</translation>
    </message>
    <message>
      <source>Expected close</source>
      <translation>預計成交</translation>
    </message>
    <message>
      <source>Expected close: {day}</source>
      <translation>預計成交：{day}</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>匯出</translation>
    </message>
    <message>
      <source>Export the board</source>
      <translation>匯出看板</translation>
    </message>
    <message>
      <source>Export the list</source>
      <translation>匯出清單</translation>
    </message>
    <message>
      <source>Export the report</source>
      <translation>匯出報表</translation>
    </message>
    <message>
      <source>Exported by {name} on {day}</source>
      <translation>由{name}於 {day} 匯出</translation>
    </message>
    <message>
      <source>Exporting…</source>
      <translation>正在匯出…</translation>
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
      <translation>傳真</translation>
    </message>
    <message>
      <source>Feed</source>
      <translation>進紙方向</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>欄位</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>欄位</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>指標</translation>
    </message>
    <message>
      <source>File</source>
      <translation>檔案</translation>
    </message>
    <message>
      <source>Files of type:</source>
      <translation>檔案類型：</translation>
    </message>
    <message>
      <source>Fill province, city and district too</source>
      <translation>同時填寫省份、城市、區縣</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>篩選</translation>
    </message>
    <message>
      <source>Filter this board</source>
      <translation>在看板中篩選</translation>
    </message>
    <message>
      <source>Filter this list</source>
      <translation>在清單中篩選</translation>
    </message>
    <message>
      <source>Find a command</source>
      <translation>尋找命令</translation>
    </message>
    <message>
      <source>First box from the left</source>
      <translation>第一個框距左邊</translation>
    </message>
    <message>
      <source>First day</source>
      <translation>開始日期</translation>
    </message>
    <message>
      <source>First label</source>
      <translation>起始標籤</translation>
    </message>
    <message>
      <source>First name</source>
      <translation>名</translation>
    </message>
    <message>
      <source>First start</source>
      <translation>首次啟動</translation>
    </message>
    <message>
      <source>Fit</source>
      <translation>縮放</translation>
    </message>
    <message>
      <source>Focus the dock before</source>
      <translation>轉到上一個面板</translation>
    </message>
    <message>
      <source>Focus the next dock</source>
      <translation>轉到下一個面板</translation>
    </message>
    <message>
      <source>Fold or unfold the sidebar</source>
      <translation>收起或展開側邊欄</translation>
    </message>
    <message>
      <source>Fold the sidebar</source>
      <translation>收起側邊欄</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>資料夾</translation>
    </message>
    <message>
      <source>Folder for the reports</source>
      <translation>報表資料夾</translation>
    </message>
    <message>
      <source>Follow-up</source>
      <translation>跟進記錄</translation>
    </message>
    <message>
      <source>Follow-ups</source>
      <translation>跟進記錄</translation>
    </message>
    <message>
      <source>Follow-ups by person</source>
      <translation>依人員統計跟進記錄</translation>
    </message>
    <message>
      <source>Following up</source>
      <translation>跟進情形</translation>
    </message>
    <message>
      <source>For instance</source>
      <translation>範例</translation>
    </message>
    <message>
      <source>For printing saved PDF files</source>
      <translation>用於列印已儲存的 PDF 檔案</translation>
    </message>
    <message>
      <source>For when somebody has seen the phrase. Copies kept elsewhere still need the phrase they were made under.</source>
      <translation>在有人看到過復原短語時使用。存放在別處的副本仍需要製作時的復原短語。</translation>
    </message>
    <message>
      <source>Forget a layout</source>
      <translation>刪除版面配置</translation>
    </message>
    <message>
      <source>Form of address (Mr., 先生)</source>
      <translation>稱謂（Mr.、先生）</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>格式</translation>
    </message>
    <message>
      <source>Forward to the next record</source>
      <translation>前進到下一筆記錄</translation>
    </message>
    <message>
      <source>Found by search</source>
      <translation>可搜尋</translation>
    </message>
    <message>
      <source>Free on its disk</source>
      <translation>磁碟剩餘空間</translation>
    </message>
    <message>
      <source>Fri</source>
      <translation>週五</translation>
    </message>
    <message>
      <source>From box to box</source>
      <translation>框與框的間距</translation>
    </message>
    <message>
      <source>From day</source>
      <translation>開始日期</translation>
    </message>
    <message>
      <source>From label to label, across</source>
      <translation>標籤橫向間距</translation>
    </message>
    <message>
      <source>From label to label, down</source>
      <translation>標籤縱向間距</translation>
    </message>
    <message>
      <source>From now on this program works in the team's database. The file of this computer stays as it is.</source>
      <translation>從現在起本程式使用團隊的資料庫。本機的檔案保持不變。</translation>
    </message>
    <message>
      <source>From now on this program works in {name}. Colleagues do so once they have connected to it: send them an invitation (Settings &gt; Database &gt; Invite a colleague…). The database of before is as it was.</source>
      <translation>從現在起本程式使用 {name}。同事連線到它之後也會使用它：請給他們發邀請（設定 &gt; 資料庫 &gt; 邀請同事…）。原來的資料庫保持不變。</translation>
    </message>
    <message>
      <source>From then on nobody can read the file or the copies beside it without the key, which goes into the keyring of this computer. For the day the keyring is gone, print this recovery phrase and keep it where the computer is not.</source>
      <translation>此後沒有金鑰，誰也無法讀取該檔案及其旁邊的副本；金鑰儲存在本機的金鑰圈中。為防金鑰圈丟失，請列印此復原短語，並存放在電腦以外的地方。</translation>
    </message>
    <message>
      <source>From then on somebody with a tool of his own and knowledge of SQL can read more than he may see. Lists are quicker.</source>
      <translation>此後，熟悉 SQL 並使用自備工具的人可以讀到超出其權限的內容。清單會更快。</translation>
    </message>
    <message>
      <source>From then on whoever gets hold of a copy can read everything in it.</source>
      <translation>此後任何人拿到備份都能讀取其中的全部內容。</translation>
    </message>
    <message>
      <source>From then on whoever gets hold of the file or the copies beside it can read them. Decrypt the database?</source>
      <translation>此後任何人拿到該檔案或其旁邊的副本都能讀取。要解密資料庫嗎？</translation>
    </message>
    <message>
      <source>From … to …</source>
      <translation>從 … 到 …</translation>
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
      <translation>履行完畢</translation>
    </message>
    <message>
      <source>Full Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Full numbers</source>
      <translation>完整號碼</translation>
    </message>
    <message>
      <source>Furthest stage</source>
      <translation>曾到達的最遠階段</translation>
    </message>
    <message>
      <source>Gender</source>
      <translation>性別</translation>
    </message>
    <message>
      <source>Give the server a certificate (ssl_cert, ssl_key), and add ?ssl_ca=FILE to the address on every computer.</source>
      <translation>請為伺服器設定憑證（ssl_cert、ssl_key），並在每台電腦的位址後加上 ?ssl_ca=檔案。</translation>
    </message>
    <message>
      <source>Giving the database a new key…</source>
      <translation>正在更換資料庫金鑰…</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>繼續</translation>
    </message>
    <message>
      <source>Go to {view}</source>
      <translation>前往{view}</translation>
    </message>
    <message>
      <source>Goes into</source>
      <translation>對應欄位</translation>
    </message>
    <message>
      <source>Goes on where it was when it was interrupted, and proves at the end that both sides hold the same.</source>
      <translation>中斷後可從原處繼續，結束時核對兩邊的資料是否一致。</translation>
    </message>
    <message>
      <source>Goes: {title}</source>
      <translation>併入：{title}</translation>
    </message>
    <message>
      <source>Good afternoon, {name}</source>
      <translation>午安，{name}</translation>
    </message>
    <message>
      <source>Good evening, {name}</source>
      <translation>晚安，{name}</translation>
    </message>
    <message>
      <source>Good morning, {name}</source>
      <translation>早安，{name}</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>綠色</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>灰色</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>組</translation>
    </message>
    <message>
      <source>Group by</source>
      <translation>分組</translation>
    </message>
    <message>
      <source>Group {group} of the recovery phrase (“{typed}”) has a sign that does not occur in it. Look at the printed page again.</source>
      <translation>復原短語第 {group} 組（「{typed}」）中有不會出現的字元。請再看一下列印的頁面。</translation>
    </message>
    <message>
      <source>Group {group} reads otherwise. Print the recovery phrase or write it down before you go on; nothing was changed.</source>
      <translation>第 {group} 組與此不同。請先列印或抄下復原短語再繼續；未作任何更改。</translation>
    </message>
    <message>
      <source>Group {number}</source>
      <translation>第 {number} 組</translation>
    </message>
    <message>
      <source>Hand over</source>
      <translation>移交</translation>
    </message>
    <message>
      <source>Hand over what {name} owns</source>
      <translation>移交{name}名下的記錄</translation>
    </message>
    <message>
      <source>Hand over…</source>
      <translation>離職交接…</translation>
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
      <translation>離職交接單</translation>
    </message>
    <message>
      <source>Handover {number}</source>
      <translation>交接編號 {number}</translation>
    </message>
    <message>
      <source>Has left</source>
      <translation>辦理離職</translation>
    </message>
    <message>
      <source>Heading once more</source>
      <translation>重複的標題列</translation>
    </message>
    <message>
      <source>Height of a box</source>
      <translation>框高</translation>
    </message>
    <message>
      <source>Held</source>
      <translation>已進行</translation>
    </message>
    <message>
      <source>Hidden numbers</source>
      <translation>號碼遮蔽</translation>
    </message>
    <message>
      <source>Hired on</source>
      <translation>到職日期</translation>
    </message>
    <message>
      <source>Hits</source>
      <translation>搜尋結果</translation>
    </message>
    <message>
      <source>How are these days written?</source>
      <translation>這些日期是怎麼寫的？</translation>
    </message>
    <message>
      <source>How often each person called, visited or wrote.</source>
      <translation>每個人打電話、拜訪和發訊息的次數。</translation>
    </message>
    <message>
      <source>How people read</source>
      <translation>讀取方式</translation>
    </message>
    <message>
      <source>How strictly people read is chosen on a shared server with an account for each user.</source>
      <translation>讀取的嚴格程度只能在每人一個帳號的共用伺服器上選擇。</translation>
    </message>
    <message>
      <source>How this is counted</source>
      <translation>統計說明</translation>
    </message>
    <message>
      <source>How to reach them</source>
      <translation>聯絡方式</translation>
    </message>
    <message>
      <source>I have printed it or written it down</source>
      <translation>我已列印或抄下</translation>
    </message>
    <message>
      <source>Id</source>
      <translation>編號</translation>
    </message>
    <message>
      <source>Idle</source>
      <translation>停滯</translation>
    </message>
    <message>
      <source>If nobody needs it, run on the server: DROP USER '{user}'@'{host}'</source>
      <translation>如果沒有人需要它，請在伺服器上執行：DROP USER '{user}'@'{host}'</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>匯入</translation>
    </message>
    <message numerus="yes">
      <source>Import %n row(s)</source>
      <translation>
        <numerusform>匯入 %n 列</numerusform>
      </translation>
    </message>
    <message>
      <source>Import a workbook</source>
      <translation>匯入表格</translation>
    </message>
    <message>
      <source>Import a workbook…</source>
      <translation>匯入表格…</translation>
    </message>
    <message>
      <source>Import and export</source>
      <translation>匯入和匯出</translation>
    </message>
    <message>
      <source>Import into</source>
      <translation>匯入為</translation>
    </message>
    <message>
      <source>Imported</source>
      <translation>已匯入</translation>
    </message>
    <message>
      <source>In 1 hour</source>
      <translation>1 小時後</translation>
    </message>
    <message>
      <source>In 15 minutes</source>
      <translation>15 分鐘後</translation>
    </message>
    <message>
      <source>In 5 minutes</source>
      <translation>5 分鐘後</translation>
    </message>
    <message>
      <source>In a network folder one program writes at a time. This one waits and opens the database as soon as it is free. Until then you can read in a copy.</source>
      <translation>在網路資料夾中，同一時間只有一個程式寫入。本程式會等待，一空閒就開啟資料庫。在此之前您可以檢視副本。</translation>
    </message>
    <message>
      <source>In process</source>
      <translation>跟進中</translation>
    </message>
    <message>
      <source>In progress</source>
      <translation>進行中</translation>
    </message>
    <message numerus="yes">
      <source>In this stage for %n day(s)</source>
      <translation>
        <numerusform>在此階段 %n 天</numerusform>
      </translation>
    </message>
    <message>
      <source>In this stage now</source>
      <translation>目前在此階段</translation>
    </message>
    <message>
      <source>In this stage since</source>
      <translation>進入此階段的時間</translation>
    </message>
    <message>
      <source>In use</source>
      <translation>啟用</translation>
    </message>
    <message>
      <source>Industry</source>
      <translation>產業</translation>
    </message>
    <message>
      <source>Invitation</source>
      <translation>邀請</translation>
    </message>
    <message>
      <source>Invitations</source>
      <translation>邀請</translation>
    </message>
    <message>
      <source>Invite a colleague</source>
      <translation>邀請同事</translation>
    </message>
    <message>
      <source>Invite a colleague…</source>
      <translation>邀請同事…</translation>
    </message>
    <message>
      <source>It comes in once: the repetition {rule} cannot be kept.</source>
      <translation>只匯入一次：重複規則 {rule} 無法保留。</translation>
    </message>
    <message>
      <source>It does not work yet. Mend what is told above, then test again.</source>
      <translation>還不能用。請按上面的說明處理，然後重新測試。</translation>
    </message>
    <message>
      <source>It exists already and belongs to {owner}. Ask for access, or leave the row out.</source>
      <translation>已有此記錄，由 {owner} 負責。請申請權限，或去掉這一列。</translation>
    </message>
    <message>
      <source>It exists already, and only new ones are to be imported.</source>
      <translation>已有此記錄，而本次只匯入新記錄。</translation>
    </message>
    <message>
      <source>It exists already, and you may not see it. Leave the row out.</source>
      <translation>已有此記錄，但您無權查看。請去掉這一列。</translation>
    </message>
    <message>
      <source>It holds the beginning of a move or of a restored copy, which was interrupted. Choose the same again when you connect: it goes on where it was.</source>
      <translation>其中有一次未完成的遷移或還原。連線時請再次選擇同樣的內容，將從中斷處繼續。</translation>
    </message>
    <message>
      <source>It is the first.</source>
      <translation>已經是第一個。</translation>
    </message>
    <message>
      <source>It is the last.</source>
      <translation>已經是最後一個。</translation>
    </message>
    <message>
      <source>It is there already</source>
      <translation>已經有了</translation>
    </message>
    <message>
      <source>It is there already and belongs to {owner}: {why}. Ask before you save it all the same.</source>
      <translation>已經有了，負責人是{owner}：{why}。請先問一下，再決定是否仍要儲存。</translation>
    </message>
    <message>
      <source>It is there already and belongs to {owner}: {why}. Your company does not keep the same one twice.</source>
      <translation>已經有了，負責人是{owner}：{why}。貴公司不允許重複儲存。</translation>
    </message>
    <message>
      <source>It means: {value}</source>
      <translation>表示：{value}</translation>
    </message>
    <message>
      <source>It repeats</source>
      <translation>重複的行程</translation>
    </message>
    <message>
      <source>It works, with a word of advice.</source>
      <translation>可以使用，但有需要注意的地方。</translation>
    </message>
    <message>
      <source>JSON for other programs (.json)</source>
      <translation>供其他程式使用的 JSON（.json）</translation>
    </message>
    <message>
      <source>Job Title</source>
      <translation>職稱</translation>
    </message>
    <message>
      <source>Job title</source>
      <translation>職稱</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>異動記錄</translation>
    </message>
    <message>
      <source>Journal: {count} acts have no lines; they cannot be undone.</source>
      <translation>異動記錄：{count} 次操作沒有明細，無法復原。</translation>
    </message>
    <message>
      <source>Journal: {count} lines belong to no act.</source>
      <translation>異動記錄：{count} 筆明細不屬於任何操作。</translation>
    </message>
    <message>
      <source>Journal: {count} lines tell of records that are gone ({kind}).</source>
      <translation>異動記錄：{count} 筆明細涉及已不存在的記錄（{kind}）。</translation>
    </message>
    <message>
      <source>Journal: {count} lines tell of unknown kinds of record.</source>
      <translation>異動記錄：{count} 筆明細涉及未知類型的記錄。</translation>
    </message>
    <message>
      <source>KEEP gets what it lacks from LOSE and everything that belongs to LOSE; LOSE goes into the recycle bin. Prints the number of the batch, by which this can be undone for 30 days.</source>
      <translation>KEEP 缺少的內容取自 LOSE，屬於 LOSE 的一切都轉給 KEEP；LOSE 進入資源回收筒。列印批次號，30 天內可憑它復原。</translation>
    </message>
    <message>
      <source>Keep copies for 1 day or more.</source>
      <translation>備份至少保留 1 天。</translation>
    </message>
    <message>
      <source>Keep this page where the computer is not. Whoever has it and the file can read the data; if it is gone together with the keyring, nobody can read it any more.</source>
      <translation>請將此頁存放在電腦以外的地方。拿到此頁和檔案的人可以讀取資料；如果此頁與金鑰圈都丟失，就再也沒有人能讀取資料。</translation>
    </message>
    <message>
      <source>Kept</source>
      <translation>保留的記錄</translation>
    </message>
    <message>
      <source>Kept for</source>
      <translation>保留</translation>
    </message>
    <message>
      <source>Kept from last time and saved now: {record}</source>
      <translation>上次保留的修改現已儲存：{record}</translation>
    </message>
    <message>
      <source>Kept in</source>
      <translation>存放位置</translation>
    </message>
    <message>
      <source>Kept in the log with who, when, what and how many</source>
      <translation>與何人、何時、何內容、多少筆一起記入日誌</translation>
    </message>
    <message>
      <source>Key decision maker</source>
      <translation>關鍵決策人</translation>
    </message>
    <message>
      <source>Key decision makers</source>
      <translation>關鍵決策人</translation>
    </message>
    <message>
      <source>Keys and people</source>
      <translation>快速鍵與人員</translation>
    </message>
    <message>
      <source>Keys of duplicates</source>
      <translation>查重鍵</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>類型</translation>
    </message>
    <message>
      <source>Kinds</source>
      <translation>類型</translation>
    </message>
    <message>
      <source>Kinds of record: {types}.</source>
      <translation>記錄類型：{types}。</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>名稱</translation>
    </message>
    <message>
      <source>Label height</source>
      <translation>標籤高度</translation>
    </message>
    <message>
      <source>Label sheet</source>
      <translation>標籤紙</translation>
    </message>
    <message>
      <source>Label width</source>
      <translation>標籤寬度</translation>
    </message>
    <message>
      <source>Label {number}</source>
      <translation>標籤 {number}</translation>
    </message>
    <message>
      <source>Label {number}, already used</source>
      <translation>標籤 {number}，已用</translation>
    </message>
    <message>
      <source>Label {number}, the first to be printed</source>
      <translation>標籤 {number}，從這裡開始列印</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>地址標籤</translation>
    </message>
    <message>
      <source>Labels and envelopes</source>
      <translation>標籤與信封</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>語言</translation>
    </message>
    <message>
      <source>Language and look</source>
      <translation>語言與外觀</translation>
    </message>
    <message>
      <source>Last 12 months</source>
      <translation>近 12 個月</translation>
    </message>
    <message>
      <source>Last act</source>
      <translation>最近操作</translation>
    </message>
    <message>
      <source>Last contact</source>
      <translation>最近聯絡</translation>
    </message>
    <message>
      <source>Last copy</source>
      <translation>最近備份</translation>
    </message>
    <message>
      <source>Last copy beside it</source>
      <translation>最近備份</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>結束日期</translation>
    </message>
    <message>
      <source>Last month</source>
      <translation>上個月</translation>
    </message>
    <message>
      <source>Last quarter</source>
      <translation>上一季</translation>
    </message>
    <message>
      <source>Last result</source>
      <translation>上次結果</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>上次執行</translation>
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
      <translation>稍後</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>版面配置</translation>
    </message>
    <message>
      <source>Layouts…</source>
      <translation>版面配置…</translation>
    </message>
    <message>
      <source>Lead</source>
      <translation>線索</translation>
    </message>
    <message>
      <source>Leads</source>
      <translation>線索</translation>
    </message>
    <message>
      <source>Leads to contact</source>
      <translation>待聯絡線索</translation>
    </message>
    <message>
      <source>Leave the field empty</source>
      <translation>欄位留空</translation>
    </message>
    <message>
      <source>Left</source>
      <translation>靠左</translation>
    </message>
    <message>
      <source>Left empty, the field has a list of its own. Its values are added under Picklists, in the settings.</source>
      <translation>留空則該欄位有自己的清單，其選項在「設定」的「選項清單」中新增。</translation>
    </message>
    <message>
      <source>Left margin</source>
      <translation>左邊距</translation>
    </message>
    <message>
      <source>Left on</source>
      <translation>離職日期</translation>
    </message>
    <message>
      <source>Left on {day}</source>
      <translation>離職日期：{day}</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>略過的列</translation>
    </message>
    <message>
      <source>Left the company</source>
      <translation>離職</translation>
    </message>
    <message>
      <source>Length of the line across</source>
      <translation>橫線長度</translation>
    </message>
    <message>
      <source>Length of the line down</source>
      <translation>豎線長度</translation>
    </message>
    <message>
      <source>Let both set their clocks by the network (NTP).</source>
      <translation>請讓兩邊都透過網路校時（NTP）。</translation>
    </message>
    <message>
      <source>Let go to import the file into “{list}”</source>
      <translation>放開滑鼠，將檔案匯入「{list}」</translation>
    </message>
    <message>
      <source>Level</source>
      <translation>等級</translation>
    </message>
    <message>
      <source>Level A</source>
      <translation>A 級</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>淺色</translation>
    </message>
    <message>
      <source>Links to other records</source>
      <translation>指向其他記錄的關聯</translation>
    </message>
    <message>
      <source>List</source>
      <translation>清單</translation>
    </message>
    <message>
      <source>Loading…</source>
      <translation>正在載入…</translation>
    </message>
    <message>
      <source>Local file</source>
      <translation>本機檔案</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>地點</translation>
    </message>
    <message>
      <source>Lock the account</source>
      <translation>鎖定帳號</translation>
    </message>
    <message>
      <source>Lock the window</source>
      <translation>鎖定視窗</translation>
    </message>
    <message>
      <source>Log a call</source>
      <translation>記錄電話</translation>
    </message>
    <message>
      <source>Long edge on top</source>
      <translation>長邊在上</translation>
    </message>
    <message>
      <source>Long text</source>
      <translation>多行文字</translation>
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
      <translation>檢查資料庫檔案、資料表、關聯、負責人、狀態、編號、異動記錄和搜尋索引，不做任何變更。結束代碼 0：一切正常。</translation>
    </message>
    <message>
      <source>Lost</source>
      <translation>輸單</translation>
    </message>
    <message>
      <source>Lost reason</source>
      <translation>輸單原因</translation>
    </message>
    <message>
      <source>Lost reasons</source>
      <translation>輸單原因</translation>
    </message>
    <message>
      <source>Lost…</source>
      <translation>輸單…</translation>
    </message>
    <message>
      <source>Made at</source>
      <translation>備份時間</translation>
    </message>
    <message>
      <source>Make a contract from it</source>
      <translation>據此新增合約</translation>
    </message>
    <message>
      <source>Make it longer</source>
      <translation>延長</translation>
    </message>
    <message>
      <source>Make it shorter</source>
      <translation>縮短</translation>
    </message>
    <message>
      <source>Manager</source>
      <translation>主管</translation>
    </message>
    <message>
      <source>Map a column to “{field}”: every record needs it.</source>
      <translation>請為「{field}」指定一欄：每筆記錄都需要它。</translation>
    </message>
    <message>
      <source>Map at least one column.</source>
      <translation>請至少對應一欄。</translation>
    </message>
    <message>
      <source>Mark as fulfilled</source>
      <translation>標為履行完畢</translation>
    </message>
    <message>
      <source>Mark as lost</source>
      <translation>標為輸單</translation>
    </message>
    <message>
      <source>Mark as qualified</source>
      <translation>標為有意向</translation>
    </message>
    <message>
      <source>Mark as signed</source>
      <translation>標為已簽署</translation>
    </message>
    <message>
      <source>Match</source>
      <translation>符合</translation>
    </message>
    <message>
      <source>May change it</source>
      <translation>可以修改</translation>
    </message>
    <message>
      <source>May go back</source>
      <translation>允許退回</translation>
    </message>
    <message>
      <source>Measure</source>
      <translation>指標類型</translation>
    </message>
    <message>
      <source>Measure the boxes on one of your envelopes, from its left and upper edge.</source>
      <translation>請在您的信封上，從左邊和上邊量出郵遞區號框的位置。</translation>
    </message>
    <message>
      <source>Meeting</source>
      <translation>會議</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>合併</translation>
    </message>
    <message numerus="yes">
      <source>Merge %n record(s)</source>
      <translation>
        <numerusform>合併 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message>
      <source>Merge all…</source>
      <translation>全部合併…</translation>
    </message>
    <message>
      <source>Merge {records}</source>
      <translation>合併{records}</translation>
    </message>
    <message>
      <source>Merged into “{title}”. Its timeline splits them again.</source>
      <translation>已合併到「{title}」，可在其時間軸中重新拆分。</translation>
    </message>
    <message>
      <source>Merge…</source>
      <translation>合併…</translation>
    </message>
    <message>
      <source>Merging</source>
      <translation>合併</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>訊息</translation>
    </message>
    <message>
      <source>Method</source>
      <translation>跟進方式</translation>
    </message>
    <message>
      <source>Middle name</source>
      <translation>中間名</translation>
    </message>
    <message>
      <source>Mine</source>
      <translation>我的</translation>
    </message>
    <message>
      <source>Mobile</source>
      <translation>手機</translation>
    </message>
    <message>
      <source>Mode</source>
      <translation>模式</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>週一</translation>
    </message>
    <message>
      <source>Money and chances</source>
      <translation>金額與贏率</translation>
    </message>
    <message>
      <source>Money and dates</source>
      <translation>金額與日期</translation>
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
      <translation>月數</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>More acts of this record…</source>
      <translation>此記錄的更多操作…</translation>
    </message>
    <message>
      <source>More views</source>
      <translation>更多檢視</translation>
    </message>
    <message>
      <source>Move the database to such a server.</source>
      <translation>請把資料庫遷移到符合要求的伺服器。</translation>
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
      <translation>移到後一天</translation>
    </message>
    <message>
      <source>Move to the next stage</source>
      <translation>移至下一階段</translation>
    </message>
    <message>
      <source>Move to the right</source>
      <translation>右移</translation>
    </message>
    <message>
      <source>Move to the stage before</source>
      <translation>移至上一階段</translation>
    </message>
    <message>
      <source>Move to “{stage}”</source>
      <translation>移至「{stage}」</translation>
    </message>
    <message>
      <source>Move “{title}” down</source>
      <translation>下移「{title}」</translation>
    </message>
    <message>
      <source>Move “{title}” up</source>
      <translation>上移「{title}」</translation>
    </message>
    <message>
      <source>Moved by {x} mm to the right and {y} mm down, scaled to {across} % and {down} %.</source>
      <translation>右移 {x} 公釐，下移 {y} 公釐，縮放 {across} % 和 {down} %。</translation>
    </message>
    <message>
      <source>Moved to {when}</source>
      <translation>已移至 {when}</translation>
    </message>
    <message numerus="yes">
      <source>Moved. Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>已遷移。每張表兩邊的資料一致：共 %n 列。</numerusform>
      </translation>
    </message>
    <message>
      <source>Moving into the team's database…</source>
      <translation>正在遷移到團隊的資料庫…</translation>
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
      <translation>我的設定</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Name either a folder with --data or a server with --database, not both.</source>
      <translation>請用 --data 指定資料夾，或用 --database 指定伺服器，不能同時使用。</translation>
    </message>
    <message>
      <source>Name of the layout</source>
      <translation>版面配置名稱</translation>
    </message>
    <message>
      <source>Name of the role</source>
      <translation>角色名稱</translation>
    </message>
    <message>
      <source>Name of the server</source>
      <translation>伺服器名稱</translation>
    </message>
    <message>
      <source>Name of the sheet</source>
      <translation>標籤紙名稱</translation>
    </message>
    <message>
      <source>Name of the view</source>
      <translation>檢視名稱</translation>
    </message>
    <message>
      <source>Name one of these to restore it, or use --latest.</source>
      <translation>請指定其中一份來還原，或使用 --latest。</translation>
    </message>
    <message>
      <source>Name the file for the certificate with --certificate.</source>
      <translation>請用 --certificate 指定交接單的檔案名稱。</translation>
    </message>
    <message>
      <source>Name the kind of record and the sheet: crm-desktop import customer customers.xlsx</source>
      <translation>請指定記錄類型和表格，例如：crm-desktop import customer customers.xlsx</translation>
    </message>
    <message>
      <source>Name the kind of record and two of them: crm-desktop merge TYPE KEEP LOSE</source>
      <translation>請寫出記錄類型和兩筆記錄：crm-desktop merge TYPE KEEP LOSE</translation>
    </message>
    <message>
      <source>Name the records by their ids, or choose them with --where or --text.</source>
      <translation>請依編號列出記錄，或用 --where、--text 選擇。</translation>
    </message>
    <message>
      <source>Name the server with --database mysql://user@server:3306/name. For a local file run: crm-desktop check</source>
      <translation>請用 --database mysql://user@server:3306/name 指定伺服器。本機檔案請執行：crm-desktop check</translation>
    </message>
    <message>
      <source>Navigation</source>
      <translation>導覽</translation>
    </message>
    <message>
      <source>Needs attention</source>
      <translation>需要關注</translation>
    </message>
    <message>
      <source>Network folder</source>
      <translation>網路資料夾</translation>
    </message>
    <message>
      <source>New</source>
      <translation>新增</translation>
    </message>
    <message>
      <source>New contact</source>
      <translation>新增聯絡人</translation>
    </message>
    <message>
      <source>New contract</source>
      <translation>新增合約</translation>
    </message>
    <message>
      <source>New customer: {name}</source>
      <translation>新增客戶：{name}</translation>
    </message>
    <message>
      <source>New customers</source>
      <translation>新增客戶</translation>
    </message>
    <message>
      <source>New event</source>
      <translation>新增行程</translation>
    </message>
    <message>
      <source>New in this list</source>
      <translation>在此清單中新增</translation>
    </message>
    <message>
      <source>New key</source>
      <translation>新金鑰</translation>
    </message>
    <message>
      <source>New key…</source>
      <translation>新金鑰…</translation>
    </message>
    <message>
      <source>New opportunity</source>
      <translation>新增商機</translation>
    </message>
    <message>
      <source>New opportunity in this stage</source>
      <translation>在此階段新增商機</translation>
    </message>
    <message>
      <source>New owner</source>
      <translation>新負責人</translation>
    </message>
    <message>
      <source>New password</source>
      <translation>新密碼</translation>
    </message>
    <message>
      <source>New password of {user}: </source>
      <translation>{user} 的新密碼： </translation>
    </message>
    <message>
      <source>New record of any kind…</source>
      <translation>新增任意記錄…</translation>
    </message>
    <message>
      <source>New role</source>
      <translation>新增角色</translation>
    </message>
    <message>
      <source>New shortcut</source>
      <translation>新快速鍵</translation>
    </message>
    <message>
      <source>New {one}</source>
      <translation>新增{one}</translation>
    </message>
    <message>
      <source>New…</source>
      <translation>新增…</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>下一步</translation>
    </message>
    <message>
      <source>Next Monday</source>
      <translation>下週一</translation>
    </message>
    <message>
      <source>Next Monday 09:00</source>
      <translation>下週一 09:00</translation>
    </message>
    <message>
      <source>Next contact</source>
      <translation>下次聯絡</translation>
    </message>
    <message>
      <source>Next month</source>
      <translation>下個月</translation>
    </message>
    <message>
      <source>Next page</source>
      <translation>下一頁</translation>
    </message>
    <message>
      <source>Next run</source>
      <translation>下次執行</translation>
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
      <translation>詳細資料的下一個索引標籤</translation>
    </message>
    <message>
      <source>Next view</source>
      <translation>下一個檢視</translation>
    </message>
    <message>
      <source>No</source>
      <translation>否</translation>
    </message>
    <message>
      <source>No account was opened for this user name. Open one first.</source>
      <translation>此使用者名稱還沒有開通帳號。請先開通。</translation>
    </message>
    <message>
      <source>No act fits. Take a filter away or choose other days.</source>
      <translation>沒有符合的操作。請減少篩選條件或選擇其他日期。</translation>
    </message>
    <message>
      <source>No administrator has the user name {user}. Name one who may change roles and employees.</source>
      <translation>沒有管理員的使用者名稱是 {user}。請指定可以變更角色和員工的人。</translation>
    </message>
    <message>
      <source>No administrator here has a user name of 2 to 32 small letters or digits, as an account of the server needs. Give one to an administrator under Settings &gt; Employees, then connect again.</source>
      <translation>這裡沒有管理員的使用者名稱符合伺服器帳號的要求：2 到 32 個小寫字母或數字。請先在「設定 &gt; 員工」中為管理員設定使用者名稱，再重新連線。</translation>
    </message>
    <message>
      <source>No amount</source>
      <translation>無金額</translation>
    </message>
    <message>
      <source>No backup could be made in {folder}, so nothing was changed. Make room there and try again.</source>
      <translation>無法在 {folder} 中備份，因此沒有做任何變更。請釋出空間後重試。</translation>
    </message>
    <message numerus="yes">
      <source>No change for %n day(s)</source>
      <translation>
        <numerusform>%n 天沒有變動</numerusform>
      </translation>
    </message>
    <message>
      <source>No column goes into “{label}”, which every record needs. Map one.</source>
      <translation>沒有欄對應「{label}」，而每筆記錄都需要它。請指定一欄。</translation>
    </message>
    <message>
      <source>No column is mapped to a field. Map at least one.</source>
      <translation>沒有任何欄對應到欄位。請至少對應一欄。</translation>
    </message>
    <message>
      <source>No complete new file could be made beside {file}, so nothing was changed. Look whether its disk has room, then try again.</source>
      <translation>無法在 {file} 旁邊生成完整的新檔案，因此未作任何更改。請檢查磁碟是否有空間，然後重試。</translation>
    </message>
    <message>
      <source>No computer named {host} was found. Check the name of the server and your network.</source>
      <translation>找不到名為 {host} 的電腦。請檢查伺服器名稱和網路。</translation>
    </message>
    <message>
      <source>No copy of the team's database was made, because it was just being changed. Try again in some minutes.</source>
      <translation>團隊資料庫正在被變更，沒有備份。請幾分鐘後再試。</translation>
    </message>
    <message>
      <source>No correction.</source>
      <translation>無需校正。</translation>
    </message>
    <message>
      <source>No date</source>
      <translation>無日期</translation>
    </message>
    <message>
      <source>No deleted {records}</source>
      <translation>沒有已刪除的{records}</translation>
    </message>
    <message>
      <source>No duplicates</source>
      <translation>沒有重複</translation>
    </message>
    <message>
      <source>No entry is selected.</source>
      <translation>沒有選取行程。</translation>
    </message>
    <message numerus="yes">
      <source>No font on this PC has the character “{character}” (U+{code}): %n place(s) show 〓 or nothing instead.</source>
      <translation>
        <numerusform>這台電腦沒有字型能顯示「{character}」（U+{code}）：%n 處顯示為 〓 或空白。</numerusform>
      </translation>
    </message>
    <message>
      <source>No good copy of {file} could be made, because it is being written to. Try again in a minute.</source>
      <translation>{file} 正在被寫入，未能產生完好的副本。請一分鐘後重試。</translation>
    </message>
    <message>
      <source>No next step</source>
      <translation>沒有下一步</translation>
    </message>
    <message>
      <source>No opportunities yet</source>
      <translation>還沒有商機</translation>
    </message>
    <message>
      <source>No printer: save a PDF</source>
      <translation>沒有印表機：儲存為 PDF</translation>
    </message>
    <message>
      <source>No row is refused.</source>
      <translation>沒有未匯入的列。</translation>
    </message>
    <message>
      <source>No row would be added or changed.</source>
      <translation>沒有要新增或修改的列。</translation>
    </message>
    <message>
      <source>No rows.</source>
      <translation>沒有資料。</translation>
    </message>
    <message>
      <source>No two records are the same or similar.</source>
      <translation>沒有相同或相似的記錄。</translation>
    </message>
    <message>
      <source>No values can be added to “{label}” by an import.</source>
      <translation>匯入時不能給「{label}」新增新值。</translation>
    </message>
    <message>
      <source>No {records} yet</source>
      <translation>還沒有{records}</translation>
    </message>
    <message>
      <source>Nobody</source>
      <translation>無人</translation>
    </message>
    <message>
      <source>Nobody in this database may sign in, because all its employees have left or were deleted. Restore a backup.</source>
      <translation>此資料庫中沒有人可以登入，因為所有員工都已離職或被刪除。請還原備份。</translation>
    </message>
    <message>
      <source>Nobody this computer trusts has signed the certificate of {host}. Name the certificate of its issuer, a file that whoever looks after the server gives you. If you have named it, it is the wrong one, or somebody else answers in place of the server.</source>
      <translation>{host} 的憑證不是由本機信任的機構簽發的。請指定簽發機構的憑證，伺服器管理員會給您這個檔案。如果已經指定，那就是選錯了，或者有人在冒充伺服器。</translation>
    </message>
    <message>
      <source>Nobody without a name</source>
      <translation>沒有匿名帳號</translation>
    </message>
    <message>
      <source>None</source>
      <translation>無</translation>
    </message>
    <message>
      <source>None of the headings of “{sheet}” is known: {headings}. Name their fields in a file with --map, or the row of the headings with --header-row.</source>
      <translation>無法識別“{sheet}”的任何欄標題：{headings}。請用 --map 檔案指定它們的欄位，或用 --header-row 指定標題所在列。</translation>
    </message>
    <message>
      <source>Not encrypted: only in a network of your own</source>
      <translation>不加密：僅限自己的網路</translation>
    </message>
    <message>
      <source>Not grouped</source>
      <translation>不分組</translation>
    </message>
    <message>
      <source>Not held</source>
      <translation>未進行</translation>
    </message>
    <message>
      <source>Not imported</source>
      <translation>不匯入</translation>
    </message>
    <message>
      <source>Not possible in the state “{state}”.</source>
      <translation>在「{state}」狀態下不能執行。</translation>
    </message>
    <message>
      <source>Not saved: {record}</source>
      <translation>未儲存：{record}</translation>
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
      <translation>未開始</translation>
    </message>
    <message>
      <source>Not the same</source>
      <translation>不是重複</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>備註</translation>
    </message>
    <message>
      <source>Notes on this print</source>
      <translation>列印提示</translation>
    </message>
    <message>
      <source>Nothing entered for this month yet.</source>
      <translation>這個月還沒有填寫。</translation>
    </message>
    <message>
      <source>Nothing for everybody</source>
      <translation>沒有面向所有人的權限</translation>
    </message>
    <message>
      <source>Nothing found for “{words}”.</source>
      <translation>沒有找到「{words}」。</translation>
    </message>
    <message>
      <source>Nothing goes missing. Restore the same copy into the same database again to go on where it was stopped.</source>
      <translation>資料不會遺失。請把同一份備份再次還原到同一個資料庫，將從中斷處繼續。</translation>
    </message>
    <message>
      <source>Nothing goes missing: the data of this computer is as it was. Connect again to go on where it was stopped.</source>
      <translation>沒有遺失任何內容：本機的資料保持原樣。重新連線即可從停下的地方繼續。</translation>
    </message>
    <message>
      <source>Nothing happened yet</source>
      <translation>還沒有動態</translation>
    </message>
    <message>
      <source>Nothing has been changed yet. This is what the import would do. A double click or F2 corrects a cell.</source>
      <translation>尚未變更任何內容。以下是匯入將要做的事。按兩下或按 F2 可更正儲存格。</translation>
    </message>
    <message>
      <source>Nothing has been imported yet.</source>
      <translation>尚未匯入過任何內容。</translation>
    </message>
    <message>
      <source>Nothing has changed since.</source>
      <translation>此後沒有變更。</translation>
    </message>
    <message>
      <source>Nothing is waiting for you today.</source>
      <translation>今天沒有待辦事項。</translation>
    </message>
    <message>
      <source>Nothing matches</source>
      <translation>沒有符合條件的記錄</translation>
    </message>
    <message>
      <source>Nothing selected</source>
      <translation>未選擇記錄</translation>
    </message>
    <message numerus="yes">
      <source>Nothing to change: %n record(s) have this value already.</source>
      <translation>
        <numerusform>無需變更：%n 筆記錄已經是這個值。</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing to count</source>
      <translation>沒有可統計的資料</translation>
    </message>
    <message>
      <source>Nothing to see to here.</source>
      <translation>這裡沒有需要處理的事項。</translation>
    </message>
    <message>
      <source>Nothing was changed</source>
      <translation>未作任何更改</translation>
    </message>
    <message>
      <source>Nothing was changed. Look again whenever you like.</source>
      <translation>什麼也沒有改動，可隨時重新尋找。</translation>
    </message>
    <message>
      <source>Nothing was handed over from this employee yet.</source>
      <translation>這名員工還沒有辦理過交接。</translation>
    </message>
    <message>
      <source>Nothing was imported.</source>
      <translation>沒有匯入任何資料。</translation>
    </message>
    <message>
      <source>Number of days</source>
      <translation>天數</translation>
    </message>
    <message>
      <source>Number {number}</source>
      <translation>編號：{number}</translation>
    </message>
    <message>
      <source>OK</source>
      <translation>確定</translation>
    </message>
    <message>
      <source>Of target</source>
      <translation>指標完成率</translation>
    </message>
    <message>
      <source>Of the first stage</source>
      <translation>佔首階段比例</translation>
    </message>
    <message>
      <source>Off for envelopes that have the boxes printed on them already.</source>
      <translation>信封上已印有郵遞區號框時請關閉。</translation>
    </message>
    <message>
      <source>Old password</source>
      <translation>舊密碼</translation>
    </message>
    <message>
      <source>Older copies taken away: {count}</source>
      <translation>已刪除較早的備份：{count} 個</translation>
    </message>
    <message>
      <source>On leave</source>
      <translation>休假</translation>
    </message>
    <message>
      <source>On sale</source>
      <translation>銷售中</translation>
    </message>
    <message>
      <source>Once more</source>
      <translation>再輸一次</translation>
    </message>
    <message>
      <source>Once more: </source>
      <translation>再輸入一次： </translation>
    </message>
    <message>
      <source>One account for all: for tests and tiny teams</source>
      <translation>所有人共用一個帳號：僅用於試用和很小的團隊</translation>
    </message>
    <message>
      <source>One account for each person</source>
      <translation>每人一個帳號</translation>
    </message>
    <message>
      <source>One administrator must stay. Give somebody else that role first.</source>
      <translation>至少要保留一位管理員。請先把該角色給其他人。</translation>
    </message>
    <message>
      <source>One person…</source>
      <translation>指定人員…</translation>
    </message>
    <message>
      <source>One row for each</source>
      <translation>每列統計</translation>
    </message>
    <message>
      <source>Only a file on this computer can be encrypted; a server is encrypted where it stands.</source>
      <translation>只能加密本機上的檔案；伺服器請在其所在處加密。</translation>
    </message>
    <message>
      <source>Only add new records</source>
      <translation>只新增記錄</translation>
    </message>
    <message>
      <source>Only administrators may do this.</source>
      <translation>只有管理員可以這樣做。</translation>
    </message>
    <message>
      <source>Only an administrator can encrypt or decrypt the database.</source>
      <translation>只有管理員可以加密或解密資料庫。</translation>
    </message>
    <message>
      <source>Only an administrator can end the work of somebody else.</source>
      <translation>只有管理員可以讓他人下線。</translation>
    </message>
    <message>
      <source>Only an administrator can restore a copy: everybody's work since then is taken back.</source>
      <translation>只有管理員可以還原備份：此後所有人的工作都會被撤回。</translation>
    </message>
    <message>
      <source>Only an administrator changes the name of the company.</source>
      <translation>只有管理員可以修改公司名稱。</translation>
    </message>
    <message>
      <source>Only an administrator decides about duplicates.</source>
      <translation>只有管理員可以決定如何處理重複。</translation>
    </message>
    <message>
      <source>Only an administrator says how strictly the server lets people read.</source>
      <translation>只有管理員可以決定伺服器讀取的嚴格程度。</translation>
    </message>
    <message>
      <source>Only an administrator sets somebody else's password.</source>
      <translation>只有管理員可以設定他人的密碼。</translation>
    </message>
    <message>
      <source>Only an administrator unlocks an account.</source>
      <translation>只有管理員可以解鎖帳戶。</translation>
    </message>
    <message>
      <source>Only an administrator who sees every record can make or restore copies of the team's database: a copy holds everything.</source>
      <translation>只有能看到全部記錄的管理員才能備份或還原團隊的資料庫，因為備份包含全部資料。</translation>
    </message>
    <message>
      <source>Only its owner and those above see this record.</source>
      <translation>只有負責人及其上級能看到這筆記錄。</translation>
    </message>
    <message>
      <source>Only my own</source>
      <translation>只看我的</translation>
    </message>
    <message>
      <source>Only the person who made this change can undo it.</source>
      <translation>只有做出此變更的人可以復原。</translation>
    </message>
    <message>
      <source>Only the search index of a shared server needs this. Name the server with --database mysql://root@server:3306/name.</source>
      <translation>只有共用伺服器的搜尋索引需要整理。請用 --database mysql://root@server:3306/name 指明伺服器。</translation>
    </message>
    <message>
      <source>Only this time</source>
      <translation>僅此一次</translation>
    </message>
    <message>
      <source>Only update known records</source>
      <translation>只更新已有記錄</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>開啟</translation>
    </message>
    <message>
      <source>Open a read-only copy</source>
      <translation>開啟唯讀副本</translation>
    </message>
    <message>
      <source>Open again</source>
      <translation>重新開啟</translation>
    </message>
    <message>
      <source>Open amount</source>
      <translation>進行中金額</translation>
    </message>
    <message>
      <source>Open an invitation</source>
      <translation>開啟邀請</translation>
    </message>
    <message>
      <source>Open an invitation…</source>
      <translation>開啟邀請…</translation>
    </message>
    <message>
      <source>Open one of the lists first.</source>
      <translation>請先開啟一個清單。</translation>
    </message>
    <message>
      <source>Open opportunities only, in the month of their expected close; those of earlier months are late.</source>
      <translation>只統計進行中的商機，依預計成交的月份歸集；早於本月的歸為逾期。</translation>
    </message>
    <message>
      <source>Open opportunities that have no date for a next step.</source>
      <translation>沒有下一步日期的進行中商機。</translation>
    </message>
    <message>
      <source>Open opportunities without a change for longer than their stage allows.</source>
      <translation>未變動時間超過所在階段允許天數的進行中商機。</translation>
    </message>
    <message>
      <source>Open pipeline, weighted</source>
      <translation>進行中商機加權金額</translation>
    </message>
    <message>
      <source>Open the existing one</source>
      <translation>開啟已有的</translation>
    </message>
    <message>
      <source>Open the form</source>
      <translation>開啟表單</translation>
    </message>
    <message>
      <source>Open the list of customers, contacts or leads and select rows first.</source>
      <translation>請先開啟客戶、聯絡人或線索清單並選取若干列。</translation>
    </message>
    <message>
      <source>Open the program</source>
      <translation>開啟程式</translation>
    </message>
    <message>
      <source>Open this record</source>
      <translation>開啟此記錄</translation>
    </message>
    <message>
      <source>Open {amount}  ·  Weighted {weighted}</source>
      <translation>進行中 {amount}  ·  加權 {weighted}</translation>
    </message>
    <message>
      <source>Open “{title}”</source>
      <translation>開啟「{title}」</translation>
    </message>
    <message>
      <source>Open: {count}, {money}, weighted {weighted}</source>
      <translation>進行中：{count} 個，{money}，加權 {weighted}</translation>
    </message>
    <message>
      <source>Operation log</source>
      <translation>操作日誌</translation>
    </message>
    <message>
      <source>Operations</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>比較方式</translation>
    </message>
    <message>
      <source>Opportunities</source>
      <translation>商機</translation>
    </message>
    <message>
      <source>Opportunities that are lost now and were closed in the period.</source>
      <translation>目前為輸單且在期間內關閉的商機。</translation>
    </message>
    <message>
      <source>Opportunities, contracts, tasks and events go to whoever gets their customer.</source>
      <translation>商機、合約、任務和行程隨客戶移交給同一接收人。</translation>
    </message>
    <message>
      <source>Opportunity</source>
      <translation>商機</translation>
    </message>
    <message>
      <source>Orange</source>
      <translation>橙色</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>順序</translation>
    </message>
    <message>
      <source>Organised by</source>
      <translation>召集人</translation>
    </message>
    <message>
      <source>Other Phones</source>
      <translation>其他電話</translation>
    </message>
    <message>
      <source>Other types have some: choose one above.</source>
      <translation>其他類型中有已刪除的記錄，請在上方選擇。</translation>
    </message>
    <message>
      <source>Outcome</source>
      <translation>結果</translation>
    </message>
    <message>
      <source>Own label sheet</source>
      <translation>自訂標籤紙</translation>
    </message>
    <message>
      <source>Own sheet</source>
      <translation>自訂標籤紙</translation>
    </message>
    <message>
      <source>Own sheet…</source>
      <translation>自訂標籤紙…</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>負責人</translation>
    </message>
    <message>
      <source>Owner: {name}</source>
      <translation>負責人：{name}</translation>
    </message>
    <message>
      <source>Owners</source>
      <translation>負責人</translation>
    </message>
    <message>
      <source>Owners and departments</source>
      <translation>負責人與部門</translation>
    </message>
    <message>
      <source>PDF document</source>
      <translation>PDF 文件</translation>
    </message>
    <message>
      <source>PDF files (*.pdf)</source>
      <translation>PDF 檔案 (*.pdf)</translation>
    </message>
    <message>
      <source>PDF to read and print (.pdf)</source>
      <translation>PDF，用於閱讀和列印 (.pdf)</translation>
    </message>
    <message>
      <source>Page before</source>
      <translation>上一頁</translation>
    </message>
    <message>
      <source>Page width</source>
      <translation>頁寬</translation>
    </message>
    <message>
      <source>Page {page} of {pages}</source>
      <translation>第 {page} 頁，共 {pages} 頁</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>紙張</translation>
    </message>
    <message>
      <source>Paper height</source>
      <translation>紙張高度</translation>
    </message>
    <message>
      <source>Paper width</source>
      <translation>紙張寬度</translation>
    </message>
    <message>
      <source>Part of</source>
      <translation>上層部門</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密碼</translation>
    </message>
    <message>
      <source>Password of {name}</source>
      <translation>{name} 的密碼</translation>
    </message>
    <message>
      <source>Password of {user} on {host}: </source>
      <translation>{user} 在 {host} 上的密碼： </translation>
    </message>
    <message>
      <source>Password…</source>
      <translation>密碼…</translation>
    </message>
    <message>
      <source>Paste rows from a spreadsheet…</source>
      <translation>貼上表格中的列…</translation>
    </message>
    <message>
      <source>Pending signature</source>
      <translation>待簽署</translation>
    </message>
    <message>
      <source>People sign in with their accounts of this server as before. Who has none gets a password under Settings &gt; Employees. Reading is standard; where it was strict, switch it on again.</source>
      <translation>大家照舊用這台伺服器上的帳號登入。沒有帳號的人，請在「設定 &gt; 員工」中為其設密碼。讀取為標準方式；原來是嚴格方式的，請重新開啟。</translation>
    </message>
    <message>
      <source>People: all</source>
      <translation>人員：全部</translation>
    </message>
    <message>
      <source>People: {shown} of {all}</source>
      <translation>人員：{shown} / {all}</translation>
    </message>
    <message>
      <source>Percent</source>
      <translation>百分比</translation>
    </message>
    <message>
      <source>Perhaps there is a {one} already: “{title}” ({why}).</source>
      <translation>可能已有{one}：「{title}」（{why}）。</translation>
    </message>
    <message>
      <source>Perhaps there is a {one} already: “{title}”, {owner} ({why})</source>
      <translation>可能已有{one}：「{title}」，{owner}（{why}）</translation>
    </message>
    <message>
      <source>Perhaps there is a {one} of {owner} already ({why}).</source>
      <translation>可能已有一筆由{owner}負責的{one}（{why}）。</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>期間</translation>
    </message>
    <message>
      <source>Person</source>
      <translation>人員</translation>
    </message>
    <message>
      <source>Personal</source>
      <translation>個人資料</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>電話</translation>
    </message>
    <message>
      <source>Pick a card first.</source>
      <translation>請先選擇一張卡片。</translation>
    </message>
    <message>
      <source>Picklist</source>
      <translation>選項清單</translation>
    </message>
    <message>
      <source>Picklist value</source>
      <translation>選項</translation>
    </message>
    <message>
      <source>Picklists</source>
      <translation>選項清單</translation>
    </message>
    <message>
      <source>Picture</source>
      <translation>圖片</translation>
    </message>
    <message>
      <source>Pipeline</source>
      <translation>銷售流程</translation>
    </message>
    <message>
      <source>Pipeline: {name}</source>
      <translation>銷售流程：{name}</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>地點</translation>
    </message>
    <message>
      <source>Plan a visit</source>
      <translation>安排拜訪</translation>
    </message>
    <message>
      <source>Plan again</source>
      <translation>重新計畫</translation>
    </message>
    <message>
      <source>Planned</source>
      <translation>計畫</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>連接埠</translation>
    </message>
    <message>
      <source>Port {port} of {host} is open, but nothing is said there. It is no MariaDB or MySQL, or the server is overloaded: check the port, then try again.</source>
      <translation>{host} 的連接埠 {port} 是開放的，但沒有任何回應。它不是 MariaDB 或 MySQL，或者伺服器過載：請檢查連接埠後重試。</translation>
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
      <translation>郵遞區號</translation>
    </message>
    <message>
      <source>Postcode</source>
      <translation>郵遞區號</translation>
    </message>
    <message>
      <source>Postcode boxes</source>
      <translation>郵遞區號框</translation>
    </message>
    <message>
      <source>Press the new keys:</source>
      <translation>請按下新的快速鍵：</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>預覽</translation>
    </message>
    <message>
      <source>Previous month</source>
      <translation>上個月</translation>
    </message>
    <message>
      <source>Previous page</source>
      <translation>上一頁</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>價格</translation>
    </message>
    <message>
      <source>Primary contact</source>
      <translation>主要聯絡人</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>列印</translation>
    </message>
    <message>
      <source>Print address labels</source>
      <translation>列印地址標籤</translation>
    </message>
    <message>
      <source>Print an envelope</source>
      <translation>列印信封</translation>
    </message>
    <message>
      <source>Print envelopes</source>
      <translation>列印信封</translation>
    </message>
    <message>
      <source>Print it at 100 % (“actual size”), then measure with a ruler.</source>
      <translation>請以 100 %（「實際大小」）列印，再用尺測量。</translation>
    </message>
    <message>
      <source>Print it or write it down, and keep it where the computer is not. Who loses it together with the keyring loses the data.</source>
      <translation>請列印或抄下，並存放在電腦以外的地方。如果它與金鑰圈都丟失，資料也就丟失。</translation>
    </message>
    <message>
      <source>Print labels</source>
      <translation>列印標籤</translation>
    </message>
    <message>
      <source>Print test page</source>
      <translation>列印測試頁</translation>
    </message>
    <message>
      <source>Print the frame for the stamp</source>
      <translation>列印郵票框</translation>
    </message>
    <message>
      <source>Print the outlines of the labels (for a test)</source>
      <translation>列印標籤邊框（用於測試）</translation>
    </message>
    <message>
      <source>Print the postcode boxes</source>
      <translation>列印郵遞區號框</translation>
    </message>
    <message>
      <source>Print the report</source>
      <translation>列印報表</translation>
    </message>
    <message>
      <source>Print the sender</source>
      <translation>列印寄件人</translation>
    </message>
    <message>
      <source>Print the test page on plain paper of the same size, at 100 %. Measure it with a ruler and enter what you find. Print it once more to check.</source>
      <translation>請在相同尺寸的普通紙上以 100 % 列印測試頁，用尺測量後填入結果。再列印一次以便核對。</translation>
    </message>
    <message>
      <source>Printed parts</source>
      <translation>列印內容</translation>
    </message>
    <message>
      <source>Printer</source>
      <translation>印表機</translation>
    </message>
    <message>
      <source>Printer: {printer}</source>
      <translation>印表機：{printer}</translation>
    </message>
    <message>
      <source>Printing</source>
      <translation>列印</translation>
    </message>
    <message>
      <source>Prints groups of the same and of similar records with the reasons, the surest first. With --json each line is a group.</source>
      <translation>列印相同和相似的記錄組及原因，最確定的在前。加 --json 時每行一組。</translation>
    </message>
    <message>
      <source>Prints the recovery phrase: the key itself, for the day the keyring of this computer is gone. Where there is no keyring, the phrase is asked for each time, or taken from CRM_DATABASE_KEY.</source>
      <translation>輸出復原短語：即金鑰本身，用於本機金鑰圈丟失的情況。沒有金鑰圈時，每次都會詢問復原短語，或從 CRM_DATABASE_KEY 讀取。</translation>
    </message>
    <message>
      <source>Print…</source>
      <translation>列印…</translation>
    </message>
    <message>
      <source>Priority</source>
      <translation>優先順序</translation>
    </message>
    <message>
      <source>Probability</source>
      <translation>贏率</translation>
    </message>
    <message>
      <source>Problems were found.</source>
      <translation>發現問題。</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>產品</translation>
    </message>
    <message>
      <source>Product code</source>
      <translation>產品編號</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>產品</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>資料</translation>
    </message>
    <message>
      <source>Program</source>
      <translation>程式</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>進度</translation>
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
      <translation>在行事曆中安排拜訪</translation>
    </message>
    <message>
      <source>Qualified</source>
      <translation>有意向</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>結束</translation>
    </message>
    <message>
      <source>Read as standard</source>
      <translation>標準讀取</translation>
    </message>
    <message>
      <source>Read as standard…</source>
      <translation>標準讀取…</translation>
    </message>
    <message>
      <source>Read it</source>
      <translation>唯讀</translation>
    </message>
    <message>
      <source>Read strictly</source>
      <translation>嚴格讀取</translation>
    </message>
    <message>
      <source>Read strictly…</source>
      <translation>嚴格讀取…</translation>
    </message>
    <message>
      <source>Read-only copy</source>
      <translation>唯讀副本</translation>
    </message>
    <message>
      <source>Reading</source>
      <translation>讀取</translation>
    </message>
    <message>
      <source>Reading is strict, but there are {count} customers; it is quick enough up to {most}.</source>
      <translation>目前為嚴格讀取，但已有 {count} 個客戶；最多 {most} 個時速度才足夠。</translation>
    </message>
    <message>
      <source>Reading stays as it is: strict reading is for up to 100,000 customers, and there are more. It would be too slow.</source>
      <translation>讀取方式保持不變：嚴格讀取最多適用於 100,000 個客戶，現在已超過，會太慢。</translation>
    </message>
    <message>
      <source>Reading {file}: {rows} rows…</source>
      <translation>正在讀取 {file}：{rows} 列…</translation>
    </message>
    <message>
      <source>Reading {file}…</source>
      <translation>正在讀取 {file}…</translation>
    </message>
    <message>
      <source>Reading “{file}” took too long and was stopped. The file may be damaged.</source>
      <translation>讀取「{file}」耗時過久，已停止。檔案可能已損壞。</translation>
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
      <translation>記錄</translation>
    </message>
    <message>
      <source>Record ID</source>
      <translation>記錄 ID</translation>
    </message>
    <message>
      <source>Record type</source>
      <translation>記錄類型</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>記錄</translation>
    </message>
    <message>
      <source>Records of this kind cannot be merged.</source>
      <translation>這類記錄不能合併。</translation>
    </message>
    <message>
      <source>Records that were changed by hand since stay as they are when an import is undone.</source>
      <translation>復原匯入時，之後手動修改過的記錄保持不變。</translation>
    </message>
    <message>
      <source>Records you see</source>
      <translation>您可見的記錄</translation>
    </message>
    <message>
      <source>Recovery phrase</source>
      <translation>復原短語</translation>
    </message>
    <message>
      <source>Recovery phrase:</source>
      <translation>復原短語：</translation>
    </message>
    <message>
      <source>Recovery phrase: </source>
      <translation>復原短語： </translation>
    </message>
    <message>
      <source>Recycle bin</source>
      <translation>資源回收筒</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>紅色</translation>
    </message>
    <message>
      <source>Refuse these rows</source>
      <translation>拒絕這些列</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>已拒絕</translation>
    </message>
    <message>
      <source>Refused sign-in</source>
      <translation>登入被拒絕</translation>
    </message>
    <message>
      <source>Region → city, address</source>
      <translation>地區 → 城市、地址</translation>
    </message>
    <message>
      <source>Region → province, city, district</source>
      <translation>地區 → 省份、城市、鄉鎮市區</translation>
    </message>
    <message>
      <source>Remark</source>
      <translation>備註</translation>
    </message>
    <message>
      <source>Remember the password on this computer</source>
      <translation>在本機記住密碼</translation>
    </message>
    <message>
      <source>Remind at</source>
      <translation>提醒時間</translation>
    </message>
    <message>
      <source>Remind days before the end</source>
      <translation>提前提醒天數</translation>
    </message>
    <message>
      <source>Remind me</source>
      <translation>提醒我</translation>
    </message>
    <message>
      <source>Remind me at</source>
      <translation>提醒我的時間</translation>
    </message>
    <message>
      <source>Remind minutes before</source>
      <translation>提前提醒分鐘</translation>
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
      <translation>延後提醒</translation>
    </message>
    <message>
      <source>Reminders</source>
      <translation>提醒</translation>
    </message>
    <message>
      <source>Removal of the sample data</source>
      <translation>移除範例資料</translation>
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
      <translation>移除範例資料</translation>
    </message>
    <message>
      <source>Remove the sample data…</source>
      <translation>移除範例資料…</translation>
    </message>
    <message>
      <source>Remove this condition</source>
      <translation>移除此條件</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>重新命名…</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>重新開啟</translation>
    </message>
    <message>
      <source>Repeats</source>
      <translation>重複</translation>
    </message>
    <message>
      <source>Repetition that cannot be kept</source>
      <translation>無法保留的重複規則</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>報表</translation>
    </message>
    <message>
      <source>Reports</source>
      <translation>報表</translation>
    </message>
    <message>
      <source>Reports are written as {formats}.</source>
      <translation>報表可寫成：{formats}。</translation>
    </message>
    <message>
      <source>Required</source>
      <translation>必填</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>重設</translation>
    </message>
    <message>
      <source>Reset layout</source>
      <translation>還原成預設版面配置</translation>
    </message>
    <message>
      <source>Restoration</source>
      <translation>還原</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>還原</translation>
    </message>
    <message>
      <source>Restore a copy</source>
      <translation>還原備份</translation>
    </message>
    <message>
      <source>Restore a copy…</source>
      <translation>還原備份…</translation>
    </message>
    <message>
      <source>Restoring the copy…</source>
      <translation>正在還原備份…</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>結果</translation>
    </message>
    <message>
      <source>Rights as staff and roles say</source>
      <translation>權限與員工和角色一致</translation>
    </message>
    <message>
      <source>Rights level</source>
      <translation>權限等級</translation>
    </message>
    <message>
      <source>Rights of the account</source>
      <translation>帳號的權限</translation>
    </message>
    <message>
      <source>Rings at</source>
      <translation>響鈴時間</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>角色</translation>
    </message>
    <message>
      <source>Role right</source>
      <translation>角色權限</translation>
    </message>
    <message>
      <source>Role rights</source>
      <translation>角色權限</translation>
    </message>
    <message>
      <source>Roles</source>
      <translation>角色</translation>
    </message>
    <message>
      <source>Room for a copy</source>
      <translation>能否還原備份</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Row height</source>
      <translation>列高</translation>
    </message>
    <message>
      <source>Row of the headings</source>
      <translation>標題所在列</translation>
    </message>
    <message>
      <source>Row {row} has “{value}” already, and only one record may. Choose another one, or leave this row out.</source>
      <translation>第 {row} 列已有「{value}」，它只能用於一筆記錄。請換一個，或去掉這一列。</translation>
    </message>
    <message>
      <source>Row {row} holds the same record already, with another “{label}”. Write the same in both, or nothing in this one.</source>
      <translation>第 {row} 列已是同一筆記錄，但「{label}」不同。請將兩列寫成一樣，或將本列的該儲存格留空。</translation>
    </message>
    <message>
      <source>Row {row} holds the same record already.</source>
      <translation>與第 {row} 列是同一筆記錄。</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>列</translation>
    </message>
    <message>
      <source>Rows cannot be matched on “{name}”: no column goes into it.</source>
      <translation>無法依「{name}」比對：沒有欄對應它。</translation>
    </message>
    <message>
      <source>Run on the server: ALTER USER '{user}'@'{host}' ACCOUNT LOCK</source>
      <translation>請在伺服器上執行：ALTER USER '{user}'@'{host}' ACCOUNT LOCK</translation>
    </message>
    <message>
      <source>Run on the server: DROP USER ''@'{host}'</source>
      <translation>請在伺服器上執行：DROP USER ''@'{host}'</translation>
    </message>
    <message>
      <source>Run on the server: DROP USER '{user}'@'{host}'</source>
      <translation>請在伺服器上執行：DROP USER '{user}'@'{host}'</translation>
    </message>
    <message>
      <source>Run on the server: DROP USER of this account, or give the employee another user name.</source>
      <translation>請在伺服器上用 DROP USER 刪除此帳號，或給該員工換一個使用者名稱。</translation>
    </message>
    <message>
      <source>Run on the server: REVOKE ALL PRIVILEGES ON `{schema}`.* FROM '{user}'@'{host}' (and on single tables)</source>
      <translation>請在伺服器上執行：REVOKE ALL PRIVILEGES ON `{schema}`.* FROM '{user}'@'{host}'(單張表的權限也要收回)</translation>
    </message>
    <message>
      <source>Run on the server: REVOKE ALL PRIVILEGES, GRANT OPTION FROM PUBLIC</source>
      <translation>請在伺服器上執行：REVOKE ALL PRIVILEGES, GRANT OPTION FROM PUBLIC</translation>
    </message>
    <message>
      <source>Run on the server: SHOW GRANTS FOR '{user}'@'{host}', and REVOKE what names {schema}</source>
      <translation>在伺服器上執行：SHOW GRANTS FOR '{user}'@'{host}'，並用 REVOKE 收回涉及 {schema} 的權限</translation>
    </message>
    <message>
      <source>Run, best every night: crm-desktop database tidy</source>
      <translation>請執行（最好每晚一次）：crm-desktop database tidy</translation>
    </message>
    <message>
      <source>Run: crm-desktop database create</source>
      <translation>請執行：crm-desktop database create</translation>
    </message>
    <message>
      <source>Run: crm-desktop database login {user} --lock</source>
      <translation>請執行：crm-desktop database login {user} --lock</translation>
    </message>
    <message>
      <source>Run: crm-desktop database login {user} --open</source>
      <translation>請執行：crm-desktop database login {user} --open</translation>
    </message>
    <message>
      <source>Run: crm-desktop database migrate</source>
      <translation>請執行：crm-desktop database migrate</translation>
    </message>
    <message>
      <source>Running numbers</source>
      <translation>流水號</translation>
    </message>
    <message>
      <source>Safe against power cuts</source>
      <translation>斷電安全</translation>
    </message>
    <message>
      <source>Sales</source>
      <translation>銷售</translation>
    </message>
    <message>
      <source>Sales funnel</source>
      <translation>銷售漏斗</translation>
    </message>
    <message>
      <source>Same days of last month: {value}</source>
      <translation>上個月同期：{value}</translation>
    </message>
    <message>
      <source>Sat</source>
      <translation>週六</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>儲存</translation>
    </message>
    <message>
      <source>Save PDF</source>
      <translation>儲存 PDF</translation>
    </message>
    <message>
      <source>Save PDF…</source>
      <translation>儲存 PDF…</translation>
    </message>
    <message>
      <source>Save a new view</source>
      <translation>儲存為新檢視</translation>
    </message>
    <message>
      <source>Save a report…</source>
      <translation>儲存報告…</translation>
    </message>
    <message>
      <source>Save all the same</source>
      <translation>仍然儲存</translation>
    </message>
    <message>
      <source>Save and new</source>
      <translation>儲存並新增</translation>
    </message>
    <message>
      <source>Save as a new view…</source>
      <translation>另存為新檢視…</translation>
    </message>
    <message>
      <source>Save the list as it is now into this view</source>
      <translation>將目前清單儲存到此檢視</translation>
    </message>
    <message>
      <source>Save the record first.</source>
      <translation>請先儲存記錄。</translation>
    </message>
    <message>
      <source>Save the refused rows…</source>
      <translation>儲存未匯入的列…</translation>
    </message>
    <message>
      <source>Save this layout</source>
      <translation>儲存目前版面配置</translation>
    </message>
    <message>
      <source>Save this layout…</source>
      <translation>儲存目前版面配置…</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>已儲存</translation>
    </message>
    <message>
      <source>Saved as {file}</source>
      <translation>已儲存為 {file}</translation>
    </message>
    <message>
      <source>Saved as {path}</source>
      <translation>已儲存為 {path}</translation>
    </message>
    <message>
      <source>Saving…</source>
      <translation>正在儲存…</translation>
    </message>
    <message>
      <source>Say first what it is taken out for.</source>
      <translation>請先說明用途。</translation>
    </message>
    <message>
      <source>Say who leaves: crm-desktop handover FROM TO</source>
      <translation>請指明誰離職：crm-desktop handover 移交人 接收人</translation>
    </message>
    <message>
      <source>Say who takes over: crm-desktop handover FROM TO</source>
      <translation>請指明誰接收：crm-desktop handover 移交人 接收人</translation>
    </message>
    <message>
      <source>Say who you are with --as. Name one of: {names}.</source>
      <translation>請用 --as 說明您是誰，可用：{names}。</translation>
    </message>
    <message>
      <source>Say whose share ends, with --with.</source>
      <translation>請用 --with 指明結束與誰的共享。</translation>
    </message>
    <message>
      <source>Say with --reason what it is taken out for; it is kept in the log.</source>
      <translation>請用 --reason 說明匯出用途，用途會記入日誌。</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>定時匯出</translation>
    </message>
    <message>
      <source>Schedule “{report}”</source>
      <translation>定時匯出「{report}」</translation>
    </message>
    <message>
      <source>Scheduled export</source>
      <translation>定時匯出</translation>
    </message>
    <message>
      <source>Scheduled exports</source>
      <translation>定時匯出</translation>
    </message>
    <message>
      <source>Schedule…</source>
      <translation>定時匯出…</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>分值</translation>
    </message>
    <message>
      <source>Seals of the journal</source>
      <translation>日誌封印</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜尋</translation>
    </message>
    <message>
      <source>Search customers, phones, contracts, or type a command…</source>
      <translation>搜尋客戶、電話、合約，或輸入命令…</translation>
    </message>
    <message>
      <source>Search index</source>
      <translation>搜尋索引</translation>
    </message>
    <message>
      <source>Search index: {kind}</source>
      <translation>搜尋索引：{kind}</translation>
    </message>
    <message>
      <source>Search or run a command</source>
      <translation>搜尋或執行命令</translation>
    </message>
    <message>
      <source>Searching…</source>
      <translation>正在搜尋…</translation>
    </message>
    <message>
      <source>Sees</source>
      <translation>可見範圍</translation>
    </message>
    <message>
      <source>Select a person first.</source>
      <translation>請先選擇一個人。</translation>
    </message>
    <message>
      <source>Select a record first.</source>
      <translation>請先選擇一筆記錄。</translation>
    </message>
    <message>
      <source>Select a row in a list to see its details here. Up and Down keep working in the list.</source>
      <translation>在清單中選擇一列，這裡顯示詳情。上下鍵仍可在清單中移動。</translation>
    </message>
    <message>
      <source>Select one copy.</source>
      <translation>請選擇一份備份。</translation>
    </message>
    <message>
      <source>Select the records to delete first.</source>
      <translation>請先選擇要刪除的記錄。</translation>
    </message>
    <message>
      <source>Select the records to print for first.</source>
      <translation>請先選擇要列印的記錄。</translation>
    </message>
    <message>
      <source>Select the records to restore first.</source>
      <translation>請先選擇要還原的記錄。</translation>
    </message>
    <message>
      <source>Select the two records that are one.</source>
      <translation>請選取要合併的兩筆記錄。</translation>
    </message>
    <message>
      <source>Send for signature</source>
      <translation>送交簽署</translation>
    </message>
    <message>
      <source>Sender</source>
      <translation>寄件人</translation>
    </message>
    <message>
      <source>Sent to {printer}</source>
      <translation>已傳送到 {printer}</translation>
    </message>
    <message>
      <source>Server</source>
      <translation>伺服器</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>設定</translation>
    </message>
    <message>
      <source>Settings and notes of the program</source>
      <translation>設定和程式記錄</translation>
    </message>
    <message>
      <source>Several</source>
      <translation>多種</translation>
    </message>
    <message>
      <source>Share</source>
      <translation>佔比</translation>
    </message>
    <message numerus="yes">
      <source>Share %n record(s)</source>
      <translation>
        <numerusform>共享 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message>
      <source>Share it</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>Share with another colleague by a share of its own.</source>
      <translation>如需共享給其他同事，請另建一筆共享。</translation>
    </message>
    <message>
      <source>Shared</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>Shared record</source>
      <translation>共享的記錄</translation>
    </message>
    <message>
      <source>Shared server</source>
      <translation>共用伺服器</translation>
    </message>
    <message>
      <source>Shared server, an account for each user: everybody works at the same time, and the server itself enforces the rights.</source>
      <translation>共用伺服器，每個使用者有自己的帳號：所有人可同時工作，權限由伺服器本身保證。</translation>
    </message>
    <message>
      <source>Shared server, one account for all: everybody works at the same time, but only the program enforces the rights.</source>
      <translation>共用伺服器，所有人共用一個帳號：所有人可同時工作，但權限只由程式保證。</translation>
    </message>
    <message>
      <source>Shared with</source>
      <translation>共享給</translation>
    </message>
    <message>
      <source>Shared with everybody</source>
      <translation>與所有人共用</translation>
    </message>
    <message>
      <source>Shared with me</source>
      <translation>共享給我</translation>
    </message>
    <message>
      <source>Shared with role</source>
      <translation>與角色共用</translation>
    </message>
    <message>
      <source>Shared with the role “{role}”</source>
      <translation>共用給角色「{role}」</translation>
    </message>
    <message numerus="yes">
      <source>Shared with you by {name}: %n record(s)</source>
      <translation>
        <numerusform>{name} 共享給您 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message>
      <source>Shared with you by {name}: {title}</source>
      <translation>{name} 共享給您：{title}</translation>
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
      <translation>簡稱</translation>
    </message>
    <message>
      <source>Shortcut</source>
      <translation>快速鍵</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>快速鍵</translation>
    </message>
    <message>
      <source>Shortcuts…</source>
      <translation>快速鍵…</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>全部顯示</translation>
    </message>
    <message numerus="yes">
      <source>Show all %n</source>
      <translation>
        <numerusform>顯示全部 %n 項</numerusform>
      </translation>
    </message>
    <message>
      <source>Show everyone</source>
      <translation>顯示所有人</translation>
    </message>
    <message>
      <source>Show fewer</source>
      <translation>收起</translation>
    </message>
    <message>
      <source>Show lost and void ones</source>
      <translation>顯示輸單和無效商機</translation>
    </message>
    <message>
      <source>Show older acts</source>
      <translation>顯示更早的操作</translation>
    </message>
    <message>
      <source>Show or hide the details</source>
      <translation>顯示或隱藏詳情</translation>
    </message>
    <message>
      <source>Show records for which all of this holds</source>
      <translation>顯示同時符合以下條件的記錄</translation>
    </message>
    <message>
      <source>Show reminders</source>
      <translation>顯示提醒</translation>
    </message>
    <message>
      <source>Show the window</source>
      <translation>顯示視窗</translation>
    </message>
    <message>
      <source>Show them</source>
      <translation>檢視</translation>
    </message>
    <message>
      <source>Show this day</source>
      <translation>查看這一天</translation>
    </message>
    <message>
      <source>Show what is left out</source>
      <translation>檢視略過的列</translation>
    </message>
    <message>
      <source>Show {view} beside this view</source>
      <translation>在旁邊顯示{view}</translation>
    </message>
    <message>
      <source>Shown at</source>
      <translation>顯示時間</translation>
    </message>
    <message>
      <source>Shown first</source>
      <translation>預設顯示</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>登入</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>重新登入</translation>
    </message>
    <message>
      <source>Sign in to go on. What you typed is still there.</source>
      <translation>請登入後繼續，您輸入的內容仍然保留。</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>登入</translation>
    </message>
    <message>
      <source>Sign-out</source>
      <translation>登出</translation>
    </message>
    <message>
      <source>Signatures</source>
      <translation>簽署資訊</translation>
    </message>
    <message>
      <source>Signed</source>
      <translation>已簽約</translation>
    </message>
    <message>
      <source>Signed by month</source>
      <translation>每月簽約</translation>
    </message>
    <message>
      <source>Signed by the customer</source>
      <translation>客戶簽署人</translation>
    </message>
    <message>
      <source>Signed by us</source>
      <translation>我方簽署人</translation>
    </message>
    <message>
      <source>Signed on</source>
      <translation>簽署日期</translation>
    </message>
    <message>
      <source>Signed this month</source>
      <translation>本月簽約</translation>
    </message>
    <message>
      <source>Similar</source>
      <translation>相似</translation>
    </message>
    <message>
      <source>Similar to a record of {owner}: {why}.</source>
      <translation>與{owner}負責的一筆記錄相似：{why}。</translation>
    </message>
    <message>
      <source>Similar to row {row}: {why}.</source>
      <translation>與第 {row} 列相似：{why}。</translation>
    </message>
    <message>
      <source>Similar to “{title}”: {why}.</source>
      <translation>與「{title}」相似：{why}。</translation>
    </message>
    <message>
      <source>Similar: “{title}”, {owner} ({why})</source>
      <translation>相似：「{title}」，{owner}（{why}）</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>登入時間</translation>
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
      <translation>稍後提醒</translation>
    </message>
    <message>
      <source>Snoozed</source>
      <translation>稍後提醒</translation>
    </message>
    <message>
      <source>Somebody could sign in with the account {user} of the guard.</source>
      <translation>守護帳號 {user} 可能被人用來登入。</translation>
    </message>
    <message>
      <source>Somebody else is changing the same data and has not finished. Try again in a minute.</source>
      <translation>其他人正在修改同一資料，尚未完成。請稍等一分鐘再試。</translation>
    </message>
    <message>
      <source>Something answers on port {port} of {host}, but it is no MariaDB or MySQL. Check the port; it is 3306 unless somebody changed it.</source>
      <translation>{host} 的連接埠 {port} 有回應，但不是 MariaDB 或 MySQL。請檢查連接埠；沒有人改過的話是 3306。</translation>
    </message>
    <message>
      <source>Something in the program went wrong.</source>
      <translation>程式出了問題。</translation>
    </message>
    <message>
      <source>Something in the program went wrong. Your data is safe; what you did last may not be saved.</source>
      <translation>程式發生錯誤。您的資料是安全的，但剛才的操作可能沒有儲存。</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>來源</translation>
    </message>
    <message>
      <source>Split again</source>
      <translation>重新拆分</translation>
    </message>
    <message numerus="yes">
      <source>Split again; %n record(s) added since the merge stay where they are.</source>
      <translation>
        <numerusform>已重新拆分；合併後新增的 %n 筆記錄留在原處。</numerusform>
      </translation>
    </message>
    <message>
      <source>Stage</source>
      <translation>階段</translation>
    </message>
    <message>
      <source>Stage type</source>
      <translation>階段類型</translation>
    </message>
    <message>
      <source>Stages</source>
      <translation>階段</translation>
    </message>
    <message>
      <source>Standard</source>
      <translation>標準</translation>
    </message>
    <message>
      <source>Standard pipeline</source>
      <translation>標準銷售流程</translation>
    </message>
    <message>
      <source>Standard reading on the server</source>
      <translation>伺服器改為標準讀取</translation>
    </message>
    <message>
      <source>Standard: the server refuses every change that is not allowed and keeps a trace of each. Programs show what a person may see, but who knows SQL well and connects with a tool of his own can find out more.</source>
      <translation>標準：伺服器拒絕一切不允許的變更，並記錄每次變更。程式只顯示本人可見的內容，但精通 SQL 並用自備工具連線的人能查到更多。</translation>
    </message>
    <message>
      <source>Star</source>
      <translation>加上星號</translation>
    </message>
    <message>
      <source>Star, or take the star away</source>
      <translation>加星號或取消星號</translation>
    </message>
    <message>
      <source>Starred</source>
      <translation>星號</translation>
    </message>
    <message>
      <source>Starred: it stands in the sidebar now.</source>
      <translation>已加星號，可在側欄中找到。</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>開始</translation>
    </message>
    <message>
      <source>Start working</source>
      <translation>開始跟進</translation>
    </message>
    <message>
      <source>Started at {moment}, not finished yet.</source>
      <translation>已於 {moment} 開始，尚未完成。</translation>
    </message>
    <message>
      <source>Starts at</source>
      <translation>開始時間</translation>
    </message>
    <message>
      <source>Starts on</source>
      <translation>開始日期</translation>
    </message>
    <message>
      <source>State</source>
      <translation>狀態</translation>
    </message>
    <message>
      <source>States and picklist values</source>
      <translation>狀態與選項</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>狀態</translation>
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
      <translation>測試步驟</translation>
    </message>
    <message>
      <source>Still open</source>
      <translation>進行中</translation>
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
      <translation>已停止，沒有做任何變更。</translation>
    </message>
    <message>
      <source>Stopped. Nothing was imported.</source>
      <translation>已停止，沒有匯入任何資料。</translation>
    </message>
    <message>
      <source>Stopped. Nothing was saved.</source>
      <translation>已停止，沒有儲存任何內容。</translation>
    </message>
    <message>
      <source>Stopped. The import stands as it was.</source>
      <translation>已停止。匯入的內容保持不變。</translation>
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
      <translation>嚴格讀取的代價：清單、搜尋和開啟記錄各多用幾毫秒；不常見的問法（例如依所屬客戶排列聯絡人）要零點幾秒；號碼被隱藏的記錄之間的重複不再提示。最多適用於 {most} 個客戶，現有 {count} 個。能看到全部記錄的人讀取方式不變。已登入的人會重新連線，不會遺失任何內容。</translation>
    </message>
    <message>
      <source>Strict reading is for up to {most} customers; there are {count}. Lists would be too slow.</source>
      <translation>嚴格讀取最多適用於 {most} 個客戶，現有 {count} 個，清單會太慢。</translation>
    </message>
    <message>
      <source>Strict reading on the server</source>
      <translation>伺服器改為嚴格讀取</translation>
    </message>
    <message>
      <source>Strict: whatever tool somebody connects with, the server gives him only the records he may see, and hidden numbers covered.</source>
      <translation>嚴格：無論用什麼工具連線，伺服器都只給出本人可見的記錄，隱藏的號碼也會被遮蓋。</translation>
    </message>
    <message>
      <source>Sub-heading</source>
      <translation>小標題</translation>
    </message>
    <message>
      <source>Summary</source>
      <translation>主題</translation>
    </message>
    <message>
      <source>Sun</source>
      <translation>週日</translation>
    </message>
    <message>
      <source>Switch it off: crm-desktop database reading standard, or live with slower lists.</source>
      <translation>關閉它：crm-desktop database reading standard，或接受較慢的清單。</translation>
    </message>
    <message>
      <source>Switched on</source>
      <translation>啟用</translation>
    </message>
    <message>
      <source>Tab before of the details</source>
      <translation>詳細資料的上一個索引標籤</translation>
    </message>
    <message>
      <source>Tables</source>
      <translation>表格</translation>
    </message>
    <message>
      <source>Tables and indexes</source>
      <translation>資料表與索引</translation>
    </message>
    <message>
      <source>Tables closed to people</source>
      <translation>資料表不對個人開放</translation>
    </message>
    <message>
      <source>Tabs of the details</source>
      <translation>詳細資料的索引標籤</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>標籤</translation>
    </message>
    <message numerus="yes">
      <source>Tag %n record(s)</source>
      <translation>
        <numerusform>為 %n 筆記錄加上標籤</numerusform>
      </translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>標籤</translation>
    </message>
    <message>
      <source>Tags, products and other lists of records</source>
      <translation>標籤、產品等多選關聯</translation>
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
      <translation>取消密碼</translation>
    </message>
    <message>
      <source>Take the star away</source>
      <translation>取消星號</translation>
    </message>
    <message>
      <source>Taken over by</source>
      <translation>接收人</translation>
    </message>
    <message>
      <source>Target</source>
      <translation>銷售指標</translation>
    </message>
    <message>
      <source>Target of department</source>
      <translation>指標部門</translation>
    </message>
    <message>
      <source>Target of person</source>
      <translation>指標人員</translation>
    </message>
    <message>
      <source>Target: {target}</source>
      <translation>銷售指標：{target}</translation>
    </message>
    <message>
      <source>Target: {target} · {part}</source>
      <translation>銷售指標 {target} · {part}</translation>
    </message>
    <message>
      <source>Targets</source>
      <translation>銷售指標</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>任務</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>任務</translation>
    </message>
    <message>
      <source>Tasks due</source>
      <translation>到期任務</translation>
    </message>
    <message>
      <source>Tax number</source>
      <translation>統一編號</translation>
    </message>
    <message>
      <source>Teal</source>
      <translation>青色</translation>
    </message>
    <message>
      <source>Template…</source>
      <translation>範本…</translation>
    </message>
    <message>
      <source>Terminate</source>
      <translation>終止</translation>
    </message>
    <message>
      <source>Terminated</source>
      <translation>已終止</translation>
    </message>
    <message>
      <source>Test connection</source>
      <translation>測試連線</translation>
    </message>
    <message>
      <source>Test connection…</source>
      <translation>測試連線…</translation>
    </message>
    <message>
      <source>Testing…</source>
      <translation>正在測試…</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>文字</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>字型大小</translation>
    </message>
    <message>
      <source>Text table, GB18030 (.csv)</source>
      <translation>文字表格，GB18030 (.csv)</translation>
    </message>
    <message>
      <source>Text table, UTF-8 (.csv)</source>
      <translation>文字表格，UTF-8 (.csv)</translation>
    </message>
    <message numerus="yes">
      <source>That computer gives no sign of life. The database is opened here in %n second(s).</source>
      <translation>
        <numerusform>那台電腦沒有回應。%n 秒後資料庫將在這裡開啟。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The %n selected record(s)</source>
      <translation>
        <numerusform>選取的 %n 筆記錄</numerusform>
      </translation>
    </message>
    <message>
      <source>The account is locked.</source>
      <translation>帳號已鎖定。</translation>
    </message>
    <message>
      <source>The account is open again.</source>
      <translation>帳戶已解鎖。</translation>
    </message>
    <message>
      <source>The account {user} does not read as it should by its rights and by what was chosen for the server.</source>
      <translation>帳號 {user} 的讀取方式與其權限及伺服器的選擇不符。</translation>
    </message>
    <message>
      <source>The account {user} has a right of its own on {schema}, past the views that are meant for it.</source>
      <translation>帳號 {user} 對 {schema} 另有權限，繞過了為其準備的檢視。</translation>
    </message>
    <message>
      <source>The account {user} has rights on the tables themselves.</source>
      <translation>帳號 {user} 對資料表本身有權限。</translation>
    </message>
    <message>
      <source>The account {user} is gone from the server.</source>
      <translation>帳號 {user} 已不在伺服器上。</translation>
    </message>
    <message>
      <source>The account {user} is open, but belongs to nobody who works here.</source>
      <translation>帳號 {user} 仍可登入，但不屬於任何在職員工。</translation>
    </message>
    <message>
      <source>The account {user} may do everything on the whole server.</source>
      <translation>帳號 {user} 可以操作整個伺服器。</translation>
    </message>
    <message>
      <source>The account {user} may not change the settings of the server {host}. Use one that may, such as root, or ask whoever looks after it.</source>
      <translation>帳號 {user} 無權變更伺服器 {host} 的設定。請改用有此權限的帳號（例如 root），或聯絡伺服器管理員。</translation>
    </message>
    <message>
      <source>The account {user} may not do all that is needed with {name}. Let whoever looks after the server run: GRANT ALL PRIVILEGES ON `{name}`.* TO `{user}`@`%`   (missing: {rights})</source>
      <translation>帳號 {user} 對 {name} 的權限不足。請伺服器管理員執行：GRANT ALL PRIVILEGES ON `{name}`.* TO `{user}`@`%`（缺少：{rights}）</translation>
    </message>
    <message>
      <source>The account {user} may not do this on {host}. Ask whoever looks after the server.</source>
      <translation>帳號 {user} 無權在 {host} 上執行此操作。請聯絡伺服器管理員。</translation>
    </message>
    <message>
      <source>The account {user} may not use the database {name} on {host}. Ask whoever looks after the server.</source>
      <translation>帳號 {user} 無權使用 {host} 上的資料庫 {name}。請聯絡伺服器管理員。</translation>
    </message>
    <message>
      <source>The account {user} of the guard is missing.</source>
      <translation>缺少守護帳號 {user}。</translation>
    </message>
    <message>
      <source>The account {user} of the server belongs to nobody who works here. Ask an administrator to enter it as a user name.</source>
      <translation>伺服器帳號 {user} 不屬於任何在職員工。請管理員把它填為員工的使用者名稱。</translation>
    </message>
    <message>
      <source>The account {user} on {host} is locked after too many wrong passwords. Let an administrator give it a new password under Settings &gt; Employees.</source>
      <translation>{host} 上的帳號 {user} 因多次輸錯密碼而被鎖定。請管理員在「設定 &gt; 員工」中為其設新密碼。</translation>
    </message>
    <message>
      <source>The account {user} on {host} is locked. Ask an administrator to open it again.</source>
      <translation>{host} 上的帳號 {user} 已鎖定。請管理員重新開通。</translation>
    </message>
    <message>
      <source>The account {user} was not opened here, but would work as an employee.</source>
      <translation>帳號 {user} 不是在這裡開通的，卻能以員工身分使用。</translation>
    </message>
    <message>
      <source>The address of the database could not be written into {folder}. Make room there, or allow writing, and try again.</source>
      <translation>無法把資料庫位址寫入 {folder}。請騰出空間或允許寫入，然後重試。</translation>
    </message>
    <message>
      <source>The address of “{who}” is too long for this envelope; its end was cut off. Choose a larger envelope.</source>
      <translation>「{who}」的地址太長，信封放不下，末尾已截斷。請選擇更大的信封。</translation>
    </message>
    <message>
      <source>The address of “{who}” is too long for this label; its end was cut off. Choose a larger label.</source>
      <translation>「{who}」的地址太長，標籤放不下，末尾已截斷。請選擇更大的標籤。</translation>
    </message>
    <message>
      <source>The administrator signs in with this user name and password, and opens accounts for the others.</source>
      <translation>管理員用此使用者名稱和密碼登入，並為其他人開通帳號。</translation>
    </message>
    <message>
      <source>The amount {value} is too large.</source>
      <translation>金額 {value} 太大。</translation>
    </message>
    <message>
      <source>The best hits come first. With --json each line has type, id, title, sub.</source>
      <translation>最符合的結果在最前。使用 --json 時，每行含有 type、id、title、sub。</translation>
    </message>
    <message>
      <source>The cell holds {error}, an error of the workbook. Mend the formula or empty the cell.</source>
      <translation>儲存格的內容是 {error}，這是表格中的錯誤值。請修正公式或清空儲存格。</translation>
    </message>
    <message>
      <source>The certificate is a PDF: its file must end in .pdf.</source>
      <translation>交接單是 PDF 檔案，檔案名稱必須以 .pdf 結尾。</translation>
    </message>
    <message>
      <source>The certificate is not for {host} but for another name. Write the server's name as it stands in its certificate, or ask whoever looks after the server.</source>
      <translation>憑證不屬於 {host}，而是另一個名稱的。請按憑證中的名稱填寫伺服器，或聯絡伺服器管理員。</translation>
    </message>
    <message>
      <source>The certificate of {host} has expired. Ask whoever looks after the server to renew it. If the clock of this computer is wrong, set it.</source>
      <translation>{host} 的憑證已過期。請伺服器管理員更新憑證。如果本機的時鐘不準，請校準。</translation>
    </message>
    <message>
      <source>The certificate of {host} is not valid yet. The clock of this computer is wrong, or that of the server was: set the one that is.</source>
      <translation>{host} 的憑證尚未生效。本機的時鐘不準，或伺服器當時的時鐘不準：請校準不準的那個。</translation>
    </message>
    <message>
      <source>The certificate was written to {file}</source>
      <translation>交接單已寫入 {file}</translation>
    </message>
    <message>
      <source>The certificate {file} could not be read. Check the name of the file.</source>
      <translation>無法讀取憑證 {file}。請檢查檔名。</translation>
    </message>
    <message>
      <source>The clock of the server and that of this computer are {seconds} seconds apart.</source>
      <translation>伺服器與這台電腦的時鐘相差 {seconds} 秒。</translation>
    </message>
    <message>
      <source>The clock of this computer and that of {host} are {minutes} minutes apart. Set the one that is wrong, then try again.</source>
      <translation>這台電腦與 {host} 的時鐘相差 {minutes} 分鐘。請校準不準的一方，然後重試。</translation>
    </message>
    <message>
      <source>The clock of this computer and that of {host} are {seconds} seconds apart. Let both set their clocks by the network (NTP).</source>
      <translation>本機與 {host} 的時鐘相差 {seconds} 秒。請讓兩者都透過網路 (NTP) 校時。</translation>
    </message>
    <message>
      <source>The code “{code}” cannot be used. Leave it empty.</source>
      <translation>代碼「{code}」不能使用，請留空。</translation>
    </message>
    <message>
      <source>The columns as shown</source>
      <translation>目前顯示的欄</translation>
    </message>
    <message>
      <source>The condition on “{name}” cannot be used. Set it anew.</source>
      <translation>「{name}」的條件無法使用，請重新設定。</translation>
    </message>
    <message>
      <source>The connection to the server was lost while saving, and it is not certain whether the change was saved. Look at the record again before you repeat it.</source>
      <translation>儲存時與伺服器的連線中斷，不確定變更是否已儲存。請先查看該記錄，再決定是否重做。</translation>
    </message>
    <message>
      <source>The connection to {host} was lost. Check your network and try again.</source>
      <translation>與 {host} 的連線中斷。請檢查網路後重試。</translation>
    </message>
    <message>
      <source>The contract ends before it starts. Check the two dates.</source>
      <translation>合約的到期日期早於開始日期，請檢查這兩個日期。</translation>
    </message>
    <message>
      <source>The copies of this database are encrypted, and the keyring of this computer does not hold their key. Type the recovery phrase that was printed for them, or put it into the environment variable {variable}.</source>
      <translation>此資料庫的備份是加密的，而本機的金鑰圈中沒有它們的金鑰。請輸入為備份列印的復原短語，或將其寫入環境變數 {variable}。</translation>
    </message>
    <message>
      <source>The copy comes into a database that is empty or not there yet; the one that is worked in stays as it is. Write an account of the server that may make databases and accounts, such as root.</source>
      <translation>備份將還原到一個空的或尚不存在的資料庫；正在使用的資料庫保持不變。請填寫伺服器上能建立資料庫和帳號的帳號，如 root。</translation>
    </message>
    <message>
      <source>The copy could not be written beside {file}, so nothing was changed. Look whether its disk has room, then try again.</source>
      <translation>無法把備份寫到 {file} 旁邊，沒有做任何變更。請檢查磁碟空間後重試。</translation>
    </message>
    <message>
      <source>The copy could not be written to {folder}, so there is none. Look whether its disk has room and you may write there.</source>
      <translation>備份無法寫入 {folder}，因此沒有備份。請檢查磁碟是否還有空間、您能否在那裡寫入。</translation>
    </message>
    <message>
      <source>The copy is a file with everything in it but passwords: keep it on a disk that others cannot read. This computer makes it while the program is open; what was missed is made up at the next start.</source>
      <translation>備份是一個檔案，除密碼外什麼都在裡面：請放在別人讀不到的磁碟上。本機在程式開啟時備份；錯過的會在下次啟動時補上。</translation>
    </message>
    <message>
      <source>The copy is just being made.</source>
      <translation>正在備份。</translation>
    </message>
    <message>
      <source>The copy is opened and counted before it is called one. Of a server's database it is a file with everything in it but passwords, made while everybody works; who runs it must be an administrator. Keep it where nobody else reads it.</source>
      <translation>備份開啟核對無誤後才算數。伺服器上資料庫的備份是一個檔案，除密碼外什麼都在裡面，備份時大家照常工作；須由管理員執行。請放在別人讀不到的地方。</translation>
    </message>
    <message>
      <source>The copy is restored.</source>
      <translation>備份已還原。</translation>
    </message>
    <message>
      <source>The copy stopped because of an error in the program. The log has the details.</source>
      <translation>程式出錯，備份已中止。詳情見日誌。</translation>
    </message>
    <message>
      <source>The copy {file} is damaged, so nothing was changed. Choose an older one.</source>
      <translation>備份 {file} 已損壞，沒有做任何變更。請選擇更早的一份。</translation>
    </message>
    <message>
      <source>The copy {file} was made by a newer version of the program, so nothing was changed. Update the program first.</source>
      <translation>備份 {file} 由更新版本的程式產生，沒有做任何變更。請先更新程式。</translation>
    </message>
    <message>
      <source>The copy {name}</source>
      <translation>備份 {name}</translation>
    </message>
    <message>
      <source>The counter of {prefix}… stands at {value}, but {highest} has been given.</source>
      <translation>{prefix}… 的計數器為 {value}，但編號已用到 {highest}。</translation>
    </message>
    <message>
      <source>The data changed while it was moved, so nothing is proven. Let nobody work meanwhile, and start the move again.</source>
      <translation>遷移期間資料有變動，無法核對。請在遷移期間停止使用，並重新遷移。</translation>
    </message>
    <message>
      <source>The data lies in {folder} unless --data or --database say otherwise.</source>
      <translation>資料儲存在 {folder}，除非用 --data 或 --database 另行指定。</translation>
    </message>
    <message>
      <source>The data of this computer</source>
      <translation>本機的資料</translation>
    </message>
    <message>
      <source>The database</source>
      <translation>資料庫</translation>
    </message>
    <message>
      <source>The database becomes as it was when the copy was made; what was entered since then is taken back. What is there now is kept as a copy first, so that this can be taken back in the same way.</source>
      <translation>資料庫將回到備份時的狀態，此後輸入的內容會被撤回。現有內容會先備份，因此可以用同樣的方法再還原回來。</translation>
    </message>
    <message>
      <source>The database has a new key.</source>
      <translation>資料庫已更換金鑰。</translation>
    </message>
    <message>
      <source>The database is as it was in {copy}.</source>
      <translation>資料庫已還原為 {copy} 中的狀態。</translation>
    </message>
    <message numerus="yes">
      <source>The database is as it was in {copy}. Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>資料庫已還原為 {copy} 中的狀態。兩邊每張表的列都相同：共 %n 列。</numerusform>
      </translation>
    </message>
    <message>
      <source>The database is encrypted</source>
      <translation>資料庫已加密</translation>
    </message>
    <message>
      <source>The database is encrypted already. To give it another key, use: New key</source>
      <translation>資料庫已經加密。要更換金鑰，請使用「新金鑰」</translation>
    </message>
    <message>
      <source>The database is encrypted.</source>
      <translation>資料庫已加密。</translation>
    </message>
    <message>
      <source>The database is no longer encrypted.</source>
      <translation>資料庫已不再加密。</translation>
    </message>
    <message>
      <source>The database is not encrypted.</source>
      <translation>資料庫未加密。</translation>
    </message>
    <message>
      <source>The database is ready. {user} signs in with: {address}</source>
      <translation>資料庫已就緒。{user} 登入使用：{address}</translation>
    </message>
    <message>
      <source>The database is up to date.</source>
      <translation>資料庫已是最新。</translation>
    </message>
    <message>
      <source>The database itself</source>
      <translation>資料庫本身</translation>
    </message>
    <message>
      <source>The database {file} is damaged. Restore a backup under Settings &gt; Database, or with: crm-desktop database restore</source>
      <translation>資料庫 {file} 已損壞。請在「設定 &gt; 資料庫」中還原備份，或執行：crm-desktop database restore</translation>
    </message>
    <message>
      <source>The database {file} is in use by another program. Close that program and try again.</source>
      <translation>資料庫 {file} 正被其他程式使用。請關閉該程式後重試。</translation>
    </message>
    <message>
      <source>The database {name} on {host} is there already.</source>
      <translation>{host} 上已有資料庫 {name}。</translation>
    </message>
    <message>
      <source>The dates of “{column}” may mean day/month or month/day. Say which with --dates dmy or --dates mdy.</source>
      <translation>「{column}」的日期可能是「日/月」，也可能是「月/日」。請用 --dates dmy 或 --dates mdy 說明。</translation>
    </message>
    <message>
      <source>The disk of the server {host} is full, so nothing was saved. Ask whoever looks after it.</source>
      <translation>伺服器 {host} 的磁碟已滿，沒有儲存任何內容。請聯絡伺服器管理員。</translation>
    </message>
    <message>
      <source>The disk with {file} is full, so nothing was saved. Make room on it and try again.</source>
      <translation>{file} 所在的磁碟已滿，沒有儲存任何內容。請釋出空間後重試。</translation>
    </message>
    <message>
      <source>The doctor found something. Mend it as told above, then run it again.</source>
      <translation>檢查發現了問題。請按上面的提示處理，然後再檢查一次。</translation>
    </message>
    <message>
      <source>The end of a contract changes in the contract.</source>
      <translation>合約的到期日期請在合約中修改。</translation>
    </message>
    <message>
      <source>The event ends before it starts. Check the two times.</source>
      <translation>行程的結束時間早於開始時間，請檢查這兩個時間。</translation>
    </message>
    <message>
      <source>The export stopped because of an error in the program. The log has the details.</source>
      <translation>程式發生錯誤，匯出已停止。詳情請見記錄檔。</translation>
    </message>
    <message>
      <source>The export was stopped; no file was written.</source>
      <translation>匯出已停止，沒有產生檔案。</translation>
    </message>
    <message>
      <source>The file and the copies beside it get another key; the old recovery phrase no longer opens them. Print the new one and keep it where the computer is not. Copies kept elsewhere still need the old one.</source>
      <translation>該檔案及其旁邊的副本將換用新金鑰，舊的復原短語不再能開啟它們。請列印新的復原短語，並存放在電腦以外的地方。存放在別處的副本仍需要舊的復原短語。</translation>
    </message>
    <message>
      <source>The file could not be written to {folder}: {reason}.</source>
      <translation>無法將檔案寫入 {folder}：{reason}。</translation>
    </message>
    <message>
      <source>The file is damaged: {problem}. Restore the last backup.</source>
      <translation>檔案已損壞：{problem}。請還原最近的備份。</translation>
    </message>
    <message>
      <source>The file must end in one of: {endings}.</source>
      <translation>檔名必須以下列之一結尾：{endings}。</translation>
    </message>
    <message>
      <source>The file {file} is empty; what was in it is lost. Restore a backup with: crm-desktop database restore, or delete the file to start afresh.</source>
      <translation>檔案 {file} 是空的，裡面的內容已遺失。請執行 crm-desktop database restore 還原備份，或刪除該檔案重新開始。</translation>
    </message>
    <message>
      <source>The first rows</source>
      <translation>前幾列</translation>
    </message>
    <message>
      <source>The first {shown} of {all} are shown.</source>
      <translation>共 {all} 筆，顯示前 {shown} 筆。</translation>
    </message>
    <message>
      <source>The folder does not answer: {problem}</source>
      <translation>資料夾沒有回應：{problem}</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be made, because a file has that name. Choose another folder.</source>
      <translation>無法建立資料夾 {folder}，因為已有同名檔案。請選擇其他資料夾。</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist. Create it, or choose another one for the copies.</source>
      <translation>資料夾 {folder} 不存在。請新建它，或為備份另選一個。</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist. Create it, or choose another one for this export.</source>
      <translation>資料夾 {folder} 不存在。請建立該資料夾，或為此匯出選擇其他資料夾。</translation>
    </message>
    <message>
      <source>The folder {folder} holds too many exports of this day. Tidy it up.</source>
      <translation>資料夾 {folder} 中當天的匯出檔案太多，請整理。</translation>
    </message>
    <message>
      <source>The folder “{folder}” does not exist.</source>
      <translation>資料夾「{folder}」不存在。</translation>
    </message>
    <message>
      <source>The form file {file} cannot be used: {why} The shipped form is shown instead.</source>
      <translation>表單檔案 {file} 無法使用：{why}現顯示程式內建的表單。</translation>
    </message>
    <message>
      <source>The group has two records: merge them side by side.</source>
      <translation>這一組只有兩筆記錄：請並排合併。</translation>
    </message>
    <message>
      <source>The import has been undone.</source>
      <translation>匯入已復原。</translation>
    </message>
    <message>
      <source>The import is one step: it can be undone as a whole, here or with Ctrl+Z.</source>
      <translation>匯入是一個整體，可以在這裡或按 Ctrl+Z 整體復原。</translation>
    </message>
    <message>
      <source>The invitation was written to {file}. It holds no password: the colleague needs an account of his own.</source>
      <translation>邀請已寫入 {file}。其中不含密碼：同事需要有自己的帳號。</translation>
    </message>
    <message>
      <source>The journal of {count} acts was changed after it was sealed.</source>
      <translation>有 {count} 個操作的日誌在封印之後被改動過。</translation>
    </message>
    <message>
      <source>The kind of a field cannot change, because values are stored. Add a new field.</source>
      <translation>欄位已存有資料，不能更改類型。請新增一個欄位。</translation>
    </message>
    <message>
      <source>The labels do not fit the page: they stand {right} mm over its right and {bottom} mm over its lower edge.</source>
      <translation>標籤超出紙張：右邊超出 {right} 公釐，下邊超出 {bottom} 公釐。</translation>
    </message>
    <message>
      <source>The labels overlap: the horizontal pitch is smaller than the label width.</source>
      <translation>標籤重疊：橫向間距小於標籤寬度。</translation>
    </message>
    <message>
      <source>The labels overlap: the vertical pitch is smaller than the label height.</source>
      <translation>標籤重疊：縱向間距小於標籤高度。</translation>
    </message>
    <message>
      <source>The lead is now a customer.</source>
      <translation>線索已轉為客戶。</translation>
    </message>
    <message>
      <source>The line is encrypted, but nobody checks whose certificate it is.</source>
      <translation>連線已加密，但沒有核對憑證。</translation>
    </message>
    <message>
      <source>The line to the server is not encrypted.</source>
      <translation>與伺服器的連線沒有加密。</translation>
    </message>
    <message>
      <source>The line to {host} is not encrypted: whoever is in the same network can read along.</source>
      <translation>與 {host} 的連線沒有加密：同一網路中的人可以讀取傳輸的內容。</translation>
    </message>
    <message>
      <source>The name of a shared database is small letters, digits and _; a letter comes first.</source>
      <translation>共用資料庫的名稱只能用小寫字母、數字和 _，並以字母開頭。</translation>
    </message>
    <message>
      <source>The network folder does not answer; the program keeps trying. You can go on reading what is shown.</source>
      <translation>網路資料夾沒有回應，程式會繼續嘗試。已顯示的內容可以繼續檢視。</translation>
    </message>
    <message>
      <source>The network folder {folder} does not answer, so nothing was saved. Check the network and try again.</source>
      <translation>網路資料夾 {folder} 沒有回應，因此沒有儲存任何內容。請檢查網路後重試。</translation>
    </message>
    <message>
      <source>The pages are being made…</source>
      <translation>正在產生頁面…</translation>
    </message>
    <message>
      <source>The pages could not be made.</source>
      <translation>無法產生頁面。</translation>
    </message>
    <message>
      <source>The password keeps people apart in this program. It does not encrypt the file.</source>
      <translation>密碼用於在本程式中區分人員，不會加密檔案。</translation>
    </message>
    <message>
      <source>The password of the address may be left out: it is asked for, or taken from CRM_DATABASE_PASSWORD. That of an account that is opened is taken from CRM_NEW_PASSWORD where nobody can be asked.</source>
      <translation>位址中的密碼可以省略：程式會詢問，或取自 CRM_DATABASE_PASSWORD。無法詢問時，開通帳號的密碼取自 CRM_NEW_PASSWORD。</translation>
    </message>
    <message>
      <source>The password of {user} on {host} has expired. Ask an administrator for a new one.</source>
      <translation>{user} 在 {host} 上的密碼已過期。請管理員重新設定。</translation>
    </message>
    <message>
      <source>The password was changed.</source>
      <translation>密碼已變更。</translation>
    </message>
    <message>
      <source>The password was taken away.</source>
      <translation>密碼已取消。</translation>
    </message>
    <message>
      <source>The period ends before it begins. Check the two days.</source>
      <translation>期間的結束日期早於開始日期，請檢查這兩個日期。</translation>
    </message>
    <message>
      <source>The postcode boxes must lie inside the {width} × {height} mm zone at the top left.</source>
      <translation>郵遞區號框必須位於左上角 {width} × {height} 公釐的區域內。</translation>
    </message>
    <message>
      <source>The postcode boxes overlap: the pitch must be at least the width of a box.</source>
      <translation>郵遞區號框重疊：間距至少要等於框寬。</translation>
    </message>
    <message>
      <source>The print would be moved by more than {most} mm. Measure again.</source>
      <translation>列印位置將移動超過 {most} 公釐，請重新測量。</translation>
    </message>
    <message>
      <source>The printer “{printer}” did not take the pages: {reason} Save a PDF instead.</source>
      <translation>印表機「{printer}」未接受頁面：{reason}。請改為儲存 PDF。</translation>
    </message>
    <message>
      <source>The printer “{printer}” does not answer. Check that it is on, or save a PDF instead.</source>
      <translation>印表機「{printer}」沒有回應。請確認已開機，或改為儲存 PDF。</translation>
    </message>
    <message>
      <source>The printer “{printer}” is not there any more. Choose another one.</source>
      <translation>印表機「{printer}」已不存在，請選擇其他印表機。</translation>
    </message>
    <message>
      <source>The program</source>
      <translation>程式</translation>
    </message>
    <message>
      <source>The program fills this in.</source>
      <translation>由程式自動填寫。</translation>
    </message>
    <message>
      <source>The program is already open on this data. Its window comes to the front.</source>
      <translation>程式已開啟此資料，現切換到它的視窗。</translation>
    </message>
    <message>
      <source>The program reminds you in time.</source>
      <translation>到時程式會提醒您。</translation>
    </message>
    <message>
      <source>The program then works with the file of this computer, as before. The team's database and what is in it stay as they are.</source>
      <translation>之後程式像以前一樣使用本機的檔案。團隊的資料庫及其中的內容保持不變。</translation>
    </message>
    <message>
      <source>The program was started with the address of this database, so it cannot go over to another one. Restore the copy with: crm-desktop database restore FILE --database mysql://root@server/name --administrator USER</source>
      <translation>本程式是用這個資料庫的位址啟動的，不能轉到另一個資料庫。請用此命令還原備份：crm-desktop database restore FILE --database mysql://root@server/name --administrator USER</translation>
    </message>
    <message>
      <source>The record as of a day…</source>
      <translation>檢視某一天的記錄…</translation>
    </message>
    <message>
      <source>The record as of this moment</source>
      <translation>查看此時刻的記錄</translation>
    </message>
    <message>
      <source>The record did not exist yet at that time.</source>
      <translation>當時還沒有此記錄。</translation>
    </message>
    <message>
      <source>The record is in the recycle bin. Restore it first.</source>
      <translation>此記錄在資源回收筒中，請先還原。</translation>
    </message>
    <message>
      <source>The record is shared with this colleague already. Change that share.</source>
      <translation>這筆記錄已經共享給這位同事。請修改那筆共享。</translation>
    </message>
    <message>
      <source>The records were merged more than {days} days ago and cannot be split any more.</source>
      <translation>這些記錄合併已超過 {days} 天，不能再拆分。</translation>
    </message>
    <message>
      <source>The recycle bin is empty</source>
      <translation>資源回收筒是空的</translation>
    </message>
    <message>
      <source>The report is still being counted.</source>
      <translation>報表仍在統計中。</translation>
    </message>
    <message>
      <source>The report is written while the program runs. A run that was missed is made up once at the next start.</source>
      <translation>程式執行時按時匯出報表；錯過的匯出會在下次啟動時補做一次。</translation>
    </message>
    <message>
      <source>The same</source>
      <translation>相同</translation>
    </message>
    <message>
      <source>The same as a record of {owner}: {why}.</source>
      <translation>與{owner}負責的一筆記錄相同：{why}。</translation>
    </message>
    <message>
      <source>The same as row {row}: {why}.</source>
      <translation>與第 {row} 列相同：{why}。</translation>
    </message>
    <message>
      <source>The same as “{title}”: {why}.</source>
      <translation>與「{title}」相同：{why}。</translation>
    </message>
    <message>
      <source>The same {one} is there already and belongs to {owner} ({why}).</source>
      <translation>已有相同的{one}，負責人是{owner}（{why}）。</translation>
    </message>
    <message>
      <source>The same: “{title}”, {owner} ({why})</source>
      <translation>相同：「{title}」，{owner}（{why}）</translation>
    </message>
    <message>
      <source>The search index is being tidied just now. Try again in a few minutes.</source>
      <translation>搜尋索引正在整理中，請幾分鐘後再試。</translation>
    </message>
    <message numerus="yes">
      <source>The search index is tidy: %n record(s) as they were before were taken out.</source>
      <translation>
        <numerusform>搜尋索引已整理好：清除了 %n 筆記錄的舊內容。</numerusform>
      </translation>
    </message>
    <message>
      <source>The search index still holds {count} records as they were before they were changed or deleted; each search passes by them.</source>
      <translation>搜尋索引中還留有 {count} 筆已修改或已刪除記錄的舊內容，每次搜尋都要繞過它們。</translation>
    </message>
    <message>
      <source>The sender's address is too long for this envelope; its end was cut off.</source>
      <translation>寄件人的地址太長，信封放不下，末尾已截斷。</translation>
    </message>
    <message>
      <source>The server answers</source>
      <translation>伺服器有回應</translation>
    </message>
    <message>
      <source>The server could not go through the search index: {reason}</source>
      <translation>伺服器無法整理搜尋索引：{reason}</translation>
    </message>
    <message>
      <source>The server does not answer; the program keeps trying. You can go on reading what is shown.</source>
      <translation>伺服器沒有回應，程式會繼續嘗試。已顯示的內容可以繼續查看。</translation>
    </message>
    <message>
      <source>The server has an account of this name already that was not opened here. Choose another user name.</source>
      <translation>伺服器上已有同名帳號，且不是在這裡開通的。請換一個使用者名稱。</translation>
    </message>
    <message>
      <source>The server is {version}; accounts for each user need MariaDB 10.6 or later.</source>
      <translation>伺服器版本為 {version}；每人一個帳號需要 MariaDB 10.6 或更新版本。</translation>
    </message>
    <message>
      <source>The server may be written to</source>
      <translation>伺服器可寫入</translation>
    </message>
    <message>
      <source>The server reads as standard now.</source>
      <translation>伺服器現為標準讀取。</translation>
    </message>
    <message>
      <source>The server reads strictly now.</source>
      <translation>伺服器現為嚴格讀取。</translation>
    </message>
    <message>
      <source>The server refused this change, because it is not allowed.</source>
      <translation>伺服器拒絕了此變更：不允許這樣做。</translation>
    </message>
    <message>
      <source>The server refused this: it reads strictly, and was asked in a form it does not take. Update the program.</source>
      <translation>伺服器拒絕了此操作：目前為嚴格讀取，不接受這種請求形式。請更新程式。</translation>
    </message>
    <message>
      <source>The server refused this: it would be written down under somebody else's name.</source>
      <translation>伺服器拒絕：這會記在別人名下。</translation>
    </message>
    <message>
      <source>The server refused this: only what is in the recycle bin is deleted for good.</source>
      <translation>伺服器拒絕：只有資源回收筒裡的記錄才能徹底刪除。</translation>
    </message>
    <message>
      <source>The server refused this: records of others belong to it that you may not delete. Ask somebody who may.</source>
      <translation>伺服器拒絕：它下面有您無權刪除的他人記錄。請找有權限的人處理。</translation>
    </message>
    <message>
      <source>The server refused this: settings of the company are changed by administrators.</source>
      <translation>伺服器拒絕：公司設定由管理員變更。</translation>
    </message>
    <message>
      <source>The server refused this: somebody else changed the record meanwhile. Read it again.</source>
      <translation>伺服器拒絕：此記錄已被別人變更。請重新讀取。</translation>
    </message>
    <message>
      <source>The server refused this: the clock of this computer is wrong. Set it and try again.</source>
      <translation>伺服器拒絕：這台電腦的時鐘不準。請校準後重試。</translation>
    </message>
    <message>
      <source>The server refused this: the record is not yours to share.</source>
      <translation>伺服器拒絕：您不能共用此記錄。</translation>
    </message>
    <message>
      <source>The server refused this: the record would belong to somebody you may not give records to.</source>
      <translation>伺服器拒絕：您不能把記錄交給此人。</translation>
    </message>
    <message>
      <source>The server refused this: the record, or the one it is about, is not yours to change.</source>
      <translation>伺服器拒絕：您不能變更此記錄或它所屬的記錄。</translation>
    </message>
    <message>
      <source>The server refused this: who made a record and when cannot be changed.</source>
      <translation>伺服器拒絕：建立人和建立時間不能變更。</translation>
    </message>
    <message>
      <source>The server refused this: you lack the right. An administrator can grant it under Settings &gt; Roles.</source>
      <translation>伺服器拒絕：您沒有此權限。管理員可在「設定 &gt; 角色」中授權。</translation>
    </message>
    <message>
      <source>The server {host} could not make a table; most often its disk is full. Ask whoever looks after it to make room, then try again: it goes on where it was.</source>
      <translation>伺服器 {host} 無法建立資料表，多半是磁碟已滿。請伺服器管理員騰出空間後重試：會從停下的地方繼續。</translation>
    </message>
    <message>
      <source>The server {host} does not accept this user name and password. Check both and try again.</source>
      <translation>伺服器 {host} 不接受此使用者名稱和密碼。請檢查後重試。</translation>
    </message>
    <message>
      <source>The server {host} does not answer on port {port}. Check that it runs and that you are on its network.</source>
      <translation>伺服器 {host} 的連接埠 {port} 沒有回應。請確認伺服器正在執行，且您已連線到它所在的網路。</translation>
    </message>
    <message>
      <source>The server {host} does not let this computer in. Ask whoever looks after the server.</source>
      <translation>伺服器 {host} 不允許這台電腦連線。請聯絡伺服器管理員。</translation>
    </message>
    <message>
      <source>The server {host} has too many connections. Try again in a minute.</source>
      <translation>伺服器 {host} 的連線數已滿，請一分鐘後重試。</translation>
    </message>
    <message>
      <source>The server {host} is read-only at the moment, so nothing was saved. Try again later.</source>
      <translation>伺服器 {host} 目前為唯讀，沒有儲存任何內容。請稍後再試。</translation>
    </message>
    <message>
      <source>The server {host} is too old ({version}). MariaDB 10.4 or MySQL 8.0.17 is needed.</source>
      <translation>伺服器 {host} 的版本（{version}）過舊，需要 MariaDB 10.4 或 MySQL 8.0.17。</translation>
    </message>
    <message>
      <source>The server {host} offers no encrypted line. Ask whoever looks after it to give it a certificate; only in a network that is all your own may the line stay without.</source>
      <translation>伺服器 {host} 不提供加密連線。請伺服器管理員為它設定憑證；只有在完全屬於自己的網路中才可以不加密。</translation>
    </message>
    <message>
      <source>The share was ended.</source>
      <translation>共享已結束。</translation>
    </message>
    <message>
      <source>The share would have ended already. Choose a later day.</source>
      <translation>共享的截止日期已過。請選擇更晚的日期。</translation>
    </message>
    <message>
      <source>The sheet has no column “{column}”.</source>
      <translation>工作表中沒有「{column}」欄。</translation>
    </message>
    <message>
      <source>The sheet has {count} labels; start at one of them.</source>
      <translation>這張標籤紙有 {count} 個標籤，請從其中一個開始。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” has more than {most:,} columns. Delete what lies to the right of the table, also single stray cells, and try again.</source>
      <translation>工作表「{sheet}」超過 {most:,} 欄。請刪除表格右側的內容（包括零散的儲存格）後重試。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” has more than {most:,} rows. Split it into several files.</source>
      <translation>工作表「{sheet}」超過 {most:,} 列，請分割成幾個檔案。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” is damaged and cannot be read.</source>
      <translation>工作表「{sheet}」已損壞，無法讀取。</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” is empty.</source>
      <translation>工作表「{sheet}」是空的。</translation>
    </message>
    <message>
      <source>The star was taken away.</source>
      <translation>已取消星號。</translation>
    </message>
    <message>
      <source>The state changes with the buttons of the record, not by editing it.</source>
      <translation>狀態須用記錄上的按鈕更改，不能直接編輯。</translation>
    </message>
    <message>
      <source>The state is now “{state}”.</source>
      <translation>狀態已改為「{state}」。</translation>
    </message>
    <message>
      <source>The stored label sheet is incomplete. Choose a sheet again.</source>
      <translation>儲存的標籤紙設定不完整，請重新選擇標籤紙。</translation>
    </message>
    <message>
      <source>The table {table} is damaged: {problem}. Restore the last backup.</source>
      <translation>資料表 {table} 已損壞：{problem}。請還原最近的備份。</translation>
    </message>
    <message>
      <source>The tables are newer than this program.</source>
      <translation>資料表比此程式新。</translation>
    </message>
    <message>
      <source>The tables are not as this version makes them: {problem}.</source>
      <translation>資料表與此版本不一致：{problem}。</translation>
    </message>
    <message>
      <source>The tables are older than this program, or a migration was interrupted.</source>
      <translation>資料表比此程式舊，或升級曾被中斷。</translation>
    </message>
    <message>
      <source>The tables are older than this program. They are brought up to date when you connect; then all computers need this version.</source>
      <translation>資料表比此程式舊。連線時會更新資料表，之後所有電腦都需要此版本。</translation>
    </message>
    <message>
      <source>The tables of {name} on {host} are being changed, or this was interrupted. Try again in a few minutes; if that does not help, let an administrator run: crm-desktop database migrate</source>
      <translation>{host} 上 {name} 的資料表正在升級，或升級曾被中斷。請幾分鐘後重試；仍不行時，請管理員執行：crm-desktop database migrate</translation>
    </message>
    <message>
      <source>The tables of {name} on {host} are older than this program. Let an administrator run: crm-desktop database migrate</source>
      <translation>{host} 上 {name} 的資料表比此程式舊。請管理員執行：crm-desktop database migrate</translation>
    </message>
    <message>
      <source>The team's database was not copied: {why}</source>
      <translation>團隊資料庫沒有備份：{why}</translation>
    </message>
    <message>
      <source>The template was written to {file}. Fill it in and choose it here.</source>
      <translation>範本已寫入 {file}。填好後在此選擇它。</translation>
    </message>
    <message>
      <source>The test is under way.</source>
      <translation>正在測試。</translation>
    </message>
    <message>
      <source>The test was stopped.</source>
      <translation>測試已停止。</translation>
    </message>
    <message>
      <source>The two databases are of different versions. Bring both up to date first.</source>
      <translation>兩個資料庫的版本不同。請先都升級到最新。</translation>
    </message>
    <message>
      <source>The two passwords differ. Nothing was changed.</source>
      <translation>兩次輸入的密碼不同。沒有做任何變更。</translation>
    </message>
    <message>
      <source>The two passwords differ. Type the new one twice.</source>
      <translation>兩次輸入的密碼不一致，請重新輸入新密碼兩次。</translation>
    </message>
    <message>
      <source>The user name needs 2 to 32 small letters or digits; a letter comes first.</source>
      <translation>使用者名稱須為 2 到 32 個小寫字母或數字，並以字母開頭。</translation>
    </message>
    <message>
      <source>The user name of {name} cannot be an account of the server: it needs 2 to 32 small letters or digits. Change it first.</source>
      <translation>{name} 的使用者名稱不能作為伺服器帳號：須為 2 到 32 個小寫字母或數字。請先修改。</translation>
    </message>
    <message>
      <source>The user name “{login}” is taken. Choose another.</source>
      <translation>使用者名稱「{login}」已被使用，請換一個。</translation>
    </message>
    <message>
      <source>The view was deleted.</source>
      <translation>檢視已刪除。</translation>
    </message>
    <message>
      <source>The view was saved.</source>
      <translation>檢視已儲存。</translation>
    </message>
    <message>
      <source>The whole list as filtered</source>
      <translation>目前篩選的整個清單</translation>
    </message>
    <message>
      <source>The window closes while the file is written anew; that takes seconds. Then it opens again.</source>
      <translation>重寫檔案時視窗會關閉，需要幾秒鐘，然後重新開啟。</translation>
    </message>
    <message>
      <source>The year {year} is out of range: 1900 to 2199.</source>
      <translation>年份 {year} 超出範圍：1900 至 2199。</translation>
    </message>
    <message>
      <source>The {what} chosen does not exist, or you may not see it.</source>
      <translation>所選的{what}不存在，或您無權查看。</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>佈景主題</translation>
    </message>
    <message>
      <source>There are no copies in the folder backups yet.</source>
      <translation>資料夾 backups 中還沒有備份。</translation>
    </message>
    <message>
      <source>There are no copies in {folder} yet. Make one with: crm-desktop database backup</source>
      <translation>{folder} 中還沒有備份。請用以下命令備份：crm-desktop database backup</translation>
    </message>
    <message>
      <source>There are no tables in it yet. An administrator fills it: with the data of a computer, or with a new company.</source>
      <translation>裡面還沒有資料表。由管理員填充：放入一台電腦的資料，或建立新公司。</translation>
    </message>
    <message>
      <source>There are no tables yet.</source>
      <translation>還沒有資料表。</translation>
    </message>
    <message>
      <source>There are no tags yet. Add some in the settings.</source>
      <translation>還沒有標籤，請在「設定」中新增。</translation>
    </message>
    <message>
      <source>There is a mistake in group {group} of the recovery phrase (“{typed}”). Look at the printed page again.</source>
      <translation>復原短語第 {group} 組（「{typed}」）有誤。請再看一下列印的頁面。</translation>
    </message>
    <message>
      <source>There is a mistake in several groups of the recovery phrase. Compare each of them with the printed page.</source>
      <translation>復原短語有幾組有誤。請逐組與列印的頁面核對。</translation>
    </message>
    <message>
      <source>There is a role “{name}” already. Choose another name.</source>
      <translation>已有名為「{name}」的角色，請換一個名稱。</translation>
    </message>
    <message>
      <source>There is a second account {user} for the computer {host}; it would work as the same person.</source>
      <translation>電腦 {host} 另有一個帳號 {user}，會被當作同一個人。</translation>
    </message>
    <message>
      <source>There is a target for {name} in this month already. Change that one.</source>
      <translation>{name} 本月已有銷售指標，請修改已有的那一筆。</translation>
    </message>
    <message>
      <source>There is a {one} already, and it belongs to {owner} ({why}). Ask before you save yours all the same.</source>
      <translation>已有{one}，負責人是{owner}（{why}）。請先問一下，再決定是否仍要儲存。</translation>
    </message>
    <message>
      <source>There is a {one} already: “{title}” ({why}).</source>
      <translation>已有{one}：「{title}」（{why}）。</translation>
    </message>
    <message>
      <source>There is a {one} already: “{title}” ({why}). Open it, or save yours all the same.</source>
      <translation>已有{one}：「{title}」（{why}）。可以開啟它，或仍然儲存。</translation>
    </message>
    <message>
      <source>There is a {one} already: “{title}”, {owner} ({why})</source>
      <translation>已有{one}：「{title}」，{owner}（{why}）</translation>
    </message>
    <message>
      <source>There is a {one} of {owner} already ({why}).</source>
      <translation>已有一筆由{owner}負責的{one}（{why}）。</translation>
    </message>
    <message>
      <source>There is already a contract with the number {number}, maybe one you do not see. Choose another number.</source>
      <translation>已有編號為 {number} 的合約，可能是您看不到的。請換一個編號。</translation>
    </message>
    <message>
      <source>There is no column to write. Choose at least one.</source>
      <translation>沒有要寫入的欄，請至少選擇一欄。</translation>
    </message>
    <message>
      <source>There is no copy {file}. Choose one that is there.</source>
      <translation>沒有備份 {file}。請選擇現有的備份。</translation>
    </message>
    <message>
      <source>There is no database in {folder}.</source>
      <translation>{folder} 中沒有資料庫。</translation>
    </message>
    <message>
      <source>There is no database {name} on {host} yet. An account that may make it will do so when you connect.</source>
      <translation>{host} 上還沒有資料庫 {name}。有權建立的帳號會在連線時建立它。</translation>
    </message>
    <message>
      <source>There is no database {name} on {host}. Ask whoever looks after the server to create it.</source>
      <translation>{host} 上沒有資料庫 {name}。請聯絡伺服器管理員建立。</translation>
    </message>
    <message>
      <source>There is no envelope “{key}”. Choose one from the list.</source>
      <translation>沒有信封「{key}」，請從清單中選擇。</translation>
    </message>
    <message>
      <source>There is no field “{name}” to export.</source>
      <translation>沒有可匯出的欄位「{name}」。</translation>
    </message>
    <message>
      <source>There is no field “{name}” to import into.</source>
      <translation>沒有可匯入的欄位「{name}」。</translation>
    </message>
    <message>
      <source>There is no field “{name}”. The fields are: {fields}.</source>
      <translation>沒有欄位「{name}」。可用的欄位：{fields}。</translation>
    </message>
    <message>
      <source>There is no file format “{format}”. Choose one of: {formats}.</source>
      <translation>沒有檔案格式「{format}」。可用：{formats}。</translation>
    </message>
    <message>
      <source>There is no kind of record “{word}”. Name one of: {types}.</source>
      <translation>沒有記錄類型「{word}」。可用：{types}。</translation>
    </message>
    <message>
      <source>There is no label sheet “{key}”. Choose one from the list.</source>
      <translation>沒有標籤紙「{key}」，請從清單中選擇。</translation>
    </message>
    <message>
      <source>There is no other record to go to.</source>
      <translation>沒有其他可前往的記錄。</translation>
    </message>
    <message>
      <source>There is no report “{key}”. Choose one of: {keys}.</source>
      <translation>沒有報表「{key}」。可用：{keys}。</translation>
    </message>
    <message>
      <source>There is no room left on the disk for reading “{file}”. Free some space and try again.</source>
      <translation>磁碟空間不足，無法讀取「{file}」。請釋出空間後重試。</translation>
    </message>
    <message>
      <source>There is no room left on the disk for “{file}”. Free some space and try again.</source>
      <translation>磁碟空間不足，無法寫入「{file}」。請釋出空間後重試。</translation>
    </message>
    <message>
      <source>There is no room left where {folder} is. Make room there and run the export again.</source>
      <translation>{folder} 所在的磁碟空間不足。請釋出空間後重新匯出。</translation>
    </message>
    <message>
      <source>There is no sample data that you may remove.</source>
      <translation>沒有您可以移除的範例資料。</translation>
    </message>
    <message>
      <source>There is no sample data.</source>
      <translation>沒有範例資料。</translation>
    </message>
    <message>
      <source>There is no screen to show a window on. Start the program from a desktop, or use a command: --help.</source>
      <translation>沒有可顯示視窗的螢幕。請從桌面啟動程式，或使用命令：--help。</translation>
    </message>
    <message>
      <source>There is no sheet “{sheet}”. The sheets are: {sheets}.</source>
      <translation>沒有工作表「{sheet}」。現有工作表：{sheets}。</translation>
    </message>
    <message>
      <source>There is no such change to undo.</source>
      <translation>沒有可復原的此項變更。</translation>
    </message>
    <message>
      <source>There is no such handover.</source>
      <translation>沒有這次交接。</translation>
    </message>
    <message>
      <source>There is no user “{who}”. Name one of: {names}.</source>
      <translation>沒有使用者「{who}」。可用：{names}。</translation>
    </message>
    <message>
      <source>There is no view “{view}”. The views are: {views}.</source>
      <translation>沒有檢視「{view}」。現有檢視：{views}。</translation>
    </message>
    <message>
      <source>There is no way of importing “{mode}”. Choose one of: {modes}.</source>
      <translation>沒有匯入方式「{mode}」。可用：{modes}。</translation>
    </message>
    <message>
      <source>There is nobody to print a label for. Select customers or contacts first.</source>
      <translation>沒有要列印標籤的對象。請先選擇客戶或聯絡人。</translation>
    </message>
    <message>
      <source>There is nobody to print an envelope for. Select customers or contacts first.</source>
      <translation>沒有要列印信封的對象。請先選擇客戶或聯絡人。</translation>
    </message>
    <message>
      <source>There is none yet, and only existing ones are to be updated.</source>
      <translation>沒有此記錄，而本次只更新已有記錄。</translation>
    </message>
    <message>
      <source>There is nothing in {name} on {host} yet. What is to be in it?</source>
      <translation>{host} 上的 {name} 裡還沒有內容。要放入什麼？</translation>
    </message>
    <message>
      <source>There is nothing to paste. Copy rows in a spreadsheet first.</source>
      <translation>沒有可貼上的內容。請先在表格中複製若干列。</translation>
    </message>
    <message>
      <source>There is nothing to undo.</source>
      <translation>沒有可復原的操作。</translation>
    </message>
    <message>
      <source>There is only this view. Show another one beside it first.</source>
      <translation>目前只有這一個檢視。請先在旁邊顯示另一個檢視。</translation>
    </message>
    <message>
      <source>These are shown as 138****1234 to people who see a record but neither own it nor have “Full numbers” for it.</source>
      <translation>對能看到記錄、但既不是負責人也沒有「完整號碼」權限的人，這些欄位顯示為 138****1234。</translation>
    </message>
    <message>
      <source>These words are in no list. Say what they mean; rows with a refused word stay out.</source>
      <translation>以下詞語不在任何清單中。請說明其含義；含被拒絕詞語的列不會匯入。</translation>
    </message>
    <message>
      <source>They are not told as duplicates any more.</source>
      <translation>以後不再提示為重複。</translation>
    </message>
    <message>
      <source>This PC has no printer. Save a PDF instead.</source>
      <translation>這台電腦沒有印表機，請改為儲存 PDF。</translation>
    </message>
    <message>
      <source>This account of the server belongs to nobody who works here. Ask an administrator.</source>
      <translation>此伺服器帳號不屬於任何在職員工。請聯絡管理員。</translation>
    </message>
    <message>
      <source>This and those that follow</source>
      <translation>此次及以後各次</translation>
    </message>
    <message>
      <source>This change has been undone already.</source>
      <translation>此項變更已經復原過。</translation>
    </message>
    <message>
      <source>This computer did not answer for a while, and the database was opened by {user} meanwhile. Nothing more can be saved here: copy what you have not saved, close the program and open it again.</source>
      <translation>本機有一段時間沒有回應，其間資料庫已由 {user} 開啟。這裡不能再儲存任何內容：請複製尚未儲存的內容，關閉程式後重新開啟。</translation>
    </message>
    <message>
      <source>This computer has no keyring that could hold the key: the recovery phrase is asked for at each start, or taken from the environment variable {variable}.</source>
      <translation>本機沒有可用來儲存金鑰的金鑰圈：每次啟動時都會詢問復原短語，或從環境變數 {variable} 讀取。</translation>
    </message>
    <message>
      <source>This computer has no keyring the program could keep a password in, so it asks each time.</source>
      <translation>本機沒有可用來儲存密碼的金鑰圈，因此每次都會詢問。</translation>
    </message>
    <message>
      <source>This computer has no keyring, so the program will ask for the phrase at each start.</source>
      <translation>本機沒有金鑰圈，因此程式每次啟動時都會詢問復原短語。</translation>
    </message>
    <message>
      <source>This database belongs to another program. Choose an empty one or another folder.</source>
      <translation>此資料庫屬於其他程式。請選擇空資料庫或其他資料夾。</translation>
    </message>
    <message>
      <source>This database is empty; all who work with it will see what you answer. You can change it later in the settings.</source>
      <translation>此資料庫是空的；所有使用它的人都會看到您填寫的內容。以後可以在“設定”中修改。</translation>
    </message>
    <message>
      <source>This database was used by a newer version of the program. Update the program on this computer.</source>
      <translation>此資料庫已被較新版本的程式使用。請升級這台電腦上的程式。</translation>
    </message>
    <message>
      <source>This did not work because of a mistake in the program. It was written to the log.</source>
      <translation>由於程式錯誤，操作沒有完成。詳情已寫入記錄檔。</translation>
    </message>
    <message>
      <source>This event is over and does not repeat. What repeats goes on as an event of its own: change that one, or plan this one again.</source>
      <translation>這筆行程已經結束，不再重複。重複的部分已作為另一筆行程繼續：請改那一筆，或先把這一筆重新計畫。</translation>
    </message>
    <message>
      <source>This field cannot be changed for many records at once.</source>
      <translation>此欄位不能批次修改。</translation>
    </message>
    <message>
      <source>This file cannot be read.</source>
      <translation>無法讀取此檔案。</translation>
    </message>
    <message>
      <source>This file is no picture the program can read. Choose another one.</source>
      <translation>程式無法讀取此圖片檔案，請另選一個。</translation>
    </message>
    <message>
      <source>This folder is copied by {service} while the program writes in it. That can damage the database or make two of it: keep it in another folder, and only its backups here.</source>
      <translation>程式寫入時，{service} 會同步此資料夾，可能損壞資料庫或使其變成兩份：請把資料庫放在其他資料夾，這裡只存放備份。</translation>
    </message>
    <message>
      <source>This is a copy of {copied}, only to read: {user} on {computer} has the database open since {since}. Open it again when it is free.</source>
      <translation>這是 {copied} 時的唯讀副本：{user} 已於 {since} 在 {computer} 上開啟了資料庫。請等空閒後重新開啟。</translation>
    </message>
    <message>
      <source>This is a copy to read. Copies are made by whoever has the database open.</source>
      <translation>這是唯讀副本。備份由開啟資料庫的人來做。</translation>
    </message>
    <message>
      <source>This is a mistake in the program.</source>
      <translation>這是程式的錯誤。</translation>
    </message>
    <message>
      <source>This is a mistake in the program. The file is as it was.</source>
      <translation>這是程式的錯誤。檔案保持原樣。</translation>
    </message>
    <message>
      <source>This is a mistake in the program. What happened is written in {file}; please send it to whoever looks after the program.</source>
      <translation>這是程式錯誤。詳情已寫入 {file}，請發給負責維護本程式的人員。</translation>
    </message>
    <message>
      <source>This is more data than the server {host} takes at once. Use a smaller file or text.</source>
      <translation>資料量超過了伺服器 {host} 一次可接收的上限。請縮小檔案或文字。</translation>
    </message>
    <message>
      <source>This is no picture. A picture comes in with an .xlsx workbook in which it lies over the cell.</source>
      <translation>這不是圖片。圖片隨 .xlsx 活頁簿匯入，請把圖片放在儲存格上。</translation>
    </message>
    <message>
      <source>This is not the address of a database. It looks like mysql://user:password@server:3306/crm.</source>
      <translation>這不是資料庫地址。正確寫法如 mysql://user:password@server:3306/crm。</translation>
    </message>
    <message>
      <source>This is the database of a team on a server. Its copies are made and brought back with their own commands.</source>
      <translation>這是伺服器上的團隊資料庫。它的備份和還原各有自己的命令。</translation>
    </message>
    <message>
      <source>This lead has been converted already.</source>
      <translation>此線索已經轉換過。</translation>
    </message>
    <message>
      <source>This lead is disqualified. Reopen it before you convert it.</source>
      <translation>此線索已標為無效。請先重新開啟，再轉為客戶。</translation>
    </message>
    <message>
      <source>This month</source>
      <translation>本月</translation>
    </message>
    <message>
      <source>This move was finished before: {target} holds these records already. Work there from now on.</source>
      <translation>這次搬遷之前已經完成：{target} 中已有這些記錄。今後請在那裡工作。</translation>
    </message>
    <message>
      <source>This must be at least {least}.</source>
      <translation>不能小於 {least}。</translation>
    </message>
    <message>
      <source>This must be at most {most}.</source>
      <translation>不能大於 {most}。</translation>
    </message>
    <message>
      <source>This page fills with figures and things to do as you work.</source>
      <translation>隨著您的使用，這裡會顯示各項資料和待辦事項。</translation>
    </message>
    <message>
      <source>This password is too easy to guess. Choose another.</source>
      <translation>這個密碼太容易猜到，請換一個。</translation>
    </message>
    <message>
      <source>This password is wrong.</source>
      <translation>密碼不正確。</translation>
    </message>
    <message>
      <source>This password is wrong. Tries left before the account is locked: {left}.</source>
      <translation>密碼不正確。帳戶鎖定前還可以試 {left} 次。</translation>
    </message>
    <message>
      <source>This person has a password. Put it into the environment variable CRM_PASSWORD, or work at a terminal.</source>
      <translation>此人設有密碼。請把密碼放入環境變數 CRM_PASSWORD，或在終端機中操作。</translation>
    </message>
    <message>
      <source>This person has no password.</source>
      <translation>此人沒有設定密碼。</translation>
    </message>
    <message>
      <source>This phrase is the key of the encrypted database. Type it in when the program asks for it: on another computer, or when the keyring of this one is gone. Capital or small letters, spaces and dashes make no difference; the last group checks the others.</source>
      <translation>此短語就是加密資料庫的金鑰。程式詢問時請輸入：在另一台電腦上，或本機的金鑰圈丟失時。大小寫、空格和連字號沒有區別；最後一組用於校驗其他各組。</translation>
    </message>
    <message>
      <source>This quarter</source>
      <translation>本季</translation>
    </message>
    <message>
      <source>This record always has the owner of the record it belongs to. Assign that one.</source>
      <translation>此記錄的負責人與所屬記錄相同，請指派所屬記錄。</translation>
    </message>
    <message>
      <source>This record does not exist, or you may not see it.</source>
      <translation>此記錄不存在，或您無權查看。</translation>
    </message>
    <message>
      <source>This record is {name}'s already.</source>
      <translation>這筆記錄本來就歸{name}所有。</translation>
    </message>
    <message>
      <source>This recovery phrase is without mistakes but belongs to another database than {file}, or to a key it had before. Use the phrase that was printed last for this database.</source>
      <translation>此復原短語沒有錯誤，但不屬於 {file}，而是屬於另一個資料庫或它以前的金鑰。請使用最近一次為此資料庫列印的復原短語。</translation>
    </message>
    <message>
      <source>This role has rights for this record type already. Change those.</source>
      <translation>該角色已有此記錄類型的權限。請直接修改。</translation>
    </message>
    <message>
      <source>This text has {length} characters; at most {most} fit. Shorten it.</source>
      <translation>此文字有 {length} 個字元，最多 {most} 個，請縮短。</translation>
    </message>
    <message>
      <source>This time of “{title}” is not there any more. A colleague may have changed it; look at the calendar again.</source>
      <translation>「{title}」的這一次已不存在，可能已被同事變更。請再看一下行事曆。</translation>
    </message>
    <message>
      <source>This view belongs to somebody else. Save it under a name of your own.</source>
      <translation>此檢視屬於其他人。請另存為自己的檢視。</translation>
    </message>
    <message>
      <source>This view came with the program. Save it under a name of your own first.</source>
      <translation>此檢視為程式內建。請先另存為自己的檢視。</translation>
    </message>
    <message>
      <source>This view cannot be read. Delete it and save it anew.</source>
      <translation>無法讀取此檢視。請刪除後重新儲存。</translation>
    </message>
    <message>
      <source>This view filters by “{name}”, which no longer exists. Remove that condition.</source>
      <translation>此檢視依「{name}」篩選，但該欄位已不存在。請移除此條件。</translation>
    </message>
    <message>
      <source>This view: rename, share, delete…</source>
      <translation>此檢視：重新命名、共用、刪除…</translation>
    </message>
    <message>
      <source>This window is closed already.</source>
      <translation>這個視窗已經關閉。</translation>
    </message>
    <message>
      <source>This window is locked</source>
      <translation>視窗已鎖定</translation>
    </message>
    <message>
      <source>This year</source>
      <translation>今年</translation>
    </message>
    <message>
      <source>Three steps to begin with</source>
      <translation>開始使用的三個步驟</translation>
    </message>
    <message>
      <source>Thu</source>
      <translation>週四</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>時間</translation>
    </message>
    <message>
      <source>Time of day</source>
      <translation>時刻</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>時區</translation>
    </message>
    <message>
      <source>Timeline</source>
      <translation>動態</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>名稱</translation>
    </message>
    <message>
      <source>Title of the sheet</source>
      <translation>表格標題</translation>
    </message>
    <message>
      <source>To contact today</source>
      <translation>今日需聯絡</translation>
    </message>
    <message>
      <source>To day</source>
      <translation>結束日期</translation>
    </message>
    <message>
      <source>To do</source>
      <translation>待辦事項</translation>
    </message>
    <message>
      <source>To update existing records, choose the fields by which they are found.</source>
      <translation>要更新已有記錄，請選擇用哪些欄位尋找。</translation>
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
      <translation>上邊距</translation>
    </message>
    <message>
      <source>Topics</source>
      <translation>設定項目</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>合計</translation>
    </message>
    <message>
      <source>Total {amount}</source>
      <translation>合計 {amount}</translation>
    </message>
    <message>
      <source>Traditional Chinese label</source>
      <translation>繁體名稱</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重試</translation>
    </message>
    <message>
      <source>Try with sample data</source>
      <translation>用範例資料試用</translation>
    </message>
    <message>
      <source>Tue</source>
      <translation>週二</translation>
    </message>
    <message>
      <source>Turned left by 90°</source>
      <translation>左轉 90°</translation>
    </message>
    <message>
      <source>Turned right by 90°</source>
      <translation>右轉 90°</translation>
    </message>
    <message>
      <source>Two columns go into “{name}”: “{first}” and “{second}”. Choose one.</source>
      <translation>「{name}」對應了兩欄：「{first}」和「{second}」。請選擇其一。</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>類型</translation>
    </message>
    <message>
      <source>Type group {group} of it: </source>
      <translation>請輸入其中第 {group} 組： </translation>
    </message>
    <message>
      <source>Type these two groups from your paper, or say that you have it:</source>
      <translation>請照紙上輸入這兩組，或確認您已儲存：</translation>
    </message>
    <message>
      <source>Unchanged</source>
      <translation>未變更</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>復原</translation>
    </message>
    <message>
      <source>Undo the import</source>
      <translation>復原匯入</translation>
    </message>
    <message>
      <source>Undo the last change</source>
      <translation>復原上一步變更</translation>
    </message>
    <message>
      <source>Undo this import</source>
      <translation>復原這次匯入</translation>
    </message>
    <message>
      <source>Undoing: {done} of {total}</source>
      <translation>正在復原：{done} / {total}</translation>
    </message>
    <message>
      <source>Undoing…</source>
      <translation>正在復原…</translation>
    </message>
    <message>
      <source>Undone</source>
      <translation>已復原</translation>
    </message>
    <message>
      <source>Undone act</source>
      <translation>復原</translation>
    </message>
    <message numerus="yes">
      <source>Undone, except %n record(s) that were changed again since.</source>
      <translation>
        <numerusform>已復原，但有 %n 筆記錄之後又有變更，予以保留。</numerusform>
      </translation>
    </message>
    <message>
      <source>Undone.</source>
      <translation>已復原。</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>單位</translation>
    </message>
    <message>
      <source>Unlock</source>
      <translation>解鎖</translation>
    </message>
    <message>
      <source>Unreadable Lines</source>
      <translation>無法讀取的行</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>截止日期</translation>
    </message>
    <message>
      <source>Update the program on this computer.</source>
      <translation>請升級這台電腦上的程式。</translation>
    </message>
    <message>
      <source>Upside down</source>
      <translation>上下顛倒</translation>
    </message>
    <message>
      <source>Urgent</source>
      <translation>緊急</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>採用</translation>
    </message>
    <message>
      <source>Use these values</source>
      <translation>採用這些數值</translation>
    </message>
    <message>
      <source>Use this sheet</source>
      <translation>採用此標籤紙</translation>
    </message>
    <message>
      <source>User name</source>
      <translation>使用者名稱</translation>
    </message>
    <message>
      <source>User name and password</source>
      <translation>使用者名稱和密碼</translation>
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
      <translation>紅色的值此後有變更。</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>檢查結果</translation>
    </message>
    <message>
      <source>Verdicts</source>
      <translation>檢查結果</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>版本</translation>
    </message>
    <message>
      <source>Version of the server</source>
      <translation>伺服器版本</translation>
    </message>
    <message>
      <source>Version of the tables</source>
      <translation>資料表版本</translation>
    </message>
    <message>
      <source>View</source>
      <translation>檢視</translation>
    </message>
    <message>
      <source>View before</source>
      <translation>上一個檢視</translation>
    </message>
    <message>
      <source>View: {name}</source>
      <translation>檢視：{name}</translation>
    </message>
    <message>
      <source>Views</source>
      <translation>檢視</translation>
    </message>
    <message>
      <source>Views and triggers</source>
      <translation>檢視表和觸發器</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>紫色</translation>
    </message>
    <message>
      <source>Visit</source>
      <translation>拜訪</translation>
    </message>
    <message>
      <source>Void</source>
      <translation>作廢</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>待處理</translation>
    </message>
    <message>
      <source>Waiting for a sign of life from {computer}, a minute at most.</source>
      <translation>正在等待 {computer} 的回應，最多一分鐘。</translation>
    </message>
    <message>
      <source>Waiting for me</source>
      <translation>我的待處理</translation>
    </message>
    <message>
      <source>Waiting too long</source>
      <translation>停滯商機</translation>
    </message>
    <message>
      <source>WeChat</source>
      <translation>微信</translation>
    </message>
    <message>
      <source>Web address</source>
      <translation>網址</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>網站</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>週三</translation>
    </message>
    <message>
      <source>Week</source>
      <translation>週</translation>
    </message>
    <message>
      <source>Weekdays</source>
      <translation>星期</translation>
    </message>
    <message>
      <source>Weekdays are digits from 1 (Monday) to 7 (Sunday).</source>
      <translation>星期用數字 1（星期一）到 7（星期日）表示。</translation>
    </message>
    <message>
      <source>Weighted amount</source>
      <translation>加權金額</translation>
    </message>
    <message>
      <source>Weighted forecast</source>
      <translation>加權預測</translation>
    </message>
    <message>
      <source>Weighted share</source>
      <translation>加權佔比</translation>
    </message>
    <message>
      <source>Weighted: amount × probability, rounded half up to the cent for each opportunity, then added up.</source>
      <translation>加權：金額 × 贏率，每個商機四捨五入到分，再相加。</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>歡迎</translation>
    </message>
    <message>
      <source>Welcome to CRM Desktop</source>
      <translation>歡迎使用銷售台</translation>
    </message>
    <message>
      <source>Western</source>
      <translation>西式</translation>
    </message>
    <message>
      <source>What comes next for “{name}”?</source>
      <translation>「{name}」的下一步是什麼？</translation>
    </message>
    <message>
      <source>What for</source>
      <translation>用途</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>跟進內容</translation>
    </message>
    <message>
      <source>What is below adds up to {sum} already. Lower that first, or leave this empty: then it is the sum.</source>
      <translation>下級合計已達 {sum}。請先調低下級，或將此處留空，留空即為下級合計。</translation>
    </message>
    <message>
      <source>What is on this computer stays in its file as well; the window closes while it is copied.</source>
      <translation>本機的內容也會留在其檔案中；複製時視窗會關閉。</translation>
    </message>
    <message>
      <source>What stays</source>
      <translation>保留的資料</translation>
    </message>
    <message>
      <source>What the server lets {user} see and do is not what staff and roles say.</source>
      <translation>伺服器允許 {user} 檢視和操作的範圍與員工和角色不一致。</translation>
    </message>
    <message>
      <source>What to do</source>
      <translation>處理方式</translation>
    </message>
    <message>
      <source>What was taken back lies in the recycle bin if it was new, else it is as it was before.</source>
      <translation>撤回的記錄中，新增的在資源回收筒裡，修改過的已恢復原值。</translation>
    </message>
    <message>
      <source>What was there could not be read. It lies, as it was, in {file}</source>
      <translation>原有內容無法讀取，已原樣放在 {file}</translation>
    </message>
    <message>
      <source>What was there is kept in {file}</source>
      <translation>原有內容已備份到 {file}</translation>
    </message>
    <message>
      <source>What was typed</source>
      <translation>剛填寫的</translation>
    </message>
    <message>
      <source>What we learned</source>
      <translation>輸單總結</translation>
    </message>
    <message>
      <source>What you delete lands here and can be restored.</source>
      <translation>刪除的記錄會放在這裡，可以還原。</translation>
    </message>
    <message>
      <source>What you typed</source>
      <translation>您輸入的內容</translation>
    </message>
    <message>
      <source>What you typed could not be kept on this computer. Make room on its disk and close again.</source>
      <translation>輸入的內容無法保留在本機。請清理磁碟空間後再關閉。</translation>
    </message>
    <message>
      <source>What you typed is kept on this computer and sent when the program starts again.</source>
      <translation>輸入的內容會保留在本機，下次啟動時送出。</translation>
    </message>
    <message>
      <source>What you typed while the server did not answer could not be saved: {why}</source>
      <translation>伺服器沒有回應期間輸入的內容無法儲存：{why}</translation>
    </message>
    <message>
      <source>When</source>
      <translation>跟進時間</translation>
    </message>
    <message>
      <source>When and where</source>
      <translation>時間與地點</translation>
    </message>
    <message>
      <source>When lost</source>
      <translation>輸單資訊</translation>
    </message>
    <message>
      <source>Where it is empty, it gets the values of the others; tags are put together, notes one under the other. Everything that belongs to the others moves. They go into the recycle bin; this can be undone for 30 days.</source>
      <translation>空白欄位取其他記錄的值；標籤合在一起，備註依次相接。屬於其他記錄的內容全部轉過來，其他記錄進入資源回收筒；30 天內可以復原。</translation>
    </message>
    <message>
      <source>While the program was closed or asleep:</source>
      <translation>程式關閉或電腦休眠期間：</translation>
    </message>
    <message>
      <source>Who is online</source>
      <translation>線上使用者</translation>
    </message>
    <message>
      <source>Who works here?</source>
      <translation>使用人是誰？</translation>
    </message>
    <message>
      <source>Who you are</source>
      <translation>您的身分</translation>
    </message>
    <message>
      <source>Whole number</source>
      <translation>整數</translation>
    </message>
    <message>
      <source>Whole page</source>
      <translation>整頁</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Why disqualified</source>
      <translation>無效原因</translation>
    </message>
    <message>
      <source>Why it stays</source>
      <translation>保留原因</translation>
    </message>
    <message>
      <source>Why opportunities were lost, by count and money.</source>
      <translation>商機輸單的原因，依數量和金額統計。</translation>
    </message>
    <message>
      <source>Width of a box</source>
      <translation>框寬</translation>
    </message>
    <message>
      <source>Win rate</source>
      <translation>贏單率</translation>
    </message>
    <message>
      <source>Win rate {rate}</source>
      <translation>贏單率 {rate}</translation>
    </message>
    <message>
      <source>Win rate: won ones among all that were won or lost.</source>
      <translation>贏單率：贏單數佔贏單與輸單總數的比例。</translation>
    </message>
    <message>
      <source>With remarks</source>
      <translation>有提示</translation>
    </message>
    <message>
      <source>With their customer</source>
      <translation>隨客戶移交</translation>
    </message>
    <message>
      <source>With this password and the user name the person signs in to the server.</source>
      <translation>此人用這個密碼和使用者名稱登入伺服器。</translation>
    </message>
    <message>
      <source>With whom</source>
      <translation>相關對象</translation>
    </message>
    <message>
      <source>Without --columns a table has the usual columns of the list, and JSON has all fields.</source>
      <translation>不用 --columns 時，表格含有清單的常用欄，JSON 含有所有欄位。</translation>
    </message>
    <message>
      <source>Without --type everything is handed over; “--type customer=li,sun --type task” says which records go to whom, dealt out in turn when several are named. What is about a customer goes with the customer unless --apart is given. It is one act, which can be undone.</source>
      <translation>不寫 --type 時全部移交；「--type customer=li,sun --type task」指明哪些記錄移交給誰，寫多人時依次分配。與客戶有關的記錄隨客戶移交，除非寫了 --apart。整個交接是一次操作，可以復原。</translation>
    </message>
    <message>
      <source>Without --with it lists the shares. A colleague may read the records, or work on them with --write.</source>
      <translation>不寫 --with 時列出共享。同事只能檢視記錄，寫 --write 時可以編輯。</translation>
    </message>
    <message>
      <source>Without a command it opens its window; with one it does that and ends.</source>
      <translation>不帶命令時開啟視窗；帶命令時執行該命令後結束。</translation>
    </message>
    <message>
      <source>Without a copy it lists those in the folder backups. The copy is proven first, and what was there is kept as a copy too. No window may be open on the file. Killed half-way, the database is as before, or as the copy has it. With --database mysql://root@server/name the copy goes into that database, which must be empty; run again after a kill it goes on.</source>
      <translation>不指定備份時列出 backups 資料夾中的備份。先核對備份，原有內容也會留作備份。不能有視窗開啟該檔案。中途被終止時，資料庫要麼是原樣，要麼是備份中的樣子。用 --database mysql://root@server/name 時，備份還原到該資料庫，它必須是空的；被終止後再執行會接著做。</translation>
    </message>
    <message>
      <source>Without a day the share has no end.</source>
      <translation>不填日期則長期共享。</translation>
    </message>
    <message>
      <source>Without next step</source>
      <translation>沒有下一步</translation>
    </message>
    <message>
      <source>Witnessed by</source>
      <translation>監交人</translation>
    </message>
    <message>
      <source>Won</source>
      <translation>贏單</translation>
    </message>
    <message>
      <source>Won amount</source>
      <translation>贏單金額</translation>
    </message>
    <message>
      <source>Won this month</source>
      <translation>本月贏單</translation>
    </message>
    <message>
      <source>Won, lost or void…</source>
      <translation>贏單、輸單或無效…</translation>
    </message>
    <message>
      <source>Won: {count}, {money}</source>
      <translation>贏單：{count} 個，{money}</translation>
    </message>
    <message>
      <source>Words no list knows</source>
      <translation>清單中沒有的詞語</translation>
    </message>
    <message>
      <source>Words or a record's name</source>
      <translation>關鍵字或記錄名稱</translation>
    </message>
    <message>
      <source>Work in a team's database</source>
      <translation>使用團隊的資料庫</translation>
    </message>
    <message>
      <source>Work in a team's database…</source>
      <translation>使用團隊的資料庫…</translation>
    </message>
    <message>
      <source>Work on it</source>
      <translation>可編輯</translation>
    </message>
    <message>
      <source>Workbench</source>
      <translation>工作台</translation>
    </message>
    <message>
      <source>Working…</source>
      <translation>正在處理…</translation>
    </message>
    <message>
      <source>Write an amount into a month. Departments and the company have at least the sum of those below.</source>
      <translation>在月份格中填寫金額。部門和公司的銷售指標不低於下級之和。</translation>
    </message>
    <message>
      <source>Write both ends of “between” with two dots: 2026-01-01..2026-03-31.</source>
      <translation>「between」的兩端用兩個點連接：2026-01-01..2026-03-31。</translation>
    </message>
    <message>
      <source>Write down the first call or visit.</source>
      <translation>記錄第一次電話或拜訪。</translation>
    </message>
    <message>
      <source>Write the name of the database; it is crm unless somebody chose another one.</source>
      <translation>請填寫資料庫名稱；沒有人另取名稱的話是 crm。</translation>
    </message>
    <message>
      <source>Write the name of the server, as whoever looks after it told you.</source>
      <translation>請填寫伺服器名稱，按伺服器管理員告訴您的寫。</translation>
    </message>
    <message>
      <source>Write the time like 08:00.</source>
      <translation>時間請寫成 08:00 這樣。</translation>
    </message>
    <message>
      <source>Write the user name you have on the server.</source>
      <translation>請填寫您在伺服器上的使用者名稱。</translation>
    </message>
    <message>
      <source>Write what happened, Ctrl+Enter saves</source>
      <translation>記錄剛剛發生的事，按 Ctrl+Enter 儲存</translation>
    </message>
    <message>
      <source>Write your name, so that records can belong to you.</source>
      <translation>請填寫您的姓名，記錄會歸到您名下。</translation>
    </message>
    <message>
      <source>Write {name} = {value} under [mysqld] in the server's settings and restart it.</source>
      <translation>請在伺服器設定的 [mysqld] 下寫上 {name} = {value}，然後重新啟動伺服器。</translation>
    </message>
    <message>
      <source>Written: {file}</source>
      <translation>已寫入：{file}</translation>
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
      <translation>已改回使用本機的檔案。</translation>
    </message>
    <message>
      <source>You are in the team's database.</source>
      <translation>您已在使用團隊的資料庫。</translation>
    </message>
    <message>
      <source>You are invited to the database of {company}. Write your user name and password there.</source>
      <translation>您受邀使用 {company} 的資料庫。請填寫您在那裡的使用者名稱和密碼。</translation>
    </message>
    <message>
      <source>You are not allowed to read “{file}”. Ask whoever looks after this computer for access.</source>
      <translation>您無權讀取“{file}”。請向這台電腦的管理員申請權限。</translation>
    </message>
    <message>
      <source>You are not allowed to use {file}. Ask whoever looks after this computer for access.</source>
      <translation>您無權使用 {file}。請向這台電腦的管理員申請權限。</translation>
    </message>
    <message>
      <source>You are signed in to the server as {user}. To work as {name}, sign in with that person's own account.</source>
      <translation>您以 {user} 登入了伺服器。要以{name}的身分工作，請用其本人的帳號登入。</translation>
    </message>
    <message>
      <source>You can undo this with Ctrl+Z. What you made yourself is not touched.</source>
      <translation>可用 Ctrl+Z 復原。您自己輸入的資料不受影響。</translation>
    </message>
    <message>
      <source>You cannot lock or log off yourself. Ask another administrator.</source>
      <translation>您不能鎖定或登出自己。請找另一位管理員。</translation>
    </message>
    <message>
      <source>You do not see all {records} of {name}. Ask an administrator to hand them over.</source>
      <translation>您看不到{name}的全部{records}。請由管理員辦理交接。</translation>
    </message>
    <message>
      <source>You lack the right to {operation} {records}. An administrator can grant it under Settings &gt; Roles.</source>
      <translation>您沒有{operation}{records}的權限。管理員可在「設定 &gt; 角色」中授權。</translation>
    </message>
    <message>
      <source>You lack the right to {operation} {records}. {who} (administrator) can grant it under Settings &gt; Roles.</source>
      <translation>您沒有對「{records}」執行「{operation}」的權限。管理員{who}可以在「設定 &gt; 角色」中授予。</translation>
    </message>
    <message>
      <source>You may not write into the folder {folder}. Choose another one for this export.</source>
      <translation>您無權寫入資料夾 {folder}。請為此匯出選擇其他資料夾。</translation>
    </message>
    <message>
      <source>You set targets only for those whose opportunities you see.</source>
      <translation>您只能為看得到其商機的人員設定銷售指標。</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>您的姓名</translation>
    </message>
    <message>
      <source>Your own forms</source>
      <translation>自訂表單</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>縮小</translation>
    </message>
    <message>
      <source>a Chinese and a Latin name, both with mailboxes at {host}</source>
      <translation>一個中文名、一個外文名，信箱同屬 {host}</translation>
    </message>
    <message>
      <source>a JSON file: column heading → field name</source>
      <translation>JSON 檔案：欄標題 → 欄位名稱</translation>
    </message>
    <message>
      <source>a PDF document</source>
      <translation>PDF 文件</translation>
    </message>
    <message>
      <source>a database</source>
      <translation>資料庫</translation>
    </message>
    <message>
      <source>a file of another program</source>
      <translation>其他程式的檔案</translation>
    </message>
    <message>
      <source>a folder “forms” beside your data</source>
      <translation>資料旁的「forms」資料夾</translation>
    </message>
    <message>
      <source>a mail message</source>
      <translation>郵件</translation>
    </message>
    <message>
      <source>a packed archive</source>
      <translation>壓縮檔</translation>
    </message>
    <message>
      <source>a picture</source>
      <translation>圖片</translation>
    </message>
    <message>
      <source>a picture or recording</source>
      <translation>圖片或錄音錄影</translation>
    </message>
    <message>
      <source>a presentation</source>
      <translation>簡報</translation>
    </message>
    <message>
      <source>a program</source>
      <translation>程式檔案</translation>
    </message>
    <message>
      <source>a shared database: mysql://user:password@server:3306/name</source>
      <translation>共用資料庫：mysql://user:password@server:3306/name</translation>
    </message>
    <message>
      <source>a text document</source>
      <translation>文字文件</translation>
    </message>
    <message>
      <source>a text document (RTF)</source>
      <translation>文字文件（RTF）</translation>
    </message>
    <message>
      <source>a web page; open it in Excel or WPS and save it as .xlsx</source>
      <translation>網頁，請用 Excel 或 WPS 開啟後另存為 .xlsx</translation>
    </message>
    <message>
      <source>add</source>
      <translation>新增</translation>
    </message>
    <message>
      <source>adds it all the same</source>
      <translation>仍然新增</translation>
    </message>
    <message numerus="yes">
      <source>after %n minute(s)</source>
      <translation>
        <numerusform>%n 分鐘後</numerusform>
      </translation>
    </message>
    <message>
      <source>all</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>all records</source>
      <translation>全部記錄</translation>
    </message>
    <message>
      <source>amount, like 12500.00</source>
      <translation>金額，例如 12500.00</translation>
    </message>
    <message>
      <source>an XML file; open it in Excel or WPS and save it as .xlsx</source>
      <translation>XML 檔案，請用 Excel 或 WPS 開啟後另存為 .xlsx</translation>
    </message>
    <message>
      <source>an empty database mysql://root@server:3306/name, or a new folder</source>
      <translation>空資料庫 mysql://root@server:3306/name，或新資料夾</translation>
    </message>
    <message>
      <source>another folder for the copy of a server's database</source>
      <translation>伺服器上資料庫的備份放到另一個資料夾</translation>
    </message>
    <message>
      <source>argument %(argument_name)s: %(message)s</source>
      <translation>參數 %(argument_name)s：%(message)s</translation>
    </message>
    <message>
      <source>as last month</source>
      <translation>與上個月持平</translation>
    </message>
    <message>
      <source>asked about at saving</source>
      <translation>儲存時詢問</translation>
    </message>
    <message>
      <source>assign</source>
      <translation>指派</translation>
    </message>
    <message>
      <source>at most so many hits (20)</source>
      <translation>最多傳回的結果數（20）</translation>
    </message>
    <message>
      <source>at most so many records; 0 for all</source>
      <translation>最多傳回的記錄數；0 表示全部</translation>
    </message>
    <message numerus="yes">
      <source>at {at} into {folder}, kept %n day(s)</source>
      <translation>
        <numerusform>{at} 備份到 {folder}，保留 %n 天</numerusform>
      </translation>
    </message>
    <message>
      <source>bar |</source>
      <translation>直線 |</translation>
    </message>
    <message>
      <source>batch: {batch}</source>
      <translation>批次：{batch}</translation>
    </message>
    <message>
      <source>begins with</source>
      <translation>開頭是</translation>
    </message>
    <message>
      <source>belongs to “{title}”</source>
      <translation>「{title}」用到了它</translation>
    </message>
    <message>
      <source>bring records in from a file (.xlsx, .xls, .xlsb, .ods, .csv, .txt, .vcf, .ics, .json)</source>
      <translation>從檔案匯入記錄（.xlsx、.xls、.xlsb、.ods、.csv、.txt、.vcf、.ics、.json）</translation>
    </message>
    <message>
      <source>bring the tables up to date and put up views and triggers anew</source>
      <translation>升級資料表，並重建檢視表和觸發器</translation>
    </message>
    <message>
      <source>but another tax number</source>
      <translation>但稅號不同</translation>
    </message>
    <message>
      <source>by what it holds</source>
      <translation>按內容辨識</translation>
    </message>
    <message>
      <source>choose from the list</source>
      <translation>從清單中選擇</translation>
    </message>
    <message>
      <source>colours of the window</source>
      <translation>視窗的配色</translation>
    </message>
    <message>
      <source>columns that go nowhere: {columns}</source>
      <translation>未對應的欄：{columns}</translation>
    </message>
    <message>
      <source>comma ,</source>
      <translation>逗號 ,</translation>
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
      <translation>條件（寫在引號內）：
  level=A              等於；多個：level=A,B        level!=C           不等於
  name~華為            包含                         name^=北京         開頭是
  amount&gt;=50000        還可用 &gt; &lt; &lt;=                next_contact_on&lt;2026-11-30
  owner=me             我負責的                     phone empty        為空；有內容：filled
  due_on today         還可用 past、this_month、next_days 7、last_days 30、between 2026-01-01..2026-03-31</translation>
    </message>
    <message>
      <source>contains</source>
      <translation>包含</translation>
    </message>
    <message>
      <source>data and person</source>
      <translation>資料與人員</translation>
    </message>
    <message>
      <source>days</source>
      <translation>天</translation>
    </message>
    <message>
      <source>deal out what is about a customer by itself</source>
      <translation>與客戶有關的記錄單獨分配</translation>
    </message>
    <message>
      <source>delete</source>
      <translation>刪除</translation>
    </message>
    <message>
      <source>delete for good</source>
      <translation>徹底刪除</translation>
    </message>
    <message>
      <source>digits as you would dial them</source>
      <translation>按撥號順序填寫數字</translation>
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
      <translation>重複：相同 {same} 列，相似 {similar} 列</translation>
    </message>
    <message>
      <source>edit</source>
      <translation>編輯</translation>
    </message>
    <message>
      <source>empties the field</source>
      <translation>清空該欄位</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>空</translation>
    </message>
    <message>
      <source>encrypt the local file, or the copies that are made of a team's database</source>
      <translation>加密本機檔案，或加密團隊資料庫的備份</translation>
    </message>
    <message>
      <source>encrypted; the key is in the keyring of this computer</source>
      <translation>已加密；金鑰在本機的金鑰圈中</translation>
    </message>
    <message>
      <source>encrypted; the recovery phrase is asked for at each start</source>
      <translation>已加密；每次啟動時詢問復原短語</translation>
    </message>
    <message>
      <source>encrypted; this computer asks for the recovery phrase</source>
      <translation>已加密；本機會詢問復原短語</translation>
    </message>
    <message>
      <source>end its sessions now</source>
      <translation>立即結束其工作階段</translation>
    </message>
    <message>
      <source>end the share</source>
      <translation>結束共享</translation>
    </message>
    <message>
      <source>expected one argument</source>
      <translation>需要一個參數</translation>
    </message>
    <message>
      <source>export</source>
      <translation>匯出</translation>
    </message>
    <message>
      <source>fields by which a row finds the record it means; “none”: every row is new</source>
      <translation>用於尋找對應記錄的欄位；「none」：每列都是新記錄</translation>
    </message>
    <message>
      <source>fields whose value is taken from LOSE, separated by commas</source>
      <translation>取自 LOSE 的欄位，用逗號分隔</translation>
    </message>
    <message>
      <source>find records by part of a name, phone or number, in Chinese, pinyin or initials</source>
      <translation>依名稱、電話或編號的一部分尋找記錄，可用中文、拼音或首字母</translation>
    </message>
    <message>
      <source>first {day}</source>
      <translation>第一個{day}</translation>
    </message>
    <message>
      <source>folder of the data; made when it does not exist</source>
      <translation>存放資料的資料夾；不存在時自動建立</translation>
    </message>
    <message>
      <source>found in the folder backups</source>
      <translation>backups 資料夾中的檔案</translation>
    </message>
    <message>
      <source>fourth {day}</source>
      <translation>第四個{day}</translation>
    </message>
    <message>
      <source>give the encrypted local file, or the copies of a team's database, another key and recovery phrase</source>
      <translation>給已加密的本機檔案或團隊資料庫的備份更換金鑰和復原短語</translation>
    </message>
    <message>
      <source>good</source>
      <translation>正常</translation>
    </message>
    <message>
      <source>hand over all that an employee owns, and close the account</source>
      <translation>移交員工名下的全部記錄，並停用其帳號</translation>
    </message>
    <message>
      <source>has none of</source>
      <translation>不含任何一個</translation>
    </message>
    <message>
      <source>has one of</source>
      <translation>含有其中之一</translation>
    </message>
    <message>
      <source>how days like 3/4/2026 are written</source>
      <translation>3/4/2026 這類日期的寫法</translation>
    </message>
    <message>
      <source>import</source>
      <translation>匯入</translation>
    </message>
    <message numerus="yes">
      <source>in %n day(s)</source>
      <translation>
        <numerusform>%n 天後</numerusform>
      </translation>
    </message>
    <message>
      <source>invalid %(type)s value: %(value)r</source>
      <translation>%(type)s 的值無效：%(value)r</translation>
    </message>
    <message>
      <source>invalid choice: %(value)r (choose from %(choices)s)</source>
      <translation>選項無效：%(value)r（可選 %(choices)s）</translation>
    </message>
    <message>
      <source>is</source>
      <translation>等於</translation>
    </message>
    <message>
      <source>is after</source>
      <translation>晚於</translation>
    </message>
    <message>
      <source>is at least</source>
      <translation>大於等於</translation>
    </message>
    <message>
      <source>is at most</source>
      <translation>小於等於</translation>
    </message>
    <message>
      <source>is before</source>
      <translation>早於</translation>
    </message>
    <message>
      <source>is before today</source>
      <translation>早於今天</translation>
    </message>
    <message>
      <source>is between</source>
      <translation>介於</translation>
    </message>
    <message>
      <source>is empty</source>
      <translation>為空</translation>
    </message>
    <message>
      <source>is filled in</source>
      <translation>不為空</translation>
    </message>
    <message>
      <source>is in this month</source>
      <translation>在本月</translation>
    </message>
    <message>
      <source>is left out</source>
      <translation>略過</translation>
    </message>
    <message>
      <source>is me</source>
      <translation>是我</translation>
    </message>
    <message>
      <source>is no</source>
      <translation>為否</translation>
    </message>
    <message>
      <source>is none of</source>
      <translation>不是任何一個</translation>
    </message>
    <message>
      <source>is not</source>
      <translation>不等於</translation>
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
      <translation>在過去 … 天內</translation>
    </message>
    <message>
      <source>is within the next … days</source>
      <translation>在未來 … 天內</translation>
    </message>
    <message>
      <source>is yes</source>
      <translation>為是</translation>
    </message>
    <message>
      <source>it cannot be read.</source>
      <translation>無法讀取。</translation>
    </message>
    <message>
      <source>it has a widget this program does not know ({detail}).</source>
      <translation>含有本程式不認識的元件（{detail}）。</translation>
    </message>
    <message>
      <source>it is damaged or was not made by Qt Designer.</source>
      <translation>已損壞，或不是用 Qt Designer 製作的。</translation>
    </message>
    <message>
      <source>its id, code, number or whole name</source>
      <translation>編號、代碼、號碼或完整名稱</translation>
    </message>
    <message>
      <source>its name in the folder backups, or any file</source>
      <translation>backups 資料夾中的名稱，或任意檔案</translation>
    </message>
    <message>
      <source>its name, code or number</source>
      <translation>填寫其名稱、編碼或編號</translation>
    </message>
    <message>
      <source>kept {id}: {reason}</source>
      <translation>已保留 {id}：{reason}</translation>
    </message>
    <message>
      <source>kind of record: customer, contact, lead</source>
      <translation>記錄類型：customer（客戶）、contact（聯絡人）、lead（線索）</translation>
    </message>
    <message>
      <source>kind of record: customer, contact, lead …</source>
      <translation>記錄類型：customer、contact、lead …</translation>
    </message>
    <message>
      <source>language of all that is shown</source>
      <translation>顯示的語言</translation>
    </message>
    <message>
      <source>last day of the share</source>
      <translation>共享的最後一天</translation>
    </message>
    <message>
      <source>last {day}</source>
      <translation>最後一個{day}</translation>
    </message>
    <message>
      <source>leaves the field as it is</source>
      <translation>保持欄位不變</translation>
    </message>
    <message>
      <source>let a copy of the local file take its place, or fill an empty database of a server from a copy</source>
      <translation>用備份取代本機檔案，或用備份填入伺服器上的空資料庫</translation>
    </message>
    <message>
      <source>let nobody sign in with it, and end its sessions</source>
      <translation>禁止用它登入，並結束其工作階段</translation>
    </message>
    <message>
      <source>let the employee sign in, with a new password</source>
      <translation>允許該員工用新密碼登入</translation>
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
      <translation>尋找重複的記錄</translation>
    </message>
    <message>
      <source>look whether the data is whole</source>
      <translation>檢查資料是否完整</translation>
    </message>
    <message>
      <source>look whether the server is safe, and say how to mend what is not</source>
      <translation>檢查伺服器是否安全，並說明如何處理問題</translation>
    </message>
    <message>
      <source>made before an update of the program</source>
      <translation>更新程式前的備份</translation>
    </message>
    <message>
      <source>made before another copy was restored</source>
      <translation>還原其他備份前的備份</translation>
    </message>
    <message>
      <source>made by hand</source>
      <translation>手動備份</translation>
    </message>
    <message>
      <source>made by itself at night</source>
      <translation>夜間自動備份</translation>
    </message>
    <message>
      <source>make a copy of the local file, or of a team's database on a server, in the folder backups</source>
      <translation>把本機檔案或伺服器上的團隊資料庫備份到 backups 資料夾</translation>
    </message>
    <message>
      <source>make a database in which everybody has an account of his own</source>
      <translation>建立每人一個帳號的資料庫</translation>
    </message>
    <message>
      <source>make one record of two</source>
      <translation>把兩筆記錄合併為一筆</translation>
    </message>
    <message>
      <source>make, examine and move a database that a team shares on a server; copy, restore and encrypt a file</source>
      <translation>建立、檢查和遷移團隊在伺服器上共用的資料庫；備份、還原和加密檔案</translation>
    </message>
    <message>
      <source>mm</source>
      <translation>公釐</translation>
    </message>
    <message>
      <source>move the data from a file to a server, or back</source>
      <translation>把資料從檔案遷移到伺服器，或遷移回來</translation>
    </message>
    <message>
      <source>name of the company</source>
      <translation>公司名稱</translation>
    </message>
    <message>
      <source>name of the first administrator</source>
      <translation>首位管理員的姓名</translation>
    </message>
    <message>
      <source>never</source>
      <translation>永不</translation>
    </message>
    <message>
      <source>new: {new}, changed: {changed}, unchanged: {unchanged}, refused: {refused}</source>
      <translation>新增：{new}，修改：{changed}，未變：{unchanged}，拒絕：{refused}</translation>
    </message>
    <message>
      <source>none</source>
      <translation>無</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>還沒有</translation>
    </message>
    <message>
      <source>not allowed with argument %s</source>
      <translation>不能與參數 %s 同時使用</translation>
    </message>
    <message>
      <source>not encrypted: whoever gets hold of one can read it</source>
      <translation>未加密：任何人拿到備份都能讀取</translation>
    </message>
    <message>
      <source>not encrypted: whoever gets hold of the file can read it</source>
      <translation>未加密：任何人拿到該檔案都能讀取</translation>
    </message>
    <message>
      <source>not looked for</source>
      <translation>不查重</translation>
    </message>
    <message>
      <source>not on this computer</source>
      <translation>本機不做</translation>
    </message>
    <message>
      <source>not possible</source>
      <translation>不行</translation>
    </message>
    <message>
      <source>nothing: every row is a new record</source>
      <translation>無：每列都是新記錄</translation>
    </message>
    <message>
      <source>of a .csv</source>
      <translation>.csv 檔案的編碼</translation>
    </message>
    <message>
      <source>of a .csv, when it is not found rightly: utf-8, gb18030 …</source>
      <translation>.csv 檔案的編碼，自動辨識不對時指定：utf-8、gb18030 …</translation>
    </message>
    <message>
      <source>of a .csv, when it is not found rightly; “tab” for a tab</source>
      <translation>用於 .csv，識別不正確時指定；定位字元寫「tab」</translation>
    </message>
    <message>
      <source>on a server: the employee who gets the first account; without it everybody shares the account of the address</source>
      <translation>伺服器上：獲得首個帳號的員工；不指定時所有人共用位址中的帳號</translation>
    </message>
    <message>
      <source>on {computer} at {at}</source>
      <translation>在 {computer} 上，{at}</translation>
    </message>
    <message>
      <source>only count what there is</source>
      <translation>只統計，不移交</translation>
    </message>
    <message>
      <source>only records that fit; may be repeated</source>
      <translation>只取符合條件的記錄；可重複使用</translation>
    </message>
    <message>
      <source>only records that hold these words, as the search finds them</source>
      <translation>只取含有這些詞的記錄，與搜尋的規則相同</translation>
    </message>
    <message>
      <source>only tell what would happen</source>
      <translation>只說明將會發生什麼</translation>
    </message>
    <message>
      <source>only the account of the server's master sees it</source>
      <translation>只有伺服器主帳號可見</translation>
    </message>
    <message>
      <source>only this kind of record; may be repeated</source>
      <translation>只取此類型的記錄；可重複使用</translation>
    </message>
    <message>
      <source>open, lock or log off an account, as an administrator signed in with his own</source>
      <translation>開通、鎖定或登出帳號（管理員用自己的帳號操作）</translation>
    </message>
    <message>
      <source>options</source>
      <translation>選項</translation>
    </message>
    <message>
      <source>or choose one. The columns are recognised by their headings; nothing is written before you have seen it.</source>
      <translation>或選擇一個檔案。各欄依標題自動識別；您確認之前不會寫入任何內容。</translation>
    </message>
    <message>
      <source>order by these fields, separated by commas; -field for descending</source>
      <translation>依這些欄位排序，用逗號分隔；-欄位 表示遞減排序</translation>
    </message>
    <message>
      <source>own department</source>
      <translation>本部門</translation>
    </message>
    <message>
      <source>own department and those below</source>
      <translation>本部門及下屬部門</translation>
    </message>
    <message>
      <source>own records</source>
      <translation>本人</translation>
    </message>
    <message>
      <source>own records and chosen departments</source>
      <translation>本人及指定部門的記錄</translation>
    </message>
    <message>
      <source>own records and those of subordinates</source>
      <translation>本人及下屬</translation>
    </message>
    <message>
      <source>paint a view into a PNG file and end</source>
      <translation>將檢視畫成 PNG 檔案後結束</translation>
    </message>
    <message>
      <source>positional arguments</source>
      <translation>位置參數</translation>
    </message>
    <message>
      <source>print JSON, one object a line; keys are field names</source>
      <translation>輸出 JSON，每行一個物件；鍵為欄位名稱</translation>
    </message>
    <message>
      <source>print all of one record</source>
      <translation>輸出一筆記錄的全部內容</translation>
    </message>
    <message>
      <source>print records</source>
      <translation>輸出記錄</translation>
    </message>
    <message>
      <source>put the picture into the cell or over it</source>
      <translation>把圖片嵌入儲存格，或放在儲存格上</translation>
    </message>
    <message>
      <source>refused at saving</source>
      <translation>儲存時拒絕</translation>
    </message>
    <message>
      <source>refused rows</source>
      <translation>未匯入的列</translation>
    </message>
    <message>
      <source>required</source>
      <translation>必填</translation>
    </message>
    <message>
      <source>row of the headings; 0 for none; found if not given</source>
      <translation>標題所在列；0 表示沒有；不填則自動辨識</translation>
    </message>
    <message>
      <source>row {row} left out: {words}</source>
      <translation>略過第 {row} 列：{words}</translation>
    </message>
    <message>
      <source>row {row}: {reason}</source>
      <translation>第 {row} 列：{reason}</translation>
    </message>
    <message>
      <source>second {day}</source>
      <translation>第二個{day}</translation>
    </message>
    <message>
      <source>see hidden numbers of</source>
      <translation>查看完整號碼</translation>
    </message>
    <message>
      <source>semicolon ;</source>
      <translation>分號 ;</translation>
    </message>
    <message>
      <source>several fields together…</source>
      <translation>多個欄位組合…</translation>
    </message>
    <message>
      <source>several with ; between</source>
      <translation>多個值用 ; 分隔</translation>
    </message>
    <message>
      <source>several with 、 between</source>
      <translation>多個值用 、 分隔</translation>
    </message>
    <message>
      <source>share</source>
      <translation>共享</translation>
    </message>
    <message>
      <source>share records with a colleague, or tell with whom they are shared</source>
      <translation>把記錄共享給同事，或列出共享情況</translation>
    </message>
    <message>
      <source>show program's version number and exit</source>
      <translation>顯示程式的版本編號後結束</translation>
    </message>
    <message>
      <source>show this help message and exit</source>
      <translation>顯示此說明後結束</translation>
    </message>
    <message>
      <source>similar</source>
      <translation>相似</translation>
    </message>
    <message>
      <source>size of the window in pixels, such as 1440x900</source>
      <translation>視窗的像素尺寸，例如 1440x900</translation>
    </message>
    <message>
      <source>split what was merged again</source>
      <translation>把合併的記錄重新拆分</translation>
    </message>
    <message>
      <source>start from a saved view</source>
      <translation>從儲存的檢視開始</translation>
    </message>
    <message>
      <source>start on a demo company, whose notes and tasks are in Chinese; in a throw-away folder unless --data is given</source>
      <translation>用示範公司的資料啟動（跟進記錄和任務為簡體中文）；未指定 --data 時放在臨時資料夾</translation>
    </message>
    <message>
      <source>strict or standard</source>
      <translation>strict（嚴格）或 standard（標準）</translation>
    </message>
    <message>
      <source>strict: whatever tool somebody connects with, he gets only what he may see; for up to {most} customers. standard: quicker, but who knows SQL well can find out more. Changes are refused either way.</source>
      <translation>strict：無論用什麼工具連線，都只能得到本人可見的內容；最多適用於 {most} 個客戶。standard：更快，但精通 SQL 的人能查到更多。兩種方式都會拒絕不允許的變更。</translation>
    </message>
    <message>
      <source>tab</source>
      <translation>定位字元</translation>
    </message>
    <message>
      <source>take an import back</source>
      <translation>復原一次匯入</translation>
    </message>
    <message>
      <source>take away older copies that were made with this option, for a task of every night</source>
      <translation>刪除以前用此選項所做的較早備份，適合每晚的定時任務</translation>
    </message>
    <message>
      <source>take out of the search index what changed and deleted records left in it</source>
      <translation>清除已修改和已刪除的記錄在搜尋索引中留下的舊內容</translation>
    </message>
    <message>
      <source>take the encryption of the local file, or of copies made from now on, away</source>
      <translation>取消本機檔案的加密，或今後備份的加密</translation>
    </message>
    <message>
      <source>tell or choose how strictly the server lets people read, as an administrator</source>
      <translation>以管理員身分查看或選擇伺服器讀取的嚴格程度</translation>
    </message>
    <message>
      <source>the .xlsx to write</source>
      <translation>要寫入的 .xlsx</translation>
    </message>
    <message>
      <source>the account stays open</source>
      <translation>保留帳號</translation>
    </message>
    <message>
      <source>the certificate of a handover there was, by its number</source>
      <translation>依編號取以往交接的交接單</translation>
    </message>
    <message>
      <source>the colleague: user name, name or number</source>
      <translation>同事：使用者名稱、姓名或編號</translation>
    </message>
    <message>
      <source>the employee who gets the first account; without it everybody shares the account of the address</source>
      <translation>獲得首個帳號的員工；不指定時所有人共用位址中的帳號</translation>
    </message>
    <message>
      <source>the file to write; its ending says the format</source>
      <translation>要寫入的檔案；格式由副檔名決定</translation>
    </message>
    <message>
      <source>the following arguments are required: %s</source>
      <translation>缺少以下參數：%s</translation>
    </message>
    <message>
      <source>the names are nearly the same</source>
      <translation>名稱幾乎相同</translation>
    </message>
    <message>
      <source>the names differ in one character</source>
      <translation>名稱只差一個字</translation>
    </message>
    <message>
      <source>the names differ only in “{parts}”</source>
      <translation>名稱只差「{parts}」</translation>
    </message>
    <message>
      <source>the names sound the same</source>
      <translation>名稱讀音相同</translation>
    </message>
    <message>
      <source>the newest copy in the folder backups</source>
      <translation>backups 資料夾中最新的備份</translation>
    </message>
    <message>
      <source>the required field “{name}” is missing.</source>
      <translation>缺少必填欄位「{name}」。</translation>
    </message>
    <message>
      <source>the same</source>
      <translation>相同</translation>
    </message>
    <message>
      <source>the same e-mail {mail}</source>
      <translation>信箱相同 {mail}</translation>
    </message>
    <message>
      <source>the same name</source>
      <translation>名稱相同</translation>
    </message>
    <message>
      <source>the same name in another place</source>
      <translation>名稱相同，地區不同</translation>
    </message>
    <message>
      <source>the same name in another script</source>
      <translation>中文與拼音/外文名稱相同</translation>
    </message>
    <message>
      <source>the same or a similar name</source>
      <translation>名稱相同或相似</translation>
    </message>
    <message>
      <source>the same person in the same place</source>
      <translation>同一單位的同名聯絡人</translation>
    </message>
    <message>
      <source>the same phone {phone}</source>
      <translation>電話相同 {phone}</translation>
    </message>
    <message>
      <source>the same tax number {code}</source>
      <translation>稅號相同 {code}</translation>
    </message>
    <message>
      <source>the same words in another order</source>
      <translation>字詞相同，順序不同</translation>
    </message>
    <message>
      <source>the same “{brand}” in nearly the same line of business</source>
      <translation>「{brand}」相同，行業相近</translation>
    </message>
    <message>
      <source>the same “{brand}” in the same place</source>
      <translation>同一地區的「{brand}」</translation>
    </message>
    <message>
      <source>the sheet</source>
      <translation>表格檔案</translation>
    </message>
    <message>
      <source>the sheet of the workbook; the first filled one if not given</source>
      <translation>活頁簿中的工作表；不填則取第一個有內容的</translation>
    </message>
    <message>
      <source>the view to open: workbench, customers, opportunities, calendar …</source>
      <translation>要開啟的檢視：workbench、customers、opportunities、calendar …</translation>
    </message>
    <message>
      <source>the window</source>
      <translation>視窗</translation>
    </message>
    <message>
      <source>these fields, separated by commas</source>
      <translation>這些欄位，用逗號分隔</translation>
    </message>
    <message>
      <source>third {day}</source>
      <translation>第三個{day}</translation>
    </message>
    <message>
      <source>those this computer trusts</source>
      <translation>本機信任的機構</translation>
    </message>
    <message>
      <source>to work on, not only to read</source>
      <translation>可以編輯，而不只是檢視</translation>
    </message>
    <message>
      <source>unrecognized arguments: %s</source>
      <translation>無法辨識的參數：%s</translation>
    </message>
    <message>
      <source>up</source>
      <translation>上升</translation>
    </message>
    <message>
      <source>updates that one</source>
      <translation>更新已有的那筆</translation>
    </message>
    <message>
      <source>usage: </source>
      <translation>用法: </translation>
    </message>
    <message>
      <source>user name of an employee</source>
      <translation>員工的使用者名稱</translation>
    </message>
    <message>
      <source>user name of the first administrator</source>
      <translation>首位管理員的使用者名稱</translation>
    </message>
    <message>
      <source>user name, name or number of who does this</source>
      <translation>操作人的使用者名稱、姓名或編號</translation>
    </message>
    <message>
      <source>values in JSON: texts as they are; numbers as numbers; amounts as text with two places ("1234.50"); days "2026-11-30";
times in UTC "2026-11-30T08:05:00Z"; yes and no as true and false; picklists and states by their key; another record as
{"id": "…", "title": "…"}, several as a list of these; nothing as null. Ids are texts of digits: they are longer than
many programs' numbers.</source>
      <translation>JSON 中的值：文字原樣；數字為數字；金額為帶兩位小數的文字（"1234.50"）；日期 "2026-11-30"；
時間為 UTC "2026-11-30T08:05:00Z"；是和否為 true 和 false；選項和狀態為其鍵；其他記錄為
{"id": "…", "title": "…"}，多個時為清單；空為 null。編號是由數字組成的文字，比許多
程式的數字更長。</translation>
    </message>
    <message>
      <source>was changed or used since</source>
      <translation>已被修改或使用</translation>
    </message>
    <message>
      <source>what an empty cell does to a field</source>
      <translation>空儲存格如何影響欄位</translation>
    </message>
    <message>
      <source>what is won, lost or done stays behind</source>
      <translation>贏單、輸單和已完成的記錄不移交</translation>
    </message>
    <message>
      <source>what may happen to rows</source>
      <translation>對各列的處理</translation>
    </message>
    <message>
      <source>what to do with new rows that are similar to one</source>
      <translation>與已有記錄相似的新列如何處理</translation>
    </message>
    <message>
      <source>what to do with new rows that are the same as a record</source>
      <translation>與已有記錄相同的新列如何處理</translation>
    </message>
    <message>
      <source>what to look for</source>
      <translation>要尋找的內容</translation>
    </message>
    <message>
      <source>what words do that are in no picklist</source>
      <translation>選項清單中沒有的詞如何處理</translation>
    </message>
    <message>
      <source>who leaves: user name, name or number</source>
      <translation>誰離職：使用者名稱、姓名或編號</translation>
    </message>
    <message>
      <source>who takes over; several separated by commas</source>
      <translation>誰接收；多人用逗號分隔</translation>
    </message>
    <message>
      <source>whole number</source>
      <translation>整數</translation>
    </message>
    <message>
      <source>why, for the log of what was taken out</source>
      <translation>原因，記入匯出日誌</translation>
    </message>
    <message>
      <source>worth a word</source>
      <translation>需注意</translation>
    </message>
    <message>
      <source>write an empty workbook to fill in and import, with hints and drop-downs</source>
      <translation>寫出供填寫並匯入的空白活頁簿，帶提示和下拉清單</translation>
    </message>
    <message>
      <source>write records to a file (.xlsx, .csv, .json, .vcf, .ics, .pdf)</source>
      <translation>將記錄寫入檔案（.xlsx、.csv、.json、.vcf、.ics、.pdf）</translation>
    </message>
    <message>
      <source>write the certificate to sign as PDF</source>
      <translation>把供簽字的交接單寫成 PDF</translation>
    </message>
    <message>
      <source>write the refused rows there, with the reasons</source>
      <translation>將未匯入的列連同原因寫入此檔案</translation>
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
        <numerusform>{change}（歷時 %n 天）</numerusform>
      </translation>
    </message>
    <message>
      <source>{columns} × {rows} labels, {width} × {height} mm, on {page_width} × {page_height} mm paper</source>
      <translation>{columns} × {rows} 個標籤，每個 {width} × {height} 公釐，紙張 {page_width} × {page_height} 公釐</translation>
    </message>
    <message>
      <source>{column} goes into</source>
      <translation>{column} 對應的欄位</translation>
    </message>
    <message>
      <source>{column}: the picture is larger than 64 MB or 50 million pixels. Insert a smaller one.</source>
      <translation>{column}：圖片超過 64 MB 或 5000 萬像素。請換一張較小的圖片。</translation>
    </message>
    <message>
      <source>{column}: the picture is not in the file. Insert it into the workbook again.</source>
      <translation>{column}：檔案中沒有這張圖片。請在表格中重新插入。</translation>
    </message>
    <message>
      <source>{column}: what stands there is no picture that can be read. Insert it again as PNG or JPEG.</source>
      <translation>{column}：該處不是可讀取的圖片。請以 PNG 或 JPEG 格式重新插入。</translation>
    </message>
    <message>
      <source>{column}: {cell} is taken apart into {parts}</source>
      <translation>{column}：{cell} 拆分為 {parts}</translation>
    </message>
    <message>
      <source>{column}: {problem}</source>
      <translation>{column}：{problem}</translation>
    </message>
    <message>
      <source>{column}: “{words}” is in no list of places; it goes into “{label}” as it stands.</source>
      <translation>{column}：地名表中沒有「{words}」，將原樣寫入「{label}」。</translation>
    </message>
    <message>
      <source>{column}: “{words}” is left out, because another column says “{value}” for “{label}”.</source>
      <translation>{column}：未採用「{words}」，因為另一欄的「{label}」為「{value}」。</translation>
    </message>
    <message>
      <source>{content}
Next contact: {day}</source>
      <translation>{content}
下次聯絡：{day}</translation>
    </message>
    <message>
      <source>{count} acts were slipped into the journal afterwards; they have no seal.</source>
      <translation>有 {count} 個操作是事後混入日誌的，沒有封印。</translation>
    </message>
    <message>
      <source>{count} of them the same</source>
      <translation>其中 {count} 組相同</translation>
    </message>
    <message>
      <source>{count} opportunities are in the stage “{name}”. Move them first.</source>
      <translation>還有 {count} 個商機處於階段「{name}」，請先移走它們。</translation>
    </message>
    <message>
      <source>{count} records match this row. Match on more fields, or merge them first.</source>
      <translation>有 {count} 筆記錄與此列比對。請用更多欄位比對，或先合併這些記錄。</translation>
    </message>
    <message>
      <source>{count} sealed acts are gone from the journal, or seals from the chain.</source>
      <translation>日誌中缺少 {count} 個已封印的操作，或鏈中缺少封印。</translation>
    </message>
    <message>
      <source>{count} to contact today</source>
      <translation>今日需聯絡 {count} 個</translation>
    </message>
    <message>
      <source>{count} views, triggers or procedures are missing, out of date or were changed: {names}.</source>
      <translation>有 {count} 個檢視表、觸發器或預存程序缺失、過時或被改動：{names}。</translation>
    </message>
    <message>
      <source>{count} {records}</source>
      <translation>共 {count} 筆{records}</translation>
    </message>
    <message>
      <source>{count} × {why}</source>
      <translation>{count} 筆：{why}</translation>
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
      <translation>{done} / {total} 列</translation>
    </message>
    <message>
      <source>{done}; {count} refused: {why}</source>
      <translation>{done}；{count} 筆被拒絕：{why}</translation>
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
      <translation>無法讀取 {file}：它被其他程式加密，或內容已被覆蓋。請選擇其他檔案，或執行 crm-desktop database restore 還原備份</translation>
    </message>
    <message>
      <source>{file} cannot be written to. Allow writing to it and its folder, or choose another folder.</source>
      <translation>無法寫入 {file}。請開放該檔案及其資料夾的寫入權限，或選擇其他資料夾。</translation>
    </message>
    <message>
      <source>{file} could not be opened and stays as it is.</source>
      <translation>{file} 無法開啟，保持原樣。</translation>
    </message>
    <message>
      <source>{file} could not be opened. Check that its folder exists and that you may write to it.</source>
      <translation>無法開啟 {file}。請檢查其資料夾是否存在、您是否有寫入權限。</translation>
    </message>
    <message>
      <source>{file} could not be read or written. Check the disk it is on, then try again.</source>
      <translation>無法讀寫 {file}。請檢查所在的磁碟後重試。</translation>
    </message>
    <message>
      <source>{file} could not be read.</source>
      <translation>無法讀取 {file}。</translation>
    </message>
    <message>
      <source>{file} could not be written. Choose another folder.</source>
      <translation>無法寫入 {file}。請選擇其他資料夾。</translation>
    </message>
    <message>
      <source>{file} could not be written: {reason}. Check the folder and the space on the disk.</source>
      <translation>無法寫入 {file}：{reason}。請檢查資料夾和磁碟空間。</translation>
    </message>
    <message>
      <source>{file} does not hold the address of a database. Delete it, or write one address like mysql://user@server:3306/crm into it.</source>
      <translation>{file} 裡沒有資料庫位址。請刪除該檔案，或在其中寫入一個位址，例如 mysql://user@server:3306/crm。</translation>
    </message>
    <message>
      <source>{file} is a folder, not a database file. Choose another name.</source>
      <translation>{file} 是資料夾，不是資料庫檔案。請換一個名稱。</translation>
    </message>
    <message>
      <source>{file} is encrypted, and the keyring of this computer does not hold its key. Type the recovery phrase that was printed when it was encrypted, or put it into the environment variable {variable}.</source>
      <translation>{file} 已加密，而本機的金鑰圈中沒有它的金鑰。請輸入加密時列印的復原短語，或將其寫入環境變數 {variable}。</translation>
    </message>
    <message>
      <source>{file} is encrypted, and this computer has no keyring that could hold its key. Type the recovery phrase at each start, or put it into the environment variable {variable}.</source>
      <translation>{file} 已加密，而本機沒有可用來儲存金鑰的金鑰圈。請在每次啟動時輸入復原短語，或將其寫入環境變數 {variable}。</translation>
    </message>
    <message>
      <source>{file} is just being encrypted or decrypted. Try again in a few minutes.</source>
      <translation>{file} 正在加密或解密。請過幾分鐘再試。</translation>
    </message>
    <message>
      <source>{file} is no invitation to a database. Ask whoever sent it to save it again.</source>
      <translation>{file} 不是資料庫的邀請。請傳送的人重新儲存。</translation>
    </message>
    <message>
      <source>{file} is not a copy of a database of this program, so nothing was changed. Choose another file.</source>
      <translation>{file} 不是本程式資料庫的備份，沒有做任何變更。請選擇其他檔案。</translation>
    </message>
    <message>
      <source>{file} is not a database of this program. Choose another file or folder.</source>
      <translation>{file} 不是本程式的資料庫。請選擇其他檔案或資料夾。</translation>
    </message>
    <message>
      <source>{file} is open in another window or command. Close it, then try again; nothing was changed.</source>
      <translation>{file} 在另一個視窗或命令中開啟著。請先關閉再重試；未作任何更改。</translation>
    </message>
    <message>
      <source>{file} is the database itself. Choose a copy of it.</source>
      <translation>{file} 就是資料庫本身。請選擇它的備份。</translation>
    </message>
    <message>
      <source>{first} to {last}</source>
      <translation>{first} 至 {last}</translation>
    </message>
    <message>
      <source>{held} This is read from a copy of its state now.</source>
      <translation>{held}以下內容讀自目前狀態的副本。</translation>
    </message>
    <message>
      <source>{hosts} cannot be reached now; the program works with the others.</source>
      <translation>{hosts} 現在無法連線；程式使用其他伺服器。</translation>
    </message>
    <message>
      <source>{host} stands in place of a name</source>
      <translation>名稱處寫的是網址或信箱 {host}</translation>
    </message>
    <message>
      <source>{keys} already belongs to “{command}”.</source>
      <translation>{keys} 已用於「{command}」。</translation>
    </message>
    <message>
      <source>{kind}: of {sample} looked at, {count} are not found by all their words.</source>
      <translation>{kind}：抽查 {sample} 筆，其中 {count} 筆不能用自己的全部詞語找到。</translation>
    </message>
    <message>
      <source>{kind}: of {sample} looked at, {count} stand in the wrong place of the list.</source>
      <translation>{kind}：抽查 {sample} 筆，其中 {count} 筆在清單中的位置不對。</translation>
    </message>
    <message>
      <source>{kind}: search still knows {count} records that are gone.</source>
      <translation>{kind}：搜尋中仍有 {count} 筆已不存在的記錄。</translation>
    </message>
    <message>
      <source>{kind}: the custom fields of {count} records cannot be read.</source>
      <translation>{kind}：{count} 筆記錄的自訂欄位無法讀取。</translation>
    </message>
    <message>
      <source>{kind}: the owner of {count} records is no employee.</source>
      <translation>{kind}：{count} 筆記錄的負責人不是員工。</translation>
    </message>
    <message>
      <source>{kind}: {count} keys of duplicates belong to records that are gone.</source>
      <translation>{kind}：{count} 個查重鍵屬於已不存在的記錄。</translation>
    </message>
    <message>
      <source>{kind}: {count} records are in the unknown state “{value}”.</source>
      <translation>{kind}：{count} 筆記錄處於未知狀態「{value}」。</translation>
    </message>
    <message>
      <source>{kind}: {count} records are not found as duplicates.</source>
      <translation>{kind}：{count} 筆記錄無法被查重找到。</translation>
    </message>
    <message>
      <source>{kind}: {count} records are not found by search.</source>
      <translation>{kind}：{count} 筆記錄搜尋不到。</translation>
    </message>
    <message>
      <source>{kind}: {count} records belong to one in the recycle bin ({parents}).</source>
      <translation>{kind}：{count} 筆記錄所屬的記錄在資源回收筒中（{parents}）。</translation>
    </message>
    <message>
      <source>{kind}: {count} records have another owner than their “{leader}”.</source>
      <translation>{kind}：{count} 筆記錄的負責人與所屬「{leader}」的不同。</translation>
    </message>
    <message>
      <source>{kind}: {count} records lie in another department than their owner.</source>
      <translation>{kind}：{count} 筆記錄的部門與負責人的不同。</translation>
    </message>
    <message>
      <source>{kind}: {count} values of “{field}” are no dates.</source>
      <translation>{kind}：「{field}」有 {count} 個值不是日期。</translation>
    </message>
    <message>
      <source>{kind}: “{field}” names {count} records that do not exist.</source>
      <translation>{kind}：「{field}」指向 {count} 筆不存在的記錄。</translation>
    </message>
    <message>
      <source>{kind}: “{field}” of {count} records is “{value}”, which is not in the picklist.</source>
      <translation>{kind}：{count} 筆記錄的「{field}」是「{value}」，不在選項清單中。</translation>
    </message>
    <message>
      <source>{kind}: “{field}” of {count} records names a record that does not exist.</source>
      <translation>{kind}：{count} 筆記錄的「{field}」指向不存在的記錄。</translation>
    </message>
    <message>
      <source>{label}:</source>
      <translation>{label}：</translation>
    </message>
    <message numerus="yes">
      <source>{label}: %n opportunity(ies), {money}</source>
      <translation>
        <numerusform>{label}：%n 個商機，{money}</numerusform>
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
      <translation>{names} 將在一分鐘內下線，輸入的內容會保留在其螢幕上。</translation>
    </message>
    <message>
      <source>{name} (copy)</source>
      <translation>{name}（副本）</translation>
    </message>
    <message>
      <source>{name} cannot take over his own records. Choose somebody else.</source>
      <translation>{name}不能接收自己的記錄。請選擇其他人。</translation>
    </message>
    <message>
      <source>{name} has ended your work here. What you typed is still there.</source>
      <translation>{name} 已讓您下線。您輸入的內容仍然保留。</translation>
    </message>
    <message>
      <source>{name} has left the company and cannot be given records. Choose somebody else.</source>
      <translation>{name} 已離職，不能再接收記錄。請選擇其他人。</translation>
    </message>
    <message>
      <source>{name} has left the company and cannot sign in.</source>
      <translation>{name} 已離職，不能登入。</translation>
    </message>
    <message>
      <source>{name} has nothing to hand over.</source>
      <translation>{name}沒有可移交的記錄。</translation>
    </message>
    <message>
      <source>{name} is no administrator. Name somebody who may change roles and employees.</source>
      <translation>{name}不是管理員。請指定可以變更角色和員工的人。</translation>
    </message>
    <message>
      <source>{name} is {found}: a power cut may lose what was reported as saved.</source>
      <translation>{name} 為 {found}：斷電可能遺失已提示儲存的資料。</translation>
    </message>
    <message>
      <source>{name} on {host} holds data. Write the name of a database that is empty or not there yet; letters, digits and _ make a new one.</source>
      <translation>{host} 上的 {name} 中已有資料。請填寫一個空的或尚不存在的資料庫的名稱；新名稱可用字母、數字和 _。</translation>
    </message>
    <message>
      <source>{name} still has {count} {records}. Assign them to somebody else first.</source>
      <translation>{name} 名下還有 {count} 條{records}，請先指派給其他人。</translation>
    </message>
    <message>
      <source>{name} still has {count} {records}. Hand them over too, or leave the account open.</source>
      <translation>{name}名下還有 {count} 筆{records}。請一併移交，或保留帳號。</translation>
    </message>
    <message>
      <source>{name}: first order</source>
      <translation>{name}：首筆訂單</translation>
    </message>
    <message>
      <source>{name}: written to {file}</source>
      <translation>{name}：已寫入 {file}</translation>
    </message>
    <message>
      <source>{name}: {why}</source>
      <translation>{name}：{why}</translation>
    </message>
    <message>
      <source>{note} It was left out.</source>
      <translation>{note}已略過。</translation>
    </message>
    <message>
      <source>{note} Your company does not keep the same one twice.</source>
      <translation>{note}貴公司不允許重複儲存。</translation>
    </message>
    <message>
      <source>{one} added</source>
      <translation>已新增{one}</translation>
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
      <translation>{one}已合併</translation>
    </message>
    <message>
      <source>{one} moved to the recycle bin</source>
      <translation>已將{one}移至資源回收筒</translation>
    </message>
    <message>
      <source>{one} restored</source>
      <translation>已還原{one}</translation>
    </message>
    <message>
      <source>{one}: state changed</source>
      <translation>{one}狀態已變更</translation>
    </message>
    <message>
      <source>{opportunity} contract</source>
      <translation>{opportunity}合約</translation>
    </message>
    <message>
      <source>{part} of target</source>
      <translation>完成指標 {part}</translation>
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
      <translation>{problem}。請看「{program} --help」。</translation>
    </message>
    <message>
      <source>{records} are not compared.</source>
      <translation>{records}不查重。</translation>
    </message>
    <message>
      <source>{records} are not searched. Print them with: crm-desktop list {key}</source>
      <translation>{records}不在搜尋範圍內。請用以下命令輸出：crm-desktop list {key}</translation>
    </message>
    <message>
      <source>{records} cannot be shared one by one.</source>
      <translation>{records}不能單獨共享。</translation>
    </message>
    <message>
      <source>{records}: none that fit, of those you may see.</source>
      <translation>{records}：在您可檢視的範圍內沒有符合條件的記錄。</translation>
    </message>
    <message>
      <source>{sheet} (hidden)</source>
      <translation>{sheet}（隱藏）</translation>
    </message>
    <message>
      <source>{sign} {amount} hundred million</source>
      <translation>{sign} {amount} 億</translation>
    </message>
    <message>
      <source>{sign} {amount} ten thousand</source>
      <translation>{sign} {amount} 萬</translation>
    </message>
    <message>
      <source>{speed} rows a second</source>
      <translation>每秒 {speed} 列</translation>
    </message>
    <message numerus="yes">
      <source>{stage}: %n opportunity(ies)</source>
      <translation>
        <numerusform>{stage}：%n 個商機</numerusform>
      </translation>
    </message>
    <message>
      <source>{target} holds other data already. Choose an empty database or folder.</source>
      <translation>{target} 中已有其他資料。請選擇空的資料庫或資料夾。</translation>
    </message>
    <message>
      <source>{title} as of {moment}</source>
      <translation>{title}（截至 {moment}）</translation>
    </message>
    <message numerus="yes">
      <source>{title}, %n waiting</source>
      <translation>
        <numerusform>{title}，%n 項待處理</numerusform>
      </translation>
    </message>
    <message>
      <source>{user} is locked and logged off.</source>
      <translation>{user} 已鎖定並登出。</translation>
    </message>
    <message>
      <source>{user} is logged off.</source>
      <translation>{user} 已登出。</translation>
    </message>
    <message>
      <source>{user} may sign in now.</source>
      <translation>{user} 現在可以登入。</translation>
    </message>
    <message>
      <source>{user} on {computer} has it open since {since}.</source>
      <translation>{user} 已於 {since} 在 {computer} 上開啟了資料庫。</translation>
    </message>
    <message>
      <source>{value} is out of range: {least} to {most}.</source>
      <translation>{value} 超出範圍：{least} 至 {most}。</translation>
    </message>
    <message>
      <source>{who} changed this record meanwhile. Compare the two and decide which to keep.</source>
      <translation>{who} 同時修改了此記錄。請比較兩個版本，決定保留哪個。</translation>
    </message>
    <message numerus="yes">
      <source>{why} (and %n other reason(s))</source>
      <translation>
        <numerusform>{why}（另有 %n 種原因）</numerusform>
      </translation>
    </message>
    <message>
      <source>{word} means</source>
      <translation>{word} 表示</translation>
    </message>
    <message>
      <source>“crm-desktop COMMAND --help” explains a command.</source>
      <translation>用“crm-desktop 命令 --help”查看命令的說明。</translation>
    </message>
    <message>
      <source>“{condition}” is not a condition. Write it like level=A or next_contact_on&lt;2026-11-30.</source>
      <translation>「{condition}」不是條件。請寫成 level=A 或 next_contact_on&lt;2026-11-30 這樣。</translation>
    </message>
    <message>
      <source>“{file}” cannot be opened: {problem}.</source>
      <translation>無法開啟「{file}」：{problem}。</translation>
    </message>
    <message>
      <source>“{file}” cannot be written: it is open in another program or the folder is read-only. Close it, or choose another name.</source>
      <translation>無法寫入「{file}」：檔案已在其他程式中開啟，或資料夾為唯讀。請關閉該檔案，或換一個名稱。</translation>
    </message>
    <message>
      <source>“{file}” could not be written: {problem}.</source>
      <translation>無法寫入「{file}」：{problem}。</translation>
    </message>
    <message>
      <source>“{file}” has no sheet “{sheet}”.</source>
      <translation>「{file}」中沒有工作表「{sheet}」。</translation>
    </message>
    <message>
      <source>“{file}” holds no contact card, appointment or task that can be read.</source>
      <translation>「{file}」中沒有可以讀取的聯絡人名片、行程或任務。</translation>
    </message>
    <message>
      <source>“{file}” holds no list of records. Choose a JSON file with a list of objects, one for each record.</source>
      <translation>「{file}」中沒有記錄清單。請選擇由物件清單組成、每筆記錄一個物件的 JSON 檔案。</translation>
    </message>
    <message>
      <source>“{file}” is a folder. Choose a file in it.</source>
      <translation>“{file}”是資料夾。請選擇其中的檔案。</translation>
    </message>
    <message>
      <source>“{file}” is damaged and cannot be read. Open it in its own program and save it again.</source>
      <translation>「{file}」已損壞，無法讀取。請在原來的程式中開啟並重新儲存。</translation>
    </message>
    <message>
      <source>“{file}” is empty.</source>
      <translation>「{file}」是空的。</translation>
    </message>
    <message>
      <source>“{file}” is not JSON. Write it like {example}.</source>
      <translation>「{file}」不是 JSON。請寫成 {example} 這樣。</translation>
    </message>
    <message>
      <source>“{file}” is not a table but {what}. Choose an Excel, OpenDocument, CSV or text file, contact cards (.vcf) or a calendar (.ics).</source>
      <translation>「{file}」不是表格，而是{what}。請選擇 Excel、OpenDocument、CSV 或文字檔、聯絡人名片（.vcf）或行事曆（.ics）。</translation>
    </message>
    <message>
      <source>“{file}” is not written in {encoding}. Choose another encoding.</source>
      <translation>「{file}」的編碼不是 {encoding}。請選擇其他編碼。</translation>
    </message>
    <message>
      <source>“{file}” is protected by a password. Open it in Excel or WPS, save a copy without password, and import that.</source>
      <translation>「{file}」有密碼保護。請用 Excel 或 WPS 開啟，另存一份不帶密碼的檔案再匯入。</translation>
    </message>
    <message>
      <source>“{file}” is too large to read. Split it into several files and import one after the other.</source>
      <translation>「{file}」太大，無法讀取。請拆分成幾個檔案，再逐個匯入。</translation>
    </message>
    <message>
      <source>“{file}” is too large to read. Split it, or save it as .csv and import that.</source>
      <translation>「{file}」太大，無法讀取。請分割，或另存為 .csv 再匯入。</translation>
    </message>
    <message>
      <source>“{file}” was changed while it was being read. Close it in the other program and try again.</source>
      <translation>「{file}」在讀取過程中被修改。請在其他程式中關閉它後重試。</translation>
    </message>
    <message>
      <source>“{file}” was not found.</source>
      <translation>沒有找到「{file}」。</translation>
    </message>
    <message>
      <source>“{file}” was written by a very old Excel. Open it in Excel or WPS and save it as .xlsx.</source>
      <translation>「{file}」由很舊的 Excel 產生。請用 Excel 或 WPS 開啟後另存為 .xlsx。</translation>
    </message>
    <message>
      <source>“{host}” is no name of a server. Several stand with commas between, a port behind a colon: db1:3306, db2</source>
      <translation>「{host}」不是伺服器名稱。多個伺服器用逗號隔開，連接埠寫在冒號後：db1:3306, db2</translation>
    </message>
    <message>
      <source>“{label}” is filled in by the program or needs the form.</source>
      <translation>「{label}」由程式填寫，或需要在表單中填寫。</translation>
    </message>
    <message>
      <source>“{label}” is hidden here. Type the whole number or leave it as it is.</source>
      <translation>「{label}」在這裡是隱藏的。請輸入完整號碼，或保持原樣。</translation>
    </message>
    <message>
      <source>“{label}” must be filled in.</source>
      <translation>請填寫「{label}」。</translation>
    </message>
    <message numerus="yes">
      <source>“{label}” of %n record(s) becomes “{value}”.</source>
      <translation>
        <numerusform>將把 %n 筆記錄的「{label}」改為「{value}」。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>“{label}” of %n record(s) will be emptied.</source>
      <translation>
        <numerusform>將清空 %n 筆記錄的「{label}」。</numerusform>
      </translation>
    </message>
    <message>
      <source>“{lose}” was merged into “{keep}”</source>
      <translation>「{lose}」已併入「{keep}」</translation>
    </message>
    <message numerus="yes">
      <source>“{lose}” was merged into “{keep}”; %n record(s) moved.</source>
      <translation>
        <numerusform>「{lose}」已併入「{keep}」，移動了 %n 筆記錄。</numerusform>
      </translation>
    </message>
    <message>
      <source>“{move}” is not possible in the state “{state}”.</source>
      <translation>在「{state}」狀態下不能「{move}」。</translation>
    </message>
    <message>
      <source>“{name}” cannot be asked with “{operator}”. Possible are: {operators}.</source>
      <translation>「{name}」不能用「{operator}」。可用：{operators}。</translation>
    </message>
    <message>
      <source>“{name}” is no field of this record.</source>
      <translation>「{name}」不是此記錄的欄位。</translation>
    </message>
    <message>
      <source>“{name}” is no field that can be taken over. The fields are: {names}.</source>
      <translation>「{name}」不是可以取用的欄位。欄位有：{names}。</translation>
    </message>
    <message>
      <source>“{name}” is scheduled</source>
      <translation>已安排定時匯出「{name}」</translation>
    </message>
    <message>
      <source>“{name}” is won</source>
      <translation>「{name}」已贏單</translation>
    </message>
    <message>
      <source>“{name}” moved to the recycle bin</source>
      <translation>已將「{name}」移至資源回收筒</translation>
    </message>
    <message>
      <source>“{name}” moved to “{stage}”</source>
      <translation>「{name}」已移至「{stage}」</translation>
    </message>
    <message>
      <source>“{name}” still has people or departments in it. Move them first.</source>
      <translation>「{name}」底下還有人員或部門，請先移走他們。</translation>
    </message>
    <message>
      <source>“{name}” was lost</source>
      <translation>「{name}」已輸單</translation>
    </message>
    <message>
      <source>“{name}” was taken out of the calendar</source>
      <translation>已將「{name}」從行事曆中移除</translation>
    </message>
    <message>
      <source>“{path}” could not be written: {reason} Choose another folder or close the program that has it open.</source>
      <translation>無法寫入「{path}」：{reason}。請選擇其他資料夾，或關閉正在使用該檔案的程式。</translation>
    </message>
    <message>
      <source>“{rule}” is no repetition that can be kept. Write it like FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231.</source>
      <translation>“{rule}”不是可以保留的重複規則。請寫成 FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231 的形式。</translation>
    </message>
    <message>
      <source>“{short}” is short for the other name</source>
      <translation>「{short}」是另一名稱的簡稱</translation>
    </message>
    <message>
      <source>“{title}” belongs to “{parent}”, which is in the recycle bin. Restore that first.</source>
      <translation>「{title}」所屬的「{parent}」在資源回收筒中，請先還原它。</translation>
    </message>
    <message>
      <source>“{title}” has been worked with since; it was kept.</source>
      <translation>「{title}」之後又有新的操作，已保留。</translation>
    </message>
    <message>
      <source>“{title}” has {records} that you may not delete. Ask somebody who may, or move them first.</source>
      <translation>「{title}」有您無權刪除的{records}。請讓有權限的人刪除，或先移走這些記錄。</translation>
    </message>
    <message>
      <source>“{title}” is done</source>
      <translation>已完成「{title}」</translation>
    </message>
    <message>
      <source>“{title}” is in the recycle bin. Restore it first.</source>
      <translation>「{title}」在資源回收筒中，請先還原。</translation>
    </message>
    <message>
      <source>“{title}” is not in the recycle bin. Delete it first.</source>
      <translation>「{title}」不在資源回收筒中，請先刪除。</translation>
    </message>
    <message>
      <source>“{title}” is not yours to share. Ask {owner}.</source>
      <translation>「{title}」不歸您所有，您不能共享它。請聯絡{owner}。</translation>
    </message>
    <message>
      <source>“{title}” is shared with you for reading only. Ask {owner} or an administrator to let you change it.</source>
      <translation>「{title}」只以唯讀方式共享給您。如需修改，請聯絡{owner}或管理員。</translation>
    </message>
    <message>
      <source>“{title}” is shared with you to work on. To {operation} it, ask {owner} or an administrator.</source>
      <translation>「{title}」是共享給您協作的。如需{operation}，請聯絡{owner}或管理員。</translation>
    </message>
    <message>
      <source>“{title}” is there already: {why}. Open it, or save yours all the same.</source>
      <translation>「{title}」已經有了：{why}。可以開啟它，或仍然儲存。</translation>
    </message>
    <message>
      <source>“{title}” is there already: {why}. Your company does not keep the same one twice; open that one.</source>
      <translation>「{title}」已經有了：{why}。貴公司不允許重複儲存，請開啟已有的那筆。</translation>
    </message>
    <message>
      <source>“{title}” repeats. Which times are to be changed?</source>
      <translation>「{title}」是重複的行程。要變更哪幾次？</translation>
    </message>
    <message>
      <source>“{title}” repeats. Which times are to be deleted?</source>
      <translation>「{title}」是重複的行程。要刪除哪幾次？</translation>
    </message>
    <message>
      <source>“{title}” stays as it is: another one has “{value}” by now.</source>
      <translation>「{title}」保持不變：「{value}」現在已屬於另一筆記錄。</translation>
    </message>
    <message>
      <source>“{title}” was changed again since; the newer values were kept.</source>
      <translation>「{title}」之後又有變更，已保留較新的值。</translation>
    </message>
    <message>
      <source>“{value}” can be read as day/month or as month/day. Choose the order of dates for the column “{column}”.</source>
      <translation>「{value}」可以讀作「日/月」，也可以讀作「月/日」。請為「{column}」欄選擇日期順序。</translation>
    </message>
    <message>
      <source>“{value}” is a number the spreadsheet has shortened; its digits are lost. Format the column as text and enter it again.</source>
      <translation>「{value}」是被表格軟體縮短的數字，部分位數已遺失。請將該欄設為文字格式後重新輸入。</translation>
    </message>
    <message>
      <source>“{value}” is neither yes nor no.</source>
      <translation>「{value}」既不是「是」也不是「否」。</translation>
    </message>
    <message>
      <source>“{value}” is not a choice for this report.</source>
      <translation>「{value}」不是此報表的選項。</translation>
    </message>
    <message>
      <source>“{value}” is not a date. Write it like 2026-11-30, 11-30, tomorrow or Friday.</source>
      <translation>「{value}」不是日期。請寫成 2026-11-30、11-30、明天或週五這樣。</translation>
    </message>
    <message>
      <source>“{value}” is not a date. Write it like 2026-11-30.</source>
      <translation>「{value}」不是日期。請寫成 2026-11-30 這樣。</translation>
    </message>
    <message>
      <source>“{value}” is not a number from 0 up</source>
      <translation>“{value}”不是 0 以上的數字</translation>
    </message>
    <message>
      <source>“{value}” is not a number.</source>
      <translation>「{value}」不是數字。</translation>
    </message>
    <message>
      <source>“{value}” is not a period. Write it like 2026-01-01/2026-03-31.</source>
      <translation>「{value}」不是期間。請寫成 2026-01-01/2026-03-31 這樣。</translation>
    </message>
    <message>
      <source>“{value}” is not a state of this record.</source>
      <translation>「{value}」不是此記錄的狀態。</translation>
    </message>
    <message>
      <source>“{value}” is not a time of day. Write it like 09:30.</source>
      <translation>「{value}」不是時間。請寫成 09:30 這樣。</translation>
    </message>
    <message>
      <source>“{value}” is not a time. Write it like 2026-11-30 15:30.</source>
      <translation>「{value}」不是時間。請寫成 2026-11-30 15:30 這樣。</translation>
    </message>
    <message>
      <source>“{value}” is not a whole number.</source>
      <translation>「{value}」不是整數。</translation>
    </message>
    <message>
      <source>“{value}” is not an amount. Write it like 12,500.00.</source>
      <translation>「{value}」不是金額。請寫成 12,500.00 這樣。</translation>
    </message>
    <message>
      <source>“{value}” is not an e-mail address. Write it like name@company.com.</source>
      <translation>「{value}」不是電子郵件地址。請寫成 name@company.com 這樣。</translation>
    </message>
    <message>
      <source>“{value}” is not in the list. Choose a listed value or add it to the list first.</source>
      <translation>「{value}」不在清單中。請選擇清單中的值，或先把它加入清單。</translation>
    </message>
    <message>
      <source>“{value}” is not the number of a batch, as the import printed it</source>
      <translation>“{value}”不是匯入時顯示的批次號</translation>
    </message>
    <message>
      <source>“{value}” was not found, or more than one has this name.</source>
      <translation>沒有找到「{value}」，或有多個同名。</translation>
    </message>
    <message>
      <source>“{value}” was not found, or more than one has this name. Import it first, write its number, or empty the cell.</source>
      <translation>沒有找到「{value}」，或有多個同名。請先匯入它、改寫編號，或清空該儲存格。</translation>
    </message>
    <message numerus="yes">
      <source>… and %n more; --errors FILE writes all of them</source>
      <translation>
        <numerusform>… 還有 %n 列；用 --errors FILE 可全部寫出</numerusform>
      </translation>
    </message>
  </context>
</TS>
