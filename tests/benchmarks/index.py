"""How fast the passage index is, beside its rivals, in one run and on the same terms.

    python -m tests.benchmarks.index [--passages 10000] [--questions 300] [--json]
    python -m tests.benchmarks.index --corpus FILE.jsonl [--passages N] [--questions 300] [--json]

The passages are made up, or those of real articles, one a line as `quotidian export` writes them: the first N, or all.

Measured are those that are installed (`pip install '.[bench]'`), each in a process of its own: building from lists of
terms; a question's p50, p95 and p99 over the whole archive and over one guild's hundredth of it; adding an article of
ten passages, until it is found; the room on the disk; and, in another process that opens what was built, the time from
its start to the first answer, and its memory when all questions are answered. Wall times. `overlap10` is how many of
the ten best passages are among rank-bm25's ten best, where equal scores count as equal.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from retrieval.ingest.jsonl import read_line
from retrieval.ingest.lines import open_lines
from tests.benchmarks.engine_run import COMPARED
from tests.benchmarks.engines import ENGINES, NEEDED, RankBM25
from tests.benchmarks.tokens import Corpus, read_passages, read_questions

_PASSAGES = 10_000
_FIGURES = (
    "build_s p50_ms p95_ms p99_ms guild_p50_ms add_ms disk_mb rss_mb cold_ms overlap10 k50_p50_ms k50_p95_ms k50_p99_ms"
).split()
_NAMES = {"p50_ms_guild": "guild_p50_ms"} | {f"p{share}_ms_of_50": f"k50_p{share}_ms" for share in (50, 95, 99)}


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        corpus = _corpus(arguments)
        corpus.save(folder)
        print(f"{len(corpus)} passages", file=sys.stderr)
        installed = [name for name in ENGINES if all(map(find_spec, NEEDED.get(name, ())))]
        measured = {name: _measured(name, folder) for name in installed}
        overlaps = _overlaps(folder, {name: each["top"] for name, each in measured.items()})
    figures = {
        name: {_NAMES.get(figure, figure): value for figure, value in each.items()} | {"overlap10": overlaps[name]}
        for name, each in measured.items()
    }
    figures = {name: {figure: each[figure] for figure in _FIGURES} for name, each in figures.items()}
    if arguments.json:
        print(json.dumps(figures))
    else:
        _show(figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _corpus(arguments: argparse.Namespace) -> Corpus:
    if arguments.corpus is None:
        return Corpus.made_up(arguments.passages or _PASSAGES, arguments.questions)
    articles = (read_line(line).article for line in open_lines(arguments.corpus))
    return Corpus.of(articles, arguments.passages, arguments.questions)


def _measured(name: str, folder: Path) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for what in ("build", "start"):
        command = [sys.executable, "-m", "tests.benchmarks.engine_run", what, name, str(folder), str(time.time())]
        ran = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        figures |= json.loads(ran.stdout)
    print(f"{name} measured", file=sys.stderr)
    return figures


def _overlaps(folder: Path, found: Mapping[str, list[list[int]]]) -> dict[str, float]:
    """For each engine, which part of what it found is as good as rank-bm25's ten best."""
    oracle = RankBM25.build(read_passages(folder), folder)
    questions = read_questions(folder)[:COMPARED]
    best = [oracle.scores(terms, top) for terms, top in zip(questions, found["rank-bm25"], strict=True)]
    return {
        name: sum(
            score >= min(tenth) * (1 - 1e-6)
            for terms, top, tenth in zip(questions, tops, best, strict=True)
            for score in oracle.scores(terms, top)
        )
        / sum(map(len, best))
        for name, tops in found.items()
    }


def _show(figures: Mapping[str, Mapping[str, float | None]]) -> None:
    table = Table("", *figures, box=None)
    for figure in _FIGURES:
        values = (each[figure] for each in figures.values())
        table.add_row(figure, *("–" if value is None else f"{value:.3g}" for value in values))
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
