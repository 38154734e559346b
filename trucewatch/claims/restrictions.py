"""Restrictions: observers are kept from observing, as their own reports or others tell it.

A sentence gives a restriction for each place where it says that observers were hindered; one that names
several places ("at checkpoints near Verna and Zholt") gives one for each. Of two hindrances at one place
the one that says more names the type. ``by`` are those to whom the words attribute it, never a finding.
That nothing restricted the observers is no claim of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trucewatch.claims import hindrances, spots, watchers
from trucewatch.claims.circumstances import when
from trucewatch.claims.clauses import Passage
from trucewatch.claims.doers import actor, doers
from trucewatch.claims.headlines import pieces, without_echoes
from trucewatch.claims.hindrances import Hindrance
from trucewatch.claims.voices import voices
from trucewatch.claims.watchers import Sentence, Watcher, pattern
from trucewatch.documents.spans import holding, touching
from trucewatch.model import Actor, Annotations, Document, Report, Restriction, RestrictionType, Span

READER = "rules: restrictions"
CONFIDENCE = 0.85
"""How sure each is: of 33 read in passages not known before, 28 were there (tests/eval/restrictions.py)."""

_GRAVITY: tuple[RestrictionType, ...] = ("mines", "jamming", "camera", "access", "delay", "other")
_THINGS: frozenset[RestrictionType] = frozenset({"jamming", "camera"})
_BRACKETS = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")
_MISSION = (
    r"(?:[A-Z][\w’'-]*\s+){1,6}(?:Mission|Mechanism|Force|Observers?|Monitors?|Group|Committee|Commission|Team|Body)"
    r"(?:\s+(?:to|in|for|on|of)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)?"
)
_SHORT = re.compile(rf"(?P<name>{_MISSION})\s+\((?:the\s+)?[“\"]?(?P<short>[A-Z][A-Za-z-]{{1,9}})[”\"]?\)")
_OBSERVES = re.compile(
    r"\b(?:Monitor\w*|Observ\w*|Verif\w*|Interim|Peace\w*|Truce|Ceasefire|Disengagement|Redeployment)\b"
)
_PUBLISHER = r"\b(?:<observers>|(?-i:<missions>)|(?-i:<bodies>)|monitoring)\b"
_STOPPED = re.compile(r"\b(?:stopp|halt|block|intercept|surround|encircl|held|let)", re.I)


def read(document: Document, annotations: Annotations) -> Iterator[Restriction]:
    """The restrictions of a document; a headline's only where the body has none of its type."""
    own = _is_mission(document.report)
    if not own and not watchers.has_watchers(document.text):
        return
    crew = _crew(document, own=own)
    wanted = [span for span in document.sentences if _is_wanted(document, span, crew)]
    if not wanted:
        return
    told = (
        (restriction, piece.headline)
        for piece in pieces(document, annotations)
        if holding(wanted, piece.passage.span[0])
        for restriction in _told(piece.passage, crew)
    )
    yield from without_echoes(told, same=lambda one, other: one.type == other.type)


# --- who observes ---------------------------------------------------------------------------------


class _Crew(NamedTuple):
    """The mission whose report it is, short names of missions in it, and whether it is a mission's own."""

    mission: Actor | None
    names: frozenset[str]
    own: bool


def _crew(document: Document, *, own: bool) -> _Crew:
    shorts = [m for m in _SHORT.finditer(document.text) if _OBSERVES.search(m["name"])]
    mission = Actor(name=shorts[0]["name"], span=shorts[0].span("name")) if shorts and own else None
    return _Crew(mission, frozenset(m["short"] for m in shorts), own)


def _is_mission(report: Report) -> bool:
    """Whether a mission publishes a report, by the name of its publisher or of the report."""
    return pattern(_PUBLISHER).search(f"{report.publisher or ''} | {report.title}") is not None


def _is_wanted(document: Document, span: Span, crew: _Crew) -> bool:
    """Whether a sentence may tell of a restriction: a quick look that leaves out none that does."""
    if not hindrances.may_hold(document.words(span)):
        return False
    return crew.own or _may_observe(document.words(_paragraph(document, span)), crew)


def _may_observe(words: str, crew: _Crew) -> bool:
    return watchers.has_watchers(words) or any(name in words for name in crew.names)


def _paragraph(document: Document, span: Span) -> Span:
    return holding(document.paragraphs, span[0]) or span


def _sentence(passage: Passage, crew: _Crew) -> Sentence:
    start, end = passage.span
    blanked = _BRACKETS.sub(lambda m: " " * len(m.group()), passage.document.text[start:end])
    found = tuple(watchers.watchers(blanked, start=start, names=crew.names))
    own = crew.own or any(w.sort == "observers" for w in found) or _is_told_beside(passage, crew)
    return Sentence(text=blanked, start=start, watchers=found, own=own)


def _is_told_beside(passage: Passage, crew: _Crew) -> bool:
    """Whether observers are named in the paragraph of a sentence."""
    words = passage.words(_paragraph(passage.document, passage.span))
    return _may_observe(words, crew) and any(
        w.sort == "observers" for w in watchers.watchers(words, start=0, names=crew.names)
    )


# --- a sentence -----------------------------------------------------------------------------------


class _Case(NamedTuple):
    """One hindrance with its places, and those to whom it is attributed."""

    hit: Hindrance
    places: tuple[Span, ...]
    by: tuple[Span, ...]


def _told(passage: Passage, crew: _Crew) -> Iterator[Restriction]:
    sentence = _sentence(passage, crew)
    hits = hindrances.find(sentence)
    named = spots.spots(passage, sentence) if hits else []
    for case in _merged(passage, [_case(sentence, hit, named) for hit in hits]):
        for place in case.places or (None,):
            yield _restriction(passage, case, place, crew)


def _case(sentence: Sentence, hit: Hindrance, named: Sequence[spots.Spot]) -> _Case:
    end = spots.segment(sentence, hit.span)[1]
    return _Case(hit, spots.where(sentence, hit.span, named), doers(sentence, hit, end=end))


def _merged(passage: Passage, cases: Sequence[_Case]) -> list[_Case]:
    """Hindrances at the same place told in one sentence are one, but for those of people and of things."""
    found: list[_Case] = []
    for case in cases:
        other = next((o for o in found if o.places == case.places and _go_together(o, case)), None)
        if other:
            found[found.index(other)] = _joined(passage, other, case)
        else:
            found.append(case)
    return found


def _go_together(one: _Case, other: _Case) -> bool:
    """Whether both may be one: a patrol that was stopped and a camera that failed are not."""
    kinds = {one.hit.type, other.hit.type}
    return len(kinds) == 1 or not kinds & _THINGS or "other" in kinds


def _joined(passage: Passage, one: _Case, other: _Case) -> _Case:
    graver = min(one, other, key=lambda case: _gravity(passage, case))
    spans = (one.hit.span, other.hit.span)
    hit = graver.hit._replace(
        span=(min(start for start, _ in spans), max(end for _, end in spans)),
        watcher=one.hit.watcher or other.hit.watcher,
    )
    return _Case(hit, one.places, one.by or other.by)


def _gravity(passage: Passage, case: _Case) -> int:
    """How little a hindrance says: one that was stopped, and held for an hour, was delayed, not refused."""
    kind = case.hit.type
    stopped = kind == "access" and _STOPPED.search(passage.words(case.hit.span))
    return len(_GRAVITY) if stopped else _GRAVITY.index(kind)


def _restriction(passage: Passage, case: _Case, place: Span | None, crew: _Crew) -> Restriction:
    evidence = _evidence(passage, case)
    return Restriction(
        evidence=evidence,
        said_by=voices(passage.document, passage.annotations, evidence),
        time=when(passage, evidence),
        place=spots.place(passage, place) if place else None,
        type=case.hit.type,
        observer=_observer(passage, case.hit.watcher, crew),
        by=tuple(actor(passage, span) for span in case.by),
        confidence=CONFIDENCE,
        reader=READER,
    )


def _evidence(passage: Passage, case: _Case) -> Span:
    """The clauses of the hindrance, of its places and of those to whom it is attributed."""
    spans = [case.hit.span, *case.places, *case.by]
    if case.hit.watcher:
        spans.append(case.hit.watcher.span)
    clauses = [passage.clause(at) for start, end in spans for at in (start, end - 1)]
    return min(clause[0] for clause in clauses), max(clause[1] for clause in clauses)


def _observer(passage: Passage, watcher: Watcher | None, crew: _Crew) -> Actor | None:
    """The observers who were restricted: those named there, else the mission whose report it is."""
    if watcher is None or watcher.sort != "observers":
        return crew.mission
    named = [mention for mention in touching(passage.mentions, watcher.span) if mention.actors]
    if named:
        return named[0].actors[0]
    return Actor(name=passage.words(watcher.span), span=watcher.span, type="group")
