"""Measure printing: 10,000 labels, a table of 10,000 rows × 10 columns and 10,000 envelopes against their floors.

    python benchmarks/paper.py                 all three, median of 5 alternating rounds
    python benchmarks/paper.py --platypus      also reportlab's own LongTable (slow)

The floor of labels and table is what no program can do without: opening the font with reportlab and deflating the very
bytes of the finished file. The floor of envelopes is as many blank pages from reportlab's canvas. All in CPU seconds.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pypdf  # noqa: E402
from reportlab import rl_config  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from crm_desktop.printing import fonts, letters  # noqa: E402
from crm_desktop.printing.document import Document  # noqa: E402
from crm_desktop.printing.envelope_sizes import envelope  # noqa: E402
from crm_desktop.printing.envelopes import EnvelopeJob, draw_envelopes  # noqa: E402
from crm_desktop.printing.labels import LabelJob, draw_labels  # noqa: E402
from crm_desktop.printing.recipients import Recipient  # noqa: E402
from crm_desktop.printing.sheets import sheet  # noqa: E402
from crm_desktop.printing.table import Column, Paper, draw_table  # noqa: E402

HAN = (
    "金桥路创新科技园区中山大道人民北苏州上海电子医疗器械有限公司机汽车零部件精密自动化设备新材料贸易集团"
    "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈"
    "海燕伟芳娜强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国志鹏飞浩然欣怡雪梅莉云龙德成东晓春生永新"
)
TABLE_HEADS = "编号 客户 联系人 电话 地址 等级 状态 金额 下次联系 负责人".split()
LABELS_BAR, TABLE_BAR, ENVELOPES_BAR = 6.0, 5.0, 1.7


def word(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(HAN, k=length))


def recipients(count: int, chance: random.Random) -> list[Recipient]:
    """Addresses of which no two are alike."""
    return [
        Recipient(
            word(chance, chance.choice((2, 3))),
            chance.choice(("先生", "女士")),
            "",
            word(chance, chance.randint(4, 8)) + "有限公司",
            f"{word(chance, 4)}路 {chance.randint(1, 999)} 号{word(chance, chance.randint(0, 6))}",
            word(chance, 2) + "市",
            word(chance, 2) + "省",
            f"{chance.randint(1, 999_999):06d}",
        )
        for _number in range(count)
    ]


def table_rows(count: int, chance: random.Random) -> list[tuple[str, ...]]:
    return [
        (
            f"C{number:06d}",
            word(chance, chance.randint(2, 8)) + "科技有限公司",
            word(chance, 3),
            f"1{chance.randrange(10**10):010d}",
            f"{word(chance, 2)}市{word(chance, chance.randint(3, 14))}路，A座（东门）",
            chance.choice("ABCD"),
            chance.choice(("跟进中", "已签约", "休眠")),
            f"{chance.randint(1, 10**7):,}.00",
            f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            chance.choice(("王丽", "林佳怡", "陈志强", "刘敏")),
        )
        for number in range(count)
    ]


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def cold() -> None:
    """Forget the opened fonts, so that each round pays for opening them."""
    fonts._opened.cache_clear()
    fonts.face_for.cache_clear()
    letters._widths.clear()


def plain_bytes(document: Document) -> list[bytes]:
    """The content of every stream of the file before it was deflated."""
    reader = pypdf.PdfReader(io.BytesIO(document.pdf))
    streams = []
    for number in range(1, len(reader.xref[0]) + 1):
        found = pypdf.generic.IndirectObject(number, 0, reader).get_object()
        if isinstance(found, pypdf.generic.StreamObject):
            streams.append(found.get_data())
    return streams


def font_and_deflate(streams: list[bytes]) -> Callable[[], object]:
    def work() -> None:
        TTFont("floor", str(fonts.BUNDLED[0]))
        for stream in streams:
            zlib.compress(stream)

    return work


def blank_pages(count: int) -> Callable[[], object]:
    def work() -> None:
        rl_config.useA85 = 0
        canvas = Canvas(io.BytesIO(), pagesize=(623.6, 311.8), pageCompression=1)
        for _page in range(count):
            canvas.showPage()
        canvas.save()

    return work


def long_table(heads: list[str], rows: list[tuple[str, ...]]) -> Callable[[], object]:
    def work() -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.platypus import LongTable, SimpleDocTemplate

        rl_config.useA85 = 0
        pdfmetrics.registerFont(TTFont("floor", str(fonts.BUNDLED[0])))
        plain = LongTable([heads, *map(list, rows)], repeatRows=1, style=[("FONT", (0, 0), (-1, -1), "floor", 8)])
        SimpleDocTemplate(io.BytesIO(), pagesize=(842, 595)).build([plain])

    return work


def compare(name: str, bar: float, ours: Callable[[], object], floor: Callable[[], object], rounds: int) -> bool:
    """Print one line of the table; says whether the bar is reached."""
    mine, least = [], []
    for _round in range(rounds):
        least.append(cpu(floor))
        cold()
        mine.append(cpu(ours))
    ratio = statistics.median(mine) / statistics.median(least)
    verdict = "ok" if ratio <= bar else "OVER"
    print(f"{name:<28}{statistics.median(mine):>8.2f}{statistics.median(least):>9.2f}{ratio:>8.2f}{bar:>7.1f}  {verdict}")
    return ratio <= bar


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--platypus", action="store_true")
    options = parser.parse_args()
    chance = random.Random(2026)
    people = recipients(options.count, chance)
    rows = table_rows(options.count, chance)
    right = {"金额"}
    columns = [Column(head, "right" if head in right else "left") for head in TABLE_HEADS]
    sender = Recipient("刘敏", "", "", "南京立德自动化设备有限公司", "软件大道 109 号", "南京市", "江苏省", "210012")

    def labels() -> Document:
        return draw_labels(LabelJob(people, sheet("3474")))

    def table() -> Document:
        return draw_table(Paper("客户列表", columns, rows, "全部客户"))

    def envelopes() -> Document:
        return draw_envelopes(EnvelopeJob(people, envelope("CN-DL"), sender))

    label_floor, table_floor = font_and_deflate(plain_bytes(labels())), font_and_deflate(plain_bytes(table()))
    print(f"{'work':<28}{'CPU s':>8}{'floor':>9}{'ratio':>8}{'bar':>7}")
    size, rounds = f"{options.count:,}", options.rounds
    good = [
        compare(f"{size} labels, 3×8", LABELS_BAR, labels, label_floor, rounds),
        compare(f"{size} rows × 10", TABLE_BAR, table, table_floor, rounds),
        compare(f"{size} envelopes, DL", ENVELOPES_BAR, envelopes, blank_pages(options.count), rounds),
    ]
    if options.platypus:
        plain, ours = cpu(long_table(TABLE_HEADS, rows)), cpu(table)
        print(f"{'LongTable of the same rows':<28}{plain:>8.2f}   {plain / ours:.1f} times as long as ours (bar 10)")
        good.append(plain / ours >= 10)
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
