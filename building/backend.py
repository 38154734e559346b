"""The package's build (PEP 517): flit's, with the islands built first where there are none yet.

An editable install builds nothing: the pages show without islands, and ``make islands`` builds them.
"""

from __future__ import annotations

from typing import Any

from flit_core import buildapi
from flit_core.buildapi import (
    build_editable,
    get_requires_for_build_editable,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

from islands import NODE, build, has_node

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

Settings = dict[str, Any] | None


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """What flit needs, and node where the system has none."""
    return [*buildapi.get_requires_for_build_wheel(config_settings), *_node()]


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """The same for the source distribution."""
    return [*buildapi.get_requires_for_build_sdist(config_settings), *_node()]


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Flit's wheel, with the islands."""
    build()
    return buildapi.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Flit's source distribution, with the islands and their sources."""
    build()
    return buildapi.build_sdist(sdist_directory, config_settings)


def _node() -> list[str]:
    return [] if has_node() else [NODE]
