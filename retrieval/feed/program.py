"""The program that reads one feed, confined; `reading` starts it."""

from dataclasses import asdict

from retrieval.confined import Told, answer
from retrieval.feed.entries import NoFeed
from retrieval.feed.parsing import parse_feed


def read(source: bytes, asked: Told) -> Told:
    """The feed that an address gave, or why there is none."""
    try:
        return asdict(parse_feed(source, asked["url"], asked["content_type"]))
    except NoFeed as error:
        return {"refused": str(error), "feeds": error.feeds}


if __name__ == "__main__":
    answer(read)
