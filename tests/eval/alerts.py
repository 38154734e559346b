"""How good the alerts on counts are: false alarms on quiet years, surges and level shifts found.

    python -m tests.eval.alerts              the tables of docs/alerts.md (minutes)
    python -m tests.eval.alerts --fit        how the real series scatter, for PROFILES

Quiet years are simulated: negative binomial, with the mean, the dispersion (variance over mean) and the
weekday factors of a real series each (PROFILES). Real series lie in ``../shared``; what is a real surge in
them is not labelled, so every alarm on them counts as false. A surge adds (factor - 1) times the mean of the
four weeks before to each evening; it is found if an evening alarms from its first to the sixth after that did
not alarm without it. False alarms are alerts told: raised, or got worse, with the cool-down.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from tests.eval import sets
from trucewatch.model import AlertRules
from trucewatch.situation.alerts import changes, methods, regression
from trucewatch.situation.alerts.baselines import before
from trucewatch.situation.alerts.distributions import Array
from trucewatch.situation.alerts.episodes import WORSE
from trucewatch.situation.alerts.methods import SEVERAL, Judgements

RULES = AlertRules()
DATA = sets.SHARED / "data"
DEFAULT, SURGES = "default", "regression, 1 or 3 evenings"
NAMES = ("C1", "C2", "C3", "regression", SEVERAL, SURGES, "cusum", "change point", DEFAULT)
GAPS = (0.0, 0.2, 0.6)
FACTORS, LENGTHS = (1.5, 2.0, 3.0), (1, 3, 7)
WITHIN = 7
SEED = 20220220
_TIMES = 5  # a weekday has a factor of its own if it is on file so often

Flags = NDArray[np.bool_]


class Profile(NamedTuple):
    """How a real series scatters: mean, dispersion, and a factor for each weekday."""

    mean: float
    dispersion: float
    weekdays: tuple[float, ...]

    @property
    def scatter(self) -> float:
        """The coefficient of variation: standard deviation over mean."""
        return float(np.sqrt(self.dispersion / self.mean))


PROFILES: Mapping[str, Profile] = {
    "OSCE, both regions": Profile(
        mean=24.8, dispersion=65.7, weekdays=(0.77, 1.19, 1.21, 0.52, 0.77, 1.49, 1.06)
    ),
    "OSCE, Donetsk": Profile(mean=20.3, dispersion=89.0, weekdays=(0.97, 1.37, 0.97, 0.61, 0.91, 1.28, 0.89)),
    "OSCE, Luhansk": Profile(mean=7.6, dispersion=43.5, weekdays=(0.53, 0.98, 1.55, 0.41, 0.61, 1.72, 1.21)),
    "Gaza, killed": Profile(mean=51.2, dispersion=11.6, weekdays=(1.21, 1.05, 0.87, 0.94, 1.05, 0.99, 0.9)),
    "Gaza, injured": Profile(mean=121.4, dispersion=37.3, weekdays=(1.01, 1.02, 0.98, 1.07, 1.0, 0.98, 0.94)),
    "West Bank, killed": Profile(
        mean=1.4, dispersion=2.9, weekdays=(0.72, 0.62, 1.05, 1.12, 1.24, 1.56, 0.69)
    ),
    "West Bank, injured": Profile(
        mean=8.6, dispersion=8.8, weekdays=(0.89, 0.79, 0.81, 0.81, 1.27, 1.31, 1.11)
    ),
    "Lebanon, killed": Profile(
        mean=34.6, dispersion=9.0, weekdays=(0.84, 1.22, 0.79, 1.22, 1.09, 1.09, 0.74)
    ),
    "Lebanon, injured": Profile(
        mean=111.0, dispersion=22.6, weekdays=(1.0, 1.08, 0.96, 1.14, 0.91, 0.95, 0.96)
    ),
    "Ukraine, missiles and drones": Profile(
        mean=21.3, dispersion=14.7, weekdays=(0.89, 1.09, 1.17, 0.88, 0.94, 1.07, 0.96)
    ),
}


# --- series -----------------------------------------------------------------------------------------------


def real() -> dict[str, Array]:
    """The real daily series, evening by evening, gaps NaN."""
    return {name: _dense(days) for name, days in (*_smm(), *_palestine(), *_missiles())}


def _smm() -> Iterator[tuple[str, dict[dt.date, float]]]:
    by: dict[dt.date, dict[str, float]] = defaultdict(dict)
    with (DATA / "smm" / "smm_daily_series.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by[dt.date.fromisoformat(row["day_ending_1930"])][row["region"]] = float(row["violations"])
    yield "OSCE, both regions", {day: sum(of.values()) for day, of in by.items() if len(of) == 2}
    for region in ("Donetsk", "Luhansk"):
        yield f"OSCE, {region}", {day: of[region] for day, of in by.items() if region in of}


def _palestine() -> Iterator[tuple[str, dict[dt.date, float]]]:
    for name, file, inner in (
        ("Gaza", "casualties_daily.json", None),
        ("West Bank", "west_bank_daily.json", "verified"),
        ("Lebanon", "lebanon_casualties_daily.json", None),
    ):
        rows = json.loads((DATA / "palestine-daily" / file).read_text(encoding="utf-8"))
        for field in ("killed", "injured"):
            days = {}
            for row in rows:
                of = row.get(inner, {}) if inner else row if row.get("report_period") == 24 else {}
                if of.get(field) is not None:
                    days[dt.date.fromisoformat(row["report_date"])] = float(of[field])
            yield f"{name}, {field}", days


def _missiles() -> Iterator[tuple[str, dict[dt.date, float]]]:
    days: dict[dt.date, float] = defaultdict(float)
    path = DATA / "ukraine-missile-attacks" / "missile_attacks_daily.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            days[dt.date.fromisoformat(row["time_end"][:10])] += float(row["launched"] or 0)
    yield "Ukraine, missiles and drones", days


def _dense(days: Mapping[dt.date, float]) -> Array:
    first = min(days)
    found = np.full((max(days) - first).days + 1, np.nan)
    for day, figure in days.items():
        found[(day - first).days] = figure
    return found


def fitted(figures: Array) -> Profile:
    """How a series scatters about what the regression expects: medians over its evenings."""
    expected = regression.expect(before(figures, span=56, guard=0), guard=0, level=0.001, trend=False)
    held = ~np.isnan(figures) & ~np.isnan(expected.mean)
    weeks = before(figures, span=56, guard=0)
    usual = np.nansum(weeks, axis=1) / np.maximum((~np.isnan(weeks)).sum(axis=1), 1)
    factors = np.ones(7)
    for weekday in range(7):
        mine = held & (np.arange(len(figures)) % 7 == weekday)
        if mine.sum() >= _TIMES:
            factors[weekday] = figures[mine].sum() / usual[mine].sum()
    return Profile(
        mean=round(float(np.median(expected.mean[held])), 1),
        dispersion=round(float(np.median(expected.dispersion[held])), 1),
        weekdays=tuple(float(round(f, 2)) for f in factors / factors.mean()),
    )


def quiet(profile: Profile, *, years: int, days: int, gaps: float, rng: np.random.Generator) -> Array:
    """Simulated years, a row each, in which nothing happens."""
    mean = profile.mean * np.array(profile.weekdays)[np.arange(days) % 7]
    spread = max(profile.dispersion, 1.05)
    counts = rng.negative_binomial(mean / (spread - 1), 1 / spread, size=(years, days)).astype(float)
    counts[rng.random(counts.shape) < gaps] = np.nan
    return counts


# --- alarms -----------------------------------------------------------------------------------------------


def judged(figures: Array, *, evenings: int) -> Judgements:
    """What all methods say of the last evenings of rows of figures."""
    return methods.judge(figures, figures, rules=RULES, evenings=evenings)


def alarms(told: Judgements) -> dict[str, Flags]:
    """The evenings on which each method alarms, and their combinations."""
    found: dict[str, Flags] = {name: one.alarms for name, one in told.by.items()}
    found[SURGES] = found["regression"] | found[SEVERAL]
    found[DEFAULT] = found[SURGES] | found["cusum"] | found["change point"]
    return found


def tellings(told: Judgements) -> dict[str, Array]:
    """How many alerts each method tells in each row: raised, and got worse."""
    flags = alarms(told)
    beyond = {name: _severity(told, name) for name in flags}
    found = {name: _told(flags[name], beyond[name]) for name in flags if name != DEFAULT}
    found[DEFAULT] = found[SURGES] + found["cusum"] + found["change point"]
    return found


def _severity(told: Judgements, name: str) -> Array:
    if name in ("cusum", "change point", DEFAULT):
        return np.ones(told.by["C1"].observed.shape)
    return methods.severity(told.by["regression" if name in (SURGES, SEVERAL) else name])  # type: ignore[index]


def _told(flags: Flags, severity: Array) -> Array:
    """Alerts told in each row; as ``episodes`` does it, for many rows at once."""
    count = np.zeros(len(flags))
    beyond = np.where(flags, severity, -np.inf)
    for place in range(flags.shape[1]):
        lately = slice(max(0, place - RULES.cool_down), place)
        before_it = flags[:, lately].any(axis=1)
        most = beyond[:, lately].max(axis=1, initial=-np.inf)
        count += flags[:, place] & (~before_it | (severity[:, place] >= WORSE * most))
    return count


# --- measuring --------------------------------------------------------------------------------------------


def false_alarms(profiles: Mapping[str, Profile], *, years: int, gaps: float, seed: int) -> dict[str, Array]:
    """Alerts told a quiet year, each simulated year's number by method; the years are shared out evenly."""
    rng = np.random.default_rng(seed)
    lead = methods.reach(RULES, evenings=365) - 365
    found: dict[str, list[Array]] = defaultdict(list)
    for profile in profiles.values():
        for part in _parts(years // len(profiles), 10):
            figures = quiet(profile, years=part, days=365 + lead, gaps=gaps, rng=rng)
            for name, counts in tellings(judged(figures, evenings=365)).items():
                found[name].append(counts)
    return {name: np.concatenate(found[name]) for name in NAMES}


def _parts(total: int, most: int) -> list[int]:
    return [most] * (total // most) + ([total % most] if total % most else [])


class Found(NamedTuple):
    """The share of surges found within the days allowed and within 2, and the median delay of those found."""

    share: float
    soon: float
    delay: float
    surges: int


def surges(
    figures: Array, *, factor: float, length: int, times: int, rng: np.random.Generator
) -> dict[str, Found]:
    """Surges put into a series at random evenings that have a figure and a baseline."""
    starts = rng.choice(_starts(figures), size=times)
    shown = WITHIN + RULES.cool_down
    reach = methods.reach(RULES, evenings=shown)
    plain = np.stack([figures[start + WITHIN - reach : start + WITHIN] for start in starts])
    raised = plain.copy()
    at = plain.shape[1] - WITHIN
    usual = np.nanmean(plain[:, at - 28 : at], axis=1)
    raised[:, at : at + length] += np.round((factor - 1) * usual)[:, None]
    quiet_flags, flags = (alarms(judged(each, evenings=WITHIN)) for each in (plain, raised))
    new = {name: flags[name] & ~quiet_flags[name] for name in NAMES}
    new[DEFAULT] = new[SURGES] | new["cusum"] | new["change point"]
    return {name: _found(new[name]) for name in NAMES}


def _found(new: Flags) -> Found:
    hit = new.any(axis=1)
    delays = new.argmax(axis=1)[hit]
    return Found(
        share=float(hit.mean()),
        soon=float(new[:, :3].any(axis=1).mean()),
        delay=float(np.median(delays)) if len(delays) else float("nan"),
        surges=len(new),
    )


def _starts(figures: Array) -> NDArray[np.intp]:
    """The evenings with a figure, with enough evenings before them to be judged by and enough after."""
    held = ~np.isnan(figures)
    windows = before(figures, span=RULES.baseline, guard=regression.GUARD)
    month = before(figures, span=28, guard=0)
    enough = (~np.isnan(windows)).sum(axis=-1) >= regression.LEAST
    enough &= (~np.isnan(month)).sum(axis=-1) >= 4
    place = np.arange(len(figures))
    reach = methods.reach(RULES, evenings=WITHIN + RULES.cool_down)
    return np.flatnonzero(held & enough & (place + WITHIN >= reach) & (place + WITHIN <= len(figures)))


class Shifts(NamedTuple):
    """Level shifts found within four weeks, and by how many days their first evening was told wrongly."""

    share: float
    error: float
    shifts: int


def shifts(profiles: Mapping[str, Profile], *, factor: float, years: int, gaps: float, seed: int) -> Shifts:
    """Shifts of the level of simulated years to ``factor`` times the mean, looked for in 28 days."""
    rng = np.random.default_rng(seed)
    hits: list[bool] = []
    errors: list[int] = []
    for profile in profiles.values():
        figures = quiet(profile, years=years, days=RULES.baseline + 28, gaps=gaps, rng=rng)
        higher = profile._replace(mean=profile.mean * factor)
        after = quiet(higher, years=years, days=RULES.baseline + 28, gaps=0, rng=rng)
        held = ~np.isnan(figures[:, -28:])
        figures[:, -28:] = np.where(held, after[:, -28:], np.nan)
        for day in range(28):
            windows = figures[:, day + 1 : day + 1 + RULES.baseline]
            told = changes.change(windows)
            if day == 0:
                done = np.zeros(years, dtype=bool)
            new = (told.confidence > changes.CONFIDENCE) & ~done
            errors += list(np.abs(told.place[new] - (RULES.baseline - 1 - day)))
            done |= new
        hits += list(done)
    return Shifts(float(np.mean(hits)), float(np.median(errors)) if errors else float("nan"), len(hits))


def figures() -> dict[str, float]:
    """The figures that have floors: of 50 quiet years the share with two alerts at the most, and of surges to
    three times the mean for three days, in series that scatter as the calmer half does, those found soon."""
    told = false_alarms(PROFILES, years=50, gaps=0.2, seed=SEED)[DEFAULT]
    rng = np.random.default_rng(SEED)
    calm = [profile for profile in PROFILES.values() if profile.scatter < 0.6]
    series = [quiet(one, years=1, days=365, gaps=0.1, rng=rng)[0] for one in calm]
    soon = [surges(one, factor=3, length=3, times=40, rng=rng)[DEFAULT].soon for one in series]
    return {"quiet": float((told <= 2).mean()), "found": float(np.mean(soon))}


# --- tables -----------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> None:
    """Print the tables, or how the real series scatter."""
    if "--fit" in arguments:
        for name, figures_ in real().items():
            click.echo(f"    {name!r}: {fitted(figures_)!r},")
        return
    begun = time.perf_counter()
    _quiet_table(years=1000)
    _shift_table()
    _simulated_table()
    if DATA.exists():
        _real_table()
        _surge_table()
    click.echo(f"\n{time.perf_counter() - begun:.0f} s")


def _quiet_table(*, years: int) -> None:
    click.echo(
        f"False alarms a quiet year, mean of {years} simulated years (share of years with more than 2)\n"
    )
    columns = [false_alarms(PROFILES, years=years, gaps=gaps, seed=SEED) for gaps in GAPS]
    click.echo(
        "| method | " + " | ".join(f"{gaps:.0%} gaps" for gaps in GAPS) + " |\n| --- | --- | --- | --- |"
    )
    for name in NAMES:
        cells = (f"{told[name].mean():.2f} ({(told[name] > 2).mean():.2f})" for told in columns)
        click.echo(f"| {name} | {' | '.join(cells)} |")
    share = " ".join(f"{(told['change point'] > 0).mean():.3f}" for told in columns)
    click.echo(f"\nshare of quiet years with a false change point: {share}")
    size = years // len(PROFILES)
    click.echo("\n| profile | scatter | default, by gaps |\n| --- | --- | --- |")
    for place, (name, profile) in enumerate(PROFILES.items()):
        mine = slice(place * size, (place + 1) * size)
        cells = " ".join(f"{told[DEFAULT][mine].mean():.2f}" for told in columns)
        click.echo(f"| {name} | {profile.scatter:.2f} | {cells} |")


def _shift_table() -> None:
    click.echo("\n| level shift | gaps | found within 28 days | median error, days | calmer series alone |")
    click.echo("| --- | --- | --- | --- | --- |")
    calm = {name: one for name, one in PROFILES.items() if one.scatter < 0.6}
    for factor in (1.5, 2.0, 3.0):
        for gaps in (0.0, 0.6):
            told = shifts(PROFILES, factor=factor, years=40, gaps=gaps, seed=SEED)
            mine = shifts(calm, factor=factor, years=40, gaps=gaps, seed=SEED)
            click.echo(f"| x{factor} | {gaps:.0%} | {told.share:.2f} | {told.error:.0f} | {mine.share:.2f} |")


def _simulated_table() -> None:
    rng = np.random.default_rng(SEED)
    kinds = ((2.0, 3), (3.0, 1), (3.0, 3), (3.0, 7))
    click.echo("\nSurges put into five simulated years with 10 % gaps: default, within 7 days (2 days)\n")
    click.echo("| profile | scatter | " + " | ".join(f"x{f} {n}d" for f, n in kinds) + " |")
    click.echo("| --- " * (len(kinds) + 2) + "|")
    for name, profile in sorted(PROFILES.items(), key=lambda pair: pair[1].scatter):
        years = quiet(profile, years=5, days=365, gaps=0.1, rng=rng)
        cells = []
        for factor, length in kinds:
            each = [surges(one, factor=factor, length=length, times=40, rng=rng)[DEFAULT] for one in years]
            within, soon = (float(np.mean([getattr(f, part) for f in each])) for part in ("share", "soon"))
            cells.append(f"{within:.2f} ({soon:.2f})")
        click.echo(f"| {name} | {profile.scatter:.2f} | {' | '.join(cells)} |")


def _real_table() -> None:
    click.echo("\nAlerts told a calendar year, real series (real surges among them)\n")
    click.echo("| series | evenings | scatter | " + " | ".join(NAMES) + " |")
    click.echo("| --- " * (len(NAMES) + 3) + "|")
    for name, one in real().items():
        told = tellings(judged(one[None], evenings=len(one)))
        years = len(one) / 365
        cells = " | ".join(f"{float(told[method][0]) / years:.1f}" for method in NAMES)
        click.echo(f"| {name} | {(~np.isnan(one)).sum()} | {fitted(one).scatter:.2f} | {cells} |")


def _surge_table() -> None:
    rng = np.random.default_rng(SEED)
    held = real()
    click.echo(
        "\nSurges to three times the mean for three evenings: found within 7 days (2 days), median delay\n"
    )
    click.echo("| series | " + " | ".join(NAMES) + " |")
    click.echo("| --- " * (len(NAMES) + 1) + "|")
    for name, one in held.items():
        told = surges(one, factor=3, length=3, times=200, rng=rng)
        cells = " | ".join(f"{f.share:.2f} ({f.soon:.2f}) {f.delay:.0f}" for f in told.values())
        click.echo(f"| {name} | {cells} |")
    click.echo("\n| series | " + " | ".join(f"x{f} {n}d" for f in FACTORS for n in LENGTHS) + " |")
    click.echo("| --- " * (len(FACTORS) * len(LENGTHS) + 1) + "|")
    for name, one in held.items():
        cells = [
            surges(one, factor=f, length=n, times=200, rng=rng)[DEFAULT] for f in FACTORS for n in LENGTHS
        ]
        click.echo(f"| {name} | " + " | ".join(f"{c.share:.2f} ({c.delay:.0f})" for c in cells) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
