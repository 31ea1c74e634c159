"""Verbs in their forms: rejected → reject."""

from lemminflect import getLemma


def base_form(word: str) -> str:
    """The form of a verb that follows "did"; the word itself where it is in that form, or none that is known."""
    return str(next(iter(getLemma(word.lower(), upos="VERB")), word))


def is_past(word: str) -> bool:
    """Whether a word looks like the past of a verb: rejected, sold; not put, which looks the same in the present."""
    return word.islower() and not word.endswith(("s", "ing")) and base_form(word) != word
