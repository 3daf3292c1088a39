// The reader's side of the record: from the ring behind a quotation to its page, to who said it, and their feed; by keyboard
// and without script.
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary, publicPages, type Newsroom } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest();

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");

/** The page of a person, and a story that quotes them. */
async function quoted(page: Page, room: Newsroom): Promise<{ person: string; story: string }> {
  const person = (await publicPages(page, room)).find((path) => path.startsWith("/people/"));
  expect(person, "the demo has people on the record").toBeTruthy();
  await page.goto(room.url + person);
  const story = await page.locator(".quote-story a").first().getAttribute("href");
  return { person: person as string, story: story as string };
}

for (const script of [true, false]) {
  test(`a mark leads to how we know, and on to who said it (${script ? "with" : "without"} script)`, async ({ browser, room }) => {
    const context = await browser.newContext({ javaScriptEnabled: script });
    const page = await context.newPage();
    const { story } = await quoted(await browser.newPage(), room);
    await page.goto(room.url + story);
    const mark = page.locator(".prose").getByRole("link", { name: /^How we know: .+/ }).first();
    await mark.focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/quotes\/[0-9a-f-]{36}$/);
    await expect(page.locator(".record-words")).toContainText("“");
    await expect(page.locator(".verdict strong")).toBeVisible();
    await expect(page.getByRole("definition").first()).toBeVisible();
    await expect(page.locator(`.story-links a[href="${story}"]`)).toBeVisible();
    const who = page.locator(".record-speaker a");
    if (await who.count()) {
      await who.click();
      await expect(page).toHaveURL(/\/people\/[a-z0-9-]+$/);
      await expect(page.locator(".quote").first()).toBeVisible();
    }
    await context.close();
  });
}

test("each mark is 24 pixels wide and high for who points at it, and never alone on a line", async ({ browser, room }) => {
  for (const width of [1280, 320]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const stories = (await publicPages(page, room)).filter((path) => /^\/[^/]+\/[^/]+$/.test(path) && !/^\/(by|tags|archive|people|quotes|tip)\//.test(path));
    let marks = 0;
    for (const path of stories) {
      await page.goto(room.url + path);
      const small = await page.locator(".quotation-mark").evaluateAll((links) =>
        links.filter((link) => {
          link.scrollIntoView({ block: "center" });
          const ring = getComputedStyle(link, "::after");
          const box = link.getBoundingClientRect();
          const [x, y] = [box.left + parseFloat(ring.left) + 12, box.top + parseFloat(ring.top) + 12];
          const hit = (dx: number, dy: number) => document.elementFromPoint(x + dx, y + dy) === link;
          // One box: a line that ended inside would make it two. (Balanced headings leave empty ones behind.)
          const boxes = [...link.getClientRects()].filter((one) => one.width > 0);
          return boxes.length !== 1 || ![hit(-11, 0), hit(11, 0), hit(0, -11), hit(0, 11)].every(Boolean);
        }).map((link) => link.getAttribute("href")));
      expect(small, `${path} at ${width}`).toEqual([]);
      marks += await page.locator(".quotation-mark").count();
    }
    expect(marks).toBeGreaterThan(20);
    await page.close();
  }
});

test("a person's page has a feed, and reads well in the dark and on paper", async ({ browser, page, room }) => {
  const { person, story } = await quoted(page, room);
  await page.goto(room.url + person);
  const feed = await page.locator("main a.feed").getAttribute("href");
  const answer = await page.request.get(room.url + feed);
  expect(answer.headers()["content-type"]).toContain("application/rss+xml");
  expect(await answer.text()).toContain("&lt;blockquote");
  for (const width of [1280, 320]) {
    const dark = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: "dark" });
    for (const path of [person, "/people", story]) {
      await dark.goto(room.url + path);
      await expectAccessible(dark);
      expect(await dark.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBe(0);
      await dark.screenshot({ path: `test-results/shots/record-${width}-${path.split("/")[1]}.png`, fullPage: true });
    }
    await dark.close();
  }
  await page.emulateMedia({ media: "print" });
  await page.goto(room.url + story);
  await expect(page.locator(".quotation-mark").first()).toBeVisible();
});
