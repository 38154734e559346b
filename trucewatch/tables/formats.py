"""Which mapping a table has: the user's own, or one of the catalog whose columns it has."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import trucewatch.catalog
from trucewatch.catalog.files import decode
from trucewatch.errors import CatalogError, ReportError
from trucewatch.reports.files import SIDECAR
from trucewatch.tables.checks import faults
from trucewatch.tables.mapping import Mapping
from trucewatch.tables.reading import missing
from trucewatch.tables.rows import TableError, open_table

FOLDER = Path(trucewatch.catalog.__file__).parent / "tables"
ENDINGS = (".csv", ".tsv", ".json")
_SHOWN = 60  # columns in a message


def is_table(path: Path) -> bool:
    """Whether a file may be a table, by the end of its name; the sidecar of a report is none."""
    name = path.name.lower()
    return name.endswith(ENDINGS) and not name.endswith(SIDECAR) and path.is_file()


def within(source: Path) -> list[Path]:
    """The tables of a source: the file itself, or the CSV files of a folder that are recognised."""
    if not source.is_dir():
        return [source] if is_table(source) else []
    found = [Path(at, name) for at, _, names in os.walk(source) for name in names]
    files = (path for path in found if path.suffix.lower() == ".csv" and not _is_hidden(path, source))
    return sorted(path for path in files if _is_recognised(path))


def _is_hidden(path: Path, source: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(source).parts)


def _is_recognised(path: Path) -> bool:
    try:
        return path.is_file() and recognise(path) is not None
    except (TableError, OSError):
        return False


def load(path: Path | str) -> Mapping:
    """A mapping from a YAML file, checked. CatalogError names the file and every field that is wrong."""
    path = Path(path)
    mapping = decode(path, Mapping)
    if wrong := list(faults(mapping)):
        raise CatalogError("\n".join(f"{path}: {fault}" for fault in wrong))
    return mapping


@functools.cache
def formats() -> tuple[Mapping, ...]:
    """The mappings of the catalog, in the order of their ids."""
    return tuple(load(path) for path in sorted(FOLDER.glob("*.yml")))


def recognise(path: Path) -> Mapping | None:
    """The mapping of the catalog whose columns a table has; the one with most columns where several fit."""
    columns = open_table(path).columns
    fitting = [mapping for mapping in formats() if not missing(mapping, columns)]
    return max(fitting, key=lambda mapping: len(mapping.columns), default=None)


def mapping_of(path: Path) -> Mapping:
    """The mapping of the catalog for a table. ReportError says which formats are known where none fits."""
    try:
        found = recognise(path)
        columns = open_table(path).columns if found is None else ()
    except (TableError, OSError) as error:
        raise ReportError(f"{path}: {error}") from error
    if found is None:
        raise ReportError(f"{path}: {_unknown(columns)}")
    return found


def _unknown(columns: tuple[str, ...]) -> str:
    shown = ", ".join(columns[:_SHOWN]) + (", ..." if len(columns) > _SHOWN else "")
    known = "; ".join(f"{mapping.name} (by {', '.join(mapping.columns)})" for mapping in formats())
    return (
        f"is a table of no format that is known, and none was given with --mapping. Its columns are {shown}."
        f" Known are: {known or 'none'}"
    )
