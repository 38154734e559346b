import assert from "node:assert/strict";
import { test } from "node:test";
import { after, later, size, told, within } from "../src/days.js";

test("claims are counted from the first day to the last, both included", () => {
  const days = told("0:2 3:1 10:4");
  assert.equal(within(days, 0, 10), 7);
  assert.equal(within(days, 3, 10), 5);
  assert.equal(within(days, 4, 9), 0);
});

test("a claim of several days counts once, on any of them", () => {
  const days = told("2-4:1 4:1");
  assert.equal(within(days, 0, 1), 0);
  assert.equal(within(days, 3, 3), 1);
  assert.equal(within(days, 0, 9), 2);
});

test("a place of which nothing was told has no day", () => {
  assert.equal(told("").length, 0);
});

test("a circle has no size without a claim, and grows to a limit", () => {
  assert.equal(size(0), 0);
  assert.equal(size(1), 5.4);
  assert.equal(size(10_000), 26);
});

test("days are counted over the end of a month and the change of the clocks", () => {
  assert.equal(after("2022-02-20", "2022-03-01"), 9);
  assert.equal(later("2022-03-26", 2), "2022-03-28");
  assert.equal(after("2022-03-26", later("2022-03-26", 40)), 40);
});
