"""Logs: structlog for the program and its libraries alike, to standard error.

Log lines name events and ids. They never hold a question's words, an article's text or the token: tracebacks are
written without the values of local variables, and discord.py, which would log whole events, is kept from its details.
"""

import logging
import sys

import structlog

from bot.settings import LoggingSettings


def configure(settings: LoggingSettings) -> None:
    """Send every log line of this process through one chain of processors."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    rendered: list[structlog.typing.Processor] = (
        [_tracebacks_as_json(), structlog.processors.JSONRenderer(ensure_ascii=False)]
        if settings.format == "json"
        else [_for_people()]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.level.upper())
    logging.getLogger("discord").setLevel(max(root.level, logging.INFO))


def _tracebacks_as_json() -> structlog.typing.Processor:
    return structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))


def _for_people() -> structlog.typing.Processor:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
