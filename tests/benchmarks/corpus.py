"""A made-up corpus that has news's proportions: word frequencies, lengths, names, numbers and quotations. Seeded."""

import random
from collections.abc import Iterator

from retrieval.article import Article

_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi wo za bren clar dun fel grim hal jor kest lam mor".split()
_COMMON = "the a of to in and for on with was is has said that it he she they at by from as its his her will".split()
_VOCABULARY = 40_000
_SENTENCES = 38
"""In an article: about 860 words, as in the news."""


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Yield `count` articles of about 860 words."""
    chance = random.Random(seed)  # noqa: S311  # a corpus, not a secret
    words = _vocabulary(chance)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    for number in range(count):
        drawn = iter(chance.choices(words, weights, k=_SENTENCES * 24 + 12))
        title = " ".join(next(drawn) for _ in range(8)).capitalize()
        paragraphs = [_sentence(chance, drawn) for _ in range(_SENTENCES)]
        yield Article(title, "\n\n".join(paragraphs), key=f"made-{number}", published="2024-05-01", source="The Maker")


def questions(made: list[Article], count: int, seed: int = 2) -> list[str]:
    """Return questions of 5 to 9 words that stand together in some article."""
    chance = random.Random(seed)  # noqa: S311  # a corpus, not a secret
    asked = []
    for _ in range(count):
        words = [word for word in chance.choice(made).text.split() if word.isalpha() and word not in _COMMON]
        start = chance.randrange(max(1, len(words) - 12))
        opening = chance.choice(("Who", "What", "When did", "Where did", "Why did", "How many"))
        asked.append(f"{opening} {' '.join(words[start : start + chance.randint(5, 9)])}?")
    return asked


def _vocabulary(chance: random.Random) -> list[str]:
    made = {"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(2 * _VOCABULARY)}
    return sorted(made)[:_VOCABULARY]


def _sentence(chance: random.Random, drawn: Iterator[str]) -> str:
    words = [chance.choice(_COMMON) if chance.random() < 0.45 else next(drawn) for _ in range(chance.randint(12, 30))]
    if chance.random() < 0.5:
        words.insert(chance.randrange(len(words)), f"{next(drawn).capitalize()} {next(drawn).capitalize()}")
    if chance.random() < 0.3:
        words.insert(chance.randrange(len(words)), f"{chance.randrange(2, 900):,}")
    if chance.random() < 0.2:
        words.append(f"because {next(drawn)} {next(drawn)}")
    sentence = " ".join(words).capitalize()
    return f"“{sentence},” said {next(drawn).capitalize()}." if chance.random() < 0.2 else f"{sentence}."
