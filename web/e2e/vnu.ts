// The Nu HTML checker, the one that the standard's authors keep.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";

const jar: string = createRequire(import.meta.url)("vnu-jar");

interface Message {
  type: string;
  url: string;
  message: string;
  lastLine?: number;
}

/** What the checker has against files, by name and line. */
export function faults(files: string[]): Promise<string[]> {
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
