"""Following: a partition is brought up to date with its archive, article by article."""

from collections.abc import Iterator

from retrieval.archive import Archive
from retrieval.article import Guild
from retrieval.index.change import Change
from retrieval.index.growing import Indexed
from retrieval.index.partition import Partition
from retrieval.shelf import Shelf
from retrieval.text.terms import terms

_AT_A_TIME = 500
"""Changes that are asked for."""


def follow(partition: Partition, archive: Archive, guild: Guild) -> Iterator[int]:
    """Read each article of a guild that has changed, once; yield how many were read, after each.

    Whenever this is left, the partition's change says how far it came, and the rest is read the next time. An article
    is read as it is now: a change of it that comes later is in the partition already, and does no harm there.
    """
    latest = archive.change_number()
    if partition.change.number == latest:
        return
    shelf, read = archive.shelf(guild), set[int]()
    while changes := archive.changes_since(partition.change.number, guild, _AT_A_TIME):
        for number, mark, article_id in changes:
            known = article_id in read
            if not known:
                partition.add(article_id, _indexed(shelf, article_id))
                read.add(article_id)
            partition.change = Change(number, mark)
            if not known:
                yield len(read)
    partition.change = Change(latest, archive.mark(latest))


def _indexed(shelf: Shelf, article_id: int) -> list[Indexed]:
    """The passages of an article as they are indexed, each with its article's title; none where it is gone."""
    passages = shelf.passages(article_id)
    if not passages:
        return []
    article = shelf.newest(article_id).article
    title = terms(article.title)
    return [(passage.id, title + terms(passage.span.within(article.text))) for passage in passages]
