import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, step } from "../src/nearest.js";

const marks = [
  { x: 10, y: 10, words: "first" },
  { x: 20, y: 10, words: "second" },
];

test("the nearest mark within reach is found", () => {
  assert.equal(nearest(marks, 14, 10, 20), 0);
  assert.equal(nearest(marks, 16, 10, 20), 1);
});

test("of two circles around a point the later one is found, which is drawn above", () => {
  const circles = [
    { x: 10, y: 10, words: "large", size: 20 },
    { x: 20, y: 10, words: "small", size: 3 },
  ];
  assert.equal(nearest(circles, 21, 10, 6), 1);
  assert.equal(nearest(circles, 5, 10, 6), 0);
});

test("no mark is found out of reach, nor where there is none", () => {
  assert.equal(nearest(marks, 60, 60, 20), -1);
  assert.equal(nearest([], 0, 0, 20), -1);
});

test("steps begin at the end they come from, and stay at the ends", () => {
  assert.equal(step(3, -1, 1), 0);
  assert.equal(step(3, -1, -1), 2);
  assert.equal(step(3, 2, 1), 2);
  assert.equal(step(3, 0, -1), 0);
  assert.equal(step(0, -1, 1), -1);
});
