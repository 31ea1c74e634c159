"""How sure an answer is: what the reader marked, weighed against each other and against "no answer".

The chance of marked words is the softmax of their log odds against "no answer", over everything that was read; so words
of different passages compete (as in Clark and Gardner, "Simple and effective multi-paragraph reading comprehension",
2018). The log odds are linear in the reader's margin and in what speaks for the sentence without it. The coefficients
were fitted on questions that the reader had not learnt from; they lie beside the model.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from retrieval.finding.reader import BrokenModel

_MOST_LOG_ODDS = 30.0


class Signs(NamedTuple):
    """What the chance depends on that marked words are right."""

    margin: float  # how much higher the reader scores them than "no answer"
    behind: float  # how far the sentence's own score is above (never) or below the best one's
    support: float  # the share of the part's terms that the surroundings mention
    agrees: float  # whether the rules for this kind of question choose these words as well
    missing: float  # the share of the names that are asked about which the article does not mention


@dataclass(frozen=True, slots=True)
class Calibration:
    """The coefficients of the log odds.

    `no_answer` is the margin below which the reader alone, without a search, gives no answer.
    """

    constant: float = -3.0
    margin: float = 0.4
    behind: float = 0.1
    support: float = 2.0
    agrees: float = 0.8
    missing: float = -1.0
    no_answer: float = 0.0

    @classmethod
    def beside(cls, model: Path) -> Self:
        """Read them from `calibration.toml` in the model's folder; a model that has none gets cautious defaults.

        Raises `BrokenModel` for a file that cannot be used.
        """
        file = model / "calibration.toml"
        try:
            return cls(**tomllib.loads(file.read_text("utf-8"))) if file.exists() else cls()
        except (OSError, ValueError, TypeError) as error:
            raise BrokenModel(f"The reader's {file} cannot be used: {error}.") from error

    def log_odds(self, signs: Signs) -> float:
        """Return the log odds of marked words against "no answer", between -30 and 30."""
        weights = (self.margin, self.behind, self.support, self.agrees, self.missing)
        log_odds = self.constant + sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
        return max(-_MOST_LOG_ODDS, min(_MOST_LOG_ODDS, log_odds))


def chances(log_odds: Sequence[float]) -> list[float]:
    """Return the chance of each alternative; what is missing to 1 is the chance of "no answer"."""
    odds = [math.exp(each) for each in log_odds]
    total = 1.0 + math.fsum(odds)
    return [each / total for each in odds]
