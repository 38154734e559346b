import assert from "node:assert/strict";
import { test } from "node:test";
import { led } from "../src/walk.js";

test("j begins with the first mark and ends with the last", () => {
  assert.equal(led("j", -1, 3), 0);
  assert.equal(led("j", 1, 3), 2);
  assert.equal(led("j", 2, 3), 2);
});

test("k begins with the last mark and ends with the first", () => {
  assert.equal(led("k", -1, 3), 2);
  assert.equal(led("k", 0, 3), 0);
});

test("other keys lead nowhere, and none does where there are no marks", () => {
  assert.equal(led("x", 0, 3), null);
  assert.equal(led("j", -1, 0), null);
});
