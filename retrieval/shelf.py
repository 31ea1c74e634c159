"""Shelves: what one guild may see of the archive.

ArchiveError          something about the archive that a person can be told in one sentence
├── NoSuchArticle     the shelf holds no article with that id
└── NoSuchVersion     the article has no version with that number
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlite_utils import Database

from retrieval.article import SHARED, Article, Guild, Passage, Span, Version
from retrieval.text.folding import fold

_THEN = "cross join"
"""In SQLite a join in this order: a few rows first, and not every article of a guild."""
_DAY = "substr(coalesce(v.published, v.added), 1, 10)"
"""There is an index of this."""
_LARGEST_ID = 2**63 - 1
_VERSIONS = """
    select a.id, a.guild, v.number, v.title, v.text, v.url, v.source, v.author, v.published, v.language, v.added,
           (select key from origins where article_id = a.id order by id limit 1) as key
    from articles a join versions v on v.article_id = a.id
"""
_NEWEST = f"{_VERSIONS} where v.number = (select max(number) from versions where article_id = a.id)"


class ArchiveError(Exception):
    """Something about the archive that a person can be told in one sentence."""


class NoSuchArticle(ArchiveError):
    def __init__(self, article_id: int) -> None:
        super().__init__(f"There is no article {article_id} here.")


class NoSuchVersion(ArchiveError):
    def __init__(self, article_id: int, number: int) -> None:
        super().__init__(f"There is no version {number} of article {article_id} here.")


@dataclass(frozen=True, slots=True)
class Origin:
    """One place a story came from: the publisher's key and the address, either of which may be missing."""

    key: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one guild may see: its own articles and the shared library.

    For the shared library itself (`guild` is `SHARED`), that is the shared library alone. This is the only way to an
    article's text.
    """

    guild: Guild
    _database: Database = field(repr=False, compare=False)

    @property
    def guilds(self) -> tuple[Guild, ...]:
        """The owners of the articles on this shelf, the shared library first."""
        return (SHARED,) if self.guild == SHARED else (SHARED, self.guild)

    def __len__(self) -> int:
        """The number of articles on the shelf."""
        rows = self._database.execute(f"select count(*) from articles where guild in ({self._marks})", self.guilds)
        return int(rows.fetchone()[0])

    def change_number(self) -> int:
        """The number of the latest change to an article of the shelf; 0 where it never held one."""
        sql = " union all ".join("select max(number) as number from changes where guild = ?" for _ in self.guilds)
        rows = self._database.execute(f"select coalesce(max(number), 0) from ({sql})", self.guilds)
        return int(rows.fetchone()[0])

    def versions(self) -> Iterator[Version]:
        """Yield the newest version of each article, by id."""
        rows = self._database.query(f"{_NEWEST} and a.guild in ({self._marks}) order by a.id", self.guilds)
        return map(_version, rows)

    def newest(self, article_id: int) -> Version:
        """Return the newest version of an article; raise `NoSuchArticle`."""
        for row in self._rows(f"{_NEWEST} and a.id = ?", article_id):
            return _version(row)
        raise NoSuchArticle(article_id)

    def version(self, article_id: int, number: int) -> Version:
        """Return one version of an article; raise `NoSuchVersion`."""
        for row in self._rows(f"{_VERSIONS} where v.number = ? and a.id = ?", article_id, number):
            return _version(row)
        raise NoSuchVersion(article_id, number)

    def history(self, article_id: int) -> list[Version]:
        """Return every version of an article, the newest first; raise `NoSuchArticle`."""
        rows = self._rows(f"{_VERSIONS} where a.id = ?", article_id)
        versions = sorted(map(_version, rows), key=lambda version: -version.number)
        if not versions:
            raise NoSuchArticle(article_id)
        return versions

    def passages(self, article_id: int) -> list[Passage]:
        """Return the passages of an article's newest version, in its order; none where the shelf lacks it."""
        sql = "select p.* from passages p join articles a on a.id = p.article_id where a.id = ?"
        rows = sorted(self._rows(sql, article_id), key=lambda row: row["start"])
        return [_passage(row) for row in rows]

    def passages_with(self, passage_ids: Collection[int]) -> dict[int, Passage]:
        """Return those of the passages that are of newest versions on the shelf, by their ids."""
        marks = ", ".join("?" for _ in passage_ids)
        sql = f"select p.* from passages p {_THEN} articles a on a.id = p.article_id"
        where = f"where p.id in ({marks}) and a.guild in ({self._marks})"
        rows = self._database.query(f"{sql} {where}", [*passage_ids, *self.guilds])
        return {row["id"]: _passage(row) for row in rows}

    def copies(self, article_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """Return for each of the articles the ids of those on the shelf that tell its story in nearly its words."""
        copies: dict[int, tuple[int, ...]] = dict.fromkeys(article_ids, ())
        marks = ", ".join("?" for _ in article_ids)
        sql = f"select c.article_id, c.other_id from copies c {_THEN} articles a on a.id = c.other_id"
        where = f"where c.article_id in ({marks}) and a.guild in ({self._marks}) order by c.other_id"
        for article_id, other in self._database.execute(f"{sql} {where}", [*article_ids, *self.guilds]):
            copies[article_id] += (other,)
        return copies

    def published(self, article_ids: Collection[int]) -> dict[int, str | None]:
        """Return when each of the articles was published that the shelf holds."""
        marks = ", ".join("?" for _ in article_ids)
        sql = f"select id, published from ({_NEWEST} and a.id in ({marks}) and a.guild in ({self._marks}))"
        return dict(self._database.execute(sql, [*article_ids, *self.guilds]).fetchall())

    def published_between(self, first: date, last: date) -> set[int]:
        """Return the ids of the articles published in these days; an undated one counts as of the day it was added."""
        sql = f"select a.id from versions v {_THEN} articles a on a.id = v.article_id"
        newest = "v.number = (select max(number) from versions where article_id = a.id)"
        where = f"where {_DAY} between ? and ? and {newest} and a.guild in ({self._marks})"
        rows = self._database.execute(f"{sql} {where}", [first.isoformat(), last.isoformat(), *self.guilds])
        return {row[0] for row in rows}

    def text(self, article_id: int, number: int) -> str:
        """Return one version's text; raise `NoSuchVersion`."""
        sql = "select v.text from versions v join articles a on a.id = v.article_id where v.number = ? and a.id = ?"
        for row in self._rows(sql, article_id, number):
            return str(row["text"])
        raise NoSuchVersion(article_id, number)

    def origins(self, article_id: int) -> list[Origin]:
        """Return where an article came from, the first origin first; raise `NoSuchArticle`."""
        self.newest(article_id)
        rows = self._database.query("select key, url from origins where article_id = ? order by id", [article_id])
        return [Origin(row["key"], row["url"]) for row in rows]

    def titled(self, words: str, at_most: int) -> list[Version]:
        """Return articles whose title contains the words, whatever case and accents, the newest addition first."""
        sql = f"{_NEWEST} and a.guild in ({self._marks}) and instr(folded(v.title), ?) order by a.id desc limit ?"
        return [_version(row) for row in self._database.query(sql, [*self.guilds, fold(words.strip()), at_most])]

    def own_titled(self, words: str, at_most: int) -> list[Version]:
        """Return the same of the guild's own articles, the only ones that it may change."""
        sql = f"{_NEWEST} and a.guild = ? and instr(folded(v.title), ?) order by a.id desc limit ?"
        return [_version(row) for row in self._database.query(sql, [self.guild, fold(words.strip()), at_most])]

    def page(self, number: int, size: int) -> list[Version]:
        """Return one page of the shelf's articles, the newest addition first; pages count from 0."""
        sql = f"{_NEWEST} and a.guild in ({self._marks}) order by a.id desc limit ? offset ?"
        return [_version(row) for row in self._database.query(sql, [*self.guilds, size, number * size])]

    @property
    def _marks(self) -> str:
        return ", ".join("?" for _ in self.guilds)

    def _rows(self, sql: str, article_id: int, *before: int) -> Iterator[dict[str, Any]]:
        if not all(0 < number <= _LARGEST_ID for number in (article_id, *before)):
            return iter(())
        return iter(self._database.query(f"{sql} and a.guild in ({self._marks})", [*before, article_id, *self.guilds]))


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(row["id"], row["article_id"], row["version"], Span(row["start"], row["end"]))


def _version(row: dict[str, Any]) -> Version:
    article = Article(
        title=row["title"],
        text=row["text"],
        key=row["key"],
        url=row["url"],
        source=row["source"],
        author=row["author"],
        published=row["published"],
    )
    return Version(row["id"], row["number"], row["guild"], article, row["added"], row["language"])
