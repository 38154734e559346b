"""Matters: what a claim speaks of, so that a denial is set against what it denies and nothing else.

A matter is read from the words of a claim: the kinds of things it speaks of (catalog/vocabulary/matters.yml),
its other telling words, whether it is planned or done, who would do it, where and when. Two matters are
never one where they name other doers, other places or other days.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable

import msgspec

from trucewatch.catalog.files import decode
from trucewatch.catalog.words import FOLDER, vocabulary
from trucewatch.identity import actions
from trucewatch.model import (
    Actor,
    Claim,
    Commitment,
    Contact,
    Entry,
    Incident,
    Noun,
    Posture,
    Span,
    Statement,
)
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.days import ONE, single
from trucewatch.situation.names import Cast, all_names, key
from trucewatch.situation.sides import Sides

_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|intend\w*|intentions?|prepar\w+|means? to|about to|going to|will|would|could"
    r"|might|threat\w*|want\w*|aim\w*|possib\w+|ready to|imminent|if|wish\w*|need\w*"
    r"|going ahead|in the coming)\b"
)
_SPEECH = actions.action(
    "deny denied denies denying denial accuse accused accuses accusing accusation charge charges say said"
    " says told tell tells claim claims claimed claiming report reports reported reporting statement word"
    " words spokesman spokeswoman spokesperson call called calls reject rejected rejects dismiss dismissed"
    " dismisses refute refuted refutes blame blamed blames warn warned warns demand demanded demands"
    " allegation allegations alleged allege allegedly reportedly state stated states announce announced"
    " announces add added insist insisted talk such false untrue true lie lies fact facts still minister"
    " ministry president leader official officials authorities government country countries people mr ms"
    " point points thing things part evidence responsibility plan plans idea information role"
).words
_OWN = re.compile(
    r"^(?:that\s+)?(?:it|they|he|she|we|i|its|their|our|his|her|any|such|a plan|plans?)\b|^\w+ing\b"
    r"|^(?:that\s+)?(?:the\s+|some\s+)?(?:troops|forces|units|soldiers|army|military)\s"
    r"(?:were|are|was|is|have|has|had|would|will|did)\b",
    re.IGNORECASE,
)
_BROAD = frozenset(
    "talks agreements energy humanitarian arms status sanctions monitoring ceasefire exchange".split()
)
_NEAR = 48  # characters in which a negation or condition stands before what it is of
_NOT = re.compile(
    r"(?:\b(?:not|never|neither|nor|no|none|without|cannot|far from|rather than|instead of|stop(?:ped)?"
    r"|refrain\w*)\b|n['’]t\b)(?!.*(?:[.;:]|\bbut\b))"
)
_JUST_NOT = re.compile(r"(?:\b(?:not|never|no|without)|n['’]t)(?:\s+[\w-]+){0,2}\s*$")
_IF = re.compile(r"\b(?:if|unless|whether|should|in case|in the event)\b(?![^.;:,]*[.;:,])")
_WIDE = frozenset("donbas donbass crimea europe front syria".split())
_ACTS = frozenset({"shelling", "attack", "violation", "harm", "provocation"})
_VIOLENT = _ACTS | {"invasion"}
_BY_TYPE = {
    "shelling": "shelling",
    "air strike": "shelling",
    "missile strike": "shelling",
    "shooting": "shelling",
    "explosion": "attack",
    "attack": "attack",
    "ceasefire violation": "violation",
    "detention": "exchange",
}
_BY_ACTION = {"deployment": "buildup", "arms supply": "arms", "fortification": "buildup"}


class Matter(Noun, frozen=True, kw_only=True):
    """What one claim speaks of.

    ``kinds`` are those of the catalog's list, ``negated`` those that the words say are not so, and stand in
    no ``kinds``; what stands in a condition ("if they attack") is in neither. ``words`` are the other telling
    words, ``planned`` whether it is yet to be done. ``doers`` are the sides that would do it or have done it,
    empty where the words do not say. ``text`` are the words themselves, empty where no text is at hand.
    """

    kinds: frozenset[str] = frozenset()
    negated: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    doers: frozenset[str] = frozenset()
    place: str | None = None
    day: dt.date | None = None
    planned: bool = False
    text: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the words alone tell what it is about; "the charge" does not."""
        return bool(self.kinds) or len(self.words) > 1

    @property
    def lasting(self) -> frozenset[str]:
        """Its kinds that are planned or last, as a withdrawal does: neither acts of violence nor broad."""
        return self.kinds - _BROAD - _ACTS

    @property
    def is_act(self) -> bool:
        """Whether it is an act of violence that is told as done."""
        return bool(self.kinds & _ACTS)

    @property
    def topic(self) -> str | None:
        """The first of its kinds in the order of the catalog."""
        return next((kind for kind in _kinds() if kind in self.kinds), None)


class Reader:
    """Reads matters for one ceasefire: knows its parties' names and how a report's words are looked up."""

    def __init__(self, cast: Cast, words: Words) -> None:
        self.cast, self.sides, self._words = cast, Sides(cast), words
        names = [name for party in cast.parties.values() for name in all_names(party)]
        self._stems = frozenset(word[:5] for name in names for word in key(name).split() if len(word) > 3)

    def words(self, entry: Entry, span: Span | None = None) -> str:
        """The words of a claim: those of a span, else of its evidence. Empty where no text is at hand."""
        return " ".join(self._words(entry, span or entry.claim.evidence).split())

    def before(self, entry: Entry, place: int, *, length: int) -> str:
        """The text before a place of a report, at most so long, of one paragraph."""
        text = self._words(entry, (max(place - length, 0), place))
        return text.rpartition("\n\n")[2]

    def kinds(self, entry: Entry, text: str) -> frozenset[str]:
        """The kinds of things that a claim may speak of, said or negated: the first look at it."""
        said, negated = _spoken_of(actions.plain(text))
        return _raised(said | negated | _given(entry.claim), planned=True) | said

    def may_be_act(self, entry: Entry) -> bool:
        """Whether the words of a statement tell of an act of violence, at a first look."""
        claim = entry.claim
        span = claim.content if isinstance(claim, Statement) else claim.evidence
        return bool(span) and not _ACTS.isdisjoint(_spoken_of(actions.plain(self.words(entry, span)))[0])

    def is_negated(self, entry: Entry, text: str) -> bool:
        """Whether words say that the very thing that the claim's fields tell is not so."""
        low = actions.plain(text)
        found = (match for match in _pattern().finditer(low) if match.lastgroup in _given(entry.claim))
        return any(_JUST_NOT.search(low[: match.start()]) for match in found)

    def matter(self, entry: Entry, text: str, *, doers: Iterable[Actor] = ()) -> Matter:
        """The matter of a claim by the words of ``text`` and the claim's own fields.

        ``doers`` are those who would do it; where none are given, the claim's fields tell.
        """
        claim, low = entry.claim, actions.plain(text)
        spoken = actions.action(text)
        planned = bool(_PLANNED.search(low)) or getattr(claim, "status", None) == "planned"
        said, negated = _spoken_of(low)
        given = _given(claim)
        kinds = given if isinstance(claim, Posture) else said | given
        negated = _raised(negated, planned=planned)
        told = tuple(doers) or doers_of(claim)
        return Matter(
            kinds=_raised(kinds, planned=planned) - negated,
            negated=negated,
            words=frozenset(word for word in spoken.words if self._tells(word)),
            numbers=spoken.numbers,
            doers=self.sides.of(told),
            place=self._place(claim),
            day=single(claim.time),
            planned=planned,
            text=" ".join(text.split()),
        )

    def _tells(self, word: str) -> bool:
        return word[:5] not in self._stems and _tells_something(word)

    def _place(self, claim: Claim) -> str | None:
        """Where, if that tells one event from another: no region, no land of a party, no "border"."""
        name = (claim.place.name or claim.place.text or "") if claim.place else ""
        plain = key(name)
        wide = name[:1].islower() or plain in self.cast.by_name or plain in _WIDE or plain in _lands()
        return None if wide or not plain or self.cast.regions_in(name) else plain


@functools.lru_cache(maxsize=65536)
def _tells_something(word: str) -> bool:
    """Whether a word tells more than an act or a way of speaking."""
    return word not in _SPEECH and word not in actions.CONCEPTS and not _pattern().match(word)


def doers_of(claim: Claim) -> tuple[Actor, ...]:
    """Those who would do or have done what a claim speaks of, as far as its fields say."""
    if isinstance(claim, Statement):
        return claim.about or (claim.addressees if claim.act == "accuse" else ())
    if isinstance(claim, Incident):
        return claim.perpetrator
    if isinstance(claim, Posture):
        return claim.force
    if isinstance(claim, Commitment):
        return claim.parties
    return claim.participants if isinstance(claim, Contact) else ()


def is_own(text: str) -> bool:
    """Whether words that somebody denies or asserts are about what he himself does.

    >>> is_own("that it means to attack"), is_own("planning an invasion"), is_own("that a retreat was seen")
    (True, True, False)
    """
    return bool(_OWN.match(text.strip()))


def says_it_is_not(text: str) -> bool:
    """Whether words speak of acts of violence, or of a plan for them, only to say that there are none.

    >>> says_it_is_not("the army was not shelling the town"), says_it_is_not("no shelling, but an attack")
    (True, False)
    """
    said, negated = _spoken_of(actions.plain(text))
    return bool(negated & _VIOLENT) and not said & _VIOLENT


def likeness(one: Matter, other: Matter) -> float:
    """How far two matters are the same (0 to 1). 0 where anything sets them apart.

    A kind in common is needed, and more: for what is planned or lasts, the same doers or a word; for acts of
    violence, which are many, the same place, day or number, or two words; for the broad kinds two words.
    Without a kind in common, three telling words.
    """
    if apart(one, other):
        return 0.0
    kinds, words = one.kinds & other.kinds, one.words & other.words
    placed = one.place is not None and one.place == other.place
    more = 2 * placed + len(one.numbers & other.numbers) + (one.day is not None and one.day == other.day)
    doers = bool(one.doers & other.doers)
    firm = bool(one.lasting & other.lasting) and (doers or more or len(words) > 0)
    acted = bool(kinds & _ACTS) and (more > 0 or len(words) > 1)
    broad = bool(kinds) and (len(words) > 1 or (doers and bool(words)))
    if firm or acted or broad:
        return min(0.4 + 0.1 * (more + len(words) + doers) + 0.05 * len(kinds), 1.0)
    return min(0.3 + 0.1 * (more + len(words)), 0.9) if len(words) > 2 else 0.0


def apart(one: Matter, other: Matter) -> bool:
    """Whether two matters can never be one: other doers, places, days, numbers of troops; planned or made."""
    if actions.disjoint(one.doers, other.doers):
        return True
    if one.place and other.place and not (one.place in other.place or other.place in one.place):
        return True
    if one.lasting & other.lasting and actions.disjoint(_many(one), _many(other)):
        return True
    if one.day and other.day and abs(one.day - other.day) > ONE:
        return True
    return one.planned != other.planned and one.kinds & other.kinds == {"invasion"}


def _many(one: Matter) -> frozenset[float]:
    """The numbers that count many, such as troops: no dates, no years."""
    return frozenset(number for number in one.numbers if number >= 100 and not 1900 <= number <= 2100)


def without_doers(one: Matter) -> Matter:
    """A matter without those who are blamed for it."""
    return msgspec.structs.replace(one, doers=frozenset())


@functools.cache
def _lands() -> frozenset[str]:
    """The names of countries."""
    return frozenset(key(name.name) for name in vocabulary().names.values() if name.kind == "name")


@functools.cache
def _kinds() -> tuple[str, ...]:
    """The kinds of the catalog, in its order."""
    return tuple(decode(FOLDER / "matters.yml", dict[str, list[str]]))


@functools.cache
def _pattern() -> re.Pattern[str]:
    """The words of all kinds, each kind as a group of its name."""
    lists = decode(FOLDER / "matters.yml", dict[str, list[str]])
    return re.compile(
        r"\b(?:" + "|".join(f"(?P<{kind}>{_any(stems)})" for kind, stems in lists.items()) + ")"
    )


def _any(stems: Iterable[str]) -> str:
    return "|".join(re.escape(stem).replace(r"\ ", r"\s+").replace(r"\$", r"\b") for stem in stems)


@functools.lru_cache(maxsize=65536)
def _spoken_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of things that words say are so, and those that they say are not."""
    said: set[str] = set()
    negated: set[str] = set()
    for found in _pattern().finditer(text):
        before = text[max(found.start() - _NEAR, 0) : found.start()]
        if not _IF.search(before):
            (negated if _NOT.search(before) else said).add(found.lastgroup or "")
    return frozenset(said), frozenset(negated - said)


def _raised(kinds: frozenset[str], *, planned: bool) -> frozenset[str]:
    """An attack that is planned, prepared or threatened is an invasion, one that was made is not."""
    return kinds - {"attack"} | {"invasion"} if planned and "attack" in kinds else kinds


def _given(claim: Claim) -> frozenset[str]:
    """The kinds that the fields of a claim tell."""
    found: str | None = None
    if isinstance(claim, Incident):
        found = _BY_TYPE.get(claim.type)
    elif isinstance(claim, Posture):
        found = _BY_ACTION.get(claim.action, claim.action)
    elif isinstance(claim, Contact):
        found = "talks"
    return frozenset({found} if found else ())
