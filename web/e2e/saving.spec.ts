import { expect, openStory, paragraph, test, text } from "./desk";

const status = "[data-save-status]";

test("somebody else's save opens both versions; keep mine saves over it", async ({ page, desk }) => {
  await openStory(page, desk, [paragraph("The wall falls.")]);
  Object.assign(desk.state, { version: 9, body: { type: "doc", content: [paragraph("The wall stands.")] } });
  await text(page).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" Soon.");
  await page.keyboard.press("ControlOrMeta+s");
  const dialog = page.getByRole("dialog", { name: "Two versions of this story" });
  await expect(dialog).toContainText("Mirela Osei saved this story");
  await expect(dialog.locator("mark").first()).toHaveText("falls");
  await expect(dialog.getByRole("region", { name: "Theirs" }).locator("mark").first()).toHaveText("stands");
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.locator(status)).toHaveAttribute("data-state", "saved");
  expect(desk.state.version).toBe(10);
  expect(desk.state.body.content[0].content[0].text).toBe("The wall falls. Soon.");
});

test("take theirs puts their text on the page, and undo still has mine", async ({ page, desk }) => {
  await openStory(page, desk, [paragraph("Mine")]);
  Object.assign(desk.state, { version: 9, fields: { headline: "Their headline" }, body: { type: "doc", content: [paragraph("Theirs")] } });
  await text(page).click();
  await page.keyboard.type("!");
  await page.keyboard.press("ControlOrMeta+s");
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(text(page)).toHaveText("Theirs");
  await expect(page.getByLabel("Headline")).toHaveValue("Their headline");
  await expect(page.locator(status)).toHaveAttribute("data-state", "saved");
  await text(page).click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(text(page)).toContainText("Mine");
});

test("a conflict put off stays visible and nothing is saved over", async ({ page, desk }) => {
  await openStory(page, desk, [paragraph("Mine")]);
  Object.assign(desk.state, { version: 9, body: { type: "doc", content: [paragraph("Theirs")] } });
  await text(page).click();
  await page.keyboard.type("!");
  await page.keyboard.press("ControlOrMeta+s");
  await page.getByRole("button", { name: "Decide later" }).click();
  await page.keyboard.type("?");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.locator(status)).toHaveText("Not saved: somebody else saved this story");
  expect(desk.state.version).toBe(9);
  await page.getByRole("button", { name: "Show both versions" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("without a connection the text is kept, retried, and saved when it is back", async ({ page, desk, context }) => {
  await openStory(page, desk, [paragraph("Before")]);
  await context.setOffline(true);
  await text(page).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" and after");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.locator(status)).toContainText("Not saved, retrying");
  expect(await page.evaluate(() => Object.values(localStorage).join())).toContain("and after");
  await context.setOffline(false);
  await expect(page.locator(status)).toHaveAttribute("data-state", "saved", { timeout: 10_000 });
  expect(desk.state.body.content[0].content[0].text).toBe("Before and after");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("text that was never saved is offered after a crash", async ({ page, desk, context }) => {
  await openStory(page, desk, [paragraph("Before")]);
  desk.state.fail = "broken";
  await text(page).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" the crash");
  await page.getByLabel("Slug").fill("new-slug");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.locator(status)).toHaveAttribute("data-state", "retrying");
  await page.close({ runBeforeUnload: false });
  desk.state.fail = null;
  const again = await context.newPage();
  await openStory(again, desk);
  await expect(again.getByText("that was never saved")).toBeVisible();
  await expect(text(again)).toHaveText("Before");
  await again.getByRole("button", { name: "Compare" }).click();
  await expect(again.getByRole("dialog").locator("mark", { hasText: "the crash" })).toBeVisible();
  await again.getByRole("dialog").getByRole("button", { name: "Restore it" }).click();
  await expect(text(again)).toHaveText("Before the crash");
  await expect(again.getByLabel("Slug")).toHaveValue("new-slug");
  await again.keyboard.press("ControlOrMeta+s");
  await expect(again.locator(status)).toHaveAttribute("data-state", "saved");
  expect(desk.state.fields.slug).toBe("new-slug");
});

for (const fail of ["signed-out", "redirect"] as const) {
  test(`a session that ended (${fail}) keeps the text and asks to sign in elsewhere`, async ({ page, desk }) => {
    await openStory(page, desk);
    desk.state.fail = fail;
    await text(page).click();
    await page.keyboard.type("More. ");
    await page.keyboard.press("ControlOrMeta+s");
    await expect(page.locator(status)).toHaveText("Not saved: you are signed out");
    await expect(page.getByRole("link", { name: "Sign in (new tab)" })).toHaveAttribute("target", "_blank");
    desk.state.fail = null;
    await page.getByRole("button", { name: "Save now" }).click();
    await expect(page.locator(status)).toHaveAttribute("data-state", "saved");
    await expect(page.getByText("Sign in again in another tab")).toBeHidden();
  });
}

test("a refused field shows its sentence at the field", async ({ page, desk }) => {
  await openStory(page, desk);
  desk.state.fail = "invalid";
  const slug = page.getByLabel("Slug");
  await slug.fill("taken");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(slug).toHaveAttribute("aria-invalid", "true");
  await expect(slug).toHaveAccessibleDescription(/Another story has this slug\./);
  desk.state.fail = null;
  await slug.fill("free");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(slug).not.toHaveAttribute("aria-invalid", "true");
});

test("leaving with unsaved text warns; a link saves first", async ({ page, desk }) => {
  await openStory(page, desk);
  desk.state.fail = "broken";
  await text(page).click();
  await page.keyboard.type("x");
  let asked = false;
  page.on("dialog", (dialog) => {
    asked = dialog.type() === "beforeunload";
    void dialog.dismiss();
  });
  await page.getByRole("link", { name: "Pictures" }).click();
  await expect.poll(() => asked).toBe(true);
  desk.state.fail = null;
  await page.getByRole("link", { name: "Pictures" }).click();
  await expect(page.locator("#arrived")).toBeVisible();
  expect(JSON.stringify(desk.state.body)).toContain("x");
});

test("an answer that was lost on its way is no conflict", async ({ page, desk }) => {
  await openStory(page, desk, [paragraph("Words")]);
  let lost = false;
  await page.route("**/draft", async (route) => {
    if (lost) return route.continue();
    lost = true;
    await route.fetch();
    await route.abort();
  });
  await text(page).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" more");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.locator(status)).toHaveAttribute("data-state", "retrying");
  await expect(page.locator(status)).toHaveAttribute("data-state", "saved", { timeout: 10_000 });
  expect(desk.state.version).toBe(8);
});
