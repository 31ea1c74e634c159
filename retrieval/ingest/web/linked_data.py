"""Linked data of a page: what it says of its article to search engines, as JSON-LD of schema.org."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any, TypeAlias

from lxml.html import HtmlElement

from retrieval.ingest.web.flow import plain

Node: TypeAlias = dict[str, Any]

_ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle SatiricalArticle AdvertiserContentArticle BlogPosting LiveBlogPosting "
    "SocialMediaPosting Report TechArticle ScholarlyArticle".split()
)
_PAGES = frozenset({"WebPage", "ItemPage"})
_SITES = frozenset({"WebSite", "NewsMediaOrganization", "Organization", "NewspaperPublisher", "Corporation"})
_INSIDE = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where a node holds another that speaks of the same page."""

_MOST_NODES = 2_000
_MOST_AUTHORS = 20
_LONGEST_WORDS = 2_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What the page's linked data say; None or empty for what they do not.

    `is_article` tells whether they call the page an article of some kind. `published` is as written there, `body` the
    article's text without markup where all may read it.
    """

    is_article: bool = False
    headline: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    body: str | None = None


def read_linked_data(tree: HtmlElement) -> LinkedData:
    """Read the node that describes the article, or else the page; what is no JSON is passed over."""
    nodes = list(islice(_nodes(tree), _MOST_NODES))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = next((node for node in nodes if _types(node) & _ARTICLES), None)
    told = article or next((node for node in nodes if _types(node) & _PAGES), {})
    publishers = [_resolved(each, named) for each in _listed(told.get("publisher"))]
    sites = [node for node in nodes if _types(node) & _SITES]
    return LinkedData(
        is_article=article is not None,
        headline=_words(article.get("headline")) if article else None,
        authors=tuple(_persons(told.get("author"), named)),
        outlet=next((name for each in (*publishers, *sites) if (name := _name(each))), None),
        published=_words(told.get("datePublished") or told.get("dateCreated")),
        body=_body(article) if article else None,
    )


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            waiting = deque([_loaded(script.text or "")])
            while waiting:
                value = waiting.popleft()
                if isinstance(value, list):
                    waiting.extend(value)
                elif isinstance(value, dict):
                    yield value
                    waiting.extend(value[name] for name in _INSIDE if isinstance(value.get(name), dict | list))


def _loaded(text: str) -> object:
    try:
        loaded: object = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None
    return loaded


def _body(article: Node) -> str | None:
    """The whole text, unless readers have to pay for it."""
    body = article.get("articleBody")
    is_free = str(article.get("isAccessibleForFree", True)).casefold() != "false"
    return body if isinstance(body, str) and is_free else None


def _types(node: Node) -> set[str]:
    return {name.rpartition("/")[2] for name in _listed(node.get("@type")) if isinstance(name, str)}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _resolved(value: object, named: Mapping[str, Node]) -> object:
    """The node that a mere reference stands for."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return named.get(value["@id"], value)
    return value


def _persons(value: object, named: Mapping[str, Node]) -> Iterator[str]:
    for each in (_resolved(author, named) for author in _listed(value)[:_MOST_AUTHORS]):
        if isinstance(each, dict) and _types(each) & _SITES:
            continue
        for name in _listed(each.get("name"))[:_MOST_AUTHORS] if isinstance(each, dict) else [each]:
            if words := _words(name):
                yield words


def _name(value: object) -> str | None:
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _words(value: object) -> str | None:
    return plain(unescape(value[:_LONGEST_WORDS])) or None if isinstance(value, str) else None
