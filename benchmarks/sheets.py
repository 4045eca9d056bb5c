"""Sheets of 100,000 rows x 20 columns, read and written, beside the plainest code that does the same.

    python -m benchmarks.sheets [ROWS]

CPU seconds of this process and the processes it starts; the best of three rounds taken in turn (openpyxl: one round).
Memory is the peak of a process of its own that does nothing else.
"""

from __future__ import annotations

import csv
import io
import random
import resource
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writing import write_table

PACKET = 500
COLUMNS = (
    *(Column(text) for text in ("客户名称", "编号", "级别", "行业", "来源", "手机", "电话", "邮箱", "省份", "城市", "地址")),
    *(Column(text) for text in ("邮编", "税号", "联系人")),
    Column("日期", "day"), Column("时间", "moment"), Column("金额", "money"), Column("概率", "percent"),
    Column("备注"), Column("网址"),
)  # fmt: skip

Row = list[Any]


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        # First, because a new process begins with the peak of the one that starts it.
        memory(path, rows)
        packets = list(made(rows))
        print(f"{rows:,} rows x {len(COLUMNS)} columns\n\n{'work':<58}{'CPU s':>8}{'ratio':>8}{'bar':>8}")
        writing(path, packets, rows)
        del packets
        reading(path)



def writing(path: Path, packets: list[list[Row]], rows: int) -> None:
    """.xlsx beside zlib level 6 of the same XML and beside openpyxl; .csv beside the csv module."""
    write_table(path, "客户", COLUMNS, packets)
    xml = sheet_xml(path)
    floor, own = in_turn(lambda: deflate(xml), lambda: write_table(path, "客户", COLUMNS, packets))
    tell("floor: zlib level 6 of the same sheet XML", floor, 1)
    tell("write .xlsx", own, own / floor, "2.2")
    few = packets[: max(1, len(packets) // 5)]
    slow = seconds(lambda: with_openpyxl(path.with_suffix(".slow.xlsx"), few)) * len(packets) / len(few)
    tell("openpyxl write_only (a fifth of the rows, times five)", slow, slow / floor)
    tell("write .xlsx / openpyxl write_only", own, own / slow, "0.20")
    target = path.with_suffix(".csv")
    plain, ours = in_turn(lambda: plain_csv(packets), lambda: write_table(target, "客户", COLUMNS, packets, format="csv"))
    tell("floor: csv.writer on the same rows", plain, 1)
    tell("write .csv, formulas made harmless", ours, ours / plain)


def reading(path: Path) -> None:
    """The reader process beside calamine in this process; both deliver every row."""
    floor, own = in_turn(lambda: with_calamine(path), lambda: with_reader(path))
    tell("floor: calamine in this process, rows iterated", floor, 1)
    tell("read .xlsx in the reader process: cleaned, spooled, read back", own, own / floor)
    target = path.with_suffix(".csv")
    plain, ours = in_turn(lambda: with_csv_reader(target), lambda: with_reader(target))
    tell("floor: csv.reader, known encoding and delimiter", plain, 1)
    tell("read .csv in the reader process", ours, ours / plain)


def memory(path: Path, rows: int) -> None:
    """Peak memory of a process that writes, and of the reader process."""
    few, many = (peak(f"write_table({str(path)!r}, 'x', COLUMNS, made({count}))") for count in (1_000, rows))
    print(f"peak memory while writing: {few} MiB for 1,000 rows, {many} MiB for {rows:,} rows")
    who = "resource.RUSAGE_CHILDREN"
    print(f"peak memory of the reader process: {peak(f'with_reader(Path({str(path)!r}))', who)} MiB\n")


def peak(work: str, who: str = "resource.RUSAGE_SELF") -> int:
    code = f"from benchmarks.sheets import *\n{work}\nprint(resource.getrusage({who}).ru_maxrss // 1024)"
    return int(subprocess.check_output([sys.executable, "-c", code]))


def made(rows: int) -> Iterator[list[Row]]:
    """Rows of the shape real exports have, in packets; the same every time."""
    chance = random.Random(20)
    day = date(2026, 1, 1)
    for start in range(0, rows, PACKET):
        yield [row(chance, day, number) for number in range(start, min(rows, start + PACKET))]


def row(chance: random.Random, day: date, number: int) -> Row:
    return [
        f"{chance.choice(('华为', '小米', '远景', '东方'))}{chance.randrange(10**6)}有限公司", f"C{number:07}", chance.choice("ABC"),
        chance.choice(("制造", "IT", "金融业")), chance.choice(("展会", "转介绍")), f"138{chance.randrange(10**8):08}",
        f"010-{chance.randrange(10**8):08}" if number % 3 else "", f"user{number}@example.com", "广东省", chance.choice(("深圳", "广州")),
        f"中关村大街{chance.randrange(999)}号", f"{chance.randrange(10**6):06}", f"91{chance.randrange(10**16):016}", f"张三{number % 99}",
        day + timedelta(chance.randrange(365)), datetime(2026, 1, 1) + timedelta(seconds=chance.randrange(10**7)),
        Decimal(chance.randrange(10**9)) / 100, chance.randrange(100), f"备注 & <说明> {number}" if number % 2 else None,
        f"https://example.com/{number}",
    ]  # fmt: skip


def in_turn(*works: Callable[[], Any]) -> list[float]:
    """The best of three rounds of each, taken in turn so that other load hits all alike."""
    best = [float("inf")] * len(works)
    for _round in range(3):
        for place, work in enumerate(works):
            best[place] = min(best[place], seconds(work))
    return best


def seconds(work: Callable[[], Any]) -> float:
    before = used()
    work()
    return used() - before


def used() -> float:
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def tell(what: str, took: float, ratio: float, bar: str = "") -> None:
    print(f"{what:<58}{took:8.2f}{ratio:8.2f}{bar:>8}", flush=True)


def sheet_xml(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def deflate(xml: bytes) -> None:
    packer = zlib.compressobj(6)
    for start in range(0, len(xml), 1 << 16):
        packer.compress(xml[start : start + (1 << 16)])
    packer.flush()


def with_openpyxl(path: Path, packets: list[list[Row]]) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    sheet.append([column.heading for column in COLUMNS])
    for packet in packets:
        for values in packet:
            sheet.append(values)
    book.save(path)


def plain_csv(packets: list[list[Row]]) -> None:
    writer = csv.writer(io.TextIOWrapper(io.BytesIO(), "utf-8-sig", newline=""))
    for packet in packets:
        writer.writerows(packet)


def with_calamine(path: Path) -> int:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return sum(1 for _row in book.get_sheet_by_index(0).iter_rows())


def with_csv_reader(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _row in csv.reader(file))


def with_reader(path: Path) -> int:
    with read_workbook(path) as workbook:
        return sum(1 for _row in workbook.sheet().rows())


if __name__ == "__main__":
    main()
