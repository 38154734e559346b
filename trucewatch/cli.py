"""The command line: one command per stage, and the whole way. Heavy imports stand inside the commands."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch import __version__, settings
from trucewatch.errors import TrucewatchError, UsageError
from trucewatch.progress import Watch, say

if TYPE_CHECKING:
    from trucewatch.model import Reading
    from trucewatch.views.query import Period

_READ_ALL, _SOME_UNREAD, _WRONG_USAGE, _BROKEN_PIPE, _INTERRUPTED = 0, 1, 2, 141, 130


class Failure(click.ClickException):
    """What ends a command in exit status 1: one line on standard error."""

    exit_code = _SOME_UNREAD

    def show(self, file: Any = None) -> None:
        """Write the line."""
        say(f"trucewatch: {self.message}")


class Misuse(Failure):
    """The same for wrong usage, in exit status 2."""

    exit_code = _WRONG_USAGE


class Commands(click.Group):
    """The group of all commands; it turns what goes wrong into one line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise Misuse(str(error)) from error
        except TrucewatchError as error:
            raise Failure(str(error)) from error
        except BrokenPipeError:
            _forget_output()
            ctx.exit(_BROKEN_PIPE)
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except OSError as error:
            named = f"{error.filename}: " if error.filename else "writing the result: "
            raise Failure(f"{named}{error.strerror or error}") from error


class Source(click.ParamType[str]):
    """A file or a folder that is there, or ``-`` for standard input."""

    name = "source"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The path, once it is known to exist."""
        if value != "-" and not Path(value).exists():
            self.fail(f"{value}: there is no such file or folder", param, ctx)
        return value


class Day(click.ParamType[dt.date]):
    """A date such as 2022-02-20."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The date."""
        try:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; dates are written 2022-02-20", param, ctx)


class Days(click.ParamType["Period"]):
    """A day, a month or a year, such as 2022-02-20, 2022-02 or 2022."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """The period; of a day, all that came before it too."""
        from trucewatch.views.query import Period

        try:
            return value if isinstance(value, Period) else Period.of(value)
        except ValueError:
            self.fail(f"{value!r} is no date; dates are written 2022-02-20, 2022-02 or 2022", param, ctx)


class Moment(click.ParamType[dt.datetime]):
    """A moment such as 2022-02-20T18:00Z, or a date: the end of that day, in UTC."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """The moment, with a time zone; UTC where none is told."""
        try:
            if isinstance(value, dt.datetime):
                return value
            moment = dt.datetime.fromisoformat(value)
            if len(value) == len("2022-02-20"):
                moment = dt.datetime.combine(moment, dt.time.max)
        except ValueError:
            self.fail(f"{value!r} is no moment; write 2022-02-20 or 2022-02-20T18:00Z", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _recorded() -> Callable[..., Any]:
    return click.option(
        "--recorded",
        metavar="MOMENT",
        type=Moment(),
        help="Leave out what the ledger took in after this day or moment (UTC): what was shown then.",
    )


def _sources(*, required: bool) -> Callable[..., Any]:
    shown = "SOURCE..." if required else "[SOURCE]..."
    return click.argument("sources", metavar=shown, nargs=-1, required=required, type=Source())


def _ledger() -> Callable[..., Any]:
    setting = settings.LEDGER
    return click.option(
        f"--{setting.name}",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        default=lambda: Path(setting.value),
        help=f"{setting.help}  [default: {setting.default}, or {setting.variable} from the environment]",
    )


def _of_setting(setting: settings.Setting, metavar: str) -> Callable[..., Any]:
    """An option for words, without which there are none."""
    return click.option(
        f"--{setting.name}",
        metavar=metavar,
        default=lambda: setting.value,
        help=f"{setting.help}  [default: none, or {setting.variable} from the environment]",
    )


def _jsonl() -> Callable[..., Any]:
    return click.option(
        "--format", "shape", type=click.Choice(["jsonl"]), default="jsonl", help="One JSON object per report."
    )


def _everything() -> Callable[..., Any]:
    return click.option(
        "--all",
        "everything",
        is_flag=True,
        help="Read every report in full, also one whose words can hold no claim on conflict or diplomacy.",
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="trucewatch")
def main() -> None:
    """A ceasefire monitor: reads reports into claims, and claims into a situation report.

    \b
    trucewatch run reports/                          read a folder into trucewatch.db
    trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20
    trucewatch show 3fa9c1                           one claim, who says so, and the exact words

    A SOURCE is a file (.txt, .html, .xml feed, .jsonl, .jsonl.gz), a folder of such files, or - for
    standard input. Results go to standard output, messages to standard error.

    Exit status: 0 when all was read, 1 when some could not be (each is named), 2 for wrong usage.
    """


@main.command()
@_sources(required=True)
@_jsonl()
@_everything()
def extract(sources: tuple[str, ...], shape: str, everything: bool) -> None:
    """Read reports and write their claims.

    \b
    trucewatch extract --format jsonl reports/ > claims.jsonl
    trucewatch extract story.html | python -m json.tool

    Each report gives one line, {"report": {...}, "claims": [...]}, as soon as it is read.
    One that cannot be read gives none. One that is not on conflict, security or diplomacy, by its
    words, is passed over: its line has no claims.
    """
    from trucewatch.interchange import claims_line

    _write_lines(sources, claims_line, everything=everything)


@main.command()
@_sources(required=True)
@_jsonl()
def annotate(sources: tuple[str, ...], shape: str) -> None:
    """Read reports and write what is mentioned where: speech, actors, places, dates, quantities.

    \b
    trucewatch annotate --format jsonl reports/ > annotations.jsonl
    """
    from trucewatch.interchange import annotations_line

    _write_lines(sources, annotations_line, everything=True)


def _write_lines(sources: Iterable[str], line: Callable[[Reading], bytes], *, everything: bool) -> None:
    from trucewatch import pipeline
    from trucewatch.model import Issue

    output = sys.stdout.buffer  # UTF-8 whatever the locale
    passed_over = 0
    with Watch("Reading") as watch:
        for met in pipeline.readings(sources, everything=everything):
            watch.tell(met)
            passed_over += not everything and pipeline.is_passed_over(met)
            if not isinstance(met, Issue):
                output.write(line(met))
                output.flush()
    _tell_passed_over(passed_over)
    _exit(all_read=watch.unread == 0)


@main.command()
@_sources(required=False)
@_ledger()
@click.option(
    "--claims",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Claims that others made, one report per line in the form that extract writes; may be repeated.",
)
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How the columns of the tables among the sources become claims, in YAML.",
)
@_everything()
def run(
    sources: tuple[str, ...], ledger: Path, claims: tuple[Path, ...], mapping: Path | None, everything: bool
) -> None:
    """Read reports into a ledger.

    \b
    trucewatch run reports/ feed.xml --ledger donbas.db
    trucewatch run --claims colleague.jsonl
    trucewatch run tallies.csv --mapping tallies.yml
    curl -s https://example.org/feed.xml | trucewatch run -

    What is on file already is passed over: a second run adds nothing, and a run that was cut off is
    taken up by running it again. Given claims stand beside those that were read, under the name of
    their file; give the same file again after changes and the newer claims count. A report in such a
    file may bring its "text"; otherwise the words of its claims can be shown if the same report (id
    and publisher) has been read into the ledger before.

    A report that is not on conflict, security or diplomacy, by its words, is filed without claims.
    --all reads such reports too, also those that an earlier run filed so.

    A table (.csv, .tsv, .json) becomes one report per row. Formats of the catalog are recognised by
    their columns (UCDP GED, ACLED, the daily series of palestine-daily), any other takes a --mapping.
    """
    if not sources and not claims:
        raise click.UsageError("Give at least one SOURCE, or --claims FILE.")
    if "-" in sources and Path("-") in claims:
        raise click.UsageError("Standard input (-) can be a SOURCE or the --claims, not both.")
    from trucewatch import pipeline
    from trucewatch.ledger import Ledger

    with Ledger.open(ledger) as opened, Watch("Reading") as watch:
        tally = pipeline.run(
            sources, opened, claims=claims, mapping=mapping, everything=everything, tell=watch.tell
        )
    click.echo(
        f"{ledger}: {tally.added:,} reports added with {tally.claims:,} claims,"
        f" {tally.known:,} on file already, {tally.unread:,} not read"
    )
    _tell_passed_over(tally.passed_over)
    _exit(all_read=tally.unread == 0)


@main.command()
@click.option("--ceasefire", metavar="NAME", required=True, help="A ceasefire of the catalog.")
@click.option("--at", metavar="DATE", required=True, type=Day(), help="The day to report on.")
@click.option("--known", metavar="DATE", type=Day(), help="Leave out what was published after this day.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "md", "html", "json"]),
    default="text",
    show_default=True,
    help="The form of the report.",
)
@click.option("--version", "number", metavar="N", type=click.IntRange(1), help="A version that was signed.")
@_recorded()
@_ledger()
def sitrep(
    *,
    ceasefire: str,
    at: dt.date,
    known: dt.date | None,
    shape: str,
    number: int | None,
    recorded: dt.datetime | None,
    ledger: Path,
) -> None:
    """Write the situation report of a ceasefire at a date.

    \b
    trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20
    trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20 --format html > sitrep.html
    trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20 --version 1 --format json | sha256sum

    NAME is a ceasefire of the catalog, or a file of your own that ends in .yml. --known shows what
    an officer could have known on that day, --recorded what this ledger showed at a moment. Every
    sentence ends in a citation; look one up with `trucewatch show`.

    The report is a draft until somebody signs it (`trucewatch sign`). What has changed since is a draft
    of the next version, with its differences; --version writes one that was signed, in json the very
    bytes. Else json is the situation itself.
    """
    from trucewatch import catalog
    from trucewatch.ledger import Ledger
    from trucewatch.views import reporting

    if number and known:
        raise click.UsageError("--version is of a day, whatever was known: give it without --known.")
    given = catalog.ceasefire(ceasefire)
    with Ledger.open(ledger, create=False) as opened:
        shelf = opened.as_of(recorded) if recorded else opened
        if number:
            _write(reporting.version(shelf, given, at=at, number=number, shape=shape))
        else:
            _write(reporting.current(shelf, given, at=at, known=known).render(shape))


@main.command()
@click.option("--ceasefire", metavar="NAME", required=True, help="A ceasefire of the catalog.")
@click.option("--at", metavar="DATE", required=True, type=Day(), help="The day of the report.")
@click.option("--known", metavar="DATE", type=Day(), help="Leave out what was published after this day.")
@click.option(
    "--by", metavar="NAME", required=True, help="Who signs: it stands in the ledger and in the report."
)
@_ledger()
def sign(ceasefire: str, at: dt.date, known: dt.date | None, by: str, ledger: Path) -> None:
    """Sign the situation report of a day: freeze it as its next version, with its hash.

    \b
    trucewatch sign --ceasefire donbas-2020 --at 2022-02-20 --known 2022-02-20 --by "A. Mirza"

    Read it first (`trucewatch sitrep`). A version is never changed; signing again after a change makes
    the next one, with the list of its differences. Without a change nothing new is signed.
    """
    from trucewatch import catalog
    from trucewatch.ledger import Ledger
    from trucewatch.views import reporting

    given = catalog.ceasefire(ceasefire)
    with Ledger.open(ledger, create=False) as opened:
        made = reporting.sign(opened, given, at=at, known=known, by=by)
    click.echo(f"{ledger}: version {made.version} of {made.at}, signed by {made.by}, SHA-256 {made.sha256}")


@main.command()
@click.argument("view", metavar="VIEW.SHAPE")
@click.option("--ceasefire", metavar="NAME", help="Only what belongs to this ceasefire of the catalog.")
@click.option(
    "--at",
    "period",
    metavar="DATE",
    type=Days(),
    help="As things stood on a day, or what belongs to a month (2022-02) or a year (2022).",
)
@click.option("--known", metavar="DATE", type=Day(), help="Leave out what was published after this day.")
@_recorded()
@_ledger()
def export(  # noqa: PLR0917 - one parameter for each option
    view: str,
    ceasefire: str | None,
    period: Period | None,
    known: dt.date | None,
    recorded: dt.datetime | None,
    ledger: Path,
) -> None:
    """Write a table of what follows from the ledger, as JSON or CSV.

    \b
    trucewatch export series.csv --ceasefire donbas-2020
    trucewatch export contacts.json --at 2022-02 --known 2022-02-20
    trucewatch export reports.csv --recorded 2022-02-21

    VIEW.SHAPE is a view and a shape, such as series.csv; a wrong name lists them all. Everything is
    worked out anew from the ledger: claims as told, and judgements (see `trucewatch judge`). --known
    goes by publication, --recorded by when the ledger took it in.
    """
    from trucewatch import catalog
    from trucewatch.ledger import Ledger
    from trucewatch.views import exports
    from trucewatch.views.query import Query

    given = catalog.ceasefire(ceasefire) if ceasefire else None
    query = Query(ceasefire=given, period=period, known=known)
    with Ledger.open(ledger, create=False) as opened:
        shelf = opened.as_of(recorded) if recorded else opened
        _write(exports.export(view, shelf, query))


@main.command()
@click.option("--ceasefire", metavar="NAME", help="The ceasefire that is shown first.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@click.option("--open", "show", is_flag=True, help="Open the pages in a browser.")
@_of_setting(settings.TILES, "ADDRESS")
@_of_setting(settings.TILES_BY, "WORDS")
@_ledger()
def serve(
    ceasefire: str | None, *, host: str, port: int, show: bool, tiles: str, tiles_by: str, ledger: Path
) -> None:
    """Show the ledger as pages in a browser, until interrupted.

    \b
    trucewatch serve --ledger donbas.db --ceasefire donbas-2020 --open

    Nothing is changed but by the forms of the review. The pages need `pip install litestar uvicorn`, and load
    nothing from elsewhere, but tiles of a map where --tiles names a server.
    """
    from trucewatch import pages

    tiled = (tiles, tiles_by)
    pages.serve(ledger, ceasefire=ceasefire, host=host, port=port, show=show, tiled=tiled, tell=say)


@main.command()
@click.option(
    "--to", "folder", metavar="FOLDER", required=True, type=click.Path(path_type=Path), help="Where to write."
)
@_ledger()
def gold(folder: Path, ledger: Path) -> None:
    """Write the reviewed reports as gold, NAME.txt and NAME.gold.json, for training and scoring.

    \b
    trucewatch gold --ledger donbas.db --to mygold

    Gold is a report in which, as somebody said on its page, nothing is missing, and whose claims were all
    decided on. Single decisions, with the claims before and after, are in `trucewatch export reviews.json`.
    """
    from trucewatch.ledger import Ledger
    from trucewatch.views.gold import golds, write

    with Ledger.open(ledger, create=False) as opened:
        found = list(golds(opened))
    for one in (one for one in found if one.undecided or one.is_other):
        undecided = f"{one.undecided} of its {len(one.claims)} claims are undecided"
        say(f"{one.report.id}: left out, {'an earlier version was complete' if one.is_other else undecided}")
    complete = [one for one in found if not one.undecided and not one.is_other]
    write(complete, folder)
    for one in complete:
        click.echo(f"{folder / one.name}.gold.json: {len(one.claims)} claims")
    if not found:
        say("there is none: no report is said to be complete")


@main.command()
@click.argument("decision", type=click.Choice(["same", "different", "accept", "reject", "withhold", "undo"]))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@click.option("--by", metavar="NAME", required=True, help="Who decides: it stands in the ledger.")
@click.option("--reason", metavar="TEXT", required=True, help="Why.")
@_ledger()
def judge(decision: str, subjects: tuple[str, ...], by: str, reason: str, ledger: Path) -> None:
    """Decide on the record: what tells the same thing, which claims are right, what is withheld.

    \b
    trucewatch judge different 3fa9c1d2 77ab01c9 --by "A. Mirza" --reason "two calls on that day"
    trucewatch judge reject 3fa9c1d2 --by "A. Mirza" --reason "of another war"
    trucewatch judge withhold "Jon Doe" --by "A. Mirza" --reason "a witness at risk"
    trucewatch judge undo 4 --by "A. Mirza" --reason "read the transcript"

    The ids are those of claims (of reports, for origins.json), and of judgements for undo. Judgements
    go before what the program finds by itself; the later one counts. None is ever erased.

    accept and reject are on claims of one report, whatever is read from it later; claims are corrected,
    merged, split and added on the pages (`trucewatch serve`).

    withhold hides a name, or a passage (a claim's id, or REPORT:START-END), in every view and export,
    whatever --known and --recorded say. The ledger still has it: see `trucewatch erase`.
    """
    from trucewatch.ledger import Ledger

    with Ledger.open(ledger, create=False) as opened:
        decide = opened.review if decision in ("accept", "reject") else opened.judge
        made = decide(decision, subjects, by=by, reason=reason)
    click.echo(f"{ledger}: judgement {made.seq}: {made.decision} {' '.join(made.subjects)}")


@main.command()
@click.argument("subject", metavar="REPORT-OR-SHA256")
@click.option("--publisher", metavar="NAME", help="Whose report, where two publishers have one of that id.")
@click.option("--by", metavar="NAME", required=True, help="Who orders it: it stays in the ledger.")
@click.option("--reason", metavar="TEXT", required=True, help="Why: it stays too.")
@_ledger()
def erase(subject: str, publisher: str | None, by: str, reason: str, ledger: Path) -> None:
    """Erase all versions of a report, or one by its SHA-256, for good: bytes, text, words of its claims.

    \b
    trucewatch erase leaked-list --by "A. Mirza" --reason "court order of 3 May"

    Its hash, the date, the reason and the name stay, so that it is not read again. What signed reports
    quote of it is blanked too. The file is written anew, which takes a while where it is large.
    """
    from trucewatch.ledger import Ledger

    with Ledger.open(ledger, create=False) as opened:
        erased = opened.erase(subject, publisher=publisher, by=by, reason=reason)
    click.echo(
        f"{ledger}: erasure {erased.erasure.number}: {', '.join(erased.reports)}, {erased.claims:,} claims"
    )
    for name in erased.signed:
        say(f"blanked in the signed report {name}")
    for name in erased.alike:
        say(f"the same text stays on file as another report's: {name}")


@main.command()
@click.argument("claim_id", metavar="CLAIM-ID")
@_ledger()
def show(claim_id: str, ledger: Path) -> None:
    """Show a claim, its chain of speakers, and the passage with the evidence marked.

    \b
    trucewatch show 3fa9c1d2
    trucewatch show 3fa9 --ledger donbas.db

    The beginning of an id is enough if no other claim's begins so. The evidence stands in [[ ]], or
    in reverse colours on a terminal.
    """
    from trucewatch.ledger import Ledger
    from trucewatch.views.passage import render

    with Ledger.open(ledger, create=False) as opened:
        entry = opened.entry(claim_id)
        text = opened.text(entry.report.sha256, default="")
    _write(render(entry, text, mark=_mark))


def _mark(words: str) -> str:
    return click.style(words, reverse=True) if sys.stdout.isatty() else f"[[{words}]]"


def _write(text: str) -> None:
    """A text on standard output, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(text.encode(errors="backslashreplace"))
    sys.stdout.buffer.flush()


# --- the end of a command ----------------------------------------------------------------------------


def _tell_passed_over(reports: int) -> None:
    if reports:
        say(f"reports passed over as not on conflict, security or diplomacy: {reports:,} (--all reads them)")


def _exit(*, all_read: bool) -> None:
    click.get_current_context().exit(_READ_ALL if all_read else _SOME_UNREAD)


def _forget_output() -> None:
    """The reader of our output has gone: let nothing complain when it is flushed at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
