"""Doers: those to whom the words attribute that observers were hindered, as a noun phrase of the report.

"Soldiers" of "soldiers stopped the patrol", "two armed men" of "was turned back by two armed men". Weather,
mines and the observers themselves are nobody.
"""

from __future__ import annotations

import re

from trucewatch.claims.clauses import Passage
from trucewatch.claims.hindrances import Hindrance
from trucewatch.claims.watchers import Sentence, pattern
from trucewatch.model import Actor, Span

_WORD = (
    r"(?:(?!(?:of|in|at|on|near|to|from|by|for|with|who|which|that|when|while|as|after|before|because|since|during"
    r"|until|under|citing|and|or|but|told|was|were|had|has|have|did|would|will|claiming|referring|without|again|also"
    r"|north|south|east|west|along|throughout|over|where|wearing|set)\b)"
    r"(?!(?!(?i:un)?(?i:armed|uniformed|identified|masked|allied|united|combined|displaced|hooded|based|red)\b)"
    r"\w{2,}ed\b)[\w’'-]+)"
)
_PARTY = rf"(?:{_WORD}\s+){{0,5}}?{_WORD}(?:\s+{_WORD}){{0,4}}"
_DRESSED = (
    r"(?:\s+in\s+(?:(?:civilian|plain|military|camouflage)\s+)?"
    r"(?:clothes|clothing|dress|uniforms?|fatigues|masks|balaclavas|camouflage)(?:\s+without\s+\w+)?)?"
)
_GROUP = rf"{_PARTY}(?:\s+of\s+(?:the\s+|about\s+|some\s+)?{_PARTY})?{_DRESSED}"
_BY = re.compile(
    r"\b(?:by|permission\s+from|clearance\s+from|on\s+(?:the\s+)?orders?\s+of"
    rf"|(?:checkpoints?|roadblocks?|positions?|posts?)\s+of)\s+(?P<party>{_GROUP})"
)
_WHEN = (
    rf"\b(?:when|as|after|because|since|where|while)\s+(?P<party>(?-i:(?:{_WORD}\s+){{0,4}})<people>\b"
    rf"(?-i:(?:\s+of\s+(?:the\s+)?{_PARTY})?))"
)
_THING = (
    r"\b(?:<mines>|<weather>|<fire>|<jamming>|minutes?|hours?|day|night|road|foot|air|end|time|lack|means|vehicles?"
    r"|helicopter|car|presence|risks?|threat|orders|interference|curfew|shrapnel"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_NOBODY = re.compile(
    r"(?:the|an?|they|he|she|it|who|which|that|this|there|we|and|but|when|while|because|after|as|.*\bsaid)",
    re.I,
)
_CLAUSE = re.compile(
    r"[;:]\s+|,?\s+(?:and|but|while|whereas|because|since|as|when|where|after|before|that|said|says|stated"
    r"|reported)\s+|\s+[–—]\s+"
)
_AUXILIARY = re.compile(
    r"(?:\s+(?:had|has|have|again|also|then|once|did|would|and|\w+ly|later))*\s*$",
    re.I,
)
_NO_SUBJECT = re.compile(r"(?:who|which|whose|and|mostly|including|among|\w+ing|\w+ed)\b")
_ADVERBIAL = re.compile(r"(?:in|at|on|near|around|outside|when|after|as)\b", re.I)
_DETERMINER = re.compile(
    r"\b(?:a|an|the|two|three|four|five|six|several|some|other|another|one|armed|local|unidentified|unknown|both"
    r"|many|same)\s",
    re.I,
)
_PREPOSITION = re.compile(
    r"\b(?:in|at|on|near|to|from|by|for|with|of|into|through|along|towards?|over|under|during|against)\s+$",
    re.I,
)
_LEADING = re.compile(
    r"^(?:an?|the|two|three|four|five|six|seven|eight|nine|ten|dozens\s+of|\d+|several|some|one|about|around"
    r"|group\s+of)\s+",
    re.I,
)


def doers(sentence: Sentence, hit: Hindrance, *, end: int) -> tuple[Span, ...]:
    """The noun phrase of the one to whom a hindrance is attributed, if there is one.

    ``end`` is where the words on this hindrance end. Not of what nobody does: a mined road.
    """
    if hit.form == "own" and hit.type in ("mines", "jamming"):
        return ()
    if hit.form == "active":
        found = [_subject(sentence, hit.span[0])]
    else:
        rest = sentence.part(hit.span[1], end)
        forms = (_BY, pattern(_WHEN))
        found = [_span(match, hit.span[1]) for form in forms for match in form.finditer(rest)]
    return tuple(span for span in found if span and _is_somebody(sentence, span))[:1]


def _span(match: re.Match[str], offset: int) -> Span:
    return match.start("party") + offset, match.end("party") + offset


def _subject(sentence: Sentence, verb: int) -> Span | None:
    """The noun phrase whose verb stands at an offset: "On 12 May a group of locals blocked"."""
    before = sentence.part(sentence.start, verb)
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(before))]
    while len(cuts) > 1 and _AUXILIARY.fullmatch(before, cuts[-1]):  # "blocked the road and prevented"
        before = before[: cuts.pop()].rstrip(" ,").removesuffix("and").removesuffix("but")
    lead = before[cuts[-1] :]
    if auxiliary := _AUXILIARY.search(lead):
        lead = lead[: auxiliary.start()]
    if re.search(r"\b(?:who|which)\s*$", lead):  # "approached by soldiers, who ordered them to leave"
        told = list(_BY.finditer(before))
        return _span(told[-1], sentence.start) if told else None
    at = _opening(lead)
    found = re.compile(_GROUP).match(lead, at)
    start = at + cuts[-1] + sentence.start
    return (start, start + len(found.group().rstrip())) if found else None


def _opening(lead: str) -> int:
    """Where the subject of a clause begins, after what leads it: "At a checkpoint in Dvir, a man ..."."""
    starts = [0, *(match.end() for match in re.finditer(r",\s+", lead))]
    while len(starts) > 1 and _NO_SUBJECT.match(lead, starts[-1]):
        starts.pop()
    at = starts[-1]
    if not _ADVERBIAL.match(lead, at):
        return at
    nouns = (match.start() for match in _DETERMINER.finditer(lead, at))
    return next((noun for noun in nouns if not _PREPOSITION.search(lead[:noun])), at)


def _is_somebody(sentence: Sentence, span: Span) -> bool:
    words = sentence.part(*span)
    if _NOBODY.fullmatch(words) or pattern(_THING).search(words) or not re.search(r"[A-Za-z]{3}", words):
        return False
    named = [w for w in sentence.watchers if span[0] <= w.span[0] and w.span[1] <= span[1]]
    return not named


def actor(passage: Passage, span: Span) -> Actor:
    """Somebody in the report's words, with the identity of the one whom they name where it is but one."""
    start, end = span
    while lead := _LEADING.match(passage.words((start, end))):
        start += lead.end()
    name = " ".join(passage.words((start, end)).split())
    known = [one for mention in passage.within((start, end)) for one in mention.actors]
    if len(known) != 1:
        return Actor(name=name, span=(start, end), type="group")
    one = known[0]
    return Actor(name=name, span=(start, end), id=one.id, country=one.country, type=one.type or "group")
