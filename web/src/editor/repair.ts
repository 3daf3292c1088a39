// A document that does not fit the schema (an old import, another program's JSON) still opens, with all its words.
import { DOMParser as Reader, type Node } from "prosemirror-model";
import { emptyDoc, schema } from "./schema";

export interface Opened {
  doc: Node;
  /** True when the document had to be reshaped to fit; the page says so. */
  repaired: boolean;
}

/** Nesting beyond this is no text a person wrote; deeper content is flattened to its words. */
const MAX_DEPTH = 60;

/** Opens the text of the `body` field: JSON of a document, or nothing. Text that is no JSON becomes paragraphs. */
export function openBody(text: string): Opened {
  if (text.trim() === "") return { doc: emptyDoc(), repaired: false };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { doc: paragraphs(text), repaired: true };
  }
  return openJson(json);
}

export function openJson(json: unknown): Opened {
  if (json === null || json === undefined) return { doc: emptyDoc(), repaired: false };
  try {
    const doc = schema.nodeFromJSON(json);
    doc.check();
    if (doc.type === schema.topNodeType) return { doc, repaired: false };
  } catch {
    // Falls through to the repair below.
  }
  const root = document.implementation.createHTMLDocument("").body;
  draw(json, root, 0);
  return { doc: Reader.fromSchema(schema).parse(root, { preserveWhitespace: "full" }), repaired: true };
}

function paragraphs(text: string): Node {
  const nodes = text.split(/\n+/).filter((line) => line.trim() !== "");
  return schema.node("doc", null, nodes.length ? nodes.map((line) => schema.node("paragraph", null, [schema.text(line)])) : [schema.node("paragraph")]);
}

const BLOCK_TAGS: Record<string, string> = {
  paragraph: "p",
  bullet_list: "ul",
  ordered_list: "ol",
  list_item: "li",
  preformatted: "pre",
  divider: "hr",
  table: "table",
  table_row: "tr",
  table_cell: "td",
  table_header: "th",
  hard_break: "br",
};

const MARK_TAGS: Record<string, string> = { strong: "strong", em: "em", strike: "s", sub: "sub", sup: "sup", code: "code" };

type Json = { type?: unknown; text?: unknown; attrs?: Record<string, unknown>; content?: unknown; marks?: unknown };

function draw(value: unknown, parent: Element, depth: number): void {
  if (typeof value === "string") return void parent.append(value);
  if (value === null || typeof value !== "object") return;
  const node = value as Json;
  if (typeof node.text === "string") return void parent.append(marked(node.text, node.marks, parent.ownerDocument));
  if (depth > MAX_DEPTH) return void parent.append(wordsOf(node));
  const element = open(node, parent);
  const content = Array.isArray(node.content) ? node.content : [];
  for (const child of content) draw(child, element, depth + 1);
}

/** The words of a part that is nested too deeply; a loop with its own stack, since the depth may be anything. */
function wordsOf(part: Json): string {
  const words: string[] = [];
  const waiting: unknown[] = [part];
  while (waiting.length > 0) {
    const node = waiting.pop() as Json | null;
    if (node === null || typeof node !== "object") continue;
    if (typeof node.text === "string") words.push(node.text);
    if (Array.isArray(node.content)) for (let i = node.content.length - 1; i >= 0; i--) waiting.push(node.content[i]);
  }
  return words.join(" ");
}

/** The element that receives a node's content; a node nobody knows is a plain block, so that its words stay apart. */
function open(node: Json, parent: Element): Element {
  const doc = parent.ownerDocument;
  const type = String(node.type);
  const attrs = node.attrs && typeof node.attrs === "object" ? node.attrs : {};
  if (type === "doc") return parent;
  if (type === "quotation" || type === "picture" || type === "post") return openFigure(type, attrs, parent);
  const level = Number(attrs.level);
  const tag = type === "heading" ? `h${level >= 2 && level <= 4 ? level : level > 4 ? 4 : 2}` : (BLOCK_TAGS[type] ?? "div");
  const element = doc.createElement(tag);
  if (type === "ordered_list" && Number(attrs.order) > 1) element.setAttribute("start", String(attrs.order));
  for (const name of ["colspan", "rowspan"]) {
    if (Number(attrs[name]) > 1) element.setAttribute(name, String(attrs[name]));
  }
  parent.append(element);
  return element;
}

function openFigure(type: string, attrs: Record<string, unknown>, parent: Element): Element {
  const doc = parent.ownerDocument;
  const outer = doc.createElement(type === "quotation" ? "blockquote" : "figure");
  const inner = doc.createElement(type === "quotation" ? "div" : type === "picture" ? "figcaption" : "blockquote");
  outer.className = type;
  if (type === "quotation") {
    outer.setAttribute("data-own", "");
    inner.className = "quotation-text";
  }
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === "string" && /^[a-z]+$/.test(name)) outer.setAttribute(`data-${name}`, value);
  }
  outer.append(inner);
  parent.append(outer);
  return inner;
}

function marked(text: string, marks: unknown, doc: Document): globalThis.Node {
  let node: globalThis.Node = doc.createTextNode(text);
  for (const mark of Array.isArray(marks) ? (marks as Json[]) : []) {
    const type = String(mark?.type);
    const wrapper = doc.createElement(type === "link" ? "a" : (MARK_TAGS[type] ?? "span"));
    if (type === "link" && typeof mark.attrs?.href === "string") wrapper.setAttribute("href", mark.attrs.href);
    wrapper.append(node);
    node = wrapper;
  }
  return node;
}
