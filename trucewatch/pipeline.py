"""The way of the data, from a source to the ledger. ``process`` is pure: same report, same reading."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from trucewatch import documents, interchange, tables
from trucewatch.annotations import annotate
from trucewatch.claims import READER, extract
from trucewatch.errors import ReportError, UsageError
from trucewatch.issues import unreadable
from trucewatch.ledger import Ledger
from trucewatch.model import Annotations, Issue, Noun, Reading, Report, Run
from trucewatch.model.checks import spans
from trucewatch.reports import fetch

STANDARD_INPUT = Path("-")
_TOGETHER = 500  # reports of a table that are committed at once: at 6 ms each, 100,000 would take ten minutes
Tell = Callable[[Report | Reading | Issue], None]


def process(report: Report, *, everything: bool = False) -> Reading:
    """Read one report. ReportError where it cannot be read; no claims where its language is not known.

    One whose words can hold no claim of interest is passed over, without claims, unless ``everything`` is
    to be read.
    """
    document = documents.read(report)
    wanted = documents.is_known(document) and (everything or documents.is_of_interest(document))
    annotations = annotate(document) if wanted else Annotations()
    claims = extract(document, annotations) if wanted else ()
    return Reading(document=document, annotations=annotations, claims=claims)


def readings(sources: Iterable[str], *, everything: bool = False) -> Iterator[Reading | Issue]:
    """Every report of some sources as it is read, and an Issue for each that was not, or with a doubt."""
    for source in sources:
        for met in fetch(source):
            reading = met if isinstance(met, Issue) else attempt(met, everything=everything)
            yield reading
            if isinstance(reading, Reading):
                yield from documents.issues(reading.document)


def attempt(report: Report, *, everything: bool = False) -> Reading | Issue:
    """Read one report; whatever goes wrong becomes an Issue that names it, and the others go on."""
    if report.withdrawn:
        day = f" on {report.published}" if report.published else ""
        why = f"report {report.id} was withdrawn by its publisher{day}"
        return Issue(origin=report.origin, message=why, level="warning")
    try:
        return process(report, everything=everything)
    except ReportError as error:
        return unreadable(report, error)
    except Exception as error:  # a fault of the reader costs one report, never a run
        fault = f"the reader failed on it, please report this: {type(error).__name__}: {error}"
        return Issue(origin=report.origin, message=fault)


def is_unread(met: Reading | Report | Issue) -> bool:
    """Whether something met says that a report was not read."""
    if isinstance(met, Reading):
        return not documents.is_known(met.document)
    return isinstance(met, Issue) and met.level == "error"


def is_passed_over(met: Reading | Report | Issue) -> bool:
    """Whether a report, in a run that does not read everything, was not read beyond its words."""
    return (
        isinstance(met, Reading)
        and documents.is_known(met.document)
        and not documents.is_of_interest(met.document)
    )


# --- into the ledger -----------------------------------------------------------------------------


class Tally(Noun, frozen=True, kw_only=True):
    """What a run did: reports new to the ledger, on file already, not read; claims added.

    A report read anew by a newer reader counts as added. Of the added, ``passed_over`` hold no claim of
    interest by their words.
    """

    added: int = 0
    known: int = 0
    unread: int = 0
    claims: int = 0
    passed_over: int = 0

    @property
    def reports(self) -> int:
        """How many reports were met."""
        return self.added + self.known + self.unread


def run(
    sources: Sequence[str],
    ledger: Ledger,
    *,
    claims: Sequence[Path] = (),
    mapping: Path | None = None,
    everything: bool = False,
    tell: Tell = lambda met: None,
) -> Tally:
    """Read sources into a ledger, then the claims that others made. ``tell`` hears of each thing met.

    Tables among the sources are read by the ``mapping`` of that file, or by one of the catalog, one run
    each. Each report is committed by itself, those of tables 500 at a time: a run that is cut off loses
    nothing that it had finished. With ``everything`` reports on file are read again, as they may have
    been passed over.
    """
    counts: Counter[str] = Counter()
    given = tables.load(mapping) if mapping else None
    told = [source for source in sources if not tables.is_table(Path(source))]
    if given and len(told) == len(sources):
        kinds = ", ".join(tables.ENDINGS)
        raise UsageError(f"{mapping}: a mapping is for tables ({kinds}), and no source is one")
    if told:
        settings = {"sources": " ".join(told)} | ({"everything": "yes"} if everything else {})
        begun = ledger.begin(reader=READER, settings=settings)
        recorder = _Recorder(ledger, begun, counts, tell, everything=everything)
        for source in told:
            for met in fetch(source):
                if not _is_without_reports(met, source):
                    recorder.take(met)
        ledger.finish(begun)
    for source in sources:
        for path in tables.within(Path(source)):
            _run_table(path, None if source in told else given, ledger, counts, tell)
    for path in claims:
        _run_given(path, ledger, counts, tell)
    return Tally(**counts)


def _is_without_reports(met: Report | Issue, source: str) -> bool:
    """Whether a folder says of itself that it holds no reports, where it holds tables."""
    path = Path(source)
    return isinstance(met, Issue) and met.origin == str(path) and bool(tables.within(path))


def _run_table(
    path: Path, mapping: tables.Mapping | None, ledger: Ledger, counts: Counter[str], tell: Tell
) -> None:
    try:
        by = mapping or tables.mapping_of(path)
    except ReportError as error:
        begun = ledger.begin(reader="table", settings={"table": str(path)})
        message = str(error).removeprefix(f"{path}: ")
        _Recorder(ledger, begun, counts, tell).take(Issue(origin=str(path), message=message))
    else:
        begun = ledger.begin(reader=tables.reader(by), settings={"table": str(path), "mapping": by.id})
        recorder = _Recorder(ledger, begun, counts, tell)
        rows = tables.read(path, by)
        while several := tuple(islice(rows, _TOGETHER)):
            with ledger.together():
                for met in several:
                    recorder.take(met)
    ledger.finish(begun)


def _run_given(path: Path, ledger: Ledger, counts: Counter[str], tell: Tell) -> None:
    name = "standard input" if path == STANDARD_INPUT else path.name
    with _opened(path) as lines:
        begun = ledger.begin(reader=f"given: {name}", settings={"claims": str(path)})
        recorder = _Recorder(ledger, begun, counts, tell)
        for met in interchange.given(lines, name=name):
            recorder.take(_with_text(met, ledger) if isinstance(met, Reading) else met)
        ledger.finish(begun)


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    if path == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


def _with_text(reading: Reading, ledger: Ledger) -> Reading:
    """Given claims joined to the report they are about, if it is on file and every span lies in its text."""
    told = reading.document.report
    source = None if reading.document.text else ledger.source(told.publisher, told.id)
    if source is None or told.published not in (None, source[0].published):
        return reading
    full, text = source
    ends = [end for claim in reading.claims for _, (_, end) in spans(claim)]
    if max(ends, default=0) > len(text):
        return reading
    document = msgspec.structs.replace(reading.document, report=full, text=text, language=full.language)
    return msgspec.structs.replace(reading, document=document)


class _Recorder:
    """Puts what a run meets into the ledger, counts it, and tells of it."""

    def __init__(
        self, ledger: Ledger, run: Run, counts: Counter[str], tell: Tell, *, everything: bool = False
    ) -> None:
        self.ledger, self.run, self.counts, self.tell = ledger, run, counts, tell
        self.everything = everything

    def take(self, met: Report | Reading | Issue) -> None:
        """Take in a report still to be read, a reading that is done, or an issue."""
        if isinstance(met, Report):
            self._report(met)
        elif isinstance(met, Reading):
            self._reading(met)
        else:
            self._issue(met)

    def _report(self, report: Report) -> None:
        if refused := self.ledger.refusal(report):
            self._issue(refused)
            return
        if report.withdrawn:
            self._withdrawal(report)
            return
        if not self.everything and self.ledger.holds(report, reader=self.run.reader):
            self.counts["known"] += 1
            self.tell(report)
            return
        reading = attempt(report, everything=self.everything)
        if isinstance(reading, Issue):
            self._keep(report, reading)
            self._count_unread(reading)
        elif is_unread(reading):
            for why in documents.issues(reading.document):
                self._keep(reading.document.report, why)
                self.tell(why)
            self._count_unread(reading)
        else:
            self._reading(reading)
            self.counts["passed_over"] += not self.everything and is_passed_over(reading)
            for doubt in documents.issues(reading.document):
                self._issue(doubt)

    def _withdrawal(self, notice: Report) -> None:
        try:
            new = self.ledger.withdraw(notice, run=self.run)
        except ReportError as error:
            new = unreadable(notice, error)
        if isinstance(new, Issue):
            self._issue(new)
            return
        self.counts["added" if new else "known"] += 1
        self.tell(notice)

    def _reading(self, reading: Reading) -> None:
        report = reading.document.report
        try:
            new = self.ledger.add(reading.document, reading.claims, run=self.run)
        except ReportError as error:
            self._issue(unreadable(report, error))
            return
        self.counts["added" if new else "known"] += 1
        self.counts["claims"] += len(reading.claims) if new else 0
        self.tell(reading)

    def _keep(self, report: Report, why: Issue) -> None:
        try:
            self.ledger.keep(report, run=self.run, why=why)
        except ReportError:  # not even its title can be stored
            self.ledger.add_issue(why, run=self.run)

    def _count_unread(self, met: Reading | Issue) -> None:
        self.counts["unread"] += 1
        self.tell(met)

    def _issue(self, issue: Issue) -> None:
        self.ledger.add_issue(issue, run=self.run)
        self.counts["unread"] += is_unread(issue)
        self.tell(issue)
