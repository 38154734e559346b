"""Reviews on file: decisions on claims of a report, checked, recorded, and laid over its readings."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args

import msgspec
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger import choosing, fetching, judging
from trucewatch.ledger.choosing import Days, among
from trucewatch.ledger.current import ReportKey
from trucewatch.ledger.reviewed import Decided, Sheet, is_beside, settled
from trucewatch.ledger.tables import CONTENTS, DOCUMENTS, ERASURES, JUDGEMENTS, REPORTS, REVIEWS
from trucewatch.ledger.withholding import Veil
from trucewatch.model import AnyClaim, Judgement, ReviewDecision
from trucewatch.model.checks import REVIEWED, faults, identify

DECISIONS: tuple[str, ...] = get_args(ReviewDecision)
_CLAIMS: msgspec.json.Decoder[tuple[AnyClaim, ...]] = msgspec.json.Decoder(tuple[AnyClaim, ...])
_LATEST = sa.select(
    sa.select(sa.func.max(JUDGEMENTS.c.seq)).scalar_subquery(),
    sa.select(sa.func.max(ERASURES.c.seq)).scalar_subquery(),
)
_MANY = 1_000
# How many claims a decision is on, and how many it gives: the fewest and the most.
_ONE, _SOME, _SEVERAL, _NONE = (1, 1), (1, _MANY), (2, _MANY), (0, 0)
_NUMBERS = {
    "accept": (_ONE, _NONE),
    "correct": (_ONE, _ONE),
    "reject": (_SOME, _NONE),
    "merge": (_SEVERAL, _ONE),
    "split": (_ONE, _SEVERAL),
    "add": (_NONE, _SOME),
    "complete": (_NONE, _NONE),
}
_ONE_FOR = ("correct", "merge")  # decisions after which one claim stands for those before
Reviews = Mapping[ReportKey, Sequence[Decided]]


class _State(NamedTuple):
    """The reviews as they stood after some judgements and erasures."""

    judged: int
    erased: int
    pairs: tuple[tuple[Judgement, Decided], ...]
    by_report: Reviews


class Standing:
    """The reviews that stand, kept until the ledger gets judgements or erasures; new ones are looked up."""

    def __init__(self, recorded: dt.datetime | None) -> None:
        self._recorded = recorded
        self._state = _State(0, 0, (), {})

    def of(self, connection: sa.Connection) -> Reviews:
        """The reviews of a ledger by report, those of one report in order."""
        return self._now(connection).by_report

    def signed(self, connection: sa.Connection) -> Sequence[tuple[Judgement, Decided]]:
        """The same in order, each with its judgement."""
        return self._now(connection).pairs

    def _now(self, connection: sa.Connection) -> _State:
        state = self._state
        judged, erased = (last or 0 for last in connection.execute(_LATEST).one())
        if (judged, erased) == (state.judged, state.erased):
            return state
        if judged < state.judged or erased < state.erased:  # asked by one who began to look before
            pairs = tuple(on_file(connection, recorded=self._recorded))
            return _State(judged, erased, pairs, _by_report(pairs))
        undone = sa.select(JUDGEMENTS.c.seq).where(
            JUDGEMENTS.c.seq > state.judged, JUDGEMENTS.c.decision == "undo"
        )
        if erased != state.erased or connection.execute(undone.limit(1)).first():
            state = _State(0, 0, (), {})
        new = on_file(connection, after=state.judged, recorded=self._recorded)
        pairs = (*state.pairs, *new)
        self._state = _State(judged, erased, pairs, _by_report(pairs) if new else state.by_report)
        return self._state


def on_file(
    connection: sa.Connection,
    *,
    after: int = 0,
    report: str | None = None,
    recorded: dt.datetime | None = None,
) -> list[tuple[Judgement, Decided]]:
    """The reviews recorded by a moment that nobody has taken back, in order: those after a judgement, of all
    reports or of one id."""
    query = sa.select(REVIEWS).where(REVIEWS.c.judgement > after)
    if report is not None:
        query = query.where(REVIEWS.c.report == report)
    rows = {row["judgement"]: row for row in connection.execute(query).mappings()}
    if not rows:
        return []
    made = judging.standing(connection, recorded=recorded, of=among(JUDGEMENTS.c.seq, list(rows)))
    return [(one, _decided(one, rows[one.seq])) for one in made if one.seq in rows]


def _by_report(reviews: Sequence[tuple[Judgement, Decided]]) -> Reviews:
    found: dict[ReportKey, list[Decided]] = defaultdict(list)
    for _, one in reviews:
        found[one.key].append(one)
    return found


def _decided(judgement: Judgement, row: Mapping[Any, Any]) -> Decided:
    told = {name: _CLAIMS.decode(row[name]) for name in ("replaces", "gives", "beside")}
    return Decided(
        seq=judgement.seq,
        decision=judgement.decision,  # type: ignore[arg-type]
        key=(row["publisher"], row["report"]),
        sha256=row["sha256"],
        text_sha256=row["text_sha256"],
        **told,
    )


# --- the claims as reviewed ----------------------------------------------------------------------------


def readings(connection: sa.Connection, days: Days, reviews: Reviews) -> set[int]:
    """The readings of the current view of the reviewed reports that have a version in the days, as ``seq``.

    Other publishers' reports of the same ids are among them.
    """
    wanted = among(REPORTS.c.id, {key[1] for key in reviews})
    query = sa.select(REPORTS.c.id).distinct().where(wanted, *days.within())
    return choosing.counting(connection, set(connection.execute(query).scalars()), days)


def sheets(connection: sa.Connection, documents: Collection[int], reviews: Reviews) -> list[Sheet]:
    """Some readings with the decisions on them. A claim that two readers found stands once."""
    query = sa.select(DOCUMENTS.c.seq, DOCUMENTS.c.text_sha256, REPORTS.c.publisher, REPORTS.c.id)
    query = query.join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    claims: dict[int, list[AnyClaim]] = defaultdict(list)
    for document, name, body in fetching.claims_of(connection, sorted(documents), ()):
        claims[document].append(fetching.claim_of(name, body, None))
    groups: dict[ReportKey, list[Sheet]] = defaultdict(list)
    rows = connection.execute(query.where(among(DOCUMENTS.c.seq, documents)).order_by(DOCUMENTS.c.seq))
    told: dict[ReportKey, set[str | None]] = defaultdict(set)
    for seq, text, publisher, name in rows:
        key = (publisher, name)
        new = tuple(claim for claim in claims[seq] if claim.id not in told[key])
        told[key] |= {claim.id for claim in new}
        groups[key].append(Sheet(seq, text, new))
    text_of = _texts(connection)
    return [
        sheet
        for key, group in groups.items()
        for sheet in settled(group, reviews.get(key, ()), text_of=text_of)
    ]


def of_report(connection: sa.Connection, key: ReportKey, reviews: Reviews) -> list[Sheet]:
    """The readings of a report in the current view, with the decisions on them."""
    documents = choosing.counting(connection, {key[1]}, Days())
    query = sa.select(DOCUMENTS.c.seq).join(REPORTS, REPORTS.c.seq == DOCUMENTS.c.report)
    query = query.where(among(DOCUMENTS.c.seq, documents), REPORTS.c.publisher.is_not_distinct_from(key[0]))
    return sheets(connection, set(connection.execute(query).scalars()), reviews)


def _texts(connection: sa.Connection) -> Callable[[str], str]:
    """Texts by their hash, each looked up once; empty where it was erased."""

    @cache
    def text(sha256: str) -> str:
        packed = connection.execute(sa.select(CONTENTS.c.packed).where(CONTENTS.c.sha256 == sha256)).scalar()
        return zlib.decompress(packed).decode() if packed else ""

    return text


def renamed(reviews: Reviews) -> dict[str, str]:
    """The ids of claims that were corrected or merged, each with the id of what stands in their place now.

    Decisions follow one another: a claim corrected twice has the last id, one corrected back its own.
    """
    names: dict[str, str] = {}
    for one in (one for decided in reviews.values() for one in decided if one.decision in _ONE_FOR):
        new = one.gives[0].id or "" if one.gives else ""
        for old in (claim.id or "" for claim in one.replaces):
            names |= {name: new for name, now in names.items() if now == old} | {old: new}
    return {old: new for old, new in names.items() if new and old != new}


def given(reviews: Reviews) -> Iterator[tuple[str, ReportKey]]:
    """The ids of the claims that the reviews give, with their report."""
    for key, decided in reviews.items():
        yield from ((claim.id or "", key) for one in decided for claim in one.gives)


# --- deciding ------------------------------------------------------------------------------------------


def decide(
    connection: sa.Connection,
    decision: str,
    claims: Sequence[str],
    *,
    gives: Sequence[AnyClaim],
    report: ReportKey | None,
    by: str,
    reason: str,
    recorded: dt.datetime,
) -> Judgement:
    """Put a decision on record. UsageError says what is wrong with it."""
    _check(decision, claims, gives, by=by, reason=reason)
    names = [_claim(connection, name) for name in dict.fromkeys(claims)]
    key = _report_of(connection, names, report) if names else report
    if key is None:
        raise UsageError(f"{decision}: which report is it about? Give its publisher and id")
    reviews = _by_report(on_file(connection, report=key[1]))
    found = of_report(connection, key, reviews)
    sheet, targets = _met(found, names, key)
    made = targets if decision == "accept" else [_named(claim, report=key[1]) for claim in gives]
    signed = tuple(
        msgspec.structs.replace(claim, confidence=1.0, reader=f"{REVIEWED}{by.strip()}") for claim in made
    )
    _check_claims(signed, _texts(connection)(sheet.text_sha256))
    subjects = names or [claim.id or "" for claim in signed] or [key[1]]
    judgement = judging.record(connection, decision, subjects, by=by, reason=reason, recorded=recorded)
    others = [claim for one in found for claim in one.claims if claim not in targets]
    row = {
        "judgement": judgement.seq,
        "publisher": key[0],
        "report": key[1],
        "sha256": _bytes_of(connection, sheet.document),
        "text_sha256": sheet.text_sha256,
        "replaces": _packed(targets),
        "gives": _packed(signed),
        "beside": _packed([other for other in others if any(is_beside(other, one) for one in targets)]),
    }
    connection.execute(REVIEWS.insert(), row)
    return judgement


def _check(decision: str, claims: Sequence[str], gives: Sequence[AnyClaim], *, by: str, reason: str) -> None:
    if decision not in _NUMBERS:
        raise UsageError(f"there is no decision {decision!r} on claims; there are: {', '.join(DECISIONS)}")
    judging.check_signed(by=by, reason=reason)
    for what, told, (least, most) in zip(
        ("is about", "gives"), (tuple(dict.fromkeys(claims)), gives), _NUMBERS[decision], strict=True
    ):
        if not least <= len(told) <= most:
            wanted = str(least) if least == most else f"{least} or more"
            raise UsageError(f"{decision} {what} {wanted} claims, not {len(told)}")


def _claim(connection: sa.Connection, name: str) -> str:
    found = judging.claim(connection, name)
    if not found:
        raise UsageError(f"no claim on file is {name!r}")
    return found


def _report_of(connection: sa.Connection, names: Sequence[str], report: ReportKey | None) -> ReportKey:
    """The report that claims are of, which must be one; of several with the same claims the one told."""
    shared = set.intersection(*(judging.reports_of(connection, name) for name in names))
    if not shared:
        raise UsageError(f"the claims {', '.join(names)} are of several reports; decide on each by itself")
    if len(shared) > 1 and report not in shared:
        publishers = ", ".join(sorted(key[0] or "(none)" for key in shared))
        raise UsageError(
            f"claim {names[0]} stands in reports of several publishers ({publishers}): say which"
        )
    return report if report and report in shared else shared.pop()


def filed(connection: sa.Connection, shown: ReportKey, veil: Veil | None) -> ReportKey:
    """The publisher and id of a report as they are on file, from how they are shown."""
    if veil is None or judging.is_on_file(connection, REPORTS.c.id, shown[1]):
        return shown
    every = connection.execute(sa.select(REPORTS.c.publisher, REPORTS.c.id).distinct())
    alike = [(row[0], row[1]) for row in every if veil.line(row[1]) == shown[1]]
    return next((key for key in alike if key[0] == shown[0] or veil.line(key[0] or "") == shown[0]), shown)


def expect_nothing_on_top(connection: sa.Connection, numbers: Sequence[str]) -> None:
    """UsageError where another decision that stands is on what one of some decisions gave."""
    undone = set(map(int, numbers))
    for seq in sorted(undone):
        row = connection.execute(sa.select(REVIEWS).where(REVIEWS.c.judgement == seq)).mappings().first()
        if row is None or row["gives"] == "[]":
            continue
        made = {claim.id for claim in _CLAIMS.decode(row["gives"])}
        made -= {claim.id for claim in _CLAIMS.decode(row["replaces"])}
        for judgement, later in on_file(connection, after=seq, report=row["report"]):
            if judgement.seq not in undone and made & {claim.id for claim in later.replaces}:
                raise UsageError(f"judgement {judgement.seq} is on what {seq} gave: take that back first")


def _met(found: Sequence[Sheet], names: Sequence[str], key: ReportKey) -> tuple[Sheet, tuple[AnyClaim, ...]]:
    """The reading that claims stand in, as reviewed until now, and the claims."""
    if not found:
        raise UsageError(f"no reading of a report {key[1]!r} of {key[0] or 'nobody'} counts now")
    on_sheet = {claim.id: (sheet, claim) for sheet in found for claim in sheet.claims}
    gone = [name for name in names if name not in on_sheet]
    if gone:
        raise UsageError(f"claim {gone[0]} counts no more: a newer reading or a decision took its place")
    if not names:
        return max(found, key=lambda sheet: sheet.document), ()
    sheet = on_sheet[names[0]][0]
    if any(on_sheet[name][0] is not sheet for name in names):
        raise UsageError(f"the claims {', '.join(names)} are of several readings; decide on each by itself")
    return sheet, tuple(on_sheet[name][1] for name in names)


def _named(claim: AnyClaim, *, report: str) -> AnyClaim:
    return msgspec.structs.replace(claim, id=identify(claim, report_id=report))


def _check_claims(claims: Sequence[AnyClaim], text: str) -> None:
    for claim in claims:
        fault = next(faults(claim, text=text), None)
        if fault or (text and not text[slice(*claim.evidence)].strip()):
            raise UsageError(fault or f"evidence: {list(claim.evidence)} has no words of the text")
    if len({claim.id for claim in claims}) < len(claims):
        raise UsageError("two of the claims given say the very same")


def _bytes_of(connection: sa.Connection, document: int) -> str:
    query = sa.select(REPORTS.c.sha256).join(DOCUMENTS, DOCUMENTS.c.report == REPORTS.c.seq)
    return str(connection.execute(query.where(DOCUMENTS.c.seq == document)).scalar_one())


def _packed(claims: Sequence[AnyClaim]) -> str:
    return msgspec.json.encode(list(claims)).decode()
