"""The layout of a page: what its makers did for the eye is undone before the article is sought in it."""

import re
from collections import Counter

from lxml.html import HtmlElement

from retrieval.ingest.forms import Form, line
from retrieval.ingest.furniture import reason_by_words
from retrieval.ingest.web.flow import HEADINGS, INLINE, plain

_PARTS_OF_TABLES = ("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
_A_RUN = 3
"""Paragraphs."""

_PULL_QUOTE = re.compile(r"pull-?quote", re.IGNORECASE)
_LONGEST_PULL_QUOTE = 600
"""Characters."""

_TEASER = "teaser"
"""What the extraction takes for a pointer to another article."""

_SHORT = 300
"""Characters: smaller boxes that hold a link are taken for menus by the extraction."""


def undo_layout(tree: HtmlElement) -> None:
    """Make boxes of tables that only arrange the page, and paragraphs of boxes that are nothing else."""
    for table in list(tree.iter("table")):
        if _only_arranges(table):
            _dissolve(table)
    for cell in tree.iter("td", "th"):
        for name in ("colspan", "rowspan"):  # they would fill the table up with thousands of empty cells
            cell.attrib.pop(name, None)
    for quotation in tree.iter("q"):
        _print_marks(quotation)
    for box in tree.iter("div", "aside", "p"):
        if _PULL_QUOTE.search(box.get("class", "")) and len(box.text_content()) < _LONGEST_PULL_QUOTE:
            box.tag = "blockquote"
    for box in reversed(list(tree.iter("div"))):
        if _is_wrapped_prose(box):
            _unwrap(box)
    for parent in {box.getparent(): None for box in tree.iter("div")}:
        _unwrap_paragraphs(parent)
        _mark_paragraphs(parent)
    for box in tree.iter("div", "section"):
        if _is_beginning_of_story(box):
            _rename(box)


def _print_marks(quotation: HtmlElement) -> None:
    """Set the quotation marks that a browser would."""
    quotation.tag = "span"
    quotation.text = f"“{quotation.text or ''}"
    if len(quotation):
        quotation[-1].tail = f"{quotation[-1].tail or ''}”"
    else:
        quotation.text += "”"


def _only_arranges(table: HtmlElement) -> bool:
    """A table of tables, one whose cells hold several paragraphs, or one without columns."""
    has_paragraphs = any(len(cell.findall("p")) > 1 for cell in table.iter("td"))
    has_columns = any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in table.iter("tr"))
    return table.find(".//table") is not None or has_paragraphs or not has_columns


def _dissolve(table: HtmlElement) -> None:
    for part in [*table.iterchildren(*_PARTS_OF_TABLES)]:
        _dissolve(part)
    table.tag = "div"


def _unwrap_paragraphs(parent: HtmlElement) -> None:
    """Where each paragraph stands in a box of its own that is called as the others are, take the boxes away."""
    boxes = [box for box in parent.iterchildren("div") if [child.tag for child in box] == ["p"] and not _own_text(box)]
    called = Counter(box.get("class") for box in boxes if _is_prose(box))
    for box in boxes:
        if box.get("class") and called[box.get("class")] >= _A_RUN:
            _unwrap(box)


def _own_text(box: HtmlElement) -> str:
    return "".join([box.text or "", *(child.tail or "" for child in box)]).strip()


def _mark_paragraphs(parent: HtmlElement) -> None:
    """Where most paragraphs are set as boxes, make them proper ones, short lines that are called the same included."""
    boxes = [box for box in parent.iterchildren("div") if all(part.tag in INLINE for part in box.iterdescendants())]
    prose = [box for box in boxes if _is_prose(box)]
    if len(prose) >= max(_A_RUN, len(parent.findall("p"))):
        called = {box.get("class") for box in prose}
        for box in boxes:
            if box.get("class") in called and reason_by_words(line(plain(box.text_content()))) is None:
                box.tag = "p"


def _is_beginning_of_story(box: HtmlElement) -> bool:
    """Whether what is called a teaser is what all readers see of an article: paragraphs, and no headings over them."""
    names = f"{box.get('class', '')} {box.get('id', '')}".casefold()
    if _TEASER not in names or next(box.iter(*HEADINGS), None) is not None:
        return False
    near = (paragraph for each in (box, *box) for paragraph in each.iterchildren("p"))
    return sum(map(_is_prose, near)) >= _A_RUN


def _rename(box: HtmlElement) -> None:
    for name in ("class", "id"):
        box.set(name, " ".join(word for word in box.get(name, "").split() if _TEASER not in word.casefold()))


def _is_prose(element: HtmlElement) -> bool:
    each = line(plain(element.text_content()))
    return each.form is Form.PROSE and reason_by_words(each) is None


def _is_wrapped_prose(box: HtmlElement) -> bool:
    """Whether a small box with links holds sentences, and neither text of its own nor anything but paragraphs."""
    if not len(box) or any(child.tag != "p" for child in box) or _own_text(box):
        return False
    links = list(box.iter("a"))
    if not links:
        return False
    text = plain(box.text_content())
    linked = sum(len(plain(link.text_content())) for link in links)
    if len(text) >= _SHORT or linked * 2 > len(text):
        return False
    return all(map(_is_prose, box))


def _unwrap(box: HtmlElement) -> None:
    """Put the paragraphs in the box's place; what the box was called, they are called now."""
    for paragraph in box:
        for name in ("class", "id"):
            called = " ".join(filter(None, (box.get(name), paragraph.get(name))))
            if called:
                paragraph.set(name, called)
    box.drop_tag()
