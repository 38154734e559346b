import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, type Parcel, type Reply } from "../src/reviewoutbox.js";

function parcel(number: number): Parcel {
  return { number, words: `no. ${number}`, page: "/", form: () => new URLSearchParams({ number: String(number) }) };
}

function box(reply: (number: number) => Reply): { outbox: Outbox; sent: number[] } {
  const sent: number[] = [];
  const send = async (form: URLSearchParams): Promise<Reply> => {
    const number = Number(form.get("number"));
    await new Promise((done) => setTimeout(done, 5 - number));
    sent.push(number);
    return reply(number);
  };
  return { outbox: new Outbox(send, () => undefined), sent };
}

test("decisions arrive in the order in which they were taken", async () => {
  const { outbox, sent } = box((number) => ({ seq: number + 100 }));
  for (const number of [1, 2, 3]) outbox.add(parcel(number));
  assert.equal(outbox.unsent, 3);
  await outbox.settled();
  assert.deepEqual(sent, [1, 2, 3]);
  assert.equal(outbox.unsent, 0);
  assert.equal(outbox.seqs.get(2), 102);
});

test("what is refused is kept aside, and the others go on", async () => {
  const { outbox, sent } = box((number) => (number === 1 ? { wrong: "no name" } : { seq: number }));
  outbox.add(parcel(1));
  outbox.add(parcel(2));
  await outbox.settled();
  assert.deepEqual(sent, [1, 2]);
  assert.deepEqual(outbox.refused.map((one) => one.wrong), ["no name"]);
  assert.equal(outbox.unsent, 1);
  outbox.forget(outbox.refused[0]!);
  assert.equal(outbox.unsent, 0);
});

test("where the server does not answer all wait, and none is lost", async () => {
  let works = false;
  const { outbox, sent } = box((number) => {
    if (!works) throw new Error("no connection");
    return { seq: number };
  });
  outbox.add(parcel(1));
  outbox.add(parcel(2));
  await outbox.settled();
  assert.equal(outbox.stuck, "no connection");
  assert.equal(outbox.unsent, 2);
  works = true;
  outbox.retry();
  await outbox.settled();
  assert.deepEqual(sent, [1, 1, 2]);
  assert.equal(outbox.unsent, 0);
});

test("a form may need the number that an earlier decision was given, or not be needed any more", async () => {
  const { outbox, sent } = box(() => ({ seq: 7 }));
  outbox.add(parcel(1));
  outbox.add({ ...parcel(2), form: (seqs) => new URLSearchParams({ number: String(seqs.get(1)) }) });
  outbox.add({ ...parcel(3), form: () => null });
  await outbox.settled();
  assert.deepEqual(sent, [1, 7]);
});
