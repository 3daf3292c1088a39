import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptDraft, type Kept } from "../src/editor/saving/kept";

function store(room = Infinity): Storage {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    key: (at: number) => [...map.keys()][at] ?? null,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (!map.has(key) && map.size >= room) throw new Error("the store is full");
      map.set(key, value);
    },
    removeItem: (key: string) => void map.delete(key),
    clear: () => map.clear(),
  };
}

const text = (words: string, at: number): Kept => ({ version: 1, at, fields: {}, body: { words } });

test("what a crash left behind outlives what is typed and saved after it", () => {
  const browser = store();
  new KeptDraft("/1", browser).write(text("before the crash", 10));

  const second = new KeptDraft("/1", browser);
  assert.deepEqual(second.setAside(), [text("before the crash", 10)]);
  second.write(text("typed without answering the offer", 20));
  second.remove(); // the desk has saved it

  const third = new KeptDraft("/1", browser);
  assert.deepEqual(third.setAside(), [text("before the crash", 10)]);
  third.settle(text("before the crash", 10));
  assert.deepEqual(new KeptDraft("/1", browser).setAside(), []);
});

test("two crashes leave two texts, the newest first, and none of another story", () => {
  const browser = store();
  new KeptDraft("/1", browser).write(text("one", 10));
  new KeptDraft("/12", browser).write(text("another story", 15));
  new KeptDraft("/1", browser).setAside();
  new KeptDraft("/1", browser).write(text("two", 20));
  assert.deepEqual(new KeptDraft("/1", browser).setAside(), [text("two", 20), text("one", 10)]);
});

test("a full store offers the text from where it lies", () => {
  const browser = store(1);
  const kept = new KeptDraft("/1", browser);
  kept.write(text("one", 10));
  assert.deepEqual(kept.setAside(), [text("one", 10)]);
  assert.deepEqual(kept.read(), text("one", 10));
  kept.settle(text("one", 10));
  assert.equal(kept.read(), null);
});
