"""Reading the catalog's YAML: strict, and every message names file and field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from trucewatch.errors import CatalogError

T = TypeVar("T")
_Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LIMIT = 2**20  # bytes
_DEPTH, _ALIASES = 20, 24


class _Strict(_Fast):  # type: ignore[misc, valid-type]
    """YAML in which a key that stands twice is a mistake, not a silent overwriting."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [key.value for key, _ in node.value]
        for key, (at, _) in zip(keys, node.value, strict=True):
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", at.start_mark)
        return dict(super().construct_mapping(node, deep=deep))


def decode(path: Path, into: type[T]) -> T:
    """A YAML file as a struct. CatalogError names the file, and the field or line that is wrong."""
    try:
        data = path.read_bytes()
        _refuse_bombs(path, data)
        loaded = yaml.load(data, Loader=_Strict)  # noqa: S506 (a safe loader)
        return msgspec.convert(loaded, into, builtin_types=(dt.date, dt.datetime))
    except OSError as error:
        raise CatalogError(f"{path}: cannot be read: {error.strerror}") from error
    except msgspec.ValidationError as error:
        raise CatalogError(f"{path}: {_plain(str(error))}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogError(f"{path}: is no YAML: {error}") from error


def _refuse_bombs(path: Path, data: bytes) -> None:
    """Raise CatalogError for YAML of which little text makes much, or too deep for the loader."""
    if len(data) > _LIMIT:
        raise CatalogError(f"{path}: has {len(data):,} bytes; the most is {_LIMIT:,}")
    depth = aliases = 0
    for event in yaml.parse(data, Loader=_Fast):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEPTH or aliases > _ALIASES:
            nested = f"is nested deeper than {_DEPTH} levels, or has over {_ALIASES} aliases (*name)"
            raise CatalogError(f"{path}: {nested}")


def _plain(message: str) -> str:
    """Msgspec's message with the field first: ``parties[2].side: Expected `str`, got `int` ``."""
    what, _, where = message.partition(" - at `")
    return f"{where.removesuffix('`').removeprefix('$.')}: {what}" if where else what
