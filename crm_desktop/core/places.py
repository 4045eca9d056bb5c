"""Where the files that ship with the program lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
FORMS = ROOT / "forms"
