"""Answers: for each part of a question, the words of the archive that answer it, or why there are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.article import Span, Version
from retrieval.asking.follow_ups import Turn
from retrieval.asking.question import Kind, Part
from retrieval.asking.small_talk import SmallTalk
from retrieval.phrases.names import names, people
from retrieval.quotation import Quotation

_OWNED = re.compile(r"['’]s\s.*")
"""What belongs to somebody: Ada Grange*’s book*."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that supports an answer, with the article it stands in.

    `answer` is the span of the words inside the quotation that answer; None where the whole quotation does.
    `also_in` are the other articles that carry the same words.
    """

    version: Version
    quotation: Quotation
    answer: Span | None = None
    also_in: tuple[Version, ...] = ()

    @property
    def answer_words(self) -> str | None:
        """The words that answer, or None where the whole quotation does."""
        return None if self.answer is None else self.answer.within(self.version.article.text)


class Why(StrEnum):
    """Why a part has no answer."""

    EMPTY_SHELF = "the archive holds no articles yet"
    SMALL_TALK = "that asks nothing"
    NOTHING_ASKED = "the question names nothing to look for"
    UNKNOWN_WORDS = "no article in the archive mentions what is asked about"
    NO_PASSAGE = "no article in the archive covers what is asked"
    NOT_THEN = "no article in the archive from then answers it"
    CONTRARY = "the archive says otherwise"
    NO_ANSWER = "the nearest article does not answer it"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a part has no answer; `words` are those of the question that are the reason, as they were asked."""

    why: Why
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        match self.why:
            case Why.UNKNOWN_WORDS:
                return f"No article in the archive mentions {_listed(self.words)}."
            case Why.NOT_THEN:
                return f"No article of that time (“{self.words[0]}”) answers it."
            case Why.NO_ANSWER if self.words:
                return f"The nearest article does not mention {_listed(self.words)}."
            case _:
                return f"{self.why.capitalize()}."


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """The answer to one part: evidence, the best first; or none, the reason, and the nearest passages.

    `part` is as it was understood; `confidence` is the finder's, between 0 and 1.
    """

    part: Part
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    refusal: Refusal | None = None
    nearest: tuple[Evidence, ...] = ()

    @property
    def answered(self) -> bool:
        return bool(self.evidence)

    @property
    def text(self) -> str | None:
        """The words that answer; None where there are none, or where the whole quotation answers."""
        return self.evidence[0].answer_words if self.evidence else None

    @property
    def question(self) -> str:
        """The part as it was understood."""
        return self.part.shown

    @property
    def turn(self) -> Turn:
        """What a later question can take up of it."""
        return Turn(
            self.part.text,
            self.part.told,
            self.text,
            self._people,
            frozenset(each.version.article_id for each in self.evidence),
        )

    @property
    def _people(self) -> tuple[str, ...]:
        """Persons in the answer, then in the question, then in the quotations; a surname stands for a full name."""
        quoted = [
            person.within(each.version.article.text)
            for each in self.evidence
            for person in people(each.version.article.text, each.quotation.span)
        ]
        named = (name.within(self.part.text) for name in names(self.part.text, Span(0, len(self.part.text))))
        asked = [_OWNED.sub("", name) for name in named]
        in_question = [
            next((person for person in quoted if person.endswith(f" {name}")), name if " " in name else "")
            for name in asked
        ]
        in_answer = [person for person in quoted if person in (self.text or "")]
        unnamed = self.text if self.part.kind is Kind.WHO else None
        return tuple(dict.fromkeys(filter(None, [*in_answer, *in_question, unnamed, *quoted])))


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question, part by part.

    `question` is as it was asked; `shortened` says that it was longer, or asked more things, than are read.
    """

    question: str
    parts: tuple[AnswerPart, ...]
    shortened: bool = False

    @property
    def answered(self) -> bool:
        """Whether any part is."""
        return any(part.answered for part in self.parts)

    @property
    def turns(self) -> list[Turn]:
        """What a later question can take up, the newest first."""
        return [] if self.small_talk else [part.turn for part in reversed(self.parts)]

    @property
    def small_talk(self) -> SmallTalk | None:
        """What was said instead of a question."""
        refusals = (part.refusal for part in self.parts if part.refusal and part.refusal.why is Why.SMALL_TALK)
        return next((SmallTalk(refusal.words[0]) for refusal in refusals), None)

    @property
    def as_of(self) -> str | None:
        """The publication date of the newest evidence, as YYYY-MM-DD; None where no evidence is dated."""
        evidence = (each for part in self.parts for each in part.evidence)
        return max((day for each in evidence if (day := (each.version.article.published or "")[:10])), default=None)


def _listed(words: Sequence[str]) -> str:
    """“a”, “b” or “c”."""
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
