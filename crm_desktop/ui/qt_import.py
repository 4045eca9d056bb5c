"""Brings Qt in; the part of PySide that explains it comes when somebody wants an explanation.

PySide holds a package of Python, `shibokensupport`, that words the TypeError of a call with wrong arguments, makes help texts and
signatures, and switches `__feature__`s. At every start it unpacks, compiles and runs all of it, with a dozen modules of the standard
library behind it: a third of what an empty window costs. Here this happens at the first call of a function that the package gives to
PySide, or when somebody imports a part of it. Nor does PySide's import take the place of Python's then, which reads the source of
every module once more, in search of `__feature__`s that nothing here uses.

It leans on how PySide starts; a version with which nobody has tried it goes the plain way.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any

from crm_desktop.core.later import later

TRIED = ("6.11.3",)  # by tests/ui/test_qt_import.py

_BOOTSTRAP = "signature_bootstrap.py"
_MAPPING = "shibokensupport.signature.mapping"


class _Explanations:
    """What PySide takes for the loader of the package: it remembers the functions found here."""

    bootstrap: bytes

    def __init__(self) -> None:
        self._loader: ModuleType | None = None
        self._lock = RLock()
        self._modules: list[ModuleType] = []
        # Before it words an error, PySide looks for this one among the modules, remembers it, calls its function, and looks up names.
        self._mapping = sys.modules[_MAPPING] = ModuleType(_MAPPING)
        self._mapping.update_mapping = self._update_mapping  # type: ignore[attr-defined]
        self._parts = _Parts(self._bring_in)
        sys.meta_path.append(self._parts)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *given: getattr(self._bring_in(), name)(*given)

    def finish_import(self, module: ModuleType) -> None:
        """Called for each module of Qt."""
        with self._lock:
            self._modules.append(module)
            if self._loader is not None:
                self._loader.finish_import(module)

    def post_init(self) -> None:
        """Here PySide's import would take the place of Python's."""

    def _bring_in(self) -> ModuleType:
        with self._lock:  # whoever asks meanwhile gets all or waits
            if self._loader is None:
                from importlib.util import module_from_spec

                sys.meta_path.remove(self._parts)
                module: Any = sys.modules["signature_bootstrap"]  # where PySide has put what it gives to the package
                exec(compile(self.bootstrap, _BOOTSTRAP, "exec"), vars(module))
                _, parts = module.prepare_zipfile()
                sys.meta_path.insert(0, parts)
                parts.exec_module(module_from_spec(parts.find_spec(_MAPPING, None)))  # once whole, it stands among the modules
                loader = import_module("shibokensupport.signature.loader")
                sys.meta_path.remove(parts)
                sys.modules["__feature__"] = loader.feature
                for one in self._modules:
                    loader.finish_import(one)
                self._loader = loader
            return self._loader

    def _update_mapping(self) -> None:
        with self._lock:
            self._bring_in()
            real = sys.modules[_MAPPING]
            real.update_mapping()
            vars(self._mapping).update(vars(real), update_mapping=self._update_mapping)


class _Parts:
    """Finds the parts of the package for who imports one, where no other finder knows it."""

    def __init__(self, bring_in: Callable[[], ModuleType]) -> None:
        self._bring_in = bring_in

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """The module once it has been brought in."""
        if not name.startswith(("shibokensupport", "PySide6.support.", "__feature__")):
            return None
        self._bring_in()
        brought = sys.modules.pop(name, None)  # else it would be made a second time
        return ModuleSpec(name, self, loader_state=brought) if brought is not None else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """As it has been brought in."""
        module: ModuleType = spec.loader_state
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Which is done."""


def _compile(source: Any, name: Any, *how: Any, **more: Any) -> Any:
    """PySide compiles its `signature_bootstrap` with this, and calls the function of that name in it to bring the package in."""
    if name == _BOOTSTRAP and sys.modules["shiboken6"].__version__ in TRIED:
        _Explanations.bootstrap = source
        source = f"from {__name__} import _Explanations as bootstrap"
    return _python_compiles(source, name, *how, **more)


def _take_later(stand_in: ModuleType, name: str) -> None:
    """What is taken out of a module at once, but not called."""
    setattr(stand_in, name, lambda *given: stand_in.__getattr__(name)(*given))


_import, _python_compiles = builtins.__import__, builtins.compile
builtins.compile = _compile  # type: ignore[assignment]
with later("base64", "tempfile", "textwrap", "traceback", "zipfile") as _stand_ins:
    if "textwrap" in _stand_ins:
        _take_later(_stand_ins["textwrap"], "dedent")  # by Qt, for a warning of its own
    from PySide6.QtCore import Qt  # noqa: F401
builtins.__import__, builtins.compile = _import, _python_compiles  # after the plain way the first is PySide's
