"""Links: which of them are opened at all, before anybody is asked."""

import re

from yarl import URL

from bot.fetching.errors import BadUrl

_LONGEST = 4_000
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
_IPV6 = re.compile(r"[0-9a-f:.]*:[0-9a-f:.]*")
_WEB_PORTS = (80, 443)
_FIRST_FREE_PORT = 1024  # below it are mail, remote terminals and other services that are no web pages


def read_link(text: str) -> URL:
    """Read a link without its fragment; raise `BadUrl`."""
    if len(text) > _LONGEST:
        raise BadUrl(f"The link is longer than {_LONGEST} characters; copy it again from the browser's address bar.")
    try:
        return _checked(URL(text.strip()))
    except ValueError:
        raise _no_link() from None


def lead_on(url: URL, location: str) -> URL:
    """Read where a redirect from `url` leads; raise `BadUrl`."""
    try:
        return read_link(str(url.join(URL(location))))
    except ValueError:
        raise _no_link() from None


def _checked(url: URL) -> URL:
    if url.scheme not in ("http", "https"):
        raise BadUrl("Only links that begin with http:// or https:// are opened here; give the link of a web page.")
    if url.user is not None or url.password is not None:
        raise BadUrl("The link holds a user name or a password, which is never sent; leave out what is before the @.")
    host = url.raw_host or ""
    if not (_NAME.fullmatch(host) or _IPV6.fullmatch(host)):
        raise _no_link()
    port = url.port or 0
    if port not in _WEB_PORTS and port < _FIRST_FREE_PORT:
        raise BadUrl(f"The link leads to port {port}, where there are no web pages; give the link of a web page.")
    return url.with_fragment(None)


def _no_link() -> BadUrl:
    return BadUrl("This is no link that can be opened; copy it again from the browser's address bar.")
