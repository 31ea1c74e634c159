"""What many small guilds cost: memory, open files, and the time of a guild's first question and of a later one.

    python -m tests.benchmarks.guilds [--guilds 10000] [--articles 20] [--json]

Each guild has a few articles of its own, of about 400 words, and all are asked in turn, twice: each partition is read
from the archive, and as only those asked last stay open, most are read again the second time. Then ten guilds are asked
again and again. Wall times, and resident memory beyond what the program has when it begins. To store and ask ten
thousand guilds takes some twenty minutes.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from retrieval.article import SHARED, Article, Guild
from retrieval.library import Library
from retrieval.text.terms import terms
from tests.benchmarks.corpus import articles, questions

_LENGTH = 2_700
"""Characters of an article."""
_FEW = 10
"""Guilds that are asked again and again."""
_ROUNDS = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--guilds", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    made = [*articles(400)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.db"
        with Library.open(path) as library:
            for guild in range(1, arguments.guilds + 1):
                _store(library, guild, arguments.articles, made)
        figures = _measured(path, range(1, arguments.guilds + 1), [terms(asked) for asked in questions(made, 300)])
    print(json.dumps(figures) if arguments.json else "\n".join(f"{name:20} {value}" for name, value in figures.items()))


def _store(library: Library, guild: Guild, count: int, made: list[Article]) -> None:
    chance = random.Random(guild)  # noqa: S311  # a corpus, not a secret
    with library.writing():
        for number in range(count):
            article, start = chance.choice(made), chance.randrange(_LENGTH)
            text = f"{article.text[start : start + _LENGTH]} This is number {number} of {guild}."
            library.add(guild, Article(article.title, text))


def _measured(path: Path, guilds: Iterable[Guild], asked: list[list[str]]) -> dict[str, float]:
    with Library.open(path) as library:
        library.index.size(library.shelf(SHARED))
        before = _resident_mb()
        rounds = [sorted(_ms(library, guild, asked) for guild in guilds) for _ in range(_ROUNDS)]
        again = sorted(_ms(library, guild, asked) for _ in range(200) for guild in [*guilds][-_FEW:])
        began = time.perf_counter()
        library.index.follow(60.0)
        return {
            "first_p50_ms": _percentile(rounds[0], 50),
            "first_p99_ms": _percentile(rounds[0], 99),
            "in_turn_p50_ms": _percentile(rounds[-1], 50),
            "again_p50_ms": _percentile(again, 50),
            "again_p99_ms": _percentile(again, 99),
            "idle_look_ms": round(1000 * (time.perf_counter() - began), 3),
            "memory_mb": round(_resident_mb() - before, 1),
            "open_files": len([*Path("/proc/self/fd").iterdir()]),
            "files": sum(1 for file in path.parent.rglob("*") if file.is_file()),
            "archive_mb": round(path.stat().st_size / 1e6, 1),
        }


def _ms(library: Library, guild: Guild, asked: list[list[str]]) -> float:
    began = time.perf_counter()
    library.index.rank(library.shelf(guild), asked[guild % len(asked)], 10)
    return 1000 * (time.perf_counter() - began)


def _percentile(ascending: list[float], share: int) -> float:
    return round(ascending[len(ascending) * share // 100], 3)


def _resident_mb() -> float:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    main()
