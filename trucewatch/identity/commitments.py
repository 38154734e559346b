"""The tellings of one undertaking: agreed, repeated, conditioned, asked for, refused.

Two claims tell one commitment where the same parties are to do the same about the same topic, and
neither the time nor the place nor a number stands against it. Who is not named, or only as "we" or
"the leaders", is the same as nobody. A false merge is worse than a missed one: a truce by its bare
name is joined within a week only, anything within six weeks of being told.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from trucewatch.identity import actions
from trucewatch.identity.actions import CONCEPTS, Action, action
from trucewatch.identity.merging import Group, Link, merge
from trucewatch.model import Actor, Commitment, Entry, Judgement, Report

Side = Callable[[Actor], str | None]

LONG = 45  # days: tellings further apart are not taken for one
SHORT = 7  # days: so near a bare name ("the truce") must be told to be joined to a fuller telling
_AGO = dt.timedelta(days=60)
_LOOK_BACK = 6  # so many earlier tellings with a word in common are compared with each
_NOBODY = frozenset(
    "i me my we us our you your he him his she her it its they them their who the this that these".split()
)
_COUNTRIES = ("US",)  # "us" is nobody in particular
OFFICES = frozenset(
    "president|prime minister|vice president|administration|government|ministry|minister|department|head"
    "|council|group|mission|leader|spokesman|spokesperson|military|army|delegation|state".split("|")
)


@dataclass(frozen=True)
class Telling:
    """One claim of an undertaking with what it is compared by."""

    id: str
    topic: str
    sides: frozenset[str]
    action: Action
    start: str | None
    end: str | None
    place: str | None
    told: dt.date | None
    report: str
    evidence: tuple[int, int]


def commitments(
    entries: Iterable[Entry],
    *,
    side: Side = lambda actor: None,
    judgements: Sequence[Judgement] = (),
) -> list[Group]:
    """The commitments among some entries, as groups of ids of claims; other kinds are passed over.

    ``side`` gives the side of an actor that is known to have one; others go by their names.
    Judgements are on ids of claims.
    """
    found = [e for e in entries if isinstance(e.claim, Commitment)]
    told = {t.id: t for t in sorted((telling(e, side=side) for e in found), key=order)}

    def apart(one: str, other: str) -> bool:
        return are_apart(told[one], told[other])

    return merge(told, _links(list(told.values())), judgements=judgements, apart=apart)


def telling(entry: Entry, *, side: Side) -> Telling:
    """A commitment as it is compared. The entry's claim must be one."""
    claim = entry.claim
    assert isinstance(claim, Commitment)  # noqa: S101 - callers choose
    time, place = claim.time, claim.place
    return Telling(
        id=claim.id or "",
        topic=claim.topic,
        sides=whose(claim.parties, entry.report, side=side),
        action=action(claim.action, time=time.text if time else None),
        start=time.start if time else None,
        end=time.end if time else None,
        place=_name(place.name or place.text or "") if place and place.precision != "country" else None,
        told=entry.report.published,
        report=report_name(entry.report),
        evidence=claim.evidence,
    )


def whose(parties: Iterable[Actor], report: Report, *, side: Side) -> frozenset[str]:
    """Who is bound, by side or name. "Leaders" and "the president" are those of this report alone."""
    found = set()
    for actor in parties:
        name = _name(actor.name)
        if not name or (name in _NOBODY and actor.name not in _COUNTRIES):
            continue
        if known := side(actor):
            found.add(known)
        else:
            is_common = name in OFFICES or actor.name == actor.name.lower()
            surname = name.split()[-1] if actor.type == "person" else name
            found.add(f"{name} of {report_name(report)}" if is_common else surname)
    return frozenset(found)


def report_name(report: Report) -> str:
    """A report by publisher and id: one for all its versions."""
    return f"{report.publisher}/{report.id}"


def order(told: Telling) -> tuple[dt.date, str, tuple[int, int], str]:
    """By the day of telling, then by content: the order of the input is no matter."""
    return told.told or dt.date.min, told.report, told.evidence, told.id


def are_apart(one: Telling, other: Telling) -> bool:
    """Whether two tellings can never be of one undertaking."""
    return has_other_matter(one, other) or has_other_terms(one, other)


def has_other_matter(one: Telling, other: Telling) -> bool:
    """Whether they are about other parties, another topic, another object or place, or long apart."""
    return (
        one.topic != other.topic
        or bool(one.sides and other.sides and one.sides != other.sides)
        or actions.contradict(one.action, other.action)
        or bool(one.place and other.place and one.place != other.place)
        or (_days_between(one, other) > LONG and not shared_dates(one, other))
    )


def has_other_terms(one: Telling, other: Telling) -> bool:
    """Whether they give another start, another end or another length of time."""
    return (
        _differ(one.start, other.start)
        or _differ(one.end, other.end)
        or actions.disjoint(one.action.lengths, other.action.lengths)
    )


def shared_dates(one: Telling, other: Telling) -> tuple[str, ...]:
    """Which of start and deadline both give, and the same."""
    pairs = (("start", one.start, other.start), ("deadline", one.end, other.end))
    return tuple(name for name, left, right in pairs if left and left == right)


# --- links -----------------------------------------------------------------------------------------


def _links(told: Sequence[Telling]) -> Iterator[Link]:
    yield from _of_same_parties(told)
    yield from _of_one_passage(told)


def _of_same_parties(told: Sequence[Telling]) -> Iterator[Link]:
    for one, other in neighbours(told):
        if link := _link(one, other):
            yield link


def neighbours(told: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Pairs that may be one or follow each other: same parties, same topic, a word in common.

    Each telling is paired with the last few before it for each of its words, so that the work grows
    with the tellings and not with their square.
    """
    by_word: dict[tuple[str, frozenset[str], str], list[Telling]] = defaultdict(list)
    for one in told:
        earlier: dict[str, Telling] = {}
        for word in sorted(one.action.words) if one.sides else ():
            before = by_word[one.topic, one.sides, word]
            earlier |= {other.id: other for other in before[-_LOOK_BACK:]}
            before.append(one)
        for name in sorted(earlier):
            yield earlier[name], one


def _link(one: Telling, other: Telling) -> Link | None:
    """Why two tellings of the same parties are one, if they are."""
    alike, dates = actions.likeness(one.action, other.action), shared_dates(one, other)
    if not alike or are_apart(one, other) or not _is_enough(one, other, alike, dates):
        return None
    place = ("place",) if one.place and one.place == other.place else ()
    strength = min(1.0, alike + 0.2 * len(dates))
    return Link(
        one=one.id, other=other.id, agree=("parties", "topic", "action", *dates, *place), strength=strength
    )


def _is_enough(one: Telling, other: Telling, alike: float, dates: tuple[str, ...]) -> bool:
    """Whether likeness is enough: the same dates, told within days, or many words in common.

    Two common words that every undertaking may have ("peace process") are not.
    """
    if dates:
        return True
    if _is_old(one) != _is_old(other) and alike < 0.5:
        return False
    shared = one.action.words & other.action.words
    telling_words = shared & (one.action.names | CONCEPTS)
    if _days_between(one, other) <= SHORT:
        return one.action.is_specific and (alike > 0.5 or len(shared) > 2 or bool(telling_words))
    return alike >= 0.5 and (len(shared) > 3 or (len(shared) > 2 and bool(telling_words)))


def _is_old(one: Telling) -> bool:
    """Whether it is told of something begun long before: "the 1994 ceasefire" is not each one of today."""
    return bool(one.start and one.told and one.start[:7] < (one.told - _AGO).isoformat()[:7])


def _of_one_passage(told: Sequence[Telling]) -> Iterator[Link]:
    """One passage read twice: overlapping evidence and the same words, in one report."""
    by_report: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for one in sorted(told, key=lambda t: (t.evidence, t.id)):
        before = by_report[one.report, one.topic]
        for other in before[-2:]:
            overlap = other.evidence[1] > one.evidence[0]
            if overlap and one.action.words == other.action.words and not are_apart(one, other):
                yield Link(one=other.id, other=one.id, agree=("words", "topic"), strength=1.0)
        before.append(one)


def _days_between(one: Telling, other: Telling) -> int:
    """Days between the tellings; an undated one is far from all others but its own report's."""
    if one.told and other.told:
        return abs((one.told - other.told).days)
    return 0 if one.report == other.report else LONG + 1


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two dates cannot be one: ``2022-03`` and ``2022-03-15`` can."""
    return bool(one and other) and not (str(one).startswith(str(other)) or str(other).startswith(str(one)))


@functools.lru_cache(maxsize=65536)
def _name(name: str) -> str:
    return " ".join(re.findall(r"\w+", actions.plain(name)))
