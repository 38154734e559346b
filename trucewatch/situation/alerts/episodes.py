"""Episodes: alarms that belong together are one alert, told when it is raised and again when it gets worse.

An alarm raises an alert if there was none in the ``cool_down`` days before; else it belongs to theirs. It
gets worse when an alarm is further beyond its bound than all of those days, by a quarter at least. Both look
back at the cool-down alone, so what comes later changes nothing of what was told.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trucewatch.situation.alerts.distributions import Array

WORSE = 1.25


class Episode(NamedTuple):
    """One alert by the places of its evenings: raised, told last (raised or got worse), alarmed last."""

    raised: int
    told: int
    last: int


def episodes(alarms: NDArray[np.bool_], severity: Array, *, cool_down: int) -> list[Episode]:
    """The alerts that the alarms of one series make.

    >>> alarms = np.array([True, False, True, True])
    >>> episodes(alarms, np.array([1.2, 0.3, 1.1, 2.0]), cool_down=2)
    [Episode(raised=0, told=3, last=3)]
    """
    found: list[Episode] = []
    places = [int(place) for place in np.flatnonzero(alarms)]
    for place in places:
        lately = [severity[one] for one in places if place - cool_down <= one < place]
        if not lately:
            found.append(Episode(place, place, place))
        elif severity[place] >= WORSE * max(lately):
            found[-1] = Episode(found[-1].raised, place, place)
        else:
            found[-1] = found[-1]._replace(last=place)
    return found
