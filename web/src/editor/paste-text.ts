// Plain text from the clipboard. Text that looks like Markdown is read as such; anything else keeps its lines.
import { Fragment, Slice, type Mark, type Node } from "prosemirror-model";
import { schema } from "./schema";
import { safeHref } from "../lib/links";

const { nodes, marks } = schema;

/** What a pasted plain text becomes. `plain` is "paste without formatting": no reading of signs. */
export function textToSlice(text: string, plain: boolean): Slice {
  const clean = text.replace(/\r\n?/g, "\n").replace(/\u0000/g, "");
  const blocks = plain || !looksLikeMarkdown(clean) ? plainBlocks(clean) : markdownBlocks(clean);
  const first = blocks[0];
  const last = blocks[blocks.length - 1];
  const open = (node: Node | undefined) => (node?.type === nodes.paragraph ? 1 : 0);
  return new Slice(Fragment.from(blocks), open(first), open(last));
}

export function looksLikeMarkdown(text: string): boolean {
  return (
    /^(#{1,6} +\S|> ?\S|```|\s*[-*+] +\S|\s*\d{1,3}[.)] +\S|(?:-{3,}|\*{3,}|_{3,})$)/m.test(text) ||
    /\*\*\S[^*\n]*\S?\*\*|\[[^\]\n]+\]\((?:https?:|mailto:|\/)[^)\s]+\)/.test(text)
  );
}

/** Blank lines end paragraphs, single line ends stay as breaks; text without blank lines has a paragraph a line. */
function plainBlocks(text: string): Node[] {
  const lines = text.replace(/^\n+|\n+$/g, "");
  if (!/\n[ \t]*\n/.test(lines)) return lines.split("\n").map((line) => paragraph(plainInline(line)));
  return lines.split(/\n(?:[ \t]*\n)+/).map((part) => paragraph(withBreaks(part, plainInline)));
}

function plainInline(text: string): Node[] {
  return text === "" ? [] : [schema.text(text)];
}

function withBreaks(text: string, read: (line: string) => Node[]): Node[] {
  const out: Node[] = [];
  text.split("\n").forEach((line, index) => {
    if (index > 0) out.push(schema.node("hard_break"));
    out.push(...read(line));
  });
  return out;
}

function paragraph(content: Node[]): Node {
  return schema.node("paragraph", null, content);
}

function markdownBlocks(text: string): Node[] {
  return new Lines(text.split("\n")).blocks();
}

/** A line reader for the signs people type by hand; anything it does not know is a paragraph. */
class Lines {
  private at = 0;
  constructor(private readonly lines: string[], private readonly depth = 0) {}

  blocks(): Node[] {
    const out: Node[] = [];
    while (this.at < this.lines.length) {
      if (this.line().trim() === "") this.at++;
      else out.push(this.block());
    }
    return out.length > 0 ? out : [paragraph([])];
  }

  private line(): string {
    return this.lines[this.at] ?? "";
  }

  private block(): Node {
    const line = this.line();
    const heading = /^(#{1,6}) +(.+?)(?: +#+)?$/.exec(line);
    if (heading) {
      this.at++;
      const level = Math.min(Math.max(heading[1]?.length ?? 2, 2), 4);
      return schema.node("heading", { level }, inline(heading[2] ?? ""));
    }
    if (/^ {0,3}(-{3,}|\*{3,}|_{3,})\s*$/.test(line)) {
      this.at++;
      return schema.node("divider");
    }
    if (/^```/.test(line)) return this.fenced();
    if (/^> ?/.test(line) && this.depth < MAX_DEPTH) return this.quotation();
    if (item(line) && this.depth < MAX_DEPTH) return this.list();
    return this.paragraph();
  }

  private fenced(): Node {
    this.at++;
    const start = this.at;
    while (this.at < this.lines.length && !/^```\s*$/.test(this.line())) this.at++;
    const text = this.lines.slice(start, this.at).join("\n");
    this.at++;
    return schema.node("preformatted", null, text === "" ? [] : [schema.text(text)]);
  }

  private quotation(): Node {
    const inside: string[] = [];
    while (this.at < this.lines.length && /^>/.test(this.line())) {
      inside.push(this.line().replace(/^> ?/, ""));
      this.at++;
    }
    const content = new Lines(inside, this.depth + 1).blocks().flatMap(quotable);
    return schema.node("quotation", null, content.length > 0 ? content : [paragraph([])]);
  }

  private list(): Node {
    const first = item(this.line());
    const ordered = first?.number !== null;
    const indent = first?.indent ?? 0;
    const items: Node[] = [];
    for (let next = item(this.line()); next && next.indent === indent && (next.number !== null) === ordered; next = item(this.line())) {
      const inside = [next.text];
      this.at++;
      while (this.at < this.lines.length && this.belongs(indent)) {
        inside.push(this.line().replace(/^\t| {1,4}/, ""));
        this.at++;
      }
      const content = new Lines(inside, this.depth + 1).blocks();
      if (content[0]?.type !== nodes.paragraph) content.unshift(paragraph([]));
      items.push(schema.node("list_item", null, content));
    }
    return ordered ? schema.node("ordered_list", { order: first?.number ?? 1 }, items) : schema.node("bullet_list", null, items);
  }

  /** Whether this line continues the list item above it: indented further, or blank with an indented line after it. */
  private belongs(indent: number): boolean {
    const line = this.line();
    const width = (/^[ \t]*/.exec(line)?.[0] ?? "").replace(/\t/g, "    ").length;
    if (line.trim() !== "") return width > indent;
    const next = this.lines[this.at + 1] ?? "";
    return next.trim() !== "" && (/^[ \t]*/.exec(next)?.[0] ?? "").replace(/\t/g, "    ").length > indent;
  }

  private paragraph(): Node {
    const start = this.at;
    do this.at++;
    while (this.at < this.lines.length && this.line().trim() !== "" && !/^(#{1,6} |> ?|```)/.test(this.line()) && !item(this.line()));
    return paragraph(withBreaks(this.lines.slice(start, this.at).map((line) => line.trim()).join("\n"), inline));
  }
}

/** Signs nested deeper than this are read as text. */
const MAX_DEPTH = 12;

/** A quotation holds paragraphs and lists; other blocks give it their words. */
function quotable(node: Node): Node[] {
  if (node.type === nodes.paragraph || node.type === nodes.bullet_list || node.type === nodes.ordered_list) return [node];
  if (node.isTextblock) return [paragraph(node.type === nodes.preformatted ? plainInline(node.textContent) : [...childrenOf(node)])];
  return childrenOf(node).flatMap(quotable);
}

function childrenOf(node: Node): Node[] {
  const out: Node[] = [];
  node.forEach((child) => void out.push(child));
  return out;
}

function item(line: string): { indent: number; number: number | null; text: string } | null {
  const found = /^([ \t]*)(?:[-*+•]|(\d{1,4})[.)])[ \t]+(\S.*)$/.exec(line);
  if (!found || /^ {0,3}(\*{3,}|-{3,})\s*$/.test(line)) return null;
  const indent = (found[1] ?? "").replace(/\t/g, "    ").length;
  return { indent, number: found[2] === undefined ? null : Number(found[2]), text: found[3] ?? "" };
}

const INLINE = /(\\[\\`*_{}[\]()#+\-.!~>])|(`+)([^`]+?)\2|\[([^\]\n]+)\]\(([^)\s]+)\)|(\*\*|__)(?=\S)([^\n]*?\S)\6|(~~)(?=\S)([^\n]*?\S)~~|(?<![\p{L}\p{N}_*])([*_])(?=\S)([^\n]*?\S)\10(?![\p{L}\p{N}_*])/gu;

/** Marks of one line, read from the left; a sign without its partner is a letter like any other. */
export function inline(text: string, active: readonly Mark[] = []): Node[] {
  const out: Node[] = [];
  const say = (words: string) => void (words !== "" && out.push(schema.text(words, active)));
  const within = (words: string, mark: Mark) => void out.push(...inline(words, mark.addToSet(active)));
  let last = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, escape, , code, linkText, href, , strong, , strike, , em] = found;
    say(text.slice(last, found.index));
    last = found.index + whole.length;
    if (escape) say(escape.slice(1));
    else if (code !== undefined) out.push(schema.text(code, marks.code.create().addToSet(active)));
    else if (linkText !== undefined) {
      const safe = safeHref(href ?? "");
      if (safe) within(linkText, marks.link.create({ href: safe }));
      else say(whole);
    } else if (strong !== undefined) within(strong, marks.strong.create());
    else if (strike !== undefined) within(strike, marks.strike.create());
    else if (em !== undefined) within(em, marks.em.create());
  }
  say(text.slice(last));
  return out;
}
