"""How much the reader loses on worse text: ``python -m tests.eval.perturb``, or ``make score-perturbed``.

The dev gold, or ``tests/corpus`` where that is absent, is read as it is and under five perturbations of
the text. Each keeps the length of the text, so the spans of the gold stay valid; the gold itself is not
changed, and ``right`` is what the scorer of ``../shared`` gives for it. Only the text of a report is
perturbed, not its sidecar. Look-alikes are drawn, so their figures are means over SEEDS.

A name that is read with a look-alike in it does not match the gold by its letters: both scorers drop
letters that are not ASCII, and a digit is another letter to them. The last line of the table scores the
same readings with look-alikes folded on both sides; what it is above the line of the look-alikes is lost
on the spelling of names alone. It does not count into the mean loss.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from statistics import fmean
from typing import Any

import click
import msgspec

from tests.eval import gate, sets
from tests.eval.reading import read_all
from tests.eval.scoring import KINDS, score
from tests.eval.sets import Gold, Json

SEEDS = (11, 12, 13, 14, 15)
SHARE = 0.02  # of the letters are swapped for look-alikes

# Cyrillic, then Greek; told by code point, since they cannot be told by sight.
_LETTERS = {
    "a": "\u0430",
    "c": "\u0441",
    "e": "\u0435",
    "i": "\u0456",
    "j": "\u0458",
    "o": "\u043e\u03bf",
    "p": "\u0440",
    "s": "\u0455",
    "v": "\u03bd",
    "x": "\u0445",
    "y": "\u0443",
    "A": "\u0410\u0391",
    "B": "\u0412\u0392",
    "C": "\u0421",
    "E": "\u0415\u0395",
    "H": "\u041d\u0397",
    "I": "\u0406\u0399",
    "J": "\u0408",
    "K": "\u041a\u039a",
    "M": "\u041c\u039c",
    "N": "\u039d",
    "O": "\u041e\u039f",
    "P": "\u0420\u03a1",
    "S": "\u0405",
    "T": "\u0422\u03a4",
    "X": "\u0425\u03a7",
    "Y": "\u03a5",
    "Z": "\u0396",
}
_DIGITS = {"o": "0", "l": "1", "e": "3", "s": "5"}  # in the middle of words
_LATIN = str.maketrans({other: latin for latin, others in _LETTERS.items() for other in others})
_UNDIGIT = str.maketrans({digit: letter for letter, digit in _DIGITS.items()})
_DIGITS_WITHIN = re.compile(r"(?<=[^\W\d_])[0135]+(?=[^\W\d_])")

# Marks that are quotation marks wherever they stand: double ones, guillemets, low and reversed ones.
_ALWAYS = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u201a\u201b]')
# Single curly marks that are no part of a word: \u2018 unless within one, \u2019 unless within or after one.
_ALONE = re.compile("(?<!\\w)\u2018|\u2018(?!\\w)|(?<!\\w)\u2019(?!\\w)")
# Right after a word \u2019 closes what stands open in the line; else it is an apostrophe ("the sides\u2019").
_PAIR = re.compile("(?<!\\w)\u2018((?:[^\u2018\u2019\n]|\u2019(?=\\w))*)\u2019(?!\\w)")

# The fields whose values the scorers compare by their letters.
_SPELLED = frozenset({"name", "source", "text", "action", "body", "condition"})

Perturb = Callable[[str], str]
Figures = dict[str, float]


# --- the perturbations ----------------------------------------------------------------------------


def capitals(text: str) -> str:
    """Every letter as a capital: "Kyiv said" is "KYIV SAID"; "ß" stays, its capital being two letters."""
    return "".join(_single(character.upper(), character) for character in text)


def no_capitals(text: str) -> str:
    """Every letter as a small one: "Kyiv said" is "kyiv said"."""
    return "".join(_single(character.lower(), character) for character in text)


def _single(changed: str, character: str) -> str:
    return changed if len(changed) == 1 else character


def no_quotes(text: str) -> str:
    """Quotation marks as spaces: '"We agreed," he said' is ' We agreed,  he said'.

    Straight single marks stay, and so does a curly one that is an apostrophe: "Minsk’s", "the sides’".
    """
    return _ALWAYS.sub(" ", _ALONE.sub(" ", _PAIR.sub(r" \1 ", text)))


def one_line(text: str) -> str:
    """Newlines as spaces: the whole text is one paragraph."""
    return text.replace("\n", " ")


def look_alikes(text: str, *, seed: int) -> str:
    """Two of a hundred letters as look-alikes: "Moscow" may have a Cyrillic "o", or be "M0scow".

    Which letters and which look-alikes is drawn by ``seed``; fewer are swapped where fewer have any.
    """
    draw = random.Random(seed)  # noqa: S311
    offers = {at: others for at in range(len(text)) if (others := _others(text, at))}
    wanted = round(SHARE * sum(map(str.isalpha, text)))
    changed = list(text)
    for at in draw.sample(list(offers), min(wanted, len(offers))):
        changed[at] = draw.choice(offers[at])
    return "".join(changed)


def _others(text: str, at: int) -> str:
    within = at > 0 and text[at - 1].isalpha() and text[at + 1 : at + 2].isalpha()
    return _LETTERS.get(text[at], "") + (_DIGITS.get(text[at], "") if within else "")


PERTURBATIONS: dict[str, tuple[Perturb, ...]] = {
    "capitals": (capitals,),
    "no capitals": (no_capitals,),
    "no quotes": (no_quotes,),
    "one line": (one_line,),
    "look-alikes": tuple(partial(look_alikes, seed=seed) for seed in SEEDS),
}
"""By name, each as its draws; a draw gives a text of the same length."""


def perturbed(gold: Gold, *, by: Perturb) -> Gold:
    """A gold on its perturbed text; ValueError where the length is not kept, for the spans would not hold."""
    text = by(gold.text)
    if len(text) != len(gold.text):
        raise ValueError(f"{gold.name}: the text had {len(gold.text)} characters and now has {len(text)}")
    return msgspec.structs.replace(gold, text=text)


# --- look-alikes folded ---------------------------------------------------------------------------


def fold(text: str) -> str:
    """Look-alikes as the letters they look like; digits only between letters: "M0scow" is "Moscow"."""
    latin = text.translate(_LATIN)
    return _DIGITS_WITHIN.sub(lambda found: found[0].translate(_UNDIGIT), latin)


def folded(value: Any, field: str = "") -> Any:
    """A claim with the strings folded that are compared by their letters; nothing else is changed."""
    if isinstance(value, dict):
        return {name: folded(part, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [folded(part, field) for part in value]
    return fold(value) if isinstance(value, str) and field in _SPELLED else value


def folded_gold(gold: Gold) -> Gold:
    """A gold with its claims and aliases folded."""
    aliases = tuple(tuple(map(fold, group)) for group in gold.aliases)
    return msgspec.structs.replace(gold, claims=tuple(map(folded, gold.claims)), aliases=aliases)


# --- the figures ----------------------------------------------------------------------------------


def figures(golds: Sequence[Gold], readings: Mapping[str, Sequence[Json]]) -> Figures:
    """``right`` over all kinds, and of each kind, of some readings."""
    return gate.figures(score(golds, readings))


def mean(several: Iterable[Figures]) -> Figures:
    """The mean of each figure."""
    several = list(several)
    return {name: fmean(one[name] for one in several) for name in several[0]}


def measured(golds: Sequence[Gold]) -> dict[str, Figures]:
    """The figures of a set: "clean", each perturbation by its name, and "folded", the look-alikes folded."""
    reads = {
        name: [read_all(perturbed(gold, by=draw) for gold in golds) for draw in draws]
        for name, draws in PERTURBATIONS.items()
    }
    told = {name: mean(figures(golds, read) for read in draws) for name, draws in reads.items()}
    plain = [folded_gold(gold) for gold in golds]
    unlike = mean(figures(plain, folded(read)) for read in reads["look-alikes"])
    return {"clean": figures(golds, read_all(golds)), **told, "folded": unlike}


def losses(told: Mapping[str, Figures]) -> dict[str, Figures]:
    """What each perturbation loses of each figure, its mean over the perturbations, and the same folded."""
    lost = {
        name: {figure: told["clean"][figure] - value for figure, value in one.items()}
        for name, one in told.items()
        if name != "clean"
    }
    return lost | {"mean loss": mean(lost[name] for name in PERTURBATIONS)}


def table(told: Mapping[str, Figures]) -> str:
    """The figures as lines to print: ``right`` and its loss, and the loss of each kind."""
    kinds = [kind for kind in KINDS if kind in told["clean"]]
    lost = losses(told)
    heads = "".join(f"{kind:>12}" for kind in kinds)
    lines = [
        f"{'':12}{'right':>8}{'loss':>8}{heads}",
        _line("clean", f"{told['clean']['right']:8.3f}{'':8}", told["clean"], kinds),
    ]
    for name in (*PERTURBATIONS, "mean loss", "folded"):
        right = f"{told[name]['right']:8.3f}" if name in told else " " * 8
        lines.append(_line(name, f"{right}{lost[name]['right']:8.3f}", lost[name], kinds))
    return "\n".join(lines)


def _line(name: str, first: str, of: Figures, kinds: Iterable[str]) -> str:
    return f"{name:12}{first}" + "".join(f"{of[kind]:12.3f}" for kind in kinds)


def main() -> None:
    """Print the table for the dev set, or for our own corpus where ``../shared`` is absent."""
    there = sets.DEV.exists()
    golds = sets.dev() if there else sets.corpus()
    name = "../shared/gold/dev" if there else f"tests/corpus ({sets.ABSENT})"
    click.echo(f"{name}, {len(golds)} reports; below clean, each kind's column is its loss of right")
    click.echo(table(measured(golds)))
    click.echo("folded: the look-alikes again, folded on both sides before scoring; not in the mean")


if __name__ == "__main__":
    main()
