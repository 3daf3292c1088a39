// The source's side in a real browser: sealing in the worker under its own policy, the codename, the way back. The desk's side is played
// by the same library in this process.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { MESSAGE, type Given, type Message } from "../src/sealed/requests";
import { SEALED_CHUNK, type Bytes } from "../src/sealed/engine";
import { Workshop } from "../src/sealed/workshop";
import { expectAccessible } from "./axe";
import { expect, test as base, type Harness } from "./desk";

interface Kept {
  from: "us" | "you";
  head: Buffer;
  body: Buffer;
}

interface Newsroom {
  harness: Harness;
  line: any;
  desk: Workshop;
  ana: number;
  /** Lists of this serial; the newest lies at the line. */
  publish(serial: number): number;
  /** Opens a source's message. */
  read(lookup: string, sequence: number): Promise<Message>;
  reply(lookup: string, to: Bytes, text: string, list: number, by?: number): Promise<void>;
}

const test = base.extend<{ room: Newsroom }>({
  room: async ({ desk: harness }, use) => use(await open(harness)),
});

// Passphrases and codenames cost a quarter of a gigabyte and some seconds, on purpose, more of them on a busy machine.
test.setTimeout(90_000);

async function open(harness: Harness): Promise<Newsroom> {
  const line = (harness.state as any).tip;
  const kept = (url: string): Kept => line.threads.get(url.split(" ")[0]).messages[Number(url.split(" ")[1])];
  const desk = await Workshop.open(new WebAssembly.Module(readFileSync("dist/sealed.wasm")), async (url, init) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(new Headers(init.headers).get("range") ?? "") ?? [];
    return new Response(new Uint8Array(kept(url).body.subarray(Number(from), Number(to) + 1)), { status: 206 });
  });
  const lock = await desk.newLock({ passphrase: "x" });
  const { file, ...newsroom } = desk.newNewsroom({ lock });
  const { journalist: ana, card } = desk.newJournalist({ journalist: "a0".repeat(16), epoch: new Date().toISOString().slice(0, 7) });
  const day = Math.floor(Date.now() / 86_400_000);
  const publish = (serial: number): number => {
    const desks = [{ id: line.desk, name: "News" }];
    line.keys = Buffer.from(desk.signList({ file, lock, serial, issued: day, until: day + 30, desks, keys: [{ card, desks: [line.desk] }] }));
    return desk.openList({ bytes: new Uint8Array(line.keys) }).list;
  };
  publish(1);
  Object.assign(line, { newsroom: newsroom.newsroom, key: newsroom.key, fingerprint: newsroom.fingerprint });
  const read: Newsroom["read"] = (lookup, sequence) => {
    const place = { newsroom: newsroom.newsroom, tip: line.threads.get(lookup).tip, sequence };
    return desk.open({ ...place, head: new Uint8Array(kept(`${lookup} ${sequence}`).head), body: { url: `${lookup} ${sequence}` }, with: { journalists: [ana] } });
  };
  const reply: Newsroom["reply"] = async (lookup, to, text, list, by = ana) => {
    const { tip, messages } = line.threads.get(lookup);
    const given: Given<"seal"> = { list, kind: MESSAGE.reply, desk: line.desk, tip, sequence: messages.length, to, signer: { journalist: by }, text };
    const bytes = Buffer.from(await (await desk.seal({ ...given, files: [new File(["for you"], "map.txt")] }, () => undefined)).arrayBuffer());
    const end = bytes.length % SEALED_CHUNK;
    messages.push({ from: "us", head: bytes.subarray(0, end), body: bytes.subarray(end) });
  };
  return { harness, line, desk, ana, publish, read, reply };
}

const PLAN = { name: "plan.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 secret") };

async function send(page: Page, room: Newsroom, text: string): Promise<{ codename: string; lookup: string }> {
  await page.goto(`${room.harness.url}/tip`);
  await page.getByLabel("What you want to tell us").fill(text);
  await page.getByLabel("Files").setInputFiles([PLAN]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "This is your codename" })).toBeFocused({ timeout: 20_000 });
  return { codename: await page.locator("#tip-codename").innerText(), lookup: [...room.line.threads.keys()].at(-1) };
}

async function comeBack(page: Page, room: Newsroom, codename: string): Promise<void> {
  await page.goto(`${room.harness.url}/tip/return`);
  await page.getByLabel("Your codename").fill(codename);
  await page.getByRole("button", { name: "Open" }).click();
}

test("a tip is sealed in the browser, answered, and the answer read with the codename", async ({ page, room }) => {
  await page.goto(`${room.harness.url}/tip`);
  await expect(page.getByText("Your browser seals what you write.")).toBeVisible();
  await expect(page.getByText("Your browser runs no script.")).toBeHidden();
  await expectAccessible(page);
  const { codename, lookup } = await send(page, room, "The harbour is sold.");
  expect(codename.split(" ")).toHaveLength(7);
  await expect(page.locator("#tip-form")).toBeHidden();
  await expectAccessible(page);
  const sent = Buffer.concat([room.line.threads.get(lookup).messages[0].head, room.line.threads.get(lookup).messages[0].body]);
  for (const secret of ["harbour", "plan.pdf", "secret", codename, codename.split(" ")[0] as string]) expect(sent.includes(secret)).toBe(false);

  const tip = await room.read(lookup, 0);
  expect([tip.text, tip.author, tip.files]).toEqual(["The harbour is sold.", "source", [{ name: "plan.pdf", type: "application/pdf", size: 15 }]]);
  await room.reply(lookup, tip.key, "Can we meet?", room.publish(2));

  await comeBack(page, room, codename.toUpperCase().replaceAll(" ", " - "));
  await expect(page.locator("#return-messages > li")).toHaveText([/From you · 2026-11-22It cannot be shown again\./, /From us · 2026-11-22Can we meet\?map\.txt/], { timeout: 20_000 });
  await expectAccessible(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "map.txt" }).click();
  const download = await saved;
  expect([download.suggestedFilename(), readFileSync((await download.path()) as string, "utf8")]).toEqual(["map.txt", "for you"]);

  await page.getByLabel("What you want to tell us").fill("At the ferry, on Monday.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator("#return-messages > li")).toHaveCount(3, { timeout: 20_000 });
  await expect(page.locator("#return-status")).toHaveText("It has arrived.");
  const more = await room.read(lookup, 2);
  expect([more.text, Buffer.from(more.key).equals(Buffer.from(tip.key))]).toEqual(["At the ferry, on Monday.", true]);
});

test("keys that the newsroom did not sign stop everything", async ({ page, room }) => {
  const other = await open(room.harness);
  room.line.keys = other.line.keys;
  room.line.key = "22".repeat(32);
  await page.goto(`${room.harness.url}/tip`);
  await page.getByLabel("What you want to tell us").fill("x");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert")).toHaveText("The keys are not signed by the newsroom. Nothing was sent.");
  await expect(page.getByLabel("What you want to tell us")).toHaveValue("x");
  expect(room.line.requests).not.toContain("POST /tip/envelopes");
});

test("a message whose answer was lost has arrived; one that is refused stays written", async ({ page, room }) => {
  room.line.refusals.push({ status: 409 }, { status: 502, keep: true });
  await page.goto(`${room.harness.url}/tip`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert")).toHaveText("Write something, or attach a file.");
  await page.getByLabel("What you want to tell us").fill("x");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert")).toHaveText("It could not be sent.", { timeout: 20_000 });
  expect(room.line.challenges).toBe(2);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.locator("#tip-codename")).toHaveText(/^\w+( \w+){6}$/, { timeout: 20_000 });
  expect([...room.line.threads.values()].map((thread) => thread.messages.length)).toEqual([1]);
  room.line.refusals.push({ status: 429 });
  await page.goto(`${room.harness.url}/tip`);
  await page.getByLabel("What you want to tell us").fill("y");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert")).toHaveText("Very busy.", { timeout: 20_000 });
  await expect(page.getByLabel("What you want to tell us")).toHaveValue("y");
});

test("wrong words are named, unknown ones said to be, and forged replies not shown", async ({ page, room }) => {
  await comeBack(page, room, "zoom zoom");
  await expect(page.getByRole("alert")).toHaveText("A codename has seven words; these are 2.");
  await comeBack(page, room, "abacus abacus qqq abacus abacus abacus abacus");
  await expect(page.getByRole("alert")).toHaveText("Word 3 is not one of ours.");
  await comeBack(page, room, "abacus abacus abacus abacus abacus abacus abacus");
  await expect(page.getByRole("alert")).toHaveText("Nothing lies under this codename.", { timeout: 20_000 });
  const { codename, lookup } = await send(page, room, "x");
  const { key } = await room.read(lookup, 0);
  const mallory = room.desk.newJournalist({ journalist: "ee".repeat(16), epoch: "2026-11" });
  await room.reply(lookup, key, "Come alone.", room.publish(2), mallory.journalist);
  await comeBack(page, room, codename);
  await expect(page.locator("#return-messages > li").last()).toContainText("Do not trust this message.", { timeout: 20_000 });
  await expect(page.getByText("Come alone.")).toHaveCount(0);
});

test("an older key list than the desk answered with is noticed", async ({ page, room }) => {
  const { codename, lookup } = await send(page, room, "x");
  const { key } = await room.read(lookup, 0);
  await room.reply(lookup, key, "Thank you.", room.publish(5));
  room.publish(4);
  await comeBack(page, room, codename);
  await expect(page.locator("#return-error")).toHaveText("The keys are not signed by the newsroom. Nothing was sent.", { timeout: 20_000 });
});
