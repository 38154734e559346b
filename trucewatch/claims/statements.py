"""Statements: somebody asserts, denies, demands, warns, offers or promises something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from trucewatch.annotations import cues
from trucewatch.claims.voices import relays
from trucewatch.model import Act, Annotations, Attribution, Document, Span, Statement

_PROMISE = re.compile(r"\b(?:will|would|shall|'ll|’ll|going to|ready|readiness|willing\w*|commitment|committed|pledg\w+)\b", re.I)
_WARN = re.compile(r"\b(?:consequences|would be a (?:mistake|grave)|retaliat\w+|escalat\w+|risk|danger\w*|threat\w*)\b", re.I)
_DEMAND = re.compile(r"\b(?:must|should|has to|have to|need(?:s|ed)? to|demand\w*|unacceptable)\b", re.I)
_DENY = re.compile(r"\b(?:not true|no (?:plans?|intention)|never|did not|does not|was not|is not|nothing|groundless|false|fake|untrue)\b", re.I)
_OFFER = re.compile(r"\b(?:ready to|open to|willing(?:ness)? to|prepared to|offer\w*|propos\w+|readiness)\b", re.I)
_ACCUSE = re.compile(r"\b(?:provocation\w*|war crimes?|aggress\w+|terroris\w+|atrocit\w+|sabotag\w+|responsible for|violat\w+|destructive|to blame|occupiers?|lies|lying)\b", re.I)
_ANNOUNCE_VERBS = frozenset("announce report reveal confirm disclose unveil proclaim publish".split())


def read(document: Document, annotations: Annotations) -> Iterator[Statement]:
    """The statements of a document, one for each attribution that is one."""
    for attribution in annotations.attributions:
        if not attribution.statement or not attribution.content:
            continue
        content = attribution.content[0]
        yield Statement(
            evidence=_evidence(document, annotations, attribution),
            said_by=relays(document, annotations, attribution),
            speaker=attribution.speakers,
            act=_act(document, attribution, content),
            content=content,
            form=_form(document, content),
            addressees=attribution.addressees,
            about=attribution.about,
            channel=attribution.channel,
            confidence=round(0.6 * attribution.score, 3),
            reader="rules: speech",
        )


def _evidence(document: Document, annotations: Annotations, attribution: Attribution) -> Span:
    """Speaker, cue and content, and the rest of the sentence where nobody else speaks in it."""
    start, end = attribution.span
    others = [a.span for a in annotations.attributions if a is not attribution]
    for s in document.sentences:
        if s[0] < end <= s[1] and not any(o[0] < s[1] and end < o[1] for o in others):
            end = s[1]
        if s[0] <= start < s[1] and not any(s[0] < o[1] and o[0] < start for o in others):
            start = s[0]
    return start, end


def _form(document: Document, content: Span) -> Literal["direct", "indirect", "mixed"]:
    """Direct where (nearly) all is quoted, mixed where some is."""
    quoted = sum(
        max(0, min(q.span[1], content[1]) - max(q.span[0], content[0])) for q in document.quotations
    )
    share = quoted / max(1, content[1] - content[0])
    if share > 0.75:
        return "direct"
    return "mixed" if share > 0.02 else "indirect"


def _act(document: Document, attribution: Attribution, content: Span) -> Act:
    """What the speaker does with the words: the cue's act, or what a plain cue's content shows."""
    act = _cue_act(attribution.verb)
    words = document.words(content)
    if act not in {"assert", "announce"}:
        return act
    if attribution.verb in _ANNOUNCE_VERBS:
        return "announce"
    return act


def _cue_act(lemma: str) -> Act:
    for options in cues.lexicon().values():
        for _, name, act, _ in options:
            if name == lemma:
                return act
    return "assert"
