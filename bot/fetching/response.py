"""Responses: what a server sent, judged and read within the limits."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from aiohttp import ClientResponse

from bot.fetching.errors import ComeBackLater, HttpStatus, NotFound, OwnFault, TooLarge, WrongType
from bot.fetching.formats import Formats, charset, content_type
from bot.fetching.limits import Limits

_OK, _NOT_MODIFIED = 200, 304
_GONE = (404, 410)
_BUSY = (429, 503)
_OWN_FAULT = 500
_LONGEST_BREAK = timedelta(days=7)
_UNPACKABLE = ("", "identity", "gzip", "deflate", "br", "zstd")
_PRINTABLE = re.compile(r"[\x20-\x7e]{1,1000}")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server names the state of a page by. Sent back to it, they ask whether the page has changed since.

    A page that was changed in the very second in which it was sent may change again in that second, so that time names
    no state (RFC 9110, 8.8.2.2).
    """

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link led to.

    `asked` is the link as it was given, `url` the address after all redirects, without a fragment. When the page was
    `not_modified` since the validators were new, `body` and `content_type` are empty. `content_type` is in lower case
    and has no parameters; `charset` is Python's name of the encoding that was declared, if any was.
    """

    asked: str
    url: str
    not_modified: bool
    body: bytes
    content_type: str
    charset: str | None
    validators: Validators


async def read_response(
    asked: str, response: ClientResponse, accept: Formats, known: Validators, limits: Limits
) -> Fetched:
    """Read what a server sent to the end; raise `ComeBackLater`, `HttpStatus`, `TooLarge` or `WrongType`."""
    host, url = response.url.raw_host or "", str(response.url)
    if response.status == _NOT_MODIFIED and known.headers():
        return Fetched(asked, url, not_modified=True, body=b"", content_type="", charset=None, validators=known)
    _check_status(host, response, accept)
    described = response.headers.get("Content-Type", "")
    accept.check(host, content_type(described))
    _check_packing(host, response, accept)
    return Fetched(
        asked=asked,
        url=url,
        not_modified=False,
        body=await _body(host, response, accept, limits),
        content_type=content_type(described),
        charset=charset(described),
        validators=_validators(response),
    )


def _check_status(host: str, response: ClientResponse, accept: Formats) -> None:
    if response.status in _BUSY:
        raise ComeBackLater(host, not_before(response.headers.get("Retry-After", ""), datetime.now(UTC)))
    if response.status in _GONE:
        raise NotFound(host, response.status, accept.otherwise)
    if response.status >= _OWN_FAULT:
        raise OwnFault(host, response.status, accept.otherwise)
    if response.status != _OK:
        raise HttpStatus(host, response.status, accept.otherwise)


def _check_packing(host: str, response: ClientResponse, accept: Formats) -> None:
    """One packing is undone while the body is read; one within another is not, and is hardly ever meant well."""
    packing = ", ".join(response.headers.getall("Content-Encoding", [])).strip().lower()
    if packing not in _UNPACKABLE:
        raise WrongType(f"{host} sent the page packed in a way that is not read here; {accept.otherwise} instead.")


async def _body(host: str, response: ClientResponse, accept: Formats, limits: Limits) -> bytes:
    if (response.content_length or 0) > limits.sent:
        raise _too_large(host, limits.sent, accept)
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if response.content.total_raw_bytes > limits.sent:
            raise _too_large(host, limits.sent, accept)
        if len(body) > limits.unpacked:
            raise _too_large(host, limits.unpacked, accept)
    return bytes(body)


def _too_large(host: str, limit: int, accept: Formats) -> TooLarge:
    most = f"{limit / 1_000_000:g} MB, the most that is read"
    return TooLarge(f"{host} sent more than {most}; {accept.otherwise} instead.")


def _validators(response: ClientResponse) -> Validators:
    etag, modified = (_printable(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
    return Validators(etag, None if modified == response.headers.get("Date") else modified)


def _printable(header: str | None) -> str | None:
    """A header that can be kept and sent back: not what a server sent in no known encoding, nor a whole page."""
    return header if header and _PRINTABLE.fullmatch(header) else None


def not_before(retry_after: str, now: datetime) -> datetime | None:
    """The end of the break that a Retry-After header asks for, in seconds or as a date; None when it says neither.

    A break is at most a week long, whatever is asked for.
    """
    if re.fullmatch("[0-9]+", retry_after):
        return now + min(timedelta(seconds=int(retry_after[:9])), _LONGEST_BREAK)
    try:
        date = parsedate_to_datetime(retry_after)
        return min(max(date if date.tzinfo else date.replace(tzinfo=UTC), now), now + _LONGEST_BREAK).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
