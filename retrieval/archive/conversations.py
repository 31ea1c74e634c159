"""Conversations: what was asked and answered before, kept in the archive so that a later question can take it up.

Of an answer its question, the words that answered and the places of its quotations are kept, and nothing of who asked.
It goes with any of the articles that it quotes.

    ArchiveError
    └── NoSuchAnswer      no such answer was given here, or an article that it quoted is gone
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from retrieval.article import Guild, Span
from retrieval.asking.follow_ups import Turn
from retrieval.quotation import Quotation
from retrieval.shelf import ArchiveError

_TURNS = 5
"""How many answers back a conversation is read."""


class NoSuchAnswer(ArchiveError):
    def __init__(self, key: str) -> None:
        super().__init__(f"There is no answer {key} here. Ask the whole question again.")


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One thing that was asked, what came of it, and what was quoted."""

    turn: Turn
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where quoted words stand, and the SHA-256 of the words."""

    article_id: int
    version: int
    span: Span
    digest: bytes


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that was given, and where the words stand that it quoted."""

    key: str
    question: str
    places: tuple[Place, ...]


class Conversations:
    """The answers that an archive keeps. It belongs to the thread that opened the archive."""

    def __init__(self, database: Database, writing: Callable[[], AbstractContextManager[None]]) -> None:
        self._database = database
        self._writing = writing

    def keep(self, guild: Guild, question: str, parts: Sequence[KeptPart], after: str | None = None) -> str:
        """Keep an answer that followed the one with the key `after`; return its own key."""
        key = secrets.token_hex(8)
        with self._writing():
            before = None if after is None else self._id(guild, after)
            row = {"key": key, "guild": guild, "question": question, "after_id": before}
            answer_id = self._database.table("answers").insert(row).last_pk
            for part in parts:
                self._keep_part(answer_id, part)
        return key

    def answers(self, guild: Guild) -> Iterator[KeptAnswer]:
        """Yield the answers that were given in a guild, in their order."""
        keys = self._database.execute("select key from answers where guild = ? order by id", [guild]).fetchall()
        return (self.answer(guild, key) for (key,) in keys)

    def answer(self, guild: Guild, key: str) -> KeptAnswer:
        """Return the answer with this key; raise `NoSuchAnswer`."""
        answer_id = self._id(guild, key)
        (question,) = self._database.execute("select question from answers where id = ?", [answer_id]).fetchone()
        sql = "select q.* from quotations q join turns t on t.id = q.turn_id where t.answer_id = ? order by q.id"
        places = (
            Place(row["article_id"], row["version"], Span(row["start"], row["end"]), row["digest"])
            for row in self._database.query(sql, [answer_id])
        )
        return KeptAnswer(key, question, tuple(places))

    def turns(self, guild: Guild, key: str) -> list[Turn]:
        """Return what was asked up to the answer with this key, the newest first; raise `NoSuchAnswer`."""
        answer_id: int | None = self._id(guild, key)
        found: list[Turn] = []
        for _ in range(_TURNS):
            if answer_id is None:
                break
            found += self._turns_of(answer_id)
            sql = "select after_id from answers where id = ?"
            answer_id = self._database.execute(sql, [answer_id]).fetchone()[0]
        return found

    def post(self, key: str, message_id: int) -> None:
        """Note the message that shows an answer; an answer that is gone meanwhile is none."""
        with self._writing():
            sql = "insert into messages (id, key) select ?, key from answers where key = ?"
            self._database.execute(sql, [message_id, key])

    def posted(self, guild: Guild, message_id: int) -> str | None:
        """Return the key of the answer that a message of this guild shows; None where it shows none."""
        sql = "select m.key from messages m join answers a on a.key = m.key where m.id = ? and a.guild = ?"
        row = self._database.execute(sql, [message_id, guild]).fetchone()
        return None if row is None else str(row[0])

    def _id(self, guild: Guild, key: str) -> int:
        sql = "select id from answers where key = ? and guild = ?"
        row = self._database.execute(sql, [key, guild]).fetchone()
        if row is None:
            raise NoSuchAnswer(key)
        return int(row[0])

    def _keep_part(self, answer_id: Any, part: KeptPart) -> None:
        turn = part.turn
        row = {
            "answer_id": answer_id,
            "question": turn.question,
            "told": turn.told,
            "words": turn.answer,
            "people": json.dumps(turn.people, ensure_ascii=False),
        }
        turn_id = self._database.table("turns").insert(row).last_pk
        self._database.table("quotations").insert_all(
            {
                "turn_id": turn_id,
                "article_id": quotation.article_id,
                "version": quotation.version,
                "start": quotation.span.start,
                "end": quotation.span.end,
                "digest": hashlib.sha256(quotation.words.encode()).digest(),
            }
            for quotation in part.quotations
        )

    def _turns_of(self, answer_id: int) -> Iterator[Turn]:
        for row in self._database.query("select * from turns where answer_id = ? order by id desc", [answer_id]):
            sql = "select distinct article_id from quotations where turn_id = ?"
            articles = frozenset(article_id for (article_id,) in self._database.execute(sql, [row["id"]]))
            people = tuple(json.loads(row["people"]))
            yield Turn(row["question"], row["told"], row["words"], people, articles)
