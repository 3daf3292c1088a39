import { expectAccessible } from "./axe";
import { dropFile, emptyStory, expect, openStory, paragraph, test, text } from "./desk";

test("the palette finds pages by their first letters and by the desk's search", async ({ page, desk }) => {
  await page.goto(`${desk.url}/pages/list.html`);
  await page.evaluate(() => (document.body.dataset.commandUrl = "/desk/commands"));
  await page.keyboard.press("ControlOrMeta+k");
  const box = page.getByRole("combobox", { name: "Go to, or do" });
  await expect(box).toBeFocused();
  await box.fill("set");
  await expect(page.getByRole("listbox").getByRole("option").first()).toHaveText("Settings");
  await box.fill("ferry");
  await expect(page.getByRole("option", { name: "Story: Ferry timetable" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/form\.html$/);
});

test("j and k walk a list, Enter opens the row, ? shows the keys", async ({ page, desk }) => {
  await page.goto(`${desk.url}/pages/list.html`);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Ferry timetable: what changes on Monday" })).toBeFocused();
  await page.keyboard.press("k");
  await expect(page.getByRole("link", { name: "Harbour wall to be rebuilt before winter" })).toBeFocused();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page.locator("#arrived")).toHaveText("GET /desk/stories/1");
});

test("a form asks before it does what cannot be undone", async ({ page, desk }) => {
  await page.goto(`${desk.url}/pages/list.html`);
  await page.getByRole("button", { name: "Kill" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Kill this story?");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/list\.html$/);
  await page.getByRole("button", { name: "Kill" }).click();
  await dialog.getByRole("button", { name: "Yes, do it" }).click();
  await expect(page.locator("#arrived")).toHaveText("POST /desk/stories/2/kill");
});

test("rows move at once and the desk is told", async ({ page, desk }) => {
  await page.goto(`${desk.url}/pages/list.html`);
  const told = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Move “Ferry timetable” up" }).click();
  await expect(page.locator("[data-reorder] > li").first()).toContainText("Ferry timetable");
  expect((await told).postData()).toBe("move=up");
  await expect(page.getByRole("button", { name: "Move “Ferry timetable” down" })).toBeFocused();
  await expect(page.getByText("Ferry timetable: place 1 of 2")).toBeAttached();
});

test("a message can be dismissed, an error stays", async ({ page, desk }) => {
  await page.goto(`${desk.url}/pages/list.html`);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.locator(".flash")).toHaveCount(0);
  await page.goto(`${desk.url}/pages/form.html`);
  await expect(page.locator(".flash-close")).toHaveCount(0);
});

for (const scheme of ["light", "dark"] as const) {
  for (const width of [1280, 320]) {
    test(`every sample page is accessible and fits (${scheme}, ${width} px)`, async ({ page, desk }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 720 });
      for (const name of ["list", "form", "sign-in", "editor"]) {
        await page.goto(`${desk.url}/pages/${name}.html`);
        await expectAccessible(page);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(beyond, name).toBe(0);
      }
    });
  }
}

test("the editor with every block, its menu and its dialogs is accessible", async ({ page, desk }) => {
  await openStory(page, desk, [
    paragraph("Words"),
    { type: "quotation", attrs: { cite: "Ana", url: null }, content: [paragraph("Yes.")] },
    { type: "post", attrs: { network: "Mastodon", author: "Ana", url: null, date: null }, content: [paragraph("Boats!")] },
    { type: "picture", attrs: { picture: null, alt: "", agency: "", photographer: "" } },
    { type: "preformatted", content: [{ type: "text", text: "a" }] },
    { type: "table", content: [{ type: "table_row", content: [{ type: "table_header", content: [paragraph("c")] }, { type: "table_cell", content: [paragraph("d")] }] }] },
    { type: "paragraph" },
  ]);
  await dropFile(page, "wall.jpg", "image/jpeg");
  await expect(page.locator("figure.picture img")).toBeVisible();
  await expectAccessible(page);
  await text(page).locator("> p").last().click();
  await page.keyboard.type("/");
  await expect(page.getByRole("listbox")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toBeHidden();
  await page.keyboard.press("ControlOrMeta+k");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  Object.assign(desk.state, { version: 12, body: { type: "doc", content: emptyStory } });
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});
