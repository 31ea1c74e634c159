"""Folding: letters without case, accents and the differences between apostrophes."""

import unicodedata


def fold(words: str) -> str:
    """Return the words in lower case without accents, with straight apostrophes; what cannot be stored is left out."""
    lower = words.casefold().replace("’", "'")
    if lower.isascii():
        return lower.replace("\0", "")
    letters = unicodedata.normalize("NFKD", lower)
    return "".join(
        letter for letter in letters if not unicodedata.combining(letter) and not "\ud800" <= letter <= "\udfff"
    )
