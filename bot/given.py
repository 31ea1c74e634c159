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
        title=_line(title) or article.title,
        source=_line(source) or article.source,
        url=_line(url) or article.url,
        published=published or article.published,
    )
    return replace(reading, article=told)


def _line(words: str | None) -> str:
    return " ".join(clean(words or "").text.split())
