"""From degrees to places in a picture: equirectangular, with degrees east narrowed as in the map's middle."""

from __future__ import annotations

import math
from dataclasses import dataclass

from trucewatch.model import Box, Spot

WIDTH = 720.0
"""The width of the picture, in its own units."""
_TALLEST, _FLATTEST = 1.25, 0.4  # heights of a picture for its width


@dataclass(frozen=True)
class Projection:
    """A part of the world as a picture: x to the right, y down."""

    bounds: Box

    @property
    def height(self) -> float:
        """The height of the picture."""
        _, south, _, north = self.bounds
        return (north - south) * self._scale

    @property
    def _scale(self) -> float:
        """Units to a degree north."""
        west, _, east, _ = self.bounds
        return WIDTH / ((east - west) * self._narrowed)

    @property
    def _narrowed(self) -> float:
        _, south, _, north = self.bounds
        return math.cos(math.radians((south + north) / 2))

    def place(self, spot: Spot) -> tuple[float, float]:
        """Where a place lies in the picture."""
        west, _, _, north = self.bounds
        east, up = spot
        return (east - west) * self._narrowed * self._scale, (north - up) * self._scale

    def shows(self, spot: Spot) -> bool:
        """Whether a place lies within the picture."""
        west, south, east, north = self.bounds
        return west <= spot[0] <= east and south <= spot[1] <= north


def fitted(bounds: Box) -> Projection:
    """The projection of a part of the world, enlarged around its middle where it is too tall or too flat.

    >>> fitted((36.0, 46.0, 41.0, 50.0)).place((36.0, 50.0))
    (0.0, 0.0)
    """
    plain = Projection(bounds)
    wide = max(1.0, plain.height / (WIDTH * _TALLEST))
    tall = max(1.0, WIDTH * _FLATTEST / plain.height)
    west, south, east, north = bounds
    across, up = (east - west) * (wide - 1) / 2, (north - south) * (tall - 1) / 2
    return Projection((west - across, south - up, east + across, north + up))
