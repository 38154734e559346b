"""The settings: one list, each with its default, the environment variable that changes it, and help."""

from __future__ import annotations

import os

from trucewatch.model import Noun


class Setting(Noun, frozen=True, kw_only=True):
    """One setting. An option of the command line comes first, then the environment, then the default."""

    name: str
    variable: str
    default: str
    help: str

    @property
    def value(self) -> str:
        """The value from the environment, or the default."""
        return os.environ.get(self.variable) or self.default


LEDGER = Setting(
    name="ledger",
    variable="TRUCEWATCH_LEDGER",
    default="trucewatch.db",
    help="The ledger's file.",
)

TILES = Setting(
    name="tiles",
    variable="TRUCEWATCH_TILES",
    default="",
    help="The address of map tiles, such as https://tiles.example.org/{z}/{x}/{y}.png: readers' browsers load"
    " them from there, and its host learns which region they look at.",
)
TILES_BY = Setting(
    name="tiles-by",
    variable="TRUCEWATCH_TILES_BY",
    default="",
    help="Whose the tiles are, as their licence asks it to be said.",
)

SETTINGS = (LEDGER, TILES, TILES_BY)
