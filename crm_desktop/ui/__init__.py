"""The window: everything that knows Qt; no other room imports this one."""

import builtins

plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 - it puts an import of its own in the place of Python's

# PySide's import reads the source of every module that is imported from now on, in search of its `__feature__` switches, which
# nothing here uses: a twentieth of the start.
builtins.__import__ = plain_import
