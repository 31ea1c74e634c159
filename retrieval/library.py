"""The library: an archive and the passage index that is kept in step with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from retrieval.archive import Added, Archive
from retrieval.archive.conversations import Conversations
from retrieval.article import Article, Guild
from retrieval.feed.register import Feeds
from retrieval.index import PassageIndex
from retrieval.ingest.language import language_of
from retrieval.shelf import Shelf


class Library:
    """One door to an archive's articles. It belongs to the thread that opened it."""

    def __init__(
        self, archive: Archive, progress: Callable[[int], None] = lambda _: None, snapshots: Path | None = None
    ) -> None:
        self._archive = archive
        self.index = PassageIndex(archive, progress, snapshots)

    @classmethod
    def open(cls, path: Path, progress: Callable[[int], None] = lambda _: None) -> Self:
        """Open the archive at `path`; `progress` is told how many articles were read when an index is first built.

        The snapshots of the index stand beside it, in a folder of its name that ends in `.index`.
        """
        return cls(Archive.open(path), progress, path.with_suffix(".index"))

    @classmethod
    def throw_away(cls) -> Self:
        """Open an empty library that is gone when it is closed."""
        return cls(Archive.throw_away())

    def close(self) -> None:
        self.index.close()
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def shelf(self, guild: Guild) -> Shelf:
        return self._archive.shelf(guild)

    @property
    def conversations(self) -> Conversations:
        """The answers that were given from the archive."""
        return self._archive.conversations

    @property
    def feeds(self) -> Feeds:
        """The feeds that the archive is filled from."""
        return self._archive.feeds

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Within this block, every read sees the archive as it was at the first one."""
        with self._archive.unchanging():
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything that is added or removed in this block is stored when it ends, or nothing is."""
        try:
            with self._archive.writing():
                yield
        except BaseException:
            self.index.forget()  # it may have read what was never stored
            raise

    def articles_to_read(self) -> int:
        """How many articles `reindex` reads; the opener's `progress` is called once for each."""
        return sum(self._archive.owners().values())

    def reindex(self) -> int:
        """Make the index of every guild anew from the archive; return how many passages there are."""
        return sum(map(self.index.rebuild, self._archive.owners()))

    def add(self, guild: Guild, article: Article) -> Added:
        """Store an article, once, with the language that it is in; see `Archive.add`."""
        return self._archive.add(guild, article, language_of(article.text))

    def remove(self, guild: Guild, article_id: int) -> None:
        """Delete an article with everything of it; raise `NoSuchArticle` or `SharedArticle`."""
        self._archive.remove(guild, article_id)

    def withdraw(self, guild: Guild, article_id: int, number: int) -> None:
        """Take an article's newest version back; see `Archive.withdraw`."""
        self._archive.withdraw(guild, article_id, number)

    def relabel(self, guild: Guild, article_id: int, title: str, source: str | None, published: str | None) -> None:
        """Give an article another title, outlet and date; see `Archive.relabel`."""
        self._archive.relabel(guild, article_id, title, source, published)
