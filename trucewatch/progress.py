"""What a command tells on standard error: issues at once, and progress on a terminal."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from trucewatch.model import Issue, Reading, Report

_HANDFUL = 5  # so many reports are read without showing progress
_WIPE, _UP = "\r\x1b[2K", "\x1b[1A"  # empties the line of the terminal, goes to the one above


class Watch:
    """Tells of what is read: issues at once, and progress on a terminal after the first few reports."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.met = self.unread = 0
        self._stack = ExitStack()
        self._advance: Callable[[int], None] | None = None

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def tell(self, met: Reading | Report | Issue) -> None:
        """Take note of a report that was met, or of an issue."""
        from trucewatch.model import Issue
        from trucewatch.pipeline import is_unread

        self.unread += is_unread(met)
        if isinstance(met, Issue):
            warning = "" if met.level == "error" else "warning: "
            self._make_room()
            say(f"{met.origin}: {warning}{met.message}")
            return
        self.met += 1
        if self.met > _HANDFUL and _is_screen():
            self._show()

    def _show(self) -> None:
        if self._advance is None:
            self._advance = self._stack.enter_context(_progress(self.title))
        self._advance(self.met)

    def _make_room(self) -> None:
        if self._advance is not None:
            click.echo(_WIPE, err=True, nl=False)


def _is_screen() -> bool:
    """Whether standard error is a terminal on which a line can be written over."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int], None]]:
    """A line on standard error that counts reports, and is wiped away at the end."""
    start = time.monotonic()

    def told(reports: int | None) -> str | None:
        passed = dt.timedelta(seconds=int(time.monotonic() - start))
        return None if reports is None else f"{reports:,} reports  {passed}"

    with click.progressbar(count(), label=title, item_show_func=told, file=sys.stderr, width=20) as bar:
        yield lambda reports: bar.update(1, reports)
    click.echo(f"{_UP}{_WIPE}", err=True, nl=False)


def say(message: str) -> None:
    """One line on standard error that does nothing to a terminal."""
    from trucewatch.terminal import neutral

    click.echo(neutral(message).replace("\n", " "), err=True)
