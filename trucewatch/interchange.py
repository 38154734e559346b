"""The forms in which readings leave the program and claims of others come in: one JSON object per line.

Out: a report with its claims, or with its annotations. In: a report with the claims that somebody
else read from it. Names and values of the claims are those of the model.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from trucewatch.model import (
    ActorMention,
    Annotation,
    Annotations,
    AnyClaim,
    Attribution,
    Claim,
    Commitment,
    Contact,
    Count,
    DateMention,
    Document,
    Incident,
    Issue,
    PlaceMention,
    Posture,
    Quantity,
    Reading,
    Report,
    Statement,
    digest,
)
from trucewatch.model.checks import faults, identify

_KINDS: dict[Any, type[Claim]] = {
    kind.__struct_config__.tag: kind for kind in (Statement, Contact, Commitment, Count, Posture, Incident)
}


class ClaimError(ValueError):
    """A given claim is not of the form; the message names field and fault."""


# --- out -----------------------------------------------------------------------------------------


def claims_line(reading: Reading) -> bytes:
    """A report with its claims of the six kinds, as one line of JSON. What a report does not tell is null."""
    report = reading.document.report
    told = {
        "id": report.id,
        "publisher": report.publisher,
        "published": report.published,
        "title": report.title or None,
        "language": reading.document.language,
    }
    claims = [claim for claim in reading.claims if claim.kind in _KINDS]
    return _line({"report": told, "claims": claims})


def annotations_line(reading: Reading) -> bytes:
    """A report's id with the marks on its text, in the order of the text, as one line of JSON."""
    found = reading.annotations
    groups: tuple[tuple[Annotation, ...], ...] = (
        found.attributions,
        found.actors,
        found.places,
        found.dates,
        found.durations,
        found.quantities,
    )
    marks = sorted((mark for group in groups for mark in group), key=lambda mark: mark.span)
    written = [fields for mark in marks for fields in _fields(mark)]
    return _line({"report": {"id": reading.document.report.id}, "annotations": written})


def _line(content: object) -> bytes:
    """One line; half characters, which JSON Lines in UTF-8 cannot hold, are written as escapes."""
    try:
        return msgspec.json.encode(content) + b"\n"
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(content)).encode() + b"\n"


def _fields(mark: Annotation) -> Iterator[dict[str, object]]:
    """A mark in the written form. A mention of several actors is written once for each of them."""
    common = {
        "label": mark.__struct_config__.tag,
        "span": mark.span,
        "annotator": mark.annotator,
        "score": mark.score,
    }
    match mark:
        case Attribution():
            yield common | {"source": mark.source, "cue": mark.cue, "content": mark.content}
        case ActorMention(actors=()):
            yield common | _told(mark, "entity", "metonymic")
        case ActorMention():
            for actor in mark.actors:
                yield (
                    common
                    | _told(actor, "name", "type", "country", "id")
                    | _told(mark, "entity", "metonymic")
                )
        case PlaceMention():
            yield common | _told(mark, "name", "country", "lat", "lon", "precision")
        case DateMention():
            yield common | _told(mark, "value", "start", "end")
        case Quantity():
            yield common | _told(mark, "low", "high", "approximate", "change", "unit")
        case _:
            yield common | _told(mark, "value")


def _told(noun: object, *names: str) -> dict[str, object]:
    return {name: value for name in names if (value := getattr(noun, name)) is not None}


# --- in ------------------------------------------------------------------------------------------


def given(lines: Iterable[bytes], *, name: str) -> Iterator[Reading | Issue]:
    """Readings from lines of claims that others made; an Issue for each line or claim that is wrong.

    ``name`` is the file's name, for messages and for the reader of the claims (``given: NAME``).
    A report may bring its ``text``; without one its document is empty and evidence cannot be shown.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield from _given_line(line.removeprefix(b"\xef\xbb\xbf"), f"{name} line {number}", name)


def _given_line(line: bytes, place: str, name: str) -> Iterator[Reading | Issue]:
    try:
        told, claims = _parts(msgspec.json.decode(line))
        report, text, doubt = _report(told, place)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Issue(origin=place, message=f"is no JSON: {error}")
        return
    except ClaimError as error:
        yield Issue(origin=place, message=str(error))
        return
    if doubt:
        yield Issue(origin=place, message=doubt, level="warning")
    kept: list[AnyClaim] = []
    for number, raw in enumerate(claims, start=1):
        here = f"{place}, claim {number}"
        try:
            claim, unknown = _claim(raw, text)
        except ClaimError as error:
            yield Issue(origin=here, message=str(error))
            continue
        if unknown:
            message = f"fields that are not known were left out: {', '.join(unknown)}"
            yield Issue(origin=here, message=message, level="warning")
        kept.append(claim if claim.reader else msgspec.structs.replace(claim, reader=f"given: {name}"))
    yield Reading(
        document=_document(report, text), annotations=Annotations(), claims=_identified(kept, report.id)
    )


def _parts(content: object) -> tuple[dict[str, Any], list[Any]]:
    if not isinstance(content, dict) or not isinstance(content.get("report"), dict):
        raise ClaimError('report: is missing; a line is {"report": {"id": ...}, "claims": [...]}')
    if not isinstance(content.get("claims"), list):
        raise ClaimError("claims: is missing; a list of claims, which may be empty, is wanted")
    return content["report"], content["claims"]


def _report(told: dict[str, Any], place: str) -> tuple[Report, str, str | None]:
    """The report of a line, its text, and what is doubtful about it."""
    for field in ("id", "publisher", "title", "language", "text", "url"):
        if not isinstance(told.get(field), str | None):
            raise ClaimError(f"report.{field}: {told[field]!r} is no text")
    if not told.get("id"):
        raise ClaimError("report.id: is missing")
    text = told.get("text") or ""
    published, doubt = _published(told.get("published"))
    data = text.encode() if text else msgspec.json.encode(told, order="sorted")
    report = Report(
        id=told["id"],
        data=data,
        media_type="text/plain" if text else "application/json",
        origin=place,
        sha256=digest(data),
        publisher=told.get("publisher"),
        published=published,
        title=told.get("title") or "",
        language=told.get("language"),
        url=told.get("url"),
    )
    return report, text, doubt


def _published(value: object) -> tuple[dt.date | None, str | None]:
    if value is None or value == "":
        return None, None
    try:
        return dt.datetime.fromisoformat(str(value)).date(), None
    except ValueError:
        return None, f"report.published: {value!r} is no date; the report counts as undated"


def _document(report: Report, text: str) -> Document:
    return Document(
        report=report, text=text, language=report.language, paragraphs=(), sentences=(), quotations=()
    )


def _claim(raw: object, text: str) -> tuple[AnyClaim, list[str]]:
    """A given claim, and those of its fields that the model does not know. ClaimError names the field."""
    told = _without_nulls(raw) if isinstance(raw, dict) else {"kind": raw}
    kind = _KINDS.get(str(told.get("kind")))
    if kind is None:
        raise ClaimError(f"kind: {told.get('kind')!r} is none of {', '.join(map(str, _KINDS))}")
    try:
        claim: AnyClaim = msgspec.convert(told, AnyClaim)
    except msgspec.ValidationError as error:
        raise ClaimError(_plain(error, told, kind)) from error
    if fault := next(faults(claim, text=text), None):
        raise ClaimError(fault)
    return claim, sorted(told.keys() - {field.name for field in msgspec.structs.fields(kind)} - {"kind"})


def _without_nulls(value: Any) -> Any:
    """A null says what an absent field says."""
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    return value


def _plain(error: msgspec.ValidationError, told: dict[str, Any], kind: type[Claim]) -> str:
    """Msgspec's message with the field first; where a field takes certain words only, they are listed."""
    what, _, where = str(error).partition(" - at `")
    field = where.removesuffix("`").removeprefix("$.")
    if what.startswith("Invalid enum value") and field in told:
        return f"{field}: {told[field]!r} is none of {', '.join(_choices(kind, field))}"
    return f"{field}: {what}" if field else what


def _choices(kind: type[Claim], field: str) -> list[str]:
    """The words that a field takes."""
    known = get_type_hints(kind)[field]
    parts = get_args(known) if get_origin(known) is not Literal else (known,)
    return [str(word) for part in parts if get_origin(part) is Literal for word in get_args(part)]


def _identified(claims: list[AnyClaim], report_id: str) -> tuple[AnyClaim, ...]:
    """The claims under ids of our own making, which are hashes of content; ``part_of`` follows."""
    ours: dict[str, str] = {}
    named: dict[str, AnyClaim] = {}
    for claim in sorted(claims, key=lambda claim: getattr(claim, "part_of", None) is not None):
        whole = getattr(claim, "part_of", None)
        linked = msgspec.structs.replace(claim, part_of=ours.get(whole, whole)) if whole else claim
        key = identify(linked, report_id=report_id)
        if claim.id:
            ours[claim.id] = key
        named.setdefault(key, msgspec.structs.replace(linked, id=key))
    return tuple(sorted(named.values(), key=lambda claim: (claim.evidence, claim.kind, claim.id)))
