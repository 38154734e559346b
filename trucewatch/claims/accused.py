"""The accused: whose deed an incident is said to be, never that of whoever only tells of it.

"Monitors recorded firing" accuses nobody, and who accuses another does not accuse himself; a speaker is
accused only by words that say so ("the army said that it had shelled the depot"). The side that holds a
town is none of the two sides of what happens there.
"""

from __future__ import annotations

import re

import msgspec

from trucewatch.claims.fillers import View
from trucewatch.documents.spans import holding, likeness
from trucewatch.model import Actor, Incident, Span

_VERBS = (
    r"(?:record|register|count|document|report|detect|witness|estimat|claim|alleg|complain|warn|add)"
    r"(?:s|es|ed)?|(?:accus|blam|observ|not|stat|acknowledg)(?:es|ed)|log(?:s|ged)?|tall(?:ies|ied)|den(?:ies|ied)"
    r"|says?|said|saw|hears?|heard|tells?|told|g[ai]ve[sn]?|announced(?=[^.;]{0,40}\bthat\b)|puts?"
)
_TELLS = (
    r"(?:\([^)]*\)\s*)?(?:,\s+(?=who|which))?(?:(?:who|which|that|has|have|had|also|again|later|then|first|once"
    rf"|\w+ly)\s+){{0,4}}(?:{_VERBS})\b(?!\s+by\b)(?!\s+(?:responsibility|credit|to\s+have)\b)"
)
_TELLING = re.compile(rf"\s*{_TELLS}", re.IGNORECASE)
_OF_ONE = re.compile(rf"['’]s?\s+(?:(?!(?:was|were|is|are)\b)[\w’'-]+\s+){{1,4}}?(?={_TELLS})", re.IGNORECASE)
_WATCHERS = re.compile(
    r"\b(?:monitors?|observers?|mission|observatory|inspectors?|patrols?)\b", re.IGNORECASE
)
_SEEN_DOING = re.compile(r"\s+(?:\w+ly\s+)?(?:observed|heard|recorded|detected)\s+\w+ing\b")
# "said that it had fired": the teller's own deed, unless it counted, or was fired at.
_OWNERS = (
    r"(?:it|they|he|she|we|I|(?:its|their|his|her|our)\s+(?:own\s+)?(?:forces|troops|army|men|fighters|soldiers|units"
    r"|jets|planes|aircraft|drones|artillery|guns|navy))\b"
)
_SUFFERS = rf"(?!\s+(?:(?:had|has|have)\s+)?(?:was|were|been|came|come)\b)(?!\s+{_TELLS})"
_OWN_AFTER = re.compile(
    rf"(?:\s+(?:late|early|on|in)\s[^,.;]{{0,30}}?)?(?:\s+that)?\s+[\"“]?{_OWNERS}{_SUFFERS}", re.IGNORECASE
)
_OWN_FIRST = re.compile(rf"\W*{_OWNERS}{_SUFFERS}", re.IGNORECASE)
_HELD_BY = re.compile(
    r"\b(?:held|controlled|occupied|run|ruled|governed|administered|claimed|backed|supported|armed|led"
    r"|reported|recorded|registered|counted|observed|logged|noted|documented|told|seen)\s+by\s+(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_LEAD = 40  # characters before a name in which "held by" stands
_BLAMING = frozenset({"accuse", "blame"})


def rightly(view: View, claim: Incident) -> Incident:
    """An incident without tellers and holders among its sides; where nobody is left, with who is accused.

    Of "The army accused the rebels of shelling the town" the perpetrators are the rebels.
    """
    doers = tuple(a for a in claim.perpetrator if not (_holds(view, a) or _only_tells(view, a, claim)))
    targets = tuple(a for a in claim.target if not _holds(view, a))
    return msgspec.structs.replace(claim, perpetrator=doers or _blamed(view, claim), target=targets)


def _holds(view: View, actor: Actor) -> bool:
    """Whether an actor is named as the holder of a place, or by whom something is told."""
    return actor.span is not None and bool(_HELD_BY.search(_lead(view, actor.span)))


def _lead(view: View, span: Span) -> str:
    return view.document.text[max(0, span[0] - _LEAD) : span[0]]


def _only_tells(view: View, actor: Actor, claim: Incident) -> bool:
    """Whether an actor is the subject of a verb of telling, and what is told is not its own deed."""
    if actor.span is None:
        return False
    sentence = holding(view.document.sentences, actor.span[0]) or claim.evidence
    after = view.document.words((actor.span[1], max(sentence[1], actor.span[1])))
    if actor.span[1] <= claim.evidence[0] and (owner := _OF_ONE.match(after)):
        after = after[owner.end() :]
    verb = _TELLING.match(after)
    if verb is None:
        return False
    rest = after[verb.end() :]
    if _SEEN_DOING.match(after) and not _WATCHERS.search(actor.name):
        return False  # "troops observed firing" are those who fire
    first = view.document.words(claim.evidence) if claim.evidence[0] < actor.span[0] else ""
    return not (_OWN_AFTER.match(rest) or _OWN_FIRST.match(first))


def _blamed(view: View, claim: Incident) -> tuple[Actor, ...]:
    """Whom the words accuse of it: those of an attribution by "accuse" or "blame" that tells the incident."""
    for told in view.annotations.speech:
        if told.verb in _BLAMING and any(likeness(part, claim.evidence) > 0.5 for part in told.content):
            return tuple(a for a in told.about if not _holds(view, a))
    return ()
