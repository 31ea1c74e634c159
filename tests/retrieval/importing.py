"""A process that imports stories without end, and says how many are safely stored whenever some are.

Run as `python -m tests.retrieval.importing ARCHIVE`.
"""

import json
import sys
from itertools import count
from pathlib import Path

from retrieval.article import SHARED
from retrieval.exchange import imported
from retrieval.library import Library


def main() -> None:
    lines = (json.dumps({"title": f"Story {n}", "text": f"The board met for time {n}."}).encode() for n in count(1))
    with Library.open(Path(sys.argv[1])) as library:
        for progress in imported(library, SHARED, lines):
            print(progress.added, flush=True)


if __name__ == "__main__":
    main()
