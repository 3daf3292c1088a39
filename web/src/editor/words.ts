import type { Node } from "prosemirror-model";

const WORD = /[\p{L}\p{N}]+(?:[''’.,-][\p{L}\p{N}]+)*/gu;

/** Words of the story as an editor counts them: "twenty-two" and "don't" are one each, captions count. */
export function countWords(doc: Node): number {
  let count = 0;
  doc.descendants((node) => {
    if (!node.isTextblock) return true;
    for (const _ of node.textBetween(0, node.content.size, " ", " ").matchAll(WORD)) count++;
    return false;
  });
  return count;
}

/** The story's text with a line for each block, as two versions are compared and as it is copied. */
export function plainText(doc: Node): string {
  return linesOf(doc).join("\n\n");
}

function linesOf(node: Node): string[] {
  const { name } = node.type;
  if (name === "divider") return ["* * *"];
  if (node.isTextblock) {
    const text = node.textBetween(0, node.content.size, " ", (leaf) => (leaf.type.name === "hard_break" ? "\n" : ""));
    return [name === "picture" ? pictureLine(node, text) : text];
  }
  const lines = node.content.content.flatMap(linesOf);
  if (name === "quotation" && node.attrs.cite) lines.push(`— ${node.attrs.cite}`);
  if (name === "post") lines.unshift([node.attrs.author, node.attrs.network, node.attrs.date].filter(Boolean).join(", "));
  return lines;
}

function pictureLine(node: Node, caption: string): string {
  const credit = [node.attrs.agency, node.attrs.photographer].filter(Boolean).join(" / ");
  return [caption, credit && `(${credit})`].filter(Boolean).join(" ");
}
