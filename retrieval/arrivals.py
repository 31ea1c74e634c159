"""From a feed's entry to an article in the archive."""

from dataclasses import replace
from datetime import datetime

from retrieval.archive import Added
from retrieval.article import Article
from retrieval.feed.subscription import Failure, Subscription, Wanted
from retrieval.ingest.outlets import host_of
from retrieval.ingest.titles import opening_words
from retrieval.library import Library


def completed(article: Article, wanted: Wanted, outlet: str) -> Article:
    """The article on an entry's page, with what the page does not say of it and its feed does."""
    has_headline = article.title and article.title != opening_words(article.text)
    has_outlet = article.source and article.source != host_of(article.url or "")
    return replace(
        article,
        title=article.title if has_headline else wanted.title or article.title,
        source=article.source if has_outlet else outlet,
        author=article.author or wanted.author,
        published=article.published or wanted.published,
    )


def store(library: Library, feed: Subscription, wanted: Wanted, article: Article, now: datetime) -> Added | None:
    """Store the article on an entry's page, and note that the entry is done with.

    None where it is not wanted any more, because its feed or an earlier version of it was removed meanwhile.
    """
    with library.writing():
        if not library.feeds.announcements.is_wanted(wanted):
            return None
        library.feeds.keep(feed.id, now)
        added = library.add(feed.guild, completed(article, wanted, feed.title))
        library.feeds.announcements.stored(wanted, added.article_id, now)
        if added.duplicate_of is None and added.version == 1:
            library.feeds.brought(feed.id)
    return added


def missed(library: Library, feed: Subscription, wanted: Wanted, why: Failure, now: datetime) -> None:
    """Note why an entry's page gave no article, and do not ask its feed before its site wants to be asked."""
    with library.writing():
        library.feeds.keep(feed.id, now)
        library.feeds.announcements.failed(wanted, why, now)
        if why.not_before:
            library.feeds.put_off(feed.id, why.not_before, now)
