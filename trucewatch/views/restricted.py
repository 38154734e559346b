"""What kept the observers from observing on a day, in a sentence beside that day's count."""

from __future__ import annotations

from trucewatch.model import RestrictionType
from trucewatch.situation import Point, RestrictionState, Series, Situation
from trucewatch.views.phrases import count_of, day, names, plain, series, unquoted
from trucewatch.views.sitrep import Draft, claims

_KINDS: dict[RestrictionType, str] = {
    "access": "access refused or hindered",
    "jamming": "jamming of craft or signals",
    "camera": "cameras out of work",
    "delay": "delays",
    "mines": "mines or unexploded ordnance that kept them off",
    "other": "other impediments",
}


def restricted_in_words(situation: Situation, total: Series) -> list[Draft]:
    """A sentence on the restrictions of the latest daily figure's window; none where none is on file.

    Only for the monitoring body's own count: what it could not observe is not in it, so that a low count
    with many restrictions is not calm.
    """
    full = [point for point in total.daily if point.complete]
    found = [state for state in situation.restrictions if full and is_of(state, full[-1])]
    if not found or not situation.counters[total.counter].mechanism:
        return []
    told = [_told(kind, [s for s in found if s.type == kind]) for kind in _KINDS]
    many = count_of(len(found), "restriction")
    verb = "is" if len(found) == 1 else "are"
    when = day(full[-1].end)
    text = f"For {when}, {many} of the observers {verb} on file: {'; '.join(filter(None, told))}"
    return [Draft(text, claims(dict.fromkeys(name for state in found for name in state.claims)))]


def is_of(state: RestrictionState, point: Point) -> bool:
    """Whether a restriction is of a figure's window, or told of the day on which it ended."""
    return state.end == point.end and state.start in (point.start, point.end)


def _told(kind: RestrictionType, states: list[RestrictionState]) -> str:
    """ "Access refused or hindered (Korsun, Kreminets), attributed to armed formations"."""
    if not states:
        return ""
    places = list(dict.fromkeys(state.place for state in states if state.place))
    unplaced = ["place not named"] if places and any(not state.place for state in states) else []
    where = f" ({names([*places, *unplaced])})" if places else ""
    accused = series([unquoted(plain(name)) for state in states for name in state.by][:3])
    share = "" if all(state.by for state in states) else "in part "
    return f"{_KINDS[kind]}{where}" + (f", {share}attributed to {accused}" if accused else "")
