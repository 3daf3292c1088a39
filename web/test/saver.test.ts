import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_MS, PAUSE_MS, RETRY_MS, Saver, type Answer, type Content } from "../src/editor/saving/saver";

/** A page and a desk with a clock that only moves when told. */
function scene(answers: Answer[]) {
  let now = 0;
  let timers: { at: number; then: () => void }[] = [];
  const sent: { version: number; content: Content }[] = [];
  const states: string[] = [];
  let words = "first";
  const saver = new Saver(7, {
    collect: () => ({ fields: { headline: "H" }, body: { words } }),
    send: async (version, content) => {
      sent.push({ version, content });
      return answers.shift() ?? { kind: "saved", version: version + 1, at: null };
    },
    tell: (state) => void states.push(state.name),
    now: () => now,
    after: (ms, then) => {
      const timer = { at: now + ms, then };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const pass = async (ms: number) => {
    const until = now + ms;
    for (;;) {
      const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      now = next.at;
      timers = timers.filter((timer) => timer !== next);
      next.then();
      await settle();
    }
    now = until;
  };
  const type = (text: string) => {
    words = text;
    saver.changed();
  };
  return { saver, sent, states, pass, type, settle };
}

test("a pause saves", async () => {
  const { saver, sent, pass, type } = scene([]);
  type("a");
  await pass(PAUSE_MS - 1);
  assert.equal(sent.length, 0);
  await pass(1);
  assert.equal(sent[0]?.version, 7);
  assert.equal(saver.version, 8);
  assert.equal(saver.isDirty, false);
});

test("who never pauses is saved all the same", async () => {
  const { sent, pass, type } = scene([]);
  for (let ms = 0; ms < LONGEST_MS; ms += 500) {
    type(`at ${ms}`);
    await pass(500);
  }
  assert.equal(sent.length, 1);
});

test("nothing is sent when nothing changed", async () => {
  const { saver, sent } = scene([]);
  assert.equal(await saver.saveNow(), true);
  assert.equal(sent.length, 0);
});

test("a change during a request is saved after it, on its version", async () => {
  const { saver, sent, type } = scene([]);
  type("a");
  const first = saver.saveNow();
  type("ab");
  assert.equal(await first, true);
  assert.deepEqual(sent.map((one) => [one.version, (one.content.body as { words: string }).words]), [[7, "a"], [8, "ab"]]);
  assert.equal(saver.isDirty, false);
});

test("an unreachable desk is asked again, less and less often", async () => {
  const { saver, sent, states, pass, type } = scene([{ kind: "unreachable" }, { kind: "unreachable" }]);
  type("a");
  await pass(PAUSE_MS);
  assert.equal(saver.state.name, "retrying");
  await pass(RETRY_MS.first);
  assert.equal(sent.length, 2);
  await pass(RETRY_MS.first * 2);
  assert.equal(sent.length, 3);
  assert.deepEqual(states, ["dirty", "saving", "retrying", "saving", "retrying", "saving", "saved"]);
});

test("a stale save waits for the writer and is never repeated by itself", async () => {
  const theirs = { fields: {}, body: { words: "theirs" } };
  const { saver, sent, pass, type } = scene([{ kind: "stale", version: 9, theirs }]);
  type("mine");
  await pass(PAUSE_MS);
  assert.equal(saver.state.name, "conflict");
  type("mine too");
  await pass(LONGEST_MS * 10);
  assert.equal(await saver.saveNow(), false);
  assert.equal(sent.length, 1);
  assert.equal(await saver.keepMine(), true);
  assert.equal(sent[1]?.version, 9);
  assert.equal(saver.version, 10);
});

test("taking theirs leaves nothing to save", async () => {
  const theirs = { fields: {}, body: { words: "theirs" } };
  const { saver, sent, pass, type } = scene([{ kind: "stale", version: 9, theirs }]);
  type("mine");
  await pass(PAUSE_MS);
  saver.tookTheirs();
  assert.equal(saver.version, 9);
  await pass(LONGEST_MS * 2);
  assert.equal(sent.length, 1);
});

test("a stale answer with our own text is a lost answer", async () => {
  const { saver, pass, type } = scene([{ kind: "stale", version: 8, theirs: { fields: { headline: "H" }, body: { words: "mine" } } }]);
  type("mine");
  await pass(PAUSE_MS);
  assert.equal(saver.state.name, "saved");
  assert.equal(saver.version, 8);
});

test("a refused field is tried again only after a change", async () => {
  const { saver, sent, pass, type } = scene([{ kind: "invalid", errors: { slug: "Taken." }, reason: null }]);
  type("a");
  await pass(LONGEST_MS * 10);
  assert.equal(sent.length, 1);
  assert.equal(saver.isDirty, true);
  type("b");
  await pass(PAUSE_MS);
  assert.equal(saver.state.name, "saved");
});
