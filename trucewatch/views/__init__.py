"""Stage 7: what goes out. An output is a view in a shape: ``VIEWS`` times ``SHAPES``.

A view is a function of a situation (first: ``sitrep``, the situation report); a shape writes it down.
``json`` is the situation itself, with the exact words of each claim.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import msgspec

from trucewatch.errors import UsageError
from trucewatch.situation import Situation
from trucewatch.views import shapes
from trucewatch.views.composing import compose
from trucewatch.views.signed import UNSIGNED, Status
from trucewatch.views.sitrep import Desk, Reference, Row, Section, Sentence, Sitrep, Table, TextOf

__all__ = [
    "SHAPES",
    "VIEWS",
    "Reference",
    "Row",
    "Section",
    "Sentence",
    "Sitrep",
    "Table",
    "compose",
    "render",
    "write",
]


VIEWS: dict[str, Callable[..., Sitrep]] = {"sitrep": compose}

SHAPES: dict[str, Callable[[Sitrep, Status], str]] = {
    "text": shapes.text,
    "md": shapes.markdown,
    "html": shapes.html,
}
"""The shapes of a view; ``json`` besides them writes the situation itself."""


def render(situation: Situation, *, shape: str, text_of: TextOf, view: str = "sitrep") -> str:
    """A view of a situation in a shape. UsageError names the views and shapes there are.

    >>> print(render(situation, shape="text", text_of=ledger.text))  # doctest: +SKIP
    SITUATION REPORT: DONBAS CEASEFIRE OF 2020-2022 ...
    """
    if view not in VIEWS:
        raise UsageError(f"there is no view {view!r}; there are: {', '.join(VIEWS)}")
    if shape == "json":
        return _json(situation, text_of)
    return write(VIEWS[view](situation, text_of=text_of), shape=shape)


def write(sitrep: Sitrep, *, shape: str, status: Status = UNSIGNED) -> str:
    """A situation report in a shape, headed by whether it is signed. UsageError names the shapes."""
    if shape not in SHAPES:
        raise UsageError(f"there is no shape {shape!r}; there are: {', '.join([*SHAPES, 'json'])}")
    return SHAPES[shape](sitrep, status)


def _json(situation: Situation, text_of: TextOf) -> str:
    """The situation, each claim with its exact words; half characters, which JSON cannot hold, replaced."""
    desk = Desk(situation=situation, text_of=functools.cache(text_of))
    tellings = {
        name: msgspec.structs.replace(telling, words=desk.words(telling, telling.claim.evidence) or None)
        for name, telling in situation.tellings.items()
    }
    whole = msgspec.to_builtins(msgspec.structs.replace(situation, tellings=tellings))
    return msgspec.json.format(msgspec.json.encode(_encodable(whole)), indent=2).decode() + "\n"


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_encodable(key): _encodable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(part) for part in value]
    return value
