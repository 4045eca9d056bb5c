"""Make the fonts the program embeds in its PDFs: two static OFL TrueType fonts, cut to the characters an office writes.

A build tool, run by hand when a font is renewed; the program itself never needs fonttools:

    npm pack @expo-google-fonts/noto-sans-sc @expo-google-fonts/noto-sans    # and unpack both
    pip install fonttools
    python tools/subset_font.py NotoSansSC_400Regular.ttf resources/fonts/NotoSansSC-Regular.ttf gbk
    python tools/subset_font.py NotoSans_400Regular.ttf resources/fonts/NotoSans-Regular.ttf latin

reportlab embeds only glyf outlines, and prints a variable font at its thinnest weight: take the static TrueType files.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Layout tables are of no use (the program places every character itself) and vertical metrics neither.
DROPPED_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "DSIG"]


def gbk() -> set[int]:
    """Every character of GBK: 21,003 Han (simplified and traditional), kana, Greek, Cyrillic, symbols."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                character = bytes([lead, trail]).decode("gbk")
            except UnicodeDecodeError:
                continue
            if len(character) == 1:
                found.add(ord(character))
    return found


def office_characters(available: set[int]) -> set[int]:
    """GBK, all that is not Han, and the rare Han of the national name list that lie outside the basic plane."""
    small = {code for code in available if not 0x3400 <= code <= 0x9FFF}
    return (gbk() | small) & available


def latin_characters(available: set[int]) -> set[int]:
    """What European names need (Latin, Greek, Cyrillic) and general punctuation."""
    ranges = ((0x20, 0x36F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x218F))
    return {code for code in available if any(first <= code <= last for first, last in ranges)}


def cut(source: Path, target: Path, choose: str) -> None:
    """Write the subset of `source` to `target`; `choose` is gbk or latin."""
    font = TTFont(source)
    if "glyf" not in font or "fvar" in font:
        raise SystemExit(f"{source} is not a static TrueType font")
    available = set(font.getBestCmap())
    wanted = office_characters(available) if choose == "gbk" else latin_characters(available)
    options = subset.Options(
        hinting=False,
        layout_features=[],
        glyph_names=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        name_languages=[0x409],
        drop_tables=DROPPED_TABLES,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font["post"].formatType = 3.0
    font.save(target)
    print(f"{target}: {len(wanted)} characters, {target.stat().st_size / 2**20:.2f} MiB")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[3] not in ("gbk", "latin"):
        raise SystemExit(__doc__)
    cut(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
