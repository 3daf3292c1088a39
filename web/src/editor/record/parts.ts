// What the panel's forms are made of. Their controls belong to no form (`form=""`), so that the story's own form neither
// saves nor sends them; Enter in a line does what the primary button does.
import { h } from "../../lib/dom";
import { say } from "../messages";
import { Trouble, type TroubleKind } from "./desk";
import type { MessageKey } from "../messages";

let count = 0;

/** An id that no other element of the page has. */
export function freshId(name: string): string {
  return `record-${name}-${++count}`;
}

export type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface Field {
  dom: HTMLElement;
  control: Control;
  /** Shows a sentence at the field, or takes it away. */
  error(sentence: string | null): void;
}

/** A labelled control with its hint, and a place for what is wrong with it. */
export function field(label: string, control: Control, hint = ""): Field {
  control.id ||= freshId("field");
  control.setAttribute("form", "");
  const hintId = `${control.id}-hint`;
  const error = h("p", { class: "error", id: `${control.id}-error`, hidden: true });
  const describe = () => {
    const ids = [hint && hintId, !error.hidden && error.id].filter(Boolean).join(" ");
    if (ids) control.setAttribute("aria-describedby", ids);
    else control.removeAttribute("aria-describedby");
  };
  const dom = h("div", { class: "field" }, h("label", { for: control.id }, label), control, hint && h("p", { class: "hint", id: hintId }, hint), error);
  describe();
  return {
    dom,
    control,
    error(sentence) {
      error.textContent = sentence ?? "";
      error.hidden = !sentence;
      if (sentence) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
      describe();
    },
  };
}

export function lineInput(value: string, props: Record<string, string> = {}): HTMLInputElement {
  const input = h("input", { type: "text", autocomplete: "off", ...props });
  input.value = value;
  return input;
}

export function textArea(value: string, rows: number): HTMLTextAreaElement {
  const area = h("textarea", { rows });
  area.value = value;
  return area;
}

export function button(label: string, run: (button: HTMLButtonElement) => void, kind = ""): HTMLButtonElement {
  const element: HTMLButtonElement = h("button", { type: "button", class: `button small ${kind}`.trim(), onclick: () => run(element) }, label);
  return element;
}

/** Enter in a line runs; in a text it makes a line. */
export function onEnter(dom: HTMLElement, run: () => void): void {
  dom.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !(target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  });
}

const troubles: Record<TroubleKind, MessageKey> = {
  unreachable: "troubleUnreachable",
  "signed-out": "troubleSignedOut",
  forbidden: "troubleForbidden",
  gone: "troubleGone",
  stale: "troubleStale",
  refused: "troubleRefused",
};

/** What went wrong, as a sentence. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Trouble)) return say("troubleUnreachable");
  if (error.message === "too-large") return say("troubleTooLarge");
  const told = ["refused", "forbidden", "gone", "stale"].includes(error.kind);
  return told && error.message !== error.kind ? error.message : say(troubles[error.kind]);
}

/** Puts a refusal's sentences at their fields; what has no field here is answered. */
export function showAtFields(error: unknown, fields: Record<string, Field>): string | null {
  for (const one of Object.values(fields)) one.error(null);
  if (!(error instanceof Trouble) || Object.keys(error.errors).length === 0) return sentenceOf(error);
  const homeless: string[] = [];
  let first: Field | null = null;
  for (const [name, sentence] of Object.entries(error.errors)) {
    const at = fields[name];
    if (!at) homeless.push(sentence);
    at?.error(sentence);
    first ??= at ?? null;
  }
  first?.control.focus();
  return homeless.length > 0 ? homeless.join(" ") : null;
}

/** A place where one thing goes wrong at a time. */
export class Alert {
  readonly dom = h("div", { class: "record-alert" });

  show(sentence: string | null, retry?: () => void): void {
    this.dom.replaceChildren();
    if (sentence === null) return;
    const again = retry && button(say("retry"), () => (this.show(null), retry()));
    this.dom.append(h("div", { class: "flash error", role: "alert" }, h("p", {}, sentence), again));
  }
}
