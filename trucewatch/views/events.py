"""What happened, and the words for statements and forces: who reports it stands in every sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch.model import Statement
from trucewatch.situation import IncidentState, PostureState, Tally
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Standing
from trucewatch.views.phrases import (
    amount,
    day,
    names,
    plain,
    publisher,
    quoted,
    reported,
    series,
    unquoted,
    voices,
    who,
)
from trucewatch.views.sitrep import LEDGER, Chapter, Desk, Draft, claims, left_out

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
_INCIDENTS = {
    "clash": "clashes",
    "attack": "an attack",
    "explosion": "an explosion",
    "detention": "a detention",
}
_INCIDENTS |= {"air strike": "an air strike", "missile strike": "a missile strike", "other": "violence"}
_INCIDENTS |= {"ceasefire violation": "firing against the ceasefire"}
_TREND = {"up": ", increasing,", "down": ", decreasing,", "unchanged": ", unchanged,"}
_STATUSES = ("ordered", "asserted", "denied", "planned")
_ASSERTED = {"denied": ("denies", "deny"), "planned": ("speaks of a plan for", "speak of a plan for")}
_INCIDENTS_TOLD, _OTHERS_TOLD = 3, 2
_STANDING = ("verified", "corroborated", "alleged")
_HARM = ("killed", "wounded", "casualties", "displaced", "prisoners")
_TO = {"demand": "of", "appeal": "to", "offer": "to", "promise": "to", "assert": "to", "announce": "to"}


def happened(desk: Desk) -> Chapter:
    """Incidents and harm reported since the day before, and forces that were ordered or moved."""
    situation = desk.situation
    since = situation.at - ONE
    incidents = [i for i in situation.incidents if _told(i.told, since)]
    incidents.sort(key=_gravity)
    forces = [p for p in situation.postures if _told(p.told, since)]
    forces.sort(key=lambda p: _STATUSES.index(p.status) if p.status in _STATUSES else len(_STATUSES))
    harm = [t for t in situation.tallies if t.measure in _HARM and _told(t.told, since)]
    harm.sort(key=lambda tally: _HARM.index(tally.measure))
    drafts = [_incident(desk, incident) for incident in incidents[:_INCIDENTS_TOLD]]
    drafts += [_harm(desk, tally) for tally in harm[:_OTHERS_TOLD]]
    drafts += [force(desk, state) for state in forces[:_OTHERS_TOLD]]
    drafts += left_out(
        incidents=len(incidents) - _INCIDENTS_TOLD,
        tallies=len(harm) - _OTHERS_TOLD,
        forces=len(forces) - _OTHERS_TOLD,
    )
    if not drafts:
        text = f"No incident, harm or movement of forces told since {day(since)} is on file"
        drafts.append(Draft(text, (LEDGER,)))
    return Chapter("What happened", tuple(drafts))


def _gravity(incident: IncidentState) -> tuple[int, bool, int]:
    """Verified and corroborated ones first, then those with a place, the newest first."""
    standing = incident.standing.standing if incident.standing else "alleged"
    told = incident.day or incident.told or dt.date.min
    return _STANDING.index(standing), incident.place is None, -told.toordinal()


def statement(desk: Desk, claim: str) -> str:
    """The words for one statement, with the report that tells it."""
    telling = desk.telling(claim)
    said = telling.claim
    assert isinstance(said, Statement)  # noqa: S101 - sayings are made of statements
    text = desk.text(telling.sha256)
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
    by = _voices(desk, state.claims)
    if state.status == "ordered":
        what = f"{_capital(state.action)} ordered{force}{of}{to}{where}{when}"
        return Draft(f"{unquoted(what)}, according to {by}", claims(state.claims))
    article = "an" if state.action[0] in "aeiou" else "a"
    one, many = _ASSERTED.get(state.status, ("asserts", "assert"))
    verb = many if " and " in by else one
    what = unquoted(f"{article} {state.action}{force}{of}{to}{where}{when}")
    return Draft(f"{_capital(by)} {verb} {what}", claims(state.claims))


def force(desk: Desk, state: PostureState) -> Draft:
    """A movement of forces or arms with its standing, and who denies it."""
    draft = posture(desk, state)
    text, rests = _stands(desk, state.standing)
    return Draft(f"{draft.text}{text}", tuple(dict.fromkeys((*draft.rests, *rests))))


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
    by = _voices(desk, incident.claims)
    text = f"{_capital(what)}{between}{on}{where}{when}{hit}{trend} {verb} reported by {by}{blame}"
    stands, rests = _stands(desk, incident.standing)
    return Draft(f"{text}{stands}", tuple(dict.fromkeys((*claims(incident.claims), *rests))))


def _stands(desk: Desk, standing: Standing | None) -> tuple[str, tuple[str, ...]]:
    """How a thing stands in words, and the denials that this rests on; nothing is said of a lone telling."""
    if standing is None:
        return "", ()
    known = [name for name in standing.denials if desk.is_on_file(name)]
    told = {
        "alleged": "one side's word, not corroborated" if standing.sides else "not corroborated",
        "corroborated": f"corroborated by {standing.independent} independent accounts of different sides",
        "verified": f"verified, as {names(standing.verified_by)} observed it",
    }[standing.standing]
    by = series(list(dict.fromkeys(_denier(desk, name) for name in known))[:2])
    contested = f", contested by {by}" if by else ", contested" if standing.contested else ""
    return f"; {told}{contested}", claims(known[:2])


def _denier(desk: Desk, claim: str) -> str:
    """Who contests: the speaker of a denial or counter-accusation, else whose word it is."""
    telling = desk.telling(claim)
    speakers = telling.claim.speaker if isinstance(telling.claim, Statement) else ()
    return names([actor.name for actor in speakers]) or who(telling)


def _harm(desk: Desk, tally: Tally) -> Draft:
    stem = tally.measure[:6]
    measure = "" if stem in (tally.unit or "") else tally.measure
    noun = tally.unit or ("" if tally.measure == "casualties" else "people")
    what = unquoted(plain(f"{noun} {measure}"))
    where = f" in {unquoted(plain(tally.place))}" if tally.place else ""
    when = f" on {day(tally.day)}" if tally.day else ""
    figure = amount(tally.low, tally.high, approximate=tally.approximate)
    by = _voices(desk, tally.claims)
    verb = "report" if " and " in by else "reports"
    text = f"{_capital(by)} {verb} {figure} {what}{where}{when}"
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
    return voices([desk.telling(name) for name in ids])


def _sized(state: PostureState) -> bool:
    return (state.low, state.high) != (None, None)


def _told(told: dt.date | None, since: dt.date) -> bool:
    return told is not None and told >= since


def _dated(published: dt.date | None) -> str:
    return f", {day(published)}" if published else ", undated"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
