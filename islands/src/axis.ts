/** The days axis of a plot: which part of it is shown, and where a place of the whole plot lies then. */
export interface Axis {
  /** The edges of the plot, in units of the picture. */
  readonly left: number;
  readonly right: number;
  /** The part shown, in places of the whole plot. */
  readonly from: number;
  readonly to: number;
}

/** The narrowest part that is shown, in units of the picture. */
export const NARROWEST = 20;

/** The axis of a whole plot. */
export function whole(left: number, right: number): Axis {
  return { left, right, from: left, to: right };
}

/** Where a place of the whole plot lies on an axis. */
export function shift(axis: Axis, x: number): number {
  return axis.left + (x - axis.from) * stretch(axis);
}

/** How many times as wide as in the whole plot a distance is. */
export function stretch(axis: Axis): number {
  return (axis.right - axis.left) / (axis.to - axis.from);
}

/** The axis between two places of what is shown, in any order; the same one where they are too close. */
export function narrowed(axis: Axis, one: number, other: number): Axis {
  const unshift = (x: number): number => axis.from + (clamp(axis, x) - axis.left) / stretch(axis);
  const from = unshift(Math.min(one, other));
  const to = unshift(Math.max(one, other));
  return to - from < NARROWEST ? axis : { ...axis, from, to };
}

function clamp(axis: Axis, x: number): number {
  return Math.min(Math.max(x, axis.left), axis.right);
}

const PARTS = /([MLHmlhvz])([^MLHmlhvz]*)/g;

/**
 * A path's data on an axis: what is absolute moves, a relative `h` is stretched where `wide`, and the small
 * strokes of signs (`m`, `l`, `v`) keep their size.
 */
export function pathOn(axis: Axis, data: string, wide: boolean): string {
  const written = (value: number): string => String(Math.round(value * 10) / 10);
  return data.replace(PARTS, (whole, letter: string, rest: string) => {
    const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
    if (letter === "M" || letter === "L") {
      return letter + numbers.map((n, i) => written(i % 2 ? n : shift(axis, n))).join(" ");
    }
    if (letter === "H") return letter + numbers.map((n) => written(shift(axis, n))).join(" ");
    if (letter === "h" && wide) return letter + numbers.map((n) => written(n * stretch(axis))).join(" ");
    return whole;
  });
}
