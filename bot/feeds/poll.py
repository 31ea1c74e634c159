"""Polls: what came of asking a feed."""

from dataclasses import dataclass, replace

from retrieval.archive import Added
from retrieval.feed.subscription import Failure, Subscription


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of asking a feed, and how it is now; `feed.error` says why it could not be read.

    `added` counts new articles, `corrected` new versions of articles, `known` texts that were there already, and
    `missed` the pages that gave no article.
    """

    feed: Subscription
    added: int = 0
    corrected: int = 0
    known: int = 0
    missed: int = 0

    def after(self, came: Added | Failure | None) -> "Poll":
        """The same with what came of one page more; None where it is not wanted any more."""
        match came:
            case Added(duplicate_of=int()):
                return replace(self, known=self.known + 1)
            case Added(version=1):
                return replace(self, added=self.added + 1)
            case Added():
                return replace(self, corrected=self.corrected + 1)
            case Failure():
                return replace(self, missed=self.missed + 1)
            case None:
                return self
