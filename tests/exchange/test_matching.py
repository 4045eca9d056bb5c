"""Rows of a workbook find the records they mean, by whatever fields the person chose."""

from __future__ import annotations

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.core import pouring
from crm_desktop.exchange.importing import drafts
from tests.exchange.stories import bring_in, reasons, values
from tests.office import Office


def test_phones_and_mails_match_on_digits_and_without_capitals(office: Office) -> None:
    own = [["客户名称", "手机", "电话", "邮箱"], ["甲", "138 0013 8000; 13900139000", "(010) 6060-6666", "Sales@Jia.com; b@jia.com"]]
    bring_in(office, Customer, office.li, own)
    for match, sheet in (
        ("mobile", [["客户名称", "手机", "备注"], ["甲公司", "+86 138-0013-8000", "a"]]),
        ("mobile", [["客户名称", "手机", "备注"], ["甲公司", "0086 139 0013 9000", "b"]]),
        ("phone", [["客户名称", "电话", "备注"], ["甲公司", "01060606666", "c"]]),
        ("email", [["客户名称", "邮箱", "备注"], ["甲公司", "SALES@JIA.COM", "d"]]),
        ("email", [["客户名称", "邮箱", "备注"], ["甲公司", "B@jia.com", "e"]]),
    ):
        counts, done = bring_in(office, Customer, office.li, sheet, match=(match,))
        assert counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0}, reasons(done.verdicts)
    # Where a number led to the record, it stands as it stood there.
    assert values(office, Customer, "name", "mobile", "email", "note") == [
        ("甲公司", "138 0013 8000; 13900139000", "Sales@Jia.com; b@jia.com", "e")
    ]
    counts, _done = bring_in(office, Customer, office.li, [["客户名称", "手机"], ["乙", "13800138001"]], match=("mobile",))
    assert counts["new"] == 1


@pytest.mark.parametrize("match", [("name", "city"), ("city", "name"), ("name", "mobile"), ("mobile", "city", "level"), ("email", "name")])
def test_any_fields_together_find_a_record(office: Office, match: tuple[str, ...]) -> None:
    """A row means the record that has all of these values; one that differs in any of them is another."""
    head = ["客户名称", "城市", "手机", "级别", "邮箱", "备注"]
    first = ["甲", "杭州", "13800138000; 13900139000", "A", "a@jia.com", ""]
    bring_in(office, Customer, office.li, [head, first], match=())
    written = ["甲", "杭州", "+86 139-0013-9000", "A", "A@Jia.com", "again"]
    counts, done = bring_in(office, Customer, office.li, [head, written], match=match)
    assert counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0}, reasons(done.verdicts)
    others = {"name": "乙", "city": "苏州", "mobile": "13700137000", "level": "B", "email": "b@jia.com"}
    for name in match:
        place = list(others).index(name)
        other = [*written[:place], others[name], *written[place + 1 :]]
        counts, done = bring_in(office, Customer, office.li, [head, other], match=match)
        assert counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}, (name, reasons(done.verdicts))


@pytest.mark.parametrize("many", [2000, 1])
def test_rows_with_a_number_in_common_are_one(office: Office, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(pouring, "MANY", many)  # also while a great many come, two rows at a time
    monkeypatch.setattr(drafts, "PACKET", 2)
    rows = [["客户名称", "手机"], ["甲", "138 0013 8000; 13900139000"], ["乙", "+86 139 0013 9000"], ["丙", "13800138000"], ["丁", "12345"]]
    counts, done = bring_in(office, Customer, office.li, rows, match=("mobile",))
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 2}
    assert set(reasons(done.verdicts).values()) == {"Row 2 holds the same record already."}
    # Two rows lead to one record by two of its numbers: the second repeats the first.
    again = [["客户名称", "手机"], ["甲一", "13900139000"], ["甲二", "13800138000"]]
    counts, done = bring_in(office, Customer, office.li, again, match=("mobile",))
    assert counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 1}
    assert reasons(done.verdicts) == {3: "Row 2 holds the same record already."}
    # A short number has no key of its own: the field itself is asked.
    counts, _done = bring_in(office, Customer, office.li, [["客户名称", "手机"], ["丁丁", "12345"]], match=("mobile",))
    assert counts["changed"] == 1


def test_numbers_match_also_where_no_duplicates_are_looked_for(office: Office) -> None:
    bring_in(office, Customer, office.li, [["客户名称", "传真"], ["甲", "010-6060 6666"]])
    counts, _done = bring_in(office, Customer, office.li, [["客户名称", "传真"], ["甲公司", "01060606666"]], match=("fax",))
    assert counts["changed"] == 1
