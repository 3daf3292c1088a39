// Files of a tip: shown only as what lib/strip draws or reads out of them, never by a decoder of the browser. What is worked on is
// fetched, opened and checked by the sealing worker; the stripping worker is a new one each time, and ends with its answer.
import { h } from "../lib/dom";
import type { Client } from "../sealed/client";
import type { Answer, Copy, Pictures, Refused, Text } from "../strip-worker";
import { Said, Telling, text } from "./page";

/** Larger originals go straight to the disk, in browsers that let pages ask where to: the others hold them in memory. */
const HELD = 32 << 20;

/** Where browsers have it (Chromium); https://wicg.github.io/file-system-access/ */
interface Picking {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<Picked>;
}

interface Picked extends FileSystemFileHandle {
  remove?(): Promise<void>;
}

/** Milliseconds before a file that was being written is asked away: browsers hold it until they have cleared up after its writer. */
const CLEARING = [0, 100, 500, 2000];

/** lib/strip takes no larger one: it need not be fetched to know. */
const LARGEST = 96 << 20;

type Stripped = Refused | Copy | Pictures | Text | { failed: string };

export interface Attached {
  name: string;
  type: string;
  size: number;
  fetch(): Promise<Blob>;
  saveTo(to: FileSystemFileHandle, progress: (share: number) => void): Promise<unknown>;
}

/** All files on the page, so that locking reaches them. */
export class Files {
  private urls: string[] = [];
  private readonly workers = new Set<Worker>();
  private readonly telling = new Telling("tip");

  /** `working` is told while something long goes on. */
  constructor(
    private readonly stripUrl: string,
    private readonly working: () => void,
  ) {}

  of(client: Client, message: number, files: { name: string; type: string; size: number }[]): HTMLUListElement | null {
    if (!files.length) return null;
    const attached = (about: (typeof files)[number], file: number): Attached => ({
      ...about,
      fetch: () => client.ask("file", { message, file }),
      saveTo: (to, progress) => client.ask("save", { message, file, to }, progress),
    });
    return h("ul", { class: "list" }, ...files.map((about, file) => this.one(attached(about, file))));
  }

  /** Lets go of all that was shown or saved. */
  forget(): void {
    for (const worker of this.workers) worker.terminate();
    this.workers.clear();
    for (const url of this.urls.splice(0)) URL.revokeObjectURL(url);
  }

  private one(file: Attached): HTMLLIElement {
    const shown = h("div", { class: "stack", tabindex: "-1", role: "group", "aria-label": file.name });
    shown.hidden = true;
    const show = (...children: Node[]): void => {
      shown.replaceChildren(...children);
      shown.hidden = false;
      this.telling.status("");
      shown.focus();
    };
    return h(
      "li",
      {},
      h("div", { class: "list-main" }, h("p", { class: "list-title", dir: "auto" }, file.name), h("p", { class: "list-meta" }, `${file.type} · ${bytes(file.size)}`)),
      h("div", { class: "list-actions" }, this.button("preview", file, async () => show(...this.preview(await this.strip("preview", file)))), this.button("copy", file, async () => show(...this.copy(await this.strip("copy", file))))),
      h(
        "details",
        { class: "details" },
        h("summary", {}, text("original"), h("span", { class: "visually-hidden" }, ` ${file.name}`)),
        h("div", {}, h("p", {}, text("original-warning")), this.button("original-save", file, () => this.save(file))),
      ),
      shown,
    );
  }

  private button(name: string, file: Attached, doing: () => Promise<void>): HTMLButtonElement {
    const onclick = this.telling.alone(async () => {
      this.telling.status("fetching");
      await doing();
      this.telling.status("");
    });
    return h("button", { class: "button small", type: "button", onclick }, text(name), h("span", { class: "visually-hidden" }, ` ${file.name}`));
  }

  private async strip(task: "copy" | "preview", file: Attached): Promise<Stripped> {
    if (file.size > LARGEST) return { refused: "too-large" };
    const buffer = await (await file.fetch()).arrayBuffer();
    this.telling.status("working");
    const worker = new Worker(this.stripUrl);
    this.workers.add(worker);
    try {
      return await new Promise<Answer>((done, failed) => {
        worker.onmessage = ({ data }: MessageEvent<Answer>) => done(data);
        worker.onerror = () => failed(new Said("failed"));
        worker.postMessage({ turn: 1, task, file: buffer }, [buffer]);
      });
    } finally {
      worker.terminate();
      this.workers.delete(worker);
    }
  }

  private preview(answer: Stripped): Node[] {
    if ("pictures" in answer) {
      const pictures = answer.pictures.map(({ jpeg, width, height, text: words }, at) => {
        const name = `${text("page")} ${at + 1} / ${answer.of}`;
        // What stands on a page is read out where it is known.
        return h("img", { src: this.url(new Blob([jpeg], { type: "image/jpeg" })), width, height, alt: words ? `${name}: ${words}` : name });
      });
      return [...pictures, ...(answer.of > pictures.length ? [h("p", {}, text("more"))] : [])];
    }
    if ("text" in answer) {
      return [h("pre", { tabindex: "0", dir: "auto" }, answer.text), ...(answer.more ? [h("p", {}, text("more"))] : [])];
    }
    return [this.none("no-preview", answer)];
  }

  private copy(answer: Stripped): Node[] {
    if (!("kind" in answer)) return [this.none("no-copy", answer)];
    // Its name tells nothing: the original's may name somebody.
    const href = this.url(new Blob([answer.bytes], { type: answer.kind }));
    const link = h("a", { class: "button primary", href, download: `publication-copy.${answer.extension}` }, text("copy-save"));
    const notes = answer.notes.map((note) => h("li", {}, text(`copied-${note}`)));
    return [h("p", {}, text("copy-what")), ...(notes.length ? [h("ul", {}, ...notes)] : []), h("p", {}, link)];
  }

  private none(name: string, answer: Stripped): HTMLElement {
    return h("p", {}, `${text(name)} ${text("refused" in answer ? `refused-${answer.refused}` : "failed")}`);
  }

  /** The original, as a file of no kind: the browser saves it and opens nothing. */
  private async save(file: Attached): Promise<void> {
    const { showSaveFilePicker: pick } = window as Picking;
    if (file.size > HELD && pick) {
      const to = await pick.call(window, { suggestedName: file.name }).catch((error: DOMException) => error.name);
      if (typeof to !== "string") return this.toDisk(file, to);
      // Who closes the question has changed their mind; a browser that refuses to ask saves as the others do.
      if (to === "AbortError") return;
    }
    const blob = new Blob([await file.fetch()], { type: "application/octet-stream" });
    h("a", { href: this.url(blob), download: file.name }).click();
  }

  private async toDisk(file: Attached, to: Picked): Promise<void> {
    const progress = (share: number): void => {
      this.working();
      this.telling.status("saving", share);
    };
    try {
      await file.saveTo(to, progress);
    } catch (error) {
      // The browser made it, or emptied it, when it was chosen: nothing is to look as if it had been saved.
      await removed(to);
      throw error;
    }
  }

  private url(blob: Blob): string {
    const url = URL.createObjectURL(blob);
    this.urls.push(url);
    return url;
  }
}

async function removed(file: Picked): Promise<void> {
  for (const pause of CLEARING) {
    await new Promise((done) => window.setTimeout(done, pause));
    const error = await file.remove?.().then(() => undefined, (error: DOMException) => error);
    if (error?.name !== "NoModificationAllowedError") return;
  }
}

function bytes(size: number): string {
  const step = size < 1000 ? 0 : size < 1_000_000 ? 1 : 2;
  return `${(size / 1000 ** step).toFixed(step && 1)} ${["B", "kB", "MB"][step]}`;
}
