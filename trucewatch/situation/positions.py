"""Positions: what each actor demands, offers, refuses or undertakes on one matter, over time.

They are made of statements (who demands, appeals, offers, promises, agrees, warns with a condition, or
turns something down) and of commitments (asked for or proposed by whoever says so; pledged, agreed or refused
by the party itself). An actor is a party of the catalog, whoever speaks for it; anybody else is called by
name. What is told of a party by others is kept apart from its own word (``own``). Whether a position is
just, kept or new is not said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from trucewatch.claims.topics import topic_of
from trucewatch.identity import actions
from trucewatch.identity.merging import Link, merge
from trucewatch.model import Actor, Commitment, Entry, Judgement, Noun, Statement
from trucewatch.situation import matters
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.days import sound
from trucewatch.situation.denials import turns_down, voices_of
from trucewatch.situation.disputes import SHOWN, shortened
from trucewatch.situation.matters import Matter, Reader, is_own
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import Position, PositionStep

_ACTS = {
    "demand": "demand",
    "appeal": "appeal",
    "offer": "offer",
    "promise": "pledge",
    "agree": "agree",
    "warn": "warn",
}
_CALLS = r"call(?:s|ed|ing)? (?:for|on|upon)"
_SPOKEN = {
    "demand": r"demand|insist|must|requir|ultimatum|condition|ha(?:s|ve) to|order|should|" + _CALLS,
    "appeal": r"urg|appeal|ask|request|plead|invit|implor|encourag|should|must|need|" + _CALLS,
    "offer": r"offer|propos|suggest|(?:ready|willing|prepared|open) (?:to|for talks)|invit|initiative",
    "promise": r"\bwill\b|\bshall\b|promis|pledg|vow|undert|commit|guarant|ready|prepared|would|assur",
    "agree": r"agree|accept|consent|endors|consensus",
    "warn": r"\bif\b|\bunless\b|\bshould\b|in case|in the event",
    "demanded": r"demand|insist|must\b|requir|ultimatum|ha(?:s|ve) to|order|should|urg|appeal|request|ought"
    r"|\bask(?:s|ed|ing)?\b|need(?:s|ed)? to|seriously|" + _CALLS,
    "proposed": r"offer|propos|suggest|invit|initiative|(?:ready|willing|prepared|open) (?:to|for talks)",
    "pledged": r"\bwill\b|\bshall\b|promis|pledg|vow|undert|\bcommit|guarant|ready|prepared|would|assur"
    r"|intend|resolved to",
    "agreed": r"agree|accept|consent|consensus|considered it|found it|decided|\bcommit|underto",
    "refused": r"refus|reject|declin|rul(?:e[sd]?|ing) out|unwilling|\bnot\b|n[’']t\b|never|no\b",
}
_SAYS = {act: re.compile(words, re.IGNORECASE) for act, words in _SPOKEN.items()}
_STRENGTHS = {
    "demanded": "demand",
    "proposed": "offer",
    "pledged": "pledge",
    "agreed": "agree",
    "refused": "refuse",
}
_ACTING = ("person", "country", "organization", "armed group", "body")
_PRONOUN = re.compile(
    r"(?:we|i|it|they|he|she|you|everyone|nobody|the|a|an|this|some|all|both|each)\b", re.IGNORECASE
)
_OF_US = re.compile(r"\W*(?:that\s+)?(?:we|i|each of you|every day|our)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LONG = 240  # characters
_ASKED = ("demanded", "proposed")
_REACH = dt.timedelta(days=92)  # a position that was not told for so long is told anew


class _Word(Noun, frozen=True, kw_only=True):
    """One claim as a step of an actor's position."""

    id: str
    entry: Entry
    actor: Actor
    act: str
    text: str
    topic: str
    matter: Matter
    own: bool
    towards: tuple[Actor, ...]

    @property
    def told(self) -> dt.date | None:
        """The day it was published; None where that is no day to reckon with."""
        return sound(self.entry.report.published)


def positions(
    entries: Sequence[Entry],
    *,
    at: dt.date,
    cast: Cast,
    judgements: Sequence[Judgement] = (),
    words: Words = lambda entry, span: "",
) -> list[Position]:
    """The positions told up to a day, the newest first; the same in whatever order the entries come."""
    reader = Reader(cast, words)
    known = [entry for entry in entries if (entry.report.published or at) <= at]
    by_actor: dict[str, list[_Word]] = defaultdict(list)
    for word in _words(known, reader):
        party = reader.sides.party(word.actor)
        by_actor[party.id if party else key(word.actor.name)].append(word)
    found = [p for said in by_actor.values() for p in _of_actor(said, reader, judgements)]
    return sorted(found, key=lambda one: (-(one.told or dt.date.min).toordinal(), one.actor, one.id))


# --- steps ----------------------------------------------------------------------------------------


def _words(entries: Iterable[Entry], reader: Reader) -> Iterator[_Word]:
    for entry in entries:
        claim = entry.claim
        if isinstance(claim, Statement):
            yield from _of_statement(entry, claim, reader)
        elif isinstance(claim, Commitment) and claim.strength in _STRENGTHS:
            yield from _of_commitment(entry, claim, reader)


def _of_statement(entry: Entry, claim: Statement, reader: Reader) -> Iterator[_Word]:
    act = _act(entry, claim, reader)
    if act is None:
        return
    content = reader.words(entry, claim.content) if claim.content else ""
    text = _telling(content, claim.act) or reader.words(entry)
    if act == "demand" and _OF_US.match(text):
        return
    for speaker in claim.speaker:
        if _is_somebody(speaker, reader) and (act != "pledge" or _may_pledge(speaker, text, reader)):
            others = tuple(a for a in claim.addressees if reader.sides.side(a) != reader.sides.side(speaker))
            yield _word(entry, speaker, act, text, reader, own=True, towards=others)


def _act(entry: Entry, claim: Statement, reader: Reader) -> str | None:
    """The act of a statement as a position; None where it is none, or its words do not bear it out."""
    if claim.act == "deny":
        return "refuse" if turns_down(reader.words(entry)) else None
    if claim.act not in _ACTS:
        return None
    text = reader.words(entry)
    return _ACTS[claim.act] if not text or _SAYS[claim.act].search(text) else None


def _of_commitment(entry: Entry, claim: Commitment, reader: Reader) -> Iterator[_Word]:
    """Asked or proposed: the position of whoever says so. Else that of each party, by its own word or not."""
    voices = voices_of(entry, reader.cast)
    act, text = _STRENGTHS[claim.strength], reader.words(entry)
    if text and (not _SAYS[claim.strength].search(text) or (act == "demand" and _OF_US.match(text))):
        return
    if claim.strength in _ASKED:
        for voice in voices:
            if _is_somebody(voice, reader) and (claim.said_by or reader.sides.party(voice)):
                others = tuple(p for p in claim.parties if reader.sides.side(p) != reader.sides.side(voice))
                yield _word(entry, voice, act, claim.action, reader, own=True, towards=others, of=claim)
        return
    said = reader.sides.of(voices)
    for party in claim.parties:
        if _is_somebody(party, reader) and _may_pledge(party, text, reader):
            own = reader.sides.side(party) in said
            yield _word(entry, party, act, claim.action, reader, own=own, towards=claim.to, of=claim)


def _word(
    entry: Entry,
    actor: Actor,
    act: str,
    text: str,
    reader: Reader,
    *,
    own: bool,
    towards: tuple[Actor, ...],
    of: Commitment | None = None,
) -> _Word:
    told = text if len(actions.action(text).words) > 1 else reader.words(entry) or text
    return _Word(
        id=entry.claim.id or "",
        entry=entry,
        actor=actor,
        act=act,
        text=told,
        topic=of.topic if of else topic_of(told),
        matter=matters.without_doers(reader.matter(entry, told)),
        own=own,
        towards=towards,
    )


def _telling(content: str, act: str) -> str:
    """Of a long passage the first sentence that tells the position; a short one whole."""
    sentences = _SENTENCE.split(content) if len(content) > _LONG else [content]
    return (
        next((sentence for sentence in sentences if _SAYS[act].search(sentence)), content)
        if act in _SAYS
        else content
    )


def _may_pledge(actor: Actor, text: str, reader: Reader) -> bool:
    """Whether words can be about what an actor itself will do: no other party is named as who will."""
    doer = reader.sides.doer(text) if text and not is_own(text) else None
    if doer is None or reader.sides.side(doer) == reader.sides.side(actor):
        return True
    party = reader.sides.party(actor)
    return any(reader.sides.party(Actor(name=word)) == party for word in text.split()) if party else False


def _is_somebody(actor: Actor, reader: Reader) -> bool:
    """Whether a name is that of somebody in particular: of a party, or the full name of a person or body."""
    if reader.sides.party(actor) is not None:
        return True
    whole = " " in actor.name or actor.name.isupper() or actor.type == "country"
    return actor.type in _ACTING and whole and actor.name[:1].isupper() and not _PRONOUN.match(actor.name)


# --- one actor's positions ------------------------------------------------------------------------


def _of_actor(said: Sequence[_Word], reader: Reader, judgements: Sequence[Judgement]) -> Iterator[Position]:
    """The positions of one actor: words of one matter together, by links and vetoes."""
    by_id: dict[str, list[_Word]] = defaultdict(list)
    for word in sorted(said, key=_order):
        by_id[word.id].append(word)
    first = {name: words[0] for name, words in by_id.items()}

    def apart(one: str, other: str) -> bool:
        left, right = first.get(one), first.get(other)
        return bool(left and right and _are_apart(left, right))

    for group in merge(first, _links(list(first.values())), judgements=judgements, apart=apart):
        yield _position([word for name in group.members for word in by_id.get(name, ())], reader)


def _links(said: Sequence[_Word]) -> Iterator[Link]:
    """Which words may be of one matter; each is compared with those before it that share a word or a kind."""
    by_mark: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(said):
        marks = (*word.matter.words, *word.matter.kinds, word.entry.report.sha256)
        for other in sorted({number for mark in marks for number in by_mark[mark]}):
            link = _link(said[other], word)
            if link:
                yield link
        for mark in marks:
            by_mark[mark].append(place)


def _link(one: _Word, other: _Word) -> Link | None:
    if one.told and other.told and abs(one.told - other.told) > _REACH:
        return None
    if _overlap(one, other):
        return Link(one=one.id, other=other.id, agree=("passage",))
    strength = actions.likeness(actions.action(one.text), actions.action(other.text))
    agree = sorted(one.matter.kinds & other.matter.kinds) + sorted(one.matter.words & other.matter.words)
    if not strength and one.topic == other.topic and len(agree) > 2:
        strength = matters.likeness(one.matter, other.matter) / 2
    return Link(one=one.id, other=other.id, agree=tuple(agree), strength=strength) if strength else None


def _overlap(one: _Word, other: _Word) -> bool:
    """Whether two claims stand on the same words of one report."""
    (start, end), (first, last) = one.entry.claim.evidence, other.entry.claim.evidence
    return one.entry.report.sha256 == other.entry.report.sha256 and start < last and first < end


def _are_apart(one: _Word, other: _Word) -> bool:
    """Whether two words cannot be of one matter: other names or other places."""
    if _overlap(one, other):
        return False
    left, right = actions.action(one.text), actions.action(other.text)
    return actions.disjoint(left.names, right.names) or matters.apart(one.matter, other.matter)


def _order(word: _Word) -> tuple[dt.date, str, bool, str]:
    return word.told or dt.date.max, word.id, not word.own, word.actor.name


def _position(said: Sequence[_Word], reader: Reader) -> Position:
    words = sorted(said, key=_order)
    founding, last = words[0], words[-1]
    party = reader.sides.party(founding.actor)
    steps: dict[tuple[dt.date | None, str], list[str]] = defaultdict(list)
    for word in words:
        steps[word.told, _act_of(word, words)].append(word.id)
    told = tuple(
        PositionStep(told=day, act=act, claims=tuple(dict.fromkeys(ids))) for (day, act), ids in steps.items()
    )
    days = [word.told for word in words if word.told]
    return Position(
        id=f"position-{founding.id}",
        actor=party.name if party else founding.actor.name,
        names=tuple(dict.fromkeys(word.actor.name for word in words)),
        side=party.side if party else None,
        topic=founding.topic,
        matter=shortened(_fullest(words)),
        act=_act_of(last, words),
        steps=told,
        claims=tuple(dict.fromkeys(word.id for word in words)),
        own=any(word.own for word in words),
        towards=tuple(dict.fromkeys(a.name for w in words for a in w.towards if not _PRONOUN.match(a.name))),
        since=min(days, default=None),
        told=max(days, default=None),
    )


def _fullest(words: Sequence[_Word]) -> str:
    """Of the words of the first day those that tell most, within what is shown of them."""
    first = [word.text for word in words if word.told == words[0].told]
    return max(first, key=lambda text: (min(len(text.split()), SHOWN), text == words[0].text))


def _act_of(word: _Word, words: Iterable[_Word]) -> str:
    """The act of a step: that of the statement where a commitment is read from the same words."""
    if isinstance(word.entry.claim, Statement):
        return word.act
    said = (o.act for o in words if isinstance(o.entry.claim, Statement) and _overlap(o, word))
    return next(said, word.act)
