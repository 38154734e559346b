"""One report per file: plain text and HTML pages, with ``NAME.meta.json`` beside them where there is one.

A sidecar may say ``"withdrawn": "2022-02-21"`` (or true), also where the file itself is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from trucewatch.model import Issue, Report
from trucewatch.reports.details import Details, as_report, details, one_line, withdrawal
from trucewatch.reports.limits import DETAILS_LIMIT, REPORT_LIMIT, size, too_big

TEXT = "text/plain"
PAGE = "text/html"
SIDECAR = ".meta.json"


def read_text_file(path: Path, origin: str) -> Iterator[Report | Issue]:
    """The report of a ``.txt`` file."""
    return _with_sidecar(path, origin, TEXT)


def read_page_file(path: Path, origin: str) -> Iterator[Report | Issue]:
    """The report of an ``.html`` file."""
    return _with_sidecar(path, origin, PAGE)


def read_whole(data: bytes, origin: str, media_type: str) -> Iterator[Report | Issue]:
    """The one report that some bytes are, where nothing else is known: its id is their hash."""
    if fault := _fault(data):
        yield Issue(origin=origin, message=fault)
    else:
        yield as_report(data, origin, media_type, Details())


def _with_sidecar(path: Path, origin: str, media_type: str) -> Iterator[Report | Issue]:
    fault = too_big(path)
    data = b"" if fault else _read(path)
    if fault := fault or _fault(data):
        yield Issue(origin=origin, message=fault)
        return
    told, doubts = _sidecar(path)
    sidecar = origin.removesuffix(path.suffix) + SIDECAR
    yield from (Issue(origin=sidecar, message=doubt, level="warning") for doubt in doubts)
    name = one_line(path.name.removesuffix(path.suffix))
    yield as_report(data, origin, media_type, told, name=name)
    if told.withdrawn:
        yield _withdrawal(_beside(path), sidecar, told, name=name)


def read_sidecar_file(path: Path, origin: str) -> Iterator[Report | Issue]:
    """The withdrawal that a sidecar tells of where its report is not beside it (any more); else nothing."""
    stem = path.name.removesuffix(SIDECAR)
    if any(other.name.startswith(f"{stem}.") and other != path for other in path.parent.iterdir()):
        return
    told, doubts = _sidecar(path.with_name(f"{stem}.txt"))
    if told.withdrawn:
        yield from (Issue(origin=origin, message=doubt, level="warning") for doubt in doubts)
        yield _withdrawal(path, origin, told, name=one_line(stem))


def _withdrawal(sidecar: Path, origin: str, told: Details, *, name: str) -> Report:
    return withdrawal(sidecar.read_bytes(), origin, "application/json", told, name=name)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:  # a file may grow between the look at its size and the reading
        return stream.read(REPORT_LIMIT + 1)


def _fault(data: bytes) -> str | None:
    if len(data) > REPORT_LIMIT:
        return f"has more than {size(REPORT_LIMIT)}, the most for one report"
    return None if data.strip() else "is empty"


def _sidecar(path: Path) -> tuple[Details, tuple[str, ...]]:
    """The details beside a file, and what was wrong with them; without a sidecar nothing is."""
    beside = _beside(path)
    try:
        if not beside.is_file():
            return Details(), ()
        if fault := too_big(beside, limit=DETAILS_LIMIT):
            return Details(), (f"{fault}: the report is read without it",)
        given = msgspec.json.decode(beside.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        return Details(), (f"cannot be read ({error.strerror}): the report is read without it",)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Details(), ("is no JSON: the report is read without it",)
    inner = given.get("report", given) if isinstance(given, dict) else None
    if not isinstance(inner, dict):
        return Details(), ("is no JSON object: the report is read without it",)
    told = details(inner)
    return told, told.doubts


def _beside(path: Path) -> Path:
    """Where the sidecar of a file would be."""
    return path.with_name(path.name.removesuffix(path.suffix) + SIDECAR)
