// What structured-data-testing-tool finds wrong with pages: structured.mjs SCHEMA=FILE... prints one JSON line a page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { structuredDataTest } = require("structured-data-testing-tool");
const { Google, Facebook } = require("structured-data-testing-tool/presets");

for (const argument of process.argv.slice(2)) {
  const [schema, file] = argument.split(/=(.*)/s);
  const html = readFileSync(file);
  // Of a page without a picture none is asked for: a newsroom's sign is no picture of its story.
  const pictured = /<figure[^>]*class="[^"]*(lead|picture)/.test(html.toString());
  const presets = schema === "NewsArticle" ? [Google, Facebook] : [Facebook];
  const options = { presets, schemas: schema ? [`jsonld:${schema}`] : [] };
  const result = await structuredDataTest(html, options).catch((error) => error.res ?? { failed: [{ description: String(error) }] });
  const wrong = result.failed.filter((test) => pictured || !/image/i.test(`${test.test}`));
  const failed = wrong.map((test) => `${test.description ?? ""} ${test.test ?? ""} ${test.error?.message ?? ""}`.trim());
  console.log(JSON.stringify({ file, schemas: result.schemas ?? [], passed: result.passed?.length ?? 0, failed }));
}
