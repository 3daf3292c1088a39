// "It shows": nine quotations from paste to the page of who said them, in the real newsroom; skipped where no binary is built.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary, type Newsroom } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest();

test.use({ deskSize: { width: 1440, height: 1000 } });

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");

/** The benchmark's seed article where its data lies, else a text of ours in the same shapes. */
const data = process.env.ONRECORD_BENCH_DATA ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const own = fileURLToPath(new URL("fixtures/friends.txt", import.meta.url));
const texts = [own, ...[`${data}/seed/article.txt`].filter(existsSync)];

const ours = [
  "Vera Lindholm · Interview, Baltic Courier",
  "Vera Lindholm · Interview, Baltic Courier",
  "Vera Lindholm · Interview, Baltic Courier",
  "Vera Lindholm · Text message · → Tomas Ekberg · 2019",
  "Vera Lindholm · Text message · → Tomas Ekberg · 2019",
  "Tomas Ekberg · Text message · → Vera Lindholm · 2019",
  "Vera Lindholm · Post, Twitter",
  "Vera Lindholm · Post, Twitter",
  "Tomas Ekberg · Interview, Evening Ledger",
];

const text = (page: Page) => page.locator(".story-editor");
const panel = (page: Page) => page.locator("#record-panel");
const rows = (page: Page) => panel(page).locator(".record-row");
const signs = (page: Page, state: string) => text(page).locator(`.quoted-end-${state}`);

async function newStory(page: Page, room: Newsroom, headline: string, words: string): Promise<void> {
  await page.goto(`${room.url}/desk/stories`);
  await page.getByRole("button", { name: "New story" }).click();
  await expect(text(page)).toBeVisible();
  await page.getByLabel("Headline").fill(headline);
  await page.locator("select[name=section]").selectOption({ index: 1 });
  await text(page).click();
  await text(page).evaluate((element, plain) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", plain);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, words);
}

async function saved(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.locator("[data-save-status]")).toHaveAttribute("data-state", "saved");
}

async function press(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Publish/ }).first().click();
}

/** Warnings about other things than quotations may ask for a second press. */
async function publish(page: Page): Promise<void> {
  await press(page);
  const anyway = page.getByRole("button", { name: /anyway/i });
  await expect(page.locator(".badge.published").first().or(anyway)).toBeVisible();
  if (await anyway.isVisible()) await anyway.click();
  await expect(page.locator(".badge.published").first()).toBeVisible({ timeout: 15_000 });
}

async function attachNotes(page: Page, index: number, words: string): Promise<void> {
  await rows(page).nth(index).click();
  await panel(page).getByRole("button", { name: "Attach a source" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "My notes", exact: true }).check();
  await dialog.getByLabel("Notes", { exact: true }).fill(words);
  await dialog.getByLabel("What the desk calls it").fill("Transcript of the call");
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(dialog).toBeHidden();
}

async function attachKnown(page: Page, index: number): Promise<void> {
  await rows(page).nth(index).click();
  await panel(page).getByRole("button", { name: "Attach a source" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "A source we have" }).check();
  await dialog.getByLabel(/^Transcript of the call/).first().check();
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(dialog).toBeHidden();
}

/** Makes the person who speaks in that row, in place. */
async function makePerson(page: Page, index: number, name: string): Promise<void> {
  await rows(page).nth(index).click();
  await panel(page).getByRole("button", { name: "Correct" }).click();
  const who = panel(page).getByRole("combobox", { name: "Who" });
  await who.fill("");
  await who.pressSequentially(name);
  await panel(page).getByRole("option", { name: `Make a person: ${name}` }).click();
  await panel(page).getByLabel("Who that is").fill("singer");
  await panel(page).getByRole("button", { name: "Make this person" }).click();
  await expect(panel(page).getByText(`${name} is on file.`)).toBeVisible();
  await panel(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(panel(page).locator(".is-open").getByText("Accepted", { exact: true })).toBeVisible();
}

for (const [number, file] of texts.entries()) {
  test(`nine quotations, from paste to the page of who said them (${number === 0 ? "a text of ours" : "the seed"})`, async ({ room, desk }) => {
    test.setTimeout(180_000);
    const words = readFileSync(file, "utf8");
    const page = await desk.newPage();
    const troubles: string[] = [];
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("console", (message) => message.type() === "error" && !/422/.test(message.text()) && troubles.push(message.text()));

    await newStory(page, room, `Two friends, number ${number}`, words);
    await expect(text(page).locator(".quoted-end")).toHaveCount(9);
    await saved(page);
    await expect(signs(page, "unsourced")).toHaveCount(9);
    await page.keyboard.press("F8");
    const lines = await rows(page).locator(".record-line").allTextContents();
    expect(lines).toHaveLength(9);
    if (number === 0) expect(lines).toEqual(ours);
    for (const line of lines) expect(line).toMatch(/^\S+ .+ · (Interview, |Text message · → |Post, )/);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/shots/onrecord-nine-${number}.png` });

    // The source has one word that the story has not.
    const quoted = await rows(page).nth(1).locator(".record-words").textContent() ?? "";
    const [first, second, ...rest] = quoted.split(" ") as [string, string, ...string[]];
    const source = words.replace(quoted, [first, "loudly", ...rest].join(" "));
    expect(source).not.toBe(words);
    await attachNotes(page, 1, source);
    await expect(rows(page).nth(1)).toContainText("Altered");
    await expect(panel(page).locator(".record-compared ins")).toHaveText(second);
    await expect(panel(page).locator(".record-compared del")).toHaveText("loudly");
    await page.screenshot({ path: `test-results/shots/onrecord-altered-${number}.png` });
    for (const index of [0, 2, 3, 4, 5, 6, 7, 8]) await attachKnown(page, index);
    await expect(signs(page, "exact")).toHaveCount(8);
    await expect(signs(page, "altered")).toHaveCount(1);
    const speakers = lines.map((line) => line.split(" · ")[0] as string);
    for (const name of new Set(speakers)) await makePerson(page, speakers.indexOf(name), name);

    await press(page);
    const refusal = page.getByRole("alert").filter({ hasText: first });
    await expect(refusal).toBeVisible();
    await expect(page.locator(".badge.published")).toHaveCount(0);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/shots/onrecord-refused-${number}.png` });

    await expect(signs(page, "altered")).toHaveCount(1);
    await text(page).locator(".quoted-altered").first().evaluate((element, word) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = (node.textContent ?? "").indexOf(word);
        if (at >= 0) return getSelection()?.setBaseAndExtent(node, at, node, at + word.length);
      }
    }, second);
    await page.keyboard.type("loudly");
    await saved(page);
    await expect(signs(page, "exact")).toHaveCount(9);
    await page.keyboard.press("F8");
    const accept = panel(page).getByRole("button", { name: /Accept all/ });
    if (await accept.isVisible()) await accept.click();
    await expect(accept).toBeHidden();
    await publish(page);

    const address = new URL((await page.locator('main a[href^="/"]:not([href^="/desk"])').first().getAttribute("href")) as string, room.url).href;
    await page.goto(address);
    const marks = page.locator("a.quotation-mark");
    await expect(marks).toHaveCount(9);
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/shots/onrecord-public-${number}.png`, fullPage: true });
    await marks.nth(1).click();
    await expect(page).toHaveURL(/\/quotes\//);
    await expect(page.locator("main")).toContainText("loudly");
    await page.getByRole("link", { name: speakers[1] as string }).first().click();
    await expect(page).toHaveURL(/\/people\//);
    await expect(page.getByRole("heading", { level: 1, name: speakers[1] as string })).toBeVisible();
    await expect(page.locator("main")).toContainText("loudly");
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/shots/onrecord-person-${number}.png`, fullPage: true });
    expect(troubles).toEqual([]);
    await page.close();
  });
}

test("what cannot be read or reached is said at its field, and nothing typed is lost", async ({ room, desk }) => {
  const page = await desk.newPage();
  await newStory(page, room, "Six minutes", "Oda Brink, the captain, spoke on Monday.\n\n“The last bus is never late,” Brink said.");
  await expect(signs(page, "checking").or(signs(page, "unsourced"))).toHaveCount(1);
  await saved(page);
  await expect(signs(page, "unsourced")).toHaveCount(1);
  await page.keyboard.press("F8");
  await rows(page).first().click();
  await panel(page).getByRole("button", { name: "Attach a source" }).click();
  const dialog = page.getByRole("dialog");
  const attach = dialog.getByRole("button", { name: "Attach" });
  await dialog.getByLabel("A page on the web").check();
  await dialog.getByLabel("Address of the page").fill("http://127.0.0.1/private");
  await dialog.getByLabel("What the desk calls it").fill("A page of ours");
  await attach.click();
  await expect(dialog.locator(".error:visible").first()).toBeVisible();
  await expect(dialog.getByLabel("What the desk calls it")).toHaveValue("A page of ours");
  await dialog.getByLabel("A document").check();
  await dialog.getByLabel("File").setInputFiles({ name: "broken.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 and nothing more") });
  await attach.click();
  await expect(dialog.locator(".error:visible").first()).toBeVisible();
  await page.screenshot({ path: "test-results/shots/onrecord-broken.png" });
  await dialog.getByLabel("File").setInputFiles({ name: "call.srt", mimeType: "application/x-subrip", buffer: Buffer.from("1\n00:00:01,000 --> 00:00:03,000\nThe last bus\n\n2\n00:00:03,000 --> 00:00:04,000\nis never late.\n") });
  await dialog.getByLabel(/Confidential/).check();
  await attach.click();
  await expect(dialog).toBeHidden();
  await expect(rows(page).first()).toContainText(/Word for word|Edited within house rules/);
  await expect(panel(page).getByText("Confidential", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.close();
});

test("what has no source is published with a reason, which is kept", async ({ room, desk }) => {
  const page = await desk.newPage();
  await newStory(page, room, "A word in haste", "Oda Brink, the captain, spoke on Monday.\n\n“The boat will wait for nobody,” Brink said.");
  await expect(signs(page, "checking").or(signs(page, "unsourced"))).toHaveCount(1);
  await saved(page);
  await expect(signs(page, "unsourced")).toHaveCount(1);
  await press(page);
  await expect(page.getByRole("alert").filter({ hasText: "The boat will wait" })).toBeVisible();
  await expect(page.locator(".badge.published")).toHaveCount(0);
  await page.getByRole("alert").getByRole("link", { name: /record/i }).first().click();
  await expect(rows(page).first()).toBeFocused();
  await page.getByRole("textbox", { name: /reason/i }).first().fill("Heard live on air; the tape follows.");
  await page.getByRole("button", { name: /with this reason/i }).click();
  await expect(page.locator(".badge.published").first()).toBeVisible();
  await expect(page.locator("main")).toContainText("Heard live on air; the tape follows.");
  await page.close();
});
