"""Vetoes: what no claim may say, whoever read it.

A denied attack is no attack, an agreed meeting has not been held, and who quotes somebody does not speak.
The rules keep to this by themselves; the encoder, and what comes of both, is held to it here. Who is accused
(accused.py), what became of a contact (outcomes.py), what is only asked for (asked.py) and who is only to
leave (uprooted.py) have modules of their own.
"""

from __future__ import annotations

import re

import msgspec

from trucewatch.claims import accused, asked, moods, outcomes, uprooted
from trucewatch.claims.fillers import View
from trucewatch.claims.seen import READER
from trucewatch.model import Actor, AnyClaim, Commitment, Contact, Count, Incident, Statement

# Who denies that it was so; not who is denied access, nor who rejects an offer.
_DENIAL = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!being )\b(?:den(?:y|ies|ied|ying)\s+(?:\w+ly\s+)?\w+ing"
    r"|(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?|refut(?:es?|ed|ing)|disavow\w*)"
    r"\s+(?:\w+\s+){0,3}?(?:that|having|reports?|claims|allegations|accusations|charges|suggestions))\b",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:and|but|said|says|while)\b|[;.]", re.IGNORECASE)
_REACH, _LEAD = 80, 60  # characters from a denial to what it denies; before a denial in the evidence itself
_MEETING = re.compile(
    r"\b(?:meet(?:s|ing|ings)?|met|talk(?:s|ed|ing)?|call(?:s|ed)?|sp(?:ea|o)k\w*|summits?|sessions?|visit\w*"
    r"|conversations?|negotiat\w+|consult\w*|phon\w+|summon\w*|receiv\w*|host\w*|dialogue|discuss\w*|gather\w*"
    r"|conven\w*|conferences?|rounds?)\b",
    re.IGNORECASE,
)
_PUBLIC = (
    r"\b(?:civilians?|residents?|locals|villagers?|inhabitants?|passers-by|journalists?|reporters?|media"
    r"|press)\b(?!['’]?\s+(?:secretar|advis|officer|chief|minister|council|committee|represent))"
)
_NOBODY = re.compile(rf"{_PUBLIC}$", re.IGNORECASE)
_TO_NOBODY = re.compile(
    rf"\b(?:spoke|spoken|talk(?:ed|s)?|met|meet)\s+(?:\w+\s+){{0,2}}?{_PUBLIC}", re.IGNORECASE
)
_RELAYED = re.compile(r"\b(?:quoted|cited|carried|relayed)\s+by\s+$", re.IGNORECASE)
_FIRM = frozenset({"planned", "proposed", "refused", "cancelled", "postponed"})
_VISIT = re.compile(
    r"\b(?:visit\w*|trips?|tour\w*|travel\w*|arriv\w*|fl(?:y|ies|ew|ying|own)|went|go(?:es|ing)?|c[ao]m(?:e|es|ing)"
    r"|receiv\w*|host\w*|welcom\w*|journey\w*|stopp?\w*|land(?:s|ed)|delegations?|guests?|in\s+[A-Z]\w+)\b"
)
# What may be planned without a word for a meeting: "will travel to Geneva", "to stay in contact".
_TO_MEET = re.compile(
    r"\b(?:trips?|travel\w*|arriv\w*|fly|go\s+to|going\s+to\s+[A-Z]|tour\w*|contacts?(?!\s+(?:line|group))|in\s+touch"
    r"|com(?:e|ing)\s+together|sit(?:ting)?\s+down|attend\w*|tak(?:e|ing)\s+part|participat\w*|join(?:s|ed|ing)?|delegat\w+"
    r"|negotiators?|mediat\w*|envoys?|interlocutors?|(?:an?|the)\s+exchange\s+of\s+views)\b",
    re.IGNORECASE,
)
_BY_PHONE = re.compile(r"\b(?:(?:tele)?phon\w*|calls?|video\w*)\b", re.IGNORECASE)


def stands(view: View, claim: AnyClaim) -> bool:
    """Whether a claim may stand: a count or an incident that its sentence denies may not.

    >>> stands(view, incident)  # of "Kyiv denied that its forces had shelled the village"  # doctest: +SKIP
    False
    """
    if not isinstance(claim, Count | Incident):
        return True
    return not _is_denied(_before(view, claim), view.document.words(claim.evidence))


def _is_denied(before: str, words: str) -> bool:
    """Whether some words, or what stands before them in their sentence, deny them."""
    for denial in _DENIAL.finditer(before + words):
        start, end = denial.start() - len(before), denial.end() - len(before)
        gap, lead = before[denial.end() :], words[: max(start, 0)]
        if end <= 0 and len(gap) <= _REACH and not _ELSE.search(gap):
            return True
        if end > 0 and len(lead) <= _LEAD and not re.search("[,;]", lead):
            return True
    return False


def borne_out(view: View, claim: AnyClaim) -> AnyClaim | None:
    """The claim as its words bear it out; None for a contact where they tell of none."""
    told = tempered(view, claim)
    return told if meets(view, told) else None


def meets(view: View, claim: AnyClaim) -> bool:
    """Whether a claim, if it is a contact, is one.

    Who speaks to people in the street or to the press has no contact with a side, nor have those who did
    not meet; what is said to have been held, or to be planned, is called by a word for meeting.
    """
    if not isinstance(claim, Contact):
        return True
    words = view.document.words(claim.evidence)
    if claim.reader == READER and claim.status in {"held", "planned"} and not _MEETING.search(words):
        return claim.status == "planned" and bool(_TO_MEET.search(words))
    if outcomes.is_none(view, claim):
        return False
    return not (_TO_NOBODY.search(words) or any(_NOBODY.search(a.name) for a in claim.participants))


def tempered(view: View, claim: AnyClaim) -> AnyClaim:
    """The claim, no stronger than its words: a contact that is agreed, planned or off is not held.

    Who tells of an incident is not accused of it, what is asked for is no pledge, soldiers are not
    displaced, and who only relays a statement of another does not make it.
    """
    match claim:
        case Incident():
            return accused.rightly(view, claim)
        case Commitment():
            return asked.unpledged(view, claim)
        case Count():
            return uprooted.measured(view, claim)
        case Contact():
            return _in_form(view, outcomes.settled(view, _unless_firm(view, claim)))
        case Statement() if claim.reader == READER:
            told = tuple(a for a in claim.speaker if not _relays(view, a))
            return msgspec.structs.replace(claim, speaker=told)
    return claim


def _unless_firm(view: View, claim: Contact) -> Contact:
    """A contact that only the encoder sees as held, with the status that the words before it give."""
    if claim.reader != READER or claim.status != "held":
        return claim
    words = view.document.words(claim.evidence)
    meeting = _MEETING.search(words)
    status = moods.before(words[: meeting.start()]) if meeting else None
    return msgspec.structs.replace(claim, status=status) if status in _FIRM else claim


def _in_form(view: View, claim: Contact) -> Contact:
    """A contact whose words name no visit as what they name: "will consult the chancellor" are talks."""
    words = view.document.words(claim.evidence)
    if claim.form != "visit" or _VISIT.search(words):
        return claim
    return msgspec.structs.replace(claim, form="call" if _BY_PHONE.search(words) else "talks")


def _relays(view: View, actor: Actor) -> bool:
    """Whether an actor's mention is that of a relay: "in a statement quoted by Lusa"."""
    text = view.document.text
    return actor.span is not None and bool(_RELAYED.search(text[max(0, actor.span[0] - 20) : actor.span[0]]))


def _before(view: View, claim: AnyClaim) -> str:
    """The words of the sentence before the evidence."""
    passage = view.passage(claim.evidence[0])
    return passage.words((passage.span[0], claim.evidence[0])) if passage else ""
