"""Cuts: where the passages of each article's newest version stand, and their ids.

A passage keeps its id for as long as its words stay in the article, wherever in it they move.
"""

from collections import defaultdict, deque

from sqlite_utils import Database

from retrieval.article import Span
from retrieval.passages import cut


class Cuts:
    """The passages of an archive's articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def follow(self, article_id: int, number: int, text: str) -> None:
        """Let an article's passages be those of this version; the version they are of so far is still stored."""
        held = self._held(article_id)
        fresh: list[Span] = []
        moved: list[tuple[int, int, int, int]] = []
        for span in cut(text):
            if ids := held[span.within(text)]:
                moved.append((number, span.start, span.end, ids.popleft()))
            else:
                fresh.append(span)
        connection = self._database.conn
        connection.executemany("delete from passages where id = ?", [(id_,) for ids in held.values() for id_ in ids])
        connection.executemany("update passages set version = ?, start = ?, end = ? where id = ?", moved)
        connection.executemany(
            "insert into passages (article_id, version, start, end) values (?, ?, ?, ?)",
            [(article_id, number, span.start, span.end) for span in fresh],
        )

    def _held(self, article_id: int) -> dict[str, deque[int]]:
        """The ids of the passages so far, by their words; the same words may stand in an article twice."""
        rows = self._database.execute(
            """
            select p.id, substr(v.text, p.start + 1, p.end - p.start)
            from passages p join versions v on v.article_id = p.article_id and v.number = p.version
            where p.article_id = ? order by p.start
            """,
            [article_id],
        )
        held: defaultdict[str, deque[int]] = defaultdict(deque)
        for passage_id, words in rows:
            held[words].append(passage_id)
        return held
