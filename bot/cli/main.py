"""The program: its commands, and the one place where errors become a line and an exit code.

Exit codes: 0 done · 1 not found, not answered · 2 wrong use or bad input · 3 a file, network or database failure.
"""

import io
import os
import sqlite3
import sys

import click

from bot import logs
from bot.cli.adding import add, import_
from bot.cli.articles import export, history, list_, remove, show, summary
from bot.cli.asking import ask, chat, try_
from bot.cli.feeds import feed
from bot.cli.indexing import reindex
from bot.cli.measuring import evaluate, evaluate_reader
from bot.cli.running import check_config, run
from bot.cli.verifying import verify
from bot.errors import Fatal
from bot.fetching.errors import BadUrl, FetchError
from bot.settings import LoggingSettings, WrongSetting
from retrieval.archive import Unusable
from retrieval.archive.conversations import NoSuchAnswer
from retrieval.feed import NoFeed
from retrieval.feed.register import NoSuchFeed
from retrieval.finding.reader import BrokenModel
from retrieval.ingest.reading import Unreadable
from retrieval.shelf import ArchiveError, NoSuchArticle, NoSuchVersion

NOT_FOUND, WRONG_USE, FAILURE = 1, 2, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="quotidian", message="%(prog)s %(version)s")
def quotidian() -> None:
    """Answers questions about the news in the news's own words."""


_IN_THE_ARCHIVE = (add, list_, show, history, remove, import_, export, feed, summary, reindex)
for command in (try_, ask, chat, *_IN_THE_ARCHIVE, verify, evaluate, evaluate_reader, run, check_config):
    quotidian.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    _speak_utf8()
    logs.configure(LoggingSettings(level="warning"))
    try:
        sys.exit(quotidian.main(standalone_mode=False, prog_name="quotidian") or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(WRONG_USE)
    except click.ClickException as error:
        _fail(error.format_message(), WRONG_USE)
    except click.exceptions.Abort:
        _fail("Stopped.", WRONG_USE)
    except (Unreadable, NoFeed, BadUrl, WrongSetting, Fatal, BrokenModel) as error:
        _fail(str(error), WRONG_USE)
    except (NoSuchArticle, NoSuchVersion, NoSuchAnswer, NoSuchFeed) as error:
        _fail(str(error), NOT_FOUND)
    except (Unusable, FetchError) as error:
        _fail(str(error), FAILURE)
    except ArchiveError as error:
        _fail(str(error), WRONG_USE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again while it exits
        sys.exit(FAILURE)
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}." if error.filename else str(error), FAILURE)
    except sqlite3.Error as error:
        _fail(f"The archive failed: {error}. Nothing of this command was stored.", FAILURE)


def _speak_utf8() -> None:
    """Read and write UTF-8 wherever this runs; what is none is replaced instead of ending the program."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="replace")


def _fail(message: str, code: int) -> None:
    click.echo(f"quotidian: {' '.join(message.split())}", err=True)
    sys.exit(code)
