"""The clauses of a text that ask something each, and what it tells beside them."""

import re

from retrieval.text.sentences import sentences

ASKING = r"(?:who|whom|whose|what|when|where|why|which|how)"
PREPOSITION = r"(?:by|for|to|from|in|at|on|with|of)"
MEASURE = r"(?:many|much|long|old|far|often|come|so|not|else)"
LEAD = re.compile(rf"^(?:{PREPOSITION}\s+)?({ASKING})\b\s*(.*)$", re.IGNORECASE | re.DOTALL)
"""A clause that begins with a question word: the word, and what follows it."""
AUXILIARY = re.compile(
    r"(?:did|does|do|has|have|had|was|were|is|are|will|would|can|could|should|might|must)\b", re.IGNORECASE
)
_JOINT = re.compile(rf"\s*(?:[,;]\s*(?:and\s+)?|\s+and\s+)(?=(?:{PREPOSITION}\s+)?{ASKING}\b)", re.IGNORECASE)
_SEVERAL = re.compile(rf"^\s*((?:{ASKING}\s*(?:,|&|and\b)\s*(?:and\s+)?)+{ASKING})\s+(?=\w)", re.IGNORECASE)


def clauses(text: str) -> tuple[list[str], str]:
    """Return the questions in a text, and what is told beside them: “31 men were held. Where was that?”."""
    stretches = [span.within(line) for line in re.split(r"(?<=\?)\s+", text) for span in sentences(line)]
    questions = [stretch for stretch in stretches if stretch.endswith("?") or LEAD.match(stretch)]
    told = " ".join(stretch for stretch in stretches if stretch not in questions) if questions else ""
    found = [clause for question in questions or [text] for clause in _several(question) or _joined(question)]
    return [clause for clause in found if re.search(r"\w", clause)] or [text], told


def _several(sentence: str) -> list[str]:
    """When and where did it happen → when did it happen, where did it happen."""
    match = _SEVERAL.match(sentence)
    asked = re.findall(rf"\b{ASKING}\b", match[1], re.IGNORECASE) if match else []
    return [f"{asking} {sentence[match.end() :]}" for asking in asked] if match else []


def _joined(sentence: str) -> list[str]:
    """Take the clauses of a question apart; in “the man who … and who …” they are none."""
    return _JOINT.split(sentence) if LEAD.match(sentence) else [sentence]
