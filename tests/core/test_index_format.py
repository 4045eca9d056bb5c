"""The search index of a database that another version of the program has written is made anew, once."""

from crm_desktop.business import Customer
from crm_desktop.core import find, finding
from tests.office import Office


def _found(office: Office) -> list[int]:
    return [hit.id for hit in office.records.search("86013388", office.admin, [Customer])]


def _format(office: Office) -> list[tuple[int]]:
    return list(office.records.database.read("SELECT value FROM counter WHERE name = ?", (finding.FORMAT_OF_INDEX,)))


def test_an_index_of_another_format_is_made_anew(office: Office) -> None:
    one = office.save(Customer(name="深圳市腾讯", phone="0755-86013388"))
    gone = office.save(Customer(name="已删的", phone="0755-86013388"))
    office.records.delete(Customer, [gone.id], office.admin)
    office.records.database.write(lambda tx: find.empty(tx, "customer"))
    office.records.database.write(lambda tx: tx.run("DELETE FROM counter WHERE name = ?", (finding.FORMAT_OF_INDEX,)))
    assert _found(office) == []
    finding.catch_up(office.records)
    assert _found(office) == [one.id]
    assert _format(office) == [(find.FORMAT,)]


def test_an_index_of_this_format_is_left_alone(office: Office) -> None:
    office.save(Customer(name="深圳市腾讯", phone="0755-86013388"))
    finding.catch_up(office.records)
    office.records.database.write(lambda tx: find.empty(tx, "customer"))
    finding.catch_up(office.records)
    assert _found(office) == []
    office.records.database.write(lambda tx: tx.run("UPDATE counter SET value = 1 WHERE name = ?", (finding.FORMAT_OF_INDEX,)))
    finding.catch_up(office.records)
    assert len(_found(office)) == 1
