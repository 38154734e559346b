"""Where the fillers of a gold claim's fields stand in the text: what the encoder's role heads are taught."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trucewatch.annotations.labels import ROLES

FAR = 600  # characters: a filler farther from its claim than this is not taught
Span = tuple[int, int]
Json = dict[str, Any]


def of(
    claim: dict[str, Any], claims: list[dict[str, Any]], text: str, aliases: list[list[str]]
) -> dict[str, list[Span]]:
    """Every role of a claim with the spans that fill it. A role whose fillers cannot be found is left out."""
    found: dict[str, list[Span]] = {}
    for role in ROLES:
        kind, name = role.split(".")
        if kind == claim["kind"]:
            spans = list(dict.fromkeys(_fillers(name, claim, claims, text, aliases)))
            if spans or not claim.get(name):
                found[name] = spans
    return found


def actors(claim: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All actors of a claim."""
    for name, value in claim.items():
        for one in value if isinstance(value, list) else [value]:
            if name != "said_by" and isinstance(one, dict) and one.get("span"):
                yield one


def _fillers(
    name: str, claim: Json, claims: list[Json], text: str, aliases: list[list[str]]
) -> Iterator[Span]:
    value = claim.get(name)
    if not value:
        return
    if name == "content":
        yield (value[0], value[1])
    elif name == "said_by":
        for voice in value:
            yield from _voice(voice, claim, claims, text, aliases)
    elif name in {"time", "place", "action", "condition", "body"}:
        words = value if isinstance(value, str) else value.get("text")
        yield from _nearest(words, claim["evidence"], text)
    else:
        for actor in value if isinstance(value, list) else [value]:
            if actor.get("span"):
                yield (actor["span"][0], actor["span"][1])


def _voice(
    voice: dict[str, Any],
    claim: dict[str, Any],
    claims: list[dict[str, Any]],
    text: str,
    aliases: list[list[str]],
) -> Iterator[Span]:
    """A voice's own span, else the speaker of the statement around the claim, else its name nearby."""
    if voice.get("span"):
        yield (voice["span"][0], voice["span"][1])
        return
    start, end = claim["evidence"]
    for other in claims:
        content = other.get("content")
        if content and min(end, content[1]) - max(start, content[0]) > (end - start) / 2:
            for speaker in other.get("speaker") or ():
                if speaker["name"] == voice["source"] and speaker.get("span"):
                    yield (speaker["span"][0], speaker["span"][1])
                    return
    same = next((group for group in aliases if voice["source"] in group), [voice["source"]])
    near = [span for name in same for span in _nearest(name, claim["evidence"], text)]
    if near:
        yield min(near, key=lambda s: max(start - s[1], s[0] - end, 0))


def _nearest(words: str | None, evidence: list[int], text: str) -> list[Span]:
    """The occurrence of some words inside the evidence or nearest to it, if there is one near enough."""
    start, end = evidence
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)] if words else []
    ranked = sorted((max(start - b, a - end, 0), (a, b)) for a, b in spans)
    return [ranked[0][1]] if ranked and ranked[0][0] <= FAR else []
