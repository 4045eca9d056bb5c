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


def export_records(wanted: argparse.Namespace) -> int:
    """Write the records that fit into the file, all fields unless --columns or a view says which."""
    format = next((name for name, ending in FORMATS.items() if ending == wanted.file.suffix.lower()), None)
    if format is None:
        raise Invalid(_("The file must end in one of: {endings}."), endings=", ".join(dict.fromkeys(FORMATS.values())))
    if format == "csv" and wanted.encoding == "gb18030":
        format = "csv-gb18030"
    with open_office(wanted) as office:
        record_type = office.type_named(wanted.type)
        view = view_of(office, record_type, wanted)
        done = export(
            office.records,
            record_type,
            office.actor,
            view,
            view.columns or None,
            wanted.file,
            format,
            reason=wanted.reason,
            progress=lambda rows, total: progress_line(say("{done} of {total}", done=rows, total=total)),
        )
    progress_line("")
    if wanted.json:
        put_json({"rows": done.rows, "file": str(done.path)})
    else:
        print(say("%n row(s) written to {file}", n=done.rows, file=done.path))
    return 0
