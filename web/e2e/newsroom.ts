// Starts the real binary's demo for the tests that go through it.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

const built = fileURLToPath(new URL("../../target/debug/onrecord", import.meta.url));

/** The binary under test, or null when none is built here. */
export const binary: string | null = process.env.ONRECORD_BIN ?? (existsSync(built) ? built : null);

/** The demo promises two seconds; a loaded machine gets more before the test gives up. */
const START_MS = 30_000;

export interface Newsroom {
  url: string;
  /** Signs in as the owner, once. */
  signIn: string;
  /** Opens the demo's tips. */
  passphrase: string;
  stop(): Promise<void>;
}

/** `keep`: the folder of the newsroom, for who wants to look into its files; by default one that nobody needs to know. */
export async function startNewsroom(keep = ""): Promise<Newsroom> {
  if (!binary) throw new Error("No binary: build it, or name it in ONRECORD_BIN.");
  const child = spawn(binary, ["demo", "--listen", "127.0.0.1:0", ...(keep ? ["--keep", keep] : [])], { stdio: ["ignore", "pipe", "pipe"] });
  const text = await printed(child);
  const addresses = [...text.matchAll(/https?:\/\/\S+/g)].map((found) => found[0]);
  const url = new URL(addresses[0] as string).origin;
  const signIn = /Sign in.*?(https?:\/\/\S+)/.exec(text)?.[1];
  if (!signIn) throw new Error(`The demo printed no sign-in link:\n${text}`);
  const passphrase = /passphrase: (.+)/.exec(text)?.[1]?.trim() ?? "";
  return { url, signIn, passphrase, stop: () => stop(child) };
}

/** What the demo prints until it serves. */
function printed(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`The demo did not start:\n${text}`)), START_MS);
    const read = (part: Buffer) => {
      text += part.toString();
      if (/Sign in.*https?:\/\//.test(text) && /Ctrl-C/.test(text)) {
        clearTimeout(timer);
        resolve(text);
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("exit", (code) => reject(new Error(`The demo ended with ${code}:\n${text}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.removeAllListeners("exit");
    child.on("exit", () => resolve());
    child.kill("SIGINT");
  });
}

/** Addresses of the public site: what the site map names, and the pages around it. */
export async function publicPages(page: Page, room: Newsroom): Promise<string[]> {
  const map = await (await page.request.get(`${room.url}/sitemap.xml`)).text();
  const found = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map((one) => new URL(one[1] as string).pathname);
  await page.goto(room.url);
  const linked = await page.evaluate(() => [...document.links].filter((link) => link.origin === location.origin).map((link) => link.pathname));
  const own = linked.filter((path) => !path.startsWith("/desk") && !/\.(xml|json)$/.test(path) && !path.startsWith("/media/"));
  return [...new Set(["/", "/no-such-page", "/people", "/tip/return", ...found, ...own])];
}
