// The tip line as a source's browser sees it: the worker that seals, and the server's four addresses.
import { Client } from "../sealed/client";
import type { Bytes } from "../sealed/engine";
import type { Body, ListInfo, SourceInfo, ToSeal } from "../sealed/requests";
import { Said } from "./page";

/** One message of a thread, as the server tells of it. */
export interface Told {
  sequence: number;
  from: "us" | "you";
  day: string;
  /** Base64; empty for one's own, which nobody here can open. */
  head: string;
  /** Base64: the end of a reply's body, so that nothing is fetched for a text, which could be counted. */
  end: string;
}

export interface Thread {
  tip: string;
  desk: string;
  /** The number that the next message gets. */
  next: number;
  messages: Told[];
}

/** The bytes of base64. */
export const bytes = (base64: string): Bytes => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** How far a message is on its way: a sentence's name, and a share of it. */
export type Progress = (name: string, share?: number) => void;

/** Tries of a message whose place was taken, or whose keys were renewed, meanwhile. */
const TRIES = 3;

/** Above this a message goes in pieces, so that nobody's telephone must hold it whole. */
const LARGE = 16 << 20;

export class Line {
  private client: Client | undefined;

  constructor(private readonly at: DOMStringMap) {}

  get newsroom(): string {
    return this.at.newsroom ?? "";
  }

  /** The largest message that the server takes. */
  get most(): number {
    return Number(this.at.most) || Infinity;
  }

  get worker(): Client {
    return (this.client ??= new Client(this.at.workerUrl ?? ""));
  }

  /** The key list, believed only if the key whose fingerprint stands on the page signed it. */
  async list(known = 0): Promise<ListInfo> {
    const answer = await fetch(this.at.keysUrl ?? "", { cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Said("failed");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const list = await this.worker.ask("openList", { bytes, key: this.at.newsroomKey, known });
    if (list.newsroom !== this.newsroom || list.fingerprint !== this.at.fingerprint) throw new Said("wrong-keys");
    return list;
  }

  async thread(source: SourceInfo): Promise<Thread> {
    const answer = await fetch(this.at.threadUrl ?? "", { method: "POST", body: source.lookup, cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Said(answer.status === 429 ? "busy" : "failed");
    return answer.json();
  }

  /** Where a reply's body is fetched. */
  body(source: SourceInfo, { sequence, end }: Told): Body {
    return { url: `${this.at.threadUrl}/${sequence}`, post: source.lookup, end: end ? bytes(end) : undefined };
  }

  /**
   * Seals and sends. `place` says which number the message gets, again for each try: another may have come meanwhile. A first message
   * that is refused because there is one has arrived before, and its answer was lost on the way.
   */
  async send(source: SourceInfo, message: Pick<ToSeal, "text" | "files" | "desk">, place: () => Promise<number>, progress: Progress): Promise<void> {
    for (let trial = 1; ; trial++) {
      progress("checking");
      const { list } = await this.list();
      const sequence = await place();
      const address = { list, kind: 1, tip: source.tip, sequence, signer: { source: source.source } };
      const status = await this.deliver(source, { ...address, ...message }, progress);
      await this.worker.ask("drop", { kind: "list", handle: list });
      if (status === 201) return;
      if (status === 409 && sequence === 0 && (await this.thread(source)).messages.length) return;
      if (status === 409 && trial < TRIES) continue;
      throw new Said(status === 413 ? "too-large" : status === 429 ? "busy" : "failed");
    }
  }

  /** Seals and sends once; answers the status. */
  private async deliver(source: SourceInfo, message: ToSeal, progress: Progress): Promise<number> {
    const size = (message.files ?? []).reduce((sum, file) => sum + file.size, 0);
    if (this.at.uploadsUrl && size > LARGE) {
      progress("working");
      const headers = { "x-tip-work": await this.work(), "x-tip-lookup": source.lookup };
      progress("sending", 0);
      return this.worker.ask("upload", { url: this.at.uploadsUrl, headers, message }, (share) => progress("sending", share));
    }
    progress("sealing", 0);
    const sealed = await this.worker.ask("seal", message, (share) => progress("sealing", share));
    if (sealed.size > this.most) throw new Said("too-large");
    progress("working");
    const headers = { "x-tip-work": await this.work(), "x-tip-lookup": source.lookup };
    progress("sending", 0);
    return post(this.at.envelopesUrl ?? "", sealed, headers, (share) => progress("sending", share));
  }

  /** What the server asks of everybody who sends, so that machines cannot flood it. */
  private async work(): Promise<string> {
    const answer = await fetch(this.at.challengeUrl ?? "", { cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Said(answer.status === 429 ? "busy" : "failed");
    const { challenge, difficulty } = (await answer.json()) as { challenge: string; difficulty: number };
    return `${challenge}:${await this.worker.ask("work", { challenge, difficulty })}`;
  }
}

/** XMLHttpRequest, because fetch does not tell how much of a request has left. Answers the status. */
function post(url: string, body: Blob, headers: Record<string, string>, progress: (share: number) => void): Promise<number> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("content-type", "application/octet-stream");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onerror = () => failed(new Said("failed"));
    request.onload = () => done(request.status);
    request.send(body);
  });
}
