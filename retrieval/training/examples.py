"""Examples: questions with a passage that answers them, or that only looks as if it did.

A context becomes a passage of whole sentences, as long as the product's passages are.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rank_bm25 import BM25Plus

from retrieval.article import Span
from retrieval.text.sentences import sentences
from retrieval.text.terms import terms
from retrieval.training.asked import Asked
from retrieval.training.twins import Twins

_NEIGHBOURS = 5
_LETTERS_A_PIECE = 4.6
"""How many characters a piece of English has, on average; lengths need no more exactness."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage; `answer` is a span of the passage, None where it does not answer."""

    question: str
    title: str
    passage: str
    answer: Span | None


class Maker:
    """Makes examples of questions: each call sees another passage, another wording, another reason not to answer."""

    def __init__(
        self, questions: Sequence[Asked], settings: dict[str, Any], twins: Twins, chance: random.Random
    ) -> None:
        self._settings = settings
        self._twins = twins
        self._chance = chance
        self._contexts: defaultdict[str, list[str]] = defaultdict(list)
        self._titles = {asked.context: asked.title for asked in questions}
        for asked in questions:
            if asked.context not in self._contexts[asked.group]:
                self._contexts[asked.group].append(asked.context)
        self._rankings: dict[str, BM25Plus] = {}

    def examples(self, asked: Asked) -> list[Example]:
        """Make an example of a question that its passage does not answer; or one that it does, with or without a rival.

        A rival is the same question with another passage, which does not answer it. Empty where none could be made.
        """
        if not asked.answers:
            return [self._finished(Example(asked.question, asked.title, self._window(asked.context, None)[0], None))]
        if self._chance.random() < self._settings["twins"] and (twin := self._with_another_question(asked)):
            return [self._finished(twin)]
        span = self._chance.choice(asked.answers)
        passage, start = self._window(asked.context, span)
        answering = self._finished(
            Example(asked.question, asked.title, passage, Span(span.start - start, span.end - start))
        )
        rival = self._rival(asked) if self._chance.random() < self._settings["rivals"] else None
        if rival is None:
            return [answering]
        return [answering, replace(rival, question=answering.question, title=rival.title if answering.title else "")]

    def _finished(self, example: Example) -> Example:
        question = example.question
        if self._chance.random() < self._settings["unmarked"]:
            question = question.rstrip("?! ")
        title = example.title if self._chance.random() < self._settings["titled"] else ""
        return replace(example, question=question, title=title)

    def _window(self, context: str, kept: Span | None) -> tuple[str, int]:
        """Cut whole sentences around `kept` out of a context, and say where they start in it."""
        spans = sentences(context)
        if not spans:
            return context, 0
        longest = "longest" if self._chance.random() < self._settings["long_share"] else "usual"
        room = self._chance.uniform(self._settings["shortest"], self._settings[longest]) * _LETTERS_A_PIECE
        inside = [n for n, span in enumerate(spans) if kept is None or span.overlaps(kept)]
        first = last = self._chance.choice(inside) if kept is None else inside[0]
        last = last if kept is None else inside[-1]
        while True:
            grown = [edge for edge in ((first - 1, last), (first, last + 1)) if edge[0] >= 0 and edge[1] < len(spans)]
            grown = [edge for edge in grown if spans[edge[1]].end - spans[edge[0]].start <= room]
            if not grown:
                return context[spans[first].start : spans[last].end], spans[first].start
            first, last = self._chance.choice(grown)

    def _rival(self, asked: Asked) -> Example | None:
        makers = [self._elsewhere, self._without_its_sentence]
        self._chance.shuffle(makers)
        return next(filter(None, (make(asked) for make in makers)), None)

    def _elsewhere(self, asked: Asked) -> Example | None:
        """Cut from a context of its group that resembles the question and does not hold the answer."""
        others = self._contexts[asked.group]
        if len(others) < 2:
            return None
        if asked.group not in self._rankings:
            self._rankings[asked.group] = BM25Plus([terms(context) or [""] for context in others])
        scores = self._rankings[asked.group].get_scores(terms(asked.question))
        words = [span.within(asked.context).casefold() for span in asked.answers]
        near = [
            others[place]
            for place in scores.argsort()[::-1][:_NEIGHBOURS]
            if others[place] != asked.context and not any(word in others[place].casefold() for word in words)
        ]
        if not near:
            return None
        chosen = self._chance.choice(near)
        return Example(asked.question, self._titles[chosen], self._window(chosen, None)[0], None)

    def _without_its_sentence(self, asked: Asked) -> Example | None:
        """Cut from the question's own paragraph less the sentence that answers."""
        answer = asked.answers[0]
        rest = " ".join(
            span.within(asked.context)
            for span in sentences(asked.context)
            if not any(map(span.overlaps, asked.answers))
        )
        if len(rest) < self._settings["shortest"] or answer.within(asked.context).casefold() in rest.casefold():
            return None
        return Example(asked.question, asked.title, self._window(rest, None)[0], None)

    def _with_another_question(self, asked: Asked) -> Example | None:
        """The passage with a question that asks about another name, number or thing, or the opposite."""
        changed = self._twins.twin(asked, self._chance.choice(self._contexts[asked.group]))
        if changed is None:
            return None
        passage, _ = self._window(asked.context, asked.answers[0])
        return Example(changed, asked.title, passage, None)
