"""The masthead of a page: headline, outlet, authors, day and address, as told to machines or printed for readers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from courlan import extract_domain
from htmldate import find_date
from lxml.html import HtmlElement

from retrieval.ingest import outlets
from retrieval.ingest.bylines import byline, signature
from retrieval.ingest.dates import date_line, day_in, day_in_path, is_date_only
from retrieval.ingest.forms import Form, line
from retrieval.ingest.headline import printed_title
from retrieval.ingest.jsonl import iso
from retrieval.ingest.stories import opened_section
from retrieval.ingest.vocabulary import fold
from retrieval.ingest.web.credits import names
from retrieval.ingest.web.flow import plain, runs
from retrieval.ingest.web.linked_data import LinkedData
from retrieval.ingest.web.marks import Marks

Meta: TypeAlias = dict[str, str]
"""What the page's meta elements say, by their names in lower case; the first of each name."""

_TITLES = ("og:title", "twitter:title", "headline", "parsely-title", "sailthru.title", "dc.title", "title")
_SITES = ("og:site_name", "application-name", "article:publisher", "publisher", "dc.publisher", "sailthru.publisher")
_AUTHORS = (
    "author",
    "byl",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "og:author",
    "authors",
)
_DATES = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "parsely-pub-date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "sailthru.date", "dc.date.issued", "dc.date",
    "dcterms.created", "dcterms.date", "date", "article.published", "cxenseparse:recs:publishtime", "displaydate",
)  # fmt: skip

_PARTS = re.compile(r"\s+[|–—·»:-]+\s+|\s*\|\s*")
_AFTER_OUTLET = ": "
_ELLIPSIS = ("…", "...")
_EARLIEST = "1700"
_EPOCH = "1970-01-01T00:00:00"
"""What programs take for a date when they have none."""

_LONGEST_TITLE = 400
_LONGEST_SITE = 60
"""Characters."""

_BELOW_HEADLINE = 15
"""Lines among which a date is sought that no markup tells."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a page says of its article; None or empty for what it does not say.

    `url` is the address that the page gives itself where that is of the same site, or else the one it was found at.
    `is_article` tells whether the page calls itself an article.
    """

    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: str | None
    url: str | None
    is_article: bool


def read_masthead(tree: HtmlElement, marks: Marks, linked: LinkedData, url: str | None) -> Masthead:
    """Read it from linked data, meta elements, what the markup marks, and at last from the lines themselves."""
    meta = _meta(tree)
    address = _address(tree, meta, url)
    outlet = _outlet(tree, meta, linked, address or url)
    title = _title(tree, meta, linked, outlet)
    return Masthead(
        title=title,
        outlet=outlet,
        authors=_authors((*marks.bylines, *_above_story(_below_headline(tree, title))), meta, linked, outlet),
        published=_published(tree, meta, marks, linked, title, address),
        url=address,
        is_article=linked.is_article or meta.get("og:type", "").casefold() == "article",
    )


def _meta(tree: HtmlElement) -> Meta:
    meta: Meta = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = plain(element.get("content", ""))
        if name and content:
            meta.setdefault(name.casefold(), content)
    return meta


def _address(tree: HtmlElement, meta: Meta, url: str | None) -> str | None:
    canonical = [link.get("href", "") for link in tree.iter("link") if link.get("rel", "").casefold() == "canonical"]
    for written in (*canonical[:1], meta.get("og:url", "")):
        address = _joined(url, written.strip())
        if address is not None and _may_be_of(address, url):
            return address
    return url


def _joined(url: str | None, written: str) -> str | None:
    try:
        address = urljoin(url or "", written)
        return address if written and urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def _may_be_of(address: str, url: str | None) -> bool:
    """Whether an address is of the site the page was found at, and no mere front page."""
    if url is None or is_front_page(address):
        return not is_front_page(address)
    one, other = (extract_domain(each, fast=True) or outlets.host_of(each) for each in (address, url))
    return one == other


def is_front_page(url: str) -> bool:
    """Whether the address names a site and nothing on it."""
    parts = urlsplit(url)
    return parts.path.strip("/") in ("", "index.html", "index.php", "home") and not parts.query


def _outlet(tree: HtmlElement, meta: Meta, linked: LinkedData, url: str | None) -> str | None:
    told = (_site(name) for name in (linked.outlet, *(meta.get(name) for name in _SITES)) if name)
    window = _page_title(tree)
    parts = _PARTS.split(window)
    copyright_lines = (outlets.in_copyright_line(run.text) for run in runs(tree) if "©" in run.text[:_LONGEST_TITLE])
    named = (
        (outlets.of_host(url) if url else None,),
        told,
        (outlets.of_own_host(part, url) for part in (*parts, window.partition(_AFTER_OUTLET)[0]) if url),
        (outlets.recognised(part) for part in parts),
        copyright_lines,
        (outlets.host_of(url) if url else None,),
    )
    return next((name for names_ in named for name in names_ if name), None)


def _site(name: str) -> str | None:
    """A site's name as it writes itself, without its motto; an address is none."""
    name = _PARTS.split(name)[0].strip()
    is_name = name and len(name) <= _LONGEST_SITE and "://" not in name and not name.startswith("@")
    return (outlets.listed(name) or name) if is_name else None


def _page_title(tree: HtmlElement) -> str:
    title = tree.find(".//title")
    return plain(title.text_content()[: 2 * _LONGEST_TITLE]) if title is not None else ""


def _title(tree: HtmlElement, meta: Meta, linked: LinkedData, outlet: str | None) -> str | None:
    headings = [plain(heading.text_content()[:_LONGEST_TITLE]) for heading in islice(tree.iter("h1"), 2)]
    written = (
        linked.headline,
        *(meta.get(name) for name in _TITLES),
        headings[0] if len(headings) == 1 else None,
        _longest_part(_page_title(tree), outlet),
        *headings,
    )
    titles = [title for each in written if each and (title := _without_outlet(each[:_LONGEST_TITLE], outlet))]
    return _whole(titles) if titles else None


def _longest_part(title: str, outlet: str | None) -> str:
    parts = [part for part in _PARTS.split(title) if not (_is_outlet(part, outlet) or outlets.recognised(part))]
    return max(parts, key=len, default="")


def _without_outlet(title: str, outlet: str | None) -> str:
    bare, _ = printed_title(title)
    head, _, tail = bare.rpartition(" - ") if " - " in bare else bare.rpartition(" | ")
    bare = head if head and _is_outlet(tail, outlet) else bare
    head, _, tail = bare.partition(_AFTER_OUTLET)
    bare = tail if tail and _is_outlet(head, outlet) else bare
    return "" if _is_outlet(bare, outlet) else bare


def _is_outlet(name: str, outlet: str | None) -> bool:
    return outlet is not None and fold(name).removeprefix("the ") == fold(outlet).removeprefix("the ")


def _whole(titles: Sequence[str]) -> str:
    """The first, or the one that it is the shortened beginning of."""
    first = titles[0]
    if not first.endswith(_ELLIPSIS):
        return first
    beginning = first.rstrip(".… ")
    return next((title for title in titles if title.startswith(beginning) and not title.endswith(_ELLIPSIS)), first)


def _authors(lines: Sequence[str], meta: Meta, linked: LinkedData, outlet: str | None) -> tuple[str, ...]:
    printed = [[each] for each in lines if byline(each) or (signature(each) and not opened_section(line(each)))]
    sources = (linked.authors, *([meta[name]] for name in _AUTHORS if name in meta), *printed)
    return next((found for credits_ in sources if (found := names(credits_, outlet))), ())


def _published(
    tree: HtmlElement, meta: Meta, marks: Marks, linked: LinkedData, title: str | None, url: str | None
) -> str | None:
    told = (linked.published, *(meta.get(name) for name in _DATES))
    return (
        next((moment for written in told if written and (moment := _moment(written))), None)
        or find_date(tree, extensive_search=False, original_date=True)
        or (day_in_path(url) if url else None)
        or next(_days((*marks.dates, *_below_headline(tree, title))), None)
    )


def _moment(written: str) -> str | None:
    moment = iso(written[:_LONGEST_SITE]) or day_in(written[:_LONGEST_SITE])
    return moment if moment and moment > _EARLIEST and not moment.startswith(_EPOCH) else None


def _days(lines: Sequence[str]) -> Iterator[str]:
    for each in lines:
        dated = date_line(each)
        if dated is not None and dated.published and is_date_only(dated):
            yield dated.published


def _above_story(lines: Iterator[str]) -> Iterator[str]:
    """The lines up to the second sentence, for the first may stand above the author's name."""
    sentences = 0
    for each in lines:
        sentences += line(each).form is Form.PROSE
        if sentences > 1:
            return
        yield each


def _below_headline(tree: HtmlElement, title: str | None) -> Iterator[str]:
    lines = (run.text for run in runs(tree))
    headline = fold(title or "")
    for each in lines:
        if fold(each) == headline:
            return islice(lines, _BELOW_HEADLINE)
    return iter(())
