"""How much is read at most."""

from __future__ import annotations

from pathlib import Path

REPORT_LIMIT = 20 * 2**20  # bytes of one report, one line or one feed
DETAILS_LIMIT = 2**20  # bytes of a sidecar


def size(count: int) -> str:
    """A number of bytes as people say it: ``size(52_428_800)`` is ``50.0 MiB``."""
    return f"{count / 2**20:.1f} MiB"


def too_big(path: Path, *, limit: int = REPORT_LIMIT) -> str | None:
    """Why a file is not read into memory, or None where it may be."""
    count = path.stat().st_size
    return f"has {size(count)}; the most for one report is {size(limit)}" if count > limit else None
