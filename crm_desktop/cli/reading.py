"""The commands that print records: list, search, show."""

from __future__ import annotations

import argparse

from crm_desktop.cli.conditions import view_of
from crm_desktop.cli.opening import Office, open_office
from crm_desktop.cli.printing import TablePrinter, put_json, remark
from crm_desktop.cli.values import batches, learn, shown_fields
from crm_desktop.core import custom
from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, language, say
from crm_desktop.exchange.plain_values import plain

_PAGE = 200


def list_records(wanted: argparse.Namespace) -> int:
    """Print the records of a type. Pages are fetched as they are printed; nothing grows with their number."""
    with open_office(wanted) as office:
        records, actor = office.records, office.actor
        record_type = office.type_named(wanted.type)
        view = view_of(office, record_type, wanted)
        fields = records.fields(record_type)
        usual = shown_fields(records, record_type) if wanted.json else record_type.first_columns(language())
        columns = list(view.columns) or usual
        kinds = [fields[name].kind for name in columns]
        printer = TablePrinter([label_of(fields[name]) for name in columns], [kind.right for kind in kinds])
        found = False
        for ids in batches(records.listing(record_type, actor, view).chunks(_PAGE), wanted.limit):
            rows = records.rows(record_type, actor, ids, columns)
            found = found or bool(rows)
            learn(records, record_type, columns, list(rows.values()))
            if wanted.json:
                for record_id in (one for one in ids if one in rows):
                    values = zip(columns, kinds, rows[record_id], strict=True)
                    put_json({"id": str(record_id)} | {name: plain(kind, value, records.names) for name, kind, value in values})
            else:
                printer.add(
                    [
                        [kind.show(value, None, records.names) for kind, value in zip(kinds, rows[one], strict=True)]
                        for one in ids
                        if one in rows
                    ]
                )
        if not found:
            remark(say("{records}: none that fit, of those you may see.", records=say(record_type.screen.title)))
    return 0


def search(wanted: argparse.Namespace) -> int:
    """Print what the search finds, best first."""
    with open_office(wanted) as office:
        types = [office.type_named(word) for word in wanted.types or ()]
        for record_type in types:
            if not office.records.searched(record_type):
                raise Invalid(_("{records} are not searched. Print them with: crm-desktop list {key}"),
                              records=Invalid(record_type.screen.title), key=record_type.key())  # fmt: skip
        hits = office.records.search(" ".join(wanted.text), office.actor, types or None, limit=wanted.limit)
        if wanted.json:
            for hit in hits:
                put_json({"type": hit.type, "id": str(hit.id), "title": hit.title, "sub": hit.sub})
        elif hits:
            printer = TablePrinter([say("Kind"), say("Id"), say("Title"), say("More")], [False] * 4)
            names = {key: say(record_type.screen.one) for key, record_type in office.records.types.items()}
            printer.add([[names[hit.type], str(hit.id), hit.title, hit.sub] for hit in hits])
        if not hits:
            remark(say("Nothing found for “{words}”.", words=" ".join(wanted.text)))
    return 0


def show(wanted: argparse.Namespace) -> int:
    """Print every field of one record."""
    with open_office(wanted) as office:
        records = office.records
        record_type = office.type_named(wanted.type)
        record = record_named(office, record_type, wanted.id)
        fields = records.fields(record_type)
        values = [(name, fields[name], custom.get(record, fields[name])) for name in shown_fields(records, record_type)]
        if wanted.json:
            told = {name: plain(field.kind, value, records.names) for name, field, value in values}
            put_json({"id": str(record.id)} | told)
            return 0
        for _name, field, value in values:
            text = field.kind.show(value, None, records.names)
            if text:
                print(f"{label_of(field)}: {text}")
        print(f"{say('Id')}: {record.id}")
    return 0


def record_named(office: Office, record_type: type[Record], word: str) -> Record:
    """The record of this id, code, number or whole name."""
    records, actor = office.records, office.actor
    if word.isascii() and word.isdigit() and len(word) < 20:
        try:
            return records.get(record_type, int(word), actor)
        except NotFound:
            pass
    found = records.names.find(record_type.key(), word)
    if found is None:
        raise NotFound()
    return records.get(record_type, found, actor)
