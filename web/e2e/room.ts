// One newsroom for a file of tests: the real binary's demo in a folder of its own, and somebody signed in at its desk.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import { startNewsroom, type Newsroom } from "./newsroom";

export { expect };

export interface Room extends Newsroom {
  /** Where nothing but this test's files lies. */
  scratch: string;
  /** The newsroom's own folder, in there. */
  folder: string;
}

/** A one-time link may ask for a press first, so that a program that fetches links in mails does not use it up. */
async function confirmSignIn(page: Page): Promise<void> {
  if (/\/desk\/?$/.test(new URL(page.url()).pathname)) return;
  const button = page.locator("main form button").first();
  if (await button.isVisible()) await button.click();
  await expect(page.locator(".desk-nav")).toBeVisible();
}

/** A test with a newsroom of its own: each call makes another, so that no file meets what another one did. */
export const newsroomTest = () => base.extend<object, { room: Room; desk: BrowserContext; deskSize: { width: number; height: number } }>({
  room: [
    async ({}, use) => {
      const scratch = mkdtempSync(join(tmpdir(), "onrecord-e2e-"));
      const folder = join(scratch, "newsroom");
      const room = await startNewsroom(folder);
      await use({ ...room, scratch, folder });
      await room.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 60_000 },
  ],
  /** How large windows of the desk are. */
  deskSize: [{ width: 1280, height: 720 }, { scope: "worker", option: true }],
  // The sign-in link works once: everything at the desk shares its session.
  desk: [
    async ({ browser, room, deskSize }, use) => {
      const context = await browser.newContext({ viewport: deskSize });
      const page = await context.newPage();
      await page.goto(room.signIn);
      await confirmSignIn(page);
      await page.close();
      await use(context);
      await context.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});
