"""The situation report of a situation: its sections in their order."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from trucewatch.situation import Situation
from trucewatch.situation.corrections import Correction
from trucewatch.views.corrected import corrected
from trucewatch.views.disputed import disputed
from trucewatch.views.events import happened
from trucewatch.views.figures import figures
from trucewatch.views.keypoints import keypoints
from trucewatch.views.matters import due, missing
from trucewatch.views.phrases import day, plain
from trucewatch.views.since import since
from trucewatch.views.sitrep import Chapter, Desk, Sitrep, TextOf, bind
from trucewatch.views.statements import said
from trucewatch.views.sure import sure
from trucewatch.views.told import contacts

SECTIONS: tuple[Callable[[Desk], Chapter], ...] = (
    keypoints,
    since,
    figures,
    happened,
    contacts,
    said,
    due,
    disputed,
    corrected,
    missing,
)
"""The writers of the sections; docs/sitrep.md says why in this order."""


def compose(
    situation: Situation,
    *,
    text_of: TextOf,
    before: Situation | None = None,
    compared_with: str = "",
    corrections: Sequence[Correction] = (),
) -> Sitrep:
    """The situation report of a situation. ``text_of`` gives a report's text by its SHA-256.

    ``before`` is the situation that it is compared with, ``compared_with`` what that is called,
    ``corrections`` what became of reports since. Sections of
    sentences, each with the numbers of its references. Pure; raises nothing where a text is missing
    (UsageError of ``text_of``): the words are then said not to be on file.
    """
    called = compared_with or (f"the day before, {day(before.at, year=True)}" if before else "")
    told, doubtful = sure(situation)
    desk = Desk(
        situation=told,
        text_of=functools.cache(text_of),
        before=sure(before)[0] if before else None,
        doubtful=doubtful,
        compared_with=called,
        corrections=corrections,
    )
    return bind(f"Situation report: {plain(situation.name)}", [write(desk) for write in SECTIONS], desk=desk)
