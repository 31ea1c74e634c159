"""Files that come with the program: beside this module in an installation, in the folder `data/` of a checkout."""

from pathlib import Path

_INSTALLED = Path(__file__).parent
_CHECKOUT = _INSTALLED.parent.parent / "data"


def shipped(name: str) -> Path:
    """Return the path of a shipped file; raise `FileNotFoundError` where neither place has it."""
    for folder in (_INSTALLED, _CHECKOUT):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"{name} is missing from this installation")
