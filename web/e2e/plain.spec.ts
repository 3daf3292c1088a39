// A source without JavaScript, in a real browser against the demo's binary: sent with a file, the codename noted, answered at the desk,
// come back to, the answer and its file read, more written. And the pages of sources and of the desk as they are: valid, accessible,
// in three languages, from 320 pixels up.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary, type Newsroom } from "./newsroom";
import { expect, newsroomTest } from "./room";
import { faults } from "./vnu";

const test = newsroomTest();

let folder = "";
test.beforeAll(({ room }) => {
  folder = room.scratch;
});

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");
// Deriving keys takes some seconds on purpose, more of them on a busy machine.
test.setTimeout(180_000);

const LANGUAGES = ["en", "es", "de"];
const SENT = { name: "gauge.txt", mimeType: "text/plain", buffer: Buffer.from("4.10 m at 22:55") };

const plain = async (browser: Browser): Promise<Page> => (await browser.newContext({ javaScriptEnabled: false })).newPage();

/** Sends a tip and answers its codename. */
async function send(page: Page, room: Newsroom, text: string, lang = "en"): Promise<string> {
  await page.goto(`${room.url}/tip?lang=${lang}`);
  await page.locator("select[name=desk]").selectOption({ label: "Harbour" });
  await page.locator("textarea[name=text]").fill(text);
  await page.locator("input[name=files]").setInputFiles([SENT]);
  await page.locator("#tip-form button[type=submit]").click();
  const codename = await page.locator(".tip-codename").innerText();
  expect(codename.split(" ")).toHaveLength(7);
  return codename;
}

async function comeBack(page: Page, room: Newsroom, codename: string, lang = "en"): Promise<void> {
  await page.goto(`${room.url}/tip/return?lang=${lang}`);
  await page.locator("textarea[name=codename]").fill(codename);
  await page.locator("#return-form button[type=submit]").click();
}

/** The owner's terminal, on the folder that the server serves. */
function terminal(room: Newsroom, args: string[], after = ""): string {
  const input = `${room.passphrase}\n${after}`;
  return execFileSync(binary as string, ["--data", join(folder, "newsroom"), "tips", ...args], { input, encoding: "utf8" });
}

test("without a script a tip is sent, answered with a file, read, and written to again", async ({ browser, room, desk }) => {
  const page = await plain(browser);
  await page.goto(`${room.url}/tip`);
  await expect(page.getByText("this way is the weaker one")).toBeVisible();
  await expect(page.getByText("Your browser seals what you write")).toBeHidden();
  const codename = await send(page, room, "The gauge was read aloud.\n<b>Twice.</b>");
  await expect(page.getByText("Write these seven words on paper now.")).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);

  const inbox = await desk.newPage();
  await inbox.goto(`${room.url}/desk/tips`);
  await inbox.locator("main li", { hasText: "Harbour" }).filter({ hasText: "form without script" }).getByRole("link").click();
  const id = new URL(inbox.url()).pathname.split("/").pop() as string;
  const owner = /--as (\S+)/.exec(await inbox.locator("[data-without-script]").innerHTML())?.[1] as string;
  const read = terminal(room, ["read", id, "--as", owner, "--passphrase-stdin"]);
  expect(read).toContain("The gauge was read aloud.");
  expect(read).toContain("[file gauge.txt");
  const map = join(folder, "map.txt");
  writeFileSync(map, "the third bollard");
  terminal(room, ["reply", id, "--as", owner, "--passphrase-stdin", "--file", map], "Who read it?\n");

  await comeBack(page, room, "zoom zoom");
  await expect(page.getByRole("alert")).toContainText("these are 2");
  await comeBack(page, room, codename.toUpperCase());
  await expect(page.locator(".tip-message")).toHaveCount(2);
  await expect(page.locator(".tip-words")).toHaveText("Who read it?");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "map.txt" }).click();
  const download = await saved;
  expect([download.suggestedFilename(), readFileSync((await download.path()) as string, "utf8")]).toEqual(["map.txt", "the third bollard"]);

  await comeBack(page, room, codename);
  await page.locator("textarea[name=text]").fill("The pilot did.");
  await page.locator("input[name=files]").setInputFiles([{ ...SENT, name: "pilot.txt" }]);
  await page.locator("#tip-form button[type=submit]").click();
  await expect(page.getByRole("status").first()).toContainText("Your message has arrived");
  await expect(page.locator(".tip-message")).toHaveCount(3);
  const more = terminal(room, ["read", id, "--as", owner, "--passphrase-stdin"]);
  expect(more).toContain("The pilot did.");
  expect(more).toContain("[file pilot.txt");
  expect(await page.context().cookies()).toEqual([]);
});

test("what sources see is valid and accessible in every language, from 320 pixels up", async ({ browser, room }) => {
  const files: string[] = [];
  const keep = async (page: Page, name: string): Promise<void> => {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, await page.content());
    files.push(file);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(320);
    // The judge is a script, so the page is shown once more to a browser that runs some.
    const scripted = await (await browser.newContext()).newPage();
    const body = await page.content();
    await scripted.route("**/tip/kept", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
    await scripted.goto(`${room.url}/tip/kept`);
    await expectAccessible(scripted);
    await scripted.context().close();
  };
  for (const lang of LANGUAGES) {
    // The pages as they are without a script, then with one, which moves what they show.
    const page = await plain(browser);
    for (const path of ["/tip", "/tip/return"]) {
      const html = await (await page.request.get(`${room.url}${path}?lang=${lang}`)).text();
      const file = join(folder, `${path.slice(1).replace("/", "-")}-${lang}.html`);
      writeFileSync(file, html);
      files.push(file);
      const scripted = await (await browser.newContext()).newPage();
      await scripted.setViewportSize({ width: 320, height: 640 });
      await scripted.goto(`${room.url}${path}?lang=${lang}`);
      await expect(scripted.locator("article.tip")).toHaveAttribute("lang", lang);
      expect(await scripted.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await expectAccessible(scripted);
      await scripted.context().close();
    }
    const codename = await send(page, room, "x", lang);
    await keep(page, `done-${lang}`);
    await comeBack(page, room, codename, lang);
    await keep(page, `thread-${lang}`);
    await comeBack(page, room, "abacus abdomen abdominal abide abiding ability ablaze", lang);
    await keep(page, `unknown-${lang}`);
    await page.context().close();
  }
  expect(await faults(files)).toEqual([]);
});

test("the desk's pages of the line are valid", async ({ room, desk }) => {
  const page = await desk.newPage();
  await page.goto(`${room.url}/desk/tips`);
  const tip = await page.locator("main a[href^='/desk/tips/']", { hasText: /^Tip / }).first().getAttribute("href");
  const files: string[] = [];
  for (const path of ["/desk/tips", "/desk/tips?state=closed", tip as string, "/desk/tips/keys", "/desk/tips/destruction"]) {
    const file = join(folder, `desk${path.replace(/\W+/g, "-").slice(0, 40)}.html`);
    writeFileSync(file, await (await page.request.get(room.url + path)).text());
    files.push(file);
    await page.goto(room.url + path);
    await expectAccessible(page);
  }
  expect(await faults(files)).toEqual([]);
});

test("at the keyboard alone a source gets from the first field to the codename", async ({ browser, room }) => {
  const page = await plain(browser);
  await page.goto(`${room.url}/tip`);
  await page.locator("select[name=desk]").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.type("By keyboard.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.locator("#tip-form button[type=submit]")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator(".tip-codename")).toHaveText(/^\w[\w-]*( \w[\w-]*){6}$/);
  await page.context().close();
});
