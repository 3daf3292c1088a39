import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { SEALED_CHUNK, SealedError, hex, unhex, type Bytes } from "../src/sealed/engine";
import { MESSAGE, type ListInfo, type SourceInfo } from "../src/sealed/requests";
import { Workshop } from "../src/sealed/workshop";

const module = new WebAssembly.Module(readFileSync(new URL("../../dist/sealed.wasm", import.meta.url)));
const DESK = "01".repeat(16);
const NOTHING = (): void => undefined;

/** The server's part: what was sent lies there, and ranges of it are given out. */
const sent = new Map<string, Bytes>();
const asked: string[] = [];
async function served(url: string, init: RequestInit): Promise<Response> {
  const [, from, to] = /bytes=(\d+)-(\d+)/.exec(new Headers(init.headers).get("range") ?? "") ?? [];
  asked.push(`${init.method ?? "GET"} ${url} ${from}-${to}`);
  const body = sent.get(url);
  return body ? new Response(body.slice(Number(from), Number(to) + 1), { status: 206 }) : new Response("", { status: 404 });
}

const desk = await Workshop.open(module, served);
const browser = await Workshop.open(module, served);

/** The ceremony, as the desk does it: a newsroom key, Ana's key, a signed list. */
const lock = await desk.newLock({ passphrase: "correct horse" });
const newsroom = desk.newNewsroom({ lock });
const ana = desk.newJournalist({ journalist: "a0".repeat(16), epoch: new Date().toISOString().slice(0, 7) });
const day = Math.floor(Date.now() / 86_400_000);
const signed = desk.signList({
  ...{ file: newsroom.file, lock, serial: 3, issued: day, until: day + 30 },
  desks: [{ id: DESK, name: "Störfälle" }],
  keys: [{ card: ana.card, desks: [DESK] }],
});

const list: ListInfo = browser.openList({ bytes: signed, key: newsroom.key });
let source: SourceInfo;
let codename: string;

const failing = (reason: string) => (error: unknown) => error instanceof SealedError && error.reason === reason;

async function seal(by: Workshop, given: Partial<Parameters<Workshop["seal"]>[0]> & Pick<Parameters<Workshop["seal"]>[0], "list" | "signer" | "text">) {
  const place = { kind: MESSAGE.tip as number, desk: DESK, tip: source.tip, sequence: 0 };
  const blob = await by.seal({ ...place, ...given }, NOTHING);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const body = bytes.length % SEALED_CHUNK;
  // The head is shorter than a chunk, so what is left over is the head.
  return { head: bytes.slice(0, body), body: bytes.slice(body) };
}

function opening(head: Bytes, sequence: number, url: string) {
  return { head, newsroom: newsroom.newsroom, tip: source.tip, sequence, body: { url } };
}

test("a list is believed from its key only, and never an older one", () => {
  assert.deepEqual(list.desks, [{ id: DESK, name: "Störfälle", readers: 1 }]);
  assert.equal(list.fingerprint, newsroom.fingerprint);
  assert.match(list.fingerprint, /^([0-9a-f]{4} ){9}[0-9a-f]{4}$/);
  assert.throws(() => browser.openList({ bytes: signed, key: "22".repeat(32) }), failing("signature"));
  assert.throws(() => browser.openList({ bytes: signed, key: newsroom.key, known: 4 }), failing("rolled-back"));
  assert.throws(() => browser.openList({ bytes: new Uint8Array(9), key: newsroom.key }), failing("malformed"));
  const [key] = browser.listKeys({ list: list.list });
  assert.deepEqual(key && [key.journalist, key.desks, hex(key.card)], ["a0".repeat(16), [DESK], hex(ana.card)]);
});

test("a codename is made, read as people type it, and leads to the same thread", async () => {
  codename = browser.newCodename();
  assert.equal(codename.split(" ").length, 7);
  assert.equal(browser.readCodename({ typed: codename.toUpperCase().replaceAll(" ", "-") }), codename);
  assert.throws(() => browser.readCodename({ typed: "zoom zoom" }), (error) => failing("codename-count")(error) && (error as SealedError).count === 2);
  assert.throws(() => browser.readCodename({ typed: codename.replace(/\w+$/, "qqq") }), (error) => (error as SealedError).count === 7);
  source = await browser.derive({ codename, newsroom: newsroom.newsroom });
  const again = await browser.derive({ codename, newsroom: newsroom.newsroom });
  assert.deepEqual([again.lookup, again.tip], [source.lookup, source.tip]);
});

test("a tip with files is sealed in the browser, opened at the desk, answered, and the answer read", async () => {
  const large = new Uint8Array(3_000_000).map((_, at) => at * 7);
  const files = [new File([large], "../plan.bin", { type: "application/x-plan" }), new File([], "empty.txt", { type: "text/plain" })];
  const shares: number[] = [];
  const place = { kind: MESSAGE.tip, desk: DESK, tip: source.tip, sequence: 0, signer: { source: source.source } };
  const blob = await browser.seal({ ...place, list: list.list, text: "The harbour is sold. ⚓", files, facts: [["channel", "web"]] }, (share) => shares.push(share));
  assert.deepEqual([shares.at(-1), shares.every((share, at) => share > (shares[at - 1] ?? 0))], [1, true]);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const [head, body] = [bytes.slice(0, bytes.length % SEALED_CHUNK), bytes.slice(bytes.length % SEALED_CHUNK)];
  assert.ok(!Buffer.from(bytes).includes("harbour") && !Buffer.from(bytes).includes("plan.bin"));
  sent.set("/desk/tips/1/messages/0", body);

  const given = { ...opening(head, 0, "/desk/tips/1/messages/0"), with: { journalists: [ana.journalist] } };
  const read = await desk.open(given);
  assert.deepEqual([read.text, read.author, read.kind, read.desk, read.serial], ["The harbour is sold. ⚓", "source", MESSAGE.tip, DESK, 3]);
  assert.deepEqual([read.facts, read.digest], [[["channel", "web"]], list.digest]);
  assert.deepEqual(read.files, [{ name: "plan.bin", type: "application/x-plan", size: 3_000_000 }, { name: "empty.txt", type: "text/plain", size: 0 }]);
  assert.equal(asked.length, 1, "the text comes with one request");
  const opened = await desk.file({ message: read.message, file: 0 }, NOTHING);
  assert.deepEqual([opened.size, opened.type], [3_000_000, ""]);
  assert.ok(Buffer.from(await opened.arrayBuffer()).equals(Buffer.from(large)));
  assert.equal((await desk.file({ message: read.message, file: 1 }, NOTHING)).size, 0);
  await assert.rejects(desk.open({ ...given, sequence: 1 }), failing("misplaced"));
  await assert.rejects(desk.open({ ...given, tip: "00".repeat(16) }), failing("misplaced"));

  const mine = desk.openList({ bytes: signed, key: newsroom.key });
  const reply = await seal(desk, { list: mine.list, kind: MESSAGE.reply, sequence: 1, to: read.key, signer: { journalist: ana.journalist }, text: "Can we meet?" });
  sent.set("/tip/thread/1", reply.body);
  const answer = await browser.open({ ...opening(reply.head, 1, "/tip/thread/1"), body: { url: "/tip/thread/1", post: source.lookup }, with: { source: source.source } });
  assert.deepEqual([answer.text, answer.author], ["Can we meet?", "journalist"]);
  assert.match(asked.at(-1) ?? "", /^POST \/tip\/thread\/1 0-/);
  // With its end at hand nothing is fetched: whoever watches the line cannot count replies.
  const before = asked.length;
  const at = await browser.open({ ...opening(reply.head, 1, "/gone"), body: { url: "/gone", end: reply.body.slice(-SEALED_CHUNK) }, with: { source: source.source } });
  assert.deepEqual([at.text, asked.length], ["Can we meet?", before]);
  assert.ok(browser.speaks({ list: list.list, desk: DESK, key: answer.key }));
  assert.ok(!browser.speaks({ list: list.list, desk: "09".repeat(16), key: answer.key }));
  // A source cannot open what it sent, nor a journalist's note.
  await assert.rejects(browser.open({ ...opening(head, 0, "/desk/tips/1/messages/0"), with: { source: source.source } }), failing("not-for-you"));
});

test("a large message goes in pieces, and the next is not read before one has arrived", async () => {
  let [read, held] = [0, 0];
  /** A file that says how much of it has been read. */
  class Watched extends File {
    override slice(from?: number, to?: number): Blob {
      const part = super.slice(from, to);
      read += part.size;
      held = Math.max(held, read - arrived.reduce((sum, piece) => sum + piece.length, 0));
      return part;
    }
  }
  const arrived: Bytes[] = [];
  let [head, full, under] = [new Uint8Array(), Infinity, 0];
  const by = await Workshop.open(module, async (url, init) => {
    if (url === "/up") return Response.json({ upload: "id" }, { status: 201 });
    assert.equal(++under, 1, "one at a time");
    const body = new Uint8Array(await new Response(init.body).arrayBuffer());
    under--;
    if (url === "/up/id/head") head = body;
    else if (arrived.length === full) return new Response(null, { status: 413 });
    else {
      assert.equal(url, `/up/id/${arrived.reduce((sum, piece) => sum + piece.length, 0)}`);
      arrived.push(body);
    }
    return new Response(null, { status: url.endsWith("head") ? 201 : 204 });
  });
  const own = by.openList({ bytes: signed, key: newsroom.key });
  const keys = await by.derive({ codename, newsroom: newsroom.newsroom });
  const large = new Uint8Array(20_000_000).map((_, at) => at * 7);
  const address = { list: own.list, kind: MESSAGE.tip, desk: DESK, tip: keys.tip, sequence: 0, signer: { source: keys.source } };
  const upload = () => by.upload({ url: "/up", headers: {}, message: { ...address, text: "All of it.", files: [new Watched([large], "all.bin")] } }, NOTHING);
  assert.equal(await upload(), 201);
  assert.ok(arrived.every((piece) => piece.length <= 4 << 20));
  assert.ok(held <= 5 << 20, `${held} bytes of the file were held at once`);

  sent.set("/large", new Uint8Array(Buffer.concat(arrived)));
  const opened = await desk.open({ ...opening(head, 0, "/large"), with: { journalists: [ana.journalist] } });
  const whole = await (await desk.file({ message: opened.message, file: 0 }, NOTHING)).arrayBuffer();
  assert.ok(Buffer.from(whole).equals(Buffer.from(large)));

  [read, arrived.length, full] = [0, 0, 2];
  assert.equal(await upload(), 413, "what the server refuses is told");
  assert.ok(read < large.length, "and the rest is not read");
});

test("what was changed on the way is refused", async () => {
  const { head, body } = await seal(browser, { list: list.list, signer: { source: source.source }, text: "x" });
  const changed = body.slice();
  changed[100] = (changed[100] ?? 0) ^ 1;
  sent.set("/changed", changed);
  await assert.rejects(desk.open({ ...opening(head, 0, "/changed"), with: { journalists: [ana.journalist] } }), failing("tampered"));
  await assert.rejects(desk.open({ ...opening(head, 0, "/gone"), with: { journalists: [ana.journalist] } }), (error) => failing("fetch")(error) && (error as SealedError).count === 404);
  await assert.rejects(desk.open({ ...opening(head.slice(1), 0, "/changed"), with: { journalists: [ana.journalist] } }), failing("malformed"));
});

test("a source's keys sign no replies, a journalist's no tips", async () => {
  await assert.rejects(seal(browser, { list: list.list, kind: MESSAGE.reply, signer: { source: source.source }, text: "x" }), failing("malformed"));
  const mine = desk.openList({ bytes: signed });
  await assert.rejects(seal(desk, { list: mine.list, signer: { journalist: ana.journalist }, text: "x" }), failing("malformed"));
});

test("more than the library has room for is refused before it is written anywhere", async () => {
  await assert.rejects(seal(browser, { list: list.list, signer: { source: source.source }, text: "x".repeat(9 << 20) }), failing("too-large"));
  await assert.rejects(seal(browser, { list: list.list, signer: { source: source.source }, text: "x".repeat(200 << 10) }), failing("too-large"));
  assert.throws(() => browser.openList({ bytes: new Uint8Array(9 << 20) }), failing("too-large"));
});

test("keys are closed with a passphrase and open with it only", async () => {
  const closed = desk.closeJournalist({ journalist: ana.journalist, lock });
  const other = await Workshop.open(module, served);
  const again = await other.lockOf({ passphrase: "correct horse", closed });
  assert.equal(hex(other.openJournalist({ lock: again, closed }).card), hex(ana.card));
  const wrong = await other.lockOf({ passphrase: "correct house", closed });
  assert.throws(() => other.openJournalist({ lock: wrong, closed }), failing("passphrase"));
  const next = await other.newLock({ passphrase: "Zweitschlüssel" });
  const changed = other.closeAgain({ lock: again, closed, newLock: next });
  assert.equal(hex(other.openJournalist({ lock: next, closed: changed }).card), hex(ana.card));
  assert.throws(() => other.openJournalist({ lock: again, closed: changed }), failing("passphrase"));
  const card = other.readCard({ card: ana.card });
  assert.equal(card.journalist, "a0".repeat(16));
  assert.deepEqual(other.peekNewsroom({ file: newsroom.file }), { newsroom: newsroom.newsroom, key: newsroom.key, fingerprint: newsroom.fingerprint, words: newsroom.words });
});

test("what is forgotten is gone", async () => {
  const other = await Workshop.open(module, served);
  const made = other.newJournalist({ journalist: "b0".repeat(16), epoch: "2026-11" });
  const held = await other.newLock({ passphrase: "x" });
  await other.forget();
  assert.throws(() => other.closeJournalist({ journalist: made.journalist, lock: held }), failing("call"));
});

test("the work is what the server asks for", async () => {
  const number = browser.work({ challenge: "00.17.ff", difficulty: 12 });
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`00.17.ff:${number}`)));
  assert.equal(hash[0], 0);
  assert.ok((hash[1] ?? 255) < 16);
  assert.throws(() => browser.work({ challenge: "x", difficulty: 40 }), failing("call"), "a forged challenge holds nobody for hours");
});

test("hexadecimal digits are read with hyphens and refused when they are none", () => {
  assert.equal(hex(unhex("0192-abCD")), "0192abcd");
  assert.throws(() => unhex("0g"), failing("malformed"));
  assert.throws(() => unhex("012"), failing("malformed"));
});

