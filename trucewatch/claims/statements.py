"""Statements: somebody asserts, denies, demands, warns, offers or promises something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from trucewatch.annotations import cues
from trucewatch.claims.voices import relays
from trucewatch.documents.spans import holding, touching
from trucewatch.model import Act, Annotations, Attribution, Document, Span, Statement


def _words(*patterns: str) -> re.Pattern[str]:
    """Any of some words or phrases."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.I)


# What the content of a plain cue ("said", "stressed") shows the speaker to do: the first that fits. Each
# was kept because about half or more of what it matched in gold/train had that act.
_BY_CONTENT: tuple[tuple[Act, re.Pattern[str]], ...] = (
    (
        "deny",
        _words(
            "not true",
            "no (?:plans?|intentions?|evidence)",
            "den(?:y|ied|ies)",
            "groundless|untrue",
            "not (?:plan|intend|send|going to (?:attack|invade|fight))",
        ),
    ),
    (
        "announce",
        _words(
            "(?:has|have|had) (?:agreed|begun|started|launched|arrived|decided|signed|sent)",
            "(?:has|have|had) (?:destroyed|captured)",
            "(?:has|have|had) (?:informed|briefed|told|spoken|recorded)",
            "shot down",
            "(?:two|both) (?:leaders|presidents|sides|parties) agreed?",
            "(?:will|would|should|expected to) (?:meet|visit|travel|hold|host|attend|begin|start|arrive)",
            "we are (?:preparing|sending)",
        ),
    ),
    (
        "warn",
        _words(
            "consequences|imminent|risks of",
            "grave (?:error|mistake)",
            r"retaliat\w+|will respond|could escalate",
            "distinct possibility|be prepared for",
        ),
    ),
    (
        "promise",
        _words(
            "(?:commitment|support) (?:to|for|of|towards?)",
            "committed to",
            "(?:we|i|he|she|it|they) (?:will|would) (?:continue|always|keep|help|provide|support|defend)",
            "(?:we|i|he|she|it|they) (?:will|would) (?:not (?:give|allow|stop)|do everything)",
        ),
    ),
    (
        "offer",
        _words(
            "(?:is|are|am|was|were) (?:always )?(?:ready|open|willing|prepared) (?:to|for)",
            "offer(?:s|ed)? to",
        ),
    ),
    (
        "accuse",
        _words(r"war crimes?|atrocit\w+|sabotag\w+|genocid\w+|to blame|occupiers?|fabricat\w+"),
    ),
    (
        "appeal",
        _words("we (?:call|urge|advocate|ask|appeal)", "call(?:s|ed)? (?:for|on|upon)", "urg(?:es|ed)"),
    ),
    ("demand", _words("must|unacceptable")),
)
_NEUTRAL = frozenset("believe think hope expect fear doubt wonder estimate predict".split())


def read(document: Document, annotations: Annotations) -> Iterator[Statement]:
    """The statements of a document, one for each attribution that is one."""
    for attribution in annotations.speech:
        if not attribution.statement or not attribution.content:
            continue
        content = attribution.content[0]
        yield Statement(
            evidence=_evidence(document, annotations, attribution),
            said_by=relays(document, annotations, attribution),
            speaker=attribution.speakers,
            act=act(document, attribution.verb, content),
            content=content,
            form=form(document, content),
            addressees=attribution.addressees,
            about=attribution.about,
            channel=attribution.channel,
            confidence=round(0.6 * attribution.score, 3),
            reader="rules: speech",
        )


def _evidence(document: Document, annotations: Annotations, attribution: Attribution) -> Span:
    """Speaker, cue and content, and the rest of the sentence where nobody else speaks in it."""
    start, end = attribution.span
    first = holding(document.sentences, start) or (start, end)
    last = holding(document.sentences, end - 1) or (start, end)
    around = touching(annotations.speech, (first[0], last[1]))
    others = [a.span for a in around if a is not attribution]
    if not any(o[0] < last[1] and end < o[1] for o in others):
        end = last[1]
    if not any(first[0] < o[1] and o[0] < start for o in others):
        start = first[0]
    return start, end


def form(document: Document, content: Span) -> Literal["direct", "indirect", "mixed"]:
    """Direct where (nearly) all is quoted, mixed where some is."""
    quoted = sum(
        max(0, min(q.span[1], content[1]) - max(q.span[0], content[0]))
        for q in touching(document.quotations, content)
    )
    share = quoted / max(1, content[1] - content[0])
    if share > 0.75:
        return "direct"
    return "mixed" if share > 0.02 else "indirect"


def act(document: Document, verb: str, content: Span) -> Act:
    """What a speaker does with the words: the act of the cue's verb, or what a plain cue's content shows."""
    own = cues.act_of(verb)
    words = document.words(content)
    if verb in {"ask", "request"} and words.startswith("that "):
        return "demand"
    if own != "assert" or verb in _NEUTRAL:
        return own
    return next((shown for shown, pattern in _BY_CONTENT if pattern.search(words)), own)
