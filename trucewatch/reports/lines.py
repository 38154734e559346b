"""JSON Lines, also packed by gzip: one report per line.

A line has ``id``, ``publisher``, ``published``, ``title`` and ``text``, and may have ``language``
and ``url``; only ``text`` must be there. ``"withdrawn": "2022-02-21"`` (or true) says that the publisher
took the report of that ``id`` back, and needs no text.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from trucewatch.model import Issue, Report
from trucewatch.reports.details import Details, as_report, details, withdrawal
from trucewatch.reports.encoding import NoTextError, refuse_nul
from trucewatch.reports.limits import REPORT_LIMIT, size

LINE = "application/json"
_BOMB_FLOOR = 64 * 2**20  # bytes unpacked before the ratio is looked at
_BOMB_RATIO = 200  # text packs 3 to 20 times, gzip's most is about 1,030 times
_MOST_BLANK = 100_000  # empty lines in a row
_CHUNK = 2**20


def read_lines(stream: BinaryIO, origin: str) -> Iterator[Report | Issue]:
    """The reports of a stream of JSON Lines, one after another; a line is never held beyond its turn."""
    number = 0
    some = False
    try:
        for number, line in enumerate(_lines(stream), start=1):
            for found in _read(line, f"{origin}:{number}", first=number == 1):
                some = True
                yield found
    except (OSError, EOFError, zlib.error) as error:
        yield Issue(origin=f"{origin}:{number + 1}", message=f"cannot be read from here on: {error}")
    else:
        if not some:
            yield Issue(origin=origin, message="is empty")


def read_lines_file(path: Path, origin: str) -> Iterator[Report | Issue]:
    """The reports of a ``.jsonl`` file."""
    with path.open("rb") as stream:
        yield from read_lines(stream, origin)


def read_packed_lines_file(path: Path, origin: str) -> Iterator[Report | Issue]:
    """The reports of a ``.jsonl.gz`` file, unpacked as they are read."""
    with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as unpacked:
        yield from read_lines(io.BufferedReader(_Unpacking(unpacked, packed)), origin)


class _Unpacking(io.RawIOBase):
    """An unpacked stream that stops where little input yields absurdly much output."""

    def __init__(self, unpacked: gzip.GzipFile, packed: BinaryIO) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._unpacked.read(len(buffer))
        self._count += len(data)
        if self._count > _BOMB_FLOOR and self._count > _BOMB_RATIO * self._packed.tell():
            raise OSError(f"unpacks to more than {_BOMB_RATIO} times its size")
        buffer[: len(data)] = data
        return len(data)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Each line; None for one beyond the limit, which is passed over in pieces."""
    blank = 0
    while line := stream.readline(REPORT_LIMIT + 1):
        blank = blank + 1 if line.isspace() else 0
        if blank > _MOST_BLANK:
            raise OSError(f"there are more than {_MOST_BLANK:,} empty lines in a row")
        if len(line) <= REPORT_LIMIT:
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(_CHUNK)):
            pass
        yield None


def _read(line: bytes | None, origin: str, *, first: bool) -> Iterator[Report | Issue]:
    if line is None:
        yield Issue(origin=origin, message=f"is longer than {size(REPORT_LIMIT)}, the most for one report")
        return
    data = line.removeprefix(codecs.BOM_UTF8 if first else b"").strip(b"\r\n")
    if data.strip():
        yield from _report(data, origin)


def _report(data: bytes, origin: str) -> Iterator[Report | Issue]:
    try:
        given = parse_line(data)
        told = details(given)
        if "text" in given or not told.withdrawn:
            text_of(given)
    except NoTextError as error:
        yield Issue(origin=origin, message=str(error))
        return
    yield from (Issue(origin=origin, message=doubt, level="warning") for doubt in told.doubts)
    if "text" in given:
        yield as_report(data, origin, LINE, told)
    if told.withdrawn:
        yield _withdrawal(data, given, origin, told)


def _withdrawal(data: bytes, given: dict[str, object], origin: str, told: Details) -> Report | Issue:
    """The notice is the line without its text, which is the report itself."""
    if not told.id:
        return Issue(origin=origin, message="is withdrawn but has no 'id': which report was it?")
    without = {name: value for name, value in given.items() if name != "text"}
    notice = msgspec.json.encode(without, order="sorted") if "text" in given else data
    return withdrawal(notice, origin, LINE, told)


def parse_line(data: bytes) -> dict[str, object]:
    """The object on a line. Raises :class:`NoTextError`."""
    try:
        given = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NoTextError(f"is no JSON: {error}") from error
    if not isinstance(given, dict):
        raise NoTextError("is no JSON object")
    return given


def text_of(given: dict[str, object]) -> str:
    """The ``text`` of such an object. Raises :class:`NoTextError`."""
    text = given.get("text")
    if not isinstance(text, str):
        raise NoTextError("has no 'text'")
    if not text.strip():
        raise NoTextError("has an empty 'text'")
    refuse_nul(text)
    return text
