"""One engine, measured in a process of its own; see `tests.benchmarks.index`, which starts it.

    python -m tests.benchmarks.engine_run build|start ENGINE FOLDER STARTED

`build` indexes the corpus that FOLDER holds, asks and adds; `start` opens what was built and asks. Figures go to
standard output as JSON. STARTED is the time when the process was started.
"""

import contextlib
import gc
import io
import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import ENGINES, PASSAGES_AN_ARTICLE, Engine

_ENOUGH_S = 20.0
"""A slow engine is asked fewer questions."""
_ADDED = 200
"""Articles."""
COMPARED = 20
"""Questions whose answers are compared."""


def main() -> None:
    what, name, folder, started = sys.argv[1], sys.argv[2], Path(sys.argv[3]), float(sys.argv[4])
    with contextlib.redirect_stdout(io.StringIO()):  # some engines talk
        figures = build(name, folder) if what == "build" else start(name, folder, started)
    print(json.dumps(figures))


def build(name: str, folder: Path) -> dict[str, Any]:
    """Measure building, searching and adding, and how much room it takes on the disk."""
    from tests.benchmarks.tokens import read_passages, read_questions

    passages, questions = read_passages(folder), read_questions(folder)
    gc.freeze()  # the passages are no garbage: looking through them again and again would slow every engine
    own = folder / name
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    began = time.perf_counter()
    engine = ENGINES[name].build(passages, own)
    figures: dict[str, Any] = {"build_s": time.perf_counter() - began}
    engine.save(own)
    figures["disk_mb"] = sum(file.stat().st_size for file in own.rglob("*") if file.is_file()) / 1e6
    engine.search(questions[0], 10)
    figures["top"] = [engine.search(question, 10) for question in questions[:COMPARED]]
    for suffix, times in {
        "": _times(engine.search, questions, 10),
        "_of_50": _times(engine.search, questions, 50),
        "_guild": _times(engine.search_guild, questions, 10),
    }.items():
        figures |= {f"p{share}_ms{suffix}": times[len(times) * share // 100] for share in (50, 95, 99)}
    return figures | _added(engine, passages)


def start(name: str, folder: Path, started: float) -> dict[str, Any]:
    """Measure the time from the start of the process to the first answer, and its memory when all are given."""
    questions = json.loads((folder / "questions.json").read_text("utf-8"))
    engine = ENGINES[name].open(folder / name)
    engine.search(questions[0], 10)
    figures = {"cold_ms": 1000 * (time.time() - started)}
    _times(engine.search, questions, 10)
    (resident,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return figures | {"rss_mb": int(resident.split()[1]) / 1000}


def _times(search: Callable[[list[str], int], Any], questions: list[list[str]], at_most: int) -> list[float]:
    """Wall times in milliseconds, ascending."""
    times: list[float] = []
    for question in questions:
        began = time.perf_counter()
        search(question, at_most)
        times.append(1000 * (time.perf_counter() - began))
        if sum(times) > 1000 * _ENOUGH_S:
            break
    return sorted(times)


def _added(engine: Engine, passages: list[list[str]]) -> dict[str, Any]:
    times = []
    try:
        for number in range(_ADDED):
            article = passages[PASSAGES_AN_ARTICLE * number : PASSAGES_AN_ARTICLE * (number + 1)]
            began = time.perf_counter()
            engine.add(article)
            times.append(1000 * (time.perf_counter() - began))
    except NotImplementedError:
        return {"add_ms": None}
    return {"add_ms": sorted(times)[len(times) // 2]}


if __name__ == "__main__":
    main()
