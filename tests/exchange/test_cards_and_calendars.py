"""Contact cards and calendars of phones and mail programs come in as tables, whatever is broken in them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office.event import Event
from crm_desktop.business.office.task import Task
from crm_desktop.core.errors import Invalid
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.stories import bring_in, reasons, values
from tests.office import Office


def rows_of(path: Path, sheet: str | None = None) -> list[dict[str, Any]]:
    """The rows of a sheet by heading, without the empty cells."""
    with read_workbook(path) as workbook:
        headings, *rows = workbook.sheet(sheet).rows()
    return [{str(key): cell for key, cell in zip(headings, row, strict=False) if cell is not None} for row in rows]


def written(tmp_path: Path, text: str | bytes, name: str = "cards.vcf") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_cards_of_phones_and_mail_programs(shared_data: Path) -> None:
    folder = shared_data / "vcard_ical" / "vcf_ezvcard"
    android = rows_of(folder / "John_Doe_ANDROID.vcf")
    assert len(android) == 6
    assert android[3]["Mobile"] == "123456; 3456789"
    assert android[3]["Phone"] == "234567; 45678901"
    outlook = rows_of(folder / "outlook-2003.vcf")[0]
    assert outlook["Company"] == "Company, The"
    assert (outlook["Department"], outlook["Fax"]) == ("TheDepartment", "BusinessFaxPhone")
    assert (outlook["Street"], outlook["City"], outlook["Postal Code"]) == ("TheOffice, 123 Main St", "Austin", "12345")
    assert outlook["Note"].startswith("This is the note field!!\nSecond line")
    assert outlook["Birthday"] == date(1980, 3, 21)
    newest = rows_of(folder / "rfc6350-example.vcf")[0]
    assert (newest["Phone"], newest["Gender"]) == ("+1-418-656-9254 ext. 102", "m")
    assert newest["Day of Birth without Year"] == "--0203"
    assert "Birthday" not in newest


def test_every_calendar_of_the_samples_is_read_or_refused_with_a_sentence(shared_data: Path) -> None:
    read = refused = 0
    for path in sorted((shared_data / "vcard_ical").rglob("*.*cs")):
        try:
            with read_workbook(path) as workbook:
                read += sum(sheet.height for sheet in workbook.sheets) > 0
        except Invalid as trouble:
            refused += path.name in trouble.sentence("en")
    # What is refused holds time zones, alarms or free time only.
    assert (read, refused) == (128, 45)


def test_times_are_wall_time_of_this_pc(shared_data: Path) -> None:
    """London in summer is 7 hours behind Shanghai; a zone only the file itself describes counts too."""
    folder = shared_data / "vcard_ical"
    london = rows_of(folder / "vobject" / "radicale-0816.ics")[0]
    assert (london["Start"], london["End"]) == (datetime(2016, 6, 16, 16, 0), datetime(2016, 6, 16, 23, 20))
    own = rows_of(folder / "icalendar" / "calendars__america_new_york.ics")[0]
    assert own["Start"] == datetime(2014, 8, 29, 20, 0)
    outlook = rows_of(folder / "vobject" / "ms_tzid.ics")[0]
    assert outlook["Start"] == datetime(2008, 5, 30, 13, 0)
    both = folder / "icalendar" / "calendars__issue_1050_all_components.ics"
    assert rows_of(both, "Tasks") == [{"Summary": "Test Todo 1", "state": "not_started", "uid": "todo-1"}]


CARDS = """BEGIN:VCARD
VERSION:3.0
N:王;小明;;;
ORG:华为技术有限公司;采购部
TEL;TYPE=CELL:138 0013 8000
TEL;TYPE=WORK:0755-28780808
EMAIL:wang@huawei.com
BDAY:19800322
this line says nothing
END:VCARD
BEGIN:VCARD
FN:Nobody at the end
ORG:华为技术有限公司
BEGIN:VCARD
VERSION:4.0
FN:李\\, 四
ORG:小米科技
NOTE:first\\nsecond
END:VCARD
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_one_broken_card_never_refuses_the_file(office: Office, tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, CARDS.replace("\n", "\r\n").encode(encoding))
    rows = rows_of(path)
    assert [row["Full Name"] for row in rows] == ["王小明", "Nobody at the end", "李, 四"]
    assert rows[0]["Unreadable Lines"] == "this line says nothing"
    assert rows[2]["Note"] == "first\nsecond"


def test_cards_become_customers_with_their_contacts(office: Office, tmp_path: Path) -> None:
    with read_workbook(written(tmp_path, CARDS)) as workbook:
        assert (workbook.format, workbook.encoding) == ("vcf", "utf-8")
        counts, done = bring_in(office, Customer, office.li, workbook.sheet())
    # The second card tells less of the company than the first: its person joins it.
    assert counts["new"] == 2, reasons(done.verdicts)
    assert values(office, Customer, "name") == ["华为技术有限公司", "小米科技"]
    assert values(office, Contact, "name", "birthday")[0] == ("王小明", date(1980, 3, 22))
    with read_workbook(written(tmp_path, CARDS)) as workbook:
        counts, done = bring_in(office, Contact, office.li, workbook.sheet())
    assert counts == {"new": 0, "changed": 2, "unchanged": 1, "refused": 0}, reasons(done.verdicts)
    assert dict(values(office, Contact, "name", "mobile"))["王小明"] == "138 0013 8000"


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:abc@example.com
SUMMARY:拜访华为
DTSTART:20261130T010000Z
DTEND:20261130T023000Z
LOCATION:深圳\\, 坂田
DESCRIPTION:带合同
ORGANIZER;CN="Somebody Else":mailto:x@example.com
BEGIN:VALARM
TRIGGER:-PT30M
ACTION:DISPLAY
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:展会
DTSTART;VALUE=DATE:20261201
DTEND;VALUE=DATE:20261203
END:VEVENT
BEGIN:VTODO
SUMMARY:寄样品
DUE;VALUE=DATE:20261205
PRIORITY:1
STATUS:NEEDS-ACTION
END:VTODO
END:VCALENDAR
"""


def test_a_calendar_becomes_events_and_tasks(office: Office, tmp_path: Path) -> None:
    path = written(tmp_path, CALENDAR, "calendar.txt")
    with read_workbook(path) as workbook:
        assert workbook.format == "ics"
        counts, done = bring_in(office, Event, office.li, workbook.sheet("Events"))
        assert counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0}, reasons(done.verdicts)
        again, _done = bring_in(office, Event, office.li, workbook.sheet("Events"))
        assert again["unchanged"] == 2
        counts, done = bring_in(office, Task, office.li, workbook.sheet("Tasks"))
        assert counts["new"] == 1, reasons(done.verdicts)
    visit, fair = values(office, Event, "title", "starts_at", "ends_at", "all_day", "place", "remind_minutes", "note")
    assert visit == ("拜访华为", datetime(2026, 11, 30, 1), datetime(2026, 11, 30, 2, 30), False, "深圳, 坂田", 30, "带合同")
    # Midnight in Shanghai to midnight after the last day.
    assert fair[1:4] == (datetime(2026, 11, 30, 16), datetime(2026, 12, 2, 16), True)
    assert values(office, Task, "title", "due_on", "priority") == [("寄样品", date(2026, 12, 5), "high")]


def test_json_of_other_programs(tmp_path: Path) -> None:
    for text in (
        '[{"name": "甲", "phone": "007"},\n {"name": "乙", "tags": ["x", "y"]}]',
        '{"data": [{"name": "甲", "phone": "007"}, {"name": "乙", "tags": ["x", "y"]}], "count": 2}',
        '{"name": "甲", "phone": "007"}\n{"name": "乙", "tags": ["x", "y"]}\n',
    ):
        assert rows_of(written(tmp_path, text, "x.csv")) == [{"name": "甲", "phone": "007"}, {"name": "乙", "tags": "x、y"}]
    with pytest.raises(Invalid, match="no list of records"):
        read_workbook(written(tmp_path, '{"a": [1, 2', "x.json"))
