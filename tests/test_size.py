"""The default install stays small: its libraries, and the program with its weights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest

import trucewatch

ROOT = Path(__file__).resolve().parents[1]
MOST = 250  # MB, each of 2 ** 20 bytes, as `du -m` counts
LOCKED = re.compile(r"^([\w.-]+)==", re.MULTILINE)
CACHE = ".pyc"  # what Python writes beside a module that is used


def megabytes(paths: Iterator[Path]) -> float:
    """The sum of the sizes of files, without Python's cache."""
    return sum(path.stat().st_size for path in paths if path.suffix != CACHE) / 2**20


def locked() -> list[str]:
    """The distributions of the default install."""
    return LOCKED.findall((ROOT / "requirements.txt").read_text(encoding="utf8"))


def files(name: str) -> Iterator[Path]:
    """The files of an installed distribution that its own record names."""
    record = distribution(name).files
    assert record, f"{name} has no record of its files"
    return (Path(str(file.locate())) for file in record)


def program() -> Iterator[Path]:
    """The files of the package itself, its weights among them."""
    return (path for path in Path(trucewatch.__path__[0]).rglob("*") if path.is_file())


def test_the_default_install_is_under_the_most_it_may_be() -> None:
    sizes = {name: megabytes(files(name)) for name in locked()} | {"trucewatch": megabytes(program())}
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:8]
    assert sum(sizes.values()) <= MOST, f"{sum(sizes.values()):.0f} MB, of it {largest}"


def test_what_is_measured_is_the_whole_of_it() -> None:
    assert {"numpy", "onnxruntime", "trafilatura", "babel"} <= set(locked())
    assert megabytes(files("onnxruntime")) > 50
    assert megabytes(path for path in program() if path.parent.name == "weights") > 5


@pytest.mark.parametrize("name", ["torch", "tokenizers", "huggingface-hub", "rich", "transformers"])
def test_nothing_large_that_nobody_needs_is_locked(name: str) -> None:
    assert name not in locked()
