"""Rewording: an earlier question asked again with another question word, another subject or another name.

“Who rejected joint patrols?”, which France did, becomes “Why did France reject joint patrols?”.
"""

import re
from itertools import takewhile

from retrieval.asking.clauses import AUXILIARY, LEAD, PREPOSITION
from retrieval.text.lexicon import base_form, is_past
from retrieval.text.vocabulary import words

_ADVERBIAL = re.compile(rf"(?:when|where|why|how|{PREPOSITION}\s.*)", re.IGNORECASE)
"""What asks for no one and nothing that the verb needs."""
_OPENER = re.compile(r"^(?:The|An?|More|About|Some|Nearly) (?=[\w£$€])")
_ADVERBS = words("adverbs_before_verbs")
_BE = words("be")
_DETERMINERS = words("determiners")
_DO = {"did", "does", "do"}
_SAYING = words("quote")


def asked_again(asking: str, question: str, answer: str | None) -> str | None:
    """Ask for another thing about the same deed: `asking` is when, where, why or how; `answer` what was asked before.

    With an empty `asking`, ask whether it was so. None where the question's build is not understood.
    """
    lead = LEAD.match(question.rstrip("? "))
    if lead is None:
        return None
    noun = _noun(lead[1].lower(), lead[2].split())
    deed = _deed(question[: lead.end(1)], noun, lead[2].split()[len(noun) :], answer)
    return _sentence(f"{asking} {deed}") if deed else None


def stated(question: str, answer: str) -> str | None:
    """Say who or what did it: “France rejected joint patrols.”; None where something else was asked."""
    lead = LEAD.match(question.rstrip("? "))
    if lead is None or lead.start(1) or lead[1].lower() not in {"who", "which", "what", "how", "whose"}:
        return None
    noun = _noun(lead[1].lower(), lead[2].split())
    verbs = lead[2].split()[len(noun) :]
    if not verbs or (AUXILIARY.fullmatch(verbs[0]) and not _lacks_subject(verbs)):
        return None
    return f"{_sentence(' '.join([_subject(lead[1].lower(), noun, answer), *verbs]))[:-1]}."


def done_by(subject: str, question: str) -> str | None:
    """Ask whether somebody else did what the question asks who did; None where it does not ask that."""
    lead = LEAD.match(question.rstrip("? "))
    if lead is None or lead.start(1) or lead[1].lower() not in {"who", "which", "what"}:
        return None
    verbs = lead[2].split()[len(_noun(lead[1].lower(), lead[2].split())) :]
    if not verbs or (AUXILIARY.fullmatch(verbs[0]) and not _lacks_subject(verbs)):
        return None
    return asked_again("", question, subject)


def as_subject(words_: str) -> str:
    """As it stands before a verb: The board → the board; Jean Castex, the premier → Jean Castex, the premier,."""
    inside = _OPENER.sub(lambda opener: opener[0].lower(), words_)
    return f"{inside}," if "," in inside else inside


def _noun(asking: str, rest: list[str]) -> list[str]:
    """What stands between the question word and the verb: which *country*, how *many people*."""
    if asking in {"who", "whom", "when", "where", "why"}:
        return []
    return list(takewhile(lambda word: not AUXILIARY.fullmatch(word) and not is_past(word), rest))


def _deed(asked: str, noun: list[str], verbs: list[str], answer: str | None) -> str | None:
    """Auxiliary, subject, verb and object: did France reject joint patrols."""
    adverbial = _ADVERBIAL.fullmatch(asked) and (not noun or " " in asked)
    if not verbs or (adverbial and not AUXILIARY.fullmatch(verbs[0])):
        return None
    if adverbial:
        return " ".join(verbs)
    if not AUXILIARY.fullmatch(verbs[0]):
        return _of_subject(verbs, _subject(asked.lower(), noun, answer))
    if _lacks_subject(verbs):
        return " ".join([verbs[0], _subject(asked.lower(), noun, answer), *verbs[1:]])
    return " ".join(_of_object(verbs, answer))


def _of_subject(verbs: list[str], subject: str) -> str:
    """Who *rejected joint patrols* → did France reject joint patrols."""
    adverbs = list(takewhile(_is_adverb, verbs))
    verb, *others = verbs[len(adverbs) :] or [""]
    auxiliary = "does" if verb.endswith("s") and base_form(verb) != verb else "did"
    return " ".join([auxiliary, subject, *adverbs, base_form(verb), *others])


def _of_object(verbs: list[str], answer: str | None) -> list[str]:
    """What *did France reject* → did France reject joint patrols; for words that were said, “that”."""
    saying = next((place for place, verb in enumerate(verbs) if verb.lower() in _SAYING), None)
    if saying is not None:
        return [*verbs[: saying + 1], "that", *verbs[saying + 1 :]]
    return [*verbs, as_subject(answer).rstrip(",")] if answer else verbs


def _lacks_subject(verbs: list[str]) -> bool:
    """Whether the verb follows its auxiliary at once: was *arrested*, has *resigned*, will *lead*."""
    auxiliary = verbs[0].lower()
    first = next((word for word in verbs[1:] if not _is_adverb(word)), "")
    if not first.islower() or auxiliary in _DO:
        return False
    if auxiliary in _BE:
        return is_past(first) or (first.endswith("ing") and base_form(first) != first)
    return first not in _DETERMINERS


def _is_adverb(word: str) -> bool:
    return word.lower() in _ADVERBS or word.endswith("ly")


def _subject(asked: str, noun: list[str], answer: str | None) -> str:
    """Who did it, or what stands for them where that is not known."""
    if answer is None:
        return " ".join(["that", *noun]) if noun and asked != "how" else "they" if asked in {"who", "how"} else "it"
    counted = noun[1:] if asked == "how" else noun if asked == "whose" else []
    return as_subject(answer if answer.endswith(tuple(counted)) else " ".join([answer, *counted]))


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}?"
