"""Terms that are hard to tell apart, and lexicons of them."""

from collections.abc import Iterable

from hypothesis import strategies as st

from retrieval.index.lexicon import Lexicon, encoded

_letters = st.sampled_from(["a", "b", "abcdefgh", "\0", "é", "🙂", "\ud800", "abcdefghijkl"])
words = st.lists(_letters, max_size=4).map("".join)
vocabularies = st.sets(words | st.text(max_size=15))


def lexicon_of(words: Iterable[str]) -> Lexicon:
    return Lexicon.of(sorted(encoded(words)))
