import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const here = new URL("../../", import.meta.url);
const { build, committed, whyNot } = await import(new URL("wasm.mjs", here).href);

test("the committed library is what its sources build", async (context) => {
  const reason = await whyNot();
  if (reason) return context.skip(reason);
  assert.ok(readFileSync(build()).equals(readFileSync(committed)), "commit what `npm run wasm` builds");
});

test("no path of the machine that built it is inside", () => {
  const places = readFileSync(committed).toString("latin1").match(/(?<![\w.-])\/[\w./-]+\.rs/g) ?? [];
  assert.ok(places.length > 0);
  assert.deepEqual(places.filter((place) => !/^\/(rustc|rust\/deps)\//.test(place)), []);
});
