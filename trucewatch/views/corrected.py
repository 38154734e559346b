"""Corrections: reports that their publishers changed or withdrew, and figures that are not what they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from trucewatch.situation import Held
from trucewatch.situation.corrections import Correction
from trucewatch.views.changes import changes
from trucewatch.views.phrases import count_of, day, exactly, number, plain, series, shorten, unquoted
from trucewatch.views.since import figure_draft, report_draft
from trucewatch.views.sitrep import BEFORE, LEDGER, Chapter, Desk, Draft, claims, left_out, report

_MOST = 5
_KINDS = {
    "correction": "Corrected by its publisher",
    "redated": "Given another date by its publisher",
    "withdrawn": "Withdrawn by its publisher",
    "erased": "Erased from this ledger",
}


def corrected(desk: Desk) -> Chapter:
    """What was corrected, withdrawn or erased since the report before; earlier versions stay on file."""
    title = "Corrections"
    if desk.before is None:
        text = "No earlier report is at hand to tell corrections from"
        return Chapter(title, (Draft(text, (LEDGER,)),))
    held_as = _on_file(desk)
    drafts: list[Draft] = []
    for one in desk.corrections:
        versions = held_as.get((one.publisher, one.report), [])
        if any(held.claims for held in versions):
            drafts.append(_correction(desk, one, versions))
    told = {(one.publisher, one.report) for one in desk.corrections}
    found = changes(desk.before, desk.situation)
    for change in found:
        held = desk.held(change.about) if change.kind == "report" else None
        if held and (held.publisher, held.report) not in told:
            drafts.append(report_draft(desk, change))
    drafts += [figure_draft(desk, one) for one in found if one.kind == "figure" and one.was]
    drafts = [*drafts[:_MOST], *left_out(reports=len(drafts) - _MOST)]
    if not drafts:
        text = "No report was corrected or withdrawn, and no figure changed, since the report before"
        drafts = [Draft(text, (LEDGER, BEFORE))]
    return Chapter(title, tuple(drafts))


Versions = dict[tuple[str | None, str], list[Held]]


def _on_file(desk: Desk) -> Versions:
    """The reports with claims on this ceasefire or without, now and before, by publisher and id."""
    found: Versions = defaultdict(list)
    for held in (*desk.situation.reports, *(desk.before.reports if desk.before else ())):
        found[held.publisher, held.report].append(held)
    return found


def _correction(desk: Desk, found: Correction, versions: Sequence[Held]) -> Draft:
    """A report's new version: what kind of change, when, in which words, and which claims it takes away."""
    source = unquoted(plain(found.publisher or "no publisher"))
    why = f", reason: {unquoted(shorten(plain(found.why), limit=100))}" if found.why else ""
    name = f"the report {unquoted(plain(found.report))} ({source})"
    text = f"{_KINDS[found.kind]} on {day(found.day)}: {name}{why}{_words(found)}{_claims(found)}"
    ids = [name for name in (*found.claims_added[:3], *found.claims_gone[:3]) if desk.is_on_file(name)]
    rests = dict.fromkeys((*claims(ids), *map(report, versions)))
    return Draft(text, (*rests, LEDGER))


def _words(found: Correction) -> str:
    """How many words changed, and the first of them, exactly as they stand or stood."""
    if found.kind == "redated" and found.was and found.published:
        return f", from {day(found.was)} to {day(found.published)}"
    if not found.words_added and not found.words_removed:
        return ""
    counts = f", {count_of(found.words_added, 'word')} added, {number(found.words_removed)} removed"
    now = series([exactly(words, limit=80) for words in found.added[:2] if words])
    was = series([exactly(words, limit=80) for words in found.removed[:2] if words])
    return f"{counts}, the first: {now or 'nothing'} in place of {was or 'nothing'}"


def _claims(found: Correction) -> str:
    told = [
        f"{count_of(len(ids), 'claim')} {what}"
        for ids, what in ((found.claims_gone, "no longer in it"), (found.claims_added, "new in it"))
        if ids
    ]
    return f"; {series(told)}" if told else ""
