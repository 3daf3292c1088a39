// Two versions of a story side by side, with the words that differ marked in both.
import { diffWordsWithSpace, type Change } from "diff";
import { h } from "../../lib/dom";
import { say } from "../messages";
import { openJson } from "../repair";
import { plainText } from "../words";
import { canonical, type Content } from "./saver";

/** Beyond this many edits the comparison would keep the page waiting: whole texts are shown instead. */
const MAX_EDITS = 4_000;

export interface Choice {
  label: string;
  primary?: boolean;
  /** Answers false to leave the dialog open. */
  run(button: HTMLButtonElement): void | boolean | Promise<void | boolean>;
}

export interface Comparison {
  title: string;
  intro: string;
  names: [string, string];
  versions: [Content, Content];
  label(field: string): string;
  choices: Choice[];
}

export function showComparison(comparison: Comparison): HTMLDialogElement {
  const [left, right] = sides(comparison);
  const column = (name: string, parts: HTMLElement[]) =>
    h("section", { class: "split-side", "aria-label": name }, h("h3", {}, name), h("div", { class: "conflict-text", tabindex: "0", role: "group", "aria-label": name }, ...parts));
  const dialog = h("dialog", { class: "dialog wide", "aria-labelledby": "compare-title", "aria-describedby": "compare-intro" },
    h("div", { class: "dialog-head" }, h("h2", { id: "compare-title" }, comparison.title), h("p", { class: "page-sub", id: "compare-intro" }, comparison.intro)),
    h("div", { class: "dialog-body" },
      left.length === 0
        ? h("p", {}, say("conflictSame"))
        : h("div", { class: "split" }, column(comparison.names[0], left), column(comparison.names[1], right))),
    h("div", { class: "dialog-foot" }, ...comparison.choices.map((choice) => button(choice, () => dialog.close()))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function button(choice: Choice, close: () => void): HTMLButtonElement {
  const element: HTMLButtonElement = h("button", {
    type: "button",
    class: choice.primary ? "button primary" : "button",
    onclick: async () => {
      if ((await choice.run(element)) !== false) close();
    },
  }, choice.label);
  return element;
}

/** What differs, once for each side: a heading for each field, and its text with marks. */
function sides({ versions: [mine, theirs], label }: Comparison): [HTMLElement[], HTMLElement[]] {
  const left: HTMLElement[] = [];
  const right: HTMLElement[] = [];
  const add = (name: string, a: string, b: string) => {
    const changes = compare(a, b);
    const note = () => (a === b ? [h("p", { class: "muted" }, say("conflictLooks"))] : []);
    left.push(h("h4", {}, name), ...note(), marked(changes, "removed"));
    right.push(h("h4", {}, name), ...note(), marked(changes, "added"));
  };
  for (const name of Object.keys(mine.fields)) {
    const [a, b] = [mine.fields[name], theirs.fields[name]];
    if (b !== undefined && canonical(a) !== canonical(b)) add(label(name), flat(a), flat(b));
  }
  if (canonical(mine.body) !== canonical(theirs.body)) add(say("body"), plainText(openJson(mine.body).doc), plainText(openJson(theirs.body).doc));
  return [left, right];
}

function flat(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

export function compare(a: string, b: string): Change[] {
  const changes = diffWordsWithSpace(a, b, { maxEditLength: MAX_EDITS });
  if (changes) return changes;
  const whole = (value: string, added: boolean) => ({ value, added, removed: !added, count: 1 });
  return [whole(a, false), whole(b, true)];
}

function marked(changes: Change[], side: "added" | "removed"): HTMLElement {
  const out = h("p", { class: "diff" });
  for (const change of changes) {
    if (!change.added && !change.removed) out.append(change.value);
    else if (change[side]) out.append(h("mark", {}, change.value));
  }
  return out;
}
