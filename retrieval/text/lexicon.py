"""The lexicon: which words are English, and verbs in their forms: rejected → reject."""

from lemminflect import getAllLemmas, getLemma


def is_word(word: str) -> bool:
    """Whether a word is one of a dictionary, in any of its forms; names are not."""
    return bool(getAllLemmas(word.lower()))


def is_verb(word: str) -> bool:
    """Whether a word is a verb in its past or in the form after "did", and no adjective as well, as *joint* is."""
    sorts = getAllLemmas(word)
    return is_past(word) or (base_form(word) == word and "VERB" in sorts and "ADJ" not in sorts)


def is_plural(word: str) -> bool:
    """Whether a word is the plural of a noun: countries, men."""
    lemmas = getLemma(word.lower(), upos="NOUN", lemmatize_oov=False)
    return bool(lemmas) and word.lower() not in lemmas


def base_form(verb: str) -> str:
    """The form of a verb that follows "did"; the word itself where it is in that form, or none that is known."""
    return str(next(iter(getLemma(verb.lower(), upos="VERB")), verb))


def is_past(word: str) -> bool:
    """Whether a word looks like the past of a verb: rejected, sold; not put, which looks the same in the present."""
    return word.islower() and not word.endswith(("s", "ing")) and base_form(word) != word
