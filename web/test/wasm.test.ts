import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const here = new URL("../../", import.meta.url);
const { build, committed, libraries, whyNot } = await import(new URL("wasm.mjs", here).href);

for (const name of libraries) {
  test(`the committed library ${name} is what its sources build`, async (context) => {
    const reason = await whyNot(name);
    if (reason) return context.skip(reason);
    assert.ok(readFileSync(build(name)).equals(readFileSync(committed(name))), "commit what `npm run wasm` builds");
  });

  test(`no path of the machine that built ${name} is inside`, () => {
    const places = readFileSync(committed(name)).toString("latin1").match(/(?<![\w.-])\/[\w./-]+\.rs/g) ?? [];
    assert.ok(places.length > 0);
    assert.deepEqual(places.filter((place: string) => !/^\/(rustc|rust\/deps)\//.test(place)), []);
  });
}
