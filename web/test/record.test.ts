import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom";
import { EditorState } from "prosemirror-state";
import { comparison, side } from "../src/editor/record/comparison";
import type { Quotation, Stretch } from "../src/editor/record/desk";
import { accepted, factList } from "../src/editor/record/facts";
import { locate } from "../src/editor/record/locate";
import { markAt, placeOf, quotationMarks, showMarks } from "../src/editor/record/marks";
import type { Item } from "../src/editor/record/matching";
import { lineOf } from "../src/editor/record/naming";
import { summaryOf, unconfirmed } from "../src/editor/record/panel";
import { showAtFields, field, lineInput, sentenceOf } from "../src/editor/record/parts";
import { Trouble } from "../src/editor/record/desk";
import { schema } from "../src/editor/schema";

const record = (more: Partial<Quotation>): Quotation => ({
  id: "q", version: 1, position: 0, words: "We wait.", kind: "direct", state: "altered", speaker: "Brink", person: null, channel: "post", outlet: "Bluesky", addressee: "", said_on: "2018", confirmed: false, disputed: null,
  source: { id: "s", kind: "notes", title: "Notes", url: "", confidential: false }, aligned: [], before: "", after: "", elsewhere: [], variant_of: null, ...more,
});
const aligned: Stretch[] = [
  { op: "same", allowed: true, quoted: "We ", original: "We " },
  { op: "dropped", allowed: false, quoted: "", original: "never " },
  { op: "same", allowed: true, quoted: "wait", original: "wait" },
  { op: "punctuation", allowed: true, quoted: ".", original: "," },
];
const words = (nodes: (Node | string)[]) => nodes.map((node) => (typeof node === "string" ? node : `[${node.nodeName} ${node.textContent}]`)).join("");

test("both sides stand whole, with what the other does not have marked", () => {
  assert.equal(words(side(aligned, "quoted")), "We wait[INS .]");
  assert.equal(words(side(aligned, "original")), "We [DEL never ]wait[DEL ,]");
});

test("what differs is said in words, and what the house allows is told apart", () => {
  const part = comparison(record({ aligned }));
  const edits = [...(part?.querySelectorAll("li") ?? [])].map((row) => `${row.className}: ${row.textContent}`);
  assert.deepEqual(edits, ["is-breach: Left out: “never”", "is-allowed: Punctuation: “,” became “.” (within house rules)"]);
  assert.match(comparison(record({ aligned: [{ op: "added", allowed: false, quoted: "We wait.", original: "" }] }))?.textContent ?? "", /Nothing like these words/);
  assert.match(comparison(record({ state: "exact" }))?.textContent ?? "", /these very words/);
  assert.equal(comparison(record({ source: null })), null);
});

test("a person on file goes before the name that was read", () => {
  const person = { id: "p", name: "Oda Brink" };
  const item: Item = { found: null, record: record({ person, addressee: "us" }), standing: "exact", words: "We wait." };
  assert.equal(lineOf(item), "Oda Brink · Post, Bluesky · → us · 2018");
  assert.equal(lineOf({ found: null, record: null, standing: "checking", words: "" }), "Nobody named");
  assert.match(factList(record({ person })).textContent ?? "", /Oda Brink/);
  assert.deepEqual(accepted(record({ person })), { speaker: "Brink", person: "p", channel: "post", outlet: "Bluesky", addressee: "", said_on: "2018", confirmed: true });
});

test("the summary counts, and only what was read and not yet accepted is accepted at once", () => {
  const item = (standing: Item["standing"], more: Partial<Quotation>): Item => ({ found: null, record: record(more), standing, words: "" });
  const items = [item("exact", { id: "a" }), item("unsourced", { id: "b", confirmed: true }), item("checking", { id: "c" }), item("exact", { id: "d", speaker: "" }), item("exact", { id: "a" })];
  assert.equal(summaryOf(items), "5 quotations · 1 without a source · 1 being checked");
  assert.equal(summaryOf([item("exact", {})]), "1 quotation · all of them good");
  assert.deepEqual(unconfirmed(items).map((one) => one.id), ["a"]);
});

test("marks move with the text and go with their words", () => {
  const doc = schema.nodeFromJSON({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "“We wait,” she said." }] }] });
  const around = { changed: () => undefined, moved: () => undefined, pressed: () => undefined };
  let state = EditorState.create({ doc, plugins: [quotationMarks(around)] });
  state = state.apply(showMarks(state, [{ from: 2, to: 10, standing: "checking", label: "" }]));
  assert.equal(markAt(state, 5), 0);
  assert.equal(markAt(state, 15), null);
  state = state.apply(state.tr.insertText("So: ", 1));
  assert.deepEqual([placeOf(state, 0)?.from, placeOf(state, 0)?.to], [6, 14]);
  state = state.apply(state.tr.delete(5, 16));
  assert.equal(placeOf(state, 0), null);
});

test("without the library places are found by their words, in order", () => {
  const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
  const doc = schema.nodeFromJSON({ type: "doc", content: [paragraph("“No.” And “No.”"), paragraph("“Yes.”")] });
  const places = locate(doc, ["No.", "No.", "Yes.", "Never."].map((one) => record({ words: one })));
  assert.deepEqual(places, [{ from: 2, to: 5 }, { from: 12, to: 15 }, { from: 19, to: 23 }, null]);
});

test("a refusal's sentences stand at their fields, the rest is told together", () => {
  const date = field("When", lineInput(""));
  const told = showAtFields(new Trouble("refused", { said_on: "Write 2018.", person: "Gone." }), { said_on: date });
  assert.equal(told, "Gone.");
  assert.equal(date.control.getAttribute("aria-invalid"), "true");
  assert.match(date.dom.textContent ?? "", /Write 2018\./);
  assert.equal(sentenceOf(new Trouble("forbidden", {}, "Not yours.")), "Not yours.");
  assert.equal(sentenceOf(new Trouble("unreachable")), "The desk could not be reached.");
});
