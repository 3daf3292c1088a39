// The main job in the browser: sign in, write, publish, read. Against the real binary's demo; skipped where none is built.
import type { Page } from "@playwright/test";
import { deflateSync } from "node:zlib";
import { expectAccessible } from "./axe";
import { binary, publicPages, type Newsroom } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest();

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");

/** Requests to anywhere else, script errors and refusals of the content policy. */
function watch(page: Page, origin: string): string[] {
  const troubles: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (to !== origin && protocol !== "data:" && protocol !== "blob:") troubles.push(`request to ${request.url()}`);
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  return troubles;
}

/** A drawn picture, 1200 x 800: the desk takes no file that is not one. */
function png(): Buffer {
  const [width, height] = [1200, 800];
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      const sea = y > 480 + 20 * Math.sin(x / 90);
      rows.set(sea ? [60, 93, 112] : [184 - y / 8, 201 - y / 10, 212], at);
    }
  }
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function crc(bytes: Buffer): number {
  let value = -1;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ -1) >>> 0;
}

const headline = "The ferry learns to wait";
let published = "";

test.describe.serial("a story becomes a page", () => {
  test("it is written at the desk and published", async ({ room, desk }) => {
    const page = await desk.newPage();
    const troubles = watch(page, room.url);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${room.url}/desk/stories`);
    await page.getByRole("button", { name: "New story" }).click();
    const text = page.locator(".story-editor");
    await expect(text).toBeVisible();

    await page.getByLabel("Kicker").fill("Harbour");
    await page.getByLabel("Headline").fill(headline);
    await page.getByLabel("Dek").fill("Six minutes at the quay, and the last bus is caught.");
    await page.locator("select[name=section]").selectOption({ index: 1 });
    await text.click();
    await page.keyboard.type("The evening boat used to leave at nine sharp, bus or no bus.\n");
    await page.keyboard.type("## Six minutes\n");
    await page.keyboard.type("Since Monday the captain waits.\n");
    await page.keyboard.type('> "I can see the headlights on the hill," she says. "So I wait."');
    await page.keyboard.press("Tab");
    await page.keyboard.type("Captain Oda Brink, on the bridge");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("## What it costs\n");
    await page.keyboard.type("Nothing, says the company.");
    await page.evaluate(async (bytes) => {
      const file = new File([new Uint8Array(bytes)], "quay.png", { type: "image/png" });
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      const first = document.querySelector(".story-editor p") as HTMLElement;
      const box = first.getBoundingClientRect();
      const at = { bubbles: true, cancelable: true, clientX: box.left + 30, clientY: box.bottom - 2, dataTransfer };
      first.dispatchEvent(new DragEvent("drop", at));
    }, [...png()]);
    const picture = text.locator("figure.picture");
    await expect(picture.locator("img")).toBeVisible();
    await picture.locator("figcaption").click();
    await page.keyboard.type("The quay after nine.");
    await page.keyboard.press("Tab");
    await page.keyboard.type("An empty quay under a pale sky");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Ines Vale");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Salt Press");
    await page.keyboard.press("Escape");

    await page.keyboard.press("ControlOrMeta+s");
    await expect(page.locator("[data-save-status]")).toHaveAttribute("data-state", "saved");
    await expect(page.getByRole("navigation", { name: "Where you are" })).toContainText(headline);
    await expect(page).toHaveTitle(new RegExp(`^${headline}`));
    await expectAccessible(page);
    await shot(page, "desk-editor-1280-light");
    await publish(page);
    published = await publicAddress(page, room);
    // A story that is held is answered as such; the browser notes the status.
    expect(troubles.filter((trouble) => !trouble.includes("422"))).toEqual([]);
    await page.close();
  });

  for (const script of [true, false]) {
    for (const width of [1280, 360]) {
      for (const scheme of ["light", "dark"] as const) {
        test(`it reads well: ${width} px, ${scheme}, ${script ? "with" : "without"} script`, async ({ browser, room }) => {
          const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: script });
          const page = await context.newPage();
          const troubles = watch(page, room.url);
          await page.goto(published);
          await expect(page.getByRole("heading", { level: 1, name: headline })).toBeVisible();
          await expect(page.getByRole("heading", { level: 2, name: "Six minutes" })).toBeVisible();
          await expect(page.getByRole("heading", { level: 2, name: "What it costs" })).toBeVisible();
          await expect(page.locator("figure.picture .credit")).toContainText("Salt Press / Ines Vale");
          await expect(page.locator("figure.picture .caption")).toContainText("The quay after nine.");
          await expect(page.locator(".prose")).toContainText("“I can see the headlights on the hill,”");
          await expect(page.locator(".prose cite")).toContainText("Captain Oda Brink");
          await page.locator("figure.picture img").scrollIntoViewIfNeeded();
          if (script) {
            const seen = await page.locator("figure.picture img").evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth));
            expect(seen).toBeGreaterThan(0);
            const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect(beyond).toBe(0);
          }
          await shot(page, `story-${width}-${scheme}-${script ? "script" : "plain"}`);
          expect(troubles).toEqual([]);
          await context.close();
        });
      }
    }
  }

  test("the front page and its section show it at once", async ({ page, room }) => {
    await page.goto(room.url);
    await expect(page.getByRole("link", { name: headline }).first()).toBeVisible();
    await page.goto(new URL(".", published).href.replace(/\/$/, ""));
    await expect(page.getByRole("link", { name: headline }).first()).toBeVisible();
  });
});

test("two windows at one story: the later save sees both versions", async ({ room, desk }) => {
  const [first, second] = [await desk.newPage(), await desk.newPage()];
  await first.goto(`${room.url}/desk/stories`);
  await first.getByRole("button", { name: "New story" }).click();
  await expect(first.locator(".story-editor")).toBeVisible();
  await second.goto(first.url());
  await first.locator(".story-editor").click();
  await first.keyboard.type("From the first window.");
  await first.keyboard.press("ControlOrMeta+s");
  await expect(first.locator("[data-save-status]")).toHaveAttribute("data-state", "saved");
  await second.locator(".story-editor").click();
  await second.keyboard.type("From the second window.");
  await second.keyboard.press("ControlOrMeta+s");
  const dialog = second.getByRole("dialog", { name: "Two versions of this story" });
  await expect(dialog.getByRole("region", { name: "Theirs" }).locator("mark").first()).toContainText("first");
  await expectAccessible(second);
  await dialog.getByRole("button", { name: "Take theirs" }).click();
  await expect(second.locator(".story-editor")).toHaveText("From the first window.");
  await second.locator(".story-editor").click();
  await second.keyboard.press("ControlOrMeta+End");
  await second.keyboard.type(" And on.");
  await second.keyboard.press("ControlOrMeta+s");
  await expect(second.locator("[data-save-status]")).toHaveAttribute("data-state", "saved");
  await second.reload();
  await expect(second.locator(".story-editor")).toHaveText("From the first window. And on.");
  await first.close();
  await second.close();
});

test("without script a story is written in Markdown and published", async ({ browser, room, desk }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await desk.storageState() });
  const page = await context.newPage();
  await page.goto(`${room.url}/desk/stories`);
  await page.getByRole("button", { name: "New story" }).click();
  await page.goto(`${page.url().split("?")[0]}?plain=1`);
  await page.getByLabel("Headline").fill("Written by lamplight");
  await page.locator("select[name=section]").selectOption({ index: 1 });
  await page.locator("textarea[name=body]").fill("## A heading\n\nA *plain* page, and\n\n> a quotation.");
  await page.getByRole("button", { name: /^Publish/ }).first().click();
  await withReason(page);
  const anyway = page.getByRole("button", { name: /Publish.*anyway|anyway/i });
  if (await anyway.isVisible()) await anyway.click();
  await expect(page.locator(".badge.published").first()).toBeVisible();
  await page.goto(await publicAddress(page, room));
  await expect(page.getByRole("heading", { level: 2, name: "A heading" })).toBeVisible();
  await expect(page.locator(".prose em")).toHaveText("plain");
  await expect(page.locator(".prose blockquote")).toContainText("a quotation.");
  await context.close();
});

async function shot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0)).catch(() => undefined);
  await page.screenshot({ path: `test-results/shots/${name}.png`, fullPage: true, animations: "disabled" });
}

async function publish(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^Publish/ }).first();
  await button.click();
  await withReason(page);
  // Warnings (no tags, say) may ask for a second press; a dialog for a confirmation.
  const sure = page.locator("dialog[open] button[value=yes]");
  if (await sure.isVisible().catch(() => false)) await sure.click();
  await expect(page.locator(".badge.published").first()).toBeVisible({ timeout: 15_000 });
}

/** What was said has no source in these tests: the gate wants a reason. */
async function withReason(page: Page): Promise<void> {
  const reason = page.locator("#override_reason");
  await expect(reason.or(page.locator(".badge.published").first()).or(page.getByRole("button", { name: /anyway/i })).first()).toBeVisible();
  if (!(await reason.isVisible())) return;
  await reason.fill("Said on the quay, to the one who writes this.");
  await page.getByRole("button", { name: /with this reason/i }).click();
}

/** The link to the page readers see. */
async function publicAddress(page: Page, room: Newsroom): Promise<string> {
  const link = page.locator('main a[href^="/"]:not([href^="/desk"])').first();
  return new URL((await link.getAttribute("href")) as string, room.url).href;
}

for (const scheme of ["light", "dark"] as const) {
  test(`every public page is accessible, still, light and alone (${scheme})`, async ({ browser, room }) => {
    test.setTimeout(300_000);
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const troubles = watch(page, room.url);
    await page.addInitScript(() => {
      (window as any).shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as any[]) {
          if (entry.hadRecentInput) continue;
          const what = entry.sources.map((one: any) => `${one.node?.nodeName}.${one.node?.className} ${JSON.stringify(one.previousRect)} to ${JSON.stringify(one.currentRect)}`);
          (window as any).shifts.push(`${entry.value}: ${what.join("; ")}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    // As on a slow line: scripts come late, and what they change shall not move what was already read; letters come too late to be
    // used ("optional" gives them a tenth of a second), so that it is not chance whether lines break as with the stand-ins.
    await page.route(/\.(js|woff2)(\?|$)/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    const pages = await publicPages(page, room);
    expect(pages.length).toBeGreaterThan(14);
    for (const path of pages) {
      await page.goto(room.url + path, { waitUntil: "load" });
      // No reader is at the end before the letters are there.
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      await page.waitForTimeout(50);
      expect(await page.evaluate(() => (window as any).shifts), `layout shifts of ${path}`).toEqual([]);
      await expectAccessible(page);
    }
    expect(troubles.filter((trouble) => !trouble.includes("404"))).toEqual([]);
    await context.close();
  });
}

test("every page of the desk is accessible and fits", async ({ room, desk }) => {
  test.setTimeout(300_000);
  const page = await desk.newPage();
  const troubles = watch(page, room.url);
  await page.goto(`${room.url}/desk`);
  const seen = new Set<string>();
  let waiting = [new URL(page.url()).pathname];
  // Each kind of page once: an id in the address stands for all of its kind.
  const kindOf = (path: string) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27,}/g, ":id");
  while (waiting.length > 0) {
    const path = waiting.shift() as string;
    if (seen.has(kindOf(path))) continue;
    seen.add(kindOf(path));
    for (const [width, scheme] of [[1280, "light"], [320, "dark"]] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.goto(room.url + path);
      await expectAccessible(page);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(beyond, `${path} at ${width}`).toBe(0);
      await shot(page, `desk${kindOf(path).replace("/desk", "").replaceAll("/", "-").replace(":id", "one")}-${width}-${scheme}`);
    }
    const links = await page.evaluate(() => [...document.links].filter((link) => link.origin === location.origin && link.pathname.startsWith("/desk") && !link.target).map((link) => link.pathname));
    // A source's file, recording and archive are downloads.
    waiting = [...waiting, ...links.filter((link) => !/\/(assets|sign-out)|preview|\.(json|xml|csv)$|\/sources\/[^/]+\/(file|recording|text|warc)$/.test(link))];
  }
  expect(seen.size).toBeGreaterThan(6);
  expect(troubles).toEqual([]);
  await page.close();
});

test("signing in: the page before the desk is accessible", async ({ page, room }) => {
  await page.goto(`${room.url}/desk`);
  await expect(page.getByLabel("Password")).toBeVisible();
  await expectAccessible(page);
  await shot(page, "desk-sign-in-1280-light");
  await page.goto(`${room.url}/desk/recovery`);
  await expectAccessible(page);
});

test("a story without pictures is light on the wire", async ({ page, room }) => {
  const weights = { document: 0, stylesheet: 0, script: 0 };
  const pages = await publicPages(page, room);
  const story = pages.find((path) => /^\/[^/]+\/[^/]+$/.test(path) && !/^\/(by|tags|archive|people|quotes)\//.test(path)) as string;
  page.on("requestfinished", async (request) => {
    const kind = request.resourceType() as keyof typeof weights;
    if (kind in weights) weights[kind] += (await request.sizes()).responseBodySize;
  });
  await page.goto(room.url + story, { waitUntil: "networkidle" });
  expect(weights.document).toBeLessThanOrEqual(15_000);
  expect(weights.stylesheet).toBeLessThanOrEqual(20_000);
  expect(weights.script).toBeLessThanOrEqual(10_000);
});
