"""A reliability plot as SVG: how often claims of each confidence are right."""

from __future__ import annotations

from collections.abc import Sequence

SIZE, EDGE = 320, 40


def reliability(bins: Sequence[tuple[float, float, int]], error: float) -> str:
    """The plot of some bins: mean confidence, share right, number of claims. On the diagonal both agree."""
    dots = "".join(
        f'<circle cx="{_x(said):.1f}" cy="{_y(right):.1f}" r="5" fill="#1f5f8b">'
        f"<title>said {said:.2f}, right {right:.2f}, {n} claims</title></circle>"
        for said, right, n in bins
    )
    ticks = "".join(_tick(n / 5) for n in range(6))
    whole = SIZE + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" font-family="sans-serif" '
        f'font-size="12"><rect width="{whole}" height="{whole}" fill="white"/>{ticks}'
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4"/>'
        f'{dots}<text x="{_x(0.5)}" y="{whole - 6}" text-anchor="middle">confidence</text>'
        f'<text x="12" y="{_y(0.5)}" text-anchor="middle" transform="rotate(-90 12 {_y(0.5)})">'
        f"share right</text>"
        f'<text x="{_x(0.03)}" y="{_y(0.95)}">expected calibration error {error:.3f}</text></svg>\n'
    )


def _tick(value: float) -> str:
    return (
        f'<line x1="{_x(0)}" y1="{_y(value)}" x2="{_x(1)}" y2="{_y(value)}" stroke="#ddd"/>'
        f'<text x="{_x(0) - 6}" y="{_y(value) + 4}" text-anchor="end">{value:.1f}</text>'
        f'<text x="{_x(value)}" y="{_y(0) + 16}" text-anchor="middle">{value:.1f}</text>'
    )


def _x(value: float) -> float:
    return EDGE + value * SIZE


def _y(value: float) -> float:
    return EDGE + (1 - value) * SIZE
