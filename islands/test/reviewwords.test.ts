import assert from "node:assert/strict";
import { test } from "node:test";
import { complete, points, trimmed } from "../src/reviewwords.js";

const NAMES = ["Denis Pushilin", "Denmark", "Ukraine"];

test("the first name that begins so is completed, whatever the case, and what was added is selected", () => {
  assert.deepEqual(complete("d", 1, NAMES), { value: "Denis Pushilin", from: 1, to: 14 });
  assert.deepEqual(complete("denm", 4, NAMES), { value: "Denmark", from: 4, to: 7 });
});

test("of several names the one at the caret is completed", () => {
  assert.deepEqual(complete("Ukraine; de", 11, NAMES), { value: "Ukraine; Denis Pushilin", from: 11, to: 23 });
  assert.deepEqual(complete("u; Denmark", 1, NAMES), { value: "Ukraine; Denmark", from: 1, to: 7 });
});

test("nothing is completed where no name fits, nothing is typed, or words follow", () => {
  assert.equal(complete("x", 1, NAMES), null);
  assert.equal(complete("Ukraine; ", 9, NAMES), null);
  assert.equal(complete("d and more", 1, NAMES), null);
  assert.equal(complete("Ukraine", 7, NAMES), null);
});

test("places count characters as the server does, and not halves", () => {
  assert.equal(points("a\u{1F600}b"), 3);
  assert.deepEqual(trimmed(" \u{1F600} said ", 10), { start: 11, end: 17, words: "\u{1F600} said" });
  assert.equal(trimmed(" \n", 10), null);
});
