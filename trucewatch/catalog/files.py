"""Reading the catalog's YAML: strict, and every message names file and field."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from trucewatch.errors import CatalogError

T = TypeVar("T")


def decode(path: Path, into: type[T]) -> T:
    """A YAML file as a struct. CatalogError names the file, and the field or line that is wrong."""
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=into)
    except OSError as error:
        raise CatalogError(f"{path}: cannot be read: {error.strerror}") from error
    except msgspec.ValidationError as error:
        raise CatalogError(f"{path}: {_plain(str(error))}") from error
    except (msgspec.DecodeError, yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogError(f"{path}: is no YAML: {error}") from error


def _plain(message: str) -> str:
    """Msgspec's message with the field first: ``parties[2].side: Expected `str`, got `int` ``."""
    what, _, where = message.partition(" - at `")
    return f"{where.removesuffix('`').removeprefix('$.')}: {what}" if where else what
