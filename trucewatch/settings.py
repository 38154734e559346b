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

SETTINGS = (LEDGER,)
