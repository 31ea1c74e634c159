"""retrieval knows nothing of Discord, the event loop or the terminal, and its modules stand in layers."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.retrieval.world import CHECKOUT

MODULES = {
    ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (CHECKOUT / "retrieval").rglob("*.py")
}
KEPT_OUT = {"aiohttp", "asyncio", "bot", "click", "discord", "rich", "structlog", "tests"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_nothing_of_discord_or_the_terminal(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(MODULES[module])} & KEPT_OUT


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: {name for name in imports(path) if name in MODULES} - {module} for module, path in MODULES.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_no_room_needs_another_that_needs_it() -> None:
    """A room is a package or a module that stands directly in `retrieval`."""
    rooms: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        used = {room_of(name) for name in imports(path) if name in MODULES}
        rooms.setdefault(room_of(module), set()).update(used)
    graph = {room: used - {room, ""} for room, used in rooms.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


def room_of(module: str) -> str:
    return module.partition(".")[2].partition(".")[0]
