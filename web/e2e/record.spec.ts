// Quotations while one types, and the panel, against the faked desk.
import { expectAccessible } from "./axe";
import { emptyStory, expect, openStory, paragraph, saved, test, text } from "./desk";
import type { Page } from "@playwright/test";

const story = [
  paragraph("Oda Brink, the captain, spoke to the Harbour Post on 4 May 2018."),
  paragraph("“I can see the headlights on the hill,” Brink said. “So I wait.”"),
  paragraph("The company said in a statement that it was “content with the timetable.”"),
];
const panel = (page: Page) => page.getByRole("region", { name: "On the record" });
const rows = (page: Page) => panel(page).locator(".record-row");

test("what is typed in marks is underlined by the library, with a sign for its state", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await page.keyboard.type('Oda Brink, the captain, told the Harbour Post about it.\n"We will not close it," she said.');
  const quoted = text(page).locator(".quoted");
  await expect(quoted).toHaveText("We will not close it,");
  await expect(quoted).toHaveClass(/quoted-checking/);
  await expect(text(page).locator(".quoted-end")).toHaveAttribute("data-label", /Checking.*Oda Brink · Interview, Harbour Post/);
  await saved(page, desk);
  await expect(quoted).toHaveClass(/quoted-unsourced/);
  await expect(text(page).locator(".quoted-end")).toHaveAttribute("data-sign", "?");
  // The marks move with the text, and go with the words.
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("On Monday, ");
  await expect(quoted).toHaveText("We will not close it,");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect(quoted).toHaveCount(0);
});

test("the panel is walked by keyboard, and leads to the words and back", async ({ page, desk }) => {
  await openStory(page, desk, story);
  await text(page).click();
  await page.keyboard.press("F8");
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toBeFocused();
  await expect(panel(page).locator(".record-summary")).toContainText("3 quotations · 3 without a source");
  await page.keyboard.press("j");
  await expect(rows(page).nth(1)).toBeFocused();
  await expect(text(page).locator(".quoted.is-current")).toHaveText("So I wait.");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  await page.keyboard.press("Space");
  await expect(rows(page).nth(1)).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(text(page)).toBeFocused();
  await expect(page.locator(".record-here")).toContainText("Quotation 2: Oda Brink");
  await page.keyboard.press("F8");
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(text(page)).toBeFocused();
});

test("what was read is accepted, one by one or all at once", async ({ page, desk }) => {
  await openStory(page, desk, story);
  await page.keyboard.press("F8");
  await rows(page).first().click();
  await panel(page).getByRole("button", { name: "Accept", exact: true }).click();
  await expect(panel(page).getByText("Accepted", { exact: true })).toBeVisible();
  await panel(page).getByRole("button", { name: "Accept all that was read (2)" }).click();
  await expect(panel(page).getByRole("button", { name: /Accept all/ })).toBeHidden();
  expect(desk.state.record.quotations.map((one: any) => one.confirmed)).toEqual([true, true, true]);
});

test("a speaker is corrected: picked from those on file, or made in place", async ({ page, desk }) => {
  await openStory(page, desk, story);
  await page.keyboard.press("F8");
  await rows(page).first().click();
  await panel(page).getByRole("button", { name: "Correct" }).click();
  const who = panel(page).getByRole("combobox", { name: "Who" });
  await expect(who).toBeFocused();
  await who.fill("Oda");
  await expect(panel(page).getByRole("option", { name: /Oda Brink/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByText("On file: Oda Brink")).toBeVisible();
  await panel(page).getByLabel("When").fill("May 2018");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByText("Write the date as 2018, 2018-05 or 2018-05-03.")).toBeVisible();
  await expect(panel(page).getByLabel("When")).toBeFocused();
  await expectAccessible(page);
  await panel(page).getByLabel("When").fill("2018-05");
  await panel(page).getByRole("combobox", { name: "How it was said" }).selectOption("speech");
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(rows(page).first()).toContainText("Oda Brink · Speech · 2018-05");
  expect(desk.state.record.quotations[0]).toMatchObject({ person: { id: "p-oda" }, confirmed: true });

  await rows(page).nth(2).click();
  await panel(page).getByRole("button", { name: "Correct" }).click();
  await who.fill("Northern Ferries");
  await panel(page).getByRole("option", { name: "Make a person: Northern Ferries" }).click();
  await panel(page).getByLabel("Who that is").fill("the company that runs the boats");
  await panel(page).getByRole("button", { name: "Make this person" }).click();
  await expect(who).toHaveValue("Northern Ferries");
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(rows(page).nth(2)).toContainText("Northern Ferries");
  expect(desk.state.record.people.at(-1)).toMatchObject({ name: "Northern Ferries", description: "the company that runs the boats" });
});

test("a source with another word shows what differs; mending the words clears it", async ({ page, desk }) => {
  await openStory(page, desk, story);
  await page.keyboard.press("F8");
  await rows(page).nth(1).click();
  await panel(page).getByRole("button", { name: "Attach a source" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("My notes").check();
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(dialog.getByText("Write or paste the words.")).toBeVisible();
  await dialog.getByLabel("Notes", { exact: true }).fill("So I will wait.");
  await dialog.getByLabel("What the desk calls it").fill("Bridge, 4 May");
  await dialog.getByLabel(/Confidential/).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(dialog).toBeHidden();
  await expect(rows(page).nth(1)).toContainText("Altered");
  await expect(text(page).locator(".quoted-altered")).toHaveText("So I wait.");
  await expect(panel(page).locator(".record-compared del")).toHaveText(/will/);
  await expect(panel(page).locator(".record-edits")).toContainText("Left out: “will”");
  await expect(panel(page).getByText("Confidential", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.keyboard.press("Escape");
  await page.evaluate(() => getSelection()?.collapse(document.querySelector(".quoted-altered")?.firstChild ?? null, 4));
  await page.keyboard.type(" will");
  await expect(text(page)).toContainText("So I will wait.");
  await saved(page, desk);
  await expect(rows(page).nth(1)).toContainText("Word for word");
});

test("a file goes up, an address may be refused, a source we have is taken", async ({ page, desk }) => {
  await openStory(page, desk, story);
  await page.keyboard.press("F8");
  await rows(page).first().click();
  const attach = panel(page).getByRole("button", { name: /^Attach/ });
  const dialog = page.getByRole("dialog");
  await attach.click();
  await dialog.getByLabel("A document").check();
  await dialog.getByLabel("File").setInputFiles({ name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("I can see the headlights on the hill, she wrote.") });
  await dialog.getByLabel("What the desk calls it").fill("Letter");
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(dialog).toBeHidden();
  await rows(page).nth(2).click();
  await attach.click();
  await dialog.getByLabel("A page on the web").check();
  await dialog.getByLabel("Address of the page").fill("https://refused.example/");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("This address does not answer.")).toBeVisible();
  await dialog.getByRole("radio", { name: "A source we have" }).check();
  await dialog.getByRole("searchbox").fill("let");
  await dialog.getByLabel(/^Letter/).check();
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(dialog).toBeHidden();
  await expect(rows(page).nth(2)).toContainText("Altered");
  await panel(page).getByRole("button", { name: "Detach" }).click();
  await expect(rows(page).nth(2)).toContainText("No source yet");
});

test("the page's own links open the panel at the quotation; a correction by somebody else is told", async ({ page, desk }) => {
  await openStory(page, desk, story);
  await expect(page.locator(".story-side .record-summary").first()).toContainText("3 quotations");
  await page.getByRole("link", { name: "Open the record" }).click();
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press("Escape");
  await rows(page).first().click();
  // The panel has the record, not the library's reading alone, before somebody else changes it.
  await expect(panel(page).getByRole("button", { name: "Accept", exact: true })).toBeVisible();
  desk.state.record.quotations[0].version = 2;
  desk.state.record.quotations[0].outlet = "Harbour Post";
  await panel(page).getByRole("button", { name: "Accept", exact: true }).click();
  await expect(panel(page).getByText("Somebody else has corrected this.")).toBeVisible();
  await expect(rows(page).first()).toContainText("Interview, Harbour Post");
  await panel(page).getByRole("button", { name: "Accept", exact: true }).click();
  await expect(panel(page).getByText("Accepted", { exact: true })).toBeVisible();
});

test("a recording comes with its transcript", async ({ page, desk }) => {
  await openStory(page, desk, story);
  await page.keyboard.press("F8");
  await rows(page).nth(1).click();
  await panel(page).getByRole("button", { name: "Attach a source" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("A recording").check();
  await dialog.getByLabel("Recording", { exact: true }).setInputFiles({ name: "bridge.ogg", mimeType: "audio/ogg", buffer: Buffer.alloc(2000) });
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(dialog.getByText("Choose a transcript or paste it")).toBeVisible();
  await dialog.getByLabel("Or the transcript itself").fill("So I wait. Every night.");
  await dialog.getByRole("button", { name: "Attach" }).click();
  await expect(rows(page).nth(1)).toContainText("Word for word");
});

test("disputed with a reason, and no longer; where else it stands", async ({ page, desk }) => {
  desk.state.record.elsewhere["So I wait."] = [{ story: "2", headline: "The last boat", url: "/desk/stories/2", published: false }];
  await openStory(page, desk, story);
  await page.keyboard.press("F8");
  await rows(page).nth(1).click();
  await expect(panel(page).getByRole("link", { name: "The last boat" })).toBeVisible();
  await panel(page).getByRole("button", { name: "Dispute it" }).click();
  await panel(page).getByLabel("Why it is disputed").fill("She says she never said so.");
  await panel(page).getByRole("button", { name: "Mark as disputed" }).click();
  await expect(rows(page).nth(1)).toContainText("Disputed");
  await expectAccessible(page);
  await panel(page).getByRole("button", { name: "No longer disputed" }).click();
  await expect(rows(page).nth(1)).toContainText("No source yet");
});

test("no quotations, no desk, no right: each is said", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await page.getByRole("link", { name: "Open the record" }).click();
  await expect(panel(page).getByRole("heading", { name: "No quotations yet" })).toBeVisible();
  await expectAccessible(page);
  desk.state.record.fail = "broken";
  await openStory(page, desk, story);
  await page.getByRole("link", { name: "Open the record" }).click();
  await expect(panel(page).getByText("The desk could not be reached.")).toBeVisible();
  await expect(rows(page)).toHaveCount(3);
  desk.state.record.fail = "forbidden";
  await panel(page).getByRole("button", { name: "Try again" }).click();
  await expect(panel(page).getByText("This story is not yours.")).toBeVisible();
  desk.state.record.fail = null;
  await panel(page).getByRole("button", { name: "Try again" }).click();
  await expect(rows(page).first()).toContainText("No source yet");
});

test("where the browser may not compile, the desk's list and its places stand", async ({ page, desk }) => {
  await page.route("**/quotation.wasm", (route) => route.fulfill({ status: 404 }));
  await openStory(page, desk, story);
  await expect(text(page).locator(".quoted-unsourced")).toHaveCount(3);
  await page.keyboard.press("F8");
  await expect(panel(page).getByText("This browser cannot look for quotations while you type")).toBeVisible();
});

for (const [width, scheme] of [[1440, "light"], [1280, "dark"], [360, "light"], [320, "dark"]] as const) {
  test(`the panel fits and reads well at ${width} px, ${scheme}`, async ({ page, desk }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    await openStory(page, desk, story);
    await expect(text(page).locator(".quoted-unsourced")).toHaveCount(3);
    if (width < 1280) await page.getByRole("button", { name: "On the record: 3 to do" }).click();
    else await page.keyboard.press("F8");
    await rows(page).nth(1).click();
    await panel(page).getByRole("button", { name: "Attach a source" }).click();
    await page.getByRole("dialog").getByLabel("My notes").check();
    await page.getByRole("dialog").getByLabel("Notes", { exact: true }).fill("So I will wait here.");
    await page.screenshot({ path: `test-results/shots/record-dialog-${width}-${scheme}.png` });
    await page.getByRole("dialog").getByRole("button", { name: "Attach" }).click();
    await expect(panel(page).locator(".record-compared")).toBeVisible();
    await expectAccessible(page);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(beyond).toBe(0);
    await page.screenshot({ path: `test-results/shots/record-${width}-${scheme}.png` });
  });
}
