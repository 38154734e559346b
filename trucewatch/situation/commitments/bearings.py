"""Which outcomes bear on which commitment: the same parties, the same matter, and told after it.

Careful on purpose: what was carried out must be told of all parties that are bound, what was broken of
one of them; a place or an object that is named must not be another; and the report that tells of the
undertaking says nothing of what became of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trucewatch.identity import actions
from trucewatch.identity.actions import CAPTIVE, CEASEFIRE, CONCEPTS, FORCES, Action
from trucewatch.identity.commitments import OFFICES, Side, Telling
from trucewatch.model import Actor, Commitment, Contact
from trucewatch.situation.commitments.outcomes import Outcome
from trucewatch.situation.days import ONE
from trucewatch.situation.names import key, same_name, within

_SITTING = r"\b(?:meeting|session|summit|round|talks|negotiations)\b"
_OF_OTHERS = re.compile(r"\b(?:meeting|session|summit|round|talks)\s+of\b", re.IGNORECASE)
_OF_ONE = ("broken", "denies a breach", "denies fulfilment")  # one party alone can do so
_WHILE = 92 * ONE
_SOON = 31 * ONE
_MOVES = frozenset({"withdrawal", "disengagement", "mobilization"})
_BY_CONCEPT = {"ceasefire": CEASEFIRE, "exchange": CAPTIVE}
_TO_MEET = re.compile(
    r"^(?:to\s+)?(?:(?:hold|have|attend|convene|organi[sz]e|begin|start|resume|continue|join|conduct|arrange|host"
    r"|work\s+for|seek|participate\s+in|take\s+part\s+in|come\s+to|return\s+to|go\s+to|agree\s+to)\s+)?"
    r"(?:(?!with\b|to\b|for\b|of\b|the\s+results)[\w’'-]+\s+){0,4}?"
    r"(?:meet(?:ing)?s?|summits?|talks|negotiations|calls?|sessions?|consultations|visits?)\b(?!\s+the\b)",
    re.IGNORECASE,
)
_STATES = frozenset({"country", "organization", "armed group", "body", None})


@dataclass(frozen=True)
class Matter:
    """What a commitment is about, as outcomes are compared with it.

    ``told`` is when it was first told, ``since`` when it binds from, ``until`` its last day, ``latest``
    when what happens may still be about it. What is only asked (``binding`` False) or not yet in force
    (``in_effect`` False) cannot be broken. ``is_of_others``: a meeting of a body or of others that the
    parties are to bring about. ``own`` are the words of the parties' names, which tell nothing.
    """

    topic: str
    sides: frozenset[str]
    actions: tuple[Action, ...]
    places: frozenset[str]
    people: tuple[Actor, ...]
    words: str
    reports: frozenset[str]
    told: dt.date
    since: dt.date
    until: dt.date | None
    latest: dt.date
    binding: bool
    in_effect: bool
    is_meeting: bool
    is_of_others: bool
    own: frozenset[str]


def matter(
    tellings: Sequence[Telling],
    claims: Sequence[Commitment],
    *,
    since: dt.date,
    until: dt.date | None,
    binding: bool,
) -> Matter:
    """The matter of a commitment's tellings."""
    told = tuple(t.action for t in tellings)
    topic = tellings[0].topic
    return Matter(
        topic=topic,
        sides=next((t.sides for t in tellings if t.sides), frozenset()),
        actions=told,
        places=frozenset(t.place for t in tellings if t.place),
        people=max((c.parties for c in claims), key=len, default=()),
        words=key(" ".join(c.action for c in claims)),
        reports=frozenset(t.report for t in tellings),
        told=tellings[0].told or since,
        since=since,
        until=until,
        latest=_latest(tellings, until=until, is_truce=topic == "ceasefire"),
        binding=binding,
        own=_own_words(told, claims),
        in_effect=_is_in_effect(tellings, claims),
        is_of_others=any(_OF_OTHERS.search(c.action) for c in claims),
        is_meeting=topic in ("negotiation", "other", "political") and any(map(_is_to_meet, claims)),
    )


def _latest(tellings: Sequence[Telling], *, until: dt.date | None, is_truce: bool) -> dt.date:
    """The last day on which something may be about it: the end of a truce, else a while after its telling."""
    if until and is_truce:
        return until + ONE
    return max(filter(None, (until, *(t.told for t in tellings))), default=dt.date.min) + _WHILE


def _is_in_effect(tellings: Sequence[Telling], claims: Sequence[Commitment]) -> bool:
    """Whether it can be broken: agreed or ordered, begun, or one side's own word; a joint aim is not yet."""
    agreed = any(claim.strength in ("agreed", "ordered") for claim in claims)
    return agreed or any(t.start or len(t.sides) == 1 for t in tellings)


def _own_words(told: Iterable[Action], claims: Iterable[Commitment]) -> frozenset[str]:
    """The words of an action that name a party, in any form: Ukraine, Ukrainian."""
    stems = {word[:5] for c in claims for a in c.parties for word in key(a.name).split() if len(word) > 3}
    return frozenset(word for one in told for word in one.words if word[:5] in stems)


def _is_to_meet(claim: Commitment) -> bool:
    """Whether what is undertaken is a meeting itself: "hold a summit", not "study what the summit gave"."""
    return bool(_TO_MEET.match(claim.action.strip()))


def _is_met(person: Actor, matter: Matter) -> bool:
    """Whether somebody is named as the one to be met: "with" comes before, and it is a proper name."""
    name = key(person.name)
    if not name or name in OFFICES or person.name == person.name.lower():
        return False
    called = name.rpartition(" ")[2] if person.type == "person" else name
    return within(called, matter.words.partition(" with ")[2])


def _is_session_of(outcome: Outcome, matter: Matter) -> bool:
    """Whether it is a session of the body that is to meet; leaders are not met by their advisers."""
    at_the_top = within("summit", matter.words) or within("leaders", matter.words)
    form = outcome.entry.claim.form if isinstance(outcome.entry.claim, Contact) else ""
    body = re.escape(key(outcome.body or ""))
    meets = re.search(
        rf"{_SITTING} (?:of|in|within) (?:\w+ ){{0,3}}?{body}\b|\b{body} {_SITTING}", matter.words
    )
    return bool(meets) and (form == "summit" or not at_the_top)


def _in_time(outcome: Outcome, matter: Matter) -> bool:
    """Whether a contact comes so soon that it can be the one undertaken, and not another."""
    latest = (matter.until or matter.since) + _SOON
    return outcome.day is not None and matter.told < outcome.day <= latest


def _first_held(found: Iterable[Outcome]) -> Iterator[Outcome]:
    """Of contacts held, those of the first day: the later ones are other contacts."""
    outcomes = list(found)
    days = [o.day for o in outcomes if o.kind == "contact" and o.says == "fulfilled" and o.day]
    for outcome in outcomes:
        if outcome.kind != "contact" or outcome.says != "fulfilled" or outcome.day == min(days):
            yield outcome


class Outcomes:
    """Outcomes, to be looked up by kind and by whose they are."""

    def __init__(self, outcomes: Iterable[Outcome], *, side: Side) -> None:
        self._side = side
        self._found: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
        self._of_bodies: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in outcomes:
            for name in sorted(outcome.sides):
                self._found[outcome.kind, name].append(outcome)
            if outcome.body:
                self._of_bodies[key(outcome.body)].append(outcome)

    def of(self, matter: Matter) -> Iterator[Outcome]:
        """The outcomes that bear on a matter, each once; of meetings held, the first."""
        yield from _first_held(self._all_of(matter))

    def _all_of(self, matter: Matter) -> Iterator[Outcome]:
        kinds = ["words", *([matter.topic] if matter.topic in _MOVES else [])]
        wanted = [(kind, name) for kind in kinds for name in sorted(matter.sides)]
        seen: set[tuple[str, str]] = set()
        for outcome in (*self._at(wanted), *(self._contacts(matter) if matter.is_meeting else ())):
            mark = (outcome.entry.claim.id or "", outcome.says)
            if mark not in seen and _is_later(outcome, matter) and self._bears(outcome, matter):
                seen.add(mark)
                yield outcome

    def _at(self, wanted: Iterable[tuple[str, str]]) -> Iterator[Outcome]:
        for name in wanted:
            yield from self._found.get(name, ())

    def _contacts(self, matter: Matter) -> Iterator[Outcome]:
        yield from self._at(("contact", name) for name in sorted(matter.sides))
        for body, held in self._of_bodies.items():
            if within(body, matter.words):
                yield from held

    def _bears(self, outcome: Outcome, matter: Matter) -> bool:
        if outcome.kind == "contact":
            return self._meets(outcome, matter)
        if not matter.binding and outcome.says in ("broken", "denies a breach"):
            return False
        whole = matter.sides <= outcome.sides
        if not (whole or (outcome.says in _OF_ONE and outcome.sides <= matter.sides)):
            return False
        if not _same_place(outcome, matter):
            return False
        if outcome.kind in _MOVES:
            return any(_same_object(outcome.action, undertaken) for undertaken in matter.actions)
        return any(_same_matter(outcome, undertaken, matter) for undertaken in matter.actions)

    def _meets(self, outcome: Outcome, matter: Matter) -> bool:
        """Whether a contact is the meeting undertaken: all who are bound take part, and whom they meet."""
        if outcome.says == "fulfilled" and not (outcome.is_dated and _in_time(outcome, matter)):
            return False
        if outcome.body and " " in key(outcome.body) and _is_session_of(outcome, matter):
            return True
        if (
            matter.is_of_others
            or not matter.people
            or not all(self._takes_part(party, outcome.people) for party in matter.people)
        ):
            return False
        others = [p for p in outcome.people if not self._is_of(p, matter)]
        named = [p for p in others if _is_met(p, matter)]
        return bool(named) if others or len(matter.people) < 2 else True

    def _is_of(self, person: Actor, matter: Matter) -> bool:
        """Whether somebody is one of those who are bound, or of a side that is."""
        return self._side(person) in matter.sides or self._takes_part(person, matter.people)

    def _takes_part(self, party: Actor, people: Iterable[Actor]) -> bool:
        """Whether a party is among some people: by name, or as the side of one where it is no person."""
        side = self._side(party)
        return any(
            same_name(party.name, other.name)
            or (side is not None and party.type in _STATES and side == self._side(other))
            for other in people
        )


def _is_later(outcome: Outcome, matter: Matter) -> bool:
    told = outcome.entry.report.published
    day = outcome.day or told
    since = matter.told if outcome.says == "called off" else matter.since
    return (
        outcome.report not in matter.reports
        and told is not None
        and day is not None
        and since <= told
        and since <= day <= matter.latest
    )


def _same_place(outcome: Outcome, matter: Matter) -> bool:
    """No other place: of a commitment for one place, only what is told of that place."""
    names = matter.places | {name for a in matter.actions for name in a.names}
    if matter.places and outcome.kind == "words" and not outcome.place:
        return bool(outcome.action.names & names)
    return not (outcome.place and matter.places) or any(
        within(name, outcome.place) or within(outcome.place, name) for name in names
    )


def _same_object(unit: Action, undertaken: Action) -> bool:
    """Whether what moved is what was to be moved, as far as both say: howitzers are no tanks."""
    moved = unit.words - unit.names
    meant = undertaken.words - undertaken.names - (CONCEPTS - {FORCES})
    return not moved or not meant or bool(moved & meant)


def _same_matter(outcome: Outcome, undertaken: Action, matter: Matter) -> bool:
    """Whether words about carrying out or breaking something are about what was undertaken.

    A ceasefire or captives must stand in both; anything else must name the same agreement.
    """
    told = outcome.action
    if actions.disjoint(told.numbers, undertaken.numbers):
        return False
    if matter.topic == "ceasefire" and outcome.says == "broken" and not matter.in_effect:
        return False
    if matter.topic in _BY_CONCEPT:
        return _BY_CONCEPT[matter.topic] in told.words & undertaken.words
    return outcome.of_agreement and bool(told.words & undertaken.names - matter.own)
