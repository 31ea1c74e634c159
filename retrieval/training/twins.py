"""Unanswerable twins: a question changed by one name, number or word, so that its passage no longer answers it."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from retrieval.text.vocabulary import opposites, sisters
from retrieval.training.asked import Asked

_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)*")
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_WORD = re.compile(r"\b[A-Za-z][a-z]{2,}\b")
_AUXILIARY = re.compile(r"\b(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should)\b(?! not|n['’]t)")
_CONTRACTED = {"can": "can't", "will": "won't"}
_NEGATED = 0.3
"""How often a question may be negated, which can be done to most; changed words are better practice."""
_STEPS = (-12, -7, -3, -2, 2, 3, 5, 11, 40)


class Twins:
    """Changes questions."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def twin(self, asked: Asked, elsewhere: str) -> str | None:
        """Change a question; names may come from `elsewhere`, another text of the same article.

        None where nothing in the question can be changed.
        """
        changes = [
            self._name_of(asked, elsewhere),
            self._name_of(asked, asked.context),
            self._number(asked),
            self._word(asked.question, opposites()),
            self._word(asked.question, sisters()),
            self._negated(asked.question) if self._chance.random() < _NEGATED else None,
        ]
        made = [each for each in changes if each and each != asked.question]
        return self._chance.choice(made) if made else None

    def _name_of(self, asked: Asked, text: str) -> str | None:
        """Put a name of another text in the place of one of the question's."""
        answers = " ".join(span.within(asked.context) for span in asked.answers)
        here = text == asked.context
        new: list[str] = [
            name
            for name in _NAME.findall(text)
            if name not in asked.question and name not in answers and (here or name not in asked.context)
        ]
        return self._put(asked.question, _NAME.finditer(asked.question), new)

    def _number(self, asked: Asked) -> str | None:
        number = _NUMBER.search(asked.question)
        figures = re.sub(r"\D", "", number[0]) if number else ""
        if number is None or not figures or len(figures) > 9:
            return None
        new = str(int(figures) + self._chance.choice(_STEPS))
        if not new.isdecimal() or new in asked.context:
            return None
        return asked.question[: number.start()] + new + asked.question[number.end() :]

    def _word(self, question: str, others: Mapping[str, Sequence[str]]) -> str | None:
        """Put another word in the place of one that has others."""
        known = [word for word in _WORD.finditer(question) if word[0] in others]
        if not known:
            return None
        word = self._chance.choice(known)
        return question[: word.start()] + self._chance.choice(others[word[0]]) + question[word.end() :]

    def _negated(self, question: str) -> str | None:
        word = _AUXILIARY.search(question)
        if word is None:
            return None
        return question[: word.start()] + _CONTRACTED.get(word[0], f"{word[0]}n't") + question[word.end() :]

    def _put(self, question: str, places: Iterator[re.Match[str]], new: Sequence[str]) -> str | None:
        old = list(places)
        if not old or not new:
            return None
        place = self._chance.choice(old)
        return question[: place.start()] + self._chance.choice(new) + question[place.end() :]
