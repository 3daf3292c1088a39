// The next article: continuous reading with Back, the same without script, and what is said about readers: nothing.
import type { Page, Request } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary, type Newsroom } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest();

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");

async function aStory(page: Page, room: Newsroom): Promise<string> {
  await page.goto(room.url);
  const story = await page.locator(".card .headline a").first().getAttribute("href");
  await page.close();
  return story as string;
}

const path = (page: Page) => new URL(page.url()).pathname;
const canonical = (page: Page) => page.locator('link[rel="canonical"]').evaluate((link) => new URL((link as HTMLLinkElement).href).pathname);
const opened = (page: Page) => page.locator('[role="feed"] > article');

/** Scrolls on until the address is another story's. */
async function readOn(page: Page): Promise<string> {
  const before = path(page);
  await expect(async () => {
    await page.mouse.wheel(0, 900);
    expect(path(page)).not.toBe(before);
  }).toPass({ intervals: [120], timeout: 20_000 });
  return path(page);
}

test("without script: a real link, more of them, ten steps without a circle", async ({ browser, room }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const story = await aStory(await browser.newPage(), room);
  await page.goto(room.url + story);
  await expect(page.getByRole("heading", { name: "Next article" })).toBeVisible();
  const more = await page.locator(".next-more .headline a").count();
  expect(more).toBeGreaterThanOrEqual(3);
  expect(more).toBeLessThanOrEqual(6);
  await expect(page.locator(".keep")).toBeHidden();
  const seen = [story];
  for (let step = 0; step < 10; step += 1) {
    await page.locator(".next .headline a").first().click();
    await expect(page.locator("article.story h1")).toBeVisible();
    seen.push(path(page));
  }
  // The demo has more than eleven stories.
  expect(new Set(seen).size).toBe(11);
  await page.goto(`${room.url}${story}/next`);
  await expect(page.locator(".next .headline a").first()).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test("with script: stories follow after a click, and Back goes through them", async ({ browser, room }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const said: Request[] = [];
  const asked: Request[] = [];
  page.on("request", (request) => {
    asked.push(request);
    if (request.method() === "POST") said.push(request);
  });
  const views = () => said.flatMap((one) => (one.postDataJSON().reads as [string | null, string][]).filter(([from]) => from === null).map(([, to]) => to));
  const first = await aStory(await browser.newPage(), room);
  await page.goto(room.url);
  await page.goto(room.url + first);
  // No trap before the footer: nothing follows unasked.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(page.locator("footer.colophon")).toBeInViewport();
  await expect(page.locator("article.story")).toHaveCount(1);
  const title = await page.title();
  await page.getByRole("button", { name: "Keep reading" }).click();
  // A short story is followed by the one after it at once.
  await expect.poll(() => opened(page).count()).toBeGreaterThanOrEqual(2);
  await expect.poll(() => path(page)).not.toBe(first);
  const second = path(page);
  expect(await canonical(page)).toBe(second);
  expect(await page.title()).not.toBe(title);
  await expect(opened(page).nth(1).locator("h1")).toBeFocused();
  const third = await readOn(page);
  expect(await canonical(page)).toBe(third);
  expect(new Set([first, second, third]).size).toBe(3);
  for (const [place, article] of (await opened(page).all()).entries()) {
    await expect(article).toHaveAttribute("aria-posinset", String(place + 1));
    await expect(article).toHaveAttribute("aria-setsize", "-1");
    await expect(article).toHaveAccessibleName(/.+/);
  }
  await expectAccessible(page);
  await page.screenshot({ path: "test-results/shots/next-feed.png" });
  // One page view for each story that was read; going back and forth counts none.
  await expect.poll(() => views().length).toBeGreaterThanOrEqual(3);
  await page.goBack();
  await expect.poll(() => path(page)).toBe(second);
  await expect(opened(page).nth(1)).toBeInViewport();
  expect(await canonical(page)).toBe(second);
  await page.goForward();
  await expect.poll(() => path(page)).toBe(third);
  await page.goBack();
  await page.goBack();
  await expect.poll(() => path(page)).toBe(first);
  await page.waitForTimeout(4_500);
  const viewsBefore = views();
  expect(await page.title()).toBe(title);
  await expect(opened(page).first()).toBeInViewport();
  await page.goBack();
  await expect.poll(() => path(page)).toBe("/");
  // From elsewhere back into the middle: the story itself, and Back still works.
  await page.goForward();
  await expect.poll(() => path(page)).toBe(first);
  await expect(page.locator("article.story").first()).toBeVisible();
  await expect.poll(() => views().length).toBeGreaterThanOrEqual(3);
  nothingAboutReaders(said, asked);
  const read = viewsBefore.length;
  expect(read).toBe(3);
  expect(new Set(viewsBefore).size).toBe(read);
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test("ten steps of continuous reading are mixed: of five stories at most two are of one section", async ({ browser, room }) => {
  test.slow();
  const page = await browser.newPage();
  const first = await aStory(await browser.newPage(), room);
  const read = [first];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.resourceType() === "fetch" && !/^\/api\/|\/next(\/b)?$|\/comments$/.test(pathname)) read.push(pathname);
  });
  await page.goto(room.url + first);
  await page.getByRole("button", { name: "Keep reading" }).click();
  await expect(async () => {
    await page.mouse.wheel(0, 4000);
    expect(await opened(page).count()).toBe(11);
  }).toPass({ intervals: [150], timeout: 60_000 });
  // In the demo a story's section is the first part of its address.
  expect(new Set(read).size).toBe(11);
  const of = read.map((path) => path.split("/")[1]);
  for (let at = 0; at + 5 <= of.length; at += 1) {
    const five = of.slice(at, at + 5);
    for (const section of five) expect(five.filter((one) => one === section).length, five.join(" ")).toBeLessThanOrEqual(2);
  }
  // What stands above on this page is no next article, unless there is no other.
  const offered = await page.locator("nav.next .headline a:visible").evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).pathname));
  const unread = offered.filter((path) => !read.includes(path));
  expect(offered.length).toBeGreaterThan(0);
  expect(unread.length ? offered : unread).toEqual(unread);
  await page.close();
});

test("Escape and the button end it; the feed is walked by keyboard", async ({ browser, room }) => {
  const page = await browser.newPage();
  await page.goto(room.url + (await aStory(await browser.newPage(), room)));
  await page.getByRole("button", { name: "Keep reading" }).press("Enter");
  // A short story is followed by the one after it at once.
  await expect.poll(() => opened(page).count()).toBeGreaterThanOrEqual(2);
  await opened(page).nth(1).focus();
  await page.keyboard.press("PageUp");
  await expect(opened(page).nth(0)).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(opened(page).nth(1)).toBeFocused();
  await expect(page.getByRole("button", { name: "Stop here" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Stop here" })).toHaveCount(0);
  const count = await opened(page).count();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(page.locator("footer.colophon")).toBeInViewport();
  expect(await opened(page).count()).toBe(count);
  await page.close();
});

test("a click on the list is counted, and the desk shows it", async ({ browser, room }) => {
  const page = await browser.newPage();
  await page.goto(room.url + (await aStory(await browser.newPage(), room)));
  const said = page.waitForRequest((request) => request.url().endsWith("/api/next") && request.postDataJSON().lists?.[0]?.clicked);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight - 2 * innerHeight));
  await expect(page.locator("nav.next[data-variant]")).toHaveCount(1);
  const link = page.locator(".next-more .headline a").first();
  await link.scrollIntoViewIfNeeded();
  await link.click();
  const body = (await said).postDataJSON();
  expect(Object.keys(body).sort()).toEqual(["lists", "reads"]);
  expect(Object.keys(body.lists[0]).sort()).toEqual(["clicked", "from", "list", "seen", "variant"]);
  const desk = await browser.newPage();
  await desk.goto(room.signIn);
  const button = desk.locator("main form button").first();
  if (!(await desk.locator(".desk-nav").isVisible()) && (await button.isVisible())) await button.click();
  await expect(desk.locator(".desk-nav")).toBeVisible();
  await desk.goto(`${room.url}/desk/next`);
  await expect(desk.getByRole("table").first()).toContainText("All signals");
  await expectAccessible(desk);
  await desk.screenshot({ path: "test-results/shots/next-desk.png", fullPage: true });
  await desk.goto(`${room.url}/desk/stories/${body.lists[0].from}/next`);
  await expect(desk.getByRole("heading", { name: "What stands there now, and why" })).toBeVisible();
  await expectAccessible(desk);
  await desk.screenshot({ path: "test-results/shots/next-story.png", fullPage: true });
  await desk.close();
  await page.close();
});

test("what is seen is said once, and a click some seconds later says what stood beside it", async ({ browser, room }) => {
  const page = await browser.newPage();
  const lists: { seen: [number, string][]; list?: [number, string][]; clicked?: string }[] = [];
  page.on("request", (request) => request.url().endsWith("/api/next") && lists.push(...request.postDataJSON().lists));
  await page.goto(room.url + (await aStory(await browser.newPage(), room)));
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight - 2 * innerHeight));
  await expect(page.locator("nav.next[data-variant]")).toHaveCount(1);
  const link = page.locator(".next-more .headline a").first();
  await link.scrollIntoViewIfNeeded();
  await expect.poll(() => lists.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
  expect(lists.every((list) => list.clicked === undefined)).toBe(true);
  await page.evaluate(() => addEventListener("click", (event) => event.preventDefault()));
  await link.click();
  await link.click();
  await expect.poll(() => lists.filter((list) => list.clicked).length).toBe(1);
  const places = lists.flatMap((list) => list.seen.map(([place]) => place));
  expect(new Set(places).size).toBe(places.length);
  const click = lists.find((list) => list.clicked);
  expect(click?.list?.map(([place]) => place).sort()).toEqual(places.sort());
  expect(click?.list?.length).toBeGreaterThanOrEqual(2);
  await page.close();
});

test("the list reads well at 320 pixels, in the dark", async ({ browser, room }) => {
  const story = await aStory(await browser.newPage(), room);
  for (const width of [1280, 320]) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: width === 320 ? "dark" : "light" });
    await page.goto(room.url + story);
    await page.evaluate(() => document.querySelector(".next")?.scrollIntoView());
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await page.screenshot({ path: `test-results/shots/next-list-${width}.png` });
    await page.goto(`${room.url}${story}/next`);
    await expectAccessible(page);
    await page.close();
  }
});

/** What is sent holds numbers of stories alone, and no request carries a cookie or another name of the reader. */
function nothingAboutReaders(said: Request[], asked: Request[]): void {
  expect(said.length).toBeGreaterThan(0);
  for (const one of said) {
    expect(new URL(one.url()).pathname).toBe("/api/next");
    expect(one.headers().referer ?? "").toBe("");
    const body = one.postDataJSON();
    expect(Object.keys(body).every((key) => ["reads", "lists"].includes(key))).toBe(true);
    const story = /^[0-9a-f-]{36}$/;
    for (const [from, to] of body.reads) expect((from === null || story.test(from)) && story.test(to)).toBe(true);
    for (const list of body.lists) {
      expect(Object.keys(list).every((key) => ["variant", "from", "seen", "list", "clicked"].includes(key))).toBe(true);
      for (const [place, id] of list.seen) expect(place < 7 && story.test(id)).toBe(true);
    }
  }
  for (const one of asked) {
    expect(one.headers().cookie).toBeUndefined();
    expect(new URL(one.url()).search).toBe("");
  }
}
