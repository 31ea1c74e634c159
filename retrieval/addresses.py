"""Addresses: one for each story, whichever route leads to it.

A story's own page, its page for telephones or for the printer and a cached one share an address; two stories never do,
so whatever may tell one from another stays. The words that tell nothing stand in `addresses.toml`.
"""

import re
import tomllib
from importlib.resources import files
from itertools import product
from typing import TypeAlias

from yarl import URL

Parameter: TypeAlias = tuple[str, str]

LONGEST_ADDRESS = 8_000
"""Characters; what is longer is no address."""

_WORDS = tomllib.loads(files("retrieval").joinpath("addresses.toml").read_text(encoding="utf-8"))
_FRONTS = frozenset(_WORDS["hosts"]["fronts"])
_SAME_HOSTS: dict[str, str] = _WORDS["hosts"]["same"]
_WRAPPERS = [(re.compile(wrapper["host"]), re.compile(wrapper["path"])) for wrapper in _WORDS["wrapper"]]
_FURNITURE = [(re.compile(found), written) for found, written in _WORDS["path"]["furniture"]]
_PROGRAMS = frozenset(_WORDS["path"]["programs"])
_PROGRAM_ENDINGS = tuple(_WORDS["path"]["program_endings"])
_TRACKING_PREFIXES = tuple(_WORDS["tracking"]["prefixes"])
_TRACKING = frozenset(_WORDS["tracking"]["names"])
_PERHAPS_TRACKING = frozenset(_WORDS["perhaps_tracking"]["names"])
_LAYOUTS = {
    *product(_WORDS["layout"]["switches"], _WORDS["layout"]["on"]),
    *product(_WORDS["layout"]["choices"], _WORDS["layout"]["chosen"]),
}
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\]", re.ASCII | re.IGNORECASE)
_ESCAPED_AMPERSAND = re.compile(r"^(?:amp;)+")
_DEFAULT_PORTS = (None, 80, 443)
_SELECTING = ("!", "/")
"""A fragment that begins so names the story on a site that is a single program: #!/story/12."""


def canonical(url: str) -> str:
    """Return the one address of the story that `url` leads to: to compare, never to show.

    What is no address on the web comes back as it is, without the white space around it.
    """
    address, before = url.strip(), ""
    while address != before:
        address, before = _plainer(address), address
    return address


def _plainer(url: str) -> str:
    """The address with each thing that tells nothing taken off once; one may have stood behind another."""
    address = _parsed(url)
    if address is None:
        return url
    if wrapped := _wrapped(address):
        return wrapped
    path = _path(address)
    plain = URL.build(scheme="https", host=_host(address), port=_port(address), path=path, encoded=True)
    fragment = address.fragment if address.fragment.startswith(_SELECTING) else None
    return str(plain.with_query(_parameters(address, path) or None).with_fragment(fragment))


def _parsed(url: str) -> URL | None:
    if len(url) > LONGEST_ADDRESS:
        return None
    try:
        address = URL(url)
    except (ValueError, IndexError):  # yarl 1.25.1 raises the second for "//[]@"
        return None
    on_the_web = address.scheme in ("http", "https") and _HOST.fullmatch(address.host_subcomponent or "")
    return address if on_the_web else None


def _wrapped(address: URL) -> str | None:
    """The story's own address, where this is one of a cache that holds it."""
    for hosts, paths in _WRAPPERS:
        if hosts.fullmatch(_host(address)) and (inner := paths.fullmatch(address.raw_path)):
            return f"https://{inner[1]}?{address.raw_query_string}"
    return None


def _host(address: URL) -> str:
    host = (address.host_subcomponent or "").lower().rstrip(".")
    front, _, site = host.partition(".")
    return site if front in _FRONTS and "." in site else _SAME_HOSTS.get(host, host)


def _port(address: URL) -> int | None:
    return None if address.explicit_port in _DEFAULT_PORTS else address.explicit_port


def _path(address: URL) -> str:
    path = address.raw_path
    for found, written in _FURNITURE:
        path = found.sub(written, path)
    return path


def _parameters(address: URL, path: str) -> list[Parameter]:
    """Those that may tell one story from another, by name; the values of one name in their order."""
    given = [(_ESCAPED_AMPERSAND.sub("", name), value) for name, value in address.query.items()]
    kept = [parameter for parameter in given if not _is_passing(parameter)]
    telling = [parameter for parameter in kept if _tells(parameter)]
    return sorted(telling if telling or _names_a_story(path) else kept, key=lambda parameter: parameter[0])


def _is_passing(parameter: Parameter) -> bool:
    """Whether it tells of the reader or of the page's layout."""
    name, value = parameter[0].lower(), parameter[1].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES) or (name, value) in _LAYOUTS


def _tells(parameter: Parameter) -> bool:
    name, value = parameter
    return value.isdigit() or name.lower() not in _PERHAPS_TRACKING


def _names_a_story(path: str) -> bool:
    last = path.rpartition("/")[2].lower()
    return last != "" and last not in _PROGRAMS and not last.endswith(_PROGRAM_ENDINGS)
