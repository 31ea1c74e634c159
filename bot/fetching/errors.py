"""Why a link could not be fetched: one class a reason, and a message for the person who gave the link.

FetchError
├── BadUrl              the link is none, or has a scheme, a port or a user name that is not opened here
├── RefusedAddress      it leads into a private or reserved network
├── ForbiddenByRobots   the site's robots.txt asks programs not to fetch it
├── Unreachable         there is no such host, nobody answers there, or its certificate cannot be trusted
├── BrokenResponse      what came back is no proper HTTP, or breaks off
├── TooManyRedirects    it leads on and on
├── TooSlow             it took longer than allowed
├── TooLarge            it is longer than allowed, as sent or unpacked
├── WrongType           it is no page, text or feed, or packed in a way that is not read
├── ComeBackLater       the site is busy, and may have said until when
└── HttpStatus          the site answered with another status than the one for success
    ├── OwnFault        the site could not answer, for a fault of its own
    └── NotFound        there is nothing at that address, or not any more
"""

from datetime import datetime
from typing import ClassVar

from bot.errors import Refused


class FetchError(Refused):
    """The message says what happened, why, and what to do next.

    Of what a server sent it holds at most the name of a host or a content type, in plain characters. `passing` is
    whether it may go by itself, so that it is worth while to ask again later.
    """

    passing: ClassVar[bool] = False


class BadUrl(FetchError):
    pass


class RefusedAddress(FetchError):
    pass


class ForbiddenByRobots(FetchError):
    pass


class Unreachable(FetchError):
    passing = True


class BrokenResponse(FetchError):
    passing = True


class TooManyRedirects(FetchError):
    pass


class TooSlow(FetchError):
    passing = True


class TooLarge(FetchError):
    pass


class WrongType(FetchError):
    pass


class ComeBackLater(FetchError):
    """The host asks for a break until `not_before`, a time in UTC, or does not say until when."""

    passing = True

    def __init__(self, host: str, not_before: datetime | None) -> None:
        until = "" if not_before is None else f" until {not_before:%Y-%m-%d %H:%M} UTC"
        super().__init__(f"{host} is too busy to answer{until}; try again {'then' if until else 'later'}.")
        self.not_before = not_before


class HttpStatus(FetchError):
    """The message does for any status that is not success; `status` is its number.

    `otherwise` is what a person may do who cannot have the page read.
    """

    def __init__(self, host: str, status: int, otherwise: str) -> None:
        super().__init__(f"{host} {_meaning(status, otherwise)}")
        self.status = status


class OwnFault(HttpStatus):
    passing = True


class NotFound(HttpStatus):
    pass


def _meaning(status: int, otherwise: str) -> str:
    if status in (404, 410):
        return f"has no page at this address (status {status}); check the link."
    if status in (401, 402, 403, 451):
        return f"does not show this page to everyone (status {status}); if it opens for you, {otherwise} instead."
    if status >= 500:
        return f"has a fault of its own (status {status}); try again later."
    return f"did not send the page (status {status}); check that the link opens in a browser."
