/** Some claims and their days, as days after the first, both ends included. */
export interface Told {
  readonly first: number;
  readonly last: number;
  readonly times: number;
}

/** The claims of a place by their days: from `0:2 3-5:1`. */
export function told(text: string): readonly Told[] {
  return [...text.matchAll(/(\d+)(?:-(\d+))?:(\d+)/g)].map(([, first, last, times]) => ({
    first: Number(first),
    last: Number(last ?? first),
    times: Number(times),
  }));
}

/** How many claims have a day from one to another, both included. */
export function within(days: readonly Told[], from: number, to: number): number {
  return days.reduce((sum, { first, last, times }) => (first <= to && from <= last ? sum + times : sum), 0);
}

/** The radius of a place with so many claims: the rule of trucewatch/pages/mapped.py. */
export function size(claims: number): number {
  return claims > 0 ? Math.min(3 + 2.4 * Math.sqrt(claims), 26) : 0;
}

const DAY = 86_400_000;

/** How many days a day, such as 2022-02-20, is after another. */
export function after(first: string, day: string): number {
  return Math.round((Date.parse(`${day}T00:00Z`) - Date.parse(`${first}T00:00Z`)) / DAY);
}

/** The day that is so many days after another. */
export function later(first: string, days: number): string {
  return new Date(Date.parse(`${first}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
