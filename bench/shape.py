"""The shape of real reports: how many claims of which kind, how long, with which fields filled.

Figures only, computed from annotated reports: no name and no word of theirs is kept.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from tests.eval import sets
from tests.eval.sets import Gold
from trucewatch import catalog, interchange
from trucewatch.model import AnyClaim, Entry, Noun, Reading
from trucewatch.situation.names import cast
from trucewatch.situation.relevance import relevant

VALUES = ("act", "form", "status", "strength", "topic", "measure", "action", "type", "trend", "channel")
CROWDS = (
    "speaker",
    "addressees",
    "about",
    "participants",
    "parties",
    "to",
    "force",
    "perpetrator",
    "target",
    "said_by",
)
_FREE = {"commitment": ("action",)}  # fields that are a closed list in one kind and free words in another


class Kind(Noun, frozen=True, kw_only=True):
    """Claims of one kind: their share of all, the lengths of their evidence, and of each field how often
    it is filled, how often with which of its values, and with how many actors or voices."""

    share: float
    evidence: tuple[int, ...]
    filled: dict[str, float]
    values: dict[str, dict[str, int]]
    crowds: dict[str, tuple[int, ...]]


class Shape(Noun, frozen=True, kw_only=True):
    """``reports`` annotated reports of ``source``: claims in each, reports of each publisher, and the
    share of reports that belong to each ceasefire of the catalog."""

    source: str
    reports: int
    claims: tuple[int, ...]
    publishers: tuple[int, ...]
    belonging: dict[str, float]
    kinds: dict[str, Kind]


def learn() -> Shape:
    """The shape of the training gold, or of our own annotated reports where that is absent."""
    golds, source = (
        (sets.load(sets.TRAIN), "gold/train") if sets.TRAIN.exists() else (sets.corpus(), "tests/corpus")
    )
    read = list(_readings(golds))
    by_kind: dict[str, list[AnyClaim]] = defaultdict(list)
    for reading in read:
        for claim in reading.claims:
            by_kind[claim.kind].append(claim)
    every = sum(map(len, by_kind.values()))
    publishers = Counter(gold.head.get("publisher") for gold in golds)
    return Shape(
        source=source,
        reports=len(read),
        claims=tuple(sorted(len(reading.claims) for reading in read)),
        publishers=tuple(sorted(publishers.values(), reverse=True)),
        belonging=_belonging(read),
        kinds={kind: _kind(kind, claims, every) for kind, claims in sorted(by_kind.items())},
    )


def _readings(golds: Sequence[Gold]) -> Iterator[Reading]:
    for gold in golds:
        line = json.dumps({"report": gold.head, "text": gold.text, "claims": gold.claims}).encode()
        yield from (met for met in interchange.given([line], name=gold.name) if isinstance(met, Reading))


def _belonging(read: Sequence[Reading]) -> dict[str, float]:
    now = datetime.now(UTC)
    entries = [
        Entry(claim=claim, report=reading.document.report, recorded=now)
        for reading in read
        for claim in reading.claims
    ]
    shares = {}
    for name in catalog.ceasefires():
        given = catalog.ceasefire(name)
        theirs = {entry.report.id for entry, _ in relevant(entries, cast=cast(given))}
        shares[name] = len(theirs) / len(read)
    return shares


def _kind(kind: str, claims: Sequence[AnyClaim], every: int) -> Kind:
    told = [msgspec.structs.asdict(claim) for claim in claims]
    listed = [name for name in VALUES if name not in _FREE.get(kind, ())]
    return Kind(
        share=len(claims) / every,
        evidence=tuple(sorted(claim.evidence[1] - claim.evidence[0] for claim in claims)),
        filled={name: _share(not _is_empty(one[name]) for one in told) for name in told[0]},
        values={
            name: dict(sorted(Counter(one[name] for one in told if one[name]).items()))
            for name in listed
            if name in told[0]
        },
        crowds={name: tuple(sorted(len(one[name]) for one in told)) for name in CROWDS if name in told[0]},
    )


def _is_empty(value: object) -> bool:
    return value is None or value is False or value == ()


def _share(given: Iterable[bool]) -> float:
    held = list(given)
    return sum(held) / len(held)
