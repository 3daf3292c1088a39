// Attaching a source: one of those we have, or a new one in any of the five ways. The desk reads the text, keeps the file and
// compares; here it is only sent.
import { h } from "../../lib/dom";
import { say, type MessageKey } from "../messages";
import { Trouble, type Quotation, type RecordDesk, type Source, type SourceKind } from "./desk";
import { Alert, button, field, freshId, lineInput, onEnter, sentenceOf, showAtFields, textArea, type Field } from "./parts";

type Way = "existing" | SourceKind;

const ways: [Way, MessageKey][] = [
  ["existing", "sourceWayExisting"],
  ["url", "sourceWayUrl"],
  ["document", "sourceWayDocument"],
  ["recording", "sourceWayRecording"],
  ["notes", "sourceWayNotes"],
  ["post", "sourceWayPost"],
];

/** What the desk can read a text from. */
const DOCUMENTS = ".pdf,.txt,.md,.html,.htm,.eml,.vtt,.srt,application/pdf,text/plain,text/html,message/rfc822";
const RECORDINGS = "audio/*,video/*";
const TRANSCRIPTS = ".vtt,.srt,.txt,.md,.html,.pdf,text/plain,text/vtt";
const SEARCH_MS = 200;

/** Shows the dialog; `attached` is called with the quotation as it then stands. */
export function attachSource(desk: RecordDesk, record: Quotation, known: Source[], attached: (quotation: Quotation) => void): void {
  new SourceDialog(desk, record, known, attached).open();
}

class SourceDialog {
  private readonly dialog: HTMLDialogElement;
  private readonly alert = new Alert();
  private readonly body = h("div", { class: "source-way" });
  private readonly progress = h("p", { class: "source-progress", role: "status", hidden: true });
  private readonly send = button(say("sourceAttachNow"), () => void this.submit(), "primary");
  private way: Way;
  private fields: Record<string, Field> = {};
  private existing: string | null = null;
  private cancel: (() => void) | null = null;

  constructor(private readonly desk: RecordDesk, private readonly record: Quotation, private readonly known: Source[], private readonly attached: (quotation: Quotation) => void) {
    this.way = known.length > 0 ? "existing" : "url";
    const title = freshId("source-title");
    const name = freshId("way");
    const choices = ways.map(([way, label]) => {
      const input = h("input", { type: "radio", name, value: way, id: `${name}-${way}`, checked: way === this.way, onchange: () => this.show(way) });
      return h("span", { class: "source-choice" }, input, h("label", { for: input.id }, say(label)));
    });
    const words = record.words.length > 80 ? `${record.words.slice(0, 79).trimEnd()}…` : record.words;
    this.dialog = h("dialog", { class: "dialog", "aria-labelledby": title },
      h("div", { class: "dialog-head" }, h("h2", { id: title }, say("sourceTitle", { words }))),
      h("div", { class: "dialog-body" },
        h("fieldset", { class: "group source-ways" }, h("legend", {}, say("sourceWay")), ...choices), this.body, this.alert.dom, this.progress),
      h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "button", onclick: () => this.dialog.close() }, say("cancel")), this.send));
    this.send.className = "button primary";
    onEnter(this.body, () => void this.submit());
    this.dialog.addEventListener("close", () => {
      this.cancel?.();
      this.dialog.remove();
    });
  }

  open(): void {
    document.body.append(this.dialog);
    this.show(this.way);
    this.dialog.showModal();
    (this.dialog.querySelector<HTMLElement>("input[type=radio]:checked"))?.focus();
  }

  private show(way: Way): void {
    this.way = way;
    this.alert.show(null);
    this.fields = way === "existing" ? {} : this.newFields(way);
    this.body.replaceChildren(...(way === "existing" ? this.search() : Object.values(this.fields).map((one) => one.dom)));
    if (way !== "existing") this.body.append(this.confidential());
  }

  private newFields(kind: SourceKind): Record<string, Field> {
    const out: Record<string, Field> = {};
    const url = () => lineInput("", { inputmode: "url", placeholder: "https://" });
    const file = (accept: string) => h("input", { type: "file", accept });
    if (kind === "url") out.url = field(say("sourceUrl"), url(), say("sourceUrlHint"));
    if (kind === "post") out.url = field(say("sourcePostUrl"), url());
    if (kind === "document") out.file = field(say("sourceFile"), file(DOCUMENTS), say("sourceFileHint"));
    if (kind === "recording") out.file = field(say("sourceRecordingFile"), file(RECORDINGS), say("sourceRecordingHint"));
    if (kind === "recording") out.transcript = field(say("sourceTranscriptFile"), file(TRANSCRIPTS), say("sourceTranscriptHint"));
    if (kind === "recording") out.text = field(say("sourceTranscript"), textArea("", 6));
    if (kind === "notes") out.text = field(say("sourceNotesText"), textArea("", 8), say("sourceNotesHint"));
    if (kind === "post") out.text = field(say("sourcePostText"), textArea("", 4));
    out.title = field(say("sourceName"), lineInput(""), kind === "notes" || kind === "recording" ? undefined : say("sourceNameHint"));
    out.notes = field(say("sourceRemarks"), textArea("", 2), say("sourceRemarksHint"));
    return out;
  }

  private confidential(): HTMLElement {
    const id = freshId("confidential");
    return h("div", { class: "field inline" }, h("input", { type: "checkbox", id, name: "confidential", value: "1", form: "" }), h("label", { for: id }, say("sourceConfidentialLabel")));
  }

  /** Those used in this story first; the desk's others by their name. */
  private search(): HTMLElement[] {
    this.existing = null;
    const list = h("div", { class: "source-list", role: "radiogroup", "aria-label": say("source") });
    const status = h("p", { class: "hint", role: "status" });
    const name = freshId("source");
    const draw = (all: Source[]) => {
      const sources = all.filter((source) => source.seen !== false);
      status.textContent = sources.length === 0 ? say("sourceNothing") : sources.length === 1 ? say("sourceFoundOne") : say("sourceFound", { count: sources.length });
      list.replaceChildren(...sources.map((source) => {
        const id = freshId("source");
        const input = h("input", { type: "radio", name, id, value: source.id, checked: source.id === this.existing, onchange: () => (this.existing = source.id) });
        return h("div", { class: "source-option" }, input, h("label", { for: id }, h("span", {}, source.title || source.url), h("small", {}, describe(source))));
      }));
    };
    const box = field(say("sourceSearch"), lineInput("", { type: "search" }));
    let timer = 0;
    let asking: AbortController | null = null;
    box.control.addEventListener("input", () => {
      clearTimeout(timer);
      asking?.abort();
      const words = box.control.value.trim();
      if (words === "") return draw(this.known);
      timer = window.setTimeout(() => {
        const turn = (asking = new AbortController());
        this.desk.sources(words, turn.signal).then(draw, (error: unknown) => turn.signal.aborted || (status.textContent = sentenceOf(error)));
      }, SEARCH_MS);
    });
    draw(this.known);
    return [box.dom, list, status];
  }

  private async submit(): Promise<void> {
    if (this.send.disabled) return;
    this.alert.show(null);
    const missing = this.missing();
    if (missing) return;
    this.busy(true);
    try {
      const source = this.existing !== null && this.way === "existing" ? this.existing : await this.make();
      this.tell(say("sourceWorking"));
      const quotation = await this.desk.attach(this.record.id, source);
      this.dialog.close();
      this.attached(quotation);
    } catch (error) {
      if (error instanceof Trouble && error.message === "aborted") return;
      const again = error instanceof Trouble && error.kind === "unreachable" ? () => void this.submit() : undefined;
      this.alert.show(showAtFields(error, this.fields), again);
    } finally {
      this.busy(false);
    }
  }

  /** What can be told without asking the desk. */
  private missing(): boolean {
    for (const one of Object.values(this.fields)) one.error(null);
    if (this.way === "existing") {
      if (this.existing === null) this.alert.show(say("sourceChooseOne"));
      return this.existing === null;
    }
    const { file, text, transcript, url } = this.fields;
    const isEmpty = (one?: Field) => !one || (one.control instanceof HTMLInputElement && one.control.type === "file" ? (one.control.files?.length ?? 0) === 0 : one.control.value.trim() === "");
    const wants: [Field | undefined, boolean, MessageKey][] = [
      [file, this.way === "document" && isEmpty(file), "sourceFileMissing"],
      [transcript, this.way === "recording" && isEmpty(transcript) && isEmpty(text), "sourceTranscriptMissing"],
      [text, this.way === "notes" && isEmpty(text), "sourceTextMissing"],
      [text, this.way === "post" && isEmpty(text), "sourceTextMissing"],
      [url, this.way === "url" && isEmpty(url), "addressBad"],
    ];
    const wrong = wants.find(([, isMissing]) => isMissing);
    wrong?.[0]?.error(say(wrong[2]));
    wrong?.[0]?.control.focus();
    return wrong !== undefined;
  }

  private async make(): Promise<string> {
    const form = new FormData();
    form.append("kind", this.way);
    for (const [name, one] of Object.entries(this.fields)) {
      const { control } = one;
      if (control instanceof HTMLInputElement && control.type === "file") {
        const chosen = control.files?.[0];
        if (chosen) form.append(name, chosen, chosen.name);
      } else {
        form.append(name, control.value.trim());
      }
    }
    if (this.body.querySelector<HTMLInputElement>("input[name=confidential]")?.checked) form.append("confidential", "1");
    form.append("quotation", this.record.id);
    form.append("story", this.desk.story);
    const sending = this.desk.newSource(form, (part) => this.tell(part < 1 ? say("sourceSending", { percent: Math.floor(part * 100) }) : say("sourceWorking"), part));
    this.cancel = () => sending.cancel();
    try {
      return (await sending.done).id;
    } finally {
      this.cancel = null;
    }
  }

  private busy(isBusy: boolean): void {
    this.send.disabled = isBusy;
    this.progress.hidden = !isBusy;
    if (isBusy) this.tell(say("sourceWorking"));
  }

  private tell(words: string, part?: number): void {
    const bar = part === undefined || part >= 1 ? h("span", { class: "spinner", "aria-hidden": "true" }) : h("progress", { max: 1, value: part, "aria-label": words });
    this.progress.replaceChildren(bar, " ", words);
  }
}

const kinds: Record<string, MessageKey> = { url: "sourceKindUrl", document: "sourceKindDocument", recording: "sourceKindRecording", notes: "sourceKindNotes", post: "sourceKindPost" };

/** "Document · Confidential" */
export function describe(source: Source): string {
  const label = kinds[source.kind];
  return [label ? say(label) : source.kind, source.confidential && say("sourceConfidential")].filter(Boolean).join(" · ");
}
