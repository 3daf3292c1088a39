// The messages of a tip, in their order: each is opened by itself, and says who signed it.
import { h } from "../lib/dom";
import type { Client } from "../sealed/client";
import { SealedError, hex, type Bytes } from "../sealed/engine";
import { MESSAGE, type ListInfo, type Message } from "../sealed/requests";
import type { Files } from "./files";
import { plain, type Open } from "./keyring";
import { Said, find, fromBase64, text, textOr } from "./page";

/** A message as the server tells of it. */
export interface Listed {
  sequence: number;
  day: string;
  head: string;
}

interface Author {
  name: string;
  /** What is wrong with the signature. */
  doubt?: string;
}

export class Thread {
  /** Public halves of the source that wrote first: whom replies are for. */
  source: Bytes | undefined;
  private readonly seen = new Set<number>();
  /** Journalists by their verify keys, of the list. */
  private speakers: Map<string, string> | undefined;

  constructor(
    private readonly at: DOMStringMap,
    private readonly client: Client,
    private readonly keys: Open[],
    private readonly list: ListInfo | null,
    private readonly files: Files,
  ) {}

  /** Shows what is new. */
  async show(messages: Listed[]): Promise<void> {
    const place = find<HTMLOListElement>("#tip-messages");
    for (const listed of messages) {
      if (this.seen.has(listed.sequence)) continue;
      this.seen.add(listed.sequence);
      place?.append(await this.item(listed));
    }
  }

  private async item(listed: Listed): Promise<HTMLLIElement> {
    const day = h("time", { datetime: listed.day }, listed.day);
    const opened = await this.open(listed);
    if (typeof opened === "string") return h("li", {}, h("div", { class: "list-main" }, h("p", { class: "list-meta" }, day), h("p", {}, text(opened))));
    const author = await this.author(opened);
    const kind = opened.kind === MESSAGE.note ? "is-note" : opened.kind === MESSAGE.link ? "is-link" : null;
    const main = h(
      "div",
      { class: "list-main" },
      h("p", { class: "list-title" }, author.name, " · ", day, " ", kind && h("span", { class: "badge" }, text(kind))),
      author.doubt && h("p", {}, h("strong", {}, text(author.doubt))),
      opened.facts.length > 0 && h("dl", { class: "facts" }, ...opened.facts.flatMap(([name, value]) => [h("dt", {}, textOr(`fact-${name}`, name)), h("dd", { dir: "auto" }, value)])),
      ...(opened.kind === MESSAGE.link ? [h("p", {}, link(opened.text))] : paragraphs(opened.text)),
      this.files.of(this.client, opened.message, opened.files),
    );
    return h("li", {}, main);
  }

  /** A message, or the name of what is said in its place. */
  private async open({ sequence, head }: Listed): Promise<Message | string> {
    const place = { newsroom: plain(this.at.newsroom), tip: plain(this.at.tip), sequence };
    const journalists = this.keys.map((key) => key.handle);
    try {
      const message = await this.client.ask("open", { head: fromBase64(head), ...place, body: { url: `${this.at.messagesUrl}${sequence}` }, with: { journalists } });
      return message.desk === plain(this.at.desk) ? message : "damaged";
    } catch (error) {
      const reason = error instanceof SealedError ? error.reason : "";
      if (reason === "ended") throw error;
      return reason === "not-for-you" ? reason : reason === "fetch" ? "unreachable" : "damaged";
    }
  }

  private async author(message: Message): Promise<Author> {
    if (message.author === "journalist") return this.journalist(message);
    const name = text("from-source");
    if (message.author === "nobody") return { name, doubt: "from-nobody" };
    this.source ??= message.key;
    return hex(this.source) === hex(message.key) ? { name } : { name, doubt: "from-other" };
  }

  private async journalist({ desk, key }: Message): Promise<Author> {
    const name = text("from-desk");
    if (!this.list) return { name, doubt: "unchecked" };
    if (!(await this.client.ask("speaks", { list: this.list.list, desk, key }))) return { name, doubt: "unsigned" };
    const journalist = (await this.known(this.list)).get(hex(key));
    // Who can follow the tip is who is at its desk: the page has their names.
    const option = [...(find<HTMLSelectElement>("#staff")?.options ?? [])].find((option) => option.value && plain(option.value) === journalist);
    return { name: option?.text ?? name };
  }

  private async known(list: ListInfo): Promise<Map<string, string>> {
    if (this.speakers) return this.speakers;
    const speakers = new Map<string, string>();
    for (const { card, journalist } of await this.client.ask("listKeys", { list: list.list })) {
      speakers.set((await this.client.ask("readCard", { card })).verify, journalist);
    }
    return (this.speakers = speakers);
  }
}

/** Words as they were written: paragraphs and line breaks, nothing else. */
function paragraphs(words: string): HTMLElement[] {
  return words.split(/\n{2,}/).filter(Boolean).map((part) => {
    const lines = part.split("\n").flatMap((line, at) => (at ? [document.createElement("br"), line] : [line]));
    return h("p", { dir: "auto" }, ...lines);
  });
}

const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** What a link says, from the address of a page at the desk. */
export function linked(address: string): string {
  const [, kind, id] = new RegExp(`/desk/(stories|quotations)/(${ID})(?![0-9a-f])`).exec(address) ?? [];
  if (!kind) throw new Said("link-wrong");
  return `${kind === "stories" ? "story" : "quotation"}/${id}`;
}

/** The way to what a link says; other words stay words. */
function link(words: string): HTMLElement | string {
  const [, kind, id] = new RegExp(`^(story|quotation)/(${ID})$`).exec(words) ?? [];
  return kind ? h("a", { href: `/desk/${kind === "story" ? "stories" : "quotations"}/${id}` }, words) : words;
}
