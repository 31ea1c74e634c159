"""Stories for tests, besides the shipped ones, and a way to put them on a guild's shelf."""

from pathlib import Path

from retrieval.archive import Added
from retrieval.article import SHARED, Article, Guild
from retrieval.library import Library

CHAIR = "Who is the chair of the harbour board?"
"""A question that the shipped stories answer."""

MINE = "Who owns the Brackwater mine?"

BRACKWATER = Article(
    "Brackwater mine to reopen",
    "The Brackwater mine will reopen in May, its new owner Hester Quill said on Friday. "
    "Hester Quill owns the Brackwater mine since January. The mine employed 300 people until it closed in 1998.",
    url="https://brackwater.example/mine",
    source="Brackwater Echo",
    published="2024-05-03",
)
"""A story that the shipped ones do not hold; it answers MINE."""

PASTED = """Ferry to Sandholm sold

The ferry to Sandholm was sold on Monday to the shipping company Nordwater for £2m. Elin Marsh is \
the captain of the Sandholm ferry since 2011.

The ferry carries 90,000 people a year. It will run every hour from June."""


def stock(archive: Path, guild: Guild, *articles: Article) -> list[Added]:
    """Add articles as another process would, while a bot may be using the archive."""
    with Library.open(archive) as library:
        return [library.add(guild, article) for article in articles]


def titles(archive: Path, guild: Guild = SHARED) -> list[str]:
    with Library.open(archive) as library:
        return [version.article.title for version in library.shelf(guild).versions()]


def numbered(count: int) -> list[Article]:
    """So many small articles: Notice 1, Notice 2, …."""
    return [
        Article(f"Notice {number}", f"Notice {number} was put up on the church door at noon.", key=str(number))
        for number in range(1, count + 1)
    ]
