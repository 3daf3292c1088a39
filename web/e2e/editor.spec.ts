import { readFileSync } from "node:fs";
import { dropFile, emptyStory, expect, openStory, paragraph, paste, saved, test, text } from "./desk";

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");

test("what is typed is saved by itself, with its signs read", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await page.keyboard.type('## The wall\nShe said "no", it\'s **certain**... and `x`');
  await expect.poll(() => desk.state.puts.length, { timeout: 8000 }).toBeGreaterThan(0);
  await expect(page.locator("[data-save-status]")).toHaveText(/^Saved /);
  const [heading, words] = desk.state.body.content;
  expect(heading).toEqual({ type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "The wall" }] });
  expect(words.content[0].text).toBe("She said “no”, it’s ");
  expect(words.content[1]).toEqual({ type: "text", text: "certain", marks: [{ type: "strong" }] });
  expect(words.content.at(-1)).toEqual({ type: "text", text: "x", marks: [{ type: "code" }] });
  expect(desk.state.puts[0]?.fields).toMatchObject({ kicker: "Town", slug: "harbour-wall", comments: "1", section: "town" });
});

test("quotation marks follow the story's language", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await page.getByLabel("Language").selectOption("de");
  await text(page).click();
  await page.keyboard.type('Er sagte "nein".');
  expect((await saved(page, desk))[0].content[0].text).toBe("Er sagte „nein“.");
});

test("lists, quotations, dividers and preformatted text come from signs", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await page.keyboard.type("- one\ntwo\n\n3. three\n\n> said\n\n---after");
  await page.keyboard.press("Enter");
  await page.keyboard.type("```a  b");
  const blocks = await saved(page, desk);
  expect(blocks.map((block: any) => block.type)).toEqual(["bullet_list", "ordered_list", "quotation", "divider", "paragraph", "preformatted"]);
  expect(blocks[1].attrs.order).toBe(3);
  expect(blocks[5].content[0].text).toBe("a  b");
});

test("the slash menu inserts a table, and Tab walks its cells", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await page.keyboard.type("/tab");
  await expect(page.getByRole("option", { name: "Table" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Pier");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Time");
  await page.getByRole("button", { name: "Row below" }).click();
  const [table] = await saved(page, desk);
  expect(table.type).toBe("table");
  expect(table.content).toHaveLength(4);
  expect(table.content[0].content.map((cell: any) => cell.type)).toEqual(["table_header", "table_header", "table_header"]);
  expect(table.content[0].content[1].content[0].content[0].text).toBe("Time");
  expect(table.content[0].content[0].attrs).toEqual({ colspan: 1, rowspan: 1 });
});

test("Word's lists, headings and tables arrive as what they are", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await paste(page, { "text/html": fixture("word.html"), "text/plain": "The ferry" });
  const blocks = await saved(page, desk);
  expect(blocks.map((block: any) => block.type)).toEqual(["heading", "heading", "paragraph", "bullet_list", "paragraph", "ordered_list", "quotation", "table", "paragraph"]);
  expect(blocks[2].content.map((node: any) => node.text).join("")).toBe("The first boat leaves at six, not at seven.");
  expect(blocks[3].content).toHaveLength(2);
  expect(blocks[3].content[0].content[1].content[0].content[0].content[0].text).toBe("Children ride free");
  expect(blocks[5].attrs.order).toBe(3);
  expect(blocks[8].content.map((node: any) => node.text).join("")).toBe("Timetable and more");
  await expect(text(page)).not.toContainText("secret");
});

test("Google Docs' spans become marks although the policy forbids styles", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await paste(page, { "text/html": fixture("docs.html"), "text/plain": "x" });
  const [heading, words, list, link] = await saved(page, desk);
  expect(heading).toMatchObject({ type: "heading", attrs: { level: 2 }, content: [{ text: "The lighthouse" }] });
  expect(words.content.map((node: any) => [node.text, (node.marks ?? []).map((mark: any) => mark.type).join()])).toEqual([
    ["The council ", ""],
    ["votes", "strong"],
    [" on ", ""],
    ["Thursday", "em"],
    [" or Friday", "strike"],
    ["1", "sup"],
    [".", ""],
  ]);
  expect(list.content[0].content[1].type).toBe("bullet_list");
  expect(link.content[0].marks[0].attrs.href).toBe("https://example.org/lamp");
});

test("hostile HTML leaves its words and nothing else", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await paste(page, { "text/html": `<p onclick="x()">Read <a href="java\tscript:alert(1)">this</a><img src=x onerror=alert(1)><script>bad()</script> now</p>`, "text/plain": "" });
  const [words] = await saved(page, desk);
  expect(words).toEqual(paragraph("Read this now"));
});

test("plain text that looks like Markdown is read as such", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await paste(page, { "text/plain": "# Title\n\nSome *words* and a [link](https://example.org).\n\n- a\n- b\n\n> quoted" });
  const blocks = await saved(page, desk);
  expect(blocks.map((block: any) => block.type)).toEqual(["heading", "paragraph", "bullet_list", "quotation"]);
});

test("a picture is dropped in, captioned, credited and shown", async ({ page, desk }) => {
  await openStory(page, desk, [paragraph("Before."), paragraph("After.")]);
  await dropFile(page, "wall.jpg", "image/jpeg");
  const picture = page.locator("figure.picture");
  await expect(picture.locator("img")).toHaveAttribute("src", "/desk/pictures/p1/file");
  await expect(picture.locator("figcaption")).toHaveText("The wall at low water");
  await expect(picture.getByLabel("Photographer")).toHaveValue("Ines Vale");
  await picture.getByLabel("Description").fill("A stone wall and a beacon");
  await picture.locator("figcaption").click();
  await page.keyboard.press("End");
  await page.keyboard.type(", Tuesday");
  const blocks = await saved(page, desk);
  const block = blocks.find((one: any) => one.type === "picture");
  expect(block.attrs).toEqual({ picture: "p1", alt: "A stone wall and a beacon", agency: "Salt Press", photographer: "Ines Vale" });
  expect(block.content[0].text).toBe("The wall at low water, Tuesday");
  await expect(picture.locator("img")).toHaveAttribute("alt", "A stone wall and a beacon");
});

test("a refused file says why and can be dismissed; other files are named", async ({ page, desk }) => {
  await openStory(page, desk);
  await dropFile(page, "too-large.jpg", "image/jpeg");
  await expect(page.getByText("too-large.jpg: The picture is larger than 40 MB.")).toBeVisible();
  // The same file would be refused again.
  await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
  await page.getByRole("button", { name: "Dismiss" }).first().click();
  await expect(page.getByText("larger than 40 MB")).toBeHidden();
  await dropFile(page, "notes.pdf", "application/pdf");
  await expect(page.getByText("notes.pdf is not a picture.")).toBeVisible();
});

test("a file that did not get through is sent again", async ({ page, desk }) => {
  await openStory(page, desk);
  desk.state.fail = "broken";
  await dropFile(page, "wall.jpg", "image/jpeg");
  const again = page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  desk.state.fail = null;
  await again.click();
  await expect(page.locator("figure.picture img")).toHaveAttribute("src", "/desk/pictures/p1/file");
  expect(desk.state.uploads).toBe(2);
});

test("a quotation's source is reached and left by keyboard", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await page.keyboard.type("> We have waited ten years.");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Who said it, and where")).toBeFocused();
  await page.keyboard.type("Mayor Lind, to the council");
  await page.keyboard.press("Tab");
  await page.keyboard.type("https://example.org/minutes");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Then she left.");
  const [quotation, words] = await saved(page, desk);
  expect(quotation.attrs).toEqual({ cite: "Mayor Lind, to the council", url: "https://example.org/minutes" });
  expect(words.content[0].text).toBe("Then she left.");
});

test("links are checked before they are set", async ({ page, desk }) => {
  await openStory(page, desk, [paragraph("The plan")]);
  await text(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByLabel("Address").fill("javascript:alert(1)");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This address cannot be linked.")).toBeVisible();
  await page.getByLabel("Address").fill("example.org/plan");
  await page.keyboard.press("Enter");
  const [words] = await saved(page, desk);
  expect(words.content[0].marks).toEqual([{ type: "link", attrs: { href: "https://example.org/plan", title: null } }]);
});

test("the toolbar is one tab stop with arrow keys, and says what is on", async ({ page, desk }) => {
  await openStory(page, desk, [paragraph("Words")]);
  await text(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Alt+F10");
  const toolbar = page.getByRole("toolbar");
  await expect(toolbar.getByRole("button").first()).toBeFocused();
  expect(await toolbar.locator('button[tabindex="0"]').count()).toBe(1);
  while (!(await toolbar.getByRole("button", { name: "Bold" }).evaluate((one) => one === document.activeElement))) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(toolbar.getByRole("button", { name: "Bold" })).toHaveAttribute("aria-pressed", "true");
  await expect(text(page).locator("strong")).toHaveText("Words");
});

test("undo brings back a deleted picture; Backspace selects before it deletes", async ({ page, desk }) => {
  await openStory(page, desk, [{ type: "picture", attrs: { picture: "p1", alt: "", agency: "", photographer: "" } }, paragraph("After.")]);
  await text(page).getByText("After.").click();
  await page.keyboard.press("Home");
  await page.keyboard.press("Backspace");
  await expect(page.locator("figure.picture")).toHaveClass(/ProseMirror-selectednode/);
  await page.keyboard.press("Backspace");
  await expect(page.locator("figure.picture")).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator("figure.picture")).toHaveCount(1);
});

test("a document of an unknown shape opens with all its words and says so", async ({ page, desk }) => {
  await openStory(page, desk, [{ type: "carousel", content: [paragraph("One"), { type: "text", text: "Two", marks: [{ type: "glow" }] }] }, paragraph("Three")]);
  await expect(text(page)).toContainText("One");
  await expect(text(page)).toContainText("Two");
  await expect(text(page)).toContainText("Three");
  await expect(page.getByText("Every word was kept")).toBeVisible();
});

test("the plain form carries the text when it is sent", async ({ page, desk }) => {
  await openStory(page, desk, emptyStory);
  await text(page).click();
  await page.keyboard.type("Final words");
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/publication"));
  await page.getByRole("button", { name: "Publish" }).click();
  const form = new URLSearchParams((await sent).postData() ?? "");
  expect(JSON.parse(form.get("body") ?? "")).toEqual({ type: "doc", content: [paragraph("Final words")] });
  expect(form.get("base_version")).toBe(String(desk.state.version));
  expect(desk.state.body.content).toEqual([paragraph("Final words")]);
  await expect(page.locator("#arrived")).toBeVisible();
});

test("without script the document's source is not shown: the desk offers plain text instead", async ({ browser, desk }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${desk.url}/pages/editor.html`);
  await expect(page.locator("textarea[data-editor]")).toBeHidden();
  await expect(page.getByLabel("Headline").first()).toBeVisible();
  await context.close();
});
