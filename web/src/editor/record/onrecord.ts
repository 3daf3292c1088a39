// Ties the record to the editor: what the library finds in the text as it stands, what the desk has on record as of the last
// save, the marks in the text and the panel beside it.
//
// Invariants: typing never waits for any of this; what was found belongs to one state of the document and is carried through
// every change made since; nothing here changes the text.
import type { Plugin, Transaction } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import { Mapping } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import { h } from "../../lib/dom";
import { icon } from "../icons";
import { say } from "../messages";
import { RecordDesk, type Quotation, type Sheet } from "./desk";
import { Comparer } from "./comparer";
import { accepted } from "./facts";
import { Finder } from "./finder";
import type { Found } from "./library";
import { locate } from "./locate";
import { Markup } from "./markup";
import { markAt, placeOf, quotationMarks, showCurrent, showMarks, type Mark } from "./marks";
import { asRecorded, needsWork, pair, type Item } from "./matching";
import { lineOf, stateName } from "./naming";
import { Panel, summaryOf, unconfirmed } from "./panel";
import { sentenceOf } from "./parts";

/** The library is asked when typing rests for this long: soon enough to be seen, seldom enough not to run at each key. */
export const LOOK_MS = 250;

/** Pixels that the toolbar may cover above, and the line about the quotation below. */
const TOOLBAR = 80;

interface Place {
  from: number;
  to: number;
}

export class OnRecord {
  readonly plugin: Plugin;
  readonly panel: Panel;
  readonly opener: HTMLButtonElement;
  private readonly desk: RecordDesk;
  private readonly comparer: Comparer;
  private readonly finder = new Finder(() => this.withoutLibrary());
  private readonly line = h("span", { class: "record-here" });
  private readonly state = h("p", { class: "record-summary" });
  private view: EditorView | null = null;
  private found: Found[] = [];
  private places: (Place | null)[] = [];
  private items: Item[] = [];
  private sheet: Sheet | null = null;
  private trouble: string | null = null;
  private asking: AbortController | null = null;
  private looking = 0;
  private drawing = 0;
  private canLook = true;
  private looked = false;
  /** What was changed since the library was asked. */
  private since: Mapping | null = null;
  private current: number | null = null;
  private wanted: number | null = null;

  /** `home` is what the page itself says about the record, as of when it was made. */
  constructor(private readonly url: string, headers: () => Record<string, string>, private readonly side: HTMLElement, private readonly home: HTMLElement) {
    this.desk = new RecordDesk(url, headers);
    this.comparer = new Comparer(this.desk, () => this.draw());
    this.plugin = quotationMarks({ changed: () => this.look(), moved: (index) => this.moved(index), pressed: (index) => this.open(index) });
    this.panel = new Panel({
      desk: this.desk,
      sheet: () => this.sheet,
      changed: (quotation) => {
        this.replace(quotation);
        // A person made here may be who said the others too.
        void this.refresh();
      },
      show: (index, focus) => this.show(index, focus),
      toText: () => this.toText(),
      acceptAll: () => this.acceptAll(),
      retry: () => void this.refresh(),
      closed: () => this.closed(),
    });
    this.opener = h("button", { type: "button", class: "record-opener", "aria-expanded": "false", "aria-controls": "record-panel", "aria-keyshortcuts": "F8", title: `${say("onRecord")} (F8)`, onclick: () => this.toggle() }, say("onRecord"));
  }

  /** The editor stands: panel and line go to their places, and the first look is taken. */
  mount(view: EditorView, foot: HTMLElement): void {
    this.view = view;
    foot.prepend(this.line);
    const first = this.side.querySelector(":scope > .card");
    if (first) first.after(this.panel.dom);
    else this.side.prepend(this.panel.dom);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "F8" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (this.panel.isOpen && this.panel.dom.contains(document.activeElement)) this.toText();
      else this.open(markAt(view.state, view.state.selection.from));
    });
    // The page's own findings are as old as the page.
    this.home.querySelector(".findings")?.remove();
    this.home.querySelector("h2")?.after(this.state);
    document.addEventListener("click", (event) => this.followed(event), true);
    this.lookNow();
    void this.refresh();
  }

  /** A link to the record, or to one quotation of it, opens it here; the page is for other windows. */
  private followed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || this.panel.dom.contains(link) || new URL(link.href, location.href).pathname !== new URL(this.url, location.href).pathname) return;
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // The editor would save and leave.
    event.stopImmediatePropagation();
    const number = Number(/^#quotation-(\d+)$/.exec(link.hash)?.[1] ?? 0);
    this.wanted = this.items[number - 1] ? null : number - 1;
    this.open(this.items[number - 1] ? number - 1 : null);
  }

  /** Every transaction passes here, so that an answer to an older text finds its places in this one. */
  carried(tr: Transaction): void {
    if (!tr.docChanged) return;
    this.since?.appendMapping(tr.mapping);
    this.places = this.places.map((place) => place && { from: tr.mapping.map(place.from, 1), to: tr.mapping.map(place.to, -1) });
  }

  /** The desk has the text: its record of it is read. */
  saved(): void {
    void this.refresh();
  }

  private look(): void {
    if (!this.canLook) return;
    clearTimeout(this.looking);
    this.looking = window.setTimeout(() => this.lookNow(), LOOK_MS);
  }

  private lookNow(): void {
    if (!this.view || !this.canLook) return;
    const markup = new Markup(this.view.state.doc);
    const since = (this.since = new Mapping());
    this.finder.ask(markup.html, (found) => {
      this.looked = true;
      this.found = found;
      this.places = found.map((one) => {
        const [from, to] = [markup.start(one.start), markup.end(one.end)];
        return from === null || to === null ? null : { from: since.map(from, 1), to: since.map(to, -1) };
      });
      this.draw();
    });
  }

  private withoutLibrary(): void {
    this.canLook = false;
    this.looked = true;
    this.draw();
  }

  private async refresh(): Promise<void> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    try {
      const sheet = await this.desk.read(asking.signal);
      if (asking.signal.aborted) return;
      this.sheet = sheet;
      this.trouble = null;
    } catch (error) {
      if (asking.signal.aborted) return;
      this.trouble = sentenceOf(error);
    }
    this.asking = null;
    this.draw();
  }

  private replace(quotation: Quotation): void {
    if (!this.sheet) return;
    const sources = quotation.source ? [quotation.source, ...this.sheet.sources.filter((one) => one.id !== quotation.source?.id)] : this.sheet.sources;
    const quotations = this.sheet.quotations.map((one) => (one.id === quotation.id ? { ...one, ...quotation, position: one.position } : one));
    this.sheet = { ...this.sheet, sources, quotations };
    this.draw();
  }

  /** Accepts what the library read, one after the other; stops at the first that the desk refuses. */
  private async acceptAll(): Promise<string> {
    let count = 0;
    await this.refresh();
    for (const record of unconfirmed(this.items)) {
      try {
        this.replace(await this.desk.save(record, accepted(record)));
        count++;
      } catch (error) {
        return `${say("onRecordAccepted", { count })}. ${sentenceOf(error)}`;
      }
    }
    return say("onRecordAccepted", { count });
  }

  private draw(): void {
    if (!this.view) return;
    // Marks drawn anew under an input method would break off what is being composed.
    if (this.view.composing) {
      clearTimeout(this.drawing);
      this.drawing = window.setTimeout(() => this.draw(), LOOK_MS);
      return;
    }
    const records = this.sheet?.quotations ?? [];
    if (this.canLook) {
      this.items = pair(this.found, records, (record, words) => this.comparer.of(record, words));
      this.comparer.ask(this.items);
    } else {
      this.items = asRecorded(records);
      this.places = locate(this.view.state.doc, records);
    }
    const marks = this.items.map((item, index): Mark => {
      const place = this.places[index] ?? { from: 0, to: 0 };
      return { ...place, standing: item.standing, label: say("quotedLabel", { state: stateName(item.standing), who: lineOf(item) }) };
    });
    this.view.dispatch(showMarks(this.view.state, marks));
    this.panel.update({ items: this.items, loading: !this.looked || (this.sheet === null && this.trouble === null), trouble: this.trouble, withoutLibrary: !this.canLook });
    // A link was followed before anything was found.
    if (this.wanted !== null && this.items[this.wanted] && this.panel.isOpen) {
      this.open(this.wanted);
      this.wanted = null;
    }
    this.state.textContent = summaryOf(this.items);
    this.tellCount();
    this.moved(markAt(this.view.state, this.view.state.selection.from));
  }

  private tellCount(): void {
    const count = this.items.filter(needsWork).length;
    this.opener.replaceChildren(icon("quotation"), h("span", { class: "record-opener-words" }, say("onRecord")), ...(count > 0 ? [h("span", { class: "record-count", "aria-hidden": "true" }, String(count))] : []));
    this.opener.setAttribute("aria-label", count > 0 ? say("onRecordOpen", { count }) : say("onRecord"));
  }

  /** Below the text stands what is known about the quotation at the cursor. */
  private moved(index: number | null): void {
    const item = index === null ? undefined : this.items[index];
    const words = item && index !== null ? say("quotedHere", { number: index + 1, who: lineOf(item), state: stateName(item.standing) }) : "";
    if (this.line.textContent !== words) this.line.textContent = words;
    this.panel.mark(index ?? this.current);
  }

  private toggle(): void {
    if (this.panel.isOpen) this.panel.close();
    else this.open(null);
  }

  open(index: number | null): void {
    this.panel.open();
    this.opener.setAttribute("aria-expanded", "true");
    this.side.closest("form")?.classList.add("has-record");
    if (index !== null) this.panel.expand(index);
    this.panel.focus(index);
  }

  private closed(): void {
    this.opener.setAttribute("aria-expanded", "false");
    this.side.closest("form")?.classList.remove("has-record");
    this.setCurrent(null);
    this.toText();
  }

  private show(index: number, focus: boolean): void {
    const { view } = this;
    const place = view && placeOf(view.state, index);
    if (!view || !place) return;
    this.setCurrent(index);
    if (focus) {
      // Where the panel lies over the text, the text comes first.
      if (isSheet(this.panel.dom)) this.panel.close();
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place.from)).scrollIntoView());
      view.focus();
      return;
    }
    const { top, bottom } = view.coordsAtPos(place.from);
    if (isSheet(this.panel.dom)) return window.scrollBy(0, top - TOOLBAR);
    // Words in sight stay where they are, and so does the panel beside them, in which somebody is about to press something.
    if (top >= TOOLBAR && bottom <= innerHeight - TOOLBAR) return;
    window.scrollBy({ top: top - innerHeight / 2, behavior: calm() ? "auto" : "smooth" });
  }

  private setCurrent(index: number | null): void {
    if (!this.view || this.current === index) return;
    this.current = index;
    this.view.dispatch(showCurrent(this.view.state, index));
  }

  private toText(): void {
    if (isSheet(this.panel.dom) && this.panel.isOpen) return this.panel.close();
    this.view?.focus();
  }
}

function isSheet(panel: HTMLElement): boolean {
  return getComputedStyle(panel).position === "fixed";
}

function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
