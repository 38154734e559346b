import assert from "node:assert/strict";
import { test } from "node:test";
import { narrowed, pathOn, shift, stretch, whole } from "../src/axis.js";

const full = whole(50, 650);

test("a whole axis leaves every place where it is", () => {
  assert.equal(shift(full, 123), 123);
  assert.equal(stretch(full), 1);
});

test("a narrowed axis spreads its part over the whole width", () => {
  const half = narrowed(full, 200, 500);
  assert.equal(shift(half, 200), 50);
  assert.equal(shift(half, 500), 650);
  assert.equal(stretch(half), 2);
});

test("narrowing again works on what is shown", () => {
  const twice = narrowed(narrowed(full, 200, 500), 350, 650);
  assert.deepEqual([twice.from, twice.to], [350, 500]);
});

test("the order of the ends does not matter, and what lies outside is cut off", () => {
  assert.deepEqual(narrowed(full, 900, 200), narrowed(full, 200, 650));
});

test("a part that is too narrow changes nothing", () => {
  assert.equal(narrowed(full, 300, 305), full);
});

test("a path moves with the days and keeps its heights", () => {
  const half = narrowed(full, 200, 500);
  assert.equal(pathOn(half, "M200 90h10", true), "M50 90h20");
  assert.equal(pathOn(half, "M200 90L210 80", true), "M50 90L70 80");
});

test("the small strokes of a sign keep their size", () => {
  const half = narrowed(full, 200, 500);
  assert.equal(pathOn(half, "M200 90m0 -5v10m0 -5H260m0 -5v10", false), "M50 90m0 -5v10m0 -5H170m0 -5v10");
  assert.equal(pathOn(half, "M200 90l-5 -8h10z", false), "M50 90l-5 -8h10z");
});
