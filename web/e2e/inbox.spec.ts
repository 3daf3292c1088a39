// A tip in a real browser from end to end: sent with files, opened at the desk, answered, and the answer read. Against the demo's binary.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest();

let folder = "";
test.beforeAll(({ room }) => {
  folder = room.scratch;
});

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");
// Deriving keys takes some seconds on purpose, more of them on a busy machine.
test.setTimeout(180_000);
const SLOW = { timeout: 60_000 };

/** A red dot, and what a camera would have said beside it. */
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64");
const FILES = [
  { name: "pier.png", mimeType: "image/png", buffer: PICTURE },
  { name: "log.txt", mimeType: "text/plain", buffer: Buffer.from("gate 3 <b>closed</b>") },
];

/** What the desk hands over. */
const MAP = { name: "map.txt", mimeType: "text/plain", buffer: Buffer.from("the third bollard") };

function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  return troubles;
}

async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel("Passphrase of your keys").fill(passphrase);
  await page.getByRole("button", { name: "Open the tip" }).click();
}

test("a tip with files is sent, opened at the desk, answered, and the answer read", async ({ browser, room, desk }) => {
  const source = await (await browser.newContext()).newPage();
  await source.goto(`${room.url}/tip`);
  await source.locator("select[name=desk]").selectOption({ label: "Harbour" });
  await source.locator("textarea[name=text]").fill("The harbour is sold.\n\nAsk the <i>pilot</i>.");
  await source.locator("input[name=files]").setInputFiles(FILES);
  await source.locator("#tip-form button[type=submit]").click();
  await expect(source.locator("#tip-codename")).toHaveText(/^\w[\w-]*( \w[\w-]*){6}$/, SLOW);
  const codename = await source.locator("#tip-codename").innerText();

  const page = await desk.newPage();
  const troubles = watch(page);
  await page.goto(`${room.url}/desk/tips`);
  await page.locator("main li", { hasText: "sealed in the browser" }).filter({ hasText: "Harbour" }).getByRole("link").click();
  await expect(page.getByText("onrecord --data")).toBeHidden();
  await expectAccessible(page);
  await unlock(page, "not the passphrase at all");
  await expect(page.getByRole("alert")).toHaveText("The passphrase does not open these keys.", SLOW);
  await unlock(page, room.passphrase);
  await expect(page.getByRole("heading", { name: "Messages" })).toBeFocused(SLOW);
  const messages = page.locator("#tip-messages > li");
  await expect(messages).toHaveCount(1);
  await expect(messages).toContainText("The harbour is sold.");
  await expect(messages).toContainText("Ask the <i>pilot</i>.");

  await page.getByRole("button", { name: "Preview log.txt" }).click();
  await expect(page.getByRole("group", { name: "log.txt" })).toHaveText("gate 3 <b>closed</b>", SLOW);
  await page.getByRole("button", { name: "Preview pier.png" }).click();
  const picture = page.getByRole("img", { name: "Picture 1 / 1" });
  await expect(picture).toBeVisible(SLOW);
  expect(await picture.evaluate((image: HTMLImageElement) => [image.src.slice(0, 5), image.naturalWidth])).toEqual(["blob:", 1]);
  await page.getByRole("button", { name: "Make a publication copy pier.png" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save the publication copy" }).click(SLOW);
  expect((await saved).suggestedFilename()).toBe("publication-copy.png");
  await page.getByText("Original pier.png").click();
  const original = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the original all the same pier.png" }).click();
  expect(readFileSync((await (await original).path()) as string).equals(PICTURE)).toBe(true);

  await page.getByLabel("Reply to the source").fill("Can we meet?");
  await page.getByLabel("State").selectOption("Following");
  await page.getByRole("button", { name: "Save State" }).click();
  await expect(page.locator("#tip-triage-status")).toHaveText("Saved.");
  await expect(page.getByRole("button", { name: "Save State" })).toBeFocused();
  await page.getByLabel("State").selectOption("Closed");
  await page.getByRole("button", { name: "Save State" }).click();
  await page.getByLabel("Days until erased, after closing").fill("abc");
  await page.getByRole("button", { name: "Save Days until erased" }).click();
  await expect(page.locator("#tip-triage-error")).toHaveText("Give a number of days, at most ten years.");
  await page.getByLabel("State").selectOption("New");
  await page.getByRole("button", { name: "Save State" }).click();
  await expect(page.locator("#tip-triage-error")).toBeHidden();
  await expect(page.getByLabel("Reply to the source"), "what is half written stays, and open").toHaveValue("Can we meet?");
  await page.getByLabel("Files for the source").setInputFiles([MAP]);
  await page.getByRole("button", { name: "Send the reply" }).click();
  await expect(messages).toHaveCount(2, SLOW);
  await expect(page.locator("#tip-status")).toHaveText("The reply is sent.");
  await page.getByText("A note for the desk").click();
  await page.getByLabel("Note", { exact: true }).fill("Ring the pilot.");
  await page.getByRole("button", { name: "Keep the note" }).click();
  await expect(messages).toHaveCount(3, SLOW);
  await expect(messages.last()).toContainText("note");
  await page.getByText("Confidential source of a story").click();
  const address = page.getByLabel("Address of the story or quotation at the desk");
  await address.fill("https://elsewhere.example/");
  await page.getByRole("button", { name: "Keep the link" }).click();
  await expect(page.getByRole("alert")).toHaveText("This is no address of a story or quotation at the desk.");
  await address.fill(`${room.url}/desk/stories/0192abcd-0000-7000-8000-000000000001`);
  await page.getByRole("button", { name: "Keep the link" }).click();
  await expect(messages).toHaveCount(4, SLOW);
  await expect(messages.last().getByRole("link")).toHaveAttribute("href", "/desk/stories/0192abcd-0000-7000-8000-000000000001");
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

  await page.getByRole("button", { name: "Lock now" }).click();
  await expect(page.getByLabel("Passphrase of your keys")).toBeFocused();
  await expect(page.getByText("The harbour is sold.")).toHaveCount(0);
  expect(troubles).toEqual([]);

  await source.goto(`${room.url}/tip/return`);
  await source.locator("textarea[name=codename]").fill(codename);
  await source.locator("#return-form button[type=submit]").click();
  await expect(source.locator("#return-messages > li")).toHaveCount(2, SLOW);
  await expect(source.locator("#return-messages")).toContainText("Can we meet?");
  await expect(source.locator("#return-messages")).not.toContainText("Ring the pilot.");
  const handed = source.waitForEvent("download");
  await source.getByRole("button", { name: "map.txt" }).click();
  const map = await handed;
  expect([map.suggestedFilename(), readFileSync((await map.path()) as string, "utf8")]).toEqual(["map.txt", "the third bollard"]);
});

test("a large original goes straight to where the journalist wants it", async ({ browser, room, desk }) => {
  const large = Buffer.alloc((32 << 20) + 1000, "high water 04:17, low water 10:42\n");
  const page = await desk.newPage();
  const links = async () => {
    await page.goto(`${room.url}/desk/tips`);
    return page.locator("main a[href^='/desk/tips/']", { hasText: /^Tip / }).evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
  };
  const before = await links();
  const source = await (await browser.newContext()).newPage();
  await source.goto(`${room.url}/tip`);
  await source.locator("textarea[name=text]").fill("The whole year.");
  await source.locator("input[name=files]").setInputFiles([{ name: "tides.txt", mimeType: "text/plain", buffer: large }]);
  await source.locator("#tip-form button[type=submit]").click();
  await expect(source.locator("#tip-codename")).toHaveText(/\w/, SLOW);
  const tip = (await links()).find((link) => !before.includes(link));
  await page.goto(tip ?? "");
  await unlock(page, room.passphrase);
  await page.getByText("Original tides.txt").click(SLOW);
  const save = page.getByRole("button", { name: "Save the original all the same tides.txt" });

  // The browser's question cannot be answered here; a file of the browser's own folder is the same kind of handle.
  let downloads = 0;
  page.on("download", () => downloads++);
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: () => Promise.reject(new DOMException("", "AbortError")) }));
  await save.click();
  await expect(page.locator("#tip-status")).toHaveText("");
  await expect(page.locator("#tip-error")).toBeHidden();
  await page.evaluate(() => {
    const asked: string[] = [];
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
      asked.push(suggestedName);
      return (await navigator.storage.getDirectory()).getFileHandle("saved", { create: true });
    };
    Object.assign(window, { asked, showSaveFilePicker });
  });
  const size = () =>
    page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      return folder.getFileHandle("saved").then(async (file) => (await file.getFile()).size, () => -1);
    });

  // One letter of the sealed file is another, far behind its beginning.
  const late = /^bytes=[2-9]\d{7}-/;
  const bodies = /\/desk\/tips\/.*\/\d+$/;
  await page.route(bodies, async (route) => {
    if (!late.test(route.request().headers().range ?? "")) return route.fallback();
    const answer = await route.fetch();
    const body = await answer.body();
    body[100] = (body[100] ?? 0) ^ 1;
    return route.fulfill({ response: answer, body });
  });
  await save.click();
  await expect(page.locator("#tip-error")).toHaveText(/\w/, SLOW);
  await expect.poll(size, { message: "what was changed on its way is not saved" }).toBe(-1);
  await page.unroute(bodies);
  await save.click();
  await expect.poll(size, SLOW).toBe(large.length);
  const digest = await page.evaluate(async () => {
    const file = await (await (await navigator.storage.getDirectory()).getFileHandle("saved")).getFile();
    return [...new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  expect(digest).toBe(createHash("sha256").update(large).digest("hex"));
  expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked)).toEqual(["tides.txt", "tides.txt"]);

  // Locked while it is being saved.
  await page.route(bodies, (route) => (late.test(route.request().headers().range ?? "") ? undefined : route.fallback()));
  await save.click();
  await expect(page.locator("#tip-status")).toHaveText(/Saving: \d+ %/, SLOW);
  await page.getByRole("button", { name: "Lock now" }).click();
  await expect.poll(size, { message: "nothing looks as if it had been saved" }).toBe(-1);
  expect(downloads, "and the browser was asked to save nothing in another way").toBe(0);
});

test("a reply takes so many files and no more", async ({ room, desk }) => {
  const page = await desk.newPage();
  await page.goto(`${room.url}/desk/tips`);
  await page.locator("main li", { hasText: "sealed in the browser" }).first().getByRole("link").click();
  await unlock(page, room.passphrase);
  await expect(page.getByRole("heading", { name: "Messages" })).toBeVisible(SLOW);
  const many = join(folder, "many.bin");
  writeFileSync(many, "");
  truncateSync(many, 100_000_001);
  await page.getByLabel("Files for the source").setInputFiles(many);
  await page.getByLabel("Reply to the source").fill("All of it.");
  await page.getByRole("button", { name: "Send the reply" }).click();
  await expect(page.locator("#tip-error")).toHaveText(/^These files are more than 100 MB\./);
  await expect(page.getByLabel("Reply to the source"), "what was written stays").toHaveValue("All of it.");
});

test("a tip that nobody touches for ten minutes is locked", async ({ room, desk }) => {
  const page = await desk.newPage();
  await page.clock.install();
  await page.goto(`${room.url}/desk/tips`);
  await page.locator("main a[href^='/desk/tips/']", { hasText: /^Tip / }).last().click();
  await unlock(page, room.passphrase);
  await expect(page.getByRole("heading", { name: "Messages" })).toBeVisible(SLOW);
  await page.clock.fastForward("09:00");
  await expect(page.locator("#tip-messages > li")).not.toHaveCount(0);
  await page.clock.fastForward("02:00");
  await expect(page.locator("#tip-messages > li")).toHaveCount(0);
  await expect(page.locator("#tip-status")).toHaveText("Locked.");
});

test("keys for the next month are made with the passphrase that opens this one's", async ({ room, desk }) => {
  const page = await desk.newPage();
  const troubles = watch(page);
  await page.goto(`${room.url}/desk/tips/keys`);
  await expectAccessible(page);
  const keys = page.locator("#tip-own-keys .list > li");
  await expect(keys).toHaveCount(1);
  const make = async (first: string, again: string) => {
    await page.getByLabel("Passphrase of your keys").fill(first);
    await page.getByLabel("The same passphrase again").fill(again);
    await page.getByRole("button", { name: "Make keys" }).click();
  };
  await make(room.passphrase, `${room.passphrase}x`);
  await expect(page.locator("#tip-error")).toHaveText("The two passphrases are not the same.");
  await make("another long passphrase", "another long passphrase");
  await expect(page.locator("#tip-error")).toHaveText("The passphrase does not open these keys.", SLOW);
  await make(room.passphrase, room.passphrase);
  await expect(keys).toHaveCount(2, SLOW);
  expect(troubles).toEqual([]);
});

test("a text message names its sender, and has no way back", async ({ room, desk }) => {
  const page = await desk.newPage();
  await page.goto(`${room.url}/desk/tips`);
  await page.locator("main li", { hasText: "text message" }).getByRole("link").click();
  await unlock(page, room.passphrase);
  await expect(page.locator("#tip-messages")).toContainText("Sealed by this server on arrival", SLOW);
  await expect(page.locator("#tip-messages dt").first()).toHaveText(/^(From|Came by|Received)$/);
  await expect(page.getByText("This source left no key to answer to")).toBeVisible();
  await expect(page.getByLabel("Reply to the source")).toBeHidden();
  await expectAccessible(page);
});

test("the list is signed in the browser with the newsroom's key file", async ({ room, desk }) => {
  const page = await desk.newPage();
  const troubles = watch(page);
  const key = join(folder, "newsroom.key");
  const init = ["--data", join(folder, "newsroom"), "tips", "init", "--key", key, "--passphrase-stdin"];
  execFileSync(binary as string, init, { input: "a passphrase for a drawer\n" });
  await page.goto(`${room.url}/desk/tips/keys`);
  await expect(page.getByText("not one that the newsroom’s key signed")).toBeVisible();
  await page.getByText("Sign in this browser").click();
  const sign = async (file: string | { name: string; mimeType: string; buffer: Buffer }, passphrase: string) => {
    await page.getByLabel("The newsroom’s key file").setInputFiles(file);
    await page.getByLabel("Passphrase of the key file").fill(passphrase);
    await page.getByRole("button", { name: "Sign the list" }).click();
  };
  await expectAccessible(page);
  await sign(key, "another");
  await expect(page.locator("#tip-sign-error")).toHaveText("The passphrase does not open these keys.", SLOW);
  await sign(key, "a passphrase for a drawer");
  await expect(page.getByText("not one that the newsroom’s key signed")).toHaveCount(0, SLOW);
  expect(troubles).toEqual([]);
});
