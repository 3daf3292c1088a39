// sealing.mjs URL FILE BROWSER: sends a tip with a file as a source does, and prints as JSON how long each step took and by how much the
// memory of all the browser's processes grew at most.
//
// Over the browser's own pipe, and not with Playwright: that listens to the network of every page and worker, and what listens is told of each
// request with its body, several times over and as text. For a file of 490 MB three gigabytes went through the browser to the script, and
// what grew was the copies that waited to be read: no source's browser has these.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const [url, file, executable] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "onrecord-sealing-"));
const flags = ["no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "headless"];
const args = [...flags.map((flag) => `--${flag}`), `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank"];
const browser = spawn(executable, args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const ended = new Promise((done) => browser.on("exit", done));

/** Questions to the browser (DevTools protocol): JSON, each message ended by a zero. */
const waiting = new Map();
let unread = "";
browser.stdio[4].setEncoding("utf8").on("data", (text) => {
  const messages = (unread + text).split("\0");
  unread = messages.pop();
  for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
    waiting.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
    waiting.delete(id);
  }
});
let last = 0;
let sessionId;
function ask(method, params = {}) {
  browser.stdio[3].write(`${JSON.stringify({ id: ++last, method, params, sessionId })}\0`);
  return new Promise((done) => waiting.set(last, done));
}

async function evaluate(expression) {
  const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, returnByValue: true });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
  return result.value;
}

async function until(expression, seconds) {
  for (const end = Date.now() + seconds * 1000; !(await evaluate(expression)); await pause(100)) {
    if (Date.now() > end) throw new Error(`waited for ${expression}`);
  }
}

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
  const ours = new Set([browser.pid]);
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

try {
  const { targetInfos } = await ask("Target.getTargets");
  const { targetId } = targetInfos.find(({ type }) => type === "page");
  ({ sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true }));
  await ask("Page.navigate", { url: `${url}/tip` });
  // Shown once the script is there.
  await until(`document.readyState === "complete" && Boolean(document.querySelector(".tip-sealed:not([hidden])"))`, 30);
  await evaluate(`{
    window.seen = [];
    const status = document.querySelector("#tip-status");
    new MutationObserver(() => seen.push([status.textContent, performance.now()])).observe(status, { childList: true, characterData: true, subtree: true });
    document.querySelector("textarea[name=text]").value = "The gate log was written again.";
  }`);
  const { root } = await ask("DOM.getDocument", { depth: 0 });
  const { nodeId } = await ask("DOM.querySelector", { nodeId: root.nodeId, selector: "input[name=files]" });
  // A path, as from the chooser: the browser reads the file itself.
  await ask("DOM.setFileInputFiles", { nodeId, files: [resolve(file)] });
  const before = memory();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, memory())), 250);
  const began = await evaluate(`{ const now = performance.now(); document.querySelector("#tip-form button[type=submit]").click(); now; }`);
  await until(`/\\w/.test(document.querySelector("#tip-codename").textContent + document.querySelector("#tip-error").textContent)`, 850);
  const { seen, now, error } = await evaluate(`({ seen, now: performance.now(), error: document.querySelector("#tip-error").textContent })`);
  clearInterval(watch);
  if (error) throw new Error(error);
  const steps = seen.map(([name, at], number) => [name, Math.round((seen[number + 1]?.[1] ?? now) - at)]);
  const making = steps.find(([name]) => /codename/i.test(name))?.[1] ?? 0;
  process.stderr.write(`${JSON.stringify(steps)}\n`);
  console.log(JSON.stringify({ took: now - began, making, beside: now - began - making, grown: most - before }));
} finally {
  sessionId = undefined;
  void ask("Browser.close");
  await ended;
  rmSync(profile, { recursive: true, force: true });
}
