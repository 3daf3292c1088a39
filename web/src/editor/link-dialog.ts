// The dialog for a link: address checked before it is set, words asked for when nothing is selected.
import type { Command, EditorState } from "prosemirror-state";
import { TextSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { h } from "../lib/dom";
import { completeHref } from "../lib/links";
import { say } from "./messages";
import { schema } from "./schema";

const { link } = schema.marks;

interface Range {
  from: number;
  to: number;
  href: string;
}

/** The link around the cursor, or the selected text as a link to be. */
function rangeOf(state: EditorState): Range {
  const { $from, from, to, empty } = state.selection;
  const mark = link.isInSet(empty ? $from.marks() : ($from.nodeAfter?.marks ?? []));
  if (!mark) return { from, to, href: "" };
  let start = $from.start();
  let found: Range = { from, to, href: mark.attrs.href as string };
  $from.parent.forEach((child) => {
    const end = start + child.nodeSize;
    if (mark.isInSet(child.marks)) {
      const touches = start <= found.to && end >= found.from;
      if (touches) found = { ...found, from: Math.min(found.from, start), to: Math.max(found.to, end) };
    }
    start = end;
  });
  return found;
}

export const editLink: Command = (state, _dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!view || (empty && !$from.parent.inlineContent) || $from.parent.type.spec.code) return false;
  show(view, rangeOf(state));
  return true;
};

function show(view: EditorView, range: Range): void {
  const address = h("input", { id: "link-address", type: "text", inputmode: "url", autocomplete: "off", value: range.href, "aria-describedby": "link-hint link-error" });
  const words = h("input", { id: "link-words", type: "text", autocomplete: "off" });
  const error = h("p", { class: "error", id: "link-error", role: "alert", hidden: true });
  const needsWords = range.from === range.to;
  const form = h("form", { method: "dialog" },
    h("div", { class: "dialog-head" }, h("h2", { id: "link-title" }, say("linkTitle"))),
    h("div", { class: "dialog-body" },
      h("div", { class: "field" }, h("label", { for: "link-address" }, say("linkAddress")), address,
        h("p", { class: "hint", id: "link-hint" }, say("linkHint")), error),
      needsWords && h("div", { class: "field" }, h("label", { for: "link-words" }, say("linkWords")), words)),
    h("div", { class: "dialog-foot" },
      range.href !== "" && h("button", { type: "button", class: "button quiet", onclick: () => finish(() => remove(view, range)) }, say("linkRemove")),
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, say("cancel")),
      h("button", { class: "button primary" }, say("linkSet"))));
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "link-title" }, form);
  const finish = (change: () => void) => {
    change();
    dialog.close();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const href = completeHref(address.value);
    if (href !== null) return finish(() => set(view, range, href, words.value.trim()));
    if (address.value.trim() === "" && range.href !== "") return finish(() => remove(view, range));
    error.textContent = say("linkBad");
    error.hidden = false;
    address.setAttribute("aria-invalid", "true");
    address.focus();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    view.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  address.select();
}

function set(view: EditorView, { from, to }: Range, href: string, words: string): void {
  const { tr } = view.state;
  const mark = link.create({ href });
  if (from === to) {
    const text = words || href.replace(/^(https?:\/\/|mailto:|tel:)/, "");
    const { $from } = view.state.selection;
    tr.insert(from, schema.text(text, mark.addToSet($from.marks())));
    tr.setSelection(TextSelection.create(tr.doc, from + text.length));
  } else {
    tr.removeMark(from, to, link).addMark(from, to, mark);
    tr.setSelection(TextSelection.create(tr.doc, to));
  }
  view.dispatch(tr.removeStoredMark(link).scrollIntoView());
}

function remove(view: EditorView, { from, to }: Range): void {
  view.dispatch(view.state.tr.removeMark(from, to, link));
}
