"""Feeds: what an outlet says it has published lately."""

from retrieval.feed.entries import Entry, Feed, NoFeed
from retrieval.feed.reading import read_feed

__all__ = ["Entry", "Feed", "NoFeed", "read_feed"]
