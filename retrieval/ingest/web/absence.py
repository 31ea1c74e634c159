"""Pages without an article: front pages, locked pages, and pages that fetch their text when they are shown."""

from collections.abc import Container, Sequence

from lxml.html import HtmlElement

from retrieval.ingest.forms import Line
from retrieval.ingest.vocabulary import fold
from retrieval.ingest.web.flow import runs
from retrieval.ingest.web.marks import Marks
from retrieval.ingest.web.masthead import Masthead, is_front_page
from retrieval.ingest.web.tree import is_cut_short

_SHORTEST_UNCLAIMED = 25
"""Words of prose on a page that does not call itself an article."""

_FEW_TEASERS = 3
_LITTLE_TEXT = 400
"""Characters that a page shows when its programs have yet to fetch the rest."""


def why_absent(tree: HtmlElement, page: Sequence[Line], marks: Marks, masthead: Masthead) -> str | None:
    """One sentence on what the page is and what to do; None when the lines found on it are an article.

    A page that calls itself an article is believed when there is any prose on it.
    """
    story = {each.folded: each.words for each in page if each.is_story}
    if masthead.is_article and story:
        return None
    is_front = masthead.url is not None and is_front_page(masthead.url)
    if is_front or _are_teasers(tree, story, marks):
        return "This is a page of headlines, not an article; give the link of one of its articles."
    if sum(story.values()) >= _SHORTEST_UNCLAIMED:
        return None
    if _is_locked(tree, page):
        return "The page asks to log in or subscribe and shows no article; paste the article's text instead."
    if is_cut_short(tree):
        return "The page's parts are nested too deep to be read; paste the article's text instead."
    if tree.find(".//script") is not None and sum(len(run.text) for run in runs(tree)) < _LITTLE_TEXT:
        return "The page's text appears only when its scripts run, not here; paste the article's text instead."
    return "No article was found on the page; paste the article's text instead."


def _are_teasers(tree: HtmlElement, story: Container[str], marks: Marks) -> bool:
    """Whether most of the paragraphs stand below a linked headline each, or below the age of one."""
    lines = [fold(run.text) for run in runs(tree)]
    places = [place for place, folded in enumerate(lines) if folded in story]
    teasers = sum(_has_headline(lines[max(0, place - 2) : place], story, marks) for place in places)
    return teasers >= _FEW_TEASERS and teasers * 2 > len(places)


def _has_headline(above: Sequence[str], story: Container[str], marks: Marks) -> bool:
    *before, last = above or [""]
    return last in marks.links or (last not in story and any(each in marks.links for each in before))


def _is_locked(tree: HtmlElement, page: Sequence[Line]) -> bool:
    asks_password = any(field.get("type", "").casefold() == "password" for field in tree.iter("input"))
    return asks_password or any(each.why == "subscription notice" for each in page)
