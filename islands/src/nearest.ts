/** A mark of a plot: where it stands, and what it says. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly words: string;
  /** The radius of a mark that is no point. */
  readonly size?: number;
}

/** The number of the mark nearest to a point, within `reach`, the last of several; else -1. */
export function nearest(marks: readonly Mark[], x: number, y: number, reach: number): number {
  let best = -1;
  let least = reach;
  marks.forEach((mark, number) => {
    const far = Math.max(0, Math.hypot(mark.x - x, mark.y - y) - (mark.size ?? 0));
    if (far <= least) [best, least] = [number, far];
  });
  return best;
}

/** The number of the next mark by steps to the right or left, staying at the ends; -1 where there is none. */
export function step(count: number, from: number, by: number): number {
  if (count === 0) return -1;
  if (from < 0) return by > 0 ? 0 : count - 1;
  return Math.min(Math.max(from + by, 0), count - 1);
}
