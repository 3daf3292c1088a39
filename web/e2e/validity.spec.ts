// Every public page of the demo by the Nu HTML checker.
import { expect, test } from "@playwright/test";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, publicPages, startNewsroom } from "./newsroom";
import { faults } from "./vnu";

test.skip(!binary, "needs the binary: cargo build, or ONRECORD_BIN");

test("every public page and the style sheet are valid", async ({ page }) => {
  test.setTimeout(300_000);
  const room = await startNewsroom();
  try {
    const folder = mkdtempSync(join(tmpdir(), "onrecord-validity-"));
    const keep = async (path: string, ending: string) => {
      const file = join(folder, `${path.replace(/[^a-z0-9]+/gi, "-") || "front"}.${ending}`);
      writeFileSync(file, await (await page.request.get(room.url + path)).text());
      return file;
    };
    const files: string[] = [];
    for (const path of await publicPages(page, room)) files.push(await keep(path, "html"));
    const style = await page.locator("link[rel=stylesheet]").first().getAttribute("href");
    files.push(await keep(style as string, "css"));
    expect(files.length).toBeGreaterThan(16);
    expect(await faults(files)).toEqual([]);
  } finally {
    await room.stop();
  }
});
