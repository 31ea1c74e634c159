"""The finder that the settings ask for."""

from pathlib import Path

import structlog

from bot.settings import Settings
from retrieval.finding.confidence import Calibration
from retrieval.finding.finders import ReaderFinder, RuleFinder
from retrieval.finding.finding import Finder
from retrieval.finding.reader import BrokenModel, Reader
from retrieval.shipped import shipped

_log = structlog.get_logger(__name__)


def finder(settings: Settings) -> Finder:
    """Load the reader that is set; where it cannot be loaded, answers go on by rules, and the log says so once."""
    if settings.reader.model == "none":
        return RuleFinder(settings.answers.threshold)
    try:
        folder = model_folder(settings)
        reader = Reader(folder, settings.reader.threads)
        return ReaderFinder(settings.answers.threshold, reader, Calibration.beside(folder))
    except BrokenModel as error:
        _log.warning("answers go on without a reader", why=str(error))
        return RuleFinder(settings.answers.threshold)


def model_folder(settings: Settings) -> Path:
    """The folder of the reader's model; raise `BrokenModel` where the shipped one is missing."""
    if settings.reader.model != "shipped":
        return Path(settings.reader.model)
    try:
        return shipped("reader")
    except FileNotFoundError as error:
        raise BrokenModel(f"The shipped reader cannot be loaded: {error}.") from error
