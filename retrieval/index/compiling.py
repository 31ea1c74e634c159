"""Compiling functions with numba, which comes with the extra `fast`. Where it is missing, this cannot be imported."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit, types

_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(*signatures: Any) -> Callable[[_Function], _Function]:
    """Compile a function for these types when it is defined; what was compiled is kept on the disk, if it can be."""

    def compile_(function: _Function) -> _Function:
        try:
            return cast(_Function, njit([*signatures], cache=True, nogil=True, error_model="numpy")(function))
        except RuntimeError:  # no folder to keep it in may be written to
            return cast(_Function, njit([*signatures], nogil=True, error_model="numpy")(function))

    return compile_


def fixed(values: Any) -> Any:
    """The type of an array that is not written to."""
    return types.Array(values, 1, "C", readonly=True)
