"""Pages as HTML: blocks and questions into templates. All is escaped; no script or style stands within."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from trucewatch.pages import islands, plan
from trucewatch.pages.asking import SPANS, Question
from trucewatch.pages.blocks import Block, Choice
from trucewatch.pages.cells import day_in_words
from trucewatch.pages.desk import Desk
from trucewatch.pages.limits import LIMITS
from trucewatch.pages.listed import choices
from trucewatch.pages.marking import placed
from trucewatch.pages.reported import SIGNS, ReportView, web
from trucewatch.pages.versions import LIMITS as VERSIONS
from trucewatch.pages.versions import VersionsView
from trucewatch.views.exports import EXPORTS
from trucewatch.views.phrases import plain
from trucewatch.views.templating import environment

_FOLDER = Path(__file__).parent / "templates"
_CALLED = {"speakers": "Speaker", "addressees": "To whom", "type": "What", "action": "What"}
_LONG_WORD = 22
_ONE = dt.timedelta(days=1)
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")


def page(name: str, blocks: Sequence[Block], *, question: Question, desk: Desk) -> str:
    """A page of blocks."""
    return (
        _environment()
        .get_template("page.html")
        .render(
            **_frame(name, question, desk),
            page=plan.PAGES[name],
            blocks=blocks,
            limits=LIMITS[name],
            scripts=islands.scripts(name),
            choices=_choices(name, question, desk),
        )
    )


def _choices(name: str, question: Question, desk: Desk) -> list[Choice]:
    filters = plan.PAGES[name].filters
    return choices(name, filters, desk, question) if filters else []


def report(view: ReportView, *, question: Question, desk: Desk, **told: object) -> str:
    """The page of one report; ``told`` is what the form on it shows that says that nothing is missing."""
    return (
        _environment()
        .get_template("report.html")
        .render(
            **_frame("reports", question, desk),
            **told,
            view=view,
            page=plan.PAGES["reports"],
            limits=LIMITS["reports"],
            scripts=islands.scripts("report"),
            url=web(view.report.url),
        )
    )


def review(template: str, *, question: Question, desk: Desk, **told: object) -> str:
    """A page of the review; ``told`` is what its template shows."""
    return (
        _environment()
        .get_template(template)
        .render(
            **_frame("review", question, desk),
            **told,
            page=plan.PAGES["review"],
            limits=LIMITS["review"],
            scripts=islands.scripts("review"),
        )
    )


def versions(view: VersionsView, *, question: Question, desk: Desk) -> str:
    """The versions of one report, two of them side by side."""
    return (
        _environment()
        .get_template("versions.html")
        .render(
            **_frame("reports", question, desk),
            view=view,
            page=plan.PAGES["reports"],
            limits=(*LIMITS["reports"], *VERSIONS),
        )
    )


def failure(told: str, *, status: int, desk: Desk) -> str:
    """The page for an address that leads to nothing, or for what went wrong."""
    return (
        _environment()
        .get_template("failure.html")
        .render(told=told, status=status, ceasefires=desk.ceasefires)
    )


def _frame(name: str, question: Question, desk: Desk) -> dict[str, object]:
    """What stands around every page: the menu, the form, the days before and after."""
    return {
        "name": name,
        "pages": plan.PAGES,
        "question": question,
        "ceasefires": desk.ceasefires,
        "spans": SPANS,
        "before": question.address(name, day=question.day - _ONE, q=question.words),
        "after": question.address(name, day=question.day + _ONE, q=question.words),
    }


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain, "date": day_in_words, "placed": placed, "unbroken": _unbroken}
    environment.globals |= {"style": _style_version(), "signs": SIGNS, "exported": EXPORTS}
    environment.filters["titled"] = titled
    environment.globals["spoken"] = {"claim": "claim", "cite": "reference"}
    environment.globals |= {"called": _CALLED, "dict": dict}
    return environment


def titled(svg: str) -> str:
    """The title of a plot, which names it to those who cannot see it. As it stands there, escaped.

    >>> titled('<svg><title id="t1">Shells &amp; mines</title></svg>')
    Markup('Plot: Shells &amp; mines')
    """
    met = _TITLE.search(svg)
    return Markup("Plot: ") + Markup(met[1]) if met else Markup("Plot")  # noqa: S704 - our own, escaped


def _unbroken(text: str) -> bool:
    """Whether a text has a word so long that it must be broken to fit a narrow column."""
    return any(len(word) > _LONG_WORD for word in text.replace("-", " ").split())


@functools.cache
def style() -> bytes:
    """The style sheet: that of the pages, and that of the plots."""
    return (_FOLDER / "pages.css").read_bytes() + environment().get_template("plot.css").render().encode()


def _style_version() -> str:
    """A mark of the style sheet, so that browsers fetch it anew when it has changed."""
    return hashlib.sha256(style()).hexdigest()[:12]
