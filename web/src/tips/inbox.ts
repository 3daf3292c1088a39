// One tip: locked, then open until it is locked again. The keys are in the worker alone, and locking ends the worker.
import { Client } from "../sealed/client";
import { MESSAGE, type ListInfo, type ToSeal } from "../sealed/requests";
import type { Bytes } from "../sealed/engine";
import { Files } from "./files";
import { mine, openList, plain, unlock, type Open } from "./keyring";
import { Said, Telling, ask, find, give, hide } from "./page";
import { Thread, linked, type Listed } from "./thread";
import { triage } from "./triage";

/** Without a key or a touch for so long, it locks. */
const IDLE_MS = 10 * 60_000;
/** How often that is looked at. */
const LOOK_MS = 10_000;
/** Bytes of files that are sealed here at once: until they are sent the browser holds them in memory. */
const MOST_HELD = 100_000_000;
/** Tries of a message whose number was taken meanwhile. */
const TRIES = 3;

/** What the server tells of a tip: GET /desk/tips/{id}.json. */
interface Whole {
  /** The number of the next reply, and of the next note or link: the source is not to see that there is one. */
  tip: { desk: string; next: number; next_inside: number };
  messages: Listed[];
}

interface Unlocked {
  client: Client;
  keys: Open[];
  thread: Thread;
  files: Files;
}

export class Inbox {
  private readonly telling = new Telling("tip");
  private open: Unlocked | undefined;
  private opening: Client | undefined;
  private touched = 0;

  constructor(private readonly at: DOMStringMap) {}

  start(): void {
    const form = find<HTMLFormElement>("#tip-unlock");
    hide(form, false);
    form?.addEventListener("submit", this.telling.alone(() => this.unlock(form)));
    find("#tip-lock")?.addEventListener("click", () => this.lock());
    this.writing("#tip-reply", MESSAGE.reply, this.at.repliesUrl ?? "", "sent");
    this.writing("#tip-note", MESSAGE.note, this.at.notesUrl ?? "", "noted");
    this.writing("#tip-link", MESSAGE.link, this.at.linksUrl ?? "", "linked", linked);
    triage(() => Boolean(this.open ?? this.opening));
    for (const name of ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"]) {
      addEventListener(name, () => this.touch(), { passive: true, capture: true });
    }
    setInterval(() => this.look(), LOOK_MS);
    // A computer that slept has no timers; and nothing open goes into the browser's store of left pages.
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("pagehide", () => this.lock());
  }

  private touch(): void {
    // What has been idle for too long locks, even if the timer was late.
    this.look();
    this.touched = Date.now();
  }

  private look(): void {
    if ((this.open || this.opening) && Date.now() - this.touched > IDLE_MS) this.lock();
  }

  private async unlock(form: HTMLFormElement): Promise<void> {
    const field = find<HTMLInputElement>("#tip-passphrase");
    const passphrase = field?.value ?? "";
    this.touched = Date.now();
    this.telling.status("opening");
    const client = (this.opening = new Client(this.at.workerUrl ?? ""));
    const files = new Files(this.at.stripUrl ?? "", () => this.touch());
    try {
      const keys = await unlock(client, await mine(this.at.keysUrl ?? ""), passphrase);
      this.telling.status("reading");
      const list = await this.list(client);
      const open = { client, keys, files, thread: new Thread(this.at, client, keys, list, files) };
      await open.thread.show((await this.whole()).messages);
      // It may have been locked in the meantime.
      if (this.opening !== client) throw new Said("ended");
      this.open = open;
    } catch (error) {
      client.end();
      files.forget();
      find("#tip-messages")?.replaceChildren();
      field?.focus();
      throw error;
    } finally {
      form.reset();
      this.opening = undefined;
    }
    this.telling.status("");
    this.answerable();
    hide(form, true);
    hide(find("#tip-thread"), false);
    find("#tip-thread-title")?.focus();
  }

  lock(): void {
    const { open, opening } = this;
    if (!open && !opening) return;
    this.open = this.opening = undefined;
    opening?.end();
    open?.client.end();
    open?.files.forget();
    find("#tip-messages")?.replaceChildren();
    for (const form of document.querySelectorAll<HTMLFormElement>("#tip-reply, #tip-note, #tip-link, #tip-unlock")) form.reset();
    hide(find("#tip-thread"), true);
    hide(find("#tip-unlock"), false);
    this.telling.error(null);
    this.telling.status("locked");
    find("#tip-passphrase")?.focus();
  }

  /** A source can be answered if it left its keys. */
  private answerable(): void {
    const source = this.open?.thread.source;
    hide(find("#tip-reply"), !source);
    hide(find("#tip-no-source"), Boolean(source));
  }

  private writing(selector: string, kind: number, url: string, said: string, read = (typed: string): string => typed): void {
    const form = find<HTMLFormElement>(selector);
    form?.addEventListener("submit", this.telling.alone(async () => {
      const words = read((form.querySelector<HTMLTextAreaElement | HTMLInputElement>("textarea, input")?.value ?? "").trim());
      const { open } = this;
      const chosen = [...(form.querySelector<HTMLInputElement>("input[type=file]")?.files ?? [])];
      if (!open || (!words && !chosen.length)) return;
      if (chosen.reduce((sum, file) => sum + file.size, 0) > MOST_HELD) throw new Said("reply-large");
      this.telling.status("sealing");
      await this.send(open, kind, url, { text: words, files: chosen });
      if (this.open !== open) return;
      form.reset();
      await open.thread.show((await this.whole()).messages);
      this.telling.status(said);
    }));
  }

  private async send({ client, keys, thread }: Unlocked, kind: number, url: string, said: Pick<ToSeal, "text" | "files">): Promise<void> {
    for (let trial = 1; trial <= TRIES; trial++) {
      const list = await openList(client, this.at);
      const signer = await this.signer(client, list, keys);
      const { tip } = await this.whole();
      const to: Bytes | null = kind === MESSAGE.reply ? (thread.source ?? null) : null;
      const address = { list: list.list, kind, desk: plain(this.at.desk), tip: plain(this.at.tip), sequence: kind === MESSAGE.reply ? tip.next : tip.next_inside };
      const sealed = await client.ask("seal", { ...address, to, signer: { journalist: signer.handle }, ...said });
      await client.ask("drop", { kind: "list", handle: list.list });
      const status = await give(url, "POST", sealed);
      if (status === 201) return;
      if (status === 413) throw new Said("too-large");
      if (status !== 409) throw new Said("failed");
    }
    throw new Said("changed");
  }

  /** Own keys that the list knows, of the newest month that has come: with others nobody would believe it. */
  private async signer(client: Client, list: ListInfo, keys: Open[]): Promise<Open> {
    const month = new Date().toISOString().slice(0, 7);
    const listed = new Set((await client.ask("listKeys", { list: list.list })).map((key) => key.id));
    const known = keys.find((key) => key.epoch <= month && listed.has(key.id));
    if (!known) throw new Said("list");
    return known;
  }

  /** The list is for knowing who signed; a tip can be read without one. */
  private async list(client: Client): Promise<ListInfo | null> {
    return openList(client, this.at).catch(() => null);
  }

  private async whole(): Promise<Whole> {
    return (await ask(this.at.tipUrl ?? "")).json();
  }
}
