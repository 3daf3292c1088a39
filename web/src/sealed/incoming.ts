// A message being read: its body is fetched in ranges, as much as is wanted and not here already.
import { CALL, KIND, SEALED_CHUNK, SealedError, type Bytes, type Engine, type Result } from "./engine";
import type { Body, Message } from "./requests";

/** Told how much is done, from 0 to 1. */
export type Progress = (share: number) => void;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Chunks that are fetched at once: a megabyte. */
const STEP = 16;

const AUTHORS = ["nobody", "source", "journalist"] as const;

export class Incoming {
  readonly handle: number;
  private readonly indexFrom: number;
  private readonly chunks: number;

  constructor(
    private readonly engine: Engine,
    private readonly fetch: Fetch,
    private readonly body: Body,
    opened: Result,
  ) {
    this.handle = opened.number();
    this.indexFrom = opened.number();
    this.chunks = opened.number();
  }

  async index(): Promise<Omit<Message, "message" | "kind" | "desk" | "digest">> {
    const result = this.engine.call(CALL.readIndex, this.handle, await this.fetched(this.indexFrom, this.chunks));
    const author = AUTHORS[result.number()] ?? "nobody";
    const [key, serial, text] = [result.bytes(), result.number(), result.text()];
    const facts = Array.from({ length: result.number() }, (): [string, string] => [result.text(), result.text()]);
    const files: Message["files"] = [];
    while (!result.done) {
      const [name, type] = [result.text(), result.text()];
      result.number();
      files.push({ name, type, size: result.number() });
    }
    return { serial, author, key, text, facts, files };
  }

  async file(number: number, progress: Progress): Promise<Blob> {
    // In the browser's hands, not in this worker's memory; but the browser does grow with them.
    const parts: Blob[] = [];
    await this.read(number, progress, async (bytes) => void parts.push(new Blob([bytes])));
    // No type: what the sender called it decides nothing.
    return new Blob(parts);
  }

  /** A file straight to the disk: a megabyte of it is held. The browser writes beside it, and puts it in place only when it is whole. */
  async save(number: number, to: FileSystemFileHandle, progress: Progress): Promise<void> {
    const out = await to.createWritable();
    try {
      await this.read(number, progress, (bytes) => out.write(bytes));
    } catch (error) {
      await out.abort();
      throw error;
    }
    await out.close();
  }

  /** Fetches and opens a file piece by piece; ends well only if it was whole. */
  private async read(number: number, progress: Progress, give: (bytes: Bytes) => Promise<void>): Promise<void> {
    const begun = this.engine.call(CALL.beginPart, this.handle, number);
    const [reading, first, count] = [begun.number(), begun.number(), begun.number()];
    try {
      for (let at = first; at < first + count; at += STEP) {
        const end = Math.min(at + STEP, first + count);
        await give(this.engine.call(CALL.pushPart, reading, await this.fetched(at, end)).bytes());
        progress((end - first) / count);
      }
    } catch (error) {
      this.engine.call(CALL.drop, KIND.reading, reading);
      throw error;
    }
    this.engine.call(CALL.endPart, reading);
  }

  drop(): void {
    this.engine.call(CALL.drop, KIND.incoming, this.handle);
  }

  /** Sealed chunks; a server that gives the whole in the place of a range is understood. */
  private async fetched(from: number, to: number): Promise<Bytes> {
    const { end } = this.body;
    const here = end ? this.chunks - end.length / SEALED_CHUNK : this.chunks;
    if (end && from >= here) return end.slice((from - here) * SEALED_CHUNK, (to - here) * SEALED_CHUNK);
    const range = { range: `bytes=${from * SEALED_CHUNK}-${to * SEALED_CHUNK - 1}` };
    const { url, post } = this.body;
    const sent: RequestInit = post === undefined ? {} : { method: "POST", body: post };
    const answer = await this.fetch(url, { ...sent, headers: range, cache: "no-store" });
    if (!answer.ok) throw new SealedError("fetch", answer.status);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return answer.status === 206 ? bytes : bytes.slice(from * SEALED_CHUNK, to * SEALED_CHUNK);
  }
}
