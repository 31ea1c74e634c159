"""The archive: every article of one installation, in one SQLite file.

Several processes may use one archive at a time. Each change to an article is numbered, so that whatever is derived
from the archive can catch up with it. Readers see texts through a `Shelf` and in no other way.

    ArchiveError
    ├── Unusable          the file is no archive, is damaged or cannot be opened
    ├── SharedArticle     a guild may not change an article of the shared library
    ├── NotNewest         an earlier version cannot be taken back
    ├── NoSuchArticle, NoSuchVersion: see `retrieval.shelf`
    ├── NoSuchFeed, BeingRead, TooManyFeeds: see `retrieval.feed.register`
    └── NoSuchAnswer: see `retrieval.archive.conversations`
"""

from retrieval.archive.archive import Added, Archive, NotNewest, SharedArticle
from retrieval.archive.opening import Unusable

__all__ = ["Added", "Archive", "NotNewest", "SharedArticle", "Unusable"]
