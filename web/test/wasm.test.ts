import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";

const here = new URL("../../", import.meta.url);
// @ts-expect-error the builder is plain JavaScript
const { build, committed, whyNot } = await import(new URL("wasm.mjs", here).href);

test("the committed library is what its sources build", async (context) => {
  const reason = await whyNot();
  if (reason) return context.skip(reason);
  const own = process.env.ONRECORD_WASM_TARGET ? null : mkdtempSync(`${tmpdir()}/onrecord-wasm-`);
  try {
    if (own) process.env.ONRECORD_WASM_TARGET = own;
    assert.ok(readFileSync(build()).equals(readFileSync(committed)), "commit what `npm run wasm` builds");
  } finally {
    if (own) rmSync(own, { recursive: true, force: true });
  }
});

test("no path of the machine that built it is inside", () => {
  const places = readFileSync(committed).toString("latin1").match(/(?<![\w.-])\/[\w./-]+\.rs/g) ?? [];
  assert.ok(places.length > 0);
  assert.deepEqual(places.filter((place) => !place.startsWith("/rustc/")), []);
});
