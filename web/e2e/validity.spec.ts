// Every public page of the demo by the Nu HTML checker, the one that the standard's authors keep.
import { expect, test } from "@playwright/test";
import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binary, publicPages, startNewsroom } from "./newsroom";

const jar: string = createRequire(import.meta.url)("vnu-jar");

interface Message {
  type: string;
  url: string;
  message: string;
  lastLine?: number;
}

/** What the checker has against files, by name and line. */
function faults(files: string[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    execFile("java", ["-Xss8m", "-jar", jar, "--format", "json", "--errors-only", "--also-check-css", ...files], { maxBuffer: 64 << 20 }, (error, _, text) => {
      try {
        const { messages } = JSON.parse(text) as { messages: Message[] };
        resolve(messages.map((one) => `${one.url.split("/").pop()}:${one.lastLine ?? 0}: ${one.message}`));
      } catch {
        reject(error ?? new Error(text));
      }
    });
  });
}

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
