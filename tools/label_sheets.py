"""Make resources/labels/sheets.json from the open label lists: the usual sheets first, then all that fit their page.

    python tools/label_sheets.py ../shared/data/labels

Takes LibreOffice's figures (gLabels' differ by up to 1.4 mm) and drops what overlaps or does not fit its page.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from crm_desktop.printing.sheets import FILE, Sheet

SOURCE = "LibreOffice 7.4 extras/source/labels/labels.xml; the sheets of brand A4 are those sold in China without a maker"
LICENCE = "Measures are facts; the list they were taken from is under the Mozilla Public License 2.0 (MPL-2.0)."
FIELDS = "brand part description usual columns rows label_width label_height pitch_x pitch_y left top page_width page_height"
PLAIN = (
    Sheet("3×8 70×37", 3, 8, 70, 37, 70, 37, 0, 0.5, brand="A4"),
    Sheet("3×7 70×42.4", 3, 7, 70, 42.4, 70, 42.4, 0, 0.1, brand="A4"),
    Sheet("2×7 105×42", 2, 7, 105, 42, 105, 42, 0, 1.5, brand="A4"),
    Sheet("3×8 70×36", 3, 8, 70, 36, 70, 36, 0, 4.5, brand="A4"),
)


def read(row: dict[str, str]) -> Sheet:
    def figure(name: str) -> float:
        return float(row[f"{name}_mm"] or 0)

    return Sheet(
        part=row["part"],
        columns=int(row["cols"]),
        rows=int(row["rows"]),
        label_width=figure("label_w"),
        label_height=figure("label_h"),
        pitch_x=figure("pitch_x"),
        pitch_y=figure("pitch_y"),
        left=figure("left"),
        top=figure("top"),
        page_width=figure("page_w"),
        page_height=figure("page_h"),
        brand=row["brand"],
        description=row.get("description") or "",
    )


def as_row(sheet: Sheet, usual: bool) -> list[object]:
    return [
        sheet.brand,
        sheet.part,
        sheet.description,
        int(usual),
        sheet.columns,
        sheet.rows,
        *(
            int(value) if value == int(value) else round(value, 2)
            for value in (
                sheet.label_width,
                sheet.label_height,
                sheet.pitch_x,
                sheet.pitch_y,
                sheet.left,
                sheet.top,
                sheet.page_width,
                sheet.page_height,
            )
        ),
    ]


def main(folder: Path) -> None:
    with (folder / "common_sheets.csv").open(encoding="utf-8") as file:
        usual = {(row["brand"], row["part"]) for row in csv.DictReader(file)}
    with (folder / "labels_libreoffice.csv").open(encoding="utf-8") as file:
        known = [read(row) for row in csv.DictReader(file)]
    rows: list[list[object]] = []
    seen: set[tuple[object, ...]] = set()
    dropped = 0
    known.sort(key=lambda sheet: (sheet.brand, sheet.part) not in usual)
    for sheet in [*PLAIN, *known]:
        if not sheet.fits:
            dropped += 1
            continue
        is_usual = (sheet.brand, sheet.part) in usual or sheet in PLAIN
        row = as_row(sheet, is_usual)
        same = (sheet.part, *row[4:])
        if same in seen:
            continue
        seen.add(same)
        rows.append(row)
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    head = json.dumps({"source": SOURCE, "licence": LICENCE, "fields": FIELDS}, ensure_ascii=False, indent=1)[:-2]
    FILE.write_text(f'{head},\n "sheets": [\n{lines}\n ]\n}}\n', encoding="utf-8")
    print(f"{len(rows)} sheets, {dropped} do not fit their page, {sum(1 for row in rows if row[3])} usual")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
