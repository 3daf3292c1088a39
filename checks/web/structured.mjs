// What structured-data-testing-tool finds wrong with pages: structured.mjs SCHEMA=FILE... prints one JSON line a page.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { structuredDataTest } = require("structured-data-testing-tool");
const { Google, Facebook } = require("structured-data-testing-tool/presets");

for (const argument of process.argv.slice(2)) {
  const [schema, file] = argument.split(/=(.*)/s);
  const presets = schema === "NewsArticle" ? [Google, Facebook] : [Facebook];
  const options = { presets, schemas: schema ? [`jsonld:${schema}`] : [] };
  const result = await structuredDataTest(readFileSync(file), options).catch((error) => error.res ?? { failed: [{ description: String(error) }] });
  const failed = result.failed.map((test) => `${test.description ?? ""} ${test.test ?? ""} ${test.error?.message ?? ""}`.trim());
  console.log(JSON.stringify({ file, schemas: result.schemas ?? [], passed: result.passed?.length ?? 0, failed }));
}
