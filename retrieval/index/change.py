"""Changes: how far an index has followed its archive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A change to the archive: its number, and a mark that no other change has, of this archive or of any other."""

    number: int
    mark: int


NOTHING_YET = Change(0, 0)
"""Before the first change."""
