// Pasted HTML, cleaned before the schema reads it. Law: every visible word of what was pasted is in what comes out; only
// looks are dropped. Style is read as text: the desk's CSP forbids style attributes, so `disarm` renames them.
import { safeHref, unwrapRedirect } from "../lib/links";
import { wordLists, wordQuotes } from "./paste-word";
import { embeds, pictures, tables } from "./paste-parts";

const REMOVED = "style, script, meta, link, title, base, template, object > param, input, select, button, svg, math, audio > source, video > source, progress, meter, map";
const UNWRAPPED = "font, center, main, article, section, header, footer, aside, nav, hgroup, noscript, form, fieldset, label, details, summary, u, ins, mark, small, big, abbr, time, picture, object";

export function cleanPastedHtml(html: string): string {
  const inert = disarm(html);
  const doc = new DOMParser().parseFromString(inert, "text/html");
  const body = doc.body;
  // Our own blocks come back as they left: nothing below may touch them.
  if (body.querySelector("[data-pm-slice]") && !body.querySelector("[data-style], span, div:not(.quotation-text)")) return inert;
  removeComments(doc);
  for (const node of body.querySelectorAll(REMOVED)) node.remove();
  for (const node of body.querySelectorAll<HTMLElement>("[data-style]")) if (isHidden(node)) node.remove();
  embeds(doc);
  wordLists(doc);
  wordQuotes(doc);
  namespaced(body);
  styles(doc);
  citations(doc);
  pictures(doc);
  tables(doc);
  unwrapAll(body);
  links(doc);
  breaks(doc);
  headings(body);
  emptyBlocks(body);
  return body.innerHTML;
}

/**
 * Even a document that is never shown asks the page's policy about its styles and handlers, and fills the console with
 * refusals. They are renamed before the parser sees them; only text between angle brackets is touched.
 */
function disarm(html: string): string {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(["'\s])style(\s*=)/gi, "$1data-style$2").replace(/(["'\s/])on([a-z]+\s*=)/gi, "$1data-on$2"));
}

/** A style attribute as a map; enough for the handful of properties that carry meaning. */
export function styleOf(element: Element): Map<string, string> {
  const out = new Map<string, string>();
  for (const part of (element.getAttribute("data-style") ?? "").split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0) out.set(part.slice(0, colon).trim().toLowerCase(), part.slice(colon + 1).trim().toLowerCase());
  }
  return out;
}

export function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

function removeComments(doc: Document): void {
  const walker = doc.createTreeWalker(doc, 128 /* comments */);
  const found: Comment[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Comment);
  for (const comment of found) comment.remove();
}

function isHidden(element: Element): boolean {
  const style = styleOf(element);
  return style.get("display") === "none" || style.get("mso-hide") === "all" || style.get("visibility") === "hidden";
}

/** Word's `<o:p>` and its kin are wrappers without meaning. */
function namespaced(body: HTMLElement): void {
  for (const node of [...body.querySelectorAll("*")]) if (node.localName.includes(":")) unwrap(node);
}

/** Bold, italic and the like that a program wrote as style become elements; styles that deny an element undo it. */
function styles(doc: Document): void {
  for (const element of [...doc.body.querySelectorAll<HTMLElement>("b, strong, i, em, span, a, p, li, sub, sup, s, u, font")]) {
    const style = styleOf(element);
    const weight = style.get("font-weight");
    const tag = element.localName;
    if ((tag === "b" || tag === "strong") && (weight === "normal" || weight === "400")) {
      unwrap(element);
      continue;
    }
    if ((tag === "i" || tag === "em") && style.get("font-style") === "normal") {
      unwrap(element);
      continue;
    }
    if (tag === "p" || tag === "li") continue;
    const inHeading = element.closest("h1, h2, h3, h4, h5, h6") !== null;
    if (!inHeading && (weight === "bold" || weight === "bolder" || Number(weight) >= 600)) wrapInside(element, "strong");
    if (style.get("font-style") === "italic") wrapInside(element, "em");
    if (/line-through/.test((style.get("text-decoration") ?? "") + (style.get("text-decoration-line") ?? ""))) wrapInside(element, "s");
    if (style.get("vertical-align") === "super") wrapInside(element, "sup");
    if (style.get("vertical-align") === "sub") wrapInside(element, "sub");
    if (tag === "span" && /courier|mono|consolas|menlo/.test(style.get("font-family") ?? "")) wrapInside(element, "code");
    if (tag === "span" || tag === "font") unwrap(element);
  }
}

function wrapInside(element: Element, tag: string): void {
  if (element.querySelector(BLOCKS) || element.textContent?.trim() === "" || element.closest(tag)) return;
  const wrapper = element.ownerDocument.createElement(tag);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

/** The source line of a quotation moves into its field, where the editor shows it. */
function citations(doc: Document): void {
  for (const quote of doc.body.querySelectorAll("blockquote")) {
    if (quote.closest("figure.post")) continue;
    const inner = quote.querySelector(":scope > footer, :scope > cite, :scope > p:last-child > cite:only-child");
    const figure = quote.parentElement?.localName === "figure" ? quote.parentElement : null;
    const source = inner ?? figure?.querySelector(":scope > figcaption") ?? null;
    if (source) {
      const holder = source.parentElement;
      const words = (source.textContent ?? "").replace(/\s+/g, " ").trim().replace(/^[—–-]\s*/, "");
      const whole = holder?.localName === "p" && holder.textContent?.trim() === source.textContent?.trim();
      if (words && (holder?.localName !== "p" || whole)) {
        quote.setAttribute("data-cite", words);
        const href = source.querySelector("a[href]")?.getAttribute("href");
        if (href && safeHref(href)) quote.setAttribute("cite", href);
        (whole && holder ? holder : source).remove();
      }
    }
    if (figure) unwrap(figure);
  }
}

/** Containers that mean nothing in a story. A block container stays a `div`, so that its text keeps its own paragraph. */
function unwrapAll(body: HTMLElement): void {
  for (const element of [...body.querySelectorAll(UNWRAPPED)]) {
    const isBlock = /^(main|article|section|header|footer|aside|nav|hgroup|form|fieldset|details|summary|center)$/.test(element.localName);
    if (!isBlock) {
      unwrap(element);
      continue;
    }
    const div = body.ownerDocument.createElement("div");
    div.append(...element.childNodes);
    element.replaceWith(div);
  }
  // A definition list is terms and paragraphs.
  for (const term of [...body.querySelectorAll("dt")]) wrapInside(term, "strong");
}

function links(doc: Document): void {
  for (const link of [...doc.body.querySelectorAll("a")]) {
    const href = link.getAttribute("href");
    const target = href === null ? null : safeHref(unwrapRedirect(href));
    // Jump marks and links inside the program that was copied from lead nowhere on our page.
    if (target === null || target.startsWith("#_")) unwrap(link);
    else link.setAttribute("href", target);
  }
}

export const BLOCKS =
  "p, div, ul, ol, li, blockquote, figure, figcaption, table, pre, hr, h1, h2, h3, h4, h5, h6, dl, dt, dd, section, article, address";

/** Two line breaks in a row are a paragraph's end; a break before or after a block is nothing. */
function breaks(doc: Document): void {
  for (const br of [...doc.body.querySelectorAll("br")]) {
    if (!br.isConnected || br.closest("pre")) continue;
    const parent = br.parentElement as HTMLElement;
    if (br.classList.contains("Apple-interchange-newline") || isLoose(br)) br.remove();
    else if (/^(p|div|body|td|th|li|blockquote|dd)$/.test(parent.localName) && isBreak(nextContent(br))) splitAt(br, parent);
  }
}

function isBreak(node: Node | null): boolean {
  return node !== null && node.nodeName === "BR";
}

function nextContent(node: Node): Node | null {
  let next = node.nextSibling;
  while (next && next.nodeType === 3 && next.textContent?.trim() === "") next = next.nextSibling;
  return next;
}

function previousContent(node: Node): Node | null {
  let previous = node.previousSibling;
  while (previous && previous.nodeType === 3 && previous.textContent?.trim() === "") previous = previous.previousSibling;
  return previous;
}

function isLoose(br: Element): boolean {
  const beside = [previousContent(br), nextContent(br)];
  return beside.some((node) => node === null || (node.nodeType === 1 && (node as Element).matches(BLOCKS)));
}

function splitAt(br: Element, parent: HTMLElement): void {
  const doc = br.ownerDocument;
  let following = nextContent(br);
  while (isBreak(following)) {
    const after: Node | null = nextContent(following as Node);
    (following as Element).remove();
    following = after;
  }
  // Inside a paragraph the rest becomes the next paragraph; elsewhere what stands before the break is wrapped as one.
  if (parent.localName === "p") {
    const rest = doc.createElement("p");
    while (br.nextSibling) rest.append(br.nextSibling);
    parent.after(rest);
    br.remove();
    return;
  }
  const before = doc.createElement("p");
  let node = br.previousSibling;
  while (node && !(node.nodeType === 1 && (node as Element).matches(BLOCKS))) {
    const previous: ChildNode | null = node.previousSibling;
    before.prepend(node);
    node = previous;
  }
  br.replaceWith(before);
}

/** A heading that is bold throughout is only a heading. */
function headings(body: HTMLElement): void {
  for (const element of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    for (const bold of [...element.querySelectorAll("strong, b")]) unwrap(bold);
  }
}

/** Blank paragraphs are spacing. Cells and list items keep theirs: they need one. */
function emptyBlocks(body: HTMLElement): void {
  for (const element of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    const inside = element.parentElement?.localName ?? "";
    if (/^(td|th|li)$/.test(inside)) continue;
    if ((element.textContent ?? "").replace(/[\s\u00a0\u200b\ufeff]/g, "") === "" && !element.querySelector("img, hr, figure, table")) element.remove();
  }
}
