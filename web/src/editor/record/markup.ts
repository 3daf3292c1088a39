// The story's text as the library reads it: the HTML that the desk makes of the same document, without the markup that the
// library does not look at, and with the way back from its offsets to places in the editor.
//
// Invariant: the desk (`onrecord_prose::to_html`) and this give the library the same blocks of the same kind with the same
// text, so that both find the same quotations; test/samples/quotations.json is checked from both sides.
import type { Node } from "prosemirror-model";

/** A stretch of the HTML and the place in the document where it stands. */
interface Piece {
  at: number;
  length: number;
  /** Place of its first character; a stand-in (`&amp;`, a line break) is one place long whatever its length. */
  pos: number;
  standIn: boolean;
}

export class Markup {
  readonly html: string;
  private readonly pieces: Piece[] = [];
  private out: string[] = [];
  private length = 0;

  constructor(doc: Node) {
    this.blocks(doc, 0);
    this.html = this.out.join("");
    this.out = [];
  }

  /** Where the character at that offset begins in the document. */
  start(offset: number): number | null {
    const piece = this.piece(offset);
    if (!piece) return null;
    return piece.standIn ? piece.pos : piece.pos + Math.min(offset - piece.at, piece.length);
  }

  /** Where the character before that offset ends. */
  end(offset: number): number | null {
    const piece = this.piece(offset - 1);
    if (!piece) return null;
    return piece.standIn ? piece.pos + 1 : piece.pos + Math.min(offset - piece.at, piece.length);
  }

  /** The last piece that begins at or before the offset. */
  private piece(offset: number): Piece | null {
    let [low, high] = [0, this.pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.pieces[middle] as Piece).at <= offset) low = middle + 1;
      else high = middle;
    }
    return this.pieces[low - 1] ?? null;
  }

  private raw(html: string): void {
    this.out.push(html);
    this.length += html.length;
  }

  private piecewise(html: string, pos: number, standIn: boolean): void {
    this.pieces.push({ at: this.length, length: html.length, pos, standIn });
    this.raw(html);
  }

  /** Text that stands in the document at `pos`. */
  private text(text: string, pos: number): void {
    let from = 0;
    for (const { index } of text.matchAll(/[&<]/g)) {
      if (index > from) this.piecewise(text.slice(from, index), pos + from, false);
      this.piecewise(text[index] === "&" ? "&amp;" : "&lt;", pos + index, true);
      from = index + 1;
    }
    if (from < text.length) this.piecewise(text.slice(from), pos + from, false);
  }

  /** Text that stands in an attribute: the library reads it, but no place in the text answers to it. */
  private aside(text: string): void {
    this.raw(text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
  }

  /** The children of a node whose content begins at `pos`. */
  private blocks(parent: Node, pos: number, from = 0): void {
    parent.forEach((child, offset, index) => {
      if (index >= from) this.block(child, pos + offset);
    });
  }

  private block(node: Node, pos: number): void {
    switch (node.type.name) {
      case "paragraph":
        return this.line("p", node, pos);
      case "heading":
        return this.line("h2", node, pos);
      case "bullet_list":
      case "ordered_list":
        return this.list(node, pos);
      case "quotation":
        return this.quotation(node, pos);
      case "picture":
        return this.picture(node, pos);
      case "post":
        return this.post(node, pos);
      case "preformatted":
        this.raw("<pre>");
        this.inlines(node, pos);
        return this.raw("</pre>\n");
      case "divider":
        return this.raw("<hr>\n");
      case "table":
        return this.table(node, pos);
      default:
        return this.blocks(node, pos + 1);
    }
  }

  private line(name: string, node: Node, pos: number): void {
    if (isBlank(node)) return;
    this.raw(`<${name}>`);
    this.inlines(node, pos);
    this.raw(`</${name}>\n`);
  }

  private inlines(node: Node, pos: number): void {
    node.forEach((child, offset) => {
      if (child.isText) this.text(child.text ?? "", pos + 1 + offset);
      else this.piecewise("<br>", pos + 1 + offset, true);
    });
  }

  private list(node: Node, pos: number): void {
    this.raw("<ul>\n");
    node.forEach((item, offset) => {
      const at = pos + 1 + offset;
      const [first, ...rest] = item.content.content;
      this.raw("<li>");
      if (first?.type.name === "paragraph" && !rest.some((block) => block.type.name === "paragraph")) {
        this.inlines(first, at + 1);
        if (rest.length > 0) this.raw("\n");
        this.blocks(item, at + 1, 1);
      } else {
        this.blocks(item, at + 1);
      }
      this.raw("</li>\n");
    });
    this.raw("</ul>\n");
  }

  private quotation(node: Node, pos: number): void {
    this.raw("<blockquote>\n");
    this.blocks(node, pos + 1);
    if (words(node.attrs.cite) !== "") {
      this.raw("<footer><cite>");
      this.aside(words(node.attrs.cite));
      this.raw("</cite></footer>\n");
    }
    this.raw("</blockquote>\n");
  }

  private picture(node: Node, pos: number): void {
    const credit = [words(node.attrs.agency), words(node.attrs.photographer)].filter(Boolean).join(" / ");
    const captioned = !isBlank(node);
    if (!captioned && credit === "") return;
    this.raw("<figure><figcaption>");
    if (captioned) this.inlines(node, pos);
    if (credit !== "") this.aside(captioned ? ` ${credit}` : credit);
    this.raw("</figcaption></figure>\n");
  }

  private post(node: Node, pos: number): void {
    this.raw("<figure>\n<blockquote>\n");
    this.blocks(node, pos + 1);
    this.raw("</blockquote>\n");
    const parts = [words(node.attrs.author), words(node.attrs.network), words(node.attrs.date) || hostOf(words(node.attrs.url))].filter(Boolean);
    if (parts.length > 0) {
      this.raw("<figcaption>");
      this.aside(parts.join(", "));
      this.raw("</figcaption>\n");
    }
    this.raw("</figure>\n");
  }

  private table(node: Node, pos: number): void {
    this.raw("<div>\n<table>\n<tbody>\n");
    node.forEach((row, offset) => {
      const at = pos + 1 + offset;
      this.raw("<tr>\n");
      row.forEach((cell, inner) => this.cell(cell, at + 1 + inner));
      this.raw("</tr>\n");
    });
    this.raw("</tbody>\n</table>\n</div>\n");
  }

  private cell(cell: Node, pos: number): void {
    this.raw("<td>");
    const only = cell.childCount === 1 ? cell.firstChild : null;
    if (only?.type.name === "paragraph") this.inlines(only, pos + 1);
    else this.blocks(cell, pos + 1);
    this.raw("</td>\n");
  }
}

function isBlank(node: Node): boolean {
  return node.textContent.trim() === "";
}

function words(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function hostOf(url: string): string {
  try {
    return new URL(url).host || url;
  } catch {
    return url;
  }
}
