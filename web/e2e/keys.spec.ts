// Keys of the tip line in a real browser: a passphrase is changed, and a line begins with nothing but a browser.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { binary } from "./newsroom";
import { expect, newsroomTest } from "./room";

const test = newsroomTest();

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");
// Deriving keys takes some seconds on purpose, more of them on a busy machine.
test.setTimeout(240_000);
const SLOW = { timeout: 90_000 };
const OWN = "a passphrase for my own keys";
const DRAWER = "a passphrase for the drawer";

function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => message.type() === "error" && troubles.push(message.text()));
  return troubles;
}

test("a passphrase is changed, and from then on the new one alone opens tips", async ({ room, desk }) => {
  const page = await desk.newPage();
  const troubles = watch(page);
  await page.goto(`${room.url}/desk/tips/keys`);
  await page.getByText("Change the passphrase").click();
  const change = async (old: string, wanted: string, again: string) => {
    await page.getByLabel("The passphrase until now").fill(old);
    await page.getByLabel("The new passphrase", { exact: true }).fill(wanted);
    await page.getByLabel("The new passphrase again").fill(again);
    await page.getByRole("button", { name: "Change it" }).click();
  };
  const error = page.locator("#tip-change-error");
  await change(room.passphrase, OWN, `${OWN}x`);
  await expect(error).toHaveText("The two passphrases are not the same.");
  await change(room.passphrase, "too short", "too short");
  await expect(error).toContainText("at least 16 characters");
  await change("not the passphrase at all", OWN, OWN);
  await expect(error).toHaveText("The passphrase does not open these keys.", SLOW);
  await expectAccessible(page);
  await change(room.passphrase, OWN, OWN);
  await expect(page.locator("#tip-change-status")).toHaveText("The passphrase is changed.", SLOW);

  await page.goto(`${room.url}/desk/tips`);
  await page.locator("main a[href^='/desk/tips/']", { hasText: /^Tip / }).first().click();
  const open = async (passphrase: string) => {
    await page.getByLabel("Passphrase of your keys").fill(passphrase);
    await page.getByRole("button", { name: "Open the tip" }).click();
  };
  await open(room.passphrase);
  await expect(page.getByRole("alert")).toHaveText("The passphrase does not open these keys.", SLOW);
  await open(OWN);
  await expect(page.getByRole("heading", { name: "Messages" })).toBeFocused(SLOW);
  expect(troubles).toEqual([]);
});

test("a line begins in the browser: the newsroom's key, a desk, own keys, the signed list", async ({ browser, room, desk }) => {
  execFileSync(binary as string, ["--data", room.folder, "tips", "destroy", "--everything", "--yes"]);
  const page = await desk.newPage();
  const troubles = watch(page);
  await page.goto(`${room.url}/desk/tips/keys`);
  await expect(page.getByText("the line has no key yet")).toBeVisible();
  await page.getByText("Make the newsroom’s key in this browser").click();
  const key = page.locator("#tip-begin");
  await key.getByLabel("A passphrase for the newsroom’s key").fill(DRAWER);
  await key.getByLabel("The same passphrase again").fill(DRAWER);
  await expectAccessible(page);
  await key.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByRole("heading", { name: "The key is made" })).toBeFocused(SLOW);
  const fingerprint = await page.locator("#tip-begin-fingerprint").innerText();
  expect(fingerprint).toMatch(/^([0-9a-f]{4} ?){10}$/);
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save the key file" }).click();
  const file = join(room.scratch, "saved.key");
  await (await saved).saveAs(file);
  await page.getByLabel("It is saved, and I know its passphrase").check();
  await page.getByRole("button", { name: "Use this key for the line" }).click();
  // The page is loaded anew, now without the form.
  await expect(page.locator("#tip-begin-made")).toHaveCount(0);
  await expect(page.locator("#tip-list .facts code")).toHaveText(fingerprint);

  await page.getByLabel("Name", { exact: true }).fill("City hall");
  await page.getByRole("button", { name: "Make a desk" }).click();
  const hall = page.getByRole("region", { name: "City hall" });
  const staff = hall.getByLabel("Take in");
  const people = await staff.locator("option").allInnerTexts();
  await hall.getByRole("button", { name: "Take in" }).click();
  await expect(hall.getByRole("listitem")).toHaveCount(1);
  const left = hall.getByLabel("Take in").locator("option", { hasText: people[0] as string });
  await expect(left, "who is in is not offered again").toHaveCount(0);

  await page.getByLabel("Passphrase of your keys").fill(OWN);
  await page.locator("#tip-make-keys").getByLabel("The same passphrase again").fill(OWN);
  await page.getByRole("button", { name: "Make keys" }).click();
  await expect(page.locator("#tip-own-keys .list > li")).toHaveCount(2, SLOW);
  await page.getByText("Sign in this browser").click();
  await page.getByLabel("The newsroom’s key file").setInputFiles(file);
  await page.getByLabel("Passphrase of the key file").fill(DRAWER);
  await page.getByRole("button", { name: "Sign the list" }).click();
  await expect(page.locator("#tip-list")).toContainText("number 1,", SLOW);

  const source = await (await browser.newContext()).newPage();
  await source.goto(`${room.url}/tip`);
  await expect(source.locator(".tip-fingerprint")).toHaveText(fingerprint);
  await expect(source.getByText("Ask a journalist of ours for these digits")).toBeVisible();
  await page.getByLabel("Where the fingerprint is printed").fill("page 2 of every Friday’s paper");
  await page.locator("form[action='/desk/tips/line']").getByRole("button", { name: "Save" }).click();
  await source.reload();
  await expect(source.getByText("printed elsewhere: page 2 of every Friday’s paper.")).toBeVisible();
  expect(troubles).toEqual([]);
});
