"""Origins: the publishers' keys and the addresses that an article is known by."""

from sqlite_utils import Database

from retrieval.addresses import canonical
from retrieval.article import Article, Guild


class Origins:
    """Where the archive's articles came from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, guild: Guild, article: Article) -> int | None:
        """The guild's article that has this one's key, or its address where it has no key; None where none has."""
        column, value = _known_by(article)
        row = self._database.execute(
            f"select article_id from origins where guild = ? and {column} = ? order by id desc limit 1", [guild, value]
        ).fetchone()
        return None if row is None else int(row[0])

    def note(self, guild: Guild, article_id: int, article: Article) -> None:
        """Note where an article came from, unless another one is known by that key, or by that address alone."""
        if article.key is None and article.url is None:
            return
        column, value = _known_by(article)
        address = _address(article)
        sql = f"select article_id, key is ? and address is ? from origins where guild = ? and {column} = ?"
        known = self._database.execute(sql, [article.key, address, guild, value]).fetchall()
        if not any(holder != article_id or same for holder, same in known):
            origin = {"key": article.key, "url": article.url, "address": address}
            row = {"guild": guild, "article_id": article_id, **origin}
            self._database.table("origins").insert(row)

    def move(self, article_id: int, article: Article) -> None:
        """A corrected article that a known key now has at another address is no longer at the old one."""
        if article.key is not None:
            sql = "update origins set url = ?, address = ? where article_id = ? and key = ?"
            self._database.execute(sql, [article.url, _address(article), article_id, article.key])


def _known_by(article: Article) -> tuple[str, str | None]:
    """The column of the origins that tells whether a story is there, and what stands in it."""
    return ("key", article.key) if article.key is not None else ("address", _address(article))


def _address(article: Article) -> str | None:
    return None if article.url is None else canonical(article.url)
