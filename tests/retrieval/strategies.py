"""Texts, articles, archives and questions for properties."""

import json

from hypothesis import strategies as st

from retrieval.article import SHARED, Article, Guild, Span
from retrieval.ingest.decoding import clean
from retrieval.ingest.jsonl import read_line
from tests.retrieval.world import ADA, BEN

_PIECES = (
    *("The harbour board", " met on Tuesday. ", "“No,” she said. ", "U.S. ", "Dr. Rooke ", "3 p.m. Monday", "£4.2m "),
    *(
        "\n",
        "\n\n",
        " ",
        "  ",
        "\u00a0",
        "\t",
        "\u200b",
        "🙂",
        "👩🏽‍🚒",
        "e\u0301",
        "𝔐",
        "Se\u0301guin ",
        "… ",
        "?! ",
        "”",
        ". ",
    ),
)
_SUBJECTS = ("The harbour board", "France", "Dr Imelda Rooke", "He", "About 120 residents", "A 15-year-old boy")
_VERBS = ("rejected", "approved", "paid for", "closed", "praised", "flooded")
_OBJECTS = ("joint patrols", "the barrier", "1,200 fishing boats", "Quay Hill school", "a £4.2m scheme")
_TAILS = ("", " on Tuesday", " in March 2024", " because it cost too much", " near Calais", ", the minister said")


def texts() -> st.SearchStrategy[str]:
    """Any text that can be stored: what ingestion makes of any characters."""
    pieces = st.one_of(st.sampled_from(_PIECES), st.text(max_size=4))
    return st.lists(pieces, max_size=25).map(lambda found: clean("".join(found)).text).filter(str.strip)


def spans_of(text: str) -> st.SearchStrategy[Span]:
    starts = st.integers(0, len(text) - 1)
    return starts.flatmap(lambda start: st.integers(start + 1, len(text)).map(lambda end: Span(start, end)))


def reports() -> st.SearchStrategy[str]:
    """Texts of plain news sentences, which ask for and give the same few things."""
    sentence = st.tuples(*map(st.sampled_from, (_SUBJECTS, _VERBS, _OBJECTS, _TAILS)))
    written = sentence.map(lambda words: "{} {} {}{}.".format(*words))
    return st.lists(written, min_size=1, max_size=6).map(" ".join)


def newspaper_articles() -> st.SearchStrategy[Article]:
    titles = st.tuples(st.sampled_from(_SUBJECTS), st.sampled_from(_OBJECTS)).map(" and ".join)
    days = st.sampled_from([None, "2024-03-06", "2025-01-02T10:00:00+00:00"])
    return st.builds(Article, title=titles, text=reports(), published=days)


def articles() -> st.SearchStrategy[Article]:
    """Whatever an import can store: few keys, addresses and texts, so that they meet again."""
    fields = {
        "id": st.sampled_from([None, "a", "b", "c\u0301", "🗝"]),
        "title": st.sampled_from(["", "Two  words", "Séguin wins"]) | texts(),
        "url": st.none() | st.sampled_from(["https://packet.example/1", "https://packet.example/2"]),
        "source": st.sampled_from([None, "The Penhallow Packet"]),
        "author": st.sampled_from([None, "Tamsin Goode"]),
        "published": st.sampled_from([None, "2024-03-06", "2024/3/6", "2025-01-02T10:00:00Z"]),
        "text": st.sampled_from(["One story.", "One  story.", "Another.\n\nIt goes on."]) | texts(),
    }
    return st.fixed_dictionaries(fields).map(lambda line: read_line(json.dumps(line)).article)


def guilds() -> st.SearchStrategy[Guild]:
    return st.sampled_from([SHARED, ADA, BEN])


def questions() -> st.SearchStrategy[str]:
    """Questions on what `reports` hold, and any other words."""
    asking = st.sampled_from(["Who", "Why", "When", "Where", "What", "Which board", "How many boats", "Who, and why,"])
    asked = st.tuples(asking, st.sampled_from(_VERBS), st.sampled_from(_OBJECTS)).map(
        lambda words: " ".join(words) + "?"
    )
    return asked.map(" ".join).map("{}?".format) | st.text(max_size=60)
