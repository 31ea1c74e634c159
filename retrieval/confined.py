"""Reading what strangers made, in a process of its own: it can take no more time and memory than it is given.

    Unfinished
    ├── OutOfTime      the program was ended at its limit of seconds
    ├── OutOfMemory    it asked for more memory than it may have
    └── Crashed        it ended in any other way without an answer

A file that was made to harm would otherwise hold up whoever waits for it, and all others with it. The one side calls
`tell`, the program that it names calls `answer`; between them go bytes one way and one JSON object back.
"""

import json
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

Told: TypeAlias = dict[str, Any]
"""What a program answers, or is asked besides the bytes: only what JSON can hold."""

_OUT_OF_MEMORY = 3
_PACKAGES = str(Path(__file__).parent.parent)
_NEEDED = ("HOME", "LD_LIBRARY_PATH", "PATH", "PYTHONHOME", "TMPDIR")
"""Of the environment; a program that reads what strangers made is not told the secrets that stand there."""


class Unfinished(Exception):
    """The program gave no answer."""


class OutOfTime(Unfinished):
    pass


class OutOfMemory(Unfinished):
    pass


class Crashed(Unfinished):
    pass


@dataclass(frozen=True, slots=True)
class Confines:
    """Seconds and bytes of memory that a program may take."""

    seconds: int
    memory: int


def tell(program: Path, source: bytes, asked: Mapping[str, object], confines: Confines) -> Told:
    """Run a program on a source and return its answer; raises `Unfinished` when it gives none."""
    given = json.dumps({"asked": asked, "confines": asdict(confines)})
    try:
        ended = subprocess.run(  # noqa: S603  # programs of this package, never a name from outside
            [sys.executable, "-P", str(program), given],
            input=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=confines.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise OutOfTime from None
    return _answer_of(ended)


def _environment() -> dict[str, str]:
    paths = filter(None, (_PACKAGES, os.environ.get("PYTHONPATH")))
    needed = {name: os.environ[name] for name in _NEEDED if name in os.environ}
    return {**needed, "PYTHONPATH": os.pathsep.join(paths)}


def _answer_of(ended: subprocess.CompletedProcess[bytes]) -> Told:
    if ended.returncode == _OUT_OF_MEMORY:
        raise OutOfMemory
    if ended.returncode:
        raise Crashed(f"ended with {ended.returncode}")
    return dict(json.loads(ended.stdout))


def answer(work: Callable[[bytes, Told], Told]) -> None:
    """Be the program: take on the confines, do the work on standard input, write what it returns, and end."""
    given = json.loads(sys.argv[1])
    confines = Confines(**given["confines"])
    resource.setrlimit(resource.RLIMIT_AS, (confines.memory, confines.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (confines.seconds + 1, confines.seconds + 1))  # should nobody wait any more
    logging.disable()
    try:
        sys.stdout.write(json.dumps(work(sys.stdin.buffer.read(), given["asked"])))
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)
