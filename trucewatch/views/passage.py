"""A claim on paper: what it says, who says so, and the passage of the report with the evidence marked."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import msgspec

from trucewatch.documents.divisions import divide
from trucewatch.model import Entry, Noun, Span, Statement
from trucewatch.terminal import neutral

_WIDTH = 96
_ELSEWHERE = {"kind", "id", "evidence", "content", "said_by", "confidence", "reader", "speaker", "channel"}


class Passage(Noun, frozen=True, kw_only=True):
    """The sentences around a claim's evidence, in three runs of the report's own words."""

    before: str
    evidence: str
    after: str


def passage(text: str, evidence: Span, *, around: int = 1) -> Passage | None:
    """The sentences that hold the evidence with ``around`` more on each side; None if it is not in the text.

    >>> passage("One. Two is here. Three.", (5, 8), around=0)
    Passage(before='', evidence='Two', after=' is here.')
    """
    start, end = evidence
    if not 0 <= start < end <= len(text):
        return None
    sentences = divide(text).sentences
    touched = [i for i, (a, b) in enumerate(sentences) if a < end and start < b]
    first, last = (touched[0], touched[-1]) if touched else (0, -1)
    shown = sentences[max(0, first - around) : last + around + 1]
    left, right = min([start, *(a for a, _ in shown)]), max([end, *(b for _, b in shown)])
    return Passage(before=text[left:start], evidence=text[start:end], after=text[end:right])


def render(entry: Entry, text: str, *, mark: Callable[[str], str]) -> str:
    """All of a claim as plain text. ``mark`` puts the evidence into marks, or into bold on a terminal."""
    parts = [_head(entry), _section("What it says", _facts(entry)), _section("Who says so", chain(entry))]
    parts.append(_section("Where it stands", _source(entry)))
    return "\n\n".join([*parts, "The words\n" + _words(entry, text, mark)]) + "\n"


def _head(entry: Entry) -> str:
    claim = entry.claim
    sure = "" if claim.confidence is None else f", confidence {claim.confidence:.2f}"
    return f"Claim {claim.id}: {claim.kind}{sure}"


def _section(title: str, lines: list[str]) -> str:
    return "\n".join(
        [
            title,
            *(
                textwrap.fill(neutral(line), _WIDTH, initial_indent="  ", subsequent_indent="    ")
                for line in lines
            ),
        ]
    )


def _facts(entry: Entry) -> list[str]:
    told: dict[str, Any] = msgspec.to_builtins(entry.claim)
    return [
        f"{name.replace('_', ' ')}: {_value(value)}" for name, value in told.items() if name not in _ELSEWHERE
    ]


def _value(value: Any) -> str:
    """A field's value in words: an actor by its name, a window by its ends."""
    if isinstance(value, dict):
        if "name" in value and "text" not in value:
            return str(value["name"])
        return ", ".join(f"{key} {_value(part)}" for key, part in value.items() if key != "span")
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value)) or "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def chain(entry: Entry) -> list[str]:
    """Who vouches for a claim, nearest first, down to the publisher.

    A statement begins with its speaker; a claim without any voice is the reporter's own.
    """
    claim = entry.claim
    links = []
    if isinstance(claim, Statement):
        names = ", ".join(actor.name for actor in claim.speaker) or "a speaker who is not named"
        links.append(f"{names} ({claim.act}{f', {claim.channel}' if claim.channel else ''})")
    for voice in claim.said_by:
        how = ", ".join(part for part in (voice.cue and f'"{voice.cue}"', voice.channel) if part)
        links.append(f"{voice.source} ({how})" if how else voice.source)
    if not links:
        links.append("the reporter's own voice")
    links.append(f"published by {entry.report.publisher or 'a publisher who is not known'}")
    return [f"{number}. {link}" for number, link in enumerate(links, start=1)]


def _source(entry: Entry) -> list[str]:
    report = entry.report
    day = report.published.isoformat() if report.published else "without a date"
    lines = [f"{report.title or 'without a title'}", f"report {report.id}, published {day}"]
    lines += [report.url] if report.url else []
    reader = entry.claim.reader or "not named"
    return [
        *lines,
        f"SHA-256 {report.sha256}",
        f"recorded {entry.recorded:%Y-%m-%d %H:%M} UTC, reader: {reader}",
    ]


def _words(entry: Entry, text: str, mark: Callable[[str], str]) -> str:
    start, end = entry.claim.evidence
    if not text:
        return (
            f"  The claim was given without the report's text: characters {start} to {end} cannot be shown."
        )
    found = passage(text, (start, end))
    if found is None:
        return f"  Characters {start} to {end} do not lie in the text on file, which has {len(text)}."
    words = neutral(found.before) + mark(neutral(found.evidence)) + neutral(found.after)
    return textwrap.indent(words, "  ")
