"""What is typed into a search box finds the right records, the best first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crm_desktop.core.find import Doc, Scope, drop, index_sql
from tests.core.find.small_index import SmallIndex

NAMES = [
    "上海华为科技",
    "华为技术有限公司",
    "重庆长安",
    "單曉明",
    "TCL集团",
    "Café Ørsted Co., Ltd",
    "HT-2026-0052",
    "王",
    "A1B",
    "한국전자",
    "张经理",
    "张伟明",
    "张伟",
    "Shenzhen Technology",
    "西安先锋",
    "吕布",
    "工商银行",
    "曾国藩",
    "仇英",
    "解缙",
    "查良镛",
    "万科（深圳）置业",
    "ＡＢＣ仪器",
    "龍騰科技",
    "乾坤物流",
]


@pytest.fixture(scope="module")
def index() -> Iterator[SmallIndex]:
    filled = SmallIndex()
    filled.add(
        *(
            Doc(
                number,
                (name,),
                (f"u{number}@huawei.com", f"第{number}次拜访，讨论了B座合同"),
                (f"+86 138-0013-80{number:02}",),
                owner=number % 3 + 1,
                department=number % 2 + 10,
            )
            for number, name in enumerate(NAMES)
        )
    )
    yield filled
    filled.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hwjs", "华为技术有限公司"),
        ("华为", "华为技术有限公司"),
        ("華為技術", "华为技术有限公司"),
        ("huaweijishu", "华为技术有限公司"),
        ("huaweij", "华为技术有限公司"),
        ("hua为", "华为技术有限公司"),
        ("华wjs", "华为技术有限公司"),
        ("华w技", "华为技术有限公司"),
        ("华 公司", "华为技术有限公司"),
        ("zjl", "张经理"),
        ("zhangjingli", "张经理"),
        ("zhangjl", "张经理"),
        ("张", "张伟"),
        ("張偉", "张伟"),
        ("zhangwei", "张伟"),
        ("shanxm", "單曉明"),
        ("danxiaoming", "單曉明"),
        ("单晓明", "單曉明"),
        ("zengguofan", "曾国藩"),
        ("ceng", "曾国藩"),
        ("qiuying", "仇英"),
        ("chouying", "仇英"),
        ("xiejin", "解缙"),
        ("zhaly", "查良镛"),
        ("chongqing", "重庆长安"),
        ("cqca", "重庆长安"),
        ("zqca", "重庆长安"),
        ("changan", "重庆长安"),
        ("tcljt", "TCL集团"),
        ("cafe", "Café Ørsted Co., Ltd"),
        ("ØRST", "Café Ørsted Co., Ltd"),
        ("tech shen", "Shenzhen Technology"),
        ("enzh", "Shenzhen Technology"),
        ("ht20260052", "HT-2026-0052"),
        ("2026-00", "HT-2026-0052"),
        ("T-2026", "HT-2026-0052"),
        ("0052", "HT-2026-0052"),
        ("a1", "A1B"),
        ("1b", "A1B"),
        ("王", "王"),
        ("w", "王"),
        ("국전", "한국전자"),
        ("xian", "西安先锋"),
        ("lvbu", "吕布"),
        ("lubu", "吕布"),
        ("yinhang", "工商银行"),
        ("ICBC 工商", None),
        ("万科深圳", "万科（深圳）置业"),
        ("科（深", "万科（深圳）置业"),
        ("abc", "ＡＢＣ仪器"),
        ("abcyq", "ＡＢＣ仪器"),
        ("龙腾", "龍騰科技"),
        ("ltkj", "龍騰科技"),
        ("乾坤", "乾坤物流"),
        ("qiankun", "乾坤物流"),
        ("138 0013 8001", "华为技术有限公司"),
        ("+86 13800138001", "华为技术有限公司"),
        ("１３８００１３８００１", "华为技术有限公司"),
        ("38001", "华为技术有限公司"),
        ("u12@huawei", "张伟"),
        ("第7次", "王"),
        ("12次拜访", "张伟"),
        ("", None),
        ("!!", None),
        ("不存在的", None),
        ("'; DROP TABLE x --", None),
        ('" OR NEAR(', None),
        ("AND", None),
    ],
)
def test_first_hit(index: SmallIndex, typed: str, first: str | None) -> None:
    assert next(iter(index.find(typed)), None) == first


def test_notes_are_found_with_a_latin_letter_beside_a_character(index: SmallIndex) -> None:
    assert len(index.find("B座")) == len(NAMES)


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("hwjs", ["华为技术"]),
        ("技术", ["技术"]),
        ("華為", ["华为"]),
        ("华 公司", ["华", "公司"]),
        ("华为 技术", ["华为技术"]),
        ("13800138001", []),
    ],
)
def test_marks(index: SmallIndex, typed: str, marked: list[str]) -> None:
    hit, doc = index.hits(typed)[0]
    assert doc.names[0] == "华为技术有限公司"
    assert [doc.names[0][start:end] for start, end in hit.spans] == marked


def test_marks_count_in_the_title_as_written(index: SmallIndex) -> None:
    for typed, marked in {
        "万科深圳": "万科（深圳",
        "abc": "ＡＢＣ",
        "cafe": "Café",
        "orsted": "Ørsted",
        "20260052": "2026-0052",
    }.items():
        hit, doc = index.hits(typed)[0]
        ((start, end),) = hit.spans
        assert doc.names[0][start:end] == marked


def test_only_the_scope_is_found(index: SmallIndex) -> None:
    everything = index.find("138001380")
    own = index.find("138001380", Scope((2,)))
    department = index.find("138001380", Scope((2,), (11,)))
    assert len(everything) == len(NAMES)
    assert set(own) == set(NAMES[1::3])
    assert set(department) == set(NAMES[1::3]) | set(NAMES[1::2])
    assert index.find("华为", Scope()) == []


def test_a_changed_record_is_found_by_what_it_says_now() -> None:
    index = SmallIndex()
    index.add(Doc(1 << 62, ("张三",)), Doc(2, ("李四",)))
    index.add(Doc(1 << 62, ("王五",)))
    assert index.find("张三") == []
    assert index.find("王五") == ["王五"]
    drop(index, "customer", [1 << 62])
    index.run("UPDATE customer SET deleted_at = 'now' WHERE id = ?", (1 << 62,))
    assert index.find("王五") == []
    assert index.find("李四") == ["李四"]


@pytest.mark.parametrize("key", ["Customer", "a b", "x;y", "1a", ""])
def test_strange_type_keys_are_refused(key: str) -> None:
    with pytest.raises(ValueError):
        index_sql("sqlite", key)
