"""The shapes a situation report comes in: plain text, Markdown and a self-contained page."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import textwrap
from collections.abc import Sequence

from trucewatch.views.phrases import day, plain, span
from trucewatch.views.plots import plot
from trucewatch.views.signed import UNSIGNED, Status, difference_in_words, status_in_words
from trucewatch.views.sitrep import Reference, Row, Sitrep, Table
from trucewatch.views.templating import environment

_WIDTH = 92
_BAR = 10
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


# --- plain text ----------------------------------------------------------------------------------


def text(sitrep: Sitrep, status: Status = UNSIGNED) -> str:
    """Plain text for a terminal, wrapped at 92 columns."""
    lines = [*_wrapped(sitrep.title.upper(), ""), *_wrapped(_status(sitrep, status), "")]
    lines += [*_wrapped(dateline(sitrep), ""), "=" * _WIDTH]
    for section in sitrep.sections:
        lines += ["", section.title.upper(), "-" * len(section.title)]
        for sentence in section.sentences:
            lines += _wrapped(f"{sentence.text}. {marks(sentence.cites)}", "- ")
        lines += _text_table(section.table) if section.table else []
    if sitrep.differences:
        title = _differences(status)
        lines += ["", title.upper(), "-" * len(title)]
        lines += [line for one in sitrep.differences for line in _wrapped(difference_in_words(one), "- ")]
    lines += ["", "REFERENCES", "-" * 10]
    for reference in sitrep.references:
        lines += _wrapped(reference_line(reference), f"[{reference.number}] ")
    return "\n".join(lines) + "\n"


def _wrapped(words: str, lead: str) -> list[str]:
    return textwrap.wrap(
        lead + words,
        _WIDTH,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
        break_long_words=True,
    )


def _text_table(table: Table) -> list[str]:
    cells = [table.head, *(row.cells for row in table.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.head))]
    lines = ["", *_wrapped(table.caption, "  "), "  " + _text_row(table.head, widths).rstrip()]
    for row in table.rows:
        bar = ("#" * max(1, round(row.size * _BAR)) if row.size else "").ljust(_BAR)
        lines += _table_line(f"  {_text_row(row.cells, widths)} {bar}", marks(row.cites))
    return lines


def _table_line(cells: str, sources: str) -> list[str]:
    """A row with its sources, or with them on a line of their own where both do not fit."""
    whole = f"{cells} {sources}"
    return [whole] if len(whole) <= _WIDTH + 8 else [cells.rstrip(), *_wrapped(sources, " " * 6)]


def _text_row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *middle, last = (
        cell.ljust(width) if place in (0, len(cells) - 1) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((first, *middle, last))


# --- Markdown ------------------------------------------------------------------------------------


def markdown(sitrep: Sitrep, status: Status = UNSIGNED) -> str:
    """Markdown; whatever a report wrote is escaped."""
    blocks = [f"# {_escaped(sitrep.title)}", f"**{_escaped(_status(sitrep, status))}**"]
    blocks.append(_escaped(dateline(sitrep)))
    for section in sitrep.sections:
        blocks.append(f"## {section.title}")
        blocks.append(
            "\n".join(f"- {_escaped(s.text)}. {_escaped(marks(s.cites))}" for s in section.sentences)
        )
        blocks += [_markdown_table(section.table)] if section.table else []
    if sitrep.differences:
        blocks.append(f"## {_differences(status)}")
        blocks.append("\n".join(f"- {_escaped(difference_in_words(one))}" for one in sitrep.differences))
    blocks.append("## References")
    blocks.append("\n".join(f"{r.number}. {_escaped(reference_line(r))}" for r in sitrep.references))
    return "\n\n".join(blocks) + "\n"


def _markdown_table(table: Table) -> str:
    head = f"| {' | '.join(map(_escaped, table.head))} | Source |"
    rule = f"|{' --- |' + ' ---: |' * (len(table.head) - 2) + ' --- |'} --- |"
    rows = [
        f"| {' | '.join(map(_escaped, row.cells))} | {_escaped(marks(row.cites))} |" for row in table.rows
    ]
    return "\n".join((f"{_escaped(table.caption)}\n", head, rule, *rows))


def _escaped(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", words)


# --- a page --------------------------------------------------------------------------------------


def html(sitrep: Sitrep, status: Status = UNSIGNED) -> str:
    """A page that needs nothing else: no script, nothing loaded, its style allowed by its hash."""
    templates = environment()
    style = "".join(templates.get_template(name).render() for name in ("sitrep.css", "plot.css"))
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return templates.get_template("sitrep.html").render(
        sitrep=sitrep,
        status=_status(sitrep, status),
        is_draft=status.signed is None,
        dateline=dateline(sitrep),
        differences=[difference_in_words(one) for one in sitrep.differences],
        differences_title=_differences(status),
        style=style,
        style_hash=allowed,
        bar=_bar,
        runs=runs,
        plot=plot,
    )


def _bar(row: Row) -> int:
    """The length of a row's bar out of 100."""
    return max(1, round(row.size * 100)) if row.size else 0


# --- common --------------------------------------------------------------------------------------


def _status(sitrep: Sitrep, status: Status) -> str:
    return status_in_words(status, differences=len(sitrep.differences))


def _differences(status: Status) -> str:
    version = status.before.version if status.before else (status.signed.version - 1 if status.signed else 0)
    return f"Differences to version {version}"


def dateline(sitrep: Sitrep) -> str:
    """The day looked at, the days covered and the day of knowledge."""
    known = f"was known on {_date(sitrep.known)}" if sitrep.known else "is on file, later reports included"
    covered = span(sitrep.at - dt.timedelta(days=1), sitrep.at)
    made = f"; from the ledger as it was on {_moment(sitrep.recorded)}" if sitrep.recorded else ""
    return f"As of {_date(sitrep.at)}, with what {known}; period covered: {covered}{made}"


def _moment(moment: dt.datetime) -> str:
    return f"{_date(moment.date())}, {moment:%H:%M:%S} UTC"


def marks(cites: Sequence[int]) -> str:
    """The references of a sentence: ``[1][2]``, and ``[4-7]`` for three and more in a row."""
    return "".join(f"[{label}]" for label, _ in runs(cites))


def runs(cites: Sequence[int]) -> list[tuple[str, int]]:
    """Reference numbers with rows of three and more put together, each with its first number."""
    groups: list[list[int]] = []
    for number in cites:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    kept = [part for group in groups for part in ([group] if len(group) > 2 else [[n] for n in group])]
    return [(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}", part[0]) for part in kept]


def reference_line(reference: Reference) -> str:
    """A reference in a line: claims, report, publisher, date, exact words."""
    if reference.note:
        return f"{plain(reference.note)}."
    ids = f"claim {', '.join(reference.claims)}; " if reference.claims else ""
    source = f"{plain(reference.publisher)}, " if reference.publisher else ""
    published = _date(reference.published) if reference.published else "undated"
    head = f"{ids}report {plain(reference.report or '')}; {source}{published}"
    if reference.words:
        return f"{head}: “{reference.words}”"
    if reference.title:
        return f"{head}; title: {reference.title}."
    return f"{head}: the words are not on file." if reference.claims else f"{head}."


def _date(date: dt.date) -> str:
    return day(date, year=True)
