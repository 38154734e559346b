import assert from "node:assert/strict";
import { test } from "node:test";
import { Keys } from "../src/reviewkeys.js";

const FIELDS = new Set(["1", "2", "b", "e"]);

test("a letter decides, a digit leads to a field", () => {
  const keys = new Keys();
  assert.deepEqual(keys.press("a", FIELDS), { act: "accept" });
  assert.deepEqual(keys.press("2", FIELDS), { act: "field", key: "2" });
  assert.deepEqual(keys.press("b", FIELDS), { act: "field", key: "b" });
  assert.deepEqual(keys.press("e", FIELDS), { act: "span", field: "evidence" });
});

test("x and m wait for a digit, and for one only", () => {
  const keys = new Keys();
  assert.deepEqual(keys.press("x", FIELDS), { act: "wait", for: "x" });
  assert.deepEqual(keys.press("2", FIELDS), { act: "reject", number: 2 });
  assert.deepEqual(keys.press("2", FIELDS), { act: "field", key: "2" });
  keys.press("m", FIELDS);
  assert.equal(keys.press("a", FIELDS), null);
  assert.deepEqual(keys.press("a", FIELDS), { act: "accept" });
});

test("other keys are left to the browser, also such as every object has", () => {
  for (const key of ["9", "z", "Tab", "constructor", "toString"]) assert.equal(new Keys().press(key, FIELDS), null);
});
