"""Who or what may fill a role of a claim: what the rules say and what the encoder sees, side by side.

A candidate carries its value and what speaks for it: whether the rules chose it, and the log odds that
the encoder gives its words. How far each is to be believed is learned (joining.py).
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from trucewatch.annotations.decoding import Floats
from trucewatch.annotations.sight import Sight
from trucewatch.claims.clauses import Passage, passages
from trucewatch.claims.mentions import as_place, as_time
from trucewatch.documents.spans import Mark, likeness, touching
from trucewatch.model import Actor, Annotations, AnyClaim, Document, Place, Span, Statement, Time, Voice

Value = TypeVar("Value")
LEAST = -1.5  # log odds: words below this do not make a candidate
UNSEEN = -7.0  # log odds of what stands too far off to be asked about
SPEAKING = frozenset({"speaker", "observer"})  # roles that an attribution may fill
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)


@dataclass(frozen=True)
class Candidate(Generic[Value]):
    """A possible filler: ``ruled`` where the rules chose it, ``odds`` as the encoder sees it.

    ``told`` is the score of the attribution that makes it the source of the claim's words, if one does.
    """

    value: Value
    ruled: bool
    odds: float
    told: float = 0.0

    def features(self, *, alone: bool) -> tuple[float, ...]:
        """What the choice is made from; ``alone`` where the rules chose nobody for the role."""
        odds = max(UNSEEN, min(-UNSEEN, self.odds))
        return (float(self.ruled), odds, odds * self.ruled, float(alone), self.told)


class View:
    """A document with its annotations and what the encoder saw of it."""

    def __init__(self, document: Document, annotations: Annotations, sight: Sight) -> None:
        self.document, self.annotations, self.sight = document, annotations, sight

    @functools.cached_property
    def _passages(self) -> list[Passage]:
        return list(passages(self.document, self.annotations))

    def passage(self, at: int) -> Passage | None:
        """The sentence that an offset stands in."""
        number = bisect_right(self._passages, at, key=lambda p: p.span[0]) - 1
        return self._passages[number] if number >= 0 else None

    def filling(self, role: str, evidence: Span) -> Filling:
        """The words that may fill a role of some evidence."""
        low, odds = self.sight.filling(role, evidence)
        return Filling(self.sight, low, odds)


class Filling:
    """The log odds of words to fill one role."""

    def __init__(self, sight: Sight, low: int, odds: Floats) -> None:
        self.sight, self.low, self.odds = sight, low, odds
        self._sums = [0.0, *np.cumsum(odds).tolist()]

    def of(self, span: Span | None) -> float:
        """The mean log odds of the words on a span."""
        if span is None:
            return UNSEEN
        start, end = (min(max(n - self.low, 0), len(self.odds)) for n in self.sight.words(span))
        return (self._sums[end] - self._sums[start]) / (end - start) if end > start else UNSEEN

    def runs(self, *, least: float = LEAST) -> Iterator[Span]:
        """Runs of words that may fill the role, as spans of the text."""
        above = np.flatnonzero(self.odds > least)
        if len(above):
            for run in np.split(above, np.flatnonzero(np.diff(above) > 1) + 1):
                first, last = int(run[0]) + self.low, int(run[-1]) + self.low
                yield self.sight.spans[first][0], self.sight.spans[last][1]

    def best(self) -> Span | None:
        """The run that is likeliest as a whole, if any is likelier than not."""
        return max(self.runs(least=0.0), key=lambda s: self.of(s) * (s[1] - s[0]), default=None)


def actors(view: View, claim: AnyClaim, role: str) -> list[Candidate[Actor]]:
    """The actors that may fill a role: those of the rules first, then those that only the encoder sees."""
    filling = view.filling(f"{claim.kind}.{role}", claim.evidence)
    told = sources(view, claim) if role in SPEAKING else []
    ruled = _listed(getattr(claim, role))
    return _merged(ruled, filling, told, lambda span: _actors_on(view, span), _same_actor)


def voices(view: View, claim: AnyClaim) -> list[Candidate[Voice]]:
    """The voices that may vouch for a claim."""
    filling = view.filling(f"{claim.kind}.said_by", claim.evidence)
    told = sources(view, claim)
    return _merged(claim.said_by, filling, told, lambda span: _voices_on(view, span), _same_voice)


def sources(view: View, claim: AnyClaim) -> list[tuple[Span, float]]:
    """The sources of the attributions that tell a claim, with their scores.

    An attribution tells a statement where both have (about) the same content, another claim where its
    content covers the evidence.
    """
    found = []
    for attribution in touching(view.annotations.attributions, claim.evidence):
        if attribution.source and attribution.content:
            content = (attribution.content[0][0], attribution.content[-1][1])
            if isinstance(claim, Statement):
                tells = claim.content is not None and likeness(content, claim.content) > 0.5
            else:
                common = min(content[1], claim.evidence[1]) - max(content[0], claim.evidence[0])
                tells = common >= 0.8 * (claim.evidence[1] - claim.evidence[0])
            if tells:
                found.append((attribution.source, attribution.score))
    return found


def times(view: View, claim: AnyClaim) -> list[Candidate[Time]]:
    """The dates that may be a claim's time."""
    filling = view.filling(f"{claim.kind}.time", claim.evidence)
    found = [
        Candidate(as_time(view.document, d), False, filling.of(d.span))
        for d in _reached(view.annotations.dates, filling)
        if d.start or d.end
    ]
    return _with_ruled(claim.time, found)


def places(view: View, claim: AnyClaim) -> list[Candidate[Place]]:
    """The places that may be a claim's place."""
    filling = view.filling(f"{claim.kind}.place", claim.evidence)
    found = [
        Candidate(as_place(view.document, p), False, filling.of(p.span))
        for p in _reached(view.annotations.places, filling)
    ]
    named = [p.span for p in view.annotations.places]
    for run in filling.runs():
        if not any(a < run[1] and run[0] < b for a, b in named):
            words = view.document.words(run)
            found.append(Candidate(Place(text=words, name=words), False, filling.of(run)))
    return _with_ruled(claim.place, found)


def _reached(marks: Sequence[Mark], filling: Filling) -> Iterable[Mark]:
    """The marks in the part of the text that was asked about."""
    spans = filling.sight.spans
    if not len(filling.odds):
        return ()
    return touching(marks, (spans[filling.low][0], spans[filling.low + len(filling.odds) - 1][1]))


Told = TypeVar("Told", bound=Time | Place)


def _with_ruled(ruled: Told | None, found: list[Candidate[Told]]) -> list[Candidate[Told]]:
    """The rules' value with the odds of the same words, and the likely others."""
    likely = [c for c in found if c.odds > LEAST]
    if ruled is None:
        return likely
    odds = max((c.odds for c in found if c.value.text == ruled.text), default=UNSEEN / 2)
    others = [c for c in likely if c.value.text != ruled.text]
    return [Candidate(ruled, True, odds), *others]


def _listed(value: Actor | tuple[Actor, ...] | None) -> tuple[Actor, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _merged(
    ruled: Sequence[Value],
    filling: Filling,
    told: Sequence[tuple[Span, float]],
    on: Callable[[Span], list[Value]],
    same: Callable[[Value, Value], bool],
) -> list[Candidate[Value]]:
    """The rules' values with what speaks for them, then those that only the encoder sees."""
    seen = [Candidate(v, False, filling.of(source), score) for source, score in told for v in on(source)]
    seen += [Candidate(v, False, filling.of(run)) for run in filling.runs() for v in on(run)]
    found: list[Candidate[Value]] = []
    for value in ruled:
        alike = [c for c in seen if same(c.value, value)]
        odds = max([c.odds for c in alike] + [filling.of(value.span)])  # type: ignore[attr-defined]
        found.append(Candidate(value, True, odds, max((c.told for c in alike), default=0.0)))
    for candidate in sorted(seen, key=lambda c: (-c.told, -c.odds)):
        alike = [c for c in seen if same(c.value, candidate.value)]
        if not any(same(candidate.value, other.value) for other in found):
            found.append(Candidate(candidate.value, False, max(c.odds for c in alike), candidate.told))
    return found


def _same_actor(one: Actor, other: Actor) -> bool:
    return one.name == other.name or bool(one.span and other.span and likeness(one.span, other.span) > 0.5)


def _same_voice(one: Voice, other: Voice) -> bool:
    return one.source == other.source or bool(
        one.span and other.span and likeness(one.span, other.span) > 0.5
    )


def _actors_on(view: View, span: Span) -> list[Actor]:
    """Whom some words name: the actors of the mention that fits them best, else an actor of those words."""
    mentions = touching(view.annotations.actors, span)
    best = max(mentions, key=lambda m: likeness(m.span, span), default=None)
    if best is not None and best.actors and likeness(best.span, span) > 0.5:
        return list(best.actors)
    article = _ARTICLE.match(view.document.text, span[0], span[1])
    start = article.end() if article and article.end() < span[1] else span[0]
    return [Actor(name=view.document.words((start, span[1])), span=span)]


def _voices_on(view: View, span: Span) -> list[Voice]:
    told = touching(view.annotations.speech, span)
    near = [a for a in told if a.source and likeness(a.source, span) > 0]
    cue = next((view.document.words(a.cue) for a in near if a.cue), None)
    channel = next((a.channel for a in near), None)
    return [
        Voice(source=actor.name, span=actor.span, cue=cue, channel=channel)
        for actor in _actors_on(view, span)
    ]
