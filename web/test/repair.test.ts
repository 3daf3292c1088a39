import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom";
import { openBody, openJson } from "../src/editor/repair";
import { countWords, plainText } from "../src/editor/words";
import { quotesOf } from "../src/editor/rules";

const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });

test("a document that fits opens as it is", () => {
  const json = {
    type: "doc",
    content: [
      { type: "quotation", attrs: { cite: "Ana", url: null }, content: [paragraph("Yes.")] },
      { type: "picture", attrs: { picture: null, alt: "", agency: "A", photographer: "P" }, content: [{ type: "text", text: "Wall" }] },
      { type: "post", attrs: { network: "X", author: "a", url: null, date: "2026-01-01" }, content: [paragraph("Hi")] },
      { type: "table", content: [{ type: "table_row", content: [{ type: "table_cell", attrs: { colspan: 1, rowspan: 1 }, content: [paragraph("c")] }] }] },
      { type: "divider" },
    ],
  };
  const { doc, repaired } = openJson(json);
  assert.equal(repaired, false);
  assert.deepEqual(JSON.parse(JSON.stringify(doc.toJSON())), json);
  assert.equal(plainText(doc), "Yes.\n\n— Ana\n\nWall (A / P)\n\na, X, 2026-01-01\n\nHi\n\nc\n\n* * *");
  assert.equal(countWords(doc), 4);
});

test("a document that does not fit keeps its words", () => {
  const { doc, repaired } = openJson({ type: "doc", content: [{ type: "list_item", content: [{ type: "heading", attrs: { level: 9 }, content: [{ type: "text", text: "A" }] }] }, { type: "widget", content: [{ type: "text", text: "B", marks: [{ type: "link", attrs: { href: "javascript:x" } }] }] }, "loose"] });
  assert.equal(repaired, true);
  doc.check();
  assert.match(doc.textContent, /A.*B.*loose/);
  assert.doesNotMatch(JSON.stringify(doc.toJSON()), /javascript/);
});

test("ten thousand nested blocks neither hang nor lose the innermost word", () => {
  let json: unknown = { type: "text", text: "innermost" };
  for (let depth = 0; depth < 10_000; depth++) json = { type: "nest", content: [json] };
  assert.match(openJson({ type: "doc", content: [json] }).doc.textContent, /innermost/);
});

test("what is no JSON is text", () => {
  assert.equal(openBody("").doc.childCount, 1);
  assert.equal(openBody("one\ntwo").doc.childCount, 2);
  assert.equal(openBody("{").doc.textContent, "{");
});

test("quotation marks by language, English for the rest", () => {
  assert.equal(quotesOf("de-AT")[0], "„");
  assert.equal(quotesOf("es")[0], "«");
  assert.equal(quotesOf("xx")[0], "“");
});
