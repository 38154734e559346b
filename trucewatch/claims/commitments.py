"""Commitments: a party binds itself, or is asked to bind itself, to do or to stop something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.claims import moods, truces, undertakings
from trucewatch.claims.clauses import Passage, passages
from trucewatch.claims.contacts import company
from trucewatch.claims.mentions import as_time, place_of, resolved
from trucewatch.claims.topics import topic_of
from trucewatch.claims.undertakings import Undertaking
from trucewatch.claims.voices import voices
from trucewatch.model import Annotations, Commitment, Document, Span, Time, Voice

READER = "rules: commitments"

_NO_VOUCHER = re.compile(
    r"(?:re)?(?:agree|commit)|(?:was|been) agreed|reject|dismiss|den(?:y|ied)|thank|slam|condemn",
    re.IGNORECASE,
)
_SAYING = frozenset({"urge", "call", "encourage"})
_IN_YEAR = re.compile(r"\b(?:in|since|by|until|of|during|before|after|from)\s+$", re.IGNORECASE)
_TRUCE = re.compile(r"\s+(?:cease-?fire|truce)", re.IGNORECASE)
_VAGUE = frozenset(
    {
        "now",
        "immediately",
        "currently",
        "recently",
        "recent",
        "future",
        "the future",
        "once",
        "as soon as possible",
    }
)
_DROP = re.compile(r"^(?:that|to|the fact that)\s+", re.IGNORECASE)
_SAID_SO = re.compile(
    r",[\"”’']?\s+(?=(?:[\w.'’-]+\s+){0,7}?(?:said|says|added|told|noted|stressed|stated|announced|warned)\b[^,]*$)"
)
_AT_ONCE = re.compile(r"\s*(?:on\s*)?", re.I)


def read(document: Document, annotations: Annotations) -> Iterator[Commitment]:
    """The commitments of a document."""
    together = company(document, annotations)
    for passage in passages(document, annotations, company=together):
        for undertaking in _undertakings(passage):
            yield _commitment(undertaking)


def _undertakings(passage: Passage) -> Iterator[Undertaking]:
    """What a sentence tells, each action once: the outer of two cues has it."""
    taken: list[Span] = []
    for undertaking in (*undertakings.find(passage), *truces.find(passage)):
        if not any(start <= undertaking.action[0] < end for start, end in taken):
            taken.append(undertaking.action)
            yield undertaking


def _commitment(undertaking: Undertaking) -> Commitment:
    passage = undertaking.passage
    action = _DROP.sub("", passage.words(undertaking.action)).strip(' ,.;:"“”')
    return Commitment(
        evidence=undertaking.evidence,
        said_by=_voices(undertaking),
        parties=undertaking.parties,
        action=action,
        topic=topic_of(action),
        strength=undertaking.strength,
        time=_time(undertaking),
        place=place_of(passage.document, passage.annotations, undertaking.action),
        condition=_condition(undertaking),
        confidence=undertaking.confidence,
        reader=f"{READER}, {undertaking.rule}",
    )


def _condition(undertaking: Undertaking) -> str | None:
    """The conditional clause that governs an undertaking, without who said it."""
    passage = undertaking.passage
    clause = moods.condition_for(passage.words(passage.span), undertaking.cue[0] - passage.span[0])
    return _SAID_SO.split(clause)[0].strip(" ,") or None if clause else None


def _voices(undertaking: Undertaking) -> tuple[Voice, ...]:
    """Who vouches: those who say the action, else who makes the demand.

    Parties that agree to it do not vouch for it, nor does who rejects it.
    """
    passage = undertaking.passage
    chain = voices(passage.document, passage.annotations, undertaking.action)
    vouching = tuple(v for v in chain if not _NO_VOUCHER.match(v.cue or ""))
    if vouching or undertaking.rule not in _SAYING:
        return vouching
    cue = passage.words(undertaking.cue)
    return tuple(
        Voice(source=a.name, span=a.span, cue=cue) for a in resolved(passage.subject(undertaking.cue[0]))
    )


def _time(undertaking: Undertaking) -> Time | None:
    """The deadline or the day: the first date from the cue on, for a ceasefire also one before the noun."""
    passage = undertaking.passage
    first = undertaking.evidence[0] if undertaking.rule == "ceasefire" else undertaking.cue[0]
    for date in passage.dates:
        inside = first <= date.span[0] and date.span[1] <= undertaking.evidence[1] + 1
        between = passage.words((undertaking.cue[1], max(undertaking.cue[1], date.span[0])))
        if undertaking.rule == "agree" and _AT_ONCE.fullmatch(between):
            continue  # "agreed on Sunday to withdraw by May": the day of agreeing is no deadline
        if inside and (date.start or date.end) and not _is_loose(passage, date.span):
            return as_time(passage.document, date)
    return None


def _is_loose(passage: Passage, span: Span) -> bool:
    """Whether a date is vague, or a bare year that belongs to a name ("the 2015 agreement")."""
    words = " ".join(passage.words(span).lower().split())
    before = passage.words((max(passage.span[0], span[0] - 12), span[0]))
    after = passage.words((span[1], min(passage.span[1], span[1] + 20)))
    return words in _VAGUE or (words.isdigit() and not (_IN_YEAR.search(before) or _TRUCE.match(after)))
