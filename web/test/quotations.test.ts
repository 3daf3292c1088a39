import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./dom";
import { open, type Found } from "../src/editor/record/library";
import { Comparer } from "../src/editor/record/comparer";
import { Markup } from "../src/editor/record/markup";
import { asRecorded, needsWork, pair } from "../src/editor/record/matching";
import { troubleOf, type Quotation } from "../src/editor/record/desk";
import { schema } from "../src/editor/schema";

interface Sample {
  name: string;
  doc: unknown;
  quotations: { text: string; kind: string; speaker: string; channel: string; outlet: string; addressee: string; said_on: string }[];
}

const here = new URL("../../", import.meta.url);
const samples = JSON.parse(readFileSync(new URL("test/samples/quotations.json", here), "utf8")) as Sample[];
const library = await open(readFileSync(new URL("dist/quotation.wasm", here)));

// The desk reads the same samples with the library itself (crates/record): both must find what stands there.
for (const sample of samples) {
  test(`found as the desk finds it: ${sample.name}`, () => {
    const doc = schema.nodeFromJSON(sample.doc);
    const markup = new Markup(doc);
    const found = library.find(markup.html);
    const said = found.map((one) => ({ text: one.text, kind: one.kind, speaker: one.speaker ?? "", channel: one.channel, outlet: one.outlet ?? "", addressee: one.addressee ?? "", said_on: one.date ?? "" }));
    assert.deepEqual(said, sample.quotations);
    for (const one of found) {
      const [from, to] = [markup.start(one.start), markup.end(one.end)];
      assert.ok(from !== null && to !== null);
      const words = doc.textBetween(from, to, "\n", (leaf) => (leaf.type.name === "hard_break" ? " " : ""));
      assert.equal(flat(words), flat(one.text));
    }
  });
}

function flat(text: string): string {
  return text.replace(/[\s“”"»«]+/g, " ").trim();
}

test("a text of the writer's own language and signs keeps its places", () => {
  const doc = schema.nodeFromJSON({
    type: "doc",
    content: [{ type: "paragraph", content: [{ type: "text", text: "Ünal 🚢 & Söhne <GmbH>: “Ja & nein 👍🏽,” said Ünal." }] }],
  });
  const markup = new Markup(doc);
  const [one] = library.find(markup.html);
  assert.equal(doc.textBetween(markup.start(one?.start ?? 0) ?? 0, markup.end(one?.end ?? 0) ?? 0), "Ja & nein 👍🏽,");
});

test("an empty and a very long story are answered", () => {
  assert.deepEqual(library.find(""), []);
  const long = "<p>“We will wait,” said Oda Brink.</p>\n".repeat(20_000);
  assert.equal(library.find(long).length, 20_000);
});

const said = (text: string): Found => ({ start: 0, end: 0, text, kind: "direct", speaker: null, mention: null, channel: "unknown", outlet: null, addressee: null, date: null, confidence: 1 });
const record = (id: string, words: string, state: Quotation["state"] = "exact") => ({ id, words, state }) as Quotation;
const told = (found: string[], records: Quotation[]) => pair(found.map(said), records).map((item) => `${item.record?.id ?? "-"} ${item.standing}`);

test("each quotation has the record of its words, in order", () => {
  const records = [record("a", "No."), record("b", "Never."), record("c", "No.", "altered")];
  assert.deepEqual(told(["No.", "Never.", "No."], records), ["a exact", "b exact", "c altered"]);
  assert.deepEqual(told(["Never.", "No."], records), ["b exact", "a exact"]);
});

test("words under change keep their record and are being checked", () => {
  const records = [record("a", "First."), record("b", "We wait."), record("c", "Last.")];
  assert.deepEqual(told(["First.", "We will wait.", "Last."], records), ["a exact", "b checking", "c exact"]);
  const bare = [record("a", "First."), record("b", "We wait.", "unsourced"), record("c", "Last.")];
  assert.deepEqual(told(["First.", "We will wait.", "Last."], bare), ["a exact", "b unsourced", "c exact"], "there is nothing to compare with");
  assert.deepEqual(told(["First.", "New.", "We will wait.", "Last."], records), ["a exact", "- checking", "- checking", "c exact"]);
  assert.deepEqual(told(["New."], []), ["- checking"]);
});

test("words under change are compared before they are saved, once for each state of them", async () => {
  const asked: string[] = [];
  let drawn = 0;
  const compare = (id: string, words: string) => {
    asked.push(`${id} ${words}`);
    return words === "Down." ? Promise.reject(new Error("unreachable")) : Promise.resolve({ state: "altered" as const, aligned: [], before: "", after: "" });
  };
  const comparer = new Comparer({ compare }, () => drawn++);
  const sourced = { ...record("b", "We wait."), source: { id: "s" } } as Quotation;
  const look = async (words: string) => {
    const items = pair([said(words)], [sourced], (one, now) => comparer.of(one, now));
    comparer.ask(items);
    comparer.ask(items);
    await new Promise((done) => setTimeout(done));
    return items.map((item) => item.standing);
  };
  assert.deepEqual(await look("We will wait."), ["checking"]);
  assert.deepEqual(await look("We will wait."), ["altered"]);
  assert.deepEqual(await look("We wait."), ["exact"], "the desk has these");
  assert.deepEqual(await look("Down."), ["checking"]);
  assert.deepEqual(asked, ["b We will wait.", "b Down."]);
  assert.equal(drawn, 1);
});

test("without the library the desk's list stands alone", () => {
  const items = asRecorded([record("a", "No.", "unsourced"), record("b", "Yes.")]);
  assert.deepEqual(items.map(needsWork), [true, false]);
});

test("every answer of the desk is told as what it means", () => {
  assert.equal(troubleOf(200, {}), null);
  assert.equal(troubleOf(401, null)?.kind, "signed-out");
  assert.equal(troubleOf(403, { error: "Not yours." })?.message, "Not yours.");
  assert.equal(troubleOf(404, null)?.kind, "gone");
  assert.deepEqual(troubleOf(422, { errors: { said_on: "Write 2018." } })?.errors, { said_on: "Write 2018." });
  assert.equal(troubleOf(413, null)?.kind, "refused");
  assert.equal(troubleOf(503, null)?.kind, "unreachable");
  assert.equal(troubleOf(429, null)?.kind, "unreachable");
});
