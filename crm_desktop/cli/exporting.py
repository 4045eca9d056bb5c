"""The command `export`: records into a file."""

from __future__ import annotations

import argparse

from crm_desktop.cli.conditions import view_of
from crm_desktop.cli.opening import open_office
from crm_desktop.cli.printing import progress_line, put_json
from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say
from crm_desktop.exchange.exporting import export
from crm_desktop.exchange.writing import FORMATS
from crm_desktop.list_paper import ENDING, write_list


def export_records(wanted: argparse.Namespace) -> int:
    """Write the records that fit into the file, all fields unless --columns or a view says which."""
    on_paper = wanted.file.suffix.lower() == ENDING
    format = next((name for name, ending in FORMATS.items() if ending == wanted.file.suffix.lower()), None)
    if format is None and not on_paper:
        endings = dict.fromkeys((*FORMATS.values(), ENDING))
        raise Invalid(_("The file must end in one of: {endings}."), endings=", ".join(endings))
    if format == "csv" and wanted.encoding == "gb18030":
        format = "csv-gb18030"
    if not wanted.reason.strip():
        raise Invalid(_("Say with --reason what it is taken out for; it is kept in the log."))
    with open_office(wanted) as office:
        record_type = office.type_named(wanted.type)
        view = view_of(office, record_type, wanted)
        records, actor = office.records, office.actor

        def progress(rows: int, total: int) -> None:
            progress_line(say("{done} of {total}", done=rows, total=total))

        columns = view.columns or None
        if format is None:
            done = write_list(records, record_type, actor, view, columns, wanted.file, progress, reason=wanted.reason)
        else:
            done = export(records, record_type, actor, view, columns, wanted.file, format, progress, reason=wanted.reason)
    progress_line("")
    if wanted.json:
        put_json({"rows": done.rows, "file": str(done.path)})
    else:
        print(say("%n row(s) written to {file}", n=done.rows, file=done.path))
    return 0
