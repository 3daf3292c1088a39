// The story's document as the editor knows it. The server's document library owns the format; names, attributes and
// nesting here are the same. Invariant: every attribute has a default and a type check, so that a document from elsewhere
// either fits whole or goes through `repair`.
import { Schema, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec } from "prosemirror-model";
import { safeHref } from "../lib/links";

const data = (dom: HTMLElement, name: string): string => dom.getAttribute(`data-${name}`) ?? "";
const dataOrNull = (dom: HTMLElement, name: string): string | null => dom.getAttribute(`data-${name}`) || null;

/** Attributes without a value are left out of the HTML that goes to the clipboard. */
function attributes(values: Record<string, unknown>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== "" && value !== undefined) out[name] = String(value);
  }
  return out;
}

const headingLevels: Record<string, number> = { h1: 2, h2: 2, h3: 3, h4: 4, h5: 4, h6: 4 };

const cellAttrs = {
  colspan: { default: 1, validate: "number" },
  rowspan: { default: 1, validate: "number" },
};

function cellRule(tag: string) {
  return {
    tag,
    getAttrs: (dom: HTMLElement) => ({
      colspan: spanOf(dom.getAttribute("colspan")),
      rowspan: spanOf(dom.getAttribute("rowspan")),
    }),
  };
}

/** A span beyond this is a mistake or an attack; the table plugin would lay out every column of it. */
const MAX_SPAN = 100;

function spanOf(value: string | null): number {
  const span = Number.parseInt(value ?? "1", 10);
  return Number.isFinite(span) && span >= 1 ? Math.min(span, MAX_SPAN) : 1;
}

function cellDOM(tag: string) {
  return (node: Node): DOMOutputSpec => [
    tag,
    attributes({
      colspan: node.attrs.colspan === 1 ? null : node.attrs.colspan,
      rowspan: node.attrs.rowspan === 1 ? null : node.attrs.rowspan,
    }),
    0,
  ];
}

const nodes = {
  doc: { content: "block+" },

  paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },

  heading: {
    attrs: { level: { default: 2, validate: "number" } },
    content: "inline*",
    group: "block",
    defining: true,
    parseDOM: Object.entries(headingLevels).map(([tag, level]) => ({ tag, attrs: { level } })),
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },

  bullet_list: { content: "list_item+", group: "block list", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },

  ordered_list: {
    attrs: { order: { default: 1, validate: "number" } },
    content: "list_item+",
    group: "block list",
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ order: Number.parseInt(dom.getAttribute("start") ?? "1", 10) || 1 }) }],
    toDOM: (node) => ["ol", attributes({ start: node.attrs.order === 1 ? null : node.attrs.order }), 0],
  },

  list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },

  quotation: {
    attrs: { cite: { default: null, validate: "string|null" }, url: { default: null, validate: "string|null" } },
    content: "(paragraph | list)+",
    group: "block",
    defining: true,
    parseDOM: [
      {
        tag: "blockquote.quotation[data-own]",
        contentElement: ".quotation-text",
        getAttrs: (dom) => ({ cite: dataOrNull(dom, "cite"), url: dataOrNull(dom, "url") }),
      },
      { tag: "blockquote", getAttrs: (dom) => ({ cite: dataOrNull(dom, "cite"), url: safeHref(dom.getAttribute("cite") ?? "") }) },
    ],
    toDOM: (node) => [
      "blockquote",
      { class: "quotation", "data-own": "", ...attributes({ "data-cite": node.attrs.cite, "data-url": node.attrs.url }) },
      ["div", { class: "quotation-text" }, 0],
      ...(node.attrs.cite ? [["footer", ["cite", node.attrs.cite]]] : []),
    ] as unknown as DOMOutputSpec,
  },

  picture: {
    attrs: {
      picture: { default: null, validate: "string|null" },
      alt: { default: "", validate: "string" },
      agency: { default: "", validate: "string" },
      photographer: { default: "", validate: "string" },
    },
    content: "inline*",
    group: "block",
    isolating: true,
    defining: true,
    draggable: true,
    parseDOM: [
      {
        tag: "figure.picture",
        contentElement: (dom) => {
          const figure = dom as HTMLElement;
          return figure.querySelector<HTMLElement>("figcaption .caption") ?? figure.querySelector<HTMLElement>("figcaption") ?? figure;
        },
        getAttrs: (dom) => ({
          picture: dataOrNull(dom, "picture"),
          alt: data(dom, "alt") || (dom.querySelector("img")?.getAttribute("alt") ?? ""),
          agency: data(dom, "agency"),
          photographer: data(dom, "photographer"),
        }),
      },
    ],
    toDOM: (node) => [
      "figure",
      {
        class: "picture",
        ...attributes({
          "data-picture": node.attrs.picture,
          "data-alt": node.attrs.alt,
          "data-agency": node.attrs.agency,
          "data-photographer": node.attrs.photographer,
        }),
      },
      ["figcaption", 0],
    ],
  },

  post: {
    attrs: {
      network: { default: "", validate: "string" },
      author: { default: "", validate: "string" },
      url: { default: null, validate: "string|null" },
      date: { default: null, validate: "string|null" },
    },
    content: "paragraph+",
    group: "block",
    defining: true,
    parseDOM: [
      {
        tag: "figure.post",
        contentElement: "blockquote",
        getAttrs: (dom) => ({
          network: data(dom, "network"),
          author: data(dom, "author"),
          url: safeHref(data(dom, "url")),
          date: dataOrNull(dom, "date"),
        }),
      },
    ],
    toDOM: (node) => [
      "figure",
      {
        class: "post",
        ...attributes({
          "data-network": node.attrs.network,
          "data-author": node.attrs.author,
          "data-url": node.attrs.url,
          "data-date": node.attrs.date,
        }),
      },
      ["blockquote", 0],
    ],
  },

  preformatted: {
    content: "text*",
    marks: "",
    group: "block",
    code: true,
    defining: true,
    parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    toDOM: () => ["pre", 0],
  },

  divider: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },

  // The role names are those of prosemirror-tables; its `colwidth` is left out, since a story's table has no fixed widths.
  table: {
    content: "table_row+",
    tableRole: "table",
    isolating: true,
    group: "block",
    parseDOM: [{ tag: "table" }],
    toDOM: () => ["table", ["tbody", 0]],
  },
  table_row: { content: "(table_cell | table_header)*", tableRole: "row", parseDOM: [{ tag: "tr" }], toDOM: () => ["tr", 0] },
  table_cell: {
    content: "block+",
    attrs: cellAttrs,
    tableRole: "cell",
    isolating: true,
    parseDOM: [cellRule("td")],
    toDOM: cellDOM("td"),
  },
  table_header: {
    content: "block+",
    attrs: cellAttrs,
    tableRole: "header_cell",
    isolating: true,
    parseDOM: [cellRule("th")],
    toDOM: cellDOM("th"),
  },

  text: { group: "inline" },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    linebreakReplacement: true,
    leafText: () => "\n",
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
} satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    attrs: { href: { validate: "string" }, title: { default: null, validate: "string|null" } },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (dom) => {
          const href = safeHref(dom.getAttribute("href") ?? "");
          return href === null ? false : { href, title: dom.getAttribute("title") };
        },
      },
    ],
    toDOM: (mark) => ["a", attributes({ href: mark.attrs.href, title: mark.attrs.title }), 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  strike: { parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }], toDOM: () => ["s", 0] },
  sub: { excludes: "sub sup", parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
  sup: { excludes: "sub sup", parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
  code: { code: true, parseDOM: [{ tag: "code" }, { tag: "kbd" }, { tag: "samp" }, { tag: "tt" }], toDOM: () => ["code", 0] },
} satisfies Record<string, MarkSpec>;

export const schema = new Schema({ nodes, marks });

/** A document with one empty paragraph. */
export function emptyDoc(): Node {
  return schema.node("doc", null, [schema.node("paragraph")]);
}
