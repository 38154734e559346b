"""Tables and mappings for tests: a valley that does not exist, counted by a watch that does not exist."""

from __future__ import annotations

from pathlib import Path

from trucewatch import tables
from trucewatch.model import AnyClaim, Count, Incident, Issue, Reading

VALLEY = """
id: valley
name: Valley Watch
publisher: Valley Watch
report: {id: [nr]}
counts:
  - measure: killed
    figure: {column: dead}
"""


def mapping(folder: Path, text: str) -> tables.Mapping:
    """A mapping read as a user's file is."""
    path = folder / "mapping.yml"
    path.write_text(text, encoding="utf-8")
    return tables.load(path)


def table(folder: Path, text: str | bytes, name: str = "table.csv") -> Path:
    """A file with a table."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def read(
    folder: Path, rows: str | bytes, by: str = VALLEY, name: str = "table.csv"
) -> tuple[list[Reading], list[Issue]]:
    """The readings and the issues of a table."""
    met = list(tables.read(table(folder, rows, name), mapping(folder, by)))
    readings = [one for one in met if isinstance(one, Reading)]
    return readings, [one for one in met if isinstance(one, Issue)]


def claims(readings: list[Reading]) -> list[AnyClaim]:
    """All claims of some readings."""
    return [claim for reading in readings for claim in reading.claims]


def counts(readings: list[Reading]) -> list[Count]:
    """The counts among them."""
    return [claim for claim in claims(readings) if isinstance(claim, Count)]


def incidents(readings: list[Reading]) -> list[Incident]:
    """The incidents among them."""
    return [claim for claim in claims(readings) if isinstance(claim, Incident)]


def bounds(readings: list[Reading]) -> list[tuple[object, object]]:
    """The bounds of all counts."""
    return [(count.low, count.high) for count in counts(readings)]


def words(reading: Reading) -> list[str]:
    """The words that the claims of a reading stand on."""
    return [reading.document.words(claim.evidence) for claim in reading.claims]
