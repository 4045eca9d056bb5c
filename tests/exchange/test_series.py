"""Calendars of other programs with appointments that repeat: kept where they can be, told where not, and never doubled."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.office.event import Event
from crm_desktop.business.office.task import Task
from crm_desktop.core import clock
from crm_desktop.core.errors import Invalid
from crm_desktop.core.views import View
from crm_desktop.exchange.exporting import export
from crm_desktop.exchange.readers.repeats import kept
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.stories import bring_in, reasons, values
from tests.office import Office

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:weekly@example.com
SUMMARY:周会
DTSTART:20261130T093000
DTEND:20261130T103000
RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131T235959
EXDATE:20261207T093000
END:VEVENT
BEGIN:VEVENT
UID:weekly@example.com
RECURRENCE-ID:20261214T093000
SUMMARY:周会（改期）
DTSTART:20261215T140000
DTEND:20261215T150000
END:VEVENT
BEGIN:VEVENT
UID:birthday@example.com
SUMMARY:生日
DTSTART;VALUE=DATE:20261201
RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1
END:VEVENT
BEGIN:VEVENT
UID:odd@example.com
SUMMARY:怪
DTSTART:20261201T080000
RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2
END:VEVENT
BEGIN:VEVENT
UID:once@example.com
SUMMARY:一次
DTSTART:20261202T080000
END:VEVENT
END:VCALENDAR
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "in.ics"
    path.write_text(text, encoding="utf-8")
    return path


def come_in(office: Office, path: Path, record_type: Any = Event, sheet: str | None = None) -> tuple[dict[str, int], Any]:
    with read_workbook(path) as workbook:
        return bring_in(office, record_type, office.li, workbook.sheet(sheet))


def test_what_repeats_comes_in_with_its_rule_and_only_once(office: Office, tmp_path: Path) -> None:
    counts, done = come_in(office, written(tmp_path, CALENDAR))
    assert counts == {"new": 5, "changed": 0, "unchanged": 0, "refused": 0}, reasons(done.verdicts)
    rows = dict(values(office, Event, "title", "repeats"))
    # The appointment that was moved stands by itself, and its day is left out of the series.
    assert rows == {
        "周会": "FREQ=WEEKLY;UNTIL=20270131;EXCEPT=20261207,20261214", "周会（改期）": "", "生日": "FREQ=YEARLY", "怪": "", "一次": "",
    }  # fmt: skip
    notes = [(done.verdicts[place].title, note.sentence("en")) for place in range(5) for note in done.verdicts[place].notes()]
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"
    assert notes == [("怪", f"It comes in once: the repetition {rule} cannot be kept.")]
    counts, _done = come_in(office, written(tmp_path, CALENDAR))
    assert counts == {"new": 0, "changed": 0, "unchanged": 5, "refused": 0}
    # Another name and another time of the same entry change it instead of doubling it.
    later = CALENDAR.replace("SUMMARY:一次", "SUMMARY:改名").replace("20261202T080000", "20261203T090000")
    counts, done = come_in(office, written(tmp_path, later))
    assert counts == {"new": 0, "changed": 1, "unchanged": 4, "refused": 0}
    assert "改名" in values(office, Event, "title")


def test_tasks_are_known_by_their_uid_too(office: Office, tmp_path: Path) -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t1\nSUMMARY:寄样品\nDUE;VALUE=DATE:20261205\nRRULE:FREQ=DAILY\nEND:VTODO\nEND:VCALENDAR\n"
    counts, done = come_in(office, written(tmp_path, text), Task, "Tasks")
    assert counts["new"] == 1
    assert [note.sentence("en") for note in done.verdicts[0].notes()] == ["It comes in once: the repetition FREQ=DAILY cannot be kept."]
    counts, _done = come_in(office, written(tmp_path, text.replace("寄样品", "寄两份样品")), Task, "Tasks")
    assert counts["changed"] == 1
    assert values(office, Task, "title") == ["寄两份样品"]


@pytest.mark.parametrize("own_lines", [True, False])
def test_what_is_exported_comes_in_unchanged(office: Office, tmp_path: Path, own_lines: bool) -> None:
    come_in(office, written(tmp_path, CALENDAR))
    # Seven in the morning is the day before in UTC.
    office.save(Event(title="早会", starts_at=clock.to_utc(datetime(2026, 11, 30, 7)), repeats="FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9"))
    month_end = "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630"
    office.save(Event(title="月末", starts_at=clock.to_utc(datetime(2026, 12, 25)), all_day=True, repeats=month_end))
    path = tmp_path / "out.ics"
    export(office.records, Event, office.admin, View(), None, path, "ics")
    text = path.read_bytes().decode()
    assert "UID:weekly@example.com\r\n" in text
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=9\r\n" in text
    assert "DTSTART:20261130T070000\r\n" in text
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270131T093000\r\nEXDATE:20261207T093000,20261214T093000\r\n" in text
    if not own_lines:  # other programs drop what they do not know
        path.write_text("\n".join(line for line in text.splitlines() if not line.startswith("X-CRM-")), encoding="utf-8")
    with read_workbook(path) as workbook:
        counts, done = bring_in(office, Event, office.admin, workbook.sheet())
    assert counts == {"new": 0, "changed": 0, "unchanged": 7, "refused": 0}, [one.fields for one in done.verdicts]


AT_NINE = datetime(2026, 11, 30, 9)


@pytest.mark.parametrize(("rule", "start", "told"), [
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", AT_NINE, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("FREQ=WEEKLY;BYDAY=MO;WKST=SU", AT_NINE, "FREQ=WEEKLY"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;WKST=SU", AT_NINE, ""),
    ("FREQ=MONTHLY;BYMONTHDAY=30", AT_NINE, "FREQ=MONTHLY"),
    ("FREQ=MONTHLY;BYMONTHDAY=15", AT_NINE, ""),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", AT_NINE, "FREQ=MONTHLY;BYDAY=-1MO"),
    ("FREQ=MONTHLY;BYDAY=+1MO", datetime(2026, 12, 7, 9), "FREQ=MONTHLY;BYDAY=1MO"),
    ("FREQ=MONTHLY;BYDAY=2MO", datetime(2026, 12, 7, 9), ""),
    ("FREQ=YEARLY;BYMONTH=11", AT_NINE, "FREQ=YEARLY"),
    ("FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", AT_NINE, ""),
    ("FREQ=WEEKLY;BYDAY=TU", AT_NINE, ""),
    ("FREQ=HOURLY", AT_NINE, ""),
    ("nonsense", AT_NINE, ""),
])  # fmt: skip
def test_rules_of_other_programs(rule: str, start: datetime, told: str) -> None:
    assert kept(rule, start, None, (), start.weekday()) == told


def test_ends_and_days_of_other_places() -> None:
    until = "FREQ=DAILY;UNTIL=20261224T080000"
    assert kept(until, AT_NINE, datetime(2026, 12, 24, 8), (), 0) == "FREQ=DAILY;UNTIL=20261223"
    assert kept(until, AT_NINE, datetime(2026, 12, 24, 9), (), 0) == "FREQ=DAILY;UNTIL=20261224"
    assert kept(until, date(2026, 11, 30), date(2026, 12, 24), (), 0) == "FREQ=DAILY;UNTIL=20261224"
    # Sunday evening there is Monday morning here.
    assert kept("FREQ=WEEKLY;BYDAY=SU,TU", AT_NINE, None, (), 6) == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert kept("FREQ=MONTHLY;BYDAY=5SU", AT_NINE, None, (), 6) == ""


def test_a_place_that_turns_its_clocks_is_not_kept(office: Office, tmp_path: Path) -> None:
    """Nine in London is 16 or 17 o'clock in Shanghai: one hour of the day cannot say that."""
    entry = "UID:l\nSUMMARY:a\nDTSTART;TZID={}:20261130T090000\nRRULE:FREQ=WEEKLY"
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{entry}\nEND:VEVENT\nEND:VCALENDAR\n"
    _counts, done = come_in(office, written(tmp_path, text.format("Europe/London")))
    assert [note.sentence("en") for note in done.verdicts[0].notes()] == ["It comes in once: the repetition FREQ=WEEKLY cannot be kept."]
    come_in(office, written(tmp_path, text.replace("UID:l", "UID:t").format("Asia/Tokyo")))
    assert values(office, Event, "repeats") == ["", "FREQ=WEEKLY"]


def test_every_sample_comes_in_twice_without_doubling(office: Office, shared_data: Path) -> None:
    taken = told = 0
    for path in sorted((shared_data / "vcard_ical").rglob("*.ics")):
        try:
            workbook = read_workbook(path)
        except Invalid:
            continue
        with workbook:
            for sheet in (one for one in workbook.sheets if one.name == "Events" and one.height):
                headings, *rows = sheet.rows()
                at = headings.index("uid") if "uid" in headings else len(headings)
                uids = {row[at] for row in rows if len(row) > at and row[at]}
                if not {"Start", "Summary"} <= set(headings) or len(uids) < len(rows):
                    continue
                _counts, done = bring_in(office, Event, office.li, sheet)
                first = done.verdicts
                taken += sum("repeats" in first[place].fields for place in range(len(first)))
                told += sum(bool(first[place].remarks) for place in range(len(first)))
                before = len(values(office, Event, "title"))
                bring_in(office, Event, office.li, sheet)
                assert len(values(office, Event, "title")) == before, path.name
    assert told > 0


@pytest.mark.parametrize("ending", ["ics", "xlsx"])
def test_an_older_export_puts_no_time_back_that_was_done_since(office: Office, tmp_path: Path, ending: str) -> None:
    starts = clock.to_utc(datetime(2026, 3, 2, 9))
    made = office.save(Event(title="周会", starts_at=starts, repeats="FREQ=WEEKLY"))
    path = tmp_path / f"before.{ending}"
    export(office.records, Event, office.admin, View(), None, path, ending)
    office.records.move(office.records.get(Event, made.id, office.li), "hold", office.li, {"result": "谈妥"})
    done = [rule for _title, rule in values(office, Event, "title", "repeats") if rule]
    assert done == ["FREQ=WEEKLY;EXCEPT=20260316"]
    counts, _done = come_in(office, path)
    # The id in a workbook is that of the one time that was done: its row is refused.
    assert counts["refused"] == (ending == "xlsx") and counts["new"] == 0
    assert [rule for _title, rule in values(office, Event, "title", "repeats") if rule] == done
    assert office.records.count(Event, office.li) == 2


def test_a_sheet_of_before_makes_no_series_of_what_was_held(office: Office, tmp_path: Path) -> None:
    """Its rows find the held one by the id; without a column of states nothing else would stop them."""
    starts = clock.to_utc(datetime(2026, 3, 2, 9))
    made = office.save(Event(title="周会", starts_at=starts, repeats="FREQ=WEEKLY"))
    plain = office.save(Event(title="拜访", starts_at=starts, place="深圳"))
    rows = [["Record ID", "Event", "Starts at", "Repeats"], [str(made.id), "周会", "2026-03-02 09:00", "FREQ=WEEKLY"],
            [str(plain.id), "拜访", "2026-03-03 09:00", ""]]  # fmt: skip
    for one in (made, plain):
        office.records.move(office.records.get(Event, one.id, office.li), "hold", office.li, {"result": "谈妥"})
    before = values(office, Event, "title", "state", "starts_at", "repeats")
    counts, done = bring_in(office, Event, office.li, rows)
    assert counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 1}
    assert "This event is over and does not repeat." in reasons(done.verdicts)[2]
    assert (done.verdicts[1].fields, done.verdicts[1].record) == (("starts_at",), plain.id)
    after = values(office, Event, "title", "state", "starts_at", "repeats")
    assert [row for row in after if row[0] == "周会"] == [row for row in before if row[0] == "周会"]


def test_what_keeps_its_own_counts_as_unchanged(office: Office) -> None:
    """The rule of before leaves out fewer times: they stay left out, and the row changes nothing."""
    made = office.save(Event(title="周会", starts_at=clock.to_utc(datetime(2026, 3, 2, 9)), repeats="FREQ=WEEKLY;EXCEPT=20260316"))
    rows = [["Record ID", "Event", "Repeats", "Place"], [str(made.id), "周会", "FREQ=WEEKLY", ""]]
    assert bring_in(office, Event, office.li, rows)[0]["unchanged"] == 1
    rows[1][3] = "深圳"
    counts, done = bring_in(office, Event, office.li, rows)
    assert counts["changed"] == 1 and done.verdicts[0].fields == ("place",)
