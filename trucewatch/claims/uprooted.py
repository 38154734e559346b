"""Counts of people who leave: those who are only to leave are not displaced, and soldiers never are."""

from __future__ import annotations

import re

import msgspec

from trucewatch.claims.fillers import View
from trucewatch.documents.spans import holding, within
from trucewatch.model import Count, Span

_LEAVING = re.compile(
    r"\b(?:displac\w+|fle(?:d|e|es|eing)|evacuat\w+|evacuees?|uproot\w+|deport\w+|refugees?|idps?|resettl\w+|relocat\w+"
    r"|leav(?:e|es|ing)|left|tak(?:e|en|ing)\s+(?:away|out|to)|took\s+shelter|mov(?:e|ed|ing)|cross(?:ed|ing)?|driven"
    r"|drove|homes?|homeless|sought|shelter\w*|refuge|exodus|escap\w+|transferred|bussed|arriv\w+|return\w*)\b",
    re.IGNORECASE,
)
_TROOPS = re.compile(
    r"\b(?:troops?|soldiers?|personnel|servicem[ae]n|fighters?|conscripts?|reservists?|paratroopers?|combatants?"
    r"|(?:armed|ground|land)?\s*forces)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:people|civilians?|residents?|refugees?|families|women|children|inhabitants?|villagers?|citizens?|locals"
    r"|households?|idps?)\b",
    re.IGNORECASE,
)
_WILL = r"(?:will|would|shall|should|could|may|might|must|can)"
_TO = r"(?:(?:due|set|going|about|expected|supposed|scheduled|yet|likely)\s+)?to"
# "700,000 people were to be taken away", "4,000 would have to leave"; not "may have left".
_TO_COME = re.compile(
    rf"\b(?:{_WILL}(?:\s+not)?|(?:is|are|was|were)\s+(?:\w+ly\s+)?{_TO}|due\s+to|planned\s+to|waiting\s+to|to\s+be)\s+"
    r"(?!have\s+(?!to\b))\w",
    re.IGNORECASE,
)
_PLANS = re.compile(
    rf"\b(?:{_WILL}|(?:plan(?:s|ned|ning)?|prepar(?:e|es|ed|ing)|intend(?:s|ed)?|want(?:s|ed)?|promis(?:e|es|ed)"
    r"|offer(?:s|ed)?|order(?:s|ed)?|hop(?:e|es|ed|ing)|expect(?:s|ed)?|going|ready|able|about|due|set)\s+to)"
    r"\s+(?:\w+ly\s+)?(?:evacuate|take|move|bring|resettle|relocate|displace|deport|transfer|rescue|get)\b[^.;,]*$",
    re.IGNORECASE,
)
_CUT = re.compile(r"[.;,]|\b(?:and|but|while|after|as|who)\b")
_LEAD = 60  # characters before a number in which it may be said to be planned


def measured(view: View, claim: Count) -> Count:
    """A count of displaced by what its words measure.

    Soldiers are ``troops``; of "some 700 villagers were to be taken away" the measure is ``other``, which
    no tally takes up.
    """
    if claim.measure != "displaced":
        return claim
    if _is_of_troops(view, claim):
        return msgspec.structs.replace(claim, measure="troops")
    return msgspec.structs.replace(claim, measure="other") if _is_to_come(view, claim) else claim


def _is_of_troops(view: View, claim: Count) -> bool:
    """Whether soldiers are counted, by the unit, the words, or what stands before where nobody leaves."""
    words = view.document.words(claim.evidence)
    if _TROOPS.search(claim.unit or ("" if _PEOPLE.search(words) else words)):
        return True
    around = view.document.words(_with_sentence_before(view, claim))
    people = _PEOPLE.search(view.document.words(_sentence(view, claim)))
    return not (people or _LEAVING.search(around)) and bool(_TROOPS.search(around))


def _is_to_come(view: View, claim: Count) -> bool:
    sentence, (start, end) = _around(view, claim)
    after = _CUT.split(view.document.text[end : sentence[1]], maxsplit=1)[0]
    before = view.document.text[max(sentence[0], start - _LEAD) : start]
    return bool(_TO_COME.search(after) or _PLANS.search(before))


def _with_sentence_before(view: View, claim: Count) -> Span:
    start, end = _sentence(view, claim)
    earlier = holding(view.document.sentences, max(0, start - 2))
    return (earlier[0] if earlier else start, end)


def _sentence(view: View, claim: Count) -> Span:
    return holding(view.document.sentences, claim.evidence[0]) or claim.evidence


def _around(view: View, claim: Count) -> tuple[Span, Span]:
    """The part of the sentence that a count's number governs, up to the next number, and the number."""
    sentence = _sentence(view, claim)
    numbers = within(view.annotations.quantities, (sentence[0], max(sentence[1], claim.evidence[1])))
    inside = [q for q in numbers if claim.evidence[0] <= q.span[0] < claim.evidence[1]]
    own = next((q for q in inside if (q.low, q.high) == (claim.low, claim.high)), None)
    if own is None:
        return (claim.evidence[0], sentence[1]), (claim.evidence[0], claim.evidence[0])
    first = max((q.span[1] for q in numbers if q.span[1] <= own.span[0]), default=sentence[0])
    last = min((q.span[0] for q in numbers if q.span[0] >= own.span[1]), default=sentence[1])
    return (first, last), own.span
