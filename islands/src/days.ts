/** The claims of a place by day, as days after the first: from `0:2 3:1`. */
export function told(text: string): ReadonlyMap<number, number> {
  const pairs = text.split(" ").filter((pair) => pair !== "").map((pair) => pair.split(":").map(Number));
  return new Map(pairs.map(([day, times]) => [day ?? 0, times ?? 0]));
}

/** How many claims were told from one day to another, both included. */
export function within(days: ReadonlyMap<number, number>, from: number, to: number): number {
  return [...days].reduce((sum, [day, times]) => (from <= day && day <= to ? sum + times : sum), 0);
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
