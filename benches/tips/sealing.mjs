// sealing.mjs URL FILE BROWSER: sends a tip with a file as a source does, and prints as JSON how long each step took and by how much the
// memory of all the browser's processes grew at most.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { chromium } = createRequire(join(process.cwd(), "package.json"))("@playwright/test");
const [url, file, executablePath] = process.argv.slice(2);
const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const server = await chromium.launchServer({ executablePath, args, headless: true });
const browser = await chromium.connect(server.wsEndpoint());

/** Megabytes of the browser and all its children, each shared page counted once. */
function memory() {
  const parents = new Map();
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(Number(id), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, "utf8"))?.[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const ours = new Set([server.process().pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [id, parent] of parents) if (ours.has(parent) && !ours.has(id)) grown = Boolean(ours.add(id));
  }
  let sum = 0;
  for (const id of ours) {
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // The same.
    }
  }
  return sum / 1024;
}

const page = await browser.newPage();
await page.goto(`${url}/tip`);
await page.getByText("Your browser seals what you write").waitFor();
await page.evaluate(() => {
  const seen = (window.seen = []);
  const status = document.querySelector("#tip-status");
  new MutationObserver(() => seen.push([status.textContent, performance.now()])).observe(status, { childList: true, characterData: true, subtree: true });
});
await page.locator("textarea[name=text]").fill("The gate log was written again.");
await page.locator("input[name=files]").setInputFiles(file);
const before = memory();
let most = before;
const watch = setInterval(() => (most = Math.max(most, memory())), 250);
const began = await page.evaluate(() => {
  const now = performance.now();
  document.querySelector("#tip-form button[type=submit]").click();
  return now;
});
await page.locator("#tip-codename").filter({ hasText: /\w/ }).waitFor({ timeout: 850_000 });
const { seen, ended, error } = await page.evaluate(() => ({ seen: window.seen, ended: performance.now(), error: document.querySelector("#tip-error")?.textContent }));
clearInterval(watch);
const steps = seen.map(([name, at], number) => [name, Math.round((seen[number + 1]?.[1] ?? ended) - at)]);
const making = steps.find(([name]) => /codename/i.test(name))?.[1] ?? 0;
process.stderr.write(`${JSON.stringify(steps)} ${error}\n`);
console.log(JSON.stringify({ took: ended - began, making, beside: ended - began - making, grown: most - before }));
await browser.close();
await server.close();
