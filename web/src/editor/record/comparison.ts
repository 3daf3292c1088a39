// Quotation and source side by side: what differs is marked in both (inserted, deleted), and said in words below.
import { h } from "../../lib/dom";
import { say, type MessageKey } from "../messages";
import type { Quotation, Stretch } from "./desk";

const editKeys: Record<string, MessageKey> = {
  ellipsis: "editEllipsis",
  bracket: "editBracket",
  case: "editCase",
  punctuation: "editPunctuation",
  typography: "editTypography",
  filler: "editFiller",
  dropped: "editDropped",
  added: "editAdded",
  changed: "editChanged",
  reordered: "editReordered",
  negated: "editNegated",
};

export function comparison(record: Quotation): HTMLElement | null {
  if (!record.source) return null;
  const heading = h("h3", {}, say("comparison"));
  // Nothing of the source stands beside the words: it does not hold them.
  if (!record.aligned.some((stretch) => stretch.original !== "")) {
    const isGood = record.state === "exact" || record.state === "edited";
    return h("div", { class: "record-part" }, heading, h("p", { class: isGood ? "hint" : "record-breach" }, say(isGood ? "comparisonSame" : "comparisonNotFound")));
  }
  if (record.source.seen === false && record.state !== "exact") {
    return h("div", { class: "record-part" }, heading,
      h("dl", { class: "record-compared" }, h("dt", {}, say("comparisonStory")), h("dd", { class: "diff" }, ...side(record.aligned, "quoted"))),
      h("p", { class: "hint" }, say("comparisonHidden")));
  }
  const different = record.aligned.filter((stretch) => stretch.op !== "same");
  return h("div", { class: "record-part" }, heading,
    h("dl", { class: "record-compared" },
      h("dt", {}, say("comparisonStory")), h("dd", { class: "diff" }, ...side(record.aligned, "quoted")),
      h("dt", {}, say("comparisonSource")), h("dd", { class: "diff" }, around(record.before), ...side(record.aligned, "original"), around(record.after))),
    different.length === 0
      ? h("p", { class: "hint" }, say("comparisonSame"))
      : h("ul", { class: "record-edits" }, ...different.map(edit)));
}

/** What stands around the words in the source, in one line. */
function around(words: string): HTMLElement | null {
  return words === "" ? null : h("span", { class: "muted" }, words.replace(/\s+/g, " "));
}

/** One side's words in order, with what the other side does not have marked. */
export function side(aligned: Stretch[], name: "quoted" | "original"): (Node | string)[] {
  const out: (Node | string)[] = [];
  for (const stretch of aligned) {
    const words = stretch[name];
    if (words === "") continue;
    if (stretch.op === "same") out.push(words);
    else out.push(h(name === "quoted" ? "ins" : "del", { class: stretch.allowed ? "is-allowed" : null }, words));
  }
  return out;
}

function edit(stretch: Stretch): HTMLElement {
  const shown = (words: string) => (words.trim() === "" ? say("nothing") : `“${words.trim()}”`);
  const key = editKeys[stretch.op] ?? "editChanged";
  const sentence = say(key, { quoted: shown(stretch.quoted), original: shown(stretch.original) });
  return h("li", { class: stretch.allowed ? "is-allowed" : "is-breach" }, sentence, stretch.allowed ? h("span", { class: "muted" }, ` (${say("comparisonAllowed")})`) : null);
}
