// The toolbar: one tab stop, arrow keys inside (the toolbar pattern of WAI-ARIA), states told by aria-pressed.
import type { EditorState } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import type { EditorView } from "prosemirror-view";
import { h, readableKey } from "../lib/dom";
import type { Action } from "./actions";
import { icon } from "./icons";
import { say } from "./messages";
import { countWords } from "./words";

export interface Tool extends Action {
  /** Runs instead of the command, for buttons that open something. */
  open?: (view: EditorView) => void;
  /** Only shown while the cursor is in a table. */
  inTable?: boolean;
}

/** Counting a long text at each key would be felt; the number may come a moment later. */
const COUNT_DELAY_MS = 300;

export class Toolbar {
  readonly dom: HTMLElement;
  private readonly count = h("span", { class: "editor-count" });
  /** The line below the text, with the number of words. */
  readonly foot = h("div", { class: "editor-foot" }, this.count);
  private readonly buttons = new Map<HTMLButtonElement, Tool>();
  private readonly tableGap: HTMLElement[] = [];
  private counting = 0;
  private counted: unknown = null;

  constructor(private readonly view: EditorView, groups: Tool[][]) {
    this.dom = h("div", { class: "toolbar", role: "toolbar", "aria-label": say("toolbar"), "aria-controls": view.dom.id || null });
    groups.forEach((group, index) => {
      if (index > 0) {
        const gap = h("span", { class: "toolbar-gap", "aria-hidden": "true" });
        if (group.every((tool) => tool.inTable)) this.tableGap.push(gap);
        this.dom.append(gap);
      }
      for (const tool of group) this.dom.append(this.button(tool));
    });
    this.dom.addEventListener("keydown", (event) => this.key(event));
    // A press must not take the selection away from the text.
    this.dom.addEventListener("mousedown", (event) => event.preventDefault());
    this.update(view.state);
  }

  private button(tool: Tool): HTMLButtonElement {
    const label = say(tool.label);
    const title = tool.key ? `${label} (${readableKey(tool.key)})` : label;
    const button = h("button", { type: "button", title, "aria-label": label, tabindex: "-1", onclick: () => this.press(tool) }, icon(tool.icon) as unknown as Node);
    if (tool.key) button.setAttribute("aria-keyshortcuts", tool.key.replace("Mod", "Control").replaceAll("-", "+"));
    this.buttons.set(button, tool);
    return button;
  }

  private press(tool: Tool): void {
    if (tool.open) return tool.open(this.view);
    this.view.focus();
    tool.run(this.view.state, this.view.dispatch, this.view);
  }

  focus(): void {
    (this.visible().find((button) => button.tabIndex === 0) ?? this.visible()[0])?.focus();
  }

  private visible(): HTMLButtonElement[] {
    return [...this.buttons.keys()].filter((button) => !button.hidden);
  }

  private key(event: KeyboardEvent): void {
    const all = this.visible();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.rove(all[to % all.length]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.view.focus();
    }
  }

  private rove(button: HTMLButtonElement | undefined): void {
    for (const other of this.buttons.keys()) other.tabIndex = other === button ? 0 : -1;
    button?.focus();
  }

  update(state: EditorState): void {
    const inTable = isInTable(state);
    for (const [button, tool] of this.buttons) {
      if (tool.inTable) button.hidden = !inTable;
      if (button.hidden) continue;
      if (tool.active) button.setAttribute("aria-pressed", String(tool.active(state)));
      const enabled = tool.open !== undefined || tool.run(state) || tool.active?.(state) === true;
      if (enabled) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
    }
    for (const gap of this.tableGap) gap.hidden = !inTable;
    const all = this.visible();
    if (!all.some((button) => button.tabIndex === 0)) all.forEach((button, index) => (button.tabIndex = index === 0 ? 0 : -1));
    if (state.doc !== this.counted) this.recount(state);
  }

  private recount(state: EditorState): void {
    clearTimeout(this.counting);
    const delay = this.counted === null ? 0 : COUNT_DELAY_MS;
    this.counted = state.doc;
    this.counting = window.setTimeout(() => {
      const count = countWords(state.doc);
      this.count.textContent = count === 1 ? say("word") : say("words", { count });
    }, delay);
  }
}
