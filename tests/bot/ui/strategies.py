"""Cards and words as bad as they come, for properties."""

from hypothesis import strategies as st

from bot.ui.cards import Card, Fate, Piece, Quote, Section, Source
from retrieval.article import Span

_SIGNS = (
    *("*", "**", "***", "_", "__", "`", "```", "~~", "||", "\\", "[", "](", ")", "<", ">", "(", ":", "@", "#"),
    *("> ", ">>> ", "# ", "### ", "-# ", "- ", "+ ", "* ", "1. ", "12) ", "٣. ", "\n", "\n\n", "  ", " ", "\t"),
    *("@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>", "<t:1:R>"),
    *("https://news.example/a", "[a](https://b.example)", "</ask:123456789012345678>", "<:x:123456789012345678>"),
    *(":smile:", "<id:guide>", "a", "B", "7", "é", "字", "🏳️‍🌈", "\u200f", "\u200b", "word", "http", "://", "."),
)

formatted = st.lists(st.sampled_from(_SIGNS), max_size=30).map("".join)
"""Texts of signs that mean something to Discord."""

words = st.one_of(formatted, st.text(max_size=60))
some_words = words.filter(str.strip)
long_words = st.tuples(some_words, st.integers(1, 300)).map(lambda drawn: drawn[0] * drawn[1])
"""Up to about 20,000 characters."""


@st.composite
def marks(draw: st.DrawFn, text: str) -> Span | None:
    if draw(st.booleans()):
        return None
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


addresses = st.one_of(
    st.none(),
    words,
    st.text(max_size=600).map("https://news.example/".__add__),
    st.sampled_from(
        ("javascript:alert(1)", "https://", "http://[", "https://a b", "https://news.example/" + "x" * 600)
    ),
    st.integers(0, 9).map("https://news.example/{}".format),
)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    maybe = st.one_of(st.none(), long_words)
    published = st.one_of(st.none(), words, st.dates().map(str))
    return Source(draw(long_words), draw(maybe), draw(published), draw(maybe), draw(addresses), draw(st.integers(1)))


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    text = draw(long_words)
    return Quote(text, draw(sources()), draw(marks(text)), tuple(draw(st.lists(long_words, max_size=5))))


changes = st.tuples(long_words, words, words).map(
    lambda drawn: [Piece(*each) for each in zip(drawn, (Fate.KEPT, Fate.REMOVED, Fate.ADDED), strict=True) if each[0]]
)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    heading, say = draw(st.tuples(st.one_of(st.none(), long_words), st.one_of(st.none(), long_words)))
    least = 0 if heading or say else 1
    quoted = draw(st.lists(quotes(), min_size=least, max_size=4))
    pieces = [piece for change in draw(st.lists(changes, max_size=3)) for piece in change]
    return Section(heading, say, tuple(quoted), tuple(pieces))


@st.composite
def cards(draw: st.DrawFn, most_sections: int = 10) -> Card:
    shown = draw(st.lists(sections(), min_size=1, max_size=most_sections))
    repeated = shown * draw(st.integers(1, most_sections // len(shown)))
    maybe = st.one_of(st.none(), long_words)
    return Card(tuple(repeated), draw(maybe), draw(maybe), good=draw(st.booleans()))
