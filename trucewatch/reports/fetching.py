"""Fetch: from the name of a source to its reports, whatever kind of source it is."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

from trucewatch.model import Issue, Report
from trucewatch.reports.feeds import read_feed, read_feed_file
from trucewatch.reports.files import (
    PAGE,
    SIDECAR,
    TEXT,
    read_page_file,
    read_sidecar_file,
    read_text_file,
    read_whole,
)
from trucewatch.reports.limits import REPORT_LIMIT
from trucewatch.reports.lines import read_lines, read_lines_file, read_packed_lines_file

Reader = Callable[[Path, str], Iterator[Report | Issue]]

READERS: dict[str, Reader] = {
    ".txt": read_text_file,
    ".html": read_page_file,
    ".htm": read_page_file,
    ".xml": read_feed_file,
    ".rss": read_feed_file,
    ".atom": read_feed_file,
    ".jsonl": read_lines_file,
    ".jsonl.gz": read_packed_lines_file,
}
"""How each kind of file is read, by the end of its name. A reader is given the path and how to call it."""

STANDARD_INPUT = "-"
_SNIFFED = 4096
_FEED_STARTS = (b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"\xff\xfe<", b"\xfe\xff\0<")


def fetch(source: str | Path, *, stdin: io.BufferedIOBase | None = None) -> Iterator[Report | Issue]:
    """The reports of a file, a folder (with those below it) or ``-``, and what could not be read.

    Both come in the order of the source, as they are found: nothing is held back, and an
    :class:`Issue` never stops the reports after it. In a folder, files of other kinds, and what
    begins with a dot, are passed over. ``stdin`` stands in for standard input.
    """
    if str(source) == STANDARD_INPUT:
        return _fetch_stream(stdin or cast(io.BufferedIOBase, sys.stdin.buffer))
    path = Path(source)
    return _fetch_folder(path) if path.is_dir() else _fetch_file(path)


def kinds() -> str:
    """The ends of names that are read, for messages."""
    return ", ".join(READERS)


def _fetch_file(path: Path) -> Iterator[Report | Issue]:
    origin = _shown(path)
    reader = _reader(path)
    try:
        if not path.exists():
            yield Issue(origin=origin, message="there is no such file or folder")
        elif not path.is_file():
            yield Issue(origin=origin, message="is neither a file nor a folder")
        elif reader is None:
            yield Issue(origin=origin, message=f"is of a kind that is not read; the kinds are {kinds()}")
        else:
            yield from reader(path, origin)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        yield Issue(origin=origin, message=f"cannot be read: {reason}")


def _fetch_folder(folder: Path) -> Iterator[Report | Issue]:
    closed: list[OSError] = []
    paths = sorted(_files(folder, closed))
    for error in closed:
        yield Issue(origin=_shown(Path(error.filename)), message=f"cannot be read: {error.strerror}")
    for path in paths:
        yield from _fetch_file(path)
    if not closed and all(path.name.endswith(SIDECAR) for path in paths) and not _tells(paths):
        message = f"is a folder without reports; files are read whose names end in {kinds()}"
        yield Issue(origin=_shown(folder), message=message)


def _tells(sidecars: Sequence[Path]) -> bool:
    """Whether one of some sidecars stands for a report by itself."""
    return any(True for path in sidecars for _ in _fetch_file(path))


def _files(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    for at, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = (Path(at, name) for name in names if not name.startswith("."))
        yield from (path for path in paths if _reader(path) and (path.is_file() or path.is_symlink()))


def _reader(path: Path) -> Reader | None:
    name = path.name.lower()
    if name.endswith(SIDECAR):
        return read_sidecar_file
    return next((reader for suffix, reader in READERS.items() if name.endswith(suffix)), None)


def _fetch_stream(stream: io.BufferedIOBase) -> Iterator[Report | Issue]:
    origin = "standard input"
    start = stream.read1(_SNIFFED)
    looks = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    whole = _Rest(start, stream)
    if looks.startswith(b"{"):
        yield from read_lines(io.BufferedReader(whole), origin)
        return
    data = io.BufferedReader(whole).read(REPORT_LIMIT + 1)
    if looks.startswith((b"<!doctype html", b"<html")):
        yield from read_whole(data, origin, PAGE)
    elif looks.startswith(_FEED_STARTS):
        yield from read_feed(data, origin)
    else:
        yield from read_whole(data, origin, TEXT)


class _Rest(io.RawIOBase):
    """A stream with some bytes put back at its start."""

    def __init__(self, start: bytes, stream: io.BufferedIOBase) -> None:
        self._pieces = chain([start], iter(lambda: stream.read1(2**16), b""))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._left = self._left or next((piece for piece in self._pieces if piece), b"")
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _shown(path: Path) -> str:
    """A path as it can be printed: bytes in a name that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")
