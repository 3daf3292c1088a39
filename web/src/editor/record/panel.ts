// "On the record" beside the text: the quotations in order. One is open at a time; arrows or j and k walk, Space opens, Enter
// goes to the text, Escape goes back to it. In a narrow window it is a sheet over the lower part of the page.
import { h, takesText } from "../../lib/dom";
import { say } from "../messages";
import type { Quotation, RecordDesk, Sheet } from "./desk";
import { needsWork, type Item } from "./matching";
import { Alert, button } from "./parts";
import { Row } from "./row";

export interface Around {
  desk: RecordDesk;
  sheet(): Sheet | null;
  changed(quotation: Quotation): void;
  /** Shows a quotation in the text; with `focus` the cursor goes there. */
  show(index: number, focus: boolean): void;
  toText(): void;
  acceptAll(): Promise<string>;
  retry(): void;
  closed(): void;
}

export interface View {
  items: Item[];
  loading: boolean;
  /** A sentence, when the desk's record could not be read. */
  trouble: string | null;
  withoutLibrary: boolean;
}

export class Panel {
  readonly dom: HTMLElement;
  private readonly list = h("ol", { class: "record-list" });
  private readonly summary = h("p", { class: "record-summary", role: "status" });
  private readonly gate = h("p", { class: "hint" });
  private readonly alert = new Alert();
  private readonly note = h("div", { class: "record-note" });
  private readonly accept = button("", () => void this.acceptAll());
  private readonly title = h("h2", { id: "record-title", tabindex: "-1" }, say("onRecord"));
  private rows: Row[] = [];
  private told: string | null = null;

  constructor(private readonly around: Around) {
    const close = h("button", { type: "button", class: "record-close", "aria-label": say("onRecordClose"), onclick: () => this.close() }, "×");
    this.dom = h("section", { class: "record-panel card", id: "record-panel", "aria-labelledby": "record-title", hidden: true },
      h("div", { class: "record-head" }, this.title, close, this.summary, this.accept),
      this.alert.dom, this.note, this.list, this.gate, h("p", { class: "hint" }, say("onRecordKeys")),
      h("p", { class: "hint" }, h("a", { href: around.desk.url }, say("onRecordPage"))));
    this.accept.hidden = true;
    this.dom.addEventListener("keydown", (event) => this.key(event));
  }

  get isOpen(): boolean {
    return !this.dom.hidden;
  }

  open(): void {
    this.dom.hidden = false;
  }

  close(): void {
    if (!this.isOpen) return;
    this.dom.hidden = true;
    this.around.closed();
  }

  /** The focus goes to a quotation, else to the panel's head. */
  focus(index: number | null): void {
    const row = this.rows[index ?? this.rows.findIndex((one) => needsWork(one.item))] ?? this.rows[0];
    if (!row) return this.title.focus();
    row.button.focus({ preventScroll: true });
    row.dom.scrollIntoView({ block: "nearest" });
  }

  /** Opens one and closes the others. */
  expand(index: number): void {
    this.rows.forEach((row, at) => {
      if (row.isOpen !== (at === index)) row.isOpen = at === index;
    });
  }

  /** The cursor stands in this one. */
  mark(index: number | null): void {
    this.rows.forEach((row, at) => (row.isCurrent = at === index));
  }

  update({ items, loading, trouble, withoutLibrary }: View): void {
    this.reconcile(items);
    this.note.replaceChildren();
    if (loading && items.length === 0) this.note.append(h("p", { class: "record-empty", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), " ", say("onRecordLooking")));
    else if (items.length === 0 && trouble === null) this.note.append(h("div", { class: "record-empty" }, h("h3", {}, say("onRecordNone")), h("p", {}, say("onRecordNoneHint"))));
    if (withoutLibrary) this.note.append(h("p", { class: "hint" }, say("onRecordWithoutLibrary")));
    if (trouble !== this.told) this.alert.show(trouble, trouble === null ? undefined : () => this.around.retry());
    this.told = trouble;
    const summary = summaryOf(items);
    if (this.summary.textContent !== summary) this.summary.textContent = summary;
    const waiting = unconfirmed(items).length;
    this.accept.hidden = waiting === 0;
    this.accept.textContent = say("onRecordAcceptAll", { count: waiting });
    const sheet = this.around.sheet();
    const holds = sheet?.gate === "block" && items.some((item) => needsWork(item) || item.standing === "disputed");
    this.gate.textContent = holds ? say(sheet.may_override ? "onRecordGateOverride" : "onRecordGateBlock") : "";
  }

  /** A row stays with its record, or with its words until it has one, so that neither focus nor an open form is lost. */
  private reconcile(items: Item[]): void {
    const free = [...this.rows];
    const take = (fits: (row: Row) => boolean) => {
      const at = free.findIndex(fits);
      return at < 0 ? null : (free.splice(at, 1)[0] as Row);
    };
    const kept = items.map((item) => (item.record ? take((row) => row.item.record?.id === item.record?.id) : null));
    this.rows = items.map((item, index) => {
      const row = kept[index] ?? take((one) => one.item.words === item.words && (!one.item.record || !item.record)) ?? this.newRow(item);
      row.update(item);
      return row;
    });
    for (const row of free) row.dom.remove();
    this.rows.forEach((row, index) => {
      if (this.list.children[index] !== row.dom) this.list.insertBefore(row.dom, this.list.children[index] ?? null);
    });
  }

  private newRow(item: Item): Row {
    const row: Row = new Row(item, {
      desk: this.around.desk,
      sheet: () => this.around.sheet(),
      changed: (quotation) => this.around.changed(quotation),
      goToText: () => this.around.show(this.rows.indexOf(row), true),
    }, (pressed) => {
      const index = this.rows.indexOf(pressed);
      this.expand(pressed.isOpen ? -1 : index);
      this.around.show(index, false);
    });
    return row;
  }

  private async acceptAll(): Promise<void> {
    this.accept.disabled = true;
    const told = await this.around.acceptAll();
    this.accept.disabled = false;
    if (this.accept.hidden) this.focus(null);
    this.summary.textContent = `${this.summary.textContent ?? ""} · ${told}`;
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      return this.around.toText();
    }
    if (takesText(event.target)) return;
    const at = this.rows.findIndex((row) => row.dom.contains(document.activeElement));
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const to = step !== undefined ? at + step : { Home: 0, End: this.rows.length - 1 }[event.key];
    if (to !== undefined && this.rows.length > 0) {
      event.preventDefault();
      // The page's own lists listen to j and k too.
      event.stopPropagation();
      this.walk(Math.min(Math.max(to, 0), this.rows.length - 1));
    } else if (event.key === "Enter" && at >= 0 && document.activeElement === this.rows[at]?.button) {
      event.preventDefault();
      this.around.show(at, true);
    }
  }

  private walk(index: number): void {
    if (this.rows.some((row) => row.isOpen)) this.expand(index);
    this.around.show(index, false);
    this.focus(index);
  }
}

/** What the library read and nobody has looked at yet. */
export function unconfirmed(items: Item[]): Quotation[] {
  const seen = new Set<string>();
  return items.flatMap(({ record, standing }) => {
    if (!record || record.confirmed || record.speaker === "" || standing === "checking" || seen.has(record.id)) return [];
    seen.add(record.id);
    return [record];
  });
}

/** "9 quotations · 2 without a source", for the panel and for the card that opens it. */
export function summaryOf(items: Item[]): string {
  if (items.length === 0) return "";
  const count = (standing: Item["standing"]) => items.filter((item) => item.standing === standing).length;
  const parts = [
    items.length === 1 ? say("onRecordCountOne") : say("onRecordCount", { count: items.length }),
    count("unsourced") > 0 && say("onRecordNeedSource", { count: count("unsourced") }),
    count("altered") > 0 && say("onRecordAltered", { count: count("altered") }),
    count("disputed") > 0 && say("onRecordDisputed", { count: count("disputed") }),
    count("checking") > 0 && say("onRecordChecking", { count: count("checking") }),
    count("exact") + count("edited") === items.length && say("onRecordGood"),
  ];
  return parts.filter(Boolean).join(" · ");
}
