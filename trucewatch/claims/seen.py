"""Claims that only the encoder sees.

The encoder tells where a claim of a kind stands and its small classes; time, place, voices and numbers are
read off those words as the rules read theirs. Who did what to whom is filled in when all are joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trucewatch.annotations import cues
from trucewatch.annotations.labels import ABSENT, CLASSES
from trucewatch.claims.circumstances import when, where
from trucewatch.claims.counts import period
from trucewatch.claims.fillers import View
from trucewatch.claims.measures import is_measure
from trucewatch.claims.moods import condition
from trucewatch.claims.statements import act, form
from trucewatch.claims.topics import topic_of
from trucewatch.claims.voices import voices
from trucewatch.documents.spans import overlap, touching, within
from trucewatch.model import (
    AnyClaim,
    Commitment,
    Contact,
    Count,
    Evidence,
    Incident,
    Posture,
    Quantity,
    Span,
    Statement,
)

READER = "encoder"


def claims(view: View, ruled: Sequence[AnyClaim]) -> Iterator[AnyClaim]:
    """The claims on evidence where the rules have none of the kind, and on numbers that they leave out."""
    for evidence in view.annotations.evidence:
        same = [c for c in ruled if c.kind == evidence.kind]
        if evidence.kind == "count":
            yield from _counts(view, evidence.span, same)
        elif not any(_alike(c.evidence, evidence.span) for c in same):
            claim = _claim(view, evidence)
            if claim is not None:
                yield claim


def _alike(one: Span, other: Span) -> bool:
    return overlap(one, other) >= 0.5 * min(one[1] - one[0], other[1] - other[0])


def _claim(view: View, evidence: Evidence) -> AnyClaim | None:
    """The claim on some evidence, without its actors; None where a statement's content is not to be seen."""
    kind, span = evidence.kind, evidence.span
    fields = _fields(view, kind, span)
    if kind == "statement":
        return _statement(view, span, fields)
    if kind == "contact":
        return Contact(participants=(), condition=condition(view.document.words(span)), **fields)
    if kind == "commitment":
        return _commitment(view, span, fields)
    if kind == "posture":
        numbers = _numbers(view, span)
        return Posture(force=(), **fields, **(_bounds(numbers[0]) if numbers else {}))
    return Incident(**fields)


def _fields(view: View, kind: str, span: Span) -> dict[str, Any]:
    """What all kinds have, and the small classes."""
    fields: dict[str, Any] = {"evidence": span, "said_by": (), "reader": READER}
    for name in CLASSES:
        of, field = name.split(".")
        if of == kind and name != "statement.form":
            values = view.sight.values(name, span)
            fields[field] = max(values, key=values.__getitem__)
            if fields[field] == ABSENT:
                del fields[field]
    passage = view.passage(span[0])
    if kind != "statement" and passage is not None:
        fields["said_by"] = voices(view.document, view.annotations, span)
        fields["time"] = when(passage, span)
    if kind in {"count", "posture", "incident"} and passage is not None:
        fields["place"] = where(passage, span, after=span[0])
    return fields


def _statement(view: View, span: Span, fields: dict[str, Any]) -> Statement | None:
    content = view.filling("statement.content", span).best()
    if content is None or not (content[0] < span[1] and span[0] < content[1]):
        return None
    if verb := _verb(view, content):
        fields["act"] = act(view.document, verb, content)
    return Statement(speaker=(), content=content, form=form(view.document, content), **fields)


def _verb(view: View, content: Span) -> str:
    """The verb by which the encoder's attributions tell a content."""
    near = touching(view.annotations.attributions, content)
    told = [a for a in near if a.cue and any(_alike(part, content) for part in a.content)]
    return next((verb for a in told if a.cue and (verb := cues.verb_in(view.document.words(a.cue)))), "")


def _commitment(view: View, span: Span, fields: dict[str, Any]) -> Commitment:
    action = view.filling("commitment.action", span).best() or span
    words = view.document.words
    fields["topic"] = topic_of(words(action))
    return Commitment(parties=(), action=words(action), condition=condition(words(span)), **fields)


def _counts(view: View, span: Span, ruled: Sequence[AnyClaim]) -> Iterator[Count]:
    """One count for each number on some evidence that no rule has counted, on the words up to the next."""
    numbers = _numbers(view, span)
    for at, number in enumerate(numbers):
        start = span[0] if at == 0 else number.span[0]
        end = numbers[at + 1].span[0] if at + 1 < len(numbers) else span[1]
        words = (start, start + len(view.document.words((start, end)).rstrip(" ,;–—-")))
        if not any(_is_counted(number, claim) for claim in ruled) and words[1] > words[0]:
            fields = _fields(view, "count", words)
            passage = view.passage(words[0])
            length = period(passage, words) if passage else None
            yield Count(period=length, **fields, **_bounds(number))


def _is_counted(number: Quantity, claim: AnyClaim) -> bool:
    touches = claim.evidence[0] < number.span[1] and number.span[0] < claim.evidence[1]
    return isinstance(claim, Count) and touches and (claim.low, claim.high) == (number.low, number.high)


def _numbers(view: View, span: Span) -> list[Quantity]:
    """The numbers of things on a span: no measures, no money."""
    marks = within(view.annotations.quantities, span)
    numbers = [q for q in marks if q.low is not None or q.high is not None]
    return [q for q in numbers if q.unit is None or not is_measure(q.unit)]


def _bounds(number: Quantity) -> dict[str, Any]:
    return {
        "low": number.low, "high": number.high, "approximate": number.approximate, "unit": number.unit,
    }  # fmt: skip
