"""The newsroom: the one asynchronous door to the archive.

SQLite, ranking and the reading of files happen in three threads, so that neither the event loop nor a question ever
waits for a long addition: one for questions, one for changes, and one that keeps the answers that were given. Each has
its own `Library`; the archive's change numbers keep them in step, as they do between processes.
"""

import asyncio
import gc
import io
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Self

import structlog

from bot import clock
from bot.desk import Desk
from bot.errors import Refused
from bot.feeds.rounds import rounds
from bot.feeds.subscriptions import Subscriptions
from bot.finder import finder
from bot.given import given
from bot.links import fetcher, read_link
from bot.outcome import Receipt, stored
from bot.recent import RecentReceipts
from bot.settings import Settings
from bot.turns import Turns
from retrieval.answers.answer import Answer
from retrieval.answers.answer_cache import AnswerCache
from retrieval.answers.answering import keep
from retrieval.article import SHARED, Guild, Version
from retrieval.asking.follow_ups import Turn
from retrieval.exchange import Imported, imported
from retrieval.ingest.files import read_file
from retrieval.ingest.lines import unpacked_lines
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Dropped, Reading
from retrieval.library import Library
from retrieval.quotation import Quotation
from retrieval.summary import summarise

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a guild's articles, the newest addition first; `number` counts from 0."""

    versions: Sequence[Version]
    number: int
    pages: int
    articles: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A version that was taken back, and the one that is the newest since; None where the article went with it."""

    version: Version
    back_to: Version | None = None


class Newsroom:
    """Use it as `async with Newsroom(settings) as newsroom`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._questions = Desk("questions")
        self._changes = Desk("changes")
        self._conversations = Desk("conversations")
        self._turns = Turns()
        self._receipts = RecentReceipts()
        self._opened = AsyncExitStack()
        self._web = fetcher(settings)
        self.feeds = Subscriptions(self._changes, self._web, settings)
        self._answers: AnswerCache

    async def __aenter__(self) -> Self:
        await self._questions.open(self._settings.archive.path)
        await self._changes.open(self._settings.archive.path)
        await self._conversations.open(self._settings.archive.path)
        await self._questions.do(_read_shared_library)
        self._answers = AnswerCache(await asyncio.to_thread(finder, self._settings))
        await self._opened.enter_async_context(self._web)
        if self._settings.feeds.poll:
            await self._opened.enter_async_context(rounds(self.feeds))
        gc.freeze()  # the index is no garbage: looking through it again and again would stop the event loop
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()
        await self._conversations.close()
        await self._changes.close()
        await self._questions.close()
        gc.unfreeze()

    async def ask(self, guild: Guild, asker: int, question: str, after: int | None = None) -> Answer:
        """Answer a question that follows the answer in the message `after`, if that shows one.

        `asker` is the person who asks, for nobody shall wait for all that another asked.
        """
        earlier = [] if after is None else await self._conversations.do(_turns, guild, after)
        async with self._turns.of(asker):
            return await self._questions.do(self._answers.answer, guild, question, clock.today(), earlier)

    async def remember(self, guild: Guild, given: Answer, message: int, after: int | None = None) -> None:
        """Keep an answer, which `message` shows and which followed that in the message `after`."""
        await self._conversations.do(_remember, guild, given, message, after)

    async def add_file(self, guild: Guild, name: str, data: bytes) -> Receipt:
        """Read a file and store the article in it; raise `Unreadable`."""
        return await self._add(guild, lambda: read_file(name, data, self._settings.articles.largest))

    async def add_lines(self, guild: Guild, name: str, content: bytes) -> AsyncIterator[tuple[Imported, int]]:
        """Store the articles of a file that has one a line; yield how far it is, and how many lines there are.

        Other changes are made in between. Raise `Unreadable`.
        """

        def lines() -> Iterator[bytes]:
            return unpacked_lines(io.BytesIO(content), name, self._settings.articles.largest_import)

        count = await asyncio.to_thread(lambda: sum(1 for _ in lines()))
        storing = await self._changes.do(lambda library: imported(library, guild, lines()))
        while (result := await self._changes.do(lambda _: next(storing, None))) is not None:
            yield result, count
        _log.info("lines added", guild=guild, lines=count)

    async def add_link(self, guild: Guild, link: str) -> Receipt:
        """Fetch a page and store the article on it; raise `FetchError` or `Unreadable`."""
        reading = await read_link(self._web, link, self._settings.articles.largest)
        return await self._add(guild, lambda: reading)

    async def add_text(self, guild: Guild, text: str, title: str, source: str) -> Receipt:
        """Read pasted text and store it; a title or outlet that is given wins over one found. Raise `Unreadable`."""
        return await self._add(guild, lambda: given(read_plain(text), title, source))

    async def _add(self, guild: Guild, read: Callable[[], Reading]) -> Receipt:
        receipt = await self._changes.do(lambda library: _store(library, guild, read()))
        self._receipts.note(receipt)
        return receipt

    async def remove(self, guild: Guild, article_id: int) -> Version:
        """Delete an article and return what it was; raise `NoSuchArticle` or `SharedArticle`."""
        return await self._changes.do(_remove, guild, article_id)

    async def withdraw(self, guild: Guild, article_id: int, number: int) -> Withdrawn:
        """Take an article's newest version back; raise `NoSuchArticle`, `SharedArticle` or `NotNewest`."""
        return await self._changes.do(_withdraw, guild, article_id, number)

    async def relabel(self, guild: Guild, version: Version) -> Receipt:
        """Give an article's newest version the title, outlet and date of this one, and return its receipt anew.

        Raises `NoSuchArticle`, `SharedArticle`, or `Refused` where there is a newer version.
        """
        relabelled, copies = await self._changes.do(_relabel, guild, version)
        return self._receipts.anew(relabelled, copies)

    async def version(self, guild: Guild, article_id: int, number: int) -> Version:
        """Return one version of an article; raise `NoSuchVersion`."""
        return await self._questions.do(lambda library: library.shelf(guild).version(article_id, number))

    async def history(self, guild: Guild, article_id: int) -> list[Version]:
        """Return every version of an article, the newest first; raise `NoSuchArticle`."""
        return await self._questions.do(lambda library: library.shelf(guild).history(article_id))

    def left_out(self, version: Version) -> tuple[Dropped, ...]:
        """Return what was left out of an article that was added of late; nothing is known of others."""
        return self._receipts.left_out(version)

    async def page(self, guild: Guild, number: int, size: int) -> Page:
        return await self._questions.do(_page, guild, number, size)

    async def titled(self, guild: Guild, words: str, at_most: int) -> list[Version]:
        """Return articles with these words in their title, the newest addition first."""
        return await self._questions.do(lambda library: library.shelf(guild).titled(words, at_most))

    async def own_titled(self, guild: Guild, words: str, at_most: int) -> list[Version]:
        """Return the same of the guild's own articles alone."""
        return await self._questions.do(lambda library: library.shelf(guild).own_titled(words, at_most))

    async def summary(self, guild: Guild, article_id: int, sentences: int) -> tuple[Version, list[Quotation]]:
        """Return an article and its summary; raise `NoSuchArticle`."""
        return await self._questions.do(_summary, guild, article_id, sentences)


def _read_shared_library(library: Library) -> None:
    articles = len(library.shelf(SHARED))
    library.index.size(library.shelf(SHARED))
    _log.info("archive open", shared_articles=articles)


def _turns(library: Library, guild: Guild, message: int) -> list[Turn]:
    key = library.conversations.posted(guild, message)
    return library.conversations.turns(guild, key) if key else []


def _remember(library: Library, guild: Guild, given: Answer, message: int, after: int | None) -> None:
    before = None if after is None else library.conversations.posted(guild, after)
    library.conversations.post(keep(library, guild, given, before), message)


def _store(library: Library, guild: Guild, reading: Reading) -> Receipt:
    receipt = stored(library, guild, reading)
    added = receipt.added
    _log.info("article added", article=added.article_id, guild=guild, duplicate=added.duplicate_of is not None)
    return receipt


def _withdraw(library: Library, guild: Guild, article_id: int, number: int) -> Withdrawn:
    with library.writing():
        versions = library.shelf(guild).history(article_id)
        library.withdraw(guild, article_id, number)
    _log.info("version withdrawn", article=article_id, version=number, guild=guild)
    return Withdrawn(*versions[:2])


def _relabel(library: Library, guild: Guild, version: Version) -> tuple[Version, tuple[int, ...]]:
    article_id, article = version.article_id, version.article
    with library.writing():
        newest = library.shelf(guild).newest(article_id)
        if newest.number != version.number:
            raise Refused(f"Article {article_id} was changed since then; only its newest version can be edited.")
        library.relabel(guild, article_id, article.title, article.source, article.published)
    _log.info("article relabelled", article=article_id, guild=guild)
    shelf = library.shelf(guild)
    return shelf.newest(article_id), shelf.copies([article_id])[article_id]


def _remove(library: Library, guild: Guild, article_id: int) -> Version:
    with library.writing():
        version = library.shelf(guild).newest(article_id)
        library.remove(guild, article_id)
    _log.info("article removed", article=article_id, guild=guild)
    return version


def _page(library: Library, guild: Guild, number: int, size: int) -> Page:
    with library.unchanging():
        shelf = library.shelf(guild)
        articles = len(shelf)
        pages = max(1, -(-articles // size))
        shown = min(number, pages - 1)
        return Page(shelf.page(shown, size), shown, pages, articles)


def _summary(library: Library, guild: Guild, article_id: int, sentences: int) -> tuple[Version, list[Quotation]]:
    with library.unchanging():
        shelf = library.shelf(guild)
        return shelf.newest(article_id), summarise(shelf, article_id, sentences)
