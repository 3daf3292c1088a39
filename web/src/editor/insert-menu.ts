// The menu of blocks: "/" on an empty line or the "+" button opens it, arrows choose, Enter inserts, Escape closes. The
// focus stays in the text; the chosen entry is told by aria-activedescendant.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { h, readableKey } from "../lib/dom";
import type { Action } from "./actions";
import { icon } from "./icons";
import { say } from "./messages";
import { schema } from "./schema";

export interface MenuEntry extends Action {
  /** For entries that open something (the file dialog) instead of changing the text. */
  open?: (view: EditorView) => void;
}

interface MenuState {
  /** "slash" while the line reads "/words", "button" when it was asked for. */
  mode: "closed" | "slash" | "button";
  query: string;
  /** The line start at which Escape closed the menu; it stays closed there. */
  dismissed: number | null;
}

const key = new PluginKey<MenuState>("insert-menu");
const closed: MenuState = { mode: "closed", query: "", dismissed: null };

export function openInsertMenu(view: EditorView): void {
  view.focus();
  view.dispatch(view.state.tr.setMeta(key, "open"));
}

/** The words after a slash that opens the line, or null. */
function slashQuery(state: EditorState): string | null {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== schema.nodes.paragraph || $from.parentOffset !== $from.parent.content.size) return null;
  return /^\/([\p{L}\p{N} ]{0,24})$/u.exec($from.parent.textContent)?.[1] ?? null;
}

export function insertMenu(entries: MenuEntry[]): Plugin {
  let menu: Menu | null = null;
  return new Plugin<MenuState>({
    key,
    state: {
      init: () => closed,
      apply(tr, old, _before, state) {
        const order = tr.getMeta(key) as "open" | "close" | undefined;
        const start = state.selection.$from.start();
        if (order === "open") return { mode: "button", query: "", dismissed: null };
        if (order === "close") return { ...closed, dismissed: start };
        if (!tr.docChanged && !tr.selectionSet) return old;
        if (old.mode === "button") return closed;
        const query = slashQuery(state);
        if (query === null) return closed;
        return old.dismissed === start ? { ...closed, dismissed: start } : { mode: "slash", query, dismissed: null };
      },
    },
    props: {
      handleKeyDown: (_view, event) => menu?.key(event) ?? false,
      handleDOMEvents: {
        blur(view) {
          if (key.getState(view.state)?.mode !== "closed") view.dispatch(view.state.tr.setMeta(key, "close"));
          return false;
        },
      },
    },
    view(view) {
      menu = new Menu(view, entries);
      return { update: () => menu?.update(), destroy: () => menu?.destroy() };
    },
  });
}

class Menu {
  private readonly list = h("ul", { class: "insert-menu", id: "insert-menu", role: "listbox", "aria-label": say("insert"), hidden: true });
  private readonly status = h("p", { class: "visually-hidden", role: "status" });
  private found: MenuEntry[] = [];
  private index = 0;
  private query: string | null = null;

  constructor(private readonly view: EditorView, private readonly entries: MenuEntry[]) {
    view.dom.after(this.list, this.status);
    // A press must not take the focus from the text.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  private get state(): MenuState {
    return key.getState(this.view.state) ?? closed;
  }

  update(): void {
    const { mode, query } = this.state;
    const isOpen = mode !== "closed";
    if (isOpen && (this.list.hidden || this.query !== query)) this.draw(query);
    if (isOpen === this.list.hidden) {
      this.list.hidden = !isOpen;
      if (isOpen) this.view.dom.setAttribute("aria-controls", this.list.id);
      else for (const name of ["aria-controls", "aria-activedescendant"]) this.view.dom.removeAttribute(name);
      this.status.textContent = isOpen ? say("insertCount", { count: this.found.length }) : "";
    }
    if (isOpen) this.place();
    if (isOpen) this.mark();
    this.query = isOpen ? query : null;
  }

  private draw(query: string): void {
    const words = query.trim().toLowerCase();
    this.found = this.entries.filter((entry) => `${say(entry.label)} ${entry.words ?? ""}`.toLowerCase().split(/\s+/).some((word) => word.startsWith(words)) || say(entry.label).toLowerCase().includes(words));
    this.index = 0;
    const rows = this.found.map((entry, index) => {
      const row = h("li", { role: "option", id: `insert-${index}`, onclick: () => this.choose(index) },
        h("span", { class: "insert-name" }, say(entry.label)), entry.key ? h("small", {}, readableKey(entry.key)) : null);
      row.prepend(icon(entry.icon));
      return row;
    });
    this.list.replaceChildren(...(rows.length ? rows : [h("li", { class: "insert-none" }, say("insertNone"))]));
  }

  private mark(): void {
    this.list.querySelectorAll("[role=option]").forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === this.index));
      if (index === this.index) row.scrollIntoView({ block: "nearest" });
    });
    if (this.found.length) this.view.dom.setAttribute("aria-activedescendant", `insert-${this.index}`);
  }

  /** Below the line with the cursor, above it when there is no room; never beyond the sheet's edge. */
  private place(): void {
    const shell = this.list.offsetParent ?? this.view.dom.parentElement;
    if (!shell) return;
    const frame = shell.getBoundingClientRect();
    const line = this.view.coordsAtPos(this.view.state.selection.from);
    const height = this.list.offsetHeight;
    const below = line.bottom + 4 + height <= window.innerHeight || line.top < height;
    const left = Math.min(line.left - frame.left, frame.width - this.list.offsetWidth - 8);
    this.list.style.left = `${Math.max(8, left)}px`;
    this.list.style.top = `${below ? line.bottom - frame.top + 4 : line.top - frame.top - height - 4}px`;
  }

  key(event: KeyboardEvent): boolean {
    if (this.state.mode === "closed" || event.isComposing) return false;
    const count = this.found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.index = count ? (this.index + (event.key === "ArrowDown" ? 1 : count - 1)) % count : 0;
      this.mark();
      return true;
    }
    if ((event.key === "Enter" || event.key === "Tab") && count > 0) {
      this.choose(this.index);
      return true;
    }
    if (event.key === "Escape") {
      this.view.dispatch(this.view.state.tr.setMeta(key, "close"));
      return true;
    }
    return false;
  }

  private choose(index: number): void {
    const entry = this.found[index];
    if (!entry) return;
    const { mode } = this.state;
    const { tr, selection } = this.view.state;
    tr.setMeta(key, "close");
    if (mode === "slash") tr.delete(selection.$from.start(), selection.from);
    this.view.dispatch(tr);
    this.view.focus();
    if (entry.open) entry.open(this.view);
    else entry.run(this.view.state, this.view.dispatch, this.view);
  }

  destroy(): void {
    this.list.remove();
    this.status.remove();
  }
}
