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
  const lines: string[] = [];
  doc.descendants((node) => {
    if (node.isTextblock) {
      const text = node.textBetween(0, node.content.size, " ", (leaf) => (leaf.type.name === "hard_break" ? "\n" : ""));
      lines.push(node.type.name === "picture" ? pictureLine(node, text) : text);
      return false;
    }
    if (node.type.name === "divider") lines.push("* * *");
    return true;
  });
  return lines.join("\n\n");
}

function pictureLine(node: Node, caption: string): string {
  const credit = [node.attrs.agency, node.attrs.photographer].filter(Boolean).join(" / ");
  return [caption, credit && `(${credit})`].filter(Boolean).join(" ");
}
