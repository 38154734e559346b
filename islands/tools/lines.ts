/** A place on the ground: degrees east and north. */
export type Point = readonly [number, number];

/** A line without the points that lie within `reach` of a straight one (Douglas and Peucker). */
export function simplified(line: readonly Point[], reach: number): Point[] {
  const kept = new Set([0, line.length - 1]);
  const open: [number, number][] = [[0, line.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [first, last] = span;
    let most = reach;
    let farthest = -1;
    for (let at = first + 1; at < last; at += 1) {
      const far = distance(line[at]!, line[first]!, line[last]!);
      if (far > most) [most, farthest] = [far, at];
    }
    if (farthest < 0) continue;
    kept.add(farthest);
    open.push([first, farthest], [farthest, last]);
  }
  return line.filter((_, at) => kept.has(at));
}

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx || dy ? ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy) : 0;
  const at = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - ax - at * dx, y - ay - at * dy);
}

/** A line as whole numbers, `unit` to a degree: the first place, then the steps from one to the next. */
export function steps(line: readonly Point[], unit: number): number[] {
  const found: number[] = [];
  let [x, y] = [0, 0];
  for (const [lon, lat] of line) {
    const [nextX, nextY] = [Math.round(lon * unit), Math.round(lat * unit)];
    if (found.length > 0 && nextX === x && nextY === y) continue;
    found.push(nextX - x, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return found;
}
