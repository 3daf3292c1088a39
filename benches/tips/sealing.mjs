// sealing.mjs URL FILE BROWSER [DESK]: sends a tip with a file as a source does, and prints as JSON how long each step took and by how much
// the memory of all the browser's processes grew at most. With DESK (email, password and passphrase as JSON) a journalist then opens the
// newsroom's one tip in a browser of their own and saves the file; what that browser grew by is printed as well.
//
// Over the browser's own pipe, and not with Playwright: that listens to the network of every page and worker, and what listens is told of each
// request with its body, several times over and as text. For a file of 490 MB three gigabytes went through the browser to the script, and
// what grew was the copies that waited to be read: no source's browser has these.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const [url, file, executable, desk] = process.argv.slice(2);
const flags = ["no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "headless"];

/** A browser that is asked over its pipe (DevTools protocol): JSON, each message ended by a zero. */
class Browser {
  #profile = mkdtempSync(join(tmpdir(), "onrecord-sealing-"));
  #process = spawn(executable, [...flags.map((flag) => `--${flag}`), `--user-data-dir=${this.#profile}`, "--remote-debugging-pipe", "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  #ended = new Promise((done) => this.#process.on("exit", done));
  #waiting = new Map();
  #unread = "";
  #last = 0;
  #session;

  /** Does something with a browser's one page, and ends the browser. */
  static async with(doing) {
    const browser = new Browser();
    try {
      browser.#process.stdio[4].setEncoding("utf8").on("data", (text) => browser.#told(text));
      const { targetInfos } = await browser.ask("Target.getTargets");
      const { targetId } = targetInfos.find(({ type }) => type === "page");
      browser.#session = (await browser.ask("Target.attachToTarget", { targetId, flatten: true })).sessionId;
      return await doing(browser);
    } finally {
      browser.#session = undefined;
      void browser.ask("Browser.close");
      await browser.#ended;
      rmSync(browser.#profile, { recursive: true, force: true });
    }
  }

  #told(text) {
    const messages = (this.#unread + text).split("\0");
    this.#unread = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      this.#waiting.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
      this.#waiting.delete(id);
    }
  }

  ask(method, params = {}) {
    this.#process.stdio[3].write(`${JSON.stringify({ id: ++this.#last, method, params, sessionId: this.#session })}\0`);
    return new Promise((done) => this.#waiting.set(this.#last, done));
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.ask("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  }

  async until(expression, seconds = 30) {
    let trouble = "";
    // A page that is just going away answers nothing.
    const met = () => this.evaluate(expression).catch((error) => void (trouble = `: ${error.message}`));
    for (const end = Date.now() + seconds * 1000; !(await met()); await pause(100)) {
      if (Date.now() > end) throw new Error(`waited for ${expression}${trouble}`);
    }
  }

  async go(path) {
    await this.ask("Page.navigate", { url: `${url}${path}` });
    await this.until(`location.href.startsWith("${url}${path}") && document.readyState === "complete"`);
  }

  /** By how many megabytes the browser grows at most while something is done. */
  async growth(doing) {
    const before = this.#memory();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, this.#memory())), 250);
    await doing().finally(() => clearInterval(watch));
    return most - before;
  }

  /** Megabytes of the browser and all its children, each shared page counted once. */
  #memory() {
    const parents = new Map();
    for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        parents.set(Number(id), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, "utf8"))?.[1]));
      } catch {
        // It has ended meanwhile.
      }
    }
    const ours = new Set([this.#process.pid]);
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
}

async function send(browser) {
  await browser.go("/tip");
  // Shown once the script is there.
  await browser.until(`Boolean(document.querySelector(".tip-sealed:not([hidden])"))`);
  await browser.evaluate(`{
    window.seen = [];
    const status = document.querySelector("#tip-status");
    new MutationObserver(() => seen.push([status.textContent, performance.now()])).observe(status, { childList: true, characterData: true, subtree: true });
    document.querySelector("textarea[name=text]").value = "The gate log was written again.";
  }`);
  const { root } = await browser.ask("DOM.getDocument", { depth: 0 });
  const { nodeId } = await browser.ask("DOM.querySelector", { nodeId: root.nodeId, selector: "input[name=files]" });
  // A path, as from the chooser: the browser reads the file itself.
  await browser.ask("DOM.setFileInputFiles", { nodeId, files: [resolve(file)] });
  let began = 0;
  const grown = await browser.growth(async () => {
    began = await browser.evaluate(`{ const now = performance.now(); document.querySelector("#tip-form button[type=submit]").click(); now; }`);
    await browser.until(`/\\w/.test(document.querySelector("#tip-codename").textContent + document.querySelector("#tip-error").textContent)`, 850);
  });
  const { seen, now, error } = await browser.evaluate(`({ seen, now: performance.now(), error: document.querySelector("#tip-error").textContent })`);
  if (error) throw new Error(error);
  const steps = seen.map(([name, at], number) => [name, Math.round((seen[number + 1]?.[1] ?? now) - at)]);
  const making = steps.find(([name]) => /codename/i.test(name))?.[1] ?? 0;
  process.stderr.write(`${JSON.stringify(steps)}\n`);
  return { took: now - began, making, beside: now - began - making, grown };
}

/** Opens the newsroom's one tip and saves its file. The question where to cannot be answered in a browser without a window: the file goes
 * to the same kind of handle in the browser's own folder, which lies on the disk too. */
async function open(browser, { email, password, passphrase }) {
  const fill = (selector, value) => `document.querySelector(${JSON.stringify(selector)}).value = ${JSON.stringify(value)};`;
  await browser.go("/desk/sign-in");
  await browser.evaluate(`{ ${fill("[name=email]", email)} ${fill("[name=password]", password)} document.querySelector("[name=password]").form.requestSubmit(); }`);
  await browser.until(`location.pathname !== "/desk/sign-in" && document.readyState === "complete"`);
  await browser.go("/desk/tips");
  await browser.evaluate(`document.querySelector('main li a[href*="/desk/tips/"]').click()`);
  await browser.until(`Boolean(document.querySelector("#tip-unlock:not([hidden])")) && document.readyState === "complete"`);
  await browser.evaluate(`{ ${fill("#tip-passphrase", passphrase)} document.querySelector("#tip-passphrase").form.requestSubmit(); }`);
  await browser.until(`Boolean(document.querySelector("#tip-messages > li details button"))`, 120);
  await browser.evaluate(`window.showSaveFilePicker = async () => (window.saved = await (await navigator.storage.getDirectory()).getFileHandle("saved", { create: true })); 0`);
  const opened = await browser.growth(async () => {
    await browser.evaluate(`document.querySelector("#tip-messages > li details button").click()`);
    await browser.until(`Boolean(window.saved) && !document.querySelector("#tip-status").textContent`, 850);
  });
  const size = await browser.evaluate(`saved.getFile().then((file) => file.size)`);
  if (size !== statSync(file).size) throw new Error(`${size} bytes were saved`);
  return { opened };
}

const sent = await Browser.with(send);
const opened = desk ? await Browser.with((browser) => open(browser, JSON.parse(desk))) : {};
console.log(JSON.stringify({ ...sent, ...opened }));
