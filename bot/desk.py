"""A desk: one thread with a library of its own, so that the event loop never waits for the archive."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from retrieval.library import Library

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Desk:
    """It is opened once, used from one event loop, and closed. `name` is its thread's."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._library: Library | None = None

    async def open(self, archive: Path) -> None:
        """Open the archive; raise `Unusable`."""

        def opened() -> None:
            self._library = Library.open(archive)

        await asyncio.get_running_loop().run_in_executor(self._executor, opened)

    async def do(self, work: Callable[Concatenate[Library, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Do work on the library after all that was asked for before, and return what it returns."""

        def done() -> _T:
            assert self._library is not None, "the desk is open"  # noqa: S101  # programming error, not input
            return work(self._library, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._executor, done)

    async def close(self) -> None:
        if self._library is not None:
            await asyncio.get_running_loop().run_in_executor(self._executor, self._library.close)
        self._executor.shutdown(wait=False, cancel_futures=True)
