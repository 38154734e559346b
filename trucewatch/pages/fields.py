"""A claim as the fields of a form, and back: what nobody changed comes back as it was, to the last part.

``fields`` shows a claim, ``read`` takes what was typed. Both go by the ``Shape`` of each field, which is
made from the types of the claim: an enumeration is chosen from, a number is typed, actors are names.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from trucewatch.model import (
    Actor,
    AnyClaim,
    Claim,
    Commitment,
    Comparison,
    Contact,
    Count,
    Incident,
    Noun,
    Place,
    Posture,
    Restriction,
    Span,
    Statement,
    Time,
    Voice,
    Window,
)
from trucewatch.pages import typed
from trucewatch.pages.facts import CALLED
from trucewatch.pages.scene import LONGEST, Scene
from trucewatch.pages.typed import FieldError
from trucewatch.views.phrases import plain

Sort = Literal[
    "choice", "number", "whole", "names", "voices", "each", "name", "words", "flag", "day", "moment", "span"
]
"""What a field takes; ``each`` is one thing for each of the voices, in their order."""
KINDS: dict[str, type[Claim]] = {
    one.__struct_config__.tag: one  # type: ignore[misc]
    for one in (Statement, Contact, Commitment, Count, Posture, Incident, Restriction)
}
"""The kinds of claims by name."""
_SET_BY_LEDGER = {"id", "confidence", "reader"}
_VOICES = "said_by"
_LAST = (_VOICES, "time", "place", "evidence")
_WITHIN: dict[Any, dict[str, str]] = {
    Time: {"text": "time, in words", "start": "first day", "end": "last day"},
    Place: {"text": "place, in words", "name": "place"},
    Comparison: {"relation": "compared", "scope": "compared with", "than": "than"},
    Window: {"start": "window from", "end": "window to"},
}
_CALLED = CALLED | {
    "low": "at least",
    "high": "at most",
    "approximate": "about",
    "said_by": "said by",
    "duration_minutes": "minutes",
    "running": "running total",
    "previous": "of an earlier time",
}
_CHANNELS = ("statement", "call", "press conference", "interview", "social network", "decree", "report")


class Shape(Noun, frozen=True, kw_only=True):
    """What a field of a kind of claim takes. ``name`` is its path: ``act``, ``time.start``."""

    name: str
    label: str
    sort: Sort
    choices: tuple[str, ...] = ()
    needed: bool = False


class Field(Noun, frozen=True, kw_only=True):
    """A field of a form: its shape, what stands in it, where that stands in the text, what is wrong; and what
    is on file beside it that is not typed (``note``)."""

    shape: Shape
    value: str
    at: str = ""
    error: str = ""
    note: str = ""


# --- shapes --------------------------------------------------------------------------------------------


@functools.cache
def shapes(kind: str) -> tuple[Shape, ...]:
    """The fields of a kind of claim: its own, then who says so, when, where, and the words."""
    hints = get_type_hints(KINDS[kind])
    own = [name for name in KINDS[kind].__struct_fields__ if name not in (*_SET_BY_LEDGER, *_LAST)]
    return tuple(shape for name in (*own, *_LAST) for shape in _shapes_of(name, hints[name]))


@functools.cache
def shared(kind: str, other: str) -> frozenset[str]:
    """The fields that mean the same in two kinds of claims: of one name, and of one type.

    >>> sorted(shared("count", "posture") - shared("count", "incident"))
    ['approximate', 'high', 'low', 'unit']
    """
    one, two = get_type_hints(KINDS[kind]), get_type_hints(KINDS[other])
    return frozenset(name for name, hint in one.items() if two.get(name) == hint) - _SET_BY_LEDGER


def _shapes_of(name: str, hint: Any) -> Iterator[Shape]:
    options = get_args(hint) if get_origin(hint) in (types.UnionType, Union) else (hint,)
    inner = next((one for one in options if one in _WITHIN), None)
    if inner is not None:
        hints = get_type_hints(inner)
        for part, label in _WITHIN[inner].items():
            made = _shape(f"{name}.{part}", hints[part])
            sort = _moments(inner, part, made.sort)
            yield msgspec.structs.replace(made, label=label, sort=sort, needed=False)
        return
    yield _shape(name, hint)
    if name == _VOICES:
        yield Shape(name=f"{_VOICES}.cue", label="their cue", sort="each")
        yield Shape(name=f"{_VOICES}.channel", label="their channel", sort="each", choices=_CHANNELS)


def _moments(inner: Any, part: str, sort: Sort) -> Sort:
    if part in ("start", "end"):
        return "day" if inner is Time else "moment"
    return sort


def _shape(name: str, hint: Any) -> Shape:
    choices = tuple(_choices(hint))
    if name == "channel":
        choices = _CHANNELS
    return Shape(
        name=name,
        label=_CALLED.get(name, name.replace("_", " ")),
        sort=_sort(name, hint, bool(choices) and name != "channel"),
        choices=choices,
        needed=name in ("evidence", "action") or (bool(choices) and type(None) not in get_args(hint)),
    )


def _choices(hint: Any) -> Iterator[str]:
    for one in (hint, *get_args(hint)):
        if get_origin(one) is Literal:
            yield from get_args(one)


def _sort(name: str, hint: Any, chosen: bool) -> Sort:
    options = get_args(hint) if get_origin(hint) in (types.UnionType, Union) else (hint,)
    if chosen:
        return "choice"
    if name in ("evidence", "content"):
        return "span"
    if hint is bool:
        return "flag"
    if Actor in options:
        return "name"
    if get_origin(hint) is tuple:
        return "voices" if Voice in get_args(hint) else "names"
    if float in options:
        return "number"
    return "whole" if int in options else "words"


# --- a claim to fields ---------------------------------------------------------------------------------


def fields(claim: AnyClaim, scene: Scene, *, kind: str = "") -> tuple[Field, ...]:
    """The fields that show a claim; as another ``kind``, with what means the same in both."""
    parts = _parts(claim, kind or claim.kind)
    return tuple(
        Field(
            shape=shape,
            value=_written(_held(parts, shape.name), shape, scene),
            at=_at(parts, shape),
            note=_point(claim) if shape.name == "place.name" else "",
        )
        for shape in shapes(kind or claim.kind)
    )


def blank(kind: str, evidence: Span | None, scene: Scene) -> tuple[Field, ...]:
    """The fields of a claim that is yet to be told, on some words."""
    shown = {"evidence": (scene.words(evidence), f"{evidence[0]}-{evidence[1]}")} if evidence else {}
    empty = ("", "")
    return tuple(
        Field(shape=shape, value=shown.get(shape.name, empty)[0], at=shown.get(shape.name, empty)[1])
        for shape in shapes(kind)
    )


def typed_again(
    shown: Sequence[Field], told: Mapping[str, str], errors: Mapping[str, str], *, partly: bool = False
) -> tuple[Field, ...]:
    """The fields with what was typed into them, and what is wrong with it.

    A field of which nothing is told is empty, as a box is that is not ticked; ``partly``: it stays as shown.
    """
    return tuple(
        field if partly and field.shape.name not in told else _typed_into(field, told, errors)
        for field in shown
    )


def _typed_into(field: Field, told: Mapping[str, str], errors: Mapping[str, str]) -> Field:
    name = field.shape.name
    return msgspec.structs.replace(
        field,
        value=plain(told.get(name, "")),
        at=plain(told.get(f"{name}.at", ""))[:24],
        error=errors.get(name, ""),
    )


def carried(told: Mapping[str, str], *, kind: str, wanted: str) -> dict[str, str]:
    """What was typed into the fields of one kind, as far as it means the same in another."""
    same = shared(kind, wanted)
    names = [shape.name for shape in shapes(wanted) if shape.name.partition(".")[0] in same]
    return {name: told.get(name, "") for one in names for name in (one, f"{one}.at") if _is_told(name, told)}


def _is_told(name: str, told: Mapping[str, str]) -> bool:
    return name in told or not name.endswith(".at")


def changed(old: AnyClaim, new: AnyClaim) -> list[str]:
    """The labels of the fields in which two claims differ, and ``kind`` where their kinds do."""
    both = shared(old.kind, new.kind)
    one, other = _parts(old, old.kind), _parts(new, new.kind)
    found = [
        shape.label
        for shape in shapes(new.kind)
        if shape.name.partition(".")[0] in both and _told(one, shape) != _told(other, shape)
    ]
    return [f"kind from {old.kind} to {new.kind}", *found] if old.kind != new.kind else found


def _parts(claim: AnyClaim, kind: str) -> dict[str, Any]:
    """The values of a claim by field, as far as they mean the same in a kind."""
    return {name: getattr(claim, name) for name in shared(claim.kind, kind)}


def _held(parts: Mapping[str, Any], path: str) -> Any:
    name, _, within = path.partition(".")
    held = parts.get(name)
    if within and isinstance(held, tuple):
        return tuple(getattr(one, within) for one in held)
    return getattr(held, within, None) if within else held


def _told(parts: Mapping[str, Any], shape: Shape) -> Any:
    """What a field tells; of voices that tell nothing in it, nothing."""
    held = _held(parts, shape.name)
    return tuple(one for one in held or () if one) if shape.sort == "each" else held


def _point(claim: AnyClaim) -> str:
    """Where a claim's place lies: ``48.01, 37.80, settlement, UA``."""
    place = claim.place
    if place is None or place.lat is None or place.lon is None:
        return ""
    known = (f"{place.lat:.2f}, {place.lon:.2f}", place.precision, place.country)
    return plain(", ".join(part for part in known if part))


def _at(parts: Mapping[str, Any], shape: Shape) -> str:
    held = _held(parts, shape.name)
    return f"{held[0]}-{held[1]}" if shape.sort == "span" and held else ""


def _written(held: Any, shape: Shape, scene: Scene) -> str:
    """A value as the form shows it."""
    match shape.sort:
        case "span":
            return scene.words(held) if held else ""
        case "names":
            return plain("; ".join(actor.name for actor in held or ()))
        case "voices":
            return plain("; ".join(voice.source for voice in held or ()))
        case "each":
            return plain("; ".join(one or "" for one in held or ())).rstrip("; ")
        case "name":
            return plain(held.name) if held else ""
        case "flag":
            return "yes" if held else ""
        case _:
            return "" if held is None else plain(str(held))


# --- fields to a claim ---------------------------------------------------------------------------------


def read(
    kind: str, told: Mapping[str, str], *, old: AnyClaim | None, scene: Scene
) -> tuple[AnyClaim | None, dict[str, str]]:
    """The claim that was typed, and what is wrong, field by field; None where anything is.

    What stands as ``old`` shows it stays as it was there, with all its parts. New names are looked up.
    ``old`` may be of another kind: then what means the same in both does.
    """
    return _Reading(kind, told, old, scene).claim()


class _Reading:
    """One reading of a form."""

    def __init__(self, kind: str, told: Mapping[str, str], old: AnyClaim | None, scene: Scene) -> None:
        self.kind, self.told, self.old, self.scene = kind, told, old, scene
        self.held = _parts(old, kind) if old else {}
        self.errors: dict[str, str] = {}
        self.near = old.evidence[0] if old else 0

    def claim(self) -> tuple[AnyClaim | None, dict[str, str]]:
        """The claim, or None with what is wrong."""
        every = {shape.name: shape for shape in shapes(self.kind)}
        evidence = self._value(every["evidence"])
        self.near = evidence[0] if evidence else self.near
        parts = {name: self._value(shape) for name, shape in every.items() if name != "evidence"}
        values = {name: value for name, value in parts.items() if "." not in name}
        values |= {"evidence": evidence} | self._composed(parts)
        values[_VOICES] = self._voiced(parts)
        self._in_order(values)
        if self.errors:
            return None, self.errors
        made: Any
        if self.old is not None and self.old.kind == self.kind:
            made = msgspec.structs.replace(self.old, **values)
        else:
            made = KINDS[self.kind](**values)
        return made, {}

    def _value(self, shape: Shape) -> Any:
        held = _held(self.held, shape.name)
        given = plain(self.told.get(shape.name, ""))
        if shape.name.partition(".")[0] in self.held and self._stays(shape, held, given):
            return held
        try:
            if shape.needed and not given:
                raise FieldError("is needed")
            return self._typed(shape, given, held)
        except FieldError as error:
            self.errors.setdefault(shape.name, f"{shape.label}: {error}")
            return None

    def _stays(self, shape: Shape, held: Any, given: str) -> bool:
        if given != _written(held, shape, self.scene):
            return False
        at = self.told.get(f"{shape.name}.at", "")
        return shape.sort != "span" or not held or at in ("", f"{held[0]}-{held[1]}")

    def _typed(self, shape: Shape, given: str, held: Any) -> Any:
        near = self.near
        match shape.sort:
            case "span":
                return self._span(given, self.told.get(f"{shape.name}.at", ""), held)
            case "names":
                return self._names(given, held or ())
            case "name":
                return next(iter(self._names(given, (held,) if held else (), most=1)), None)
            case "voices":
                return tuple(
                    _kept(name, held or (), "source", times)
                    or Voice(source=name, span=self.scene.mention(name, near=near))
                    for name, times in typed.names(given)
                )
            case "each":
                return typed.each(given)
            case "choice":
                return typed.choice(given, shape.choices)
            case "number" | "whole":
                return typed.number(given, whole=shape.sort == "whole")
            case "flag":
                return bool(given)
            case "day":
                return typed.day(given, self.scene.day or _day_of(held))
            case "moment":
                return typed.moment(given)
            case _:
                return typed.words(given, period=shape.name == "period")

    def _names(self, given: str, held: tuple[Actor, ...], *, most: int = typed.MOST) -> tuple[Actor, ...]:
        return tuple(
            _kept(name, held, "name", times) or self.scene.actor(name, near=self.near)
            for name, times in typed.names(given, most=most)
        )

    def _span(self, given: str, at: str, held: Span | None) -> Span | None:
        if not given:
            return None
        place = typed.span(at)
        if place and 0 <= place[0] < place[1] <= len(self.scene.text) and self.scene.words(place) == given:
            return place
        near = place[0] if place else held[0] if held else self.near
        if len(given) >= LONGEST:
            raise FieldError(f"has more than {LONGEST:,} characters; mark the words with the mouse")
        found = self.scene.find(given, near=near)
        if found is None:
            raise FieldError("these words do not stand in the report; give them as the report has them")
        return found

    def _voiced(self, parts: Mapping[str, Any]) -> tuple[Voice, ...]:
        """The voices with cue and channel as typed for each; where nobody touched them, with their own."""
        voices: tuple[Voice, ...] = parts[_VOICES] or ()
        for part in ("cue", "channel"):
            path = f"{_VOICES}.{part}"
            given = parts[path] or ()
            if given == _held(self.held, path):
                continue
            if len(given) > len(voices):
                self.errors.setdefault(path, f"their {part}: there are {len(given)} for {len(voices)} voices")
            told = (*given, *(None,) * (len(voices) - len(given)))
            voices = tuple(_with(voice, part, words) for voice, words in zip(voices, told, strict=False))
        return voices

    def _composed(self, parts: Mapping[str, Any]) -> dict[str, Any]:
        """Times, places, comparisons and windows from their parts; those that did not change as they were."""
        found: dict[str, Any] = {}
        composed = (path.partition(".")[0] for path in parts if "." in path)
        for name in dict.fromkeys(name for name in composed if name != _VOICES):
            own = {
                path.partition(".")[2]: value for path, value in parts.items() if path.startswith(f"{name}.")
            }
            held = self.held.get(name)
            found[name] = held if own == _inner(held, own) else self._made(name, own)
        return found

    def _made(self, name: str, own: dict[str, Any]) -> Noun | None:
        if all(value is None for value in own.values()):
            return None
        match name:
            case "time":
                return Time(**own)
            case "place":
                return self.scene.place(own["text"], own["name"], near=self.near)
            case "comparison":
                return self._whole(Comparison, name, own, needed=("relation",))
            case _:
                return self._whole(Window, name, own, needed=("start", "end"))

    def _whole(
        self, noun: type[Noun], name: str, own: dict[str, Any], *, needed: tuple[str, ...]
    ) -> Noun | None:
        missing = [part for part in needed if own[part] is None]
        for part in missing:
            self.errors.setdefault(f"{name}.{part}", f"{_WITHIN[noun][part]}: is needed beside the others")
        return None if missing else noun(**own)

    def _in_order(self, values: Mapping[str, Any]) -> None:
        low, high = values.get("low"), values.get("high")
        if low is not None and high is not None and low > high:
            self.errors.setdefault("high", f"at most: {high} is less than {low}, the least")
        time = values.get("time")
        if time and time.start and time.end and time.end[: len(time.start)] < time.start[: len(time.end)]:
            self.errors.setdefault("time.end", f"last day: {time.end} is before the first, {time.start}")


def _with(voice: Voice, part: str, words: str | None) -> Voice:
    """A voice with other words for its cue or channel; where they are as shown, as it was."""
    own = getattr(voice, part)
    return voice if plain(own or "") == (words or "") else msgspec.structs.replace(voice, **{part: words})


def _inner(held: Any, own: Mapping[str, Any]) -> dict[str, Any]:
    return {part: getattr(held, part, None) for part in own}


def _kept(name: str, held: tuple[Any, ...], field: str, times: int) -> Any:
    """The one of that name as it was; of several, the one that comes after so many."""
    alike = [one for one in held if plain(getattr(one, field)) == name]
    return alike[times] if times < len(alike) else None


def _day_of(held: Any) -> dt.date | None:
    return dt.date.fromisoformat(held) if isinstance(held, str) and len(held) == len("2022-02-20") else None
