"""Contents made to fit their quotation marks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.annotations import quoting


def parts(text: str) -> tuple[list[str], list[int]]:
    """Words and gaps of a text."""
    found = list(re.finditer(r"\w+|[^\w\s]", text))
    before = [0, *(m.end() for m in found)]
    spaces = [text[b : m.start()] for b, m in zip(before, found, strict=False)]
    return [m.group() for m in found], [2 if "\n" in s else len(s[:1]) for s in spaces]


def fitted(text: str, content: str, cue: str, source: str | None = None) -> str:
    words, gaps = parts(text)
    of = {}
    for name in filter(None, (content, cue, source)):
        mine = parts(name)[0]
        start = next(n for n in range(len(words)) if words[n : n + len(mine)] == mine)
        of[name] = (start, start + len(mine))
    a, b = quoting.fit(
        of[content],
        of[cue],
        of[source] if source else None,
        words=words,
        gaps=gaps,
        quotes=quoting.quotations(words, gaps),
    )
    return " ".join(words[a:b])


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "whole"),
    [
        ('"We go. We win," he said.', "We win", "said", "he", '" We go . We win , "'),
        ("“We go. We win,” he said.", "We win,”", "said", "he", "“ We go . We win , ”"),
        ("''We go. We win,'' he said.", "We win", "said", "he", "' ' We go . We win , ' '"),
        ('"We go," he said. "We win."', '"We go,"', "said", "he", '" We go , " he said . " We win . "'),
        ('"We go," said a man. "No."', '"We go,"', "said", "a man", '" We go , " said a man . " No . "'),
        ('He said "we go" to us.', '"we go" to us', "said", "He", '" we go " to us'),
        ('"We go," he said.\n"We win," she said.', '"We go,"', "said", "he", '" We go , "'),
        ('"He said we go," she told us.', "we go", "said", "He", "we go"),
        ('He said we go. "We win."', "we go", "said", "He", "we go"),
        ('12" pipes, he said, are long" and', "pipes", "said", "he", "pipes"),
    ],
)  # fmt: skip
def test_a_content_takes_whole_quotations(text: str, content: str, cue: str, source: str, whole: str) -> None:
    assert fitted(text, content, cue, source) == whole


@given(st.lists(st.sampled_from(['"', "“", "”", "'", "a", ".", "b"]), min_size=2, max_size=30), st.data())
def test_a_content_never_shrinks_nor_leaves_the_text(words: list[str], data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.integers(0, 2), min_size=len(words), max_size=len(words)))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    cue = data.draw(st.integers(0, len(words) - 1))
    a, b = quoting.fit(
        (start, end), (cue, cue + 1), None, words=words, gaps=gaps, quotes=quoting.quotations(words, gaps)
    )
    assert 0 <= a <= start < end <= b <= len(words)
