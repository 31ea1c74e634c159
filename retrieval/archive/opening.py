"""Opening an archive's file, or making it."""

import sqlite3
import time
from pathlib import Path

from sqlite_utils import Database

from retrieval.shelf import ArchiveError
from retrieval.text.folding import fold

_PATIENCE_S = 30.0
"""How long to wait for another process that is writing."""


class Unusable(ArchiveError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The archive {path} cannot be used: {why}.")


def opened(path: Path) -> Database:
    """Open the file at `path`, creating it and its folder where there is none; raise `OSError` or `sqlite3.Error`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(sqlite3.connect(path, timeout=_PATIENCE_S))
    _use_write_ahead_log(database)
    return database


def prepare(database: Database) -> None:
    """Make a connection keep every promise of the archive: nothing stored is lost, nothing deleted can be found."""
    for pragma in ("foreign_keys = on", "synchronous = full", "secure_delete = on"):
        database.execute(f"pragma {pragma}")
    database.register_function(fold, deterministic=True, name="folded")


def unusable(path: Path, error: Exception) -> Unusable:
    words = str(error)
    if "not a database" in words or "malformed" in words:
        return Unusable(
            path, "it is not an archive of this program, or it is damaged; restore a copy, or name another file"
        )
    return Unusable(path, words[:1].lower() + words[1:])


def _use_write_ahead_log(database: Database) -> None:
    """Switch to WAL. SQLite does not wait for another process that is doing the same, so this does."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return database.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.02)
