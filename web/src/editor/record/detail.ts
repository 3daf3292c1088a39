// One quotation opened: who and how, the source, the comparison, whether it is disputed, and where else it stands.
import { h } from "../../lib/dom";
import { say } from "../messages";
import { clock } from "../saving/session";
import { comparison } from "./comparison";
import { Trouble, type OtherStory, type Quotation, type RecordDesk, type Sheet, type Source } from "./desk";
import { accepted, factList, FactsForm } from "./facts";
import type { Item } from "./matching";
import { Alert, button, field, sentenceOf, showAtFields, textArea } from "./parts";
import { attachSource, describe } from "./source-dialog";

export interface Around {
  desk: RecordDesk;
  sheet(): Sheet | null;
  /** The desk answered with the quotation as it now stands. */
  changed(quotation: Quotation): void;
  goToText(): void;
}

export class Detail {
  readonly dom = h("div", { class: "record-detail" });
  private readonly alert = new Alert();
  private drawn = "";
  private isEditing = false;

  constructor(private readonly around: Around) {}

  /** Draws anew what changed; a form that is being filled in is left alone. */
  update(item: Item): void {
    const state = JSON.stringify([item.record, item.standing === "checking"]);
    if (this.isEditing || state === this.drawn) return;
    this.drawn = state;
    const hadFocus = this.dom.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.part : null;
    const goTo = button(say("goToText"), () => this.around.goToText(), "quiet");
    if (item.record) this.dom.replaceChildren(...this.parts(item.record, item.standing === "checking"), h("div", { class: "record-part" }, this.alert.dom, h("div", { class: "button-row" }, goTo, this.disputeOpener(item.record))));
    else this.dom.replaceChildren(h("p", { class: "hint" }, say("notSeenYet")), goTo);
    if (hadFocus !== null) this.focus(hadFocus);
  }

  /** After a change the focus stays at the part that was changed. */
  private focus(part = ""): void {
    (this.dom.querySelector<HTMLElement>(`button[data-part="${part}"]`) ?? this.dom.querySelector<HTMLElement>("button"))?.focus({ preventScroll: true });
  }

  private parts(record: Quotation, isChecking: boolean): HTMLElement[] {
    const parts = [
      isChecking ? h("p", { class: "hint" }, say("notSeenYet")) : null,
      this.facts(record),
      this.source(record),
      isChecking ? null : comparison(record),
      elsewhere(record),
      this.disputed(record),
    ];
    return parts.filter((part): part is HTMLElement => part !== null);
  }

  private facts(record: Quotation): HTMLElement {
    const part = h("div", { class: "record-part" });
    const state = h("p", { class: "hint" }, say(record.confirmed ? "confirmed" : "readByLibrary"));
    const accept = button(say("accept"), (pressed) => void this.run(pressed, () => this.around.desk.save(record, accepted(record))), "primary");
    const correct = button(say("correct"), () => this.correct(record, part));
    accept.dataset.part = correct.dataset.part = "facts";
    part.append(factList(record), state, h("div", { class: "button-row" }, record.confirmed ? null : accept, correct));
    return part;
  }

  private correct(record: Quotation, part: HTMLElement): void {
    this.isEditing = true;
    const form = new FactsForm(this.around.desk, record, this.around.sheet()?.channels ?? [], (saved) => {
      this.isEditing = false;
      if (saved) return this.take(saved, "facts");
      part.replaceWith(this.facts(record));
      this.focus("facts");
    });
    part.replaceChildren(form.dom);
    form.focus();
  }

  private source(record: Quotation): HTMLElement {
    const attach = button(say(record.source ? "sourceChange" : "sourceAttach"), () => this.attach(record), record.source ? "" : "primary");
    attach.dataset.part = "source";
    if (!record.source) return h("div", { class: "record-part" }, h("h3", {}, say("source")), h("p", {}, say("sourceNone")), h("div", { class: "button-row" }, attach));
    const detach = button(say("sourceRemove"), (pressed) => void this.run(pressed, () => this.around.desk.attach(record.id, null)));
    detach.dataset.part = "detach";
    return h("div", { class: "record-part" }, h("h3", {}, say("source")), ...this.sourceFacts(record.source), h("div", { class: "button-row" }, attach, detach));
  }

  private sourceFacts(source: Source): HTMLElement[] {
    const at = source.captured_at === undefined || source.captured_at === "" ? "" : clock(new Date(source.captured_at).toISOString());
    const taken = at && (source.captured_by ? say("sourceCaptured", { at, by: source.captured_by }) : say("sourceCapturedAt", { at }));
    if (source.seen === false) return [h("p", {}, say("sourceHidden"), " ", h("span", { class: "badge draft" }, say("sourceConfidential")))];
    return [
      h("p", { class: "record-source" }, h("a", { href: `/desk/sources/${encodeURIComponent(source.id)}`, target: "_blank" }, source.title || source.url || describe(source)), " ",
        source.confidential ? h("span", { class: "badge draft" }, say("sourceConfidential")) : null),
      h("p", { class: "hint" }, [describe({ ...source, confidential: false }), taken].filter(Boolean).join(" · ")),
    ];
  }

  private attach(record: Quotation): void {
    attachSource(this.around.desk, record, this.around.sheet()?.sources ?? [], (quotation) => this.take(quotation, "source"));
  }

  private disputed(record: Quotation): HTMLElement | null {
    if (record.disputed === null) return null;
    const lift = button(say("disputeLift"), (pressed) => void this.run(pressed, () => this.around.desk.save(record, { disputed: null })));
    lift.dataset.part = "dispute";
    return h("div", { class: "record-part" }, h("h3", {}, say("stateDisputed")), h("p", {}, record.disputed), h("div", { class: "button-row" }, lift));
  }

  private disputeOpener(record: Quotation): HTMLButtonElement | null {
    if (record.disputed !== null) return null;
    const open = button(say("dispute"), () => this.dispute(record, open), "quiet");
    open.dataset.part = "dispute";
    return open;
  }

  /** The reason is asked for in place of the button's row. */
  private dispute(record: Quotation, opener: HTMLButtonElement): void {
    const row = opener.parentElement as HTMLElement;
    this.isEditing = true;
    const why = field(say("disputeWhy"), textArea("", 2));
    const alert = new Alert();
    const end = (saved: Quotation | null) => {
      this.isEditing = false;
      if (saved) return this.take(saved, "dispute");
      form.replaceWith(row);
      opener.focus();
    };
    const save = async () => {
      const words = why.control.value.trim();
      why.error(words === "" ? say("disputeMissing") : null);
      if (words === "") return why.control.focus();
      await this.around.desk.save(record, { disputed: words }).then(end, (error: unknown) => alert.show(showAtFields(error, { disputed: why })));
    };
    const form = h("div", {}, why.dom, alert.dom, h("div", { class: "button-row" }, button(say("disputeSave"), () => void save(), "danger"), button(say("cancel"), () => end(null))));
    row.replaceWith(form);
    why.control.focus();
  }

  /** A change by one press: the button waits, a failure is told below. */
  private async run(pressed: HTMLButtonElement, ask: () => Promise<Quotation>): Promise<void> {
    this.alert.show(null);
    pressed.disabled = true;
    try {
      this.take(await ask(), pressed.dataset.part ?? "");
    } catch (error) {
      pressed.disabled = false;
      pressed.focus();
      if (error instanceof Trouble && error.now) this.around.changed(error.now);
      const again = error instanceof Trouble && error.kind === "unreachable" ? () => void this.run(pressed, ask) : undefined;
      this.alert.show(sentenceOf(error), again);
    }
  }

  private take(quotation: Quotation, part: string): void {
    this.drawn = "";
    this.around.changed(quotation);
    this.focus(part);
  }
}

function elsewhere(record: Quotation): HTMLElement | null {
  const { variant_of: variant } = record;
  if (!variant && record.elsewhere.length === 0) return null;
  return h("div", { class: "record-part" },
    variant && h("p", { class: "hint" }, say("variantOf", { words: variant.words })),
    ...standing(say("variantStands"), variant?.elsewhere ?? []),
    ...standing(say("alsoIn"), record.elsewhere));
}

function standing(heading: string, stories: OtherStory[]): HTMLElement[] {
  if (stories.length === 0) return [];
  const rows = stories.map((story) =>
    h("li", {}, story.url ? h("a", { href: story.url, target: "_blank" }, story.headline || say("untitled")) : story.headline || say("untitled"), story.published ? null : h("span", { class: "muted" }, ` (${say("alsoInDraft")})`)));
  return [h("h3", {}, heading), h("ul", { class: "record-elsewhere" }, ...rows)];
}
