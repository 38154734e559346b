"""A report is read into one text: exactly the words received, or a message that names the report."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch import documents
from trucewatch.documents.language import KNOWN_LANGUAGES, detect
from trucewatch.documents.markup import to_text
from trucewatch.documents.page import ELEMENT_LIMIT, PAGE_LIMIT
from trucewatch.errors import ReportError
from trucewatch.issues import unreadable
from trucewatch.model import Report, digest
from trucewatch.reports.encoding import decode

SHARED = Path("/work/shared")


def report(data: bytes | str, media_type: str = "text/plain", **more: object) -> Report:
    data = data if isinstance(data, bytes) else data.encode()
    known = {"id": "r", "origin": "box/r.txt", **more}
    return Report(data=data, media_type=media_type, sha256=digest(data), **known)  # type: ignore[arg-type]


def page(body: str, head: str = "", **more: object) -> Report:
    return report(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", "text/html", **more)


# --- plain text ----------------------------------------------------------------------------------


def test_the_text_is_what_was_received_with_line_ends_as_lf_and_no_byte_order_mark() -> None:
    document = documents.read(report("\ufeff  “Calm”\r\n\r\nholds.\rNow\u00a0\u2028 \u202e\ufeffx\n "))
    assert document.text == "  “Calm”\n\nholds.\nNow\u00a0\u2028 \u202e\ufeffx\n "
    assert document.doubts == ()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_any_text_that_is_not_blank_comes_back_unchanged(text: str) -> None:
    data = text.encode()
    try:
        found, doubt = decode(data)
    except ValueError as error:
        assert "binary" in str(error) or "not a text" in str(error)
        return
    assert found == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") and doubt is None


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_message_that_names_the_report(data: bytes) -> None:
    try:
        assert documents.read(report(data, language="en")).text.strip()
    except ReportError as error:
        assert str(error).startswith("box/r.txt: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    mark = "" if encoding in ("utf-16", "utf-32") else "\ufeff"
    document = documents.read(report((mark + "“Calm” holds.\r\n").encode(encoding)))
    assert document.text == "“Calm” holds.\n" and document.doubts == ()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The spokesman said: “We did not fire.” The president’s café — shelled."),
        ("cp1251", "Президент заявил, что стороны договорились о прекращении огня в субботу."),
        ("koi8-r", "Президент заявил, что стороны договорились о прекращении огня в субботу."),
        ("latin-1", "Les deux présidents ont évoqué la crise à Genève."),
    ],
)
def test_a_text_in_another_encoding_is_read_with_a_doubt(encoding: str, text: str) -> None:
    document = documents.read(report(text.encode(encoding)))
    assert document.text == text
    issue = documents.issues(document)[0]
    assert issue.origin == "box/r.txt" and issue.level == "warning" and "not UTF-8" in issue.message


def test_a_damaged_character_does_not_change_the_encoding_of_the_rest() -> None:
    data = ("“Calm”, said the café’s owner. " * 5).encode() + b"\xe2\x80"
    document = documents.read(report(data))
    assert document.text.startswith("“Calm”, said the café’s") and document.text.count("�") == 1
    assert "UTF-8, in 1 place" in document.doubts[0]


BINARY = {
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
    "pdf": (b"%PDF-1.7\n%text only", "PDF"),
    "docx": (b"PK\x03\x04abc", "ZIP"),
    "nul": (b"calm\0calm", "binary"),
    "controls": (bytes(range(1, 32)) * 10, "binary"),
    "utf-16 with nul": ("\ufeffa\0b".encode("utf-16-le"), "binary"),
}


@pytest.mark.parametrize(("data", "what"), BINARY.values(), ids=BINARY)
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_what_is_binary_is_named_with_what_it_is(data: bytes, what: str, media_type: str) -> None:
    with pytest.raises(ReportError, match=rf"^box/r\.txt: is .*{what}"):
        documents.read(report(data, media_type))


def test_an_unreadable_report_becomes_an_issue_that_names_it_once() -> None:
    bad = report(b"\0")
    with pytest.raises(ReportError) as caught:
        documents.read(bad)
    issue = unreadable(bad, caught.value)
    assert issue.origin == "box/r.txt" and issue.message.startswith("is binary") and issue.level == "error"


@pytest.mark.parametrize("blank", ["\ufeff", " \r\n\t", "\u00a0"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_a_blank_report_has_no_text(blank: str, media_type: str) -> None:
    with pytest.raises(ReportError, match="text"):
        documents.read(report(blank, media_type))


def test_an_unknown_media_type_names_those_there_are() -> None:
    with pytest.raises(ReportError, match="image/png; what can be read is text/plain"):
        documents.read(report("x", "image/png"))


def test_five_megabytes_on_one_line_are_read_in_moments() -> None:
    started = time.monotonic()
    document = documents.read(report("calm holds " * 470_000, language="en"))
    assert len(document.text) > 5_000_000 and time.monotonic() - started < 20


# --- JSON Lines ----------------------------------------------------------------------------------


def test_the_text_of_a_line_is_its_own_text() -> None:
    data = json.dumps({"text": "\ufeffOne \\ “two”\r\n\n    three 🕊.", "title": "T"})
    assert documents.read(report(data, "application/json")).text == "One \\ “two”\n\n    three 🕊."


# --- pages ---------------------------------------------------------------------------------------

ARTICLE = """<nav><a href="/">Home</a> <a href="/world">World</a></nav><script>var a = "500 killed";</script>
<article><h1>Calm on the line</h1><p>The observers counted <b>12</b> violations on
<time datetime="2014-09-05">Friday</time>, the mission said &amp; left.</p><style>p {color: red}</style>
<p>The mayor said: <q>We stay <i>here</i></q>.</p>
<ul><li>A first point</li><li>A second point</li></ul></article>
<footer>Copyright 2019</footer>"""
HEAD = """<title>Calm on the line | Vale Post</title>
<meta property="og:site_name" content="Vale Post">
<link rel="canonical" href="https://vale.example/calm"><script type="application/ld+json">{"@context":
"https://schema.org", "@type": "NewsArticle", "headline": "Calm on the line",
"dateModified": "2022-02-21T08:00:00Z",
"datePublished": "2022-02-19T23:30:00-05:00"}</script>"""


def test_a_page_gives_its_main_text_without_scripts_and_with_paragraphs() -> None:
    paragraphs = documents.read(page(ARTICLE, HEAD)).text.split("\n\n")
    assert paragraphs[-4:] == [
        "The observers counted 12 violations on Friday, the mission said & left.",
        "The mayor said: “We stay here”.",
        "A first point",
        "A second point",
    ]
    assert "500 killed" not in "".join(paragraphs) and "World" not in paragraphs


def test_a_page_tells_its_title_date_publisher_and_address() -> None:
    told = documents.read(page(ARTICLE, HEAD)).report
    assert (told.title, told.publisher, told.url) == (
        "Calm on the line",
        "Vale Post",
        "https://vale.example/calm",
    )
    assert str(told.published) == "2022-02-19"
    assert told.data == page(ARTICLE, HEAD).data and told.sha256 == page(ARTICLE, HEAD).sha256


def test_what_the_sidecar_says_stands_against_what_the_page_says() -> None:
    told = documents.read(page(ARTICLE, HEAD, title="Mine", publisher="Ours", url="http://u")).report
    assert (told.title, told.publisher, told.url) == ("Mine", "Ours", "http://u")


LONG = "<p>It was calm on 2019-01-03, and again on 5 September 2014, in all of the villages on the line.</p>"
UNDATED = {
    "prose": (LONG, ""),
    "time in prose": ('<p>On <time datetime="2014-09-05">that day</time> all signed a truce.</p>', ""),
    "copyright": (LONG + "<footer>Copyright 2019 Vale Post, 2019-01-03</footer>", ""),
    "modified": (LONG, '<meta property="article:modified_time" content="2022-02-21T10:00:00Z">'),
    "only modified": (LONG, '<script type="application/ld+json">{"dateModified": "2022-02-21"}</script>'),
    "script": (LONG, '<script>var day = "2021-05-06";</script>'),
    "image": (LONG + '<img src="/2020/03/04/a.jpg">', ""),
    "yet to come": (LONG, '<meta property="article:published_time" content="2122-02-19">'),
}


@pytest.mark.parametrize(("body", "head"), UNDATED.values(), ids=UNDATED)
def test_a_page_that_does_not_say_when_it_was_published_is_undated(body: str, head: str) -> None:
    assert documents.read(page(body, head)).report.published is None


@pytest.mark.parametrize(
    ("body", "head", "day"),
    [
        (LONG, '<meta property="article:published_time" content="1987-02-26T23:00:00Z">', "1987-02-26"),
        (LONG, '<meta name="date" content="2022-02-26">', "2022-02-26"),
        (
            f'<p class="byline">By A. Writer, <time datetime="2022-02-26T10:00Z">26 Feb</time></p>{LONG}',
            "",
            "2022-02-26",
        ),
        (f'<p><time datetime="2022-02-26T10:00Z">26 Feb</time></p>{LONG}', "", "2022-02-26"),
        (f'<p class="date">Published: 26 February 2022</p>{LONG}', "", "2022-02-26"),
    ],
)
def test_a_page_that_says_when_it_was_published_is_dated(body: str, head: str, day: str) -> None:
    assert str(documents.read(page(body, head)).report.published) == day


def test_a_page_of_one_sentence_is_read() -> None:
    assert (
        documents.read(report("<p>Both sides stopped firing.</p>", "text/html")).text
        == "Both sides stopped firing."
    )


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8"])
def test_a_page_is_read_in_the_charset_that_it_declares(encoding: str) -> None:
    source = f'<html><head><meta charset="{encoding}"></head><p>Стороны договорились о тишине.</p></html>'
    document = documents.read(report(source.encode(encoding), "text/html"))
    assert document.text == "Стороны договорились о тишине." and document.doubts == ()


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "rot13", "utf-7", "unicode_escape", "x" * 40, "zlib"]
)
def test_a_charset_that_no_page_is_written_in_is_not_believed(charset: str) -> None:
    source = f'<meta charset="{charset}"><p>Caf@ society is calm, they said in the village.</p>'
    document = documents.read(report(source.encode().replace(b"@", b"\xe9"), "text/html"))
    assert document.text.startswith("Café society")


def test_a_page_of_scripts_alone_has_no_text() -> None:
    with pytest.raises(ReportError, match="page without text"):
        documents.read(page("<script>alert('500 killed')</script><style>p {}</style>", "<title>T</title>"))


def test_a_page_beyond_the_limits_is_named_with_them() -> None:
    with pytest.raises(ReportError, match=r"box/r.txt: has 9\.\d MiB; the most for one page is 5\.0 MiB"):
        documents.read(page("<div>" * 2_000_000))
    with pytest.raises(ReportError, match=f"elements; the most is {ELEMENT_LIMIT:,}"):
        documents.read(page("<table><tr><td>x</td></tr></table>" * 20_000))


HOSTILE = {
    "nested": "<div>" * (PAGE_LIMIT // 5 - 50),
    "bold": "<b>" * 1_000_000,
    "quotes": "<p><q>" * 2_000,
    "times": "<p>" + "<time>1</time>" * 10_000,
    "angles": "<" * 1_000_000,
    "entities": "&" * 1_000_000 + "&#xD800;&#0;&#1114112;",
    "external": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e; calm</p>',
    "frames": '<iframe src="http://192.0.2.1/"></iframe><object data="file:///etc/passwd"></object>x',
    "turned": "<p>\u202ecalm\u202c</p>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_or_refused_in_moments(body: str, capfd: pytest.CaptureFixture[str]) -> None:
    started = time.monotonic()
    try:
        assert "root:" not in documents.read(page(body, language="en")).text
    except ReportError as error:
        assert str(error).startswith("box/r.txt: ")
    assert time.monotonic() - started < 20
    assert capfd.readouterr() == ("", "")


def test_the_same_bytes_give_the_same_document() -> None:
    assert documents.read(page(ARTICLE, HEAD)) == documents.read(page(ARTICLE, HEAD))


# --- markup --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain  text\n\n\nwith <3 and R&D", "plain text\n\nwith <3 and R&D"),
        ("<p>A<b>b</b> c\n d</p>tail<p></p><ul><li>x<li>y</ul>", "Ab c d\n\ntail\n\nx\n\ny"),
        ("a<script>no</script>b<!-- no -->c<style>no</style>", "abc"),
        ("one<br/>two<br><br>three", "one\ntwo\n\nthree"),
        ("R&amp;D &lt;b&gt; caf&eacute;", "R&D <b> café"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\n\nb"),
        ("<script>no</script>", ""),
        ("", ""),
    ],
)
def test_markup_becomes_text(source: str, text: str) -> None:
    assert to_text(source) == text


@given(st.text(max_size=200))
def test_any_string_is_markup_enough(source: str) -> None:
    assert isinstance(to_text("<p>" + source), str)


# --- language ------------------------------------------------------------------------------------

OTHERS = {
    "fr": "Les deux présidents ont convenu d'un cessez-le-feu samedi.",
    "de": "Der Präsident sprach am Samstag mit seinem Amtskollegen.",
    "es": "El presidente habló el sábado con su homólogo.",
    "pt": "O presidente russo e o presidente francês falaram durante 105 minutos no domingo.",
    "it": "Il presidente ha parlato sabato con il suo omologo.",
    "ru": "Президент заявил, что стороны договорились о прекращении огня.",
    "uk": "Президент заявив, що сторони домовилися про припинення вогню, і це підтвердили спостерігачі.",
    "ar": "وقف إطلاق النار في المدينة",
    "he": "הפסקת אש",
    "zh": "停火协议",
    "ja": "停戦に合意した",
    "ko": "휴전 합의",
    "tr": "Başkan cumartesi günü meslektaşıyla görüştü.",
    "nl": "De president sprak zaterdag met zijn ambtgenoot over het staakt-het-vuren.",
}


@pytest.mark.parametrize(("language", "text"), OTHERS.items(), ids=OTHERS)
def test_a_report_in_another_language_is_kept_and_told_as_not_read(language: str, text: str) -> None:
    document = documents.read(report(text))
    assert document.text == text and document.language == language and not documents.is_known(document)
    (issue,) = documents.issues(document)
    assert issue.level == "warning" and issue.message == f"not read: its language is {language}; known is en"


ENGLISH = [
    "Ceasefire holds.",
    "MR MACRON SPOKE WITH MR PUTIN ON SUNDAY.",
    "BANCA MONTE DI PARMA ISSUING EUROCERTIFICATES",
    "Blinken, Lavrov, Kuleba, Le Drian, Baerbock and Çavuşoğlu met in Genève.",
    "Aung San Suu Kyi, Abiy Ahmed Ali, Abdel Fattah al-Burhan, Min Aung Hlaing",
    "Shr 1.16 dlrs vs 1.19 dlrs\n    Net 151.4 mln vs 152.4 mln",
    "The mayor said « nous restons » and left for Kyiv.",
    "12:30 +++ 105 *** 45%",
    "OK",
    "🕊🕊🕊",
    "Kyiv.",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_short_texts_capitals_names_and_figures_are_not_taken_for_another_language(text: str) -> None:
    document = documents.read(report(text))
    assert (
        document.language in (None, "en")
        and documents.is_known(document)
        and documents.issues(document) == []
    )


def test_a_language_that_cannot_be_told_is_none() -> None:
    assert detect("19:30 +++ 105") is None and detect("") is None


def test_a_declared_language_counts_and_nothing_is_detected() -> None:
    french = "Les deux présidents ont convenu d'un cessez-le-feu samedi."
    assert documents.read(report(french, language="en")).language == "en"
    assert documents.read(report("Both sides stopped firing.", language="fr")).language == "fr"


def test_the_language_of_a_page_is_that_of_its_words_and_only_then_the_one_it_declares() -> None:
    wrong = '<html lang="fr-FR"><body><p>{}</p></body></html>'
    assert documents.read(report(wrong.format(LONG), "text/html")).language == "en"
    assert documents.read(report(wrong.format("19:30 +++ 105"), "text/html")).language == "fr"


def test_english_is_known() -> None:
    assert "en" in KNOWN_LANGUAGES


@pytest.mark.skipif(not SHARED.exists(), reason="the gold texts are not here")
def test_no_gold_text_and_no_newspaper_article_is_taken_for_another_language() -> None:
    paths = [*SHARED.glob("gold/*/*.txt"), *SHARED.glob("corpora/polnear/dev/text/*")]
    texts = [decode(path.read_bytes())[0] for path in paths]
    assert len(texts) > 300
    assert {detect(text) for text in texts} <= {"en", None}
    assert {detect(text.upper()) for text in texts[:100]} <= {"en", None}


# --- cost ----------------------------------------------------------------------------------------


def test_fetching_and_reading_import_nothing_heavy_before_they_need_it() -> None:
    heavy = "{'trafilatura', 'htmldate', 'lxml', 'feedparser', 'py3langid', 'numpy', 'charset_normalizer'}"
    code = f"import sys, trucewatch.documents, trucewatch.reports; print({heavy} & set(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert ran.stdout.strip() == "set()"


def test_the_libraries_log_nothing_on_the_way(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    documents.read(page(LONG))
    assert caplog.records == []
