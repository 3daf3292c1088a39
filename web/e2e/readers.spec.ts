// Readers with an account: a passkey from a virtual authenticator, one's own comments, everything erased and the files
// searched for what is left; news in an open thread; the demo's own conversations.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary, type Newsroom } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest();

/** The same address as a name: passkeys are bound to names. */
const named = (room: Newsroom) => room.url.replace("127.0.0.1", "localhost");

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");
test.describe.configure({ mode: "serial" });

const STORY = "/harbour/breakfast-with-the-captain";

/** A browser with a phone in its pocket. */
async function withPasskeys(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
  await client.send("WebAuthn.addVirtualAuthenticator", { options });
  return page;
}

/** Files of a folder that hold a text. */
function holding(folder: string, text: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return holding(path, text);
    return readFileSync(path).includes(text) ? [path] : [];
  });
}

async function approve(desk: BrowserContext, room: Newsroom, text: string): Promise<void> {
  const page = await desk.newPage();
  await page.goto(`${room.url}/desk/comments?queue=held`);
  for (let at = 0; at < 10 && !(await page.locator(".comment-text").getByText(text).isVisible()); at += 1) {
    const before = page.url();
    await page.keyboard.press("s");
    await expect(page).not.toHaveURL(before);
  }
  await expectAccessible(page);
  await page.keyboard.press("a");
  await expect(page.getByText("Approved.")).toBeVisible();
  await page.close();
}

test("at a number there are no passkeys, and the page says where there are", async ({ browser, room }) => {
  const page = await browser.newPage();
  await page.goto(`${room.url}/comments/sign-in`);
  await expect(page.getByText("Passkeys work at")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
  await expectAccessible(page);
  await page.getByRole("link", { name: named(room) }).click();
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
  await expectAccessible(page);
});

test("a passkey lets a reader in; erasing leaves nothing of them in any file or page", async ({ browser, room, desk }) => {
  const [name, first, second] = ["Ola Quillfeather", "The heron knew the harbour master.", "The grey heron knew the harbour master."];
  const page = await withPasskeys(browser);
  await page.goto(`${named(room)}/comments/sign-in?back=${STORY}/comments`);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  expect(await page.context().cookies()).toEqual([]);
  await page.getByLabel("Name").last().fill(name);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await expect(page).toHaveURL(`${named(room)}${STORY}/comments`);
  expect((await page.context().cookies()).length).toBe(1);
  await expect(page.getByText(`You write as ${name}.`)).toBeVisible();
  await page.getByLabel("Comment", { exact: true }).fill(first);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("status").filter({ hasText: "reads your comment before it is shown" })).toBeVisible();
  await approve(desk, room, first);
  await page.goto(`${named(room)}${STORY}/comments`);
  await expect(page.locator(".comment-text")).toHaveText(first);
  // Their own comment: changed while there is time.
  await page.locator(".comment").getByRole("link", { name: "Your comment" }).click();
  await expectAccessible(page);
  await page.getByLabel("Comment", { exact: true }).fill(second);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Changed.")).toBeVisible();
  // Their own affairs.
  await page.goto(`${named(room)}/comments/me`);
  await expect(page.getByRole("link", { name: second })).toBeVisible();
  await expectAccessible(page);
  const data = await page.evaluate(async () => (await fetch("/comments/me/data")).json());
  expect([data.name, data.email, data.comments[0].text, data.passkeys.length]).toEqual([name, "", second, 1]);
  // Away, and in again.
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`${named(room)}/comments/sign-in?back=/comments/me`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(`${named(room)}/comments/me`);
  // Everything goes: from the database, its log and whatever lies beside it, and from every page.
  for (const text of [name, second]) expect(holding(room.folder, text), text).not.toEqual([]);
  await page.getByLabel("I want everything erased").check();
  await page.getByRole("button", { name: "Erase everything" }).click();
  await expect(page.getByText("Nothing of you is kept here any more.")).toBeVisible();
  await expectAccessible(page);
  for (const text of [name, "Quillfeather", first, second]) expect(holding(room.folder, text), text).toEqual([]);
  const places = ["", "/comments", "/comments/oldest", "/comments/respect", `/comments/${data.comments[0].id}`];
  for (const place of [...places.map((end) => STORY + end), "/", "/feed.xml"]) {
    for (const coding of ["br", "gzip", "identity"]) {
      const answer = await fetch(room.url + place, { headers: { "accept-encoding": coding } });
      const text = await answer.text();
      expect([name, first, second].filter((gone) => text.includes(gone)), `${place} ${coding}`).toEqual([]);
    }
  }
  expect(await page.context().cookies()).toEqual([]);
  await page.goto(`${named(room)}/comments/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("alert")).toHaveText("That did not work with this passkey. Please try again.");
  await page.context().close();
});

test("news in an open thread waits behind a button and moves nothing", async ({ browser, room, desk }) => {
  const ola = await (await browser.newContext()).newPage();
  await ola.clock.install();
  await ola.goto(`${room.url}${STORY}/comments/oldest`);
  await ola.clock.fastForward(61_000);
  await expect(ola.locator(".comments-news")).toHaveCount(0);
  const eve = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await eve.goto(`${room.url}${STORY}/comments`);
  await eve.getByLabel("Name").fill("Eve");
  await eve.getByLabel("Comment", { exact: true }).fill("Something new.");
  await eve.getByRole("button", { name: "Send" }).click();
  const own = eve.url();
  await approve(desk, room, "Something new.");
  await ola.clock.fastForward(61_000);
  const button = ola.getByRole("button", { name: "Show new comments (1)" });
  await expect(button).toBeVisible();
  await expect(ola.getByText("Something new.")).toHaveCount(0);
  await expectAccessible(ola);
  await button.press("Enter");
  await expect(ola.locator(".comment.fresh")).toContainText("Something new.");
  // Eve's own address of her comment, without an account and without script.
  await eve.goto(own);
  await expect(eve.getByText("Your comment is shown.")).toBeVisible();
  await eve.getByRole("button", { name: "Remove it" }).click();
  await expect(eve.getByText("Your comment is gone.")).toBeVisible();
  await ola.reload();
  await expect(ola.getByText("Something new.")).toHaveCount(0);
  await ola.context().close();
  await eve.context().close();
});

test("the demo's readers talk, and its moderators have something to do", async ({ browser, room, desk }) => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${room.url}/news/the-ferry-stops`);
  await page.getByRole("link", { name: /^Load comments \(11\)/ }).click();
  await expect(page.locator(".comments-chosen")).toContainText("The bath is full this morning.");
  await expect(page.locator(".by-newsroom")).toHaveCount(1);
  await expect(page.getByRole("link", { name: "One more answer" })).toBeVisible();
  await expect(page.getByText("Removed by the writer")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Most respected" }).click();
  await expect(page.locator(".branch .comment").first()).toContainText("Nobody has asked us.");
  const moderator = await desk.newPage();
  await moderator.goto(`${room.url}/desk/comments`);
  await expect(moderator.getByRole("link", { name: "Reported (1)" })).toHaveAttribute("aria-current", "page");
  await expectAccessible(moderator);
  await moderator.goto(`${room.url}/desk/comments?queue=held`);
  await expectAccessible(moderator);
  await moderator.keyboard.press("f");
  await expect(moderator.getByText("Featured.")).toBeVisible();
  await moderator.keyboard.press("u");
  await expect(moderator.getByText("Taken back: everything stands")).toBeVisible();
  await moderator.close();
  await page.context().close();
});
