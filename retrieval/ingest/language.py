"""The language of a text, as far as its words tell."""

from functools import cache
from threading import Lock

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from retrieval.ingest.forms import count_words

LANGUAGES = tuple(
    "ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru sk sl sq sr sv ta th tr uk "
    "ur vi zh".split()
)
"""The languages that are told apart, by their ISO 639-1 codes."""

_FEWEST_WORDS = 10
_SAMPLE = 2_000
"""Characters from which the language is judged."""

_SURE = 0.75
"""The probability from which on a language is named."""

_LOADING = Lock()


def language_of(text: str) -> str | None:
    """Name the language by its ISO 639-1 code; None for a text that is too short or not surely in one of them.

    The same text always has the same language. The first call loads the model: most of a second, 100 MB; a further one
    takes about half a millisecond.
    """
    sample = text[:_SAMPLE]
    if count_words(sample) < _FEWEST_WORDS:
        return None
    with _LOADING:
        identifier = _identifier()
    code, probability = identifier.classify(sample)
    return str(code) if probability >= _SURE else None


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
