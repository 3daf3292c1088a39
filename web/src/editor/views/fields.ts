// Small inputs that belong to a block (the source of a quotation, the credit of a picture). They stand outside the text but
// inside its node view. From the text Tab leads into them, Escape and the last Tab lead back.
import type { Node } from "prosemirror-model";
import { NodeSelection, TextSelection, type Command } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { h } from "../../lib/dom";
import { safeHref } from "../../lib/links";
import { say, type MessageKey } from "../messages";
import { networkOf } from "../paste-parts";

export interface FieldSpec {
  name: string;
  label: MessageKey;
  type?: "text" | "url" | "date";
  wide?: boolean;
}

/** Credits and sources are lines, not texts. */
const MAX_FIELD_LENGTH = 1000;

let count = 0;

export class BlockFields {
  readonly dom: HTMLElement;
  private readonly inputs = new Map<string, HTMLInputElement>();
  private readonly error: HTMLElement;

  constructor(
    private readonly view: EditorView,
    private readonly getPos: () => number | undefined,
    specs: FieldSpec[],
    node: Node,
  ) {
    const id = `block-fields-${++count}`;
    this.error = h("p", { class: "error full", id: `${id}-error`, hidden: true });
    this.dom = h("div", { class: "block-fields", contenteditable: "false" });
    for (const spec of specs) this.dom.append(this.field(spec, `${id}-${spec.name}`));
    this.dom.append(this.error);
    this.dom.addEventListener("keydown", (event) => this.key(event));
    this.update(node);
  }

  private field(spec: FieldSpec, id: string): HTMLElement {
    const input = h("input", {
      id,
      type: spec.type === "date" ? "date" : "text",
      inputmode: spec.type === "url" ? "url" : null,
      tabindex: "-1",
      autocomplete: "off",
      maxlength: MAX_FIELD_LENGTH,
      // Not a control of the form: its value is saved within the text.
      form: "",
    });
    input.addEventListener("input", () => this.changed(spec, input));
    this.inputs.set(spec.name, input);
    return h("div", { class: spec.wide ? "full" : null }, h("label", { for: id }, say(spec.label)), input);
  }

  update(node: Node): void {
    for (const [name, input] of this.inputs) {
      const value = String(node.attrs[name] ?? "");
      const own = input === document.activeElement ? input.value.trim() : input.value;
      if (own !== value && input.getAttribute("aria-invalid") !== "true") input.value = value;
    }
  }

  focusFirst(): void {
    this.inputs.values().next().value?.focus();
  }

  private changed(spec: FieldSpec, input: HTMLInputElement): void {
    const pos = this.getPos();
    const node = pos === undefined ? null : this.view.state.doc.nodeAt(pos);
    if (pos === undefined || !node) return;
    const typed = input.value.trim();
    const href = spec.type === "url" && typed !== "" ? safeHref(typed) : typed;
    const bad = href === null || (spec.type === "date" && input.validity.badInput);
    this.mark(input, bad ? say("addressBad") : null);
    if (bad) return;
    const isNullable = node.type.spec.attrs?.[spec.name]?.default === null;
    const value = href === "" && isNullable ? null : href;
    if (node.attrs[spec.name] === value) return;
    const tr = this.view.state.tr.setNodeAttribute(pos, spec.name, value);
    // The address of a post mostly tells the network.
    const network = node.type.name === "post" && spec.name === "url" && node.attrs.network === "" ? networkOf(String(value ?? "")) : "";
    if (network) tr.setNodeAttribute(pos, "network", network);
    this.view.dispatch(tr);
  }

  private mark(input: HTMLInputElement, problem: string | null): void {
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (problem) input.setAttribute("aria-describedby", this.error.id);
    else input.removeAttribute("aria-describedby");
    this.error.hidden = problem === null;
    this.error.textContent = problem ?? "";
  }

  private key(event: KeyboardEvent): void {
    const all = [...this.inputs.values()];
    const at = all.indexOf(event.target as HTMLInputElement);
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Escape" || event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      this.leave(event.key === "Enter");
    } else if (event.key === "Tab" && at >= 0) {
      event.preventDefault();
      const next = all[at + (event.shiftKey ? -1 : 1)];
      if (next) next.focus();
      else this.leave(!event.shiftKey);
    }
  }

  /** Back to the text: of this block, or behind it. */
  private leave(behind: boolean): void {
    const pos = this.getPos();
    const node = pos === undefined ? null : this.view.state.doc.nodeAt(pos);
    if (pos === undefined || !node) return;
    const { doc, schema, tr } = this.view.state;
    const end = pos + node.nodeSize;
    if (behind && end === doc.content.size) {
      tr.insert(end, schema.nodes.paragraph!.create());
      tr.setSelection(TextSelection.create(tr.doc, end + 1));
    } else {
      tr.setSelection(TextSelection.near(tr.doc.resolve(behind ? end : end - 1), behind ? 1 : -1));
    }
    this.view.focus();
    this.view.dispatch(tr.scrollIntoView());
  }
}

/** Tab in a block that has fields goes to the first of them. */
export const enterFields: Command = (state, _dispatch, view) => {
  if (!view) return false;
  const { selection } = state;
  const { $from } = selection;
  const positions = selection instanceof NodeSelection ? [selection.from] : [];
  for (let depth = $from.depth; depth > 0; depth--) positions.push($from.before(depth));
  for (const pos of positions) {
    const dom = view.nodeDOM(pos);
    const first = dom instanceof HTMLElement ? dom.querySelector<HTMLElement>(":scope > .block-fields input") : null;
    if (first) {
      first.focus();
      return true;
    }
  }
  return false;
};
