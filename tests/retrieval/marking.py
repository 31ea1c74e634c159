"""A reader for tests that marks what it is told to, and models to load."""

from collections.abc import Collection, Sequence
from pathlib import Path

from retrieval.article import Span
from retrieval.finding.reader import Marked, Reader
from retrieval.shipped import shipped

UNSURE = -8.0


class Marker(Reader):
    """Marks the words it knows wherever a sentence holds them, with their margin; in others, the first word."""

    def __init__(self, margins: dict[str, float]) -> None:
        self._margins = margins
        self.questions: list[str] = []
        self.texts: list[str] = []

    def read(
        self, question: str, title: str, text: str, sentences: Sequence[Span], offered: Collection[Span] = ()
    ) -> list[Marked]:
        self.questions.append(question)
        self.texts.append(text)
        return [self._marked(text, sentence) for sentence in sentences]

    def _marked(self, text: str, sentence: Span) -> Marked:
        for words, margin in self._margins.items():
            start = text.find(words, sentence.start, sentence.end)
            if start >= 0:
                return Marked(sentence, Span(start, start + len(words)), margin)
        return Marked(sentence, Span(sentence.start, sentence.start + 1), UNSURE)


def model_beside(folder: Path, **calibration: float) -> Path:
    """Make a folder with the shipped model and a calibration of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("model.onnx", "vocab.txt"):
        (folder / name).symlink_to((shipped("reader") / name).absolute())
    lines = [f"{name} = {value}\n" for name, value in calibration.items()]
    (folder / "calibration.toml").write_text("".join(lines), "utf-8")
    return folder
