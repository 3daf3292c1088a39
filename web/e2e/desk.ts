// What the browser tests share: a harness for each test, and the editor as a writer uses it.
import { test as base, expect, type Page } from "@playwright/test";
// @ts-expect-error the harness is plain JavaScript
import { start } from "../dev/server.mjs";

export interface Harness {
  url: string;
  state: {
    version: number;
    fields: Record<string, string>;
    body: any;
    puts: { base_version: number; fields: Record<string, string>; body: any }[];
    uploads: number;
    fail: null | "signed-out" | "redirect" | "broken" | "invalid";
    story: any;
    record: any;
    reset(): void;
  };
  stop(): Promise<void>;
}

export const test = base.extend<{ desk: Harness; troubles: string[] }>({
  desk: async ({}, use) => {
    const desk = (await start()) as Harness;
    await use(desk);
    await desk.stop();
  },
  // Anything the page complains about fails its test: a script error, or a breach of the content policy.
  troubles: [
    async ({ page }, use) => {
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !/Failed to load resource|ERR_/.test(message.text())) troubles.push(message.text());
      });
      await use(troubles);
      expect(troubles).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export const text = (page: Page) => page.locator(".story-editor");

export async function openStory(page: Page, desk: Harness, blocks?: unknown[]): Promise<void> {
  if (blocks) desk.state.story = desk.state.body = { type: "doc", content: blocks };
  await page.goto(`${desk.url}/pages/editor.html`);
  await expect(text(page)).toBeVisible();
}

export const emptyStory = [{ type: "paragraph" }];
export const paragraph = (words: string) => ({ type: "paragraph", content: [{ type: "text", text: words }] });

/** Saves with the keyboard and answers the document the desk received. */
export async function saved(page: Page, desk: Harness): Promise<any[]> {
  const version = desk.state.version;
  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => desk.state.version).toBeGreaterThan(version);
  await expect(page.locator("[data-save-status]")).toHaveAttribute("data-state", "saved");
  return desk.state.body.content;
}

/** Pastes as a browser does, with the given kinds of data. */
export async function paste(page: Page, data: Record<string, string>): Promise<void> {
  await text(page).evaluate((element, kinds) => {
    const clipboardData = new DataTransfer();
    for (const [kind, value] of Object.entries(kinds)) clipboardData.setData(kind, value);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

export async function dropFile(page: Page, name: string, type: string): Promise<void> {
  await text(page).evaluate(
    (element, file) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array([1, 2, 3])], file.name, { type: file.type }));
      const box = element.getBoundingClientRect();
      const at = { bubbles: true, cancelable: true, clientX: box.left + 40, clientY: box.top + 60 };
      element.dispatchEvent(new DragEvent("dragover", { dataTransfer, ...at }));
      element.dispatchEvent(new DragEvent("drop", { dataTransfer, ...at }));
    },
    { name, type },
  );
}
