"""How long an import takes.

    python -m tests.benchmarks.importing [--articles 1000] [--corpus FILE.jsonl] [--json]

Articles of about 860 words go into a new archive on disk, as `quotidian import` puts them there; then the passage index
is built once, as the next question would have it. Wall time.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

from retrieval.article import SHARED
from retrieval.exchange import imported
from retrieval.ingest.jsonl import write_line
from retrieval.ingest.lines import open_lines
from retrieval.library import Library
from tests.benchmarks.corpus import articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    made = [write_line(article, article.key, None).encode() for article in articles(arguments.articles)]
    lines = list(open_lines(arguments.corpus)) if arguments.corpus else made
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "benchmark.db") as library:
        started = time.perf_counter()
        for progress in imported(library, SHARED, lines):
            last = progress
        stored = time.perf_counter()
        passages = library.index.size(library.shelf(SHARED))
        indexed = time.perf_counter()
    figures = {
        "articles": last.added,
        "passages": passages,
        "import_s": round(stored - started, 2),
        "index_s": round(indexed - stored, 2),
    }
    print(json.dumps(figures) if arguments.json else "\n".join(f"{name:12} {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
