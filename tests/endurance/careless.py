"""What the programs do that the proofs of kills must find out."""

from __future__ import annotations

from crm_desktop.database import mysql, sqlite


def commits_at_once() -> None:
    """A program without transactions: each statement is committed by itself."""
    for engine in (sqlite.SqliteFile, mysql.MysqlServer):
        for name in ("begin", "commit", "rollback"):
            setattr(engine, name, lambda _engine, _raw: None)
        engine.is_open = lambda _engine, _raw: True
