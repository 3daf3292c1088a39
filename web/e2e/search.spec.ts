// Search as a reader has it, with script and without. Against the real binary's demo; skipped where none is built.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary } from "./newsroom";
import { expect, newsroomTest, type Room } from "./room";

const test = newsroomTest().extend<object, { room: Room }>({
  room: [
    async ({ room }, use) => {
      // The index is made in the background.
      await expect.poll(async () => (await fetch(`${room.url}/search?q=ferry`)).status, { timeout: 20_000 }).toBe(200);
      await use(room);
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");

const results = (page: Page) => page.locator(".result");

test("from the front to a story, by keyboard, with suggestions as one types", async ({ page, room }) => {
  await page.goto(room.url);
  await page.getByRole("link", { name: "Search", exact: true }).press("Enter");
  const field = page.getByRole("combobox", { name: /^Words, names/ });
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await expectAccessible(page);
  await field.pressSequentially("ferr");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await expect(list).toBeVisible();
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  const first = list.getByRole("option").first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", (await first.getAttribute("id")) as string);
  await page.keyboard.press("ArrowUp");
  await expect(list.locator('[aria-selected="true"]')).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(field).toHaveValue("ferr");
  await field.fill("ferry");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=ferry/);
  await expect(results(page).first()).toBeVisible();
  await expect(page.locator("mark").first()).toHaveText(/ferr/i);
  await expectAccessible(page);
  expect(await page.context().cookies()).toEqual([]);
});

test("a suggestion leads to what it names", async ({ page, room }) => {
  await page.goto(`${room.url}/search`);
  const field = page.getByRole("combobox");
  await field.pressSequentially("ferr");
  const option = page.getByRole("option").first();
  await expect(option).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/\/search/);
  await expect(page.locator("h1")).toBeVisible();
});

test("without script: ask, narrow it down, turn back, and find nothing calmly", async ({ browser, room }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${room.url}/search`);
  await page.getByLabel(/^Words, names/).fill("the harbour");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("status")).toContainText(/result/);
  const all = await results(page).count();
  expect(all).toBeGreaterThan(1);
  await page.locator(".search-facets a").filter({ hasText: "Quotations" }).or(page.locator(".search-facets a").last()).first().click();
  await expect(page.locator(".search-active a")).toHaveCount(1);
  await page.locator(".search-active a").first().click();
  await expect(results(page)).toHaveCount(all);
  await page.goto(`${room.url}/search?q=qwertzuiop+%22never+ever+this%22`);
  await expect(page.getByRole("status")).toContainText("Nothing was found.");
  await page.goto(`${room.url}/search?q=%22`);
  await expect(page.getByRole("status")).toContainText("Nothing was found.");
  await context.close();
});

test("quotations and people have their places among the results", async ({ page, room }) => {
  await page.goto(`${room.url}/people`);
  const name = (await page.locator(".people li a").first().textContent()) as string;
  await page.goto(`${room.url}/search?q=${encodeURIComponent(name)}`);
  await expect(page.locator(".result.person a").first()).toContainText(name);
  await page.goto(`${room.url}/search?said-by=${encodeURIComponent(name)}`);
  await expect(page.locator(".result.quotation").first()).toContainText(name);
  await expect(page.locator(".result:not(.quotation)")).toHaveCount(0);
  await expectAccessible(page);
});

test("at 320 pixels, in the dark, nothing is wider than the page", async ({ browser, room }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 }, colorScheme: "dark" });
  const page = await context.newPage();
  for (const path of ["/search", "/search?q=ferry", "/search?q=harbour&kind=story&sort=newest", "/search?q=nothingatallhasthisword"]) {
    await page.goto(room.url + path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await expectAccessible(page);
  }
  await context.close();
});

test("the address of a search says what was asked, and nothing of what was left empty", async ({ page, room }) => {
  await page.goto(`${room.url}/search`);
  await page.locator("#search-q").fill("ferry");
  await page.locator("#search-q").press("Enter");
  await expect(page).toHaveURL(`${room.url}/search?q=ferry`);
  await page.goBack();
  await expect(page.locator("main form :disabled")).toHaveCount(0);
});
