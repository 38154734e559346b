"""HTML pages: the main text, and the title, date, publisher and address that the page tells of itself."""

from __future__ import annotations

import datetime as dt
import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from trucewatch.documents.markup import text_of, to_text
from trucewatch.model import Noun
from trucewatch.reports.details import one_line
from trucewatch.reports.encoding import NoTextError, decode
from trucewatch.reports.limits import size

if TYPE_CHECKING:
    from lxml import etree

PAGE_LIMIT = 5 * 2**20  # bytes of one page
ELEMENT_LIMIT = 30_000  # the time to find the main text grows with the square: 2 s here, 40 s at 130,000
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_CHARSET_WITHIN = 4096
_EARLIEST = dt.datetime(1900, 1, 1)
# What could be taken for the day of publication and is not: days in the prose, in scripts, of changes.
_NO_DATES = (
    "//script[not(contains(@type, 'ld+json'))] | //style | //footer | //li | //blockquote | //td"
    " | //p[not(string-length(normalize-space(.)) <= 60 and (contains(@class, 'date')"
    " or contains(@class, 'time') or contains(@class, 'publi') or contains(@class, 'byline')"
    " or string-length(normalize-space(time)) * 2 >= string-length(normalize-space(.))))]"
    " | //meta[contains(@property, 'modif') or contains(@name, 'modif') or contains(@itemprop, 'odified')"
    " or contains(@property, 'updated') or contains(@name, 'updated')]"
    " | //*[contains(@itemprop, 'odified')] | //comment()"
)
# Words of a sentence that the library would leave out with their tag, or put in a paragraph of their own.
_WITHIN_SENTENCES = " | ".join(
    f"//{outer}//{inner}"
    for outer in ("p", "li", "td", "blockquote")
    for inner in ("time", "label", "output", "q")
)
_MODIFIED = re.compile(r'"(?:dateModified|dateCreated|uploadDate|expires)"\s*:\s*"[^"]*"\s*,?')


class Page(Noun, frozen=True, kw_only=True):
    """What a page says, and of itself: each None where it does not."""

    text: str
    title: str = ""
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    doubt: str | None = None


def read_page(data: bytes, *, url: str | None = None) -> Page:
    """Read a page. Raises :class:`NoTextError`."""
    if len(data) > PAGE_LIMIT:
        raise NoTextError(f"has {size(len(data))}; the most for one page is {size(PAGE_LIMIT)}")
    declared = _CHARSET.search(data, 0, _CHARSET_WITHIN)
    source, doubt = decode(data, declared=declared[1].decode() if declared else None)
    tree = _tree(source)
    published = _published(tree)
    found = _extract(tree, url)
    text = text_of(found.body) if found is not None and found.body is not None else ""
    text = text or to_text(source)
    if not text:
        raise NoTextError("is a page without text")
    return Page(
        text=text,
        title=one_line(getattr(found, "title", None) or ""),
        published=published,
        publisher=one_line(getattr(found, "sitename", None) or getattr(found, "hostname", None) or "")
        or None,
        url=one_line(getattr(found, "url", None) or "") or None,
        language=tree.get("lang") if tree is not None else None,
        doubt=doubt,
    )


def _tree(source: str) -> etree._Element | None:
    from trafilatura import load_html

    tree: etree._Element | None = load_html(source)
    if tree is not None:
        count = sum(1 for _ in tree.iter())
        if count > ELEMENT_LIMIT:
            raise NoTextError(f"is a page of {count:,} elements; the most is {ELEMENT_LIMIT:,}")
    return tree


def _extract(tree: etree._Element | None, url: str | None) -> Any:
    from trafilatura import bare_extraction

    if tree is None:
        return None
    _mend_sentences(tree)
    try:
        return bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            favor_recall=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
            config=_settings(),
        )
    except Exception:  # a hostile page may trip the library anywhere; the plain text is left then
        return None


def _mend_sentences(tree: etree._Element) -> None:
    for element in cast("list[Any]", tree.xpath(_WITHIN_SENTENCES)):
        if element.tag == "q":
            _quote(element)
        element.drop_tag()


def _quote(element: etree._Element) -> None:
    """Write the marks that a browser shows around this element."""
    element.text = "“" + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + "”"
    else:
        element.text += "”"


@cache
def _settings() -> Any:
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")  # a short page is read like a long one
    return settings


def _published(tree: etree._Element | None) -> dt.date | None:
    """The day of publication where the page marks it as such; a day in the prose is none."""
    from htmldate import find_date

    if tree is None:
        return None
    marked = deepcopy(tree)
    for element in cast("list[etree._Element]", marked.xpath(_NO_DATES)):
        _remove(element)
    for script in marked.iter("script"):
        script.text = _MODIFIED.sub("", script.text or "")
    try:
        found = find_date(marked, extensive_search=False, original_date=True, min_date=_EARLIEST)
    except Exception:  # as above: undated then
        return None
    return dt.date.fromisoformat(found) if found else None


def _remove(element: etree._Element) -> None:
    """Take an element out, with the text behind it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
