"""Answers that were given before, for as long as nothing on the shelf has changed."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

from retrieval.answers.answer import Answer
from retrieval.answers.answering import answer
from retrieval.answers.evidence import is_verified
from retrieval.article import Guild
from retrieval.asking.follow_ups import Turn
from retrieval.finding.finding import Finder
from retrieval.library import Library

KEPT = 256


class AnswerCache:
    """Answers questions with one finder and keeps the answers that were asked for last, at most `KEPT`.

    An answer is given again only while its guild's shelf is at the change it was found at, and after its quotations
    were compared with the archive once more. It belongs to one thread.
    """

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._answers: OrderedDict[tuple[Guild, str, date], tuple[int, Answer]] = OrderedDict()

    def answer(self, library: Library, guild: Guild, asked: str, today: date, earlier: Sequence[Turn] = ()) -> Answer:
        """Answer as `retrieval.answers.answering.answer` does; what follows up on an earlier question is not kept."""
        if earlier:
            return answer(library, guild, asked, self._finder, today, earlier)
        with library.unchanging():
            shelf = library.shelf(guild)
            latest = shelf.change_number()
            change, given = self._answers.pop((guild, asked, today), (None, None))
            if given is None or change != latest or not is_verified(shelf, given):
                given = answer(library, guild, asked, self._finder, today)
        self._answers[guild, asked, today] = latest, given
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)
        return given
