"""What a person says of an article besides its text."""

from dataclasses import replace

from retrieval.ingest.decoding import clean
from retrieval.ingest.reading import Reading


def given(
    reading: Reading,
    title: str | None,
    source: str | None,
    url: str | None = None,
    published: str | None = None,
) -> Reading:
    """Let what is given win over what was found in the text; what is blank says nothing."""
    article = reading.article
    told = replace(
        article,
        title=one_line(title) or article.title,
        source=one_line(source) or article.source,
        url=one_line(url) or article.url,
        published=published or article.published,
    )
    return replace(reading, article=told)


def one_line(words: str | None) -> str:
    """The words as one line without what cannot be shown; empty where nothing is left."""
    return " ".join(clean(words or "").text.split())
