"""What happened and what was said: who reports it stands in every sentence."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from trucewatch.model import Statement
from trucewatch.situation import ContactState, IncidentState, PostureState, Saying, Tally
from trucewatch.situation.days import ONE
from trucewatch.views.phrases import (
    amount,
    day,
    days,
    names,
    plain,
    publisher,
    quoted,
    reported,
    series,
    unquoted,
    who,
)
from trucewatch.views.sitrep import LEDGER, Chapter, Desk, Draft, claims

_ACTS = {
    "assert": "said",
    "deny": "denied",
    "accuse": "accused",
    "demand": "demanded",
    "warn": "warned",
    "appeal": "appealed",
    "offer": "offered",
    "promise": "promised",
    "agree": "agreed",
    "announce": "announced",
    "acknowledge": "acknowledged",
}
_WEIGHT = (
    "accuse",
    "deny",
    "warn",
    "demand",
    "agree",
    "promise",
    "offer",
    "appeal",
    "announce",
    "acknowledge",
)
_ROLES = ("party", "mechanism", "format", "guarantor", "mediator", "outside")
_INCIDENTS = {
    "clash": "clashes",
    "attack": "an attack",
    "explosion": "an explosion",
    "detention": "a detention",
}
_INCIDENTS |= {"air strike": "an air strike", "missile strike": "a missile strike", "other": "violence"}
_INCIDENTS |= {"ceasefire violation": "firing against the ceasefire"}
_TREND = {"up": ", increasing,", "down": ", decreasing,", "unchanged": ", unchanged,"}
_HARM = ("killed", "wounded", "casualties", "displaced", "prisoners")
_TO = {"demand": "of", "appeal": "to", "offer": "to", "promise": "to", "assert": "to", "announce": "to"}


def happened(desk: Desk) -> Chapter:
    """Contacts held, orders given, incidents and harm reported since the day before."""
    situation = desk.situation
    since = situation.at - ONE
    held = [c for c in situation.contacts if c.status == "held" and not c.kept]
    held = [c for c in held if _recent(c.days, c.told, since)]
    orders = [p for p in situation.postures if p.status == "ordered" and _told(p.told, since)]
    incidents = [i for i in situation.incidents if _told(i.told, since)]
    harm = [t for t in situation.tallies if t.measure in _HARM and _told(t.told, since)]
    drafts = [_contact(desk, contact) for contact in held[:4]]
    drafts += [posture(desk, order) for order in orders[:2]]
    drafts += [_incident(desk, incident) for incident in incidents[:3]]
    drafts += [_harm(desk, tally) for tally in harm[:3]]
    left = len(held[4:]) + len(orders[2:]) + len(incidents[3:]) + len(harm[3:])
    if left:
        drafts.append(Draft(_more(left, "contacts, orders and incidents", since), (LEDGER,)))
    if not drafts:
        text = f"No contact, order or incident since {day(since)} is on file"
        drafts.append(Draft(text, (LEDGER,)))
    return Chapter("What happened", tuple(drafts))


def said(desk: Desk) -> Chapter:
    """The weightiest statements since the day before, at most two of one speaker and of one kind."""
    situation = desk.situation
    since = situation.at - ONE
    recent = [saying for saying in situation.sayings if _told(saying.told, since)]
    chosen = _chosen(sorted(recent, key=lambda saying: _weight(desk, saying)))
    drafts = [saying_draft(desk, saying) for saying in chosen]
    left = len(recent) - len(chosen)
    if left:
        drafts.append(Draft(_more(left, "statements", since), (LEDGER,)))
    if not drafts:
        drafts.append(Draft(f"No statement since {day(since)} is on file", (LEDGER,)))
    return Chapter("What was said", tuple(drafts))


def saying_draft(desk: Desk, saying: Saying) -> Draft:
    """A statement as a sentence: speaker, relays, act, and the words, quoted only if they are a quotation."""
    return Draft(statement(desk, saying.claims[0]), claims(saying.claims))


def statement(desk: Desk, claim: str) -> str:
    """The words for one statement, with the report that tells it."""
    telling = desk.telling(claim)
    said = telling.claim
    assert isinstance(said, Statement)  # noqa: S101 - sayings are made of statements
    text = desk.text(telling)
    speakers = names([actor.name for actor in said.speaker]) or "somebody whom the report does not name"
    relays = [voice.source for voice in said.said_by]
    through = f", through {series([unquoted(plain(relay)) for relay in relays])}," if relays else ""
    words = quoted(said, text) or reported(desk.words(telling, said.content))
    told = f" ({publisher(telling)}{_dated(telling.published)})"
    return f"{_capital(speakers)}{through} {_act(said)}{f': {words}' if words else ''}{told}"


def posture(desk: Desk, state: PostureState) -> Draft:
    """A placing or moving of forces or arms, as somebody says."""
    size = amount(state.low, state.high, approximate=state.approximate) if _sized(state) else ""
    of = f" of {size} {plain(state.unit or '')}".rstrip() if size else ""
    to = f" to {names([state.recipient])}" if state.recipient else ""
    where = f", {plain(state.place)}" if state.place else ""
    when = f", {day(state.day)}" if state.day else ""
    force = f" by {names(state.force)}" if state.force else ""
    voices = _voices(desk, state.claims)
    if state.status == "ordered":
        what = f"{_capital(state.action)} ordered{force}{of}{to}{where}{when}"
        return Draft(f"{unquoted(what)}, according to {voices}", claims(state.claims))
    article = "an" if state.action[0] in "aeiou" else "a"
    verb = {"denied": "denies", "planned": "speaks of a plan for"}.get(state.status, "asserts")
    what = unquoted(f"{article} {state.action}{force}{of}{to}{where}{when}")
    return Draft(f"{_capital(voices)} {verb} {what}", claims(state.claims))


def _contact(desk: Desk, contact: ContactState) -> Draft:
    people = names(contact.participants) or (plain(contact.body) if contact.body else "parties not named")
    when = f"on {days(contact.days)}" if contact.days else "on a day that is not given"
    if len(contact.days) > 1:
        when = f"on {' or '.join(day(date) for date in contact.days)}, dated differently by the accounts,"
    minutes = (
        f" of {' or '.join(map(str, contact.duration_minutes))} minutes" if contact.duration_minutes else ""
    )
    where = f" in {unquoted(plain(contact.place))}" if contact.place else ""
    text = (
        f"{people}: {contact.form}{minutes} held {when}{where}, according to {_voices(desk, contact.claims)}"
    )
    return Draft(text, claims(contact.claims))


def _incident(desk: Desk, incident: IncidentState) -> Draft:
    what = _INCIDENTS.get(incident.type, incident.type)
    people = names(incident.accused)
    between = f" between {people}" if incident.type == "clash" and len(incident.accused) > 1 else ""
    on = f" on {names(incident.target)}" if incident.target and incident.type == "attack" else ""
    hit = f", hitting {names(incident.target)}" if incident.target and not on else ""
    where = f" in {unquoted(plain(incident.place))}" if incident.place else ""
    when = f" on {day(incident.day)}" if incident.day else ""
    blame = f", attributed to {people}" if people and not between else ""
    trend = _TREND[incident.trend] if incident.trend else ""
    verb = "are" if what == "clashes" else "is"
    voices = _voices(desk, incident.claims)
    many = incident.independent
    sides = f", {many} independent accounts of different sides" if many > 1 else ""
    text = f"{_capital(what)}{between}{on}{where}{when}{hit}{trend} {verb} reported by {voices}{sides}{blame}"
    return Draft(text, claims(incident.claims))


def _harm(desk: Desk, tally: Tally) -> Draft:
    stem = tally.measure[:6]
    measure = "" if stem in (tally.unit or "") else tally.measure
    noun = tally.unit or ("" if tally.measure == "casualties" else "people")
    what = unquoted(plain(f"{noun} {measure}"))
    where = f" in {unquoted(plain(tally.place))}" if tally.place else ""
    when = f" on {day(tally.day)}" if tally.day else ""
    figure = amount(tally.low, tally.high, approximate=tally.approximate)
    text = f"{_capital(_voices(desk, tally.claims))} reports {figure} {what}{where}{when}"
    return Draft(text, claims(tally.claims))


def _act(said: Statement) -> str:
    about, to = names([a.name for a in said.about]), names([a.name for a in said.addressees])
    verb = _ACTS[said.act]
    if said.act == "accuse":
        return f"{verb} {about or to}" if about or to else "made an accusation"
    if not to:
        return verb
    preposition = _TO.get(said.act)
    return f"{verb} {preposition} {to}" if preposition else f"{verb}, towards {to}"


def _voices(desk: Desk, ids: Sequence[str]) -> str:
    """Who says it, over all tellings: "Kremlin and Meridian Wire"; the outlet is named in the references."""
    voices = list(dict.fromkeys(who(desk.telling(name)) for name in ids))
    return series(voices[:3]) + (f" and {len(voices) - 3} others" if len(voices) > 3 else "")


def _weight(desk: Desk, saying: Saying) -> tuple[int, int, int, str]:
    role = min((_ROLES.index(role) for role in saying.sides), default=len(_ROLES))
    act = _WEIGHT.index(saying.act) if saying.act in _WEIGHT else len(_WEIGHT)
    named = 0 if desk.telling(saying.claims[0]).tie == "named" else 1
    return role, act, named, saying.claims[0]


def _chosen(ranked: Sequence[Saying], *, most: int = 7) -> list[Saying]:
    spoken: Counter[tuple[str, ...]] = Counter()
    acts: Counter[str] = Counter()
    chosen: list[Saying] = []
    for saying in ranked:
        told = spoken[saying.speakers]
        if told < 2 and acts[saying.act] < 2 and saying.speakers and len(chosen) < most:
            spoken[saying.speakers] += 1
            acts[saying.act] += 1
            chosen.append(saying)
    return chosen


def _more(left: int, what: str, since: dt.date) -> str:
    verb = "is" if left == 1 else "are"
    return f"{left} more among the {what} since {day(since)} {verb} on file"


def _sized(state: PostureState) -> bool:
    return (state.low, state.high) != (None, None)


def _told(told: dt.date | None, since: dt.date) -> bool:
    return told is not None and told >= since


def _recent(dates: Sequence[dt.date], told: dt.date | None, since: dt.date) -> bool:
    return max(dates) >= since if dates else _told(told, since)


def _dated(published: dt.date | None) -> str:
    return f", {day(published)}" if published else ", undated"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
