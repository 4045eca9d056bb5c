"""Keeps resources/translations in step with the code.

    python tools/translations.py update     collect every marked string into the .ts files, keep what is translated
    python tools/translations.py compile    make the .qm files the window loads (lrelease of PySide6)
    python tools/translations.py missing    list what zh_CN, zh_TW or the English plurals lack, as JSON
    python tools/translations.py fill FILE  take translations from a JSON file {language: {source: text or [forms]}}

Marked are the first arguments of `_()` and `say()` in crm_desktop, and the texts of forms/*.ui. English needs entries only
where a count (%n) changes the words.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN", "zh_TW", "en")
MARKERS = {"_", "say"}
UI_TEXTS = {"text", "title", "toolTip", "placeholderText", "windowTitle", "accessibleName"}


class NotConstant(Exception):
    """A marker was given something that cannot be collected (an f-string, a sum)."""


def marked(path: Path) -> Iterator[str]:
    """The marked strings of a Python file; raises NotConstant for f-strings and additions inside a marker."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS and node.args):
            continue
        yield from _constants(node.args[0], path)


def _constants(node: ast.expr, path: Path) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body, path)
        yield from _constants(node.orelse, path)
    elif isinstance(node, ast.JoinedStr | ast.BinOp):
        raise NotConstant(f"{path}:{node.lineno}: a marked string must be one constant")


def form_texts(path: Path) -> Iterator[str]:
    """The texts of a Designer file that are meant for people."""
    for prop in ElementTree.parse(path).iter("property"):
        string = prop.find("string")
        if prop.get("name") in UI_TEXTS and string is not None and string.text and string.get("notr") != "true":
            yield string.text


def collected() -> list[str]:
    """Every marked string of the program, sorted."""
    found: set[str] = set()
    for path in sorted((ROOT / "crm_desktop").rglob("*.py")):
        found.update(marked(path))
    for path in sorted((ROOT / "forms").glob("*.ui")):
        found.update(form_texts(path))
    found.discard("")
    return sorted(found)


def known(language: str) -> dict[str, list[str]]:
    """Source -> forms of a language's file, finished ones only."""
    path = FOLDER / f"{language}.ts"
    if not path.exists():
        return {}
    forms: dict[str, list[str]] = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        if translation is None:
            continue
        texts = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        if all(texts):
            forms[message.findtext("source") or ""] = texts
    return forms


def wanted(language: str, sources: list[str]) -> list[str]:
    """The sources a language must translate: all in Chinese, those with a count in English."""
    return [source for source in sources if language != "en" or "%n" in source]


def write(language: str, sources: list[str], forms: dict[str, list[str]]) -> None:
    """Write a language's .ts file."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name")
    for source in wanted(language, sources):
        counted = "%n" in source
        message = ElementTree.SubElement(context, "message", {"numerus": "yes"} if counted else {})
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        texts = forms.get(source)
        if not texts:
            translation.set("type", "unfinished")
        if counted:
            for text in texts or [""]:
                ElementTree.SubElement(translation, "numerusform").text = text
        else:
            translation.text = texts[0] if texts else ""
    ElementTree.indent(root, "  ")
    text = ElementTree.tostring(root, encoding="unicode")
    (FOLDER / f"{language}.ts").write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def update() -> None:
    """Bring the .ts files in step with the code; strings that are gone leave."""
    sources = collected()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        write(language, sources, known(language))


def missing() -> dict[str, list[str]]:
    """Language -> sources without a translation."""
    sources, there = collected(), {language: known(language) for language in LANGUAGES}
    return {language: [s for s in wanted(language, sources) if s not in there[language]] for language in LANGUAGES}


def fill(path: Path) -> None:
    """Take translations from a JSON file."""
    sources = collected()
    for language, texts in json.loads(path.read_text(encoding="utf-8")).items():
        forms = known(language)
        for source, text in texts.items():
            forms[source] = text if isinstance(text, list) else [text]
        write(language, sources, forms)


def compile_all() -> None:
    """Make the .qm files."""
    for language in LANGUAGES:
        source, target = FOLDER / f"{language}.ts", FOLDER / f"{language}.qm"
        subprocess.run(["pyside6-lrelease", "-silent", str(source), "-qm", str(target)], check=True)


def main(arguments: list[str]) -> int:
    command = arguments[0] if arguments else ""
    if command == "update":
        update()
    elif command == "compile":
        compile_all()
    elif command == "missing":
        json.dump(missing(), sys.stdout, ensure_ascii=False, indent=1)
    elif command == "fill" and len(arguments) == 2:
        fill(Path(arguments[1]))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
