/** The number of the mark that a key leads to, of so many; `at` -1 is none yet. None for another key. */
export function led(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "j") return Math.min(at + 1, count - 1);
  if (key === "k") return at < 0 ? count - 1 : Math.max(at - 1, 0);
  return null;
}
