"""Hindrances: the words by which a sentence says that observers were kept from observing.

A hindrance is done to observers ("the patrol was turned back"), by somebody ("soldiers stopped the
patrol"), is their own lot ("the patrol could not pass because of mines"), or a thing's ("the camera was
out of order"). What is denied, feared, planned or asked for is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from trucewatch.claims.watchers import (
    ADVERBS,
    BE,
    FEW,
    Sentence,
    Watcher,
    holds,
    owner,
    pattern,
    subject,
    target,
    things,
)
from trucewatch.model import RestrictionType, Span

Form = Literal["passive", "active", "own", "thing"]
Table = tuple[tuple[RestrictionType, str], ...]


class Hindrance(NamedTuple):
    """What keeps whom from observing: the words for it, and those for the observers where they stand by."""

    type: RestrictionType
    span: Span
    form: Form
    watcher: Watcher | None


_LISTS = (
    *("refused", "refusing", "delayed", "seized", "limited", "ended", "limits", "jamming", "told", "left"),
    *("withheld", "withholds", "dark", "fails", "lost"),
)
_MORE = re.compile(
    r"\bnot\b|n[’']t\b|unable|turn|sen[dt]|wav[ei]|delay|wait|had to|los[et]|losing|access|interference"
    r"|inaccess|unreach|closed|need|require|from (?:a distance|afar)|off.limits|impass|cannot|minutes|hours?"
)


def may_hold(text: str) -> bool:
    """Whether a text may have a word for a hindrance at all: a quick look before it is read."""
    lowered = text.lower()
    return holds(lowered, *_LISTS) or _MORE.search(lowered) is not None


def find(sentence: Sentence) -> list[Hindrance]:
    """The hindrances of a sentence, in order.

    >>> [hit.type for hit in find(sentence)]  # "Soldiers stopped the patrol."  # doctest: +SKIP
    ['access']
    """
    ways = (_done, _doing, _lots, _waits, _ways, _limits, _shut, _lost, _jammed, _dark, _permits)
    found = [hit for way in ways for hit in way(sentence)]
    return sorted((hit for hit in found if _is_real(sentence, hit)), key=lambda hit: hit.span)


_TIME = (
    r"(?:(?:some|about|nearly|almost|over|around|approximately|more\s+than|at\s+least|up\s+to)\s+)?"
    r"(?:an?\s+hour\s+and\s+a\s+half\b|(?:\d[\d.,]*|an?|half\s+an|several|[a-z]+(?:-[a-z]+)?)"
    r"(?:\s+and\s+(?:a\s+half|[a-z-]+))?[\s-]+(?:hours?|minutes?|mins?))"
)
_FOR_TIME = rf"[^.;]{{0,40}}?\bfor\s+{_TIME}\b"

# --- done to them, by somebody or not ------------------------------------------------------------------

_STOPPED = r"(?:stopped|halted|held|detained|blocked|kept)"
_DONE: Table = (
    ("delay", rf"\b{BE}\s+{ADVERBS}(?:<delayed>|{_STOPPED}(?:\s+[\w’'-]+){{0,9}}?\s+for\s+{_TIME})\b"),
    ("other", rf"\b{BE}\s+{ADVERBS}<seized>\b"),
    ("access", rf"\b{BE}\s+{ADVERBS}<refused>\b"),
    (
        "access",
        rf"\b{BE}(?:\s+(?:not|never)|n[’']t)\s+{ADVERBS}(?:allowed|permitted|let|cleared|authori[sz]ed|granted"
        r"|given\s+(?:access|permission|passage))\b",
    ),
    ("access", rf"\b{BE}\s+{ADVERBS}<told>\s+(?:not\s+to\s+\w+|to\s+<away>)\b"),
)
_DOING: Table = (
    ("delay", r"\b(?:delay(?:ed|ing)|held\s+up|holding\s+up|held|holding)\b"),
    ("other", r"\b(?:<seized>|shot\s+down|downed|destroyed|hit)\b"),
    ("jamming", r"\b(?:jammed|spoofed)\b"),
    ("access", r"\b(?:<refused>|<refusing>)\b"),
    ("access", r"\b(?:turn(?:ed|ing)|sen(?:t|ding)|wav(?:ed|ing))\b"),
    (
        "access",
        r"\b(?:(?:did|do|does|would|will)\s+not|(?:did|would)n[’']t|refus(?:ed|ing)\s+to|not)\s+"
        r"(?:let(?:ting)?|allow(?:ing)?|permit(?:ting)?|grant|give|admit)\b",
    ),
    ("access", r"\b(?:<told>|telling|asking|ordering)\b"),
)
_ASIDE = r"[^.;]{0,60}?\b(?:back|away|around)\b"
_ORDER = (
    r"[^.;]{0,40}?(?:\bnot\s+to\s+\w+|\bto\s+<away>\b|\bthat\b[^.;]*?\b(?:closed|forbidden|prohibited|off[\s-]limits"
    r"|not\s+(?:(?:allowed|permitted)\s+to\s+(?:<goes>|be|stay|film|fly)|possible|pass|proceed|enter|go)|could\s+not"
    r"|no\s+(?:permission|access|authori[sz]ation)))"
)
_WHAT_OF = (
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,5}?(?:<ways>|<permits>|the\s+right|passing"
    r"|to\s+(?:enter|pass|cross|proceed))\b"
)
_POLITICS = r"(?:['’]s?)?\s+(?:\w+\s+){0,2}<matters>\b"


def _done(sentence: Sentence) -> Iterator[Hindrance]:
    """ "The patrol was turned back"; of two ways to read a verb the first."""
    starts: set[int] = set()
    for kind, form in _DONE:
        for at in sentence.spans(form):
            watcher = None if at[0] in starts else subject(sentence, at[0])
            if watcher:
                starts.add(at[0])
                yield Hindrance(_caused(sentence, kind, told=True), at, "passive", watcher)


def _doing(sentence: Sentence) -> Iterator[Hindrance]:
    """ "Soldiers stopped the patrol"."""
    for kind, form in _DOING:
        for at in sentence.spans(form):
            watcher = target(sentence, at[1])
            if watcher and _hinders(sentence, at, watcher):
                held = pattern(_FOR_TIME).match(sentence.after(watcher.span[1]))
                told: RestrictionType = "delay" if held and kind == "access" else kind
                whole = at[0], watcher.span[1]
                yield Hindrance(_by_what(sentence, told, at), whole, "active", watcher)


def _hinders(sentence: Sentence, at: Span, watcher: Watcher) -> bool:
    """Whether a verb with observers as its object hinders them: "denied the Mission passage"."""
    verb, after = sentence.part(*at).lower(), sentence.after(watcher.span[1])
    if pattern(_POLITICS).match(after):
        return False
    if watcher.sort in ("craft", "cameras"):
        return pattern(r"<lost>|<refused>|<refusing>|<jamming>").fullmatch(verb) is not None
    for verbs, needed in _NEEDED:
        if pattern(verbs).fullmatch(verb):
            gap = sentence.part(at[1], watcher.span[0])
            direct = needed is _WHAT_OF and pattern(r"\b<ways>\b").search(gap)
            return bool(direct or (needed and pattern(needed).match(after)))
    return True


_NEEDED: tuple[tuple[str, str | None], ...] = (  # what must follow the observers after some verbs
    (r"<lost>|<jamming>", None),
    (r"turn\w+|sen\w+|wav\w+", _ASIDE),
    (r"<told>|telling|asking|ordering", _ORDER),
    (r"den\w+|refused|refusing", _WHAT_OF),
    (r"held|holding", _FOR_TIME),
    (r"kept", r"[^.;]{0,40}?\b(?:from|away|out)\b"),
)

# --- their own lot ------------------------------------------------------------------------------------

_UNABLE = (
    r"(?:(?:could|can)\s+not|couldn[’']t|cannot|(?:was|were|is|are|been|remained)\s+(?:\w+ly\s+)?"
    r"(?:unable|not\s+able)\s+to)"
)
_MUST = r"(?:<leaves>|cut\s+(?:[\w’'-]+\s+){1,3}short|be\s+(?:<refused>|<ended>|recalled|evacuated))"
_LOTS: tuple[tuple[str, bool], ...] = (  # with True where the sentence must give a reason
    (rf"\b{_UNABLE}\s+{ADVERBS}<goes>\b", False),
    (rf"\bdid\s+not\s+{ADVERBS}<goes>\b", True),
    (r"\b(?:was|were|been)\s+(?:forced|compelled|obliged)\s+to\s+<leaves>\b", False),
    (rf"\b(?:had|has|have)\s+to\s+{ADVERBS}{_MUST}\b", True),
    (
        r"\bcould\s+(?:only\s+)?(?:see|observe|view|monitor|inspect)\b[^.;]*\bfrom\s+(?:a\s+distance|afar)\b",
        True,
    ),
    (r"\b(?:had|has|have|having)\s+no\s+(?:\w+\s+)?access\b", False),
    (r"\b(?:wait(?:ed|s|ing)?)\s+(?:in\s+vain\s+)?for\s+(?:\w+\s+)?<permits>\b", False),
    (rf"\b{BE}\s+{ADVERBS}<ended>\b", True),
    (r"\b(?:needed|required)\s+(?:an?\s+)?(?:\w+\s+)?(?:pass|<permits>)\b", False),
    (r"\b<left>\b", True),
)
_WAITED = (
    rf"\b(?:{BE}\s+)?(?:(?:had\s+to|forced\s+to|made\s+to)\s+wait|waited|waiting)\s+(?:for\s+)?{_TIME}\b"
    rf"|\bspent\s+{_TIME}\s+waiting\b"
    rf"|\b(?:{BE}\s+)?{ADVERBS}(?:let|allowed|permitted)\b[^.;]{{0,60}}?\bafter\s+"
    rf"(?:a\s+(?:wait|delay)\s+of\s+)?{_TIME}\b"
)


def _lots(sentence: Sentence) -> Iterator[Hindrance]:
    """ "The observers could not reach the village", "had to turn back after shots"."""
    for form, needs in _LOTS:
        for at in sentence.spans(form):
            watcher = subject(sentence, at[0])
            if watcher and (not needs or _reason(sentence, at)):
                yield Hindrance(_caused(sentence, "access", told=False), at, "own", watcher)


def _waits(sentence: Sentence) -> Iterator[Hindrance]:
    """ "The patrol waited for two hours", "let them pass after 40 minutes"."""
    for at in sentence.spans(_WAITED):
        let = re.match(r"(?:let|allowed|permitted)\b", sentence.part(*at), re.I)
        watcher = target(sentence, at[0] + let.end()) if let else subject(sentence, at[0])
        if watcher:
            yield Hindrance("delay", at, "active" if let else "own", watcher)


# --- their movement and access --------------------------------------------------------------------------

_WAYS = (
    r"\b(?:<ways>)\b(?P<of>[^.;,]{0,70}?)\s+(?:(?:continue[sd]?|remain(?:s|ed)?)\s+(?:to\s+be\s+)?"
    rf"|{BE}\s+(?:being\s+)?){ADVERBS}(?:<limited>|(?P<ended><ended>))\b"
)
_LIMITS = (
    r"\b(?:<limits>\s+(?:on|of|to|in)\s+[^.;,]{0,60}?<ways>|(?:movement|access|flight|patrol)\s+<limits>)\b"
)
_MET = r"\b<meets>\b[^.;]*$"
_LASTING = r"[^.;]{0,80}?\b<lasts>\b"
_UNREACHED = (
    r"\b(?:could\s+not|cannot|couldn[’']t)\s+be\s+(?:reached|accessed|used|patrolled|visited|inspected|taken|entered"
    r"|observed)\b|\b(?:unreachable|inaccessible|impassable)\b"
)
_SHUT = r"\b(?:off[\s-]limits|inaccessible|closed)\s+(?:to|for)\b"
_MAY = re.compile(r"\b(?:not|never|no|would|will|may|might|should|must|could|can)\b|n[’']t\b", re.I)
_OTHERS = re.compile(
    r"\b(?:civilians?|people|population|residents|humanitarian|aid|relief|journalists?|goods|media|food)\b",
    re.I,
)
_WITHHELD = (
    rf"\b<permits>\b[^.;,]{{0,70}}?\b(?:{BE}|had)\s+{ADVERBS}<withheld>\b|\b<withholds>\s+{FEW}<permits>\b"
    r"|\b(?:ha[sd]|have|did)\s+not\s+authori[sz]ed?\s+(?:its|their|the|our)\b"
)


def _ways(sentence: Sentence) -> Iterator[Hindrance]:
    """ "The Mission's freedom of movement continued to be restricted"."""
    for match in pattern(_WAYS).finditer(sentence.text):
        at = match.start() + sentence.start, match.end() + sentence.start
        whose = owner(sentence, at)
        theirs = whose or (sentence.own and not _is_others(sentence, at))
        if theirs and not _MAY.search(match["of"]) and (not match["ended"] or _reason(sentence, at)):
            yield Hindrance(_caused(sentence, "access", told=True), at, "thing", whose)


def _limits(sentence: Sentence) -> Iterator[Hindrance]:
    """ "The Mission recorded five restrictions of movement", "restrictions on its movement persisted"."""
    for at in sentence.spans(_LIMITS):
        before = sentence.part(sentence.start, at[0])
        told = pattern(_MET).search(before) or pattern(_LASTING).match(sentence.after(at[1]))
        near = owner(sentence, at) or next((w for w in sentence.watchers if w.span[1] <= at[0]), None)
        if told and (near or sentence.own) and not _is_others(sentence, at):
            yield Hindrance(_caused(sentence, "access", told=True), at, "thing", near)


def _shut(sentence: Sentence) -> Iterator[Hindrance]:
    """ "The site remained off limits to the monitors", "the road could not be used by patrols"."""
    for at in sentence.spans(_SHUT):
        if watcher := target(sentence, at[1]):
            yield Hindrance(_caused(sentence, "access", told=True), at, "thing", watcher)
    for at in sentence.spans(_UNREACHED):
        before = [w for w in sentence.ours if w.span[1] <= at[0]]
        if before and not _is_others(sentence, at):
            yield Hindrance(_caused(sentence, "access", told=True), at, "thing", before[0])


def _permits(sentence: Sentence) -> Iterator[Hindrance]:
    """ "The authorities withheld flight permission", "security guarantees were not granted"."""
    for at in sentence.spans(_WITHHELD):
        if sentence.watchers:
            passive = pattern(r"<permits>\b").match(sentence.part(*at))
            yield Hindrance("access", at, "passive" if passive else "active", sentence.watchers[0])


def _is_others(sentence: Sentence, at: Span) -> bool:
    """Whether the movement or access is that of people or of aid."""
    return _OTHERS.search(sentence.part(at[0] - 30, at[1] + 40)) is not None


# --- their craft and cameras ----------------------------------------------------------------------------

_LOSING = (
    r"\b(?:lost|losing|lose|loss\s+of)\s+(?:(?:control|contact|communication|connection)\s+(?:of|with|to)\s+)?"
    r"(?:(?!sight\b)[\w’'-]+\s+){0,4}$"
)
_JAMMED = (
    r"\b<jamming>\b(?!\s+<devices>)|\blo(?:st|ss\s+of)\s+(?:its\s+|the\s+)?"
    r"(?:GPS|GNSS|data\s*link|satellite|radio)(?:\s+\w+)?\s+(?:signal|connection|link)"
)
_CRAFT_JAMMED = r"|\b(?:by|of|to)\s+(?:\w+\s+)?interference\b(?!\s+(?:in|by)\b)"
_GONE_DARK = (
    rf"[^.;]{{0,120}}?(?:\b(?:{BE}|went|gone|stayed)\s+{ADVERBS}<dark>|\b(?:had\s+)?<fails>"
    r"|\b(?:ha[sd]|have|did|does)\s+not\s+(?:been\s+)?(?:record|transmit|work|function|operat|send)\w*)\b"
)
_BROKEN = r"\b(?:non-operational|inoperative|inoperable|broken|disabled)\s+$"


def _lost(sentence: Sentence) -> Iterator[Hindrance]:
    """ "Lost a mini-UAV", "the UAV crashed"."""
    for watcher in things(sentence, "craft"):
        start, end = watcher.span
        before = sentence.before(start)
        lost = pattern(_LOSING).search(before)
        fell = pattern(r"[^.;]{0,80}?\b<lost>\b").match(sentence.after(end))
        if fell and re.match(
            r"\s+(?:its|the|GPS|\w+\s+(?:contact|signal))\b", sentence.after(end + fell.end())
        ):
            fell = None  # "the UAV lost its signal" is jammed, not lost
        if lost or fell:
            at = (start - len(before) + lost.start() if lost else start, end + (fell.end() if fell else 0))
            yield Hindrance(_caused(sentence, "other", told=False), at, "thing", watcher)


def _jammed(sentence: Sentence) -> Iterator[Hindrance]:
    """Jamming of a craft or of the observers' signals, not a jamming device that they saw."""
    ours = [w for w in sentence.watchers if w.sort in ("craft", "observers", "parts")]
    craft = things(sentence, "craft")
    for at in sentence.spans(_JAMMED + (_CRAFT_JAMMED if craft else "")):
        hit = craft or [w for w in ours if w in sentence.ours]
        if hit:
            yield Hindrance("jamming", at, "thing", hit[0])


def _dark(sentence: Sentence) -> Iterator[Hindrance]:
    """A camera that was out of work."""
    for watcher in things(sentence, "cameras"):
        start, end = watcher.span
        dark = pattern(_GONE_DARK).match(sentence.after(end))
        if dark or pattern(_BROKEN).search(sentence.before(start)):
            yield Hindrance("camera", (start, end + (dark.end() if dark else 0)), "thing", watcher)


# --- why, and whether at all ----------------------------------------------------------------------

_CAUSE = (
    r"\b(?:due\s+to|because|owing\s+to|as|since|after|following|when|on\s+account\s+of|pending|for\s+lack\s+of|in\s+the"
    r"\s+absence\s+of|in\s+view\s+of|for\s+(?:security|safety|technical)\s+reasons|given|over|citing|amid|out\s+of|upon"
    r"|whereupon|so)\b"
)
_HARD = (
    r"\b(?:<fire>|<mines>|<weather>|<jamming>|<refused>|<withheld>|threat\w*|<told>|weapons?|security|prevented|closed"
    r"|safety|interference|hostile|lack\s+of|not\s+authori[sz]ed)"
)
_CAUSES: Table = (("mines", "<mines>"), ("jamming", "<jamming>"), ("other", "<weather>"), ("other", "<fire>"))
_IRREAL = re.compile(
    r"\b(?:would|could|might|may|should|shall|must|will|can|if|unless|lest|whether|not|never|no|neither|nor|without"
    r"|avoid\w*|risks?|risked|threat\w*|fear\w*|plans?|planned|possib\w+|demand\w*|urg\w+|calls?|called|appeal\w*"
    r"|insist\w*|expect\w*|attempts?|tried|trying|in\s+order|aimed\s+at|view\s+to|ready|prepared|n[’']t|prevent)\s+"
    r"(?:(?!(?:and|but|because|as|when|while|who|which|then|that|after)\b)[\w’'-]+\s+){0,4}$",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|refut\w+|disput\w+)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:that|claims?|reports?|allegations?|accusations?|charges?|having|being|it|ever)\b[^.;]*$"
    r"|\bden(?:y|ies|ied|ying)\s+(?:\w+ly\s+)?$",
    re.I,
)


def _reason(sentence: Sentence, at: Span) -> bool:
    """Whether a sentence gives a reason that lies with somebody or something else."""
    if pattern(_HARD).search(sentence.after(at[1])):
        return True
    bound = re.match(r"ha[ds]|have", sentence.part(*at)) or pattern(_CAUSE).search(sentence.text)
    return bool(bound) and pattern(_HARD).search(sentence.part(sentence.start, at[0])) is not None


def _caused(sentence: Sentence, kind: RestrictionType, *, told: bool) -> RestrictionType:
    """The type by the cause: mines, weather and fire keep off as much as people do.

    What is ``told`` of somebody's doing needs words for a cause between, or mines or weather as its subject.
    """
    if kind not in ("access", "other"):
        return kind
    for cause, words in _CAUSES:
        by = rf"|\bby\b|^(?:\w+\s+){{0,3}}?(?=\b{words}\b)" if words != "<fire>" else ""
        form = rf"(?:{_CAUSE}{by})[^.;]{{0,60}}?\b{words}\b" if told else rf"\b{words}\b"
        if pattern(form).search(sentence.text):
            return cause
    return kind


def _by_what(sentence: Sentence, kind: RestrictionType, at: Span) -> RestrictionType:
    """The type of what weather or mines do instead of people: "heavy rains kept the observers from"."""
    for cause, words in _CAUSES:
        does = pattern(rf"(?:^|[.;,]\s+)(?:\w+\s+){{0,3}}{words}\b").search(sentence.before(at[0], most=90))
        if does and words in ("<mines>", "<weather>"):
            return cause
    return kind


def _is_real(sentence: Sentence, hit: Hindrance) -> bool:
    """Whether the words before do not make it denied, feared, planned, asked for or merely possible."""
    before = sentence.part(sentence.start, hit.span[0])
    return not (_IRREAL.search(before) or _DENIED.search(before))
