"""The templates of the views: whatever is put into one is escaped, and a name that is missing is an error."""

from __future__ import annotations

import datetime as dt
import functools
import re

import jinja2

from trucewatch.views.phrases import day, plain


@functools.cache
def environment() -> jinja2.Environment:
    """The templates in ``trucewatch/views/templates``."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("trucewatch.views"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"plain": plain, "date": _date, "web": _is_web}
    return made


def _date(date: dt.date) -> str:
    return day(date, year=True)


def _is_web(url: str | None) -> bool:
    """Whether an address may be linked: only web addresses are."""
    return bool(url and re.match(r"https?://", url, re.IGNORECASE))
