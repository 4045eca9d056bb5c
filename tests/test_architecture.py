"""The house holds: imports run one way, Qt lives in one room, libraries in theirs, modules stay small and say what they are for."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "crm_desktop"

# Room -> the rooms it may know. `database` stands beside `core`; the five in the middle do not know each other.
LOWER = {"core", "database", "business"}
MAY_KNOW = {
    "core": {"core", "database"},
    "database": {"core", "database"},
    "business": LOWER,
    "exchange": LOWER | {"exchange"},
    "printing": LOWER | {"printing"},
    "reports": LOWER | {"reports"},
    "messaging": LOWER | {"messaging"},
    "scheduling": LOWER | {"scheduling"},
    "ui": LOWER | {"exchange", "printing", "reports", "messaging", "scheduling", "ui"},
    "cli": LOWER | {"exchange", "printing", "reports", "messaging", "scheduling", "cli"},
    "": {"core", "business", "cli", "ui", "exchange", ""},
}
# A report as a file takes two rooms of the middle, reports and printing, so it stands above them; both ways to people use it.
# So does the certificate of a handover, which printing draws and the staff's rules know.
BETWEEN = {
    "report_files.py": LOWER | {"reports", "printing"},
    "certificate_paper.py": LOWER | {"printing"},
    "list_paper.py": LOWER | {"exchange", "printing"},
}
# What the database room may take from core: words, errors, places and the like, not records.
CORE_FOR_DATABASE = {"words", "errors", "places", "clock", "ids", "secret", "later", "passing_folder"}
LIBRARIES = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "peewee": {"core", "database", "business", "reports"},
    "sqlcipher3": {"database"},
    "pymysql": {"database"},
    "reportlab": {"printing"},
    "pypdfium2": {"ui", "printing"},
    "openpyxl": {"exchange", "reports"},
    "python_calamine": {"exchange"},
    "apscheduler": {"scheduling"},
    "argon2": {"business"},
    "keyring": {"core"},
}
LONGEST, MEDIAN, WINDOW = 500, 150, 400
# Record tables are read and written through core's door. These speak SQL themselves because it is what they are for,
# and an import reads, inside its own transaction, hundreds of records at once that it is about to change.
SQL_ROOMS = {"core", "database", "business", "reports"}
SQL_MODULES = {"exchange/importing/applying.py"}


@cache
def modules() -> tuple[Path, ...]:
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


@cache
def imports(path: Path) -> tuple[str, ...]:
    """All modules a file imports, anywhere in it, except what only a type checker sees."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in _running(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name(path)}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from _running(child)


def test_imports_run_one_way() -> None:
    wrong = []
    for path in modules():
        for module in imports(path):
            if module.startswith("crm_desktop."):
                target = module.split(".")[1]
                known = target if (PACKAGE / target).is_dir() else ""
                between = f"{target}.py" in BETWEEN and room(path) in ("ui", "cli")
                may_know = BETWEEN.get(name(path), MAY_KNOW[room(path)])
                if known not in may_know and not between and module != "crm_desktop.__version__":
                    wrong.append(f"{name(path)} imports {module}")
    assert wrong == []


def test_database_knows_no_records() -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in modules()
        if room(path) == "database"
        for module in imports(path)
        if module.startswith("crm_desktop.core.") and module.split(".")[2] not in CORE_FOR_DATABASE
    ]
    assert wrong == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_libraries_stay_in_their_rooms(library: str) -> None:
    wrong = [
        name(path)
        for path in modules()
        if any(module.split(".")[0] == library for module in imports(path)) and room(path) not in LIBRARIES[library]
    ]
    assert wrong == []


def test_every_room_is_known() -> None:
    assert {room(path) for path in modules()} <= set(MAY_KNOW)


def test_modules_are_small() -> None:
    # A frozen migration is a list of columns, as long as the schema is wide.
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules() if path.parent.name != "migrations"
    }
    assert {one: length for one, length in lengths.items() if length > LONGEST} == {}
    assert statistics.median(length for length in lengths.values() if length > 3) <= MEDIAN
    assert lengths.get("ui/shell/window.py", 0) < WINDOW


def test_modules_say_what_they_are_for() -> None:
    assert [name(path) for path in modules() if not (ast.get_docstring(tree(path)) or "").strip()] == []


def test_public_functions_are_annotated() -> None:
    """Types on all public functions; Qt's own overrides are camelCase and take what Qt gives."""
    bare = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name[0] != "_" and node.name.islower():
                given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                untyped = [one.arg for one in given if one.annotation is None and one.arg not in ("self", "cls")]
                if untyped or node.returns is None:
                    bare.append(f"{name(path)}:{node.lineno} {node.name}")
    assert bare == []


def test_nobody_says_in_an_f_string() -> None:
    """A translated text is a constant with {named} places: what is computed inside cannot be found by translators."""
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "_")
        if node.args and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp))
    ]
    assert wrong == []


def test_record_tables_are_reached_through_the_door() -> None:
    """Rooms that only use records hold no SQL of their own."""
    words = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ")
    wrong = []
    for path in modules():
        if room(path) in SQL_ROOMS or name(path) in SQL_MODULES:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().startswith(words):
                wrong.append(f"{name(path)}:{node.lineno} {node.value[:50]}")
    assert wrong == []


def test_no_names_of_machinery() -> None:
    """Things are called after what they are in a sales office, not after patterns."""
    machinery = ("Manager", "Helper", "Utils", "Base", "Mixin", "Service", "Factory")
    wrong = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith(machinery)
    ]
    assert wrong == []
