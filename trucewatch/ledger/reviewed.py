"""The claims of a report as reviewed: decisions laid over whatever a reader reads from it, now or later.

A decision is on claims as they were, in a text. It meets the claims of that id; where no reading has it
any more, in each reading the one on (about) the same words that is of the same thing and most like it. A
rejection goes further only to a claim that says the same. In another text the words are looked for. What
a reviewer gave stays where a newer reading no longer finds it, as long as its words stand in the text.
Nothing here writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import msgspec

from trucewatch.documents import spans
from trucewatch.ledger.current import ReportKey
from trucewatch.model import AnyClaim, Noun, ReviewDecision, Span
from trucewatch.model.checks import SPANS

_SAME_WORDS = 0.5  # so much of the words of two claims, and they stand on the same
_THING = {  # what two claims of a kind on the same words have in common if they are of the same thing
    "contact": ("form",),
    "commitment": ("topic",),
    "count": ("measure",),
    "posture": ("action",),
    "incident": ("type",),
    "restriction": ("type",),
}
_SAID = {  # what they have in common if they also say the same of it
    "statement": ("speaker", "act", "addressees", "about"),
    "contact": ("form", "status", "participants"),
    "commitment": ("topic", "strength", "parties"),
    "count": ("measure", "low", "high", "approximate"),
    "posture": ("action", "status", "force", "low", "high"),
    "incident": ("type", "perpetrator", "target"),
    "restriction": ("type", "by"),
}
_NO_CONTENT = {*SPANS, "id", "confidence", "reader", "lat", "lon"}
TextOf = Callable[[str], str]


class Decided(Noun, frozen=True, kw_only=True):
    """A review as far as it bears on claims. ``beside`` are other claims of the kind on the same words."""

    seq: int
    decision: ReviewDecision
    key: ReportKey
    sha256: str
    text_sha256: str
    replaces: tuple[AnyClaim, ...] = ()
    gives: tuple[AnyClaim, ...] = ()
    beside: tuple[AnyClaim, ...] = ()


class Sheet(NamedTuple):
    """A reading of a report: its text, by hash, and its claims."""

    document: int
    text_sha256: str
    claims: tuple[AnyClaim, ...]


def settled(sheets: Sequence[Sheet], decided: Sequence[Decided], *, text_of: TextOf) -> list[Sheet]:
    """The readings of one report with the decisions on it, the earlier first.

    ``text_of`` gives a text by its hash. Claims stay in the order of the text; each that a decision gives
    stands in one reading.
    """
    given = {claim.id for one in decided for claim in one.gives}
    claims = {sheet.document: list(sheet.claims) for sheet in sheets}
    for one in decided:
        place: int | None = None
        ids = {claim.id for found in claims.values() for claim in found}
        for sheet in sheets:
            moved = _Moved(one.text_sha256, sheet.text_sha256, text_of)
            taken = _taken(one, claims[sheet.document], moved, given=given, ids=ids)
            claims[sheet.document] = [claim for claim in claims[sheet.document] if claim.id not in taken]
            place = sheet.document if place is None and taken else place
        _give(one, sheets, claims, place, text_of)
    return [sheet._replace(claims=tuple(sorted(claims[sheet.document], key=in_order))) for sheet in sheets]


def in_order(claim: AnyClaim) -> tuple[Span, str, str]:
    """By the order of the text."""
    return claim.evidence, claim.kind, claim.id or ""


def is_beside(claim: AnyClaim, other: AnyClaim) -> bool:
    """Whether two claims are of one kind and stand on (about) the same words."""
    return claim.kind == other.kind and spans.likeness(claim.evidence, other.evidence) >= _SAME_WORDS


# --- which claims a decision is on ---------------------------------------------------------------------


def _taken(
    one: Decided,
    claims: Sequence[AnyClaim],
    moved: _Moved,
    *,
    given: Collection[str | None],
    ids: Set[str | None],
) -> set[str]:
    """The ids of the claims of a reading that a decision does away with; ``ids`` are of all readings."""
    taken = {claim.id or "" for claim in one.replaces}
    if not ids.isdisjoint(claim.id for claim in one.gives):  # it is read as it was given
        return taken
    for target in one.replaces:
        if target.id not in ids and (there := moved.claim(target)):
            free = [claim for claim in claims if claim.id not in taken and claim.id not in given]
            alike = [claim for claim in free if _goes_for(claim, there, one)]
            beside = [other for other in map(moved.claim, one.beside) if other]
            taken |= {claim.id or "" for claim in _most_like(there, alike, beside)}
    return taken


def _goes_for(claim: AnyClaim, target: AnyClaim, one: Decided) -> bool:
    """Whether a decision on a target may go for another claim: of the same thing as the target or as what
    stands in its place; where nothing does, only one that says the same."""
    if not is_beside(claim, target):
        return False
    if not one.gives:
        return _share(claim, target, _SAID)
    return any(_share(claim, known, _THING) for known in (target, *one.gives) if known.kind == claim.kind)


def _share(claim: AnyClaim, other: AnyClaim, fields: Mapping[str, Sequence[str]]) -> bool:
    return all(
        _named(getattr(claim, name)) == _named(getattr(other, name)) for name in fields.get(claim.kind, ())
    )


def _named(value: Any) -> Any:
    """A value as it is compared: actors by their names, in any order."""
    return frozenset(actor.name.casefold() for actor in value) if isinstance(value, tuple) else value


def _most_like(
    target: AnyClaim, claims: Sequence[AnyClaim], beside: Sequence[AnyClaim]
) -> Sequence[AnyClaim]:
    """Of some claims on the target's words the most like it, that is none of those that stood beside it."""
    known = {other.id for other in beside}
    near = [(likeness(claim, target), claim) for claim in claims if claim.id not in known]
    near = [
        (like, claim)
        for like, claim in near
        if all(like >= likeness(claim, other) for other in beside if is_beside(claim, other))
    ]
    return [max(near, key=lambda found: found[0])[1]] if near else []


def likeness(claim: AnyClaim, other: AnyClaim) -> float:
    """How far two claims say the same, from 0 to 1: the share of their values that both have."""
    a, b = set(_values(msgspec.to_builtins(claim))), set(_values(msgspec.to_builtins(other)))
    return len(a & b) / len(a | b)


def _values(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    """What a claim holds, but for where its words stand."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_CONTENT:
                yield from _values(part, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _values(part, path)
    else:
        yield path, value


# --- what it gives -------------------------------------------------------------------------------------


def _give(
    one: Decided,
    sheets: Sequence[Sheet],
    claims: Mapping[int, list[AnyClaim]],
    place: int | None,
    text_of: TextOf,
) -> None:
    """Put what a decision gives into a reading: where it did away with claims, else where the words stand."""
    ordered = sorted(sheets, key=lambda sheet: sheet.document != place)
    for claim in one.gives:
        for sheet in ordered:
            there = _Moved(one.text_sha256, sheet.text_sha256, text_of).claim(claim)
            if there:
                others = [other for other in claims[sheet.document] if other.id != there.id]
                claims[sheet.document][:] = [*others, there]
                break


class _Moved:
    """From one text to another: a claim with its spans where the same words stand there."""

    def __init__(self, old: str, new: str, text_of: TextOf) -> None:
        self._old, self._new, self._text_of = old, new, text_of

    def claim(self, claim: AnyClaim) -> AnyClaim | None:
        """The claim in the other text; None where the words of its evidence do not stand there."""
        if self._old == self._new:
            return claim
        old, new = self._text_of(self._old), self._text_of(self._new)
        evidence = _found(old, new, claim.evidence, near=claim.evidence[0])
        if evidence is None:
            return None
        shift = evidence[0] - claim.evidence[0]

        def span(told: Span) -> Span | None:
            return _found(old, new, told, near=told[0] + shift)

        told = msgspec.to_builtins(claim)
        moved = {**_with_spans(told, span), "evidence": evidence}
        result: AnyClaim = msgspec.convert(moved, AnyClaim)
        return result


def _with_spans(value: Any, span: Callable[[Span], Span | None]) -> Any:
    """The same with each span as ``span`` gives it, without those that it does not."""
    if isinstance(value, dict):
        told = {
            name: span((part[0], part[1])) if name in SPANS and part else _with_spans(part, span)
            for name, part in value.items()
        }
        return {name: part for name, part in told.items() if part is not None}
    return [_with_spans(part, span) for part in value] if isinstance(value, list | tuple) else value


def _found(old: str, new: str, span: Span, *, near: int) -> Span | None:
    """Where the words of a span stand in a text, nearest to a place; line ends and spaces are alike."""
    words = old[slice(*span)].split()
    if not words:
        return None
    written = re.compile(r"\s+".join(map(re.escape, words)))
    return spans.nearest(written, new, near=near)
