"""How a thing stands, derived from who tells it and who denies it; never a finding of ours.

Three words, and a flag of its own:

- **alleged**: one side of the ceasefire tells it, or only the press;
- **corroborated**: independent origins tell it that carry the word of different sides of the catalog. Two
  voices of one side are one, outlets that reprint one text are one, and an outlet is no side;
- **verified**: the body that the catalog names as the mechanism tells it, in its own voice, as observed.
  What that body passes on from others it does not verify, and a text that says "verified" verifies nothing:
  the word belongs to whoever says it;
- **contested**: a denial or a counter-accusation on it is on file. A confirmation never takes that away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from trucewatch.model import Actor, Entry, Incident, Posture, Report
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.corroboration import Corroboration, corroborations, whose_word
from trucewatch.situation.names import Cast
from trucewatch.situation.nouns import Dispute, IncidentState, PostureState, Standing
from trucewatch.situation.sides import publisher

State = TypeVar("State", IncidentState, PostureState)

_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|alleged|claimed|reports? of|reported to|told (?:the|that|them|us)"
    r"|according to|said (?:that|to)|was informed|were informed|followed up"
    r"|unable to|could not|not able to|cause|denied)\b",
    re.IGNORECASE,
)


def stand(
    states: Sequence[State],
    entries: Iterable[Entry],
    *,
    disputes: Iterable[Dispute] = (),
    text_of: Callable[[Report], str] = lambda report: "",
    cast: Cast,
) -> tuple[State, ...]:
    """Incidents or postures with their standing; of an incident, how many origins tell it as well.

    Pure, and the same in whatever order. ``text_of`` gives a report's text, empty where there is none.
    """
    held = {entry.claim.id or "": entry for entry in entries}
    groups = [[held[name] for name in state.claims if name in held] for state in states]
    told = corroborations(groups, text_of=text_of, cast=cast)
    against = denials_of(disputes)

    def words(entry: Entry, span: tuple[int, int]) -> str:
        return text_of(entry.report)[span[0] : span[1]]

    made = (
        standing(group, told=counted, denials=against, cast=cast, words=words)
        for group, counted in zip(groups, told, strict=True)
    )
    return tuple(_with(state, one) for state, one in zip(states, made, strict=True))


def standing(
    entries: Sequence[Entry],
    *,
    told: Corroboration,
    denials: Mapping[str, Sequence[str]],
    cast: Cast,
    words: Words = lambda entry, span: "",
) -> Standing:
    """How a thing stands that some claims tell: ``told`` is their corroboration, ``denials`` as of
    :func:`denials_of`."""
    known = {party.side for party in cast.parties.values()}
    observed = [entry for entry in entries if _verifies(entry, cast, words)]
    denied = sorted({name for entry in entries for name in denials.get(entry.claim.id or "", ())})
    what = "verified" if observed else "corroborated" if told.across > 1 else "alleged"
    return Standing(
        standing=what,  # type: ignore[arg-type]
        contested=bool(denied),
        independent=max(told.independent, 1),
        voices=told.voices,
        sides=tuple(side for side in told.sides if side in known),
        verified_by=tuple(sorted({_named(entry) for entry in observed})),
        denials=tuple(denied),
    )


def denials_of(disputes: Iterable[Dispute]) -> dict[str, tuple[str, ...]]:
    """For each claim that is denied or countered, the claims that do so."""
    found: dict[str, set[str]] = defaultdict(set)
    for dispute in disputes:
        if dispute.kind == "rival figures":
            continue
        for name in dispute.claims:
            found[name].update(dispute.against)
        for name in dispute.against if dispute.kind == "counter-accusation" else ():
            found[name].update(dispute.claims)
    return {name: tuple(sorted(claims)) for name, claims in found.items() if claims}


def _with(state: State, made: Standing) -> State:
    if isinstance(state, IncidentState):
        return msgspec.structs.replace(state, standing=made, independent=made.independent)
    return msgspec.structs.replace(state, standing=made)


def _verifies(entry: Entry, cast: Cast, words: Words) -> bool:
    """Whether the mechanism tells it in its own voice as observed, and passes nothing on."""
    claim = entry.claim
    if isinstance(claim, Incident | Posture) and _is_of_mechanism(entry, cast):
        told = words(entry, claim.evidence)
        return not _HEARSAY.search(told) and getattr(claim, "status", "asserted") == "asserted"
    return False


def _is_of_mechanism(entry: Entry, cast: Cast) -> bool:
    """Whether all whose word it is are the mechanism: those named, else the publisher of the report."""
    said = whose_word(entry) or (publisher(entry.report.publisher),)
    return all(_mechanism(actor.name, cast) for actor in said)


def _mechanism(name: str, cast: Cast) -> bool:
    """Whether a name is that of a body that the catalog names as mechanism; a look-alike domain is none."""
    party = cast.party(Actor(name=name))
    if party or ("." in name and " " not in name):
        return party is not None and party.role == "mechanism"
    of = (cast.parties.get(counter.party) for counter in cast.counters if cast.is_counter(name, counter))
    return any(party is not None and party.role == "mechanism" for party in of)


def _named(entry: Entry) -> str:
    return (whose_word(entry) or (publisher(entry.report.publisher),))[0].name
