"""What is on file at a moment, as it is asked: claims, reports, texts, issues, judgements, signed reports.

Whatever leaves the ledger for a view leaves it here, so what is withheld or erased is so in all of them.
"""

from __future__ import annotations

import datetime as dt
import difflib
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from trucewatch.errors import UsageError
from trucewatch.ledger import (
    choosing,
    current,
    database,
    erasing,
    fetching,
    history,
    judging,
    reviewing,
    searching,
    signing,
)
from trucewatch.ledger.choosing import Days, in_batches
from trucewatch.ledger.reviewed import Decided
from trucewatch.ledger.searching import Found
from trucewatch.ledger.tables import CLAIMS, CONTENTS, DOCUMENTS, ERASURES, ISSUES, JUDGEMENTS, REPORTS, RUNS
from trucewatch.ledger.veiling import Veils
from trucewatch.ledger.withholding import Veil
from trucewatch.model import (
    Entry,
    FiledKind,
    Issue,
    Judgement,
    Measure,
    Report,
    Review,
    Run,
    Signature,
    Version,
)

_NEWEST = ((REPORTS, "seq"), (DOCUMENTS, "seq"), (ERASURES, "number"))
_ALIKE = 1_000  # ids that a mistyped one is compared with: those that begin like its first half


class OnFile:
    """The ledger with only what it had taken in by the moment ``recorded``; None is all of it.

    What is withheld or erased by now is so at every moment. Nothing here writes.
    """

    def __init__(self, engine: sa.Engine, *, path: Path, recorded: dt.datetime | None = None) -> None:
        self._engine = engine
        self._recorded = recorded
        self._veils = Veils()
        self._standing = reviewing.Standing(recorded)
        self.path = path

    def as_of(self, moment: dt.datetime) -> OnFile:
        """The ledger as it was at a moment, that moment included: no later report, reading or judgement.

        UsageError where the moment has no time zone.
        """
        if moment.tzinfo is None:
            raise UsageError(f"the moment {moment.isoformat()} has no time zone")
        earliest = min(moment, self._recorded or moment)
        return OnFile(self._engine, path=self.path, recorded=earliest)

    # --- claims ---

    def entries(
        self,
        known: dt.date | None = None,
        *,
        kinds: Collection[FiledKind] | None = None,
        measures: Collection[Measure] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        due: dt.date | None = None,
        undated: bool = False,
    ) -> list[Entry]:
        """The claims of the current view (see current.py) in the order of recording and of the text.

        ``known`` leaves out what was published after that day, ``since`` and ``until`` what was published
        before or after (undated reports: recorded), ``kinds`` all claims of other kinds, ``measures`` counts
        of other measures, ``due`` what by its own time ends before that day or never, ``undated`` the claims
        of reports that have a date.
        A claim that two readers found in the very same words stands once.
        """
        days = Days(known=known, since=since, until=until, undated=undated, recorded=self._recorded)
        found: dict[int, Iterable[Entry]] = {}
        with self._looking() as connection, fetching.undisturbed():
            reviews = self._standing.of(connection)
            decided = reviewing.readings(connection, days, reviews) if reviews else set()
            chosen = (
                choosing.due(connection, days, due, kinds=kinds)
                if due
                else choosing.readings(connection, days)
            )
            wanted = fetching.wanted(kinds, measures, due)
            veil = self._veils.of(connection)
            told: dict[current.ReportKey, set[str]] = {}
            for batch in in_batches({*chosen.alone, *chosen.weighed} - decided):
                rows = fetching.claims_of(connection, batch, wanted)
                papers = fetching.papers(connection, {row[0] for row in rows}, veil=veil)
                for document, claims in groupby(rows, itemgetter(0)):
                    paper = papers[document]
                    if not days.hold(paper.report.published, paper.day):
                        continue
                    names = told.setdefault(paper.key, set()) if document in chosen.weighed else set()
                    found[document] = list(paper.entries(fetching.once(claims, names), veil=veil))
            if decided:
                papers = fetching.papers(connection, decided, veil=veil)
                asked = partial(fetching.is_wanted, kinds=kinds, measures=measures, due=due)
                for sheet in reviewing.sheets(connection, decided, reviews):
                    paper = papers[sheet.document]
                    if days.hold(paper.report.published, paper.day):
                        found[sheet.document] = paper.reviewed(filter(asked, sheet.claims), veil=veil)
                found = dict(sorted(found.items()))
        return list(chain.from_iterable(found.values()))

    def entry(self, claim_id: str) -> Entry:
        """The claim of an id, or of the beginning of one; UsageError where there is none or several.

        One that was corrected, merged, split or rejected is given as it was read.
        """
        with self._looking() as connection:
            days = Days(recorded=self._recorded)
            reviews = self._standing.of(connection)
            decided = {name: key for name, key in reviewing.given(reviews) if name.startswith(claim_id)}
            ids = sorted({*self._read(connection, claim_id, days), *decided}) if claim_id else []
            if claim_id in ids:
                ids = [claim_id]
            if len(ids) != 1:
                raise UsageError(self._no_such_claim(connection, claim_id, ids))
            veil = self._veils.of(connection)
            if ids[0] in decided:
                for sheet in reviewing.of_report(connection, decided[ids[0]], reviews):
                    paper = fetching.papers(connection, [sheet.document], veil=veil)[sheet.document]
                    claims = [claim for claim in sheet.claims if claim.id == ids[0]]
                    if claims:
                        return next(paper.reviewed(claims, veil=veil))
            rows = fetching.of_id(connection, ids[0], days)
            if not rows:
                raise UsageError(f"{self.path}: {erasing.of_claim(connection, ids[0], veil=veil)}")
            papers = fetching.papers(connection, rows, veil=veil)
            reports = fetching.ids_of(connection, rows)
            counting = choosing.counting(connection, reports, days)
            document = max(rows, key=lambda seq: (seq in counting, seq))
            return next(papers[document].entries([(ids[0], rows[document])], veil=veil))

    @staticmethod
    def _read(connection: sa.Connection, start: str, days: Days) -> list[str]:
        """The ids of the claims read that begin so."""
        query = sa.select(CLAIMS.c.id).distinct().where(judging.beginning(CLAIMS.c.id, start))
        if days.recorded:
            query = query.join(DOCUMENTS, DOCUMENTS.c.seq == CLAIMS.c.document)
        return list(connection.execute(query.where(*days.on_file(DOCUMENTS))).scalars())

    # --- reports ---

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> list[Report]:
        """The newest version of each report known by a day, read or only kept, without its bytes.

        ``since`` and ``until`` leave out the reports whose newest version lies outside. A report that was
        withdrawn by that day, or erased, is none.
        """
        days = Days(known=known, since=since, until=until, recorded=self._recorded)
        with self._looking() as connection:
            chosen = choosing.versions(connection, days)
            veil = self._veils.of(connection)
            return [
                report
                for batch in in_batches(chosen)
                for report in fetching.reports(connection, batch, veil=veil)
            ]

    def report(self, publisher: str | None, report_id: str) -> Report | None:
        """The newest version of one report, as :meth:`reports` gives it; None where it is not on file."""
        with self._looking() as connection:
            chosen = choosing.versions(connection, Days(recorded=self._recorded), ids={report_id})
            found = fetching.reports(connection, chosen)
            veil = self._veils.of(connection)
        report = next((report for report in found if report.publisher == publisher), None)
        return veil.noun(report) if veil and report else report

    def versions(
        self,
        known: dt.date | None = None,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        changed: bool = False,
    ) -> list[Version]:
        """All versions known by a day of the reports that have one between two days, report by report.

        A version lies on the day it was published or, if that tells nothing, recorded. ``changed`` leaves
        out reports of a single version that was not erased.
        """
        days = Days(known=known, since=since, until=until, recorded=self._recorded)
        with self._looking() as connection, fetching.undisturbed():
            veil = self._veils.of(connection)
            return history.versions(connection, days, veil=veil, changed=changed)

    def versions_of(self, sha256: str, known: dt.date | None = None) -> list[Version]:
        """All versions known by a day of the reports of which one has some bytes, in order.

        Empty where no report known by then has them. Where two publishers have sent them: of both.
        """
        query = sa.select(REPORTS.c.id).distinct().where(REPORTS.c.sha256 == sha256)
        days = Days(known=known, recorded=self._recorded)
        with self._looking() as connection, fetching.undisturbed():
            ids = set(connection.execute(query).scalars())
            veil = self._veils.of(connection)
            found = history.versions(connection, days, veil=veil, ids=ids)
        keys = {(one.report.publisher, one.report.id) for one in found if one.report.sha256 == sha256}
        return [one for one in found if (one.report.publisher, one.report.id) in keys]

    def text(self, sha256: str, *, default: str | None = None) -> str:
        """The text last read from a report of these bytes; empty where claims were given without one.

        UsageError where nobody has read such a report, or it was erased, and there is no ``default``.
        """
        moment = self._recorded or dt.datetime.max.replace(tzinfo=dt.UTC)
        with self._looking() as connection:
            packed = connection.execute(fetching.TEXT, {"of": sha256, "by": moment}).scalar()
            veil = self._veils.of(connection)
            erased = None if packed not in (None, erasing.NOTHING) else erasing.of(connection, sha256)
        if packed is not None and not erased:
            text = zlib.decompress(packed).decode()
            return veil.text(text) if veil else text
        if default is not None:
            return default
        if erased:
            raise UsageError(
                f"{self.path}: the text with SHA-256 {sha256} {erasing.in_words(erased, veil=veil)}"
            )
        raise UsageError(f"{self.path}: no text of a report with SHA-256 {sha256} is on file")

    def texts(self, sha256s: Collection[str]) -> dict[str, str]:
        """The texts of the reports of some bytes, as :meth:`text` gives each, looked up together.

        Where there is none, or it is empty or erased, it is left out.
        """
        with self._looking() as connection:
            packed = fetching.texts(connection, sha256s, by=self._recorded)
            veil = self._veils.of(connection)
        found = {name: zlib.decompress(text).decode() for name, text in packed if text != erasing.NOTHING}
        return {name: veil.text(text) for name, text in found.items()} if veil else found

    def search(
        self,
        words: str,
        *,
        known: dt.date | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        limit: int = 50,
        older: str | None = None,
        newer: str | None = None,
    ) -> Found:
        """The reports on file that have all words in title, text or claims, the newest first.

        Words, ``"phrases"`` and beginnings (``cease*``), see :func:`trucewatch.ledger.excerpts.sought`. Of a
        report the version known by a day; what is withheld is not found. ``older`` and ``newer`` go on from
        the place of a hit. UsageError where no word is among the words; NoIndexError, see indexing.py.
        """
        days = Days(known=known, since=since, until=until, recorded=self._recorded)
        asked = searching.Asked(words=words, days=days, limit=limit, older=older, newer=newer)
        with self._looking() as connection, fetching.undisturbed():
            veil, reviews = self._veils.of(connection), self._standing.of(connection)
            return searching.Search(connection, asked, veil=veil, reviews=reviews).found()

    # --- runs, issues, judgements, signatures ---

    def runs(self) -> list[Run]:
        """All runs in the order of beginning."""
        query = sa.select(RUNS).order_by(RUNS.c.id)
        if self._recorded:
            query = query.where(RUNS.c.started <= self._recorded)
        with self._looking() as connection:
            rows = connection.execute(query).mappings().all()
            veil = self._veils.of(connection)
        runs = [Run(**{**row, "settings": msgspec.json.decode(row["settings"])}) for row in rows]
        return [veil.noun(run) for run in runs] if veil else runs

    def issues(self) -> list[Issue]:
        """What could not be read, or with a doubt. A report that a later run could read is left out."""
        days = Days(recorded=self._recorded)
        kept, read = REPORTS.alias(), REPORTS.alias()
        settled = sa.exists().where(
            kept.c.seq == ISSUES.c.report,
            read.c.id == kept.c.id,
            read.c.sha256 == kept.c.sha256,
            read.c.seq == DOCUMENTS.c.report,
            *days.on_file(DOCUMENTS),
        )
        query = sa.select(ISSUES).where(~settled, *days.on_file(ISSUES)).order_by(ISSUES.c.seq)
        with self._looking() as connection:
            rows = connection.execute(query).mappings().all()
            veil = self._veils.of(connection)
        found = [Issue(origin=row["origin"], message=row["message"], level=row["level"]) for row in rows]
        return [veil.noun(issue) for issue in found] if veil else found

    def judgements(self, known: dt.date | None = None) -> list[Judgement]:
        """The judgements recorded by a day that nobody has taken back, in order.

        Where one says that claims tell the same or different things, a claim that was corrected or merged
        since is named by the id that it has now.
        """
        with self._looking() as connection:
            made = judging.standing(connection, known, recorded=self._recorded)
            names = reviewing.renamed(self._standing.of(connection))
            veil = self._veils.of(connection)
        made = [_renamed(judgement, names) for judgement in made] if names else made
        return [veil.noun(judgement) for judgement in made] if veil else made

    def marks(self) -> tuple[object, ...]:
        """Signs that tell whether the readings may have changed, but for reviews: the newest report, reading
        and erasure, and what is withheld."""
        with self._looking() as connection:
            newest = [sa.select(sa.func.max(table.c[name])) for table, name in _NEWEST]
            hides = JUDGEMENTS.c.decision == "withhold"
            made = judging.standing(connection, recorded=self._recorded, of=hides)
            withheld = tuple(one.seq for one in made if one.decision == "withhold")
            return (*(connection.execute(query).scalar() for query in newest), withheld)

    def reviews(self, publisher: str | None = None, report: str | None = None) -> list[Review]:
        """The decisions on claims that nobody has taken back, in order: of one report as shown, or all."""
        with self._looking() as connection:
            found = self._standing.signed(connection)
            veil = self._veils.of(connection)
            key = reviewing.filed(connection, (publisher, report), veil) if report else None
        wanted = [pair for pair in found if key is None or pair[1].key == key]
        return [_review(judgement, decided, veil) for judgement, decided in wanted]

    def signatures(
        self, ceasefire: str | None = None, at: dt.date | None = None, *, known: dt.date | None = None
    ) -> list[Signature]:
        """The signed reports of a ceasefire and a day, or of all, in the order of signing.

        ``known`` leaves out what was signed after that day (UTC).
        """
        with self._looking() as connection:
            made = signing.signatures(
                connection, ceasefire=ceasefire, at=at, known=known, recorded=self._recorded
            )
            veil = self._veils.of(connection)
        return [veil.noun(signature) for signature in made] if veil else made

    def signed(self, signature: Signature) -> bytes:
        """The bytes that were signed, without what is withheld or erased since."""
        with self._looking() as connection:
            data = self._content(connection, signature.sha256)
            veil = self._veils.of(connection)
        return veil.report_bytes(data) if veil else data

    # --- inside ---

    @contextmanager
    def _looking(self) -> Iterator[sa.Connection]:
        """A connection that sees the ledger as it is now, whatever is added meanwhile."""
        with database.plainly(self.path), self._engine.connect() as connection:
            yield connection

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        with self._looking() as connection:
            return connection.execute(query).mappings().all()

    def _content(self, connection: sa.Connection, sha256: str) -> bytes:
        query = sa.select(CONTENTS.c.packed).where(CONTENTS.c.sha256 == sha256)
        packed = connection.execute(query).scalar()
        if packed is None:
            raise UsageError(f"{self.path}: no report with SHA-256 {sha256} is on file")
        if packed == erasing.NOTHING and (erased := erasing.of(connection, sha256)):
            told = erasing.in_words(erased, veil=self._veils.of(connection))
            raise UsageError(f"{self.path}: the report with SHA-256 {sha256} {told}")
        return zlib.decompress(packed)

    def _no_such_claim(self, connection: sa.Connection, claim_id: str, ids: list[str]) -> str:
        if ids:
            listed = ", ".join(ids[:5]) + (" ..." if len(ids) > 5 else "")
            return f"claim {claim_id}: {len(ids)} claims begin so: {listed}; give more of the id"
        half = judging.beginning(CLAIMS.c.id, claim_id[: len(claim_id) // 2])
        alike = connection.execute(sa.select(CLAIMS.c.id).distinct().where(half).limit(_ALIKE)).scalars()
        near = difflib.get_close_matches(claim_id, list(alike), n=3, cutoff=0.5)
        on_file = connection.execute(sa.select(sa.func.count(CLAIMS.c.id.distinct()))).scalar_one()
        hint = f"; near it: {', '.join(near)}" if near else f"; {on_file} claims are on file"
        return f"{self.path}: there is no claim {claim_id!r}{hint}"


def _renamed(judgement: Judgement, names: Mapping[str, str]) -> Judgement:
    if judgement.decision not in ("same", "different"):
        return judgement
    subjects = tuple(names.get(subject, subject) for subject in judgement.subjects)
    return msgspec.structs.replace(judgement, subjects=subjects)


def _review(judgement: Judgement, decided: Decided, veil: Veil | None) -> Review:
    claims = {name: getattr(decided, name) for name in ("replaces", "gives")}
    if veil:
        claims = {name: tuple(map(veil.claim, told)) for name, told in claims.items()}
        judgement = veil.noun(judgement)
    publisher, report = (name and veil.line(name) if veil else name for name in decided.key)
    return Review(
        judgement=judgement, publisher=publisher, report=report or "", sha256=decided.sha256, **claims
    )
