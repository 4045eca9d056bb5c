"""Measure finding as you type against the plain LIKE, and what keeping the index costs.

    python benchmarks/find.py                       300,000 documents, SQLite and MariaDB
    python benchmarks/find.py --docs 3000000        the full size (1 M customers + 2 M contacts)
    python benchmarks/find.py --keep /tmp/office    keep the databases there and use them again

Ours is the whole way: question to the index, candidates fetched, looked at and ranked, the 20 best of both types. The
floor is LIKE '%…%' on the column that holds what is sought, 200 rows of each table at most, not ranked. A class of which LIKE
finds so many before the end of both tables is told as "stops early": there LIKE does not scan, and the bar of 20 times is not
meant.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crm_desktop.core import find  # noqa: E402
from crm_desktop.core.find.grams import INITIAL, tokens_of  # noqa: E402
from crm_desktop.core.ids import new_ids  # noqa: E402
from crm_desktop.database.engine import Database, open_database  # noqa: E402
from tests import servers  # noqa: E402

CITIES = (
    "北京 上海 广州 深圳 杭州 苏州 南京 成都 重庆 武汉 西安 天津 长沙 郑州 东莞 青岛 沈阳 宁波 昆明 大连 厦门 合肥 佛山 福州 "
    "哈尔滨 济南 温州 长春 石家庄 常州 泉州 南宁 贵阳 南昌 太原 烟台 嘉兴 南通 金华 珠海 惠州 徐州 海口 乌鲁木齐 绍兴 中山"
).split()
SYLLABLES = (
    "华为腾达盛源宏泰鑫海天地金龙瑞祥嘉和光明远东方正大恒通联创新科信诚德润丰茂兴业"
    "凯旋博雅智慧云海星辰凌志飞扬百川千禧万里长青永固中南"
    "北斗亚太环球国安民生安康同仁济世利群众益友邦友谊佳美丽人时代先锋力拓维展宇航飞鸿图强盈美迪欧尚格兰思特朗诺曼克莱斯顿蓝"
)
TRADES = (
    "科技 贸易 电子 信息技术 软件 网络科技 实业 商贸 机械 建材 医疗器械 环保科技 物流 化工 服饰 食品 文化传媒 装饰工程 生物科技 "
    "自动化设备 新能源 教育咨询 电气 包装"
).split()
KINDS = ("有限公司 " * 12 + "股份有限公司 有限责任公司 集团有限公司 厂 经营部").split()
WORDS = (
    "Global United Pacific Golden Star Blue Sky Green Power Smart Digital Advanced Precision Union Bright Future "
    "Ocean Summit Royal Alpha Delta Omega Nova Prime Metro Urban Global Vertex Quantum Titan Falcon Phoenix"
).split()
WORD_TRADES = "Technology Trading Electronics Software Logistics Industries Engineering Medical Foods Textile".split()
WORD_KINDS = ("Co., Ltd.", "Inc.", "LLC", "GmbH", "Group", "Limited")
SURNAMES = (
    "王王王王王王王李李李李李李李张张张张张张张刘刘刘刘刘陈陈陈陈陈杨杨杨赵赵黄黄周周吴吴徐徐孙孙"
    "胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解查翟区盖"
)
GIVEN = (
    "伟伟芳芳娜敏敏静静丽丽强强磊磊军军洋洋勇艳杰娟涛明明超秀英华华文文平平刚桂玉萍红红建建国国"
    "志志海海波波辉辉鹏飞宇浩浩然子轩梓涵欣怡雨佳佳"
    "俊俊峰峰婷婷雪梅莉云龙德成东晓晓春生永新林森立立宁宏斌凯凯瑞琪琳琳倩倩颖慧慧博思思远嘉家豪天一诗雅晨阳旭亮亮庆瑶彤曼"
)
HOSTS = ("qq.com 163.com 126.com gmail.com outlook.com sina.com.cn hotmail.com").split()


@dataclass(frozen=True)
class Row:
    """A customer or a contact as the bench stores it."""

    id: int
    name: str
    mobile: str
    email: str
    owner: int
    department: int

    def doc(self) -> find.Doc:
        return find.Doc(self.id, (self.name,), (self.email,), (self.mobile,), self.owner, self.department)


def owners(chance: random.Random) -> list[int]:
    """50 owners with a skewed book: the largest has about 8 %."""
    book = []
    for number in range(50):
        book += [new_ids(1)[0]] * int(80 / (1 + number * 0.5) ** 0.7)
    chance.shuffle(book)
    return book


def company(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.choice(WORD_TRADES)} {chance.choice(WORD_KINDS)}"
    brand = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 2, 3, 4))))
    city = chance.choice(CITIES)
    if chance.random() < 0.15:
        return f"{brand}（{city}）{chance.choice(TRADES)}{chance.choice(KINDS)}"
    return (city if chance.random() < 0.7 else "") + brand + chance.choice(TRADES) + chance.choice(KINDS)


def person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))


def mobile(chance: random.Random) -> str:
    return chance.choice(("138", "139", "136", "135", "137", "150", "158", "159", "186", "188", "189", "133")) + str(
        chance.randrange(10**8)
    ).zfill(8)


def rows(count: int, people: bool, book: list[int], chance: random.Random) -> Iterator[list[Row]]:
    """`count` rows, 20,000 at a time."""
    for start in range(0, count, 20_000):
        batch = []
        for number in new_ids(min(20_000, count - start)):
            owner = chance.choice(book)
            if people:
                name = person(chance)
                user = find.sort_key(name) if chance.random() < 0.7 else f"{chance.choice(WORDS).lower()}{chance.randrange(999)}"
                mail = f"{user}@{chance.choice(HOSTS)}" if chance.random() < 0.5 else ""
            else:
                name, mail = company(chance), ""
            batch.append(Row(number, name, mobile(chance), mail, owner, owner % 8 + 1))
        yield batch


now = time.perf_counter

TABLE = """
CREATE TABLE {name} (id BIGINT PRIMARY KEY, name VARCHAR(200) NOT NULL, sort_key VARCHAR(40) NOT NULL,
    initials VARCHAR(200) NOT NULL, mobile VARCHAR(40) NOT NULL, email VARCHAR(100) NOT NULL,
    owner BIGINT NOT NULL, department BIGINT NOT NULL, deleted_at VARCHAR(19))
"""


def fill(database: Database, documents: int) -> dict[str, float]:
    """Write the office; seconds of CPU for tokens and of wall clock for writing the index."""
    chance = random.Random(7)
    book = owners(chance)
    spent = {"tokens": 0.0, "index": 0.0, "docs": 0.0, "settling": 0.0}
    for name, count in (("customer", documents // 3), ("contact", documents - documents // 3)):
        make = [
            TABLE.format(name=name).replace(
                "BIGINT PRIMARY", "INTEGER PRIMARY" if database.engine == "sqlite" else "BIGINT PRIMARY"
            ),
            *find.index_sql(database.engine, name),
        ]
        for sql in make:
            database.write(lambda tx, sql=sql: tx.run_last(sql))
        late = database.engine == "mysql" and documents > 1_000_000  # or it takes hours: the words are then added sorted
        if late:
            database.write(lambda tx, name=name: tx.run_last(f"ALTER TABLE {find.table(name)} DROP KEY {find.table(name)}_grams"))
        for batch in rows(count, name == "contact", book, chance):
            values = [
                (
                    row.id,
                    row.name,
                    key := find.sort_key(row.name),
                    find.squeeze(row.name).translate(INITIAL) or key,
                    row.mobile,
                    row.email,
                    row.owner,
                    row.department,
                )
                for row in batch
            ]
            docs = [row.doc() for row in batch]
            database.write(
                lambda tx, name=name, values=values: tx.many(f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", values)
            )
            begun = time.process_time()
            for doc in docs:
                tokens_of(doc)
            spent["tokens"] += time.process_time() - begun
            begun = time.perf_counter()
            database.write(lambda tx, name=name, docs=docs: find.put(tx, name, docs))
            spent["index"] += time.perf_counter() - begun
            spent["docs"] += len(docs)
            print(f"\r{name} {spent['docs']:,.0f} of {documents:,} ", end="", file=sys.stderr)
        begun = time.perf_counter()
        if late:
            line = database.backend.connect(patient=True)
            line.cursor().execute(f"ALTER TABLE {find.table(name)} ADD FULLTEXT KEY {find.table(name)}_grams (grams)")
            line.close()
        database.write(lambda tx, name=name: find.settle(tx, name))
        spent["settling"] += time.perf_counter() - begun
        for columns in ("sort_key", "owner, sort_key", "department, sort_key"):
            title = f"{name}_{columns.split(',')[0]}"
            database.write(
                lambda tx, name=name, columns=columns, title=title: tx.run_last(
                    f"CREATE INDEX {title} ON {name} (deleted_at, {columns})"
                )
            )
        if database.engine == "mysql":
            database.write(lambda tx, name=name: tx.run(f"ANALYZE TABLE {name}, {find.table(name)}"))
    print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
    return spent


class Search:
    """The search box over both tables, as the door does it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.finder = find.Finder(database)

    def __call__(self, text: str, scope: find.Scope | None = None, limit: int = 20) -> list[tuple[int, str, int]]:
        query = find.parse(text)
        hits: list[tuple[int, str, int]] = []
        for name in ("customer", "contact"):
            floor = -sorted(hits)[limit - 1][0] if len(hits) >= limit else 0
            found = self.finder.find(name, query, scope, limit, lambda ids, name=name: self.load(name, ids), floor)
            hits += [(-match.score, doc.names[0], doc.id) for doc, match in found]
        hits.sort()
        return hits[:limit]

    def load(self, name: str, ids: list[int]) -> list[find.Doc]:
        marks = ", ".join("?" * len(ids))
        rows = self.database.read(f"SELECT id, name, email, mobile FROM {name} WHERE id IN ({marks})", ids)
        return [find.Doc(number, (title,), (mail,), (phone,)) for number, title, mail, phone in rows]


ENOUGH = 200  # rows of a table after which LIKE stops


def like(database: Database, column: str, text: str, scope: find.Scope | None = None) -> int:
    """The floor: rows of both tables whose column holds the text."""
    found = 0
    for name in ("customer", "contact"):
        more = "" if scope is None else " AND owner = ?"
        found += len(
            database.read(
                f"SELECT id, name FROM {name} WHERE {column} LIKE ?{more} LIMIT {ENOUGH}",
                [f"%{text}%", *([] if scope is None else scope.owners)],
            )
        )
    return found


@dataclass(frozen=True)
class Kind:
    """A class of queries: what is typed, and the column LIKE looks into."""

    title: str
    column: str
    make: Callable[[random.Random, list[Row]], str]


def part(text: str, size: int, chance: random.Random) -> str:
    start = chance.randrange(max(1, len(text) - size + 1))
    return text[start : start + size]


def chinese(chance: random.Random, sample: list[Row], least: int = 4) -> str:
    while True:
        name = chance.choice(sample).name
        if not name.isascii() and "（" not in name and len(name) >= least:
            return name


def brand(chance: random.Random, sample: list[Row], size: int) -> str:
    name = chinese(chance, sample, 8)
    start = 2 if name[:2] in CITIES else 0
    return name[start : start + size]


def latin(chance: random.Random, sample: list[Row]) -> str:
    while True:
        name = chance.choice(sample).name
        if name.isascii():
            return chance.choice(name.split()[:3])


def mail(chance: random.Random, sample: list[Row]) -> str:
    while True:
        address = chance.choice(sample).email
        if address:
            return part(address.split("@")[0], 6, chance)


KINDS_OF_QUERY = [
    Kind("1 character", "name", lambda c, s: part(chinese(c, s, 2), 1, c)),
    Kind("2 characters", "name", lambda c, s: part(chinese(c, s), 2, c)),
    Kind("2 of the brand", "name", lambda c, s: brand(c, s, 2)),
    Kind("3 characters", "name", lambda c, s: part(chinese(c, s), 3, c)),
    Kind("4+ characters", "name", lambda c, s: part(chinese(c, s, 6), 5, c)),
    Kind("person, whole name", "name", lambda c, s: person(c)),
    Kind("有限公司, 科技 …", "name", lambda c, s: c.choice(("有限公司", "公司", "科技", "有限", "贸易", "上海"))),
    Kind("phone, 3 digits", "mobile", lambda c, s: part(c.choice(s).mobile, 3, c)),
    Kind("phone, 4 digits", "mobile", lambda c, s: part(c.choice(s).mobile, 4, c)),
    Kind("phone, 6 digits", "mobile", lambda c, s: part(c.choice(s).mobile, 6, c)),
    Kind("phone, 11 digits", "mobile", lambda c, s: c.choice(s).mobile),
    Kind("initials, 2", "initials", lambda c, s: find.squeeze(brand(c, s, 2)).translate(INITIAL)),
    Kind("initials, 3", "initials", lambda c, s: find.squeeze(brand(c, s, 3)).translate(INITIAL)),
    Kind("initials, 4", "initials", lambda c, s: find.squeeze(brand(c, s, 4)).translate(INITIAL)),
    Kind("pinyin, 1 syllable", "sort_key", lambda c, s: find.sort_key(brand(c, s, 1))),
    Kind("pinyin, 2 syllables", "sort_key", lambda c, s: find.sort_key(brand(c, s, 2))),
    Kind("pinyin, 3, unfinished", "sort_key", lambda c, s: find.sort_key(brand(c, s, 3))[:-1]),
    Kind("pinyin of a person", "sort_key", lambda c, s: find.sort_key(person(c))),
    Kind("English, 2 letters", "name", lambda c, s: latin(c, s)[:2]),
    Kind("English, 4 letters", "name", lambda c, s: latin(c, s)[:4]),
    Kind("English words", "name", latin),
    Kind("mail, 6 signs", "email", mail),
    Kind("no hit", "name", lambda c, s: "魑" + c.choice(SYLLABLES) + "魅"),
]


def clock(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = now()
    work()
    return (now() - begun) * 1000


def cpu_clock(database: Database) -> Callable[[], float]:
    """Seconds of processor time of this thread, and of the thread of a server on this computer that works for it."""
    if database.engine == "sqlite":
        return time.thread_time
    server = Path(database.read("SELECT @@pid_file")[0][0]).read_text().strip()
    thread = database.read("SELECT tid FROM information_schema.processlist WHERE id = CONNECTION_ID()")[0][0]
    told = Path(f"/proc/{server}/task/{thread}/schedstat")
    return lambda: time.thread_time() + int(told.read_text().split()[0]) / 1e9


def percentiles(times: list[float]) -> tuple[float, float]:
    times = sorted(times)
    return statistics.median(times), times[min(len(times) - 1, int(len(times) * 0.95))]


def sampled(database: Database, chance: random.Random) -> list[Row]:
    """Some thousand rows from all over both tables."""
    sample = []
    for name in ("customer", "contact"):
        first, last = database.read(f"SELECT MIN(id), MAX(id) FROM {name}")[0]
        for _ in range(60):
            sample += [
                Row(*row)
                for row in database.read(
                    f"SELECT id, name, mobile, email, owner, department FROM {name} WHERE id >= ? ORDER BY id LIMIT 50",
                    [chance.randrange(first, last)],
                )
            ]
    return sample


def compare(database: Database, queries: int, floors: int, only: str) -> None:
    """Print p50 and p95 of each class, ours and LIKE's."""
    chance = random.Random(11)
    search = Search(database)
    sample = sampled(database, chance)
    largest = max({row.owner for row in sample}, key=lambda one: sum(row.owner == one for row in sample))
    smallest = min({row.owner for row in sample}, key=lambda one: sum(row.owner == one for row in sample))
    for name in ("customer", "contact"):  # as the window does, once it is painted
        search.finder.warm(name)
    for text in ("hwjs", "华为", "zhangwei", "138"):
        search(text)
    print(f"\n{'':24}{'all records':>18}{'largest book':>18}{'smallest book':>18}{'LIKE':>20}{'ratio':>8}{'hits':>7}")
    print(f"{'ms':24}" + f"{'p50':>9}{'p95':>9}" * 3 + f"{'p50':>10}{'p95':>10}{'p50':>8}{'p50':>7}")
    every: list[float] = []
    for kind in KINDS_OF_QUERY:
        if only and only not in kind.title:
            continue
        texts = [kind.make(chance, sample) for _ in range(queries)]
        cells = []
        for scope in (None, find.Scope((largest,)), find.Scope((smallest,))):
            times = [clock(lambda text=text, scope=scope: search(text, scope)) for text in texts]
            cells.append(percentiles(times))
            every += times if scope is None else []
        hits = statistics.median(len(search(text)) for text in texts)
        found = [like(database, kind.column, text) for text in texts[:floors]]
        floor = percentiles([clock(lambda text=text, kind=kind: like(database, kind.column, text)) for text in texts[:floors]])
        early = "  LIKE stops early" if statistics.median(found) == 2 * ENOUGH else ""
        print(
            f"{kind.title:24}"
            + "".join(f"{p50:9.1f}{p95:9.1f}" for p50, p95 in cells)
            + f"{floor[0]:10.1f}{floor[1]:10.1f}{floor[0] / cells[0][0]:7.0f}×{hits:7.0f}{early}",
            flush=True,
        )
        if only:
            slow = sorted(((clock(lambda text=text: search(text)), text) for text in texts), reverse=True)[:4]
            print("   slowest:", ", ".join(f"{text} {spent:.1f}" for spent, text in slow))
    p50, p95 = percentiles(every)
    print(f"{'all classes':24}{p50:9.1f}{p95:9.1f}")


def upkeep(database: Database, saves: int) -> None:
    """What the index adds to saving one record: transactions with and without it, taking turns, each of a record somewhere."""
    database.write(lambda tx: find.settle(tx, "customer"))  # as `fill` leaves it: earlier saves do not disturb
    chance = random.Random()  # other names every time: a kept database must not hold them already
    plain: list[float] = []
    indexed: list[float] = []
    first, last = database.read("SELECT MIN(id), MAX(id) FROM customer")[0]
    asked = "SELECT id, name, mobile, email, owner, department FROM customer WHERE id >= ? ORDER BY id LIMIT 1"
    for turn in range(2 * saves):
        row = Row(*database.read(asked, [chance.randrange(first, last)])[0])
        changed = Row(row.id, company(chance), mobile(chance), row.email, row.owner, row.department)
        values = [changed.name, find.sort_key(changed.name), changed.mobile, row.id]
        sql = "UPDATE customer SET name = ?, sort_key = ?, mobile = ? WHERE id = ?"

        def save(tx, values=values, sql=sql):
            tx.run(sql, values)

        def save_and_index(tx, changed=changed, row=row, values=values, sql=sql):
            tx.run(sql, values)
            find.put(tx, "customer", [changed.doc()], again=True)

        if turn % 2:
            plain.append(clock(lambda: database.write(save)))
        else:
            indexed.append(clock(lambda: database.write(save_and_index)))
    print(
        f"\nupkeep of one saved record: {statistics.median(indexed) - statistics.median(plain):.2f} ms median "
        f"(with {statistics.median(indexed):.2f}, without {statistics.median(plain):.2f}), "
        f"mean {statistics.mean(indexed) - statistics.mean(plain):.2f}"
    )


def size(database: Database) -> int:
    """Bytes of the index."""
    if database.engine == "sqlite":
        return database.read(
            "SELECT SUM(LENGTH(block)) FROM (SELECT block FROM find_customer_data UNION ALL SELECT block FROM find_contact_data)"
        )[0][0]
    return (
        database.read(
            "SELECT SUM(FILE_SIZE) FROM information_schema.INNODB_SYS_TABLESPACES WHERE NAME LIKE '%find_%' OR NAME LIKE '%FTS_%'"
        )[0][0]
        or 0
    )


def bench(engine: str, place: str, documents: int, options: argparse.Namespace) -> None:
    nothing = Path(tempfile.mkdtemp())
    database = open_database(place, nothing)
    if options.cpu:
        global now
        now = cpu_clock(database)
    print(f"\n{engine}, {documents:,} documents")
    present = (
        "SELECT 1 FROM sqlite_master WHERE name = 'contact_department'"
        if engine == "sqlite"
        else ("SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = 'contact_department'")
    )
    if not database.read(present):
        spent = fill(database, documents)
        print(
            f"tokens {spent['tokens'] / spent['docs'] * 1e6:.1f} µs a document, index with tokens "
            f"{spent['index'] / spent['docs'] * 1e6:.1f} µs a document, settling {spent['settling'] / spent['docs'] * 1e6:.1f}"
        )
    print(f"index {size(database) / documents:.0f} bytes a document")
    if not options.no_queries:
        compare(database, options.queries, options.floors, options.only)
    if not options.only:
        upkeep(database, 500)
    database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=int, default=300_000)
    parser.add_argument("--full", action="store_true", help="3,000,000 documents on both engines")
    parser.add_argument("--engine", choices=("sqlite", "mysql"))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--floors", type=int, default=6)
    parser.add_argument("--only", default="", help="classes whose title holds this; prints the slowest queries")
    parser.add_argument("--no-queries", action="store_true")
    parser.add_argument("--cpu", action="store_true", help="processor time, the server's too, for a busy machine")
    options = parser.parse_args()
    documents = 3_000_000 if options.full else options.docs
    folder = options.keep or Path(tempfile.mkdtemp(prefix="crm-find-"))
    folder.mkdir(parents=True, exist_ok=True)
    if options.engine != "mysql":
        bench("sqlite", str(folder / f"find{documents}"), documents, options)
    if options.engine != "sqlite":
        with servers.borrowed() as address:
            bench("mysql", f"{address}/find{documents}", documents, options)
    if not options.keep:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
