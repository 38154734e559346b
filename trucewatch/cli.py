"""The command line: one command per stage, and the whole way. Heavy imports stand inside the commands."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucewatch import __version__, settings
from trucewatch.errors import TrucewatchError, UsageError

if TYPE_CHECKING:
    from trucewatch.model import Issue, Reading, Report
    from trucewatch.views.query import Period

_HANDFUL = 5  # so many reports are read without showing progress
_WIPE, _UP = "\r\x1b[2K", "\x1b[1A"  # empties the line of the terminal, goes to the one above
_READ_ALL, _SOME_UNREAD, _WRONG_USAGE, _BROKEN_PIPE, _INTERRUPTED = 0, 1, 2, 141, 130


class Failure(click.ClickException):
    """What ends a command in exit status 1: one line on standard error."""

    exit_code = _SOME_UNREAD

    def show(self, file: Any = None) -> None:
        """Write the line."""
        _say(f"trucewatch: {self.message}")


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
@_ledger()
def sitrep(ceasefire: str, at: dt.date, known: dt.date | None, shape: str, ledger: Path) -> None:
    """Write the situation report of a ceasefire at a date.

    \b
    trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20
    trucewatch sitrep --ceasefire donbas-2020 --at 2022-02-20 --format html > sitrep.html

    NAME is a ceasefire of the catalog, or a file of your own that ends in .yml. --known shows what
    an officer could have known on that day. Every sentence ends in a citation;
    look one up with `trucewatch show`.
    """
    from trucewatch import catalog
    from trucewatch.ledger import Ledger
    from trucewatch.situation import assess
    from trucewatch.views import render

    given = catalog.ceasefire(ceasefire)
    with Ledger.open(ledger, create=False) as opened:
        situation = assess(opened, given, at=at, known=known)
        written = render(situation, shape=shape, text_of=opened.text)
    _write(written)


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
@_ledger()
def export(
    view: str, ceasefire: str | None, period: Period | None, known: dt.date | None, ledger: Path
) -> None:
    """Write a table of what follows from the ledger, as JSON or CSV.

    \b
    trucewatch export series.csv --ceasefire donbas-2020
    trucewatch export contacts.json --at 2022-02 --known 2022-02-20

    VIEW.SHAPE is a view and a shape, such as series.csv; a wrong name lists them all. Everything is
    worked out anew from the ledger: claims as told, and judgements (see `trucewatch judge`).
    """
    from trucewatch import catalog
    from trucewatch.ledger import Ledger
    from trucewatch.views import exports
    from trucewatch.views.query import Query

    given = catalog.ceasefire(ceasefire) if ceasefire else None
    query = Query(ceasefire=given, period=period, known=known)
    with Ledger.open(ledger, create=False) as opened:
        _write(exports.export(view, opened, query))


@main.command()
@click.argument("decision", type=click.Choice(["same", "different", "undo"]))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@click.option("--by", metavar="NAME", required=True, help="Who decides: it stands in the ledger.")
@click.option("--reason", metavar="TEXT", required=True, help="Why.")
@_ledger()
def judge(decision: str, subjects: tuple[str, ...], by: str, reason: str, ledger: Path) -> None:
    """Decide that claims tell the same thing or different ones, on the record.

    \b
    trucewatch judge different 3fa9c1d2 77ab01c9 --by "A. Mirza" --reason "two calls on that day"
    trucewatch judge undo 4 --by "A. Mirza" --reason "read the transcript"

    The ids are those of claims (of reports, for origins.json), and of judgements for undo. Judgements
    go before what the program finds by itself; the later one counts. None is ever erased.
    """
    from trucewatch.ledger import Ledger

    with Ledger.open(ledger, create=False) as opened:
        made = opened.judge(decision, subjects, by=by, reason=reason)
    click.echo(f"{ledger}: judgement {made.seq}: {made.decision} {' '.join(made.subjects)}")


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


# --- standard error --------------------------------------------------------------------------------


class Watch:
    """Tells of what is read: issues at once, and progress on a terminal after the first few reports."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.met = self.unread = 0
        self._stack = ExitStack()
        self._advance: Callable[[int], None] | None = None

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def tell(self, met: Reading | Report | Issue) -> None:
        """Take note of a report that was met, or of an issue."""
        from trucewatch.model import Issue
        from trucewatch.pipeline import is_unread

        self.unread += is_unread(met)
        if isinstance(met, Issue):
            warning = "" if met.level == "error" else "warning: "
            self._make_room()
            _say(f"{met.origin}: {warning}{met.message}")
            return
        self.met += 1
        if self.met > _HANDFUL and _is_screen():
            self._show()

    def _show(self) -> None:
        if self._advance is None:
            self._advance = self._stack.enter_context(_progress(self.title))
        self._advance(self.met)

    def _make_room(self) -> None:
        if self._advance is not None:
            click.echo(_WIPE, err=True, nl=False)


def _is_screen() -> bool:
    """Whether standard error is a terminal on which a line can be written over."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int], None]]:
    """A line on standard error that counts reports, and is wiped away at the end."""
    start = time.monotonic()

    def told(reports: int | None) -> str | None:
        passed = dt.timedelta(seconds=int(time.monotonic() - start))
        return None if reports is None else f"{reports:,} reports  {passed}"

    with click.progressbar(count(), label=title, item_show_func=told, file=sys.stderr, width=20) as bar:
        yield lambda reports: bar.update(1, reports)
    click.echo(f"{_UP}{_WIPE}", err=True, nl=False)


def _say(message: str) -> None:
    """One line on standard error that does nothing to a terminal."""
    from trucewatch.terminal import neutral

    click.echo(neutral(message).replace("\n", " "), err=True)


def _tell_passed_over(reports: int) -> None:
    if reports:
        _say(f"reports passed over as not on conflict, security or diplomacy: {reports:,} (--all reads them)")


def _exit(*, all_read: bool) -> None:
    click.get_current_context().exit(_READ_ALL if all_read else _SOME_UNREAD)


def _forget_output() -> None:
    """The reader of our output has gone: let nothing complain when it is flushed at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
