"""How long an answer takes, how long it keeps the event loop waiting, and how much memory that needs.

    python -m tests.benchmarks.answering [--passages 10000] [--corpus FILE.jsonl] [--questions 200] [--json]

The first figure is CPU time of one answer, archive to verified quotation, without a trained reader. Beside it, in the
same run: the time rank-bm25 alone takes to score every passage for the same question. Then the wall time of an answer
with the reader; the longest time that a timer on the event loop came late while questions were answered one after
another; and the most memory that `quotidian ask -` held.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rank_bm25 import BM25Plus

from bot.finder import finder
from bot.newsroom import Newsroom
from bot.settings import ArchiveSettings, Settings
from retrieval.answers.answering import answer
from retrieval.article import SHARED, Article
from retrieval.asking.understanding import understand
from retrieval.finding.finders import RuleFinder
from retrieval.ingest.jsonl import read_line
from retrieval.ingest.lines import open_lines
from retrieval.library import Library
from retrieval.text.terms import terms
from tests.benchmarks.corpus import articles, questions

_PASSAGES_AN_ARTICLE = 11
_TICK = 0.001
_ASKER = 1
_WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main() -> None:
    arguments = _arguments()
    made = _corpus(arguments)
    asked = questions(made, arguments.questions)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.db"
        with Library.open(path) as library:
            with library.writing():
                for article in made:
                    library.add(SHARED, article)
            figures = _answer_times(library, asked) | _reader_times(library, asked) | _oracle_times(library, asked[:20])
        figures |= asyncio.run(_loop_delay(path, asked)) | _memory(path, asked)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:28} {figure:10.2f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _corpus(arguments: argparse.Namespace) -> list[Article]:
    if arguments.corpus is None:
        return list(articles(arguments.passages // _PASSAGES_AN_ARTICLE))
    return [read_line(line).article for line in open_lines(arguments.corpus)]


def _answer_times(library: Library, asked: list[str]) -> dict[str, float]:
    shelf = library.shelf(SHARED)
    started = time.process_time()
    count = library.index.size(shelf)
    built = time.process_time() - started
    times = []
    for question in asked:
        started = time.process_time()
        answer(library, SHARED, question, RuleFinder(0.5))
        times.append(1000 * (time.process_time() - started))
    times.sort()
    return {
        "passages": float(count),
        "index_build_s": built,
        "answer_p50_cpu_ms": times[len(times) // 2],
        "answer_p95_cpu_ms": times[len(times) * 95 // 100],
        "answer_max_cpu_ms": times[-1],
    }


def _reader_times(library: Library, asked: list[str]) -> dict[str, float]:
    """Wall time, because the reader uses several cores at once."""
    chosen = finder(Settings())
    times = []
    for question in asked:
        started = time.perf_counter()
        answer(library, SHARED, question, chosen)
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    return {"reader_p50_ms": times[len(times) // 2], "reader_p95_ms": times[len(times) * 95 // 100]}


def _memory(path: Path, asked: list[str]) -> dict[str, float]:
    """The most memory that the program holds while it answers these questions with the reader.

    A process between the two measures it: a child is first as large as the parent that it is forked from.
    """
    command = [sys.executable, "-m", "bot", "ask", "-", "--json", "--archive", str(path)]
    watched = [sys.executable, "-c", _WATCH, *command]
    ran = subprocess.run(watched, input="\n".join(asked).encode(), capture_output=True, check=True)
    return {"resident_mb": float(ran.stdout) / 1024}


def _oracle_times(library: Library, asked: list[str]) -> dict[str, float]:
    corpus = [
        terms(version.article.title) + terms(passage.span.within(version.article.text))
        for version in library.shelf(SHARED).versions()
        for passage in library.shelf(SHARED).passages(version.article_id)
    ]
    oracle = BM25Plus(corpus)
    times = []
    for question in asked:
        query = list(understand(question).parts[0].terms)
        started = time.process_time()
        oracle.get_scores(query)
        times.append(1000 * (time.process_time() - started))
    return {"rank_bm25_scores_p50_cpu_ms": sorted(times)[len(times) // 2]}


async def _loop_delay(path: Path, asked: list[str]) -> dict[str, float]:
    delays: list[float] = []

    async def watch() -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(_TICK)
            delays.append(1000 * (time.perf_counter() - started - _TICK))

    async with Newsroom(Settings(archive=ArchiveSettings(path=path))) as newsroom:
        watching = asyncio.create_task(watch())
        await asyncio.sleep(0.2)
        idle = max(delays)
        delays.clear()
        for question in asked:
            await newsroom.ask(SHARED, _ASKER, question)
        watching.cancel()
    delays.sort()
    return {
        "loop_delay_idle_max_ms": idle,
        "loop_delay_p95_ms": delays[len(delays) * 95 // 100],
        "loop_delay_p999_ms": delays[len(delays) * 999 // 1000],
        "loop_delay_max_ms": delays[-1],
    }


if __name__ == "__main__":
    main()
