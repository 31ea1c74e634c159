"""WordPiece: the pieces of words that an encoder of the BERT family reads, with their places in the text.

Words are lower-cased and lose their accents, punctuation stands alone, and each word is cut greedily into the longest
pieces of the vocabulary (Wu et al., "Google's neural machine translation system", 2016; Devlin et al., "BERT", 2019).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|[^\w\s]|_")
_LONGEST_WORD = 100
_CACHED = 200_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary's ids for a text, and for each the code points of the text that it stands for."""

    ids: list[int]
    places: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.ids)


class WordPiece:
    """A vocabulary, one piece a line as BERT's `vocab.txt` has it; `##` begins a piece inside a word."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece.rstrip("\n"): number for number, piece in enumerate(vocabulary)}
        self.cls, self.sep = self._ids["[CLS]"], self._ids["[SEP]"]
        self._unknown = self._ids["[UNK]"]
        self._words: dict[str, list[tuple[int, int, int]]] = {}

    @property
    def size(self) -> int:
        """The number of pieces in the vocabulary."""
        return len(self._ids)

    def pieces(self, text: str) -> Pieces:
        ids: list[int] = []
        places: list[tuple[int, int]] = []
        for match in _WORD.finditer(text):
            begin = match.start()
            for number, start, end in self._of_word(match[0]):
                ids.append(number)
                places.append((begin + start, begin + end))
        return Pieces(ids, places)

    def _of_word(self, word: str) -> list[tuple[int, int, int]]:
        """The word's pieces: id, and where each starts and ends in the word."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= _CACHED:
                self._words.clear()
            known = self._words[word] = self._cut(word)
        return known

    def _cut(self, word: str) -> list[tuple[int, int, int]]:
        letters, places = _folded(word)
        pieces: list[tuple[int, int, int]] = []
        start = 0
        while start < len(letters):
            end = self._longest(letters, start)
            if end == start or len(letters) > _LONGEST_WORD:
                return [(self._unknown, 0, len(word))]
            name = letters[start:end] if start == 0 else f"##{letters[start:end]}"
            pieces.append((self._ids[name], places[start], places[end - 1] + 1))
            start = end
        return pieces

    def _longest(self, letters: str, start: int) -> int:
        """Where the longest piece that begins at `start` ends; `start` itself where there is none."""
        prefix = "##" if start else ""
        for end in range(len(letters), start, -1):
            if prefix + letters[start:end] in self._ids:
                return end
        return start


def _folded(word: str) -> tuple[str, list[int]]:
    """The word in lower case without accents, and for each letter left its place in the word."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(word):
        for part in unicodedata.normalize("NFD", letter.lower()):
            if unicodedata.category(part) != "Mn":
                letters.append(part)
                places.append(place)
    return "".join(letters), places
