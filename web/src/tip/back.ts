// The way back: the codename is read here, the replies opened here, and more is sealed here. The codename never leaves the page.
import { SealedError } from "../sealed/engine";
import type { ListInfo, Message, SourceInfo } from "../sealed/requests";
import { bytes, type Line, type Thread, type Told } from "./line";
import { Desk, Said, find, hide, onSubmit, text } from "./page";
import { written } from "./send";

export function comeBack(line: Line, form: HTMLFormElement): void {
  const desk = new Desk("return");
  onSubmit(form, desk, async () => {
    const typed = String(new FormData(form).get("codename") ?? "");
    const codename = await line.worker.ask("readCodename", { typed });
    desk.status("opening");
    const source = await line.worker.ask("derive", { codename, newsroom: line.newsroom });
    const thread = await line.thread(source);
    // A thread of another tip would be another's: the tip is made of the codename.
    if (!thread.messages.length || thread.tip !== source.tip) throw new Said("codename-wrong");
    const back = new Back(line, source, thread);
    await back.show();
    form.reset();
    hide(form, true);
    back.takeMore();
  });
}

class Back {
  private readonly seen = new Set<number>();

  constructor(
    private readonly line: Line,
    private readonly source: SourceInfo,
    private thread: Thread,
  ) {}

  /** Shows what is new in the thread. */
  async show(): Promise<void> {
    const place = find<HTMLOListElement>("#return-messages");
    const list = await this.line.list();
    let newest = 0;
    for (const told of this.thread.messages.filter((told) => !this.seen.has(told.sequence))) {
      this.seen.add(told.sequence);
      const opened = told.from === "us" ? await this.open(told, list) : "own-sealed";
      if (typeof opened !== "string") newest = Math.max(newest, opened.serial);
      place?.append(this.item(told, opened));
    }
    if (!this.thread.messages.some((told) => told.from === "us")) place?.append(paragraph("tip-hint", text("no-replies"), "li"));
    hide(find("#return-thread"), false);
    find("#return-thread-title")?.focus();
    await this.line.worker.ask("drop", { kind: "list", handle: list.list });
    // The desk has answered with newer keys than this list has: somebody hands out an old one.
    if (newest > list.serial) throw new SealedError("rolled-back");
  }

  /** A reply, or the name of what is said in its place. */
  private async open(told: Told, list: ListInfo): Promise<Message | string> {
    const head = bytes(told.head);
    const place = { newsroom: this.line.newsroom, tip: this.source.tip, sequence: told.sequence };
    const body = this.line.body(this.source, told);
    try {
      const message = await this.line.worker.ask("open", { head, ...place, body, with: { source: this.source.source } });
      const ours = message.author === "journalist" && (await this.line.worker.ask("speaks", { list: list.list, desk: message.desk, key: message.key }));
      return ours ? message : "unsigned";
    } catch (error) {
      // What the line did not give is no forgery.
      if (error instanceof SealedError && error.reason === "fetch") throw new Said(error.count === 429 ? "busy" : "failed");
      return "unsigned";
    }
  }

  private item(told: Told, opened: Message | string): HTMLLIElement {
    const item = document.createElement("li");
    item.className = told.from === "us" ? "tip-message tip-ours" : "tip-message";
    const from = paragraph("tip-from", `${text(told.from === "us" ? "from-us" : "from-you")} · `);
    const day = document.createElement("time");
    day.dateTime = day.textContent = told.day;
    from.append(day);
    item.append(from);
    if (typeof opened === "string") {
      item.append(paragraph(opened === "unsigned" ? "tip-error" : "tip-hint", text(opened)));
      return item;
    }
    const words = paragraph("tip-words", opened.text);
    words.dir = "auto";
    item.append(words, ...opened.files.map((file, number) => this.file(opened, file.name, number)));
    return item;
  }

  /** A file of a reply: fetched, opened and checked when it is asked for, then saved under its name; it is never shown here. */
  private file(message: Message, name: string, number: number): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tip-file";
    button.dir = "auto";
    button.textContent = name;
    const desk = new Desk("return");
    button.addEventListener("click", async () => {
      button.disabled = true;
      desk.error(null);
      try {
        const blob = await this.line.worker.ask("file", { message: message.message, file: number });
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = name;
        link.click();
        // The browser has taken hold of it by then.
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      } catch (error) {
        desk.error(error);
      }
      button.disabled = false;
    });
    const place = document.createElement("p");
    place.append(button);
    return place;
  }

  takeMore(): void {
    const form = find<HTMLFormElement>("#tip-form");
    if (!form) return;
    const desk = new Desk("tip");
    onSubmit(form, desk, async () => {
      const message = { ...written(form, this.line.most), desk: this.thread.desk };
      const place = async (): Promise<number> => {
        this.thread = await this.line.thread(this.source);
        return this.thread.next;
      };
      await this.line.send(this.source, message, place, (name, share) => desk.status(name, share));
      form.reset();
      this.thread = await this.line.thread(this.source);
      await this.show();
      const done = find("#return-status");
      if (done) done.textContent = text("more-sent");
    });
  }
}

function paragraph(className: string, words: string, name: "p" | "li" = "p"): HTMLElement {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = words;
  return element;
}
