"""What a claim says, field by field, in the words that people see: *accused*, never *perpetrator*."""

from __future__ import annotations

from typing import Any

from trucewatch.model import Actor, AnyClaim, Comparison, Noun, Place, Time
from trucewatch.pages.cells import figure_words, in_words

CALLED = {"perpetrator": "accused", "target": "reported against", "by": "attributed to"}
_LEFT_OUT = {"id", "evidence", "content", "said_by", "confidence", "reader", "low", "high", "approximate"}


def facts(claim: AnyClaim) -> tuple[tuple[str, str], ...]:
    """The fields of a claim that it tells anything in, each with its name and value in words.

    >>> facts(Incident(type="shelling", evidence=(0, 9), said_by=()))  # doctest: +SKIP
    (('type', 'shelling'),)
    """
    told = [(name, getattr(claim, name)) for name in claim.__struct_fields__ if name not in _LEFT_OUT]
    words = [(CALLED.get(name, name.replace("_", " ")), _words(value)) for name, value in told if value]
    return (*_figure(claim), *words)


def _figure(claim: Any) -> tuple[tuple[str, str], ...]:
    low, high = getattr(claim, "low", None), getattr(claim, "high", None)
    if low is None and high is None:
        return ()
    return (("figure", figure_words(low, high, approximate=claim.approximate)),)


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_words(part) for part in value)
    if isinstance(value, Actor):
        return in_words(value.name)
    if isinstance(value, Time):
        days = " to ".join(dict.fromkeys(day for day in (value.start, value.end) if day))
        return _with(value.text, days)
    if isinstance(value, Place):
        return _with(value.name or value.text, ", ".join(filter(None, (value.country, value.precision))))
    if isinstance(value, Comparison):
        scope = f"of {value.scope}" if value.scope else ""
        return in_words(" ".join(filter(None, (value.relation, scope, str(value.than or "")))))
    if isinstance(value, Noun):
        return ", ".join(in_words(getattr(value, name)) for name in value.__struct_fields__)
    return in_words(value.replace("_", " ") if isinstance(value, str) else value)


def _with(words: str | None, known: str) -> str:
    """Words of the report, and what they were resolved to."""
    if not words:
        return in_words(known)
    return in_words(f"{words} ({known})" if known else words)
