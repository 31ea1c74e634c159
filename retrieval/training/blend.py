"""Blend a reader with the one that it was trained further from: the mean of their weights.

    python -m retrieval.training.blend --before FILE --after FILE --share 0.7 --to FILE

Between the two lies a reader that is better than either where the questions differ from those it was trained on last
(Wortsman and others, "Robust fine-tuning of zero-shot models", 2022). All three are checkpoints of
`retrieval.training.train`.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--after", type=Path, required=True)
    parser.add_argument("--share", type=float, required=True, help="how much the later one counts, from 0 to 1")
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    before, after = (torch.load(each, "cpu", weights_only=True) for each in (arguments.before, arguments.after))
    torch.save(after | {"reader": blended(before["reader"], after["reader"], arguments.share)}, arguments.to)


def blended(before: dict[str, Tensor], after: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Return the mean of two readers' weights, in which the later one counts `share`."""
    return {name: torch.lerp(before[name], weight, share) for name, weight in after.items()}


if __name__ == "__main__":
    main()
