"""Denials and what they answer: each claim that denies, each that may be denied, and the matter of both.

A denial is the word of a side. What it is about stands in its own words ("denied that its forces shelled
the school"), or, where these only point back ("rejected the charge"), in the nearest charge before it in
the same report. Turning down a proposal denies nothing: that is a position, see ``positions``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from trucewatch.model import Actor, Commitment, Contact, Count, Entry, Incident, Noun, Posture, Statement
from trucewatch.situation.days import ONE, sound
from trucewatch.situation.matters import Matter, Reader, doers_of, is_own
from trucewatch.situation.names import Cast, key
from trucewatch.situation.sides import publisher

_DENIES = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bnot )(?<!\bnor )"
    r"\bden(?:y|ies|ied|ying|ials?)\b|(?<!\bnot )\bden(?:ied|ying) by\b|\bdisput(?:e[sd]?|ing)\b"
    r"|\b(?:refut|rebut|debunk|repudiat|disavow|contradict)\w*"
)
_UNTRUE = re.compile(
    r"\b(?:un|not )true\b|\bfalse\b(?! flag| choice)|\bfake\b|\blie\b|\blies\b|\blying\b|\bmyth\b"
    r"|\b(?:base|ground)less(?:ly)?\b|\bunfounded\b|\bnonsense\b|\babsurd(?:ity)?\b|\bfabricat\w+"
    r"|\b(?:as|calls?|called|calling)\b[^.]{0,60}\bhysteria\b|\bnot a single\b|\bnothing to do with\b"
    r"|\bcast(?:s|ing)? doubt\b|\bpush(?:ed|es|ing) back (?:on|against)\b|\bnot in reality\b"
)
_UNMEANT = re.compile(r"\b(?:not?|never|none|nothing|neither|nor|cannot)\b|n[’']t\b")
_RIGHT = re.compile(r"^(?:[\w’']+ ){0,4}?(?:rights?|access|entry|visas?|relief|permission|passage|primacy)\b")
_TURNS_DOWN = re.compile(
    r"(?<!\bnot )(?<!\bnot “)"
    r"\b(?:reject|rebuff|dismiss|rule[sd]? out|ruling out|oppos|rubbish|disagree|decline)\w*"
)
_CHARGE = re.compile(
    r"\b(?:charges?|accus\w+|allegations?|claims?|reports?|suggestions?|assertions?|insinuations?|speculations?|rumou?rs?"
    r"|notions?|talk|idea that|fears|warnings?|narrative|blame)\b"
)
_OFFER = re.compile(
    r"\b(?:proposals?|offers?|initiatives?|requests?|demands?|plans? (?:for|to)|possibilit\w+|ultimatum"
    r"|conditions|invitations?|talks|negotiations|meetings?|recognition)\b"
)
_CLAIMED = ("accuse", "assert", "warn", "announce", "acknowledge")
REACH = 14 * ONE  # how long after it was told something is denied, or a standing denial answers anew
_LINES = 250  # characters before a claim that tell of whom it speaks
_NEAR = 1500  # characters between a charge and the denial that points back to it


class Account(Noun, frozen=True, kw_only=True):
    """One claim as an account of a matter: who gives it (sides, and names as told), and what it says.

    ``doers`` are those who would have done it. ``content`` are the words that tell it without those who say
    so, where the claim knows them. ``firm`` is False for a denial only by what it says is not meant ("no
    plans to ..."): it counts where it answers a claim.
    """

    id: str
    entry: Entry
    matter: Matter
    sides: frozenset[str]
    voices: tuple[Actor, ...]
    doers: tuple[Actor, ...] = ()
    content: str = ""
    firm: bool = True

    @property
    def told(self) -> dt.date | None:
        """The day it was published; None where that is no day to reckon with."""
        return sound(self.entry.report.published)


def denials(entries: Iterable[Entry], *, reader: Reader) -> list[Account]:
    """The claims that deny something, each by a side that says so, with the matter in their own words."""
    return [made for entry in entries if denies(entry) and (made := _denial(entry, reader))]


def denies(entry: Entry) -> bool:
    """Whether a claim is read as a denial; whether its words are one, :func:`denials` looks up."""
    claim = entry.claim
    if isinstance(claim, Statement):
        return claim.act == "deny"
    return isinstance(claim, Posture) and claim.status == "denied"


def charges(entries: Iterable[Entry], *, denied: Sequence[Account], reader: Reader) -> Iterator[Account]:
    """The claims that a denial may answer: of what is denied within reach, or told in a report that denies.

    What denies is no charge, nor what a side tells that alone denies, nor what says that it is not so.
    """
    wanted = _Wanted(denied)
    for entry in entries:
        if not _may_be_denied(entry) or entry.claim.id in wanted.ids:
            continue
        voices = voices_of(entry, reader.cast)
        sides = reader.sides.of(voices)
        if all(sides & others for others in wanted.sides) or not wanted.wants(entry, reader):
            continue
        made = account(entry, reader=reader, voices=voices)
        if made.matter.kinds or not made.matter.negated:
            yield made


class _Wanted:
    """What is denied, by the days on which it may have been told."""

    def __init__(self, denied: Sequence[Account]) -> None:
        self.ids = {account.id for account in denied}
        self.sides = {account.sides for account in denied}
        self._reports = {account.entry.report.sha256 for account in denied}
        self._kinds: dict[dt.date, set[str]] = defaultdict(set)
        self._undated: set[str] = set()
        for account in denied:
            self._undated |= account.matter.kinds
            for step in range(-REACH.days, REACH.days + 1) if account.told else ():
                self._kinds[(account.told or dt.date.min) + step * ONE] |= account.matter.kinds

    def wants(self, entry: Entry, reader: Reader) -> bool:
        """Whether a claim is of a kind that is denied near its day, or stands in a report that denies."""
        if entry.report.sha256 in self._reports:
            return True
        told = sound(entry.report.published)
        kinds = self._kinds.get(told) if told else self._undated
        return bool(kinds) and not reader.kinds(entry, _content(entry, reader)).isdisjoint(kinds or ())


def account(entry: Entry, *, reader: Reader, voices: tuple[Actor, ...] | None = None) -> Account:
    """A claim as an account, its doers those of its fields, else the party that its words name first."""
    claim = entry.claim
    voices = voices_of(entry, reader.cast) if voices is None else voices
    content = _content(entry, reader)
    doers: tuple[Actor, ...] = doers_of(claim)
    if not doers and isinstance(claim, Statement):
        doers = _doers(content, voices, reader) or _spoken_of_before(entry, content, voices, reader)
    return Account(
        id=claim.id or "",
        entry=entry,
        matter=(matter := _matter(entry, content, doers, reader)),
        sides=reader.sides.of(voices),
        voices=voices,
        doers=doers,
        content=content if _is_text_of(matter, content) else "",
    )


def voices_of(entry: Entry, cast: Cast) -> tuple[Actor, ...]:
    """Whose word a claim is: the speakers, else the nearest voice, else the party that published the report.

    What a newspaper tells in its own voice is the word of no side.
    """
    claim = entry.claim
    if isinstance(claim, Statement) and claim.speaker:
        return claim.speaker
    if claim.said_by:
        return (Actor(name=claim.said_by[0].source),)
    who = publisher(entry.report.publisher)
    return (who,) if cast.party(who) else ()


def meant(denial: Account, found: Iterable[Account]) -> Account | None:
    """The charge that a denial points back to where its own words do not tell the matter.

    It is the nearest charge before it in the same report, by another side, against the side that denies.
    """
    if denial.matter.is_told:
        return None
    start = denial.entry.claim.evidence[0]
    before = [
        (charge.entry.claim.evidence[0], charge.id, charge)
        for charge in found
        if charge.entry.report.sha256 == denial.entry.report.sha256
        and _answers(denial, charge)
        and -_NEAR <= charge.entry.claim.evidence[0] - start <= 0
    ]
    return max(before)[2] if before else None


def as_of(denial: Account, charge: Account) -> Account:
    """A denial with the matter of the charge that it points back to."""
    matter = msgspec.structs.replace(charge.matter, day=charge.matter.day or denial.matter.day)
    return msgspec.structs.replace(denial, matter=matter, doers=charge.doers, content=charge.content)


def turns_down(text: str) -> bool:
    """Whether words turn down a proposal rather than deny that something is so.

    >>> turns_down("Minister X rejected the proposal"), turns_down("Minister X rejected the charge")
    (True, False)
    """
    low = text.lower()
    if _DENIES.search(low) or _UNTRUE.search(low) or not _TURNS_DOWN.search(low):
        return False
    return bool(_OFFER.search(low)) or not _CHARGE.search(low)


def _answers(denial: Account, charge: Account) -> bool:
    """Whether a charge can be what a side answers: another's word, and held against that side if anybody."""
    if charge.sides & denial.sides or isinstance(charge.entry.claim, Contact | Commitment | Count):
        return False
    accuses = isinstance(charge.entry.claim, Statement) and charge.entry.claim.act == "accuse"
    against = charge.matter.doers & denial.sides
    return bool(against) or (accuses and not charge.matter.doers)


def _denial(entry: Entry, reader: Reader) -> Account | None:
    """A denial with whom it is of; None where the words deny nothing, or nobody does."""
    claim, firm = entry.claim, True
    content = _content(entry, reader)
    if isinstance(claim, Statement) and (text := reader.words(entry)):
        firm = _is_denied_in(text, content)
        if not firm and not _UNMEANT.search(content.lower()):
            return None
    elif isinstance(claim, Posture) and content and not _is_movement_denied(entry, content, reader):
        return None
    voices = tuple(actor for actor in voices_of(entry, reader.cast) if _is_somebody(actor, reader))
    if not voices:
        return None
    doers = _doers(content, voices, reader) if isinstance(claim, Statement) else doers_of(claim)
    return Account(
        id=claim.id or "",
        entry=entry,
        matter=_as_denied(matter := _matter(entry, content, doers, reader)),
        sides=reader.sides.of(voices),
        voices=voices,
        doers=doers,
        content=content if _is_text_of(matter, content) else "",
        firm=firm,
    )


def _is_movement_denied(entry: Entry, text: str, reader: Reader) -> bool:
    """Whether words deny a movement of forces, or say that this very thing is not so."""
    low = text.lower()
    return bool(_DENIES.search(low) or _UNTRUE.search(low)) or reader.is_negated(entry, text)


def _is_denied_in(text: str, content: str) -> bool:
    """Whether the speaker denies it, in the words around what he denies, or says that something is not so."""
    low, said = text.lower(), content.lower()
    around = low.replace(said, " ", 1) if said else low
    if _DENIES.search(around):
        return not _RIGHT.search(said)
    return bool(_UNTRUE.search(low)) or bool(_TURNS_DOWN.search(around) and not turns_down(text))


def _matter(entry: Entry, content: str, doers: tuple[Actor, ...], reader: Reader) -> Matter:
    """The matter of a claim by what is said; where that does not tell it, by the whole sentence's kinds."""
    made = reader.matter(entry, content, doers=doers)
    if made.is_told:
        return made
    whole = reader.matter(entry, reader.words(entry), doers=doers)
    return whole if whole.kinds or whole.negated else made


def _is_text_of(matter: Matter, content: str) -> bool:
    """Whether a matter was read from what is said, and not from the sentence round it."""
    return matter.text == content


def _as_denied(matter: Matter) -> Matter:
    """The matter of a denial: what it says is not so is what it is about, however it is worded."""
    kinds = matter.kinds | matter.negated
    return msgspec.structs.replace(matter, kinds=kinds, negated=frozenset())


def _content(entry: Entry, reader: Reader) -> str:
    """What is said, without who says it: the content of a statement, else the evidence.

    Of what is done or announced "saying that" something is so, it is what is said to be so.
    """
    claim = entry.claim
    span = claim.content if isinstance(claim, Statement) else claim.evidence
    words = reader.words(entry, span) if span else ""
    said = _SAYING.search(words)
    return said[1] if said else words


_SAYING = re.compile(
    r",\s+(?:saying|claiming|alleging|arguing|insisting|warning)\s+that\s+(.+)", re.DOTALL | re.IGNORECASE
)


def _doers(content: str, voices: tuple[Actor, ...], reader: Reader) -> tuple[Actor, ...]:
    """Who does what somebody's words are about: he himself, the party that they name first, or nobody."""
    if not content or is_own(content):
        return voices if content else ()
    named = reader.sides.doer(content)
    return (named,) if named else ()


def _spoken_of_before(
    entry: Entry, content: str, voices: tuple[Actor, ...], reader: Reader
) -> tuple[Actor, ...]:
    """Who is meant by a plan that is told without its doer: the party of which the lines before it speak.

    It is the first that they name, but for those who speak; a plan names whom it is against, if anybody.
    """
    made = reader.matter(entry, content)
    if not (made.planned and made.lasting):
        return ()
    start = entry.claim.evidence[0]
    lines = reader.before(entry, start, length=_LINES)
    named = reader.sides.first(lines, but=reader.sides.of(voices))
    return (named,) if named else ()


def _is_somebody(actor: Actor, reader: Reader) -> bool:
    """Whether a name is that of somebody: a pronoun or a bare article that was taken for one is not."""
    return reader.sides.party(actor) is not None or (
        actor.name[:1].isupper() and key(actor.name) not in _NOBODY
    )


_NOBODY = frozenset("it he she they we i some the this that".split())


def _may_be_denied(entry: Entry) -> bool:
    claim = entry.claim
    if isinstance(claim, Statement):
        return claim.act in _CLAIMED
    if isinstance(claim, Posture):
        return claim.status != "denied"
    if isinstance(claim, Contact):
        return claim.status in ("held", "planned", "proposed", "conditional")
    if isinstance(claim, Commitment):
        return claim.strength in ("agreed", "pledged", "ordered", "expected")
    return isinstance(claim, Incident) or (
        isinstance(claim, Count) and claim.measure == "ceasefire_violations"
    )
