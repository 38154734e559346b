"""The negative binomial, and Student's t, on NumPy alone: what the bounds of alerts are quantiles of.

A count with mean m and dispersion d (its variance over its mean, above 1) is taken for negative binomial
with size r = m / (d - 1) and success probability 1 / d, as in Noufaily et al. 2013. Its distribution
function is a regularised incomplete beta function, computed by Lentz's continued fraction (Press et al.,
Numerical Recipes, 6.4); log gamma by Lanczos' approximation. Held against SciPy in the tests.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

POISSON = 1 + 1e-6  # a dispersion of 1 is Poisson, where the size of the binomial is infinite
_LANCZOS = (
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7,
)
_TINY, _STEPS, _ROUNDS = 1e-300, 3000, 60


def normal_quantile(share: float) -> float:
    """The value that a standard normal stays below with a probability.

    >>> round(normal_quantile(0.999), 3)
    3.09
    """
    return NormalDist().inv_cdf(share)


def t_quantile(share: float, freedom: Array) -> Array:
    """The values, above 0, that Student's t with so many degrees of freedom stays below with a probability.

    Newton's method from the expansion of Cornish and Fisher, from below.

    >>> t_quantile(0.999, np.array([10.0])).round(3)
    array([4.144])
    """
    z = normal_quantile(share)
    value = z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    half, one = freedom / 2, np.full(freedom.shape, 0.5)
    scale = np.exp(log_gamma(half + 0.5) - log_gamma(half)) / np.sqrt(np.pi * freedom)
    for _ in range(_ROUNDS):
        missing = share - 1 + incomplete_beta(half, one, freedom / (freedom + value**2)) / 2
        step = missing / (scale * (1 + value**2 / freedom) ** (-half - 0.5))
        value = value + step
        if np.abs(step).max(initial=0.0) < 1e-9:
            break
    return np.asarray(value)


def log_gamma(value: Array) -> Array:
    """The logarithm of the gamma function, for values above 0.5 (others are shifted up by one)."""
    low = value < 0.5
    at = np.where(low, value + 1, value) - 1
    total = np.full_like(at, 0.99999999999980993)
    for place, weight in enumerate(_LANCZOS):
        total = total + weight / (at + place + 1)
    shifted = at + len(_LANCZOS) - 0.5
    found = 0.5 * np.log(2 * np.pi) + (at + 0.5) * np.log(shifted) - shifted + np.log(total)
    return np.asarray(found - np.where(low, np.log(np.where(low, value, 1.0)), 0.0))


def incomplete_beta(a: Array, b: Array, x: Array) -> Array:
    """The regularised incomplete beta function I_x(a, b), for arrays of one shape, x between 0 and 1."""
    turned = x > (a + 1) / (a + b + 2)
    a, b, x = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    with np.errstate(divide="ignore", invalid="ignore"):
        front = log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * np.log(x) + b * np.log1p(-x)
        part = np.exp(front) * _fraction(a, b, x) / a
    part = np.where(x <= 0, 0.0, part)
    return np.clip(np.where(turned, 1 - part, part), 0.0, 1.0)


def _fraction(a: Array, b: Array, x: Array) -> Array:
    """Lentz's evaluation of the continued fraction of the incomplete beta function."""
    c = np.ones_like(x)
    d = 1 / _kept(1 - (a + b) * x / (a + 1))
    total = d.copy()
    for m in range(1, _STEPS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _kept(1 + step * d)
            c = _kept(1 + step / c)
            total = total * d * c
        if np.all(np.abs(d * c - 1) < 1e-12):
            break
    return total


def _kept(value: Array) -> Array:
    return np.where(np.abs(value) < _TINY, _TINY, value)


def below_or_at(count: Array, *, mean: Array, dispersion: Array) -> Array:
    """The probability that a negative binomial count is at most ``count``, a whole number from 0 on."""
    spread = np.maximum(dispersion, POISSON)
    return incomplete_beta(mean / (spread - 1), count + 1, 1 / spread)


def quantile(share: Array | float, *, mean: Array, dispersion: Array) -> Array:
    """The smallest whole number that a negative binomial count stays at or below with a probability.

    >>> quantile(0.999, mean=np.array([310.0]), dispersion=np.array([40.0]))
    array([768.])
    """
    high = np.ceil(mean + 6 * np.sqrt(mean * dispersion)) + 10
    while np.any(short := below_or_at(high, mean=mean, dispersion=dispersion) < share):
        high = np.where(short, high * 2, high)
    low = np.full_like(high, -1.0)
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        enough = below_or_at(np.maximum(middle, 0), mean=mean, dispersion=dispersion) >= share
        enough &= middle >= 0
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.asarray(high)
