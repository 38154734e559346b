"""How two claims agree in form and participants: the same people, most of them, others, or not known."""

from __future__ import annotations

from trucewatch.identity.tellings import Telling

_KIN = {
    "call": frozenset({"call", "talks"}),
    "talks": frozenset({"call", "talks", "meeting", "summit", "visit"}),
    "meeting": frozenset({"meeting", "talks", "summit", "visit"}),
    "summit": frozenset({"summit", "talks", "meeting", "session"}),
    "session": frozenset({"session", "summit"}),
    "visit": frozenset({"visit", "meeting", "talks"}),
}
BODIED = frozenset({"session", "summit"})

# How participants may agree: what it is called, and how strongly it binds.
AGREEING = {
    "same": ("participants", 1.0),
    "delegations": ("participants", 0.9),
    "most": ("most participants", 0.7),
    "body": ("body", 0.8),
    "visitor": ("participants", 0.8),
    "states": ("the states of the participants", 0.6),
}


def kindred(one: Telling, other: Telling) -> bool:
    """Whether two forms may be one contact's; what the one calls a video call is the other's meeting."""
    if other.form in _KIN[one.form]:
        return True
    video = one.by_video and other.by_video and one.publisher != other.publisher
    return video and {one.form, other.form} == {"call", "meeting"}


def company(one: Telling, other: Telling) -> str:
    """How the participants of two claims agree: ``same``, ``most``, ``other``, ``unknown`` ..."""
    if (bodies := _bodies(one, other)) is not None:
        return bodies
    left, right = one.who, other.who
    if (
        one.form == other.form == "visit"
        and left == right
        and left
        and one.place
        and one.place == other.place
    ):
        return "visitor"
    if not left or not right:
        return "unknown"
    if len(left) > 1 and left == right:
        return "same"
    if _are_states(one, other):
        return "states"
    common = left & right
    if len(left) < 2 or len(right) < 2:
        return _partly(one, other)
    if min(len(left), len(right)) > 2:
        return _of_many(one, other)
    if len(common) < 2:
        return _partly(one, other)
    lands = one.lands(common) | other.lands(common)
    strangers = [name for name in left ^ right if one.land(name) not in lands or one.land(name) is None]
    if not strangers:
        return "delegations"
    return "other" if len(strangers) > 1 or one.land(strangers[0]) else "unknown"


def _of_many(one: Telling, other: Telling) -> str:
    """How more than two agree with more than two: a list may be shorter than the other, hardly another."""
    left, right = one.who, other.who
    common = left & right
    known = one.lands(common)
    if len(common) > 1 and all(one.land(name) in known for name in left ^ right):
        return "delegations" if len(known) > 1 else "unknown"
    shared = len(common) + _by_state(one, other)
    more, fewer = len(left) - shared, len(right) - shared
    if shared < 2 or (more and fewer and shared < 3 * max(more, fewer)):
        return "other" if not common or (more and fewer) else "unknown"
    sides = len(known) > 1 or len(known) + sum(one.land(name) is None for name in common) > 1
    return "most" if sides and 2 * shared >= len(left) + len(right) - shared else "unknown"


def _by_state(one: Telling, other: Telling) -> int:
    """How many in a list of many are told as a state in the one and as its head in the other."""
    apart = one.who ^ other.who
    states = {one.land(name) for name in apart & (one.states | other.states)}
    return len(states & one.lands(one.who - other.who) & other.lands(other.who - one.who))


def _bodies(one: Telling, other: Telling) -> str | None:
    """How two sessions or summits agree by their bodies; None where that does not decide."""
    if not ({one.form, other.form} <= BODIED and one.bodies and other.bodies):
        return None
    if not one.bodies & other.bodies:
        return "other"
    if one.publisher == other.publisher and _tell_of_others(one, other):
        return "unknown"
    if not one.who or not other.who:
        return "body"
    return None if 2 in (len(one.who), len(other.who)) else "body"


def _tell_of_others(one: Telling, other: Telling) -> bool:
    """Whether a publisher tells of other people of its own at a body, in the claims or by the titles."""
    left, right = one.who | one.titled, other.who | other.titled
    return bool(left and right) and not left & right


def _are_states(one: Telling, other: Telling) -> bool:
    """Whether one publisher speaks of two states for the two people it names elsewhere: "Kenyan talks"."""
    lands = one.lands(one.who), other.lands(other.who)
    two = len(one.who) == len(other.who) == len(lands[0]) == 2 and lands[0] == lands[1]
    mixed = {len(one.states & one.who), len(other.states & other.who)} == {0, 2}
    return two and mixed and one.publisher is not None and one.publisher == other.publisher


def _partly(one: Telling, other: Telling) -> str:
    """Where somebody is not known: other people, or people whom it is not known to be others."""
    left, right = one.who, other.who
    lands = one.lands(left), other.lands(right)
    named = one.states or other.states
    if named and lands[0] & lands[1] and (len(lands[0]) < 2 or len(lands[1]) < 2 or lands[0] == lands[1]):
        return "unknown"
    short = min(len(left), len(right))
    return "unknown" if short < 2 and left & right else "other"
