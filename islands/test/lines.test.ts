import assert from "node:assert/strict";
import { test } from "node:test";
import { simplified, steps, type Point } from "../tools/lines.js";

test("what lies on a straight line is left out, a corner and the ends are kept", () => {
  const line: Point[] = [[0, 0], [1, 0.001], [2, 0], [2, 1], [2, 2]];
  assert.deepEqual(simplified(line, 0.01), [[0, 0], [2, 0], [2, 2]]);
});

test("a closed line keeps its shape", () => {
  const ring: Point[] = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
  assert.deepEqual(simplified(ring, 0.1), ring);
});

test("a line is its first place and the steps that follow, without steps of nothing", () => {
  assert.deepEqual(steps([[1, 2], [1.001, 2], [2, 1]], 100), [100, 200, 100, -100]);
});
