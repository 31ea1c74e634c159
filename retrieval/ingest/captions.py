"""Captions and picture credits, and the lines that repeat them."""

import re
from functools import cache
from itertools import pairwise

from retrieval.ingest.forms import Form, Line, ends_sentence, sentences_in
from retrieval.ingest.furniture import stays
from retrieval.ingest.vocabulary import LONGEST_FURNITURE, fold, vocabulary

_CREDIT_WORDS = (
    "Pictures?|Photos?|Photographs?|Photography|Images?|Pics?|Credits?|Screenshot|Screengrab|Illustration|Graphic|"
    "Composite|Video|Footage|Copyright|PICTURES?|PHOTOS?|IMAGES?|CREDIT|Foto|Bild|Imagen"
)
_MARKED_CREDIT = re.compile(
    rf"(?:^|.*[\s.,;:!?'\"’”)(\[|/–—-])(?:{_CREDIT_WORDS})(?: credit| source| by| courtesy of| via)?\s?[:;]\s?"
    r"(?P<credit>[^.!?]{2,90}(?:\.(?:com|co\.uk|org|net))?)[)\].]?$",
)
_BRACKETED_CREDIT = re.compile(
    r".*[(\[](?:(?:[A-Z]{2,4} |File |Staff |Stock )?"
    r"(?:Photo|Picture|Image|Pic|Credit|Photograph|Video|Handout|File)s?\b"
    r"[^()\[\]]{0,100}|[^()\[\]]{2,80}\bvia [A-Z][^()\[\]]{1,50}"
    r"|[Rr]epresent(?:ational|ative) (?:image|photo|picture))[)\]]\.?$"
)
_TRAILING_NAMES = re.compile(
    r".*[a-z0-9]{2,}[.!?]['\"’”)]?\s+(?:[A-Z][\w'’.-]*[a-z][\w'’-]*)(?:\s(?:[A-Z][\w'’.-]*|de|van|von|for|of)){1,5}$"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|says?|"
    r"said|told|went|came|took|made|got|\w{3,}ed)\b"
)

_CREDIT_JOINTS = frozenset("by via of and the courtesy for from archive file handout library".split())

_QUOTES = "“\"'‘"
_LONGEST_CAPTION = 80
_LONGEST_PICTURE_TEXT = 14
_NEAR = 3
_SAME_WORDS = 0.8


@cache
def _agency_credit() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(vocabulary().agencies, key=len, reverse=True)))
    return re.compile(
        rf".*\([^()]{{1,60}}/\s?(?:{names})\)$"  # … (Jane Doe/Reuters)
        rf"|.*\(\s?(?:{names})(?:[ /,&]+(?:{names}|Archive|Wire|Media|Images|[A-Z]\w+))*\s?\)$"  # … (PA Wire)
        rf"|(?:.*\s)?\S+(?: \S+)?\s?/\s?(?:{names})(?:\s?/\s?[^/.]{{1,30}}){{0,4}}$"  # … Evan Vucci/AP
        rf"|(?:.*\s)?(?:{names})\s?/\s?[^\s/]+(?: [^\s/.]+){{0,2}}$"  # … REUTERS/Peter Nicholls
        rf"|.*[.!?]['\"’”)]?\s+(?:©\s?)?(?:[A-Z]\S+ ){{0,3}}(?:{names})$"  # … in London. Getty Images
        rf"|(?:{names})(?:\s?[/,|]\s?(?:{names}|[A-Z]\S+(?: [A-Z]\S+)?))*$"  # Getty Images
    )


def label_captions(page: list[Line]) -> None:
    """Drop captions and credits, the picture's own text beside them, and their near repetitions close by."""
    for line, following in zip(page, [*page[1:], None], strict=False):
        if line.why is None and _is_caption(line):
            line.drop("caption")
        if line.why == "caption" and line.folded.rstrip(" ,:;") in vocabulary().caption_follows and following:
            following.drop("caption")
    for line, following in pairwise(page):
        if following.why == "caption" and _is_marked(following) and line is not page[0] and _is_picture_text(line):
            line.drop("caption")
    _label_repeated_captions(page)


def _is_caption(line: Line) -> bool:
    if len(line.text) > LONGEST_FURNITURE or line.words > _LONGEST_CAPTION or stays(line):
        return False
    sentence = ends_sentence(line.text)
    if vocabulary().captions.covers(line.folded, sentence=sentence):
        return True
    marked = _MARKED_CREDIT.match(line.text)
    if marked is not None and _is_credit(marked["credit"]):
        return True
    if _BRACKETED_CREDIT.match(line.text):
        return True
    return not sentence and (
        _agency_credit().match(line.text) is not None
        or (line.form is Form.PROSE and line.text[0] not in _QUOTES and _TRAILING_NAMES.match(line.text) is not None)
    )


def _is_marked(line: Line) -> bool:
    """Whether the line itself says that it is about a picture: "Image source, …"."""
    return vocabulary().captions.covers(line.folded, sentence=False)


def _is_credit(words: str) -> bool:
    """Names and agencies: hardly a word in lower case."""
    lower = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", words) if word[0].islower()]
    return all(word in _CREDIT_JOINTS for word in lower)


def _is_picture_text(line: Line) -> bool:
    """A short sentence without a verb: what a picture shows, read out to those who cannot see it."""
    return (
        line.why is None
        and line.words <= _LONGEST_PICTURE_TEXT
        and sentences_in(line.text) == 1
        and not _FINITE.search(line.text)
        and line.text[0] not in _QUOTES
    )


def _label_repeated_captions(page: list[Line]) -> None:
    for place, line in enumerate(page):
        if line.why != "caption":
            continue
        words = _caption_words(line.text)
        for neighbour in page[max(0, place - _NEAR) : place + _NEAR + 1]:
            if neighbour.why is None and len(words) > 2 and _says_the_same(words, neighbour):
                neighbour.drop("caption")


def _caption_words(text: str) -> set[str]:
    marked = _MARKED_CREDIT.match(text)
    return set(re.findall(r"\w+", fold(text[: marked.start("credit")] if marked else text)))


def _says_the_same(caption: set[str], line: Line) -> bool:
    if line.words > _LONGEST_CAPTION:
        return False
    words = set(re.findall(r"\w+", line.folded))
    return len(words & caption) >= _SAME_WORDS * max(len(words), len(caption) - 1)
