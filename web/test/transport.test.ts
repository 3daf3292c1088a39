import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "../src/editor/saving/transport";

test("each answer of the desk is read", () => {
  assert.deepEqual(read(200, { version: 8, saved_at: "2026-11-22T14:03:00Z" }), { kind: "saved", version: 8, at: "2026-11-22T14:03:00Z" });
  const page = { state: { badge: "info", text: "Unpublished changes" }, publish: null, slug_hint: "Address: /a", warnings: { slug: "Taken." } };
  const standing = { state: page.state, publish: undefined, slugHint: "Address: /a", warnings: { slug: "Taken." } };
  assert.deepEqual(read(200, { version: 8, saved_at: "x", page }), { kind: "saved", version: 8, at: "x", standing });
  assert.deepEqual(read(409, { version: 9, theirs: { headline: "T", body: { a: 1 }, by: "M", at: "x" } }), {
    kind: "stale",
    version: 9,
    theirs: { fields: { headline: "T" }, body: { a: 1 }, by: "M", at: "x" },
  });
  assert.deepEqual(read(422, { errors: { slug: ["Taken.", "Short."] } }), { kind: "invalid", errors: { slug: "Taken. Short." }, reason: null });
  assert.deepEqual(read(401, null), { kind: "signed-out" });
  assert.deepEqual(read(413, null), { kind: "too-long" });
  assert.deepEqual(read(404, null), { kind: "gone" });
});

test("an answer that makes no sense is no success", () => {
  assert.deepEqual(read(200, null), { kind: "unreachable" });
  assert.deepEqual(read(409, null), { kind: "invalid", errors: {}, reason: null });
  assert.deepEqual(read(503, null), { kind: "unreachable" });
  assert.deepEqual(read(429, null), { kind: "unreachable" });
});
