"""Outcomes: what claims of other kinds say became of an undertaking, and by whom.

A posture can say that forces were withdrawn, a contact that a meeting took place or was called off, an
incident that a ceasefire was violated, a statement or a count of prisoners that something was carried
out or broken. Nothing is decided: each outcome carries its claim and its speaker. Counts of ceasefire
violations name nobody who fired, so they stand in the series and bear on no party's commitment.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from trucewatch.identity.actions import CAPTIVE, CEASEFIRE, Action, action
from trucewatch.identity.commitments import Side, report_name, whose
from trucewatch.model import Actor, AnyClaim, Contact, Count, Entry, Incident, Posture, Span, Statement
from trucewatch.situation.commitments.undertakings import Says
from trucewatch.situation.days import closing
from trucewatch.situation.names import key

Words = Callable[[Entry, Span], str]
"""The exact words of a report on a span; empty where its text is not at hand."""

_MOVES = {
    "withdrawal": ("withdrawal", "disengagement"),
    "disengagement": ("withdrawal", "disengagement"),
    "mobilization": ("mobilization",),
}
_MOVED: dict[str, Says] = {"asserted": "fulfilled", "denied": "denies fulfilment"}
_MET: dict[str, Says] = {"held": "fulfilled", "cancelled": "called off", "refused": "called off"}
_DONE = (
    r"complied|implemented|fulfilled|honou?red|observed|respected|adhered|abided|carried\s+out|completed|kept"
    r"|complying|implementing|fulfilling|honou?ring|observing|respecting|adhering|abiding"
)
_FULFILLED = re.compile(
    rf"\b(?:(?:has|have|had|is|are|was|were)\s+(?:(?!not\b)\w+\s+){{0,2}}(?:{_DONE})"
    r"|(?:complie[sd]|adhere[sd]|abide[sd])\s+(?:with|to|by)"
    r"|(?:fulfill?ed|implemented|honou?red|completed)\s+(?:its|their|the|all|every))\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    rf"\b(?:(?:has|have|had|is|are|was|were)(?:\s+not|n['’]t|\s+never)\s+(?:\w+\s+)?(?:{_DONE})"
    r"|(?:do|does|did)(?:\s+not|n['’]t)\s+(?:comply|implement|fulfil|honou?r|observe|respect|abide|adhere|keep)"
    r"|fail(?:s|ed|ing)?\s+to\s+(?:comply|implement|fulfil|honou?r|observe|respect|abide|adhere|keep|carry)\w*)",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\b(?:violat(?:ed|es|ing|ions?)|breach(?:ed|es|ing)?|broke|broken|breaking|reneg\w+|flout\w+)\b", re.I
)
_RELEASED = re.compile(r"\b(?:released|freed|handed\s+over|exchanged|swapped|returned)\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:must|should|shall|will|would|may|might|could|can|if|unless|whether|any|possible|ready|stop|end|avoid"
    r"|prevent|halt|against|risk|threat\w*|to\s+be|not\s+to|no|without|until|once|when|calls?|demand\w*|urg\w+)"
    r"\s+(?:[\w’'-]+\s+){0,4}$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s*(?:[\w’'-]+\s+){0,5}?by\s+(?:the\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:]\s|,\s(?:which|who|and|but|while|as)\s|\s(?:and|but|while)\s")
_AGREEMENT = re.compile(
    r"\b(?:agreement|accord|deal|treaty|protocol|memorandum|measures|arrangement|resolution|obligation|commitment"
    r"|undertaking|promise|pledge)s?\b",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?:cease-?fire|truce|agreements?)\s+$", re.IGNORECASE)  # "ceasefire violations"
_REACH = 90  # code points beside a verb in which what was done or broken is named
_VERDICTS: tuple[tuple[Says, re.Pattern[str]], ...] = (("broken", _BROKEN), ("fulfilled", _FULFILLED))
_WE = re.compile(r"\b(?:we|our|us|i|my)\b", re.IGNORECASE)
_MOVING = re.compile(
    r"\b(?:(?:has|have|had|is|are|was|were|been|being)\s+(?:\w+ly\s+|now\s+|already\s+|been\s+)*"
    r"(?:withdr|pull|retreat|disengag|mov|leav|left|return|mobili)\w*|withdrew|withdrawn|pulled\s+(?:back|out|its"
    r"|their|all|some)|retreated|disengaged|returned|beg[au]n|started|completed|finished|announced|confirmed"
    r"|reported|continu(?:es|ed|ing))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|unless|whether|would|should|must|will|could|may|might|shall|not|never|until)\b|n['’]t\b",
    re.IGNORECASE,
)
_PLAIN = ("assert", "announce", "acknowledge")
_TELLING = ("assert", "announce", "acknowledge", "agree", "accuse", "deny")


@dataclass(frozen=True)
class Outcome:
    """What one claim says became of something. ``sides`` are those who did it or failed to.

    ``people`` are the participants of a contact by name; ``action`` is what the words speak of, and
    ``of_agreement`` whether they name an agreement, an obligation or the like.
    """

    entry: Entry
    kind: str
    says: Says
    sides: frozenset[str]
    day: dt.date | None
    action: Action = field(default_factory=Action)
    place: str | None = None
    people: tuple[Actor, ...] = ()
    body: str | None = None
    of_agreement: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether the claim itself gives a day."""
        return bool(self.entry.claim.time and self.entry.claim.time.end)

    @property
    def report(self) -> str:
        """The report that tells it."""
        return report_name(self.entry.report)


@dataclass(frozen=True)
class Said:
    """The words of a statement that something is so, for conditions to be looked up in."""

    entry: Entry
    text: str
    action: Action


class Reader:
    """Reads outcomes from entries: whose side somebody is on, and who is known by name.

    ``said`` are the statements met on the way that plainly say something is so.
    """

    def __init__(self, *, side: Side, known: dict[str, str], words: Words) -> None:
        self.side, self.known, self.words = side, known, words
        self.said: list[Said] = []

    def read(self, entries: Iterable[Entry]) -> Iterator[Outcome]:
        """All outcomes of some entries."""
        for entry in entries:
            yield from self._of(entry, entry.claim)

    def _of(self, entry: Entry, claim: AnyClaim) -> Iterator[Outcome]:
        match claim:
            case Posture():
                yield from self._move(entry, claim)
            case Contact():
                yield from self._contact(entry, claim)
            case Incident(type="ceasefire violation"):
                yield self._violation(entry, claim)
            case Statement() if claim.act in _TELLING and claim.content:
                yield from self._told(entry, claim, claim.content)
            case Count(measure="prisoners"):
                yield from self._told(entry, claim, claim.evidence)
            case _:
                pass

    def _move(self, entry: Entry, claim: Posture) -> Iterator[Outcome]:
        says = _MOVED.get(claim.status)
        if says == "fulfilled" and not _is_real(self.words(entry, claim.evidence)):
            return
        sides = whose(claim.force, entry.report, side=self.side)
        if says and sides:
            unit = action(claim.unit or "")
            for topic in _MOVES.get(claim.action, ()):
                yield Outcome(entry, topic, says, sides, happened(entry), unit, _place(claim))

    def _contact(self, entry: Entry, claim: Contact) -> Iterator[Outcome]:
        says = _MET.get(claim.status)
        if says and (claim.participants or claim.body):
            sides = whose(claim.participants, entry.report, side=self.side)
            yield Outcome(
                entry, "contact", says, sides, happened(entry), people=claim.participants, body=claim.body
            )

    def _violation(self, entry: Entry, claim: Incident) -> Outcome:
        sides = whose(claim.perpetrator, entry.report, side=self.side)
        about = Action(words=frozenset({CEASEFIRE}))
        return Outcome(entry, "words", "broken", sides, happened(entry), about, _place(claim))

    # --- words ---

    def _told(self, entry: Entry, claim: Statement | Count, span: Span) -> Iterator[Outcome]:
        text = " ".join(self.words(entry, span).split())
        if isinstance(claim, Statement) and claim.act in _PLAIN and not _OPEN.search(text):
            self.said.append(Said(entry, text, action(text)))
        verdict = _verdict(text)
        sides = self._doers(entry, claim, text, verdict) if verdict else frozenset()
        if verdict and sides:
            is_denial = isinstance(claim, Statement) and claim.act == "deny"
            says = _turned(verdict.says) if is_denial else verdict.says
            about = _object(text, verdict.found)
            named = bool(_AGREEMENT.search(about))
            yield Outcome(entry, "words", says, sides, happened(entry), action(about), of_agreement=named)

    def _doers(self, entry: Entry, claim: Statement | Count, text: str, verdict: _Verdict) -> frozenset[str]:
        """Who is said to have done it: those accused, those named beside the verb, "we" for the speakers.

        Of several named before the verb all may have carried something out, but the nearest broke it.
        """
        if isinstance(claim, Statement) and claim.act == "accuse" and claim.about:
            return whose(claim.about, entry.report, side=self.side)
        before, after = text[: verdict.found.start()], text[verdict.found.end() :]
        if passive := _BY.match(after):
            return frozenset(self._named(after[passive.end() :], first=True))
        named = self._named(before)
        speaks = isinstance(claim, Statement) and (claim.act == "deny" or _WE.search(before))
        if not named and speaks and isinstance(claim, Statement):
            return whose(claim.speaker, entry.report, side=self.side)
        return frozenset(named[-1:] if verdict.says == "broken" else named)

    def _named(self, text: str, *, first: bool = False) -> list[str]:
        """The sides of the parties named in a text, in order; ``first``: only one that it begins with."""
        words, at = key(text).split(), 0
        found: list[str] = []
        while at < len(words) and not (first and at):
            length = next((n for n in (4, 3, 2, 1) if " ".join(words[at : at + n]) in self.known), 0)
            if length:
                found.append(self.known[" ".join(words[at : at + length])])
            at += length or 1
        return found


def speaker_of(entry: Entry) -> str:
    """Who says what a claim tells: the speakers of a statement, the nearest voices, else the publisher."""
    claim, report = entry.claim, entry.report
    names = [actor.name for actor in claim.speaker] if isinstance(claim, Statement) else []
    if not names and claim.said_by:
        cue = claim.said_by[0].cue
        names = [v.source for v in claim.said_by if cue and v.cue == cue] or [claim.said_by[0].source]
    return ", ".join(dict.fromkeys(names)) or report.publisher or f"the report {report.id}"


def happened(entry: Entry) -> dt.date | None:
    """The day of what a claim tells: its own where it is past, else the day it was told."""
    told, time = entry.report.published, entry.claim.time
    own = closing(time.end) if time else None
    return own if own and (told is None or own <= told) else told


@dataclass(frozen=True)
class _Verdict:
    """What some words say became of something, and where they say it."""

    says: Says
    found: re.Match[str]


def _verdict(text: str) -> _Verdict | None:
    """What a text says was done or broken, first of all that something was not done."""
    if found := _NOT_DONE.search(text):
        return _Verdict("broken", found)
    for says, pattern in _VERDICTS:
        found = pattern.search(text)
        if found and not _SUPPOSED.search(text[: found.start()]):
            return _Verdict(says, found)
    found = _RELEASED.search(text)
    if found and CAPTIVE in action(text).words and not _SUPPOSED.search(text[: found.start()]):
        return _Verdict("fulfilled", found)
    return None


def _object(text: str, found: re.Match[str]) -> str:
    """The words for what was done or broken: after the verb, before it in the passive, both of a release."""
    after = _CLAUSE.split(text[found.end() : found.end() + _REACH])[0]
    before = _CLAUSE.split(text[max(0, found.start() - _REACH) : found.start()])[-1]
    if found.re is _RELEASED:
        return f"{before} {after}"
    is_passive = " been " in f" {found.group()} " or _BY.match(after)
    named = _COMPOUND.search(before)
    return before if is_passive else f"{named.group() if named else ''} {after}"


def _is_real(text: str) -> bool:
    """Whether words for a move tell of one that took place; without its words a claim is taken as it is."""
    found = _MOVING.search(text)
    return not text or (found is not None and not _SUPPOSED.search(text[: found.start()]))


def _turned(says: Says) -> Says:
    return "denies a breach" if says == "broken" else "denies fulfilment"


def _place(claim: Posture | Incident) -> str | None:
    place = claim.place
    return key(place.name or place.text or "") if place and place.precision != "country" else None
