// Where the desk's quotations stand in the text, for browsers that cannot look themselves: by their words, in order.
import type { Node } from "prosemirror-model";
import type { Quotation } from "./desk";

export function locate(doc: Node, records: Quotation[]): ({ from: number; to: number } | null)[] {
  const lines: { text: string; pos: number; from: number }[] = [];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    // One character a place, whatever the leaf.
    lines.push({ text: node.textBetween(0, node.content.size, undefined, " "), pos: pos + 1, from: 0 });
    return false;
  });
  let line = 0;
  return records.map((record) => {
    for (let at = line; at < lines.length; at++) {
      const one = lines[at] as (typeof lines)[number];
      const index = one.text.indexOf(record.words, one.from);
      if (index < 0) continue;
      line = at;
      one.from = index + record.words.length;
      return { from: one.pos + index, to: one.pos + index + record.words.length };
    }
    return null;
  });
}
