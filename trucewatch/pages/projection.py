"""From degrees to places in a picture: equirectangular, with degrees east narrowed as in the map's middle.

Beneath tiles it is Web Mercator, as tiles are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

from trucewatch.model import Box, Spot

WIDTH = 720.0
"""The width of the picture, in its own units."""
_TALLEST, _FLATTEST = 1.25, 0.4  # heights of a picture for its width
_POLE = 85.05  # degrees north and south at which the square world of Web Mercator ends


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

    def enlarged(self, *, wide: float, tall: float) -> Self:
        """The same around its middle, so many times as wide and as tall."""
        west, south, east, north = self.bounds
        across, up = (east - west) * (wide - 1) / 2, (north - south) * (tall - 1) / 2
        return type(self)((west - across, south - up, east + across, north + up))


@dataclass(frozen=True)
class Mercator(Projection):
    """The same in Web Mercator."""

    @property
    def height(self) -> float:
        """The height of the picture."""
        return self.from_top(self.bounds[1]) - self.from_top(self.bounds[3])

    @property
    def _radius(self) -> float:
        west, _, east, _ = self.bounds
        return WIDTH / math.radians(east - west)

    def from_top(self, up: float) -> float:
        """How far a latitude lies beneath the upper edge of the square world, in the picture's units."""
        return self._radius * (math.pi - _stretched(up))

    def place(self, spot: Spot) -> tuple[float, float]:
        """Where a place lies in the picture."""
        west, _, _, north = self.bounds
        return math.radians(spot[0] - west) * self._radius, self.from_top(spot[1]) - self.from_top(north)

    def enlarged(self, *, wide: float, tall: float) -> Self:
        """The same around its middle, so many times as wide and as tall, as far as the world reaches."""
        west, south, east, north = self.bounds
        across, low, high = (east - west) * (wide - 1) / 2, _stretched(south), _stretched(north)
        up = (high - low) * (tall - 1) / 2
        return type(self)((west - across, _latitude(low - up), east + across, _latitude(high + up)))


def _stretched(up: float) -> float:
    """Where a latitude lies on Mercator's cylinder, from -pi to pi."""
    return math.asinh(math.tan(math.radians(max(-_POLE, min(_POLE, up)))))


def _latitude(stretched: float) -> float:
    return math.degrees(math.atan(math.sinh(stretched)))


def fitted(bounds: Box, *, kind: type[Projection] = Projection) -> Projection:
    """The projection of a part of the world, enlarged around its middle where it is too tall or too flat.

    >>> fitted((36.0, 46.0, 41.0, 50.0)).place((36.0, 50.0))
    (0.0, 0.0)
    """
    plain = kind(bounds)
    return plain.enlarged(
        wide=max(1.0, plain.height / (WIDTH * _TALLEST)), tall=max(1.0, WIDTH * _FLATTEST / plain.height)
    )
