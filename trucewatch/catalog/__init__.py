"""What is given: ceasefires and vocabulary, as YAML under git with citations.

>>> ceasefire("donbas-2020").counters[0].cutoff
'19:30'
"""

from __future__ import annotations

import difflib
import functools
from pathlib import Path

from trucewatch.catalog.checks import faults
from trucewatch.catalog.files import decode
from trucewatch.catalog.words import Name, Office, Vocabulary, vocabulary
from trucewatch.errors import CatalogError, UnknownCeasefireError
from trucewatch.model import Ceasefire

__all__ = ["Name", "Office", "Vocabulary", "ceasefire", "ceasefires", "load", "vocabulary"]

FOLDER = Path(__file__).parent / "ceasefires"
_SUFFIXES = (".yml", ".yaml")


def ceasefires() -> list[str]:
    """The names of the ceasefires in the catalog."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def ceasefire(name: str) -> Ceasefire:
    """A ceasefire of the catalog by its name, or of a user's own file where ``name`` ends in ``.yml``.

    UnknownCeasefireError names those there are; CatalogError says what is wrong with a file.
    """
    if name.endswith(_SUFFIXES):
        return load(name)
    if name not in ceasefires():
        raise UnknownCeasefireError(_unknown(name))
    return _shipped(name)


@functools.cache
def _shipped(name: str) -> Ceasefire:
    return load(FOLDER / f"{name}.yml")


def load(path: Path | str) -> Ceasefire:
    """A ceasefire from a YAML file, checked. CatalogError names the file and every field that is wrong."""
    path = Path(path)
    given = decode(path, Ceasefire)
    wrong = list(faults(given))
    if wrong:
        raise CatalogError("\n".join(f"{path}: {fault}" for fault in wrong))
    return given


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, ceasefires(), n=1, cutoff=0.4)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return (
        f"The catalog has no ceasefire {name!r}.{hint} It has: {', '.join(ceasefires())}; "
        "a file of your own is given by its path, ending in .yml."
    )
