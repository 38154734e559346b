"""The rules of alerts stand in the ceasefire's YAML, and a mistake in them is told with the choices."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.eval.sets import ROOT
from trucewatch import catalog
from trucewatch.errors import CatalogError
from trucewatch.model import AlertRules

DONBAS = (ROOT / "trucewatch" / "catalog" / "ceasefires" / "donbas-2020.yml").read_text(encoding="utf-8")
RULES = """
alerts:
  level: 0.002
  baseline: 56
  cool_down: 5
  methods: [regression, C2, cusum]
  exclude:
    - {from: 2021-12-31, until: 2022-01-03, why: the New Year's report covers four evenings}
"""


def load(folder: Path, rules: str) -> AlertRules:
    path = folder / "donbas-2020.yml"
    path.write_text(DONBAS + rules, encoding="utf-8")
    return catalog.load(path).alerts


def test_what_is_given_is_read(tmp_path):
    rules = load(tmp_path, RULES)
    assert (rules.level, rules.baseline, rules.cool_down) == (0.002, 56, 5)
    assert rules.methods == ("regression", "C2", "cusum")
    assert (rules.exclude[0].since, rules.exclude[0].until) == (dt.date(2021, 12, 31), dt.date(2022, 1, 3))
    assert rules.exclude[0].why.startswith("the New Year")


def test_what_is_not_given_is_as_measured(tmp_path):
    assert load(tmp_path, "") == AlertRules()
    assert load(tmp_path, "alerts: {cool_down: 3}\n") == AlertRules(cool_down=3)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "C2, cusum",
            "C4, cusum",
            r"alerts\.methods: there is no method 'C4'; there are: regression, C1, C2, C3",
        ),
        ("C2, cusum", "cusum, cusum", r"alerts\.methods: 'cusum' stands twice"),
        ("level: 0.002", "level: 2", r"alerts\.level: 2\.0 is not between 1e-06 and 0\.05"),
        ("baseline: 56", "baseline: 3", r"alerts\.baseline: 3 is not between 14 and 365 days"),
        ("cool_down: 5", "cool_down: -1", r"alerts\.cool_down: -1 is not between 0 and 60 days"),
        ("until: 2022-01-03", "until: 2021-01-03", r"alerts\.exclude\[0\]\.until: 2021-01-03 is before"),
        (
            ", why: the New Year's report covers four evenings",
            "",
            r"alerts\.exclude\[0\]: .*required field `why`",
        ),
        ("the New Year's report covers four evenings", '" "', r"alerts\.exclude\[0\]\.why: is empty"),
        ("level: 0.002", "sensitivity: high", r"alerts: Object contains unknown field `sensitivity`"),
    ],
)
def test_a_mistake_is_told_with_its_field(tmp_path, right, wrong, message):
    assert right in RULES
    with pytest.raises(CatalogError, match=message):
        load(tmp_path, RULES.replace(right, wrong))
