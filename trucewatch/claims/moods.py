"""Moods: whether something said to happen has happened, will, should, may, or shall not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trucewatch.model import ContactStatus

_CUE = re.compile(
    r"""\b(?:
    (?P<cancelled>cancel\w*|call(?:ed|s|ing)?\soff|scrapp\w+|br(?:oke|oken|eak\w*)\soff|terminat\w+|walked\sout
      |withdr(?:ew|aw\w*)\sfrom|pull(?:ed|s|ing)?\sout|frozen|suspend\w*|abandon\w*)
    |(?P<postponed>postpon\w+|put\s(?:off|on\shold)|(?<!without\s)delay\w*|reschedul\w+|adjourn\w*)
    |(?P<refused>refus\w+|reject\w*|rul(?:e|es|ed|ing)\sout|unwilling\w*|declin(?:e|ed|es|ing)|block(?:ed|s|ing)?
      |shut\sout|(?:will|would|shall)\snot|won['’]t|wouldn['’]t|there\swill\sbe\sno
      |(?:not|never|n['’]t|neither|no|nor)\s(?:\w+\s){0,3}?(?:ready|willing\w*|prepared|interested|invited|want
      |approve\w*|allow\w*|agree\w*|intention|plans?|point|going|negotiate|talk|meet|speak))
    |(?P<proposed>call(?:s|ed|ing)?\s(?:for|on|upon)|work(?:s|ed|ing)?\s(?:for|towards?)|propos\w+|offer(?:s|ed|ing)?|suggest\w*|invit\w+
      |urg(?:e|es|ed|ing)|ready|readiness|willing\w*|open\sto|should|must|need(?:s|ed)?\s(?:to|for)|could|may|might
      |can|demand\w*|request\w*|ask(?:s|ed|ing)?|encourag\w+|appeal\w*|support(?:s|ed|ing)?\s(?:for\s)?(?:the|an?)\s
      |want(?:s|ed)?|would\slike|push\w*|press(?:ed|ing|es)\sfor|insist\w*|advocat\w+|seek\w*|possib\w+|bring\w*
      |brought|return(?:ing)?\sto|revival|in\sfavou?r\sof|wish\w*|necessary|importance\sof|potential|prospects?
      |try\sto|tried\sto|achiev\w+|aim(?:s|ed|ing)?\s|agree[sd]?\sthat|allow(?:ed|s|ing)?|efforts?\sto|initiative
      |let['’]?s?\s)
    |(?P<planned>will|would|to\sbe|(?:is|are|was|were)\s(?:also\s|still\s)?to|expect\w*|due|set\sto
      |plan(?:s|ned|ning)?|schedul\w+|upcoming|forthcoming|next|agree[sd]?\s(?:in\sprinciple\s)?(?:to|on)|prepar\w+|about\sto|going\sto
      |ahead\sof|likely\sto|intend\w*|intention\w*|future|slated|further|in\sthe\scoming|later\s(?:today|this)
      |commit(?:ted)?\sto|maintain\w*|stay|remain|confirm\w*\s(?:\w+\s)?participation|resum(?:e|es|ing)
      |continu(?:e|ing)\s|'ll|’ll)
    |(?P<held>held|hold(?:s|ing)|had|has|have|having|took|taken|taking|attend\w*|during|following|began|begun|started
      |hosted|conducted|conven(?:ed|ing)|ended|concluded|resumed|continued|ongoing|recent|latest|last|previous|earlier
      |participat\w+|under\sway|underway|previously|after|first|second|third|fourth|current)
    )(?:\b|(?<=\s))""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER = re.compile(
    r"""^[^.;]{0,90}?\b(?:
    (?P<cancelled>(?:was|were|been|be|is|are)\s(?:\w+\s)?(?:cancell?ed|called\soff|terminated|suspended|frozen
      |broken\soff|scrapped|abandoned)|collapsed|broke\sdown|frozen\sby|cancell?ed)
    |(?P<postponed>(?:was|were|been|be|is|are)\s(?:\w+\s){0,2}?(?:postponed|put\s(?:off|on\shold)|delayed|adjourned
      |rescheduled)|postponed)
    |(?P<refused>(?:was|were|been|be)\s(?:\w+\s){0,2}?(?:blocked|rejected|refused|ruled\sout)|(?:will|would|can)\snot)
    |(?P<planned>will|would|to\s(?:be\s(?:held|continued)|take\splace|begin|start)|scheduled|planned|due\sto|due\sin
      |(?:is|are|was|were)\s(?:also\s|still\s)?(?:to\b|due|set|expected|scheduled|planned|slated|likely)
      |slated|starting\snext|set\sfor|next\s(?:week|month|year)|tomorrow|later\sthis)
    |(?P<proposed>should|could|may|might|must|needs?\sto)
    |(?P<held>(?:was|were|is|are|being|been)\s(?:\w+\s)?(?:held|conducted|under\s?way|convened|ongoing|taking)
      |took\splace|takes\splace|began|begins|lasted|ended|continu\w+|started|held|have|has|had)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:(?:only\s)?if|provided that|on (?:the )?condition that"
    r"|as soon as (?!possible|feasible|practicable)"
    r"|only (?:after|when|once)|unless|once|in the event (?:of|that)|subject to|as long as"
    r"|when (?:there|the) (?:\w+ )?(?:were|are|conditions))\s*(?<=\s)[^.;\"“”]{3,}",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:^|[,;:—–(\"“”‘]\s*|\b(?:and|but|that)\s+)$")
_NOT_A_CONDITION = re.compile(r"(?:\bas|even|ask\w*|wonder\w*|whether|see|know|unclear)\s+$", re.IGNORECASE)


def before(words: str) -> ContactStatus | None:
    """The status that the last cue in the words before a trigger gives it; None where there is no cue.

    >>> before("he is ready for"), before("they held"), before("the meeting that will be held")
    ('proposed', 'held', 'planned')
    """
    found: list[re.Match[str]] = list(_CUE.finditer(words))
    for firm in found:
        if firm.lastgroup in {"refused", "cancelled", "postponed"} and len(words) - firm.end() < 60:
            return _status(firm)
    cues = [m for m in found if m.lastgroup != "held"]
    last = found[-1] if found else None
    if last is None:
        return None
    if last.lastgroup == "held" and cues and last.start() - cues[-1].end() < 12 and _infinitive(last):
        return _status(cues[-1])
    return _status(last)


def _infinitive(cue: re.Match[str]) -> bool:
    """Whether the cue may follow a modal: "will be held", "to have", not "took"."""
    return cue.group().lower() in {
        "held",
        "have",
        "hold",
        "taken",
        "attend",
        "participate",
        "first",
        "further",
        "following",
    }


def after(words: str) -> ContactStatus | None:
    """The status that the words after a noun give it: "talks were called off", "a summit due next month"."""
    found = _AFTER.match(words)
    return _status(found) if found else None


def condition(words: str) -> str | None:
    """The first conditional clause in some words, up to its comma or end.

    >>> condition("if conditions permit, a meeting of leaders")
    'if conditions permit'
    """
    return next((text for text, _, _ in _conditions(words)), None)


def condition_for(words: str, at: int) -> str | None:
    """The conditional clause that governs what stands at an offset of a sentence.

    One that leads ("if conditions permit, a meeting") governs what follows, another what goes before.
    """
    for text, start, leads in _conditions(words):
        if start <= at < start + len(text):
            return None
        if at > start if leads else 0 < start - at < 220:
            return text
    return None


def _conditions(words: str) -> Iterator[tuple[str, int, bool]]:
    for found in _CONDITION.finditer(words):
        if _NOT_A_CONDITION.search(words[: found.start()]):
            continue
        text, comma, rest = found.group().partition(", ")
        leads = bool(comma and rest) and bool(_OPENING.search(words[: found.start()]))
        yield (text if leads else found.group()).strip(" ,"), found.start(), leads


def _status(cue: re.Match[str]) -> ContactStatus:
    return cue.lastgroup  # type: ignore[return-value]
