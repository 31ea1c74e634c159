"""Versions: an article's texts in the order they came. A stored text never changes, and its number never comes back."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from retrieval.article import SHARED, Article, Guild


@dataclass(frozen=True, slots=True)
class Stored:
    """The newest version of an article, its text aside."""

    article_id: int
    number: int
    guild: Guild


class Versions:
    """The articles of an archive and their versions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def holding(self, guild: Guild, text: str) -> Stored | None:
        """The article whose newest version is this very text: the guild's own before a shared one."""
        row = self._database.execute(
            """
            select a.id, v.number, a.guild from versions v join articles a on a.id = v.article_id
            where v.digest = ? and a.guild in (?, ?)
              and v.number = (select max(number) from versions where article_id = a.id)
            order by a.guild = ? desc, a.id limit 1
            """,
            [digest(text), guild, SHARED, guild],
        ).fetchone()
        return None if row is None else Stored(*row)

    def begin(self, guild: Guild) -> int:
        """Make room for an article of the guild; return its id."""
        row = self._database.execute("insert into articles (guild) values (?) returning id", [guild]).fetchone()
        return int(row[0])

    def store(self, article_id: int, article: Article, language: str | None) -> int:
        """Store an article's text as its newest version; return the version's number."""
        sql = "update articles set versions = versions + 1 where id = ? returning versions"
        number = int(self._database.execute(sql, [article_id]).fetchone()[0])
        self._database.table("versions").insert(
            {
                "article_id": article_id,
                "number": number,
                "title": article.title,
                "text": article.text,
                "url": article.url,
                "source": article.source,
                "author": article.author,
                "published": article.published,
                "language": language,
                "digest": digest(article.text),
                "added": datetime.now(UTC).isoformat(timespec="seconds"),
            }
        )
        return number

    def delete(self, article_id: int, number: int) -> None:
        """Delete one version, and the answers that quote it."""
        self._database.execute("delete from versions where article_id = ? and number = ?", [article_id, number])

    def relabel(self, article_id: int, number: int, title: str, source: str | None, published: str | None) -> None:
        """Give a version another title, outlet and date."""
        sql = "update versions set title = ?, source = ?, published = ? where article_id = ? and number = ?"
        self._database.execute(sql, [title, source, published, article_id, number])


def digest(text: str) -> bytes:
    """Two texts that differ in white space alone are the same text."""
    return hashlib.sha256(" ".join(text.split()).encode()).digest()
