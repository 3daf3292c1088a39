// Comments in the browser, with script and without: load, post, reply, report, moderate, see it appear. Against the real
// binary's demo; skipped where none is built.
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest().extend<object, { desk: BrowserContext; story: string }>({
  desk: [
    async ({ desk, room }, use) => {
      const page = await desk.newPage();
      // What the demo's own readers left to decide, by keyboard, until nothing waits.
      for (let left = 3; left > 0; left -= 1) {
        await page.goto(`${room.url}/desk/comments`);
        await page.keyboard.press("r");
        await expect(page.getByText("Rejected.")).toBeVisible();
      }
      await expect(page.getByText("Nothing waits for a decision.")).toBeVisible();
      await page.close();
      await use(desk);
    },
    { scope: "worker", timeout: 60_000 },
  ],
  story: [
    async ({ room }, use) => {
      const feed = await (await fetch(`${room.url}/feed.xml`)).text();
      const paths: string[] = [...feed.matchAll(/<link>([^<]+)<\/link>/g)].map((found) => new URL(found[1] as string).pathname);
      await use(paths.find((path) => path.split("/").length > 2) as string);
    },
    { scope: "worker" },
  ],
});

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");
test.describe.configure({ mode: "serial" });

async function reader(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled });
  return context.newPage();
}

async function write(page: Page, name: string, text: string): Promise<void> {
  const form = page.locator(".comment-form").last();
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Comment", { exact: true }).fill(text);
  await form.getByRole("button", { name: "Send" }).click();
}

test("without script: write, wait for the newsroom, be shown, be answered", async ({ browser, room, story, desk }) => {
  const ola = await reader(browser, false);
  await ola.goto(room.url + story);
  await ola.getByRole("link", { name: /^Load comments/ }).click();
  await expect(ola.getByText("Nobody has written anything yet.")).toBeVisible();
  await expectAccessible(await dressed(browser, ola.url()));
  await write(ola, "Ola", "I walk there *every* day.");
  await expect(ola.getByText("reads your comment before it is shown")).toBeVisible();
  expect(await ola.context().cookies()).toEqual([]);
  const page = await desk.newPage();
  await page.goto(`${room.url}/desk/comments`);
  await expect(page.getByText("I walk there every day.")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("a");
  await expect(page.getByText("Approved.")).toBeVisible();
  await ola.goto(`${room.url}${story}/comments`);
  await expect(ola.locator(".comment em")).toHaveText("every");
  await ola.getByRole("link", { name: "Reply to Ola" }).click();
  await write(ola, "Eve", "So do I.");
  await page.goto(`${room.url}/desk/comments`);
  await page.keyboard.press("a");
  await expect(page.getByText("Approved.")).toBeVisible();
  await ola.goto(`${room.url}${story}/comments`);
  await expect(ola.locator(".answers .comment")).toContainText("So do I.");
  await expectAccessible(await dressed(browser, ola.url()));
  await ola.getByRole("button", { name: /^Respect \d+ · Ola/ }).click();
  await expect(ola.locator(".comment .respect b").first()).toHaveText("1");
  await page.close();
});

test("with script: in place, without leaving the story", async ({ browser, room, story, desk }) => {
  const ola = await reader(browser, true);
  const asked: string[] = [];
  ola.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await ola.goto(room.url + story);
  expect(asked.some((path) => path.includes("/comments") && !path.endsWith(".js"))).toBe(false);
  await ola.getByRole("link", { name: /^Load comments \(2\)/ }).click();
  await expect(ola.locator("#comments .comment")).toHaveCount(2);
  expect(new URL(ola.url()).pathname).toBe(story);
  await expectAccessible(ola);
  await ola.getByRole("button", { name: /^Respect \d+ · Ola/ }).click();
  await expect(ola.locator(".respect[aria-pressed]").first()).toBeVisible();
  await ola.getByRole("link", { name: "Reply to Ola" }).press("Enter");
  await expect(ola.getByRole("heading", { name: "Reply to Ola" })).toBeVisible();
  await write(ola, "Bo", "And I.");
  await expect(ola.getByRole("status").filter({ hasText: "Thank you" })).toBeVisible();
  expect(new URL(ola.url()).pathname).toBe(story);
  await write(ola, "", "Nameless");
  await expect(ola.getByRole("alert")).toContainText("Please give a name.");
  const page = await desk.newPage();
  await page.goto(`${room.url}/desk/comments`);
  await page.keyboard.press("r");
  await expect(page.getByText("Rejected.")).toBeVisible();
  await page.goto(`${room.url}/desk/comments`);
  await page.keyboard.press("u");
  await expect(page.getByText("Taken back: everything")).toBeVisible();
  await page.close();
});

test("a report comes before the moderators", async ({ browser, room, story, desk }) => {
  const eve = await reader(browser, false);
  await eve.goto(`${room.url}${story}/comments`);
  await eve.getByRole("link", { name: "Report the comment of Ola" }).first().click();
  await expectAccessible(await dressed(browser, eve.url()));
  await eve.getByLabel("It advertises").check();
  await eve.getByRole("button", { name: "Send the report" }).click();
  await expect(eve.getByText("The newsroom will look at it.")).toBeVisible();
  const page = await desk.newPage();
  await page.goto(`${room.url}/desk/comments`);
  await expect(page.getByRole("link", { name: "Reported (1)" })).toHaveAttribute("aria-current", "page");
  await page.goto(`${room.url}/desk/comments/rules`);
  await expectAccessible(page);
  await page.goto(`${room.url}/desk/comments/log`);
  await expectAccessible(page);
  await page.close();
});

/** The same page with script, so that it can be looked at by one. */
async function dressed(browser: Browser, url: string): Promise<Page> {
  const page = await reader(browser, true);
  await page.goto(url);
  return page;
}
