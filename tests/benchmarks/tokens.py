"""What the passage index is measured on: passages as lists of terms, and questions; made up and seeded, or real."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.passages import cut
from retrieval.text.terms import terms

Terms: TypeAlias = list[str]

_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi wo za bren clar dun fel grim hal jor kest lam mor".split()
_VOCABULARY = 400_000
_EXPONENT, _SHIFT = 1.05, 10.0
"""Of Zipf and Mandelbrot's law: the term of rank r comes up in proportion to 1 / (r + shift) ** exponent."""
_TERMS, _SPREAD = 38, 10
"""Terms of a passage of about 62 words, its stop words gone and its article's title added."""
_AGAIN = 0.12
"""How much of a passage is a term that it had before."""


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Passages and questions, as files hold them: the terms of passage p are `drawn[starts[p] : starts[p + 1]]`."""

    vocabulary: Sequence[str]
    drawn: NDArray[np.int32]
    starts: NDArray[np.int64]
    questions: Sequence[Terms]

    @classmethod
    def made_up(cls, passages: int, questions: int, seed: int = 1) -> Self:
        """Draw passages of Zipfian terms, and questions of 5 to 9 terms, most of which stand together in a passage."""
        chance = np.random.default_rng(seed)
        often = np.cumsum((np.arange(_VOCABULARY) + _SHIFT) ** -_EXPONENT)
        lengths = np.clip(chance.normal(_TERMS, _SPREAD, passages), 4, 150).astype(np.int64)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        drawn = np.searchsorted(often / often[-1], chance.random(starts[-1])).astype(np.int32)
        first = np.repeat(starts[:-1], lengths)
        before = np.arange(len(drawn)) - first
        again = chance.random(len(drawn)) < _AGAIN
        drawn[again] = drawn[(first + chance.random(len(drawn)) * before).astype(np.int64)[again]]
        vocabulary = [_word(rank) for rank in range(_VOCABULARY)]
        asked = [_question(chance, drawn, starts) for _ in range(questions)]
        return cls(vocabulary, drawn, starts, [[vocabulary[rank] for rank in each] for each in asked])

    @classmethod
    def of(cls, articles: Iterable[Article], passages: int | None, questions: int, seed: int = 1) -> Self:
        """Cut articles into so many passages, None for as many as there are, and ask as of those made up."""
        held = [*islice((each for article in articles for each in _passages(article)), passages)]
        ranks: dict[str, int] = {}
        drawn = np.array([ranks.setdefault(term, len(ranks)) for each in held for term in each], np.int32)
        starts = np.cumsum([0, *map(len, held)])
        vocabulary, chance = [*ranks], np.random.default_rng(seed)
        asked = [_question(chance, drawn, starts) for _ in range(questions)]
        return cls(vocabulary, drawn, starts, [[vocabulary[rank] for rank in each] for each in asked])

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.starts) - 1

    def save(self, folder: Path) -> None:
        np.save(folder / "drawn.npy", self.drawn)
        np.save(folder / "starts.npy", self.starts)
        (folder / "vocabulary.json").write_text(json.dumps(self.vocabulary), "utf-8")
        (folder / "questions.json").write_text(json.dumps(self.questions), "utf-8")


def read_passages(folder: Path) -> list[Terms]:
    """Read a saved corpus's passages."""
    vocabulary = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    words = np.array(vocabulary, object)[np.load(folder / "drawn.npy")].tolist()
    starts = np.load(folder / "starts.npy").tolist()
    return [words[start:end] for start, end in pairwise(starts)]


def read_questions(folder: Path) -> list[Terms]:
    """Read a saved corpus's questions."""
    questions: list[Terms] = json.loads((folder / "questions.json").read_text("utf-8"))
    return questions


def _word(rank: int) -> str:
    syllables = [_SYLLABLES[rank % len(_SYLLABLES)]]
    while rank := rank // len(_SYLLABLES):
        syllables.append(_SYLLABLES[(rank - 1) % len(_SYLLABLES)])
        rank -= 1
    return "".join(syllables)


def _question(chance: np.random.Generator, drawn: NDArray[np.int32], starts: NDArray[np.int64]) -> list[int]:
    """Terms of one passage; up to two are of another."""
    passage, other = (drawn[starts[p] : starts[p + 1]] for p in chance.integers(len(starts) - 1, size=2))
    many, strange = int(chance.integers(5, 10)), int(chance.integers(3))
    asked = [*chance.permutation(passage)[: many - strange], *chance.permutation(other)[:strange]]
    return list(dict.fromkeys(map(int, asked)))


def _passages(article: Article) -> Iterable[Terms]:
    title = terms(article.title)
    return (title + terms(span.within(article.text)) for span in cut(article.text))
