"""Rules and encoder joined: which claims are kept, with which fields, and how sure each is.

The rules read claims; the encoder sees evidence, values and fillers of roles. What the two say together
is weighed by weights that training/join.py fits on reports that neither the encoder nor the weights had
seen: for each small class how much a rule's value counts against the encoder's, for each role how
probable a filler is, and for each kind how probable it is that a claim is right (it stands where a
careful reader puts one, and at least half its fields are right). That probability is its confidence.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from trucewatch.annotations.labels import ABSENT, CLASSES
from trucewatch.claims import fillers, seen, vetoes
from trucewatch.claims.counts import TALLY
from trucewatch.claims.fillers import Candidate, View
from trucewatch.claims.tallies import TALLIES
from trucewatch.documents.spans import likeness, touching
from trucewatch.model import AnyClaim, Count

WEIGHTS = Path(__file__).parent / "joining.json"
ACTORS: dict[str, tuple[str, ...]] = {
    "statement": ("speaker", "addressees", "about"),
    "contact": ("participants",),
    "commitment": ("parties",),
    "count": ("observer",),
    "posture": ("force", "recipient"),
    "incident": ("perpetrator", "target"),
}
ONE = frozenset({"observer", "recipient", "time", "place"})  # roles that hold one filler
LEAST = 1e-4
FEATURES = 6  # of a claim, for its confidence
Value = TypeVar("Value")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What was fitted for the claims of one reader.

    ``classes``: how many times a rule's value of a small class multiplies its odds, as a log. ``roles``: bias
    and weights of a candidate's features, for ``KIND.role``; ``least``: how probable a filler must be.
    ``trust``: bias and weights of a claim's own features.
    """

    classes: dict[str, float] = {}
    roles: dict[str, list[float]] = {}
    least: dict[str, float] = {}
    trust: dict[str, list[float]] = {}


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The weights of the rules' claims and of the encoder's own, and ``keep``: the least confidence of a
    claim that is kept, by kind."""

    ruled: Part = Part()
    seen: Part = Part()
    keep: dict[str, float] = {}

    def of(self, claim: AnyClaim) -> Part:
        """The weights for a claim, by who read it."""
        return self.seen if claim.reader == seen.READER else self.ruled


@functools.cache
def shipped() -> Weights:
    """The weights that ship in the package."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)


def join(view: View, ruled: Sequence[AnyClaim]) -> Iterator[AnyClaim]:
    """The claims of both, weighed; those too improbable are left out."""
    weights = shipped()
    for claim in candidates(view, ruled):
        part = weights.of(claim)
        sure = chance(part.trust[claim.kind], features(view, claim))
        if sure >= weights.keep[claim.kind] or _is_tally(claim):
            filled = fill(view, claim, gather(view, claim), part)
            kept = vetoes.borne_out(view, filled)
            if kept is not None:
                yield msgspec.structs.replace(kept, confidence=round(sure, 3))


def _is_tally(claim: AnyClaim) -> bool:
    """Whether it is a mission's own tally with its place: what its report is issued for, and no news."""
    return claim.reader == TALLY and _is_of_tallies(claim) and claim.place is not None


def _is_of_tallies(claim: AnyClaim) -> bool:
    return isinstance(claim, Count) and claim.measure in TALLIES


def candidates(view: View, ruled: Sequence[AnyClaim]) -> list[AnyClaim]:
    """The rules' claims, and the encoder's where the rules have none; without those that are denied.

    In a mission's own report its tallies are the rules' alone to tell.
    """
    found = [claim for claim in (*ruled, *seen.claims(view, ruled)) if vetoes.stands(view, claim)]
    if any(claim.reader == TALLY for claim in ruled):
        return [c for c in found if c.reader != seen.READER or not _is_of_tallies(c)]
    return found


# --- fields --------------------------------------------------------------------------------------


def gather(view: View, claim: AnyClaim) -> dict[str, list[Candidate[Any]]]:
    """Who or what may fill each role of a claim, by ``KIND.role``."""
    kind = claim.kind
    found: dict[str, list[Candidate[Any]]] = {
        f"{kind}.{role}": list(fillers.actors(view, claim, role)) for role in ACTORS[kind]
    }
    if kind != "statement":
        found[f"{kind}.said_by"] = list(fillers.voices(view, claim))
        found[f"{kind}.time"] = list(fillers.times(view, claim))
        found[f"{kind}.place"] = list(fillers.places(view, claim))
    return found


def fill(view: View, claim: AnyClaim, gathered: dict[str, list[Candidate[Any]]], part: Part) -> AnyClaim:
    """A claim with its small classes, actors, voices, time and place as both together have them.

    A mission's own tally stays as read: its regions and windows are the rules' to tell.
    """
    if claim.reader == TALLY:
        return claim
    changes: dict[str, Any] = dict(_classes(view, claim, part))
    for name, found in gathered.items():
        role = name.split(".")[1]
        chosen = choose(found, part.roles.get(name), least=part.least.get(name, 0.5), one=role in ONE)
        changes[role] = next(iter(chosen), None) if role in ONE else tuple(chosen)
    return msgspec.structs.replace(claim, **changes)


def _classes(view: View, claim: AnyClaim, part: Part) -> Iterator[tuple[str, str | None]]:
    for name in CLASSES:
        kind, field = name.split(".")
        if kind == claim.kind and name in part.classes:
            values = view.sight.values(name, claim.evidence)
            own = getattr(claim, field) or ABSENT
            yield field, best_value(values, own, part.classes[name]) or None


def best_value(values: dict[str, float], ruled: str, weight: float) -> str:
    """The likeliest value of a small class: the rules say one, the encoder how likely each is."""
    return max(values, key=lambda v: math.log(max(values[v], LEAST)) + weight * (v == ruled))


def choose(
    found: Sequence[Candidate[Value]], weights: Sequence[float] | None, *, least: float, one: bool = False
) -> list[Value]:
    """The candidates that are probable enough, in their order; of a role for ``one`` the likeliest alone.

    Without weights, those of the rules.
    """
    if weights is None:
        return [c.value for c in found if c.ruled]
    alone = not any(c.ruled for c in found)
    sure = [(chance(weights, c.features(alone=alone)), c.value) for c in found]
    enough = [(probability, value) for probability, value in sure if probability >= least]
    if one:
        enough = [max(enough, key=lambda s: s[0])] if enough else []
    return [value for _, value in enough]


# --- confidence ----------------------------------------------------------------------------------


def features(view: View, claim: AnyClaim) -> tuple[float, ...]:
    """What a claim's confidence is reckoned from.

    The encoder's mean and highest chance on the evidence, how much of the claim the encoder marks, the
    chance of the claim's own values, the evidence's length, and the rules' own confidence.
    """
    inside = view.sight.chances(claim.kind, claim.evidence)
    marked = [e for e in touching(view.annotations.evidence, claim.evidence) if e.kind == claim.kind]
    share = max((likeness(e.span, claim.evidence) for e in marked), default=0.0)
    return (
        odds(float(inside.mean())),
        odds(float(inside.max())),
        share,
        _agreement(view, claim),
        math.log(claim.evidence[1] - claim.evidence[0]),
        odds(0.5 if claim.confidence is None else claim.confidence),
    )


def _agreement(view: View, claim: AnyClaim) -> float:
    found = []
    for name in CLASSES:
        kind, field = name.split(".")
        if kind == claim.kind:
            values = view.sight.values(name, claim.evidence)
            found.append(math.log(max(values.get(getattr(claim, field) or ABSENT, LEAST), LEAST)))
    return sum(found) / len(found)


def odds(probability: float) -> float:
    """Log odds, kept within 7 of even."""
    kept = min(1 - 9e-4, max(9e-4, probability))
    return math.log(kept / (1 - kept))


def chance(weights: Sequence[float], values: Sequence[float]) -> float:
    """The probability that a logistic regression gives: bias first."""
    total = weights[0] + sum(w * v for w, v in zip(weights[1:], values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
