"""Who vouches for some words: the chain of speakers whose content covers them, nearest first."""

from __future__ import annotations

from trucewatch.annotations import cues
from trucewatch.documents.spans import touching
from trucewatch.model import Actor, Annotations, Attribution, Document, Span, Voice

_TELLING = frozenset({"assert", "announce"})  # who denies or praises what another said does not tell it


def voices(document: Document, annotations: Annotations, evidence: Span) -> tuple[Voice, ...]:
    """The chain of voices for a claim that stands on ``evidence``; empty is the reporter's own voice.

    A speaker vouches when the words lie in the content of what is attributed to them. Two chained
    attributions ("the Kremlin reported that Putin said") give two links, the nearest first.
    """
    return tuple(
        voice
        for attribution in _covering(annotations, evidence)
        for voice in _links(document, attribution, attribution.speakers)
    )


def relays(document: Document, annotations: Annotations, attribution: Attribution) -> tuple[Voice, ...]:
    """The voices beyond the speaker of an attribution: those who tell that it was said."""
    own = {actor.name for actor in attribution.speakers}
    return tuple(
        voice
        for outer in _covering(annotations, attribution.span)
        if outer is not attribution and cues.act_of(outer.verb) in _TELLING
        for voice in _links(document, outer, outer.speakers)
        if voice.source not in own
    )


def _covering(annotations: Annotations, span: Span) -> list[Attribution]:
    """Attributions whose content covers a span, the narrowest first."""
    found = [
        a
        for a in touching(annotations.speech, span)
        if any(_covers(part, span) for part in a.content) and not _is_cue(a, span)
    ]
    return sorted(found, key=lambda a: sum(end - start for start, end in a.content))


def _covers(content: Span, span: Span) -> bool:
    """Whether (nearly) all of a span lies in a content."""
    shared = min(content[1], span[1]) - max(content[0], span[0])
    return shared >= 0.8 * (span[1] - span[0])


def _is_cue(attribution: Attribution, span: Span) -> bool:
    return attribution.cue is not None and span[0] >= attribution.cue[0] and span[1] <= attribution.cue[1]


def _links(document: Document, attribution: Attribution, speakers: tuple[Actor, ...]) -> list[Voice]:
    cue = document.words(attribution.cue) if attribution.cue else None
    return [
        Voice(source=actor.name, span=actor.span, cue=cue, channel=attribution.channel) for actor in speakers
    ]
