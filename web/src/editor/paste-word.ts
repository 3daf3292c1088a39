// Word writes lists as paragraphs with a style and a bullet in text. This gives them back their shape.

interface Entry {
  element: HTMLElement;
  level: number;
  ordered: boolean;
  start: number;
}

const LIST_STYLE = /mso-list:\s*(?!ignore)\S+\s+level(\d+)/i;

export function wordLists(doc: Document): void {
  const entries = new Map<Element, Entry>();
  for (const element of doc.body.querySelectorAll<HTMLElement>("p, h1, h2, h3, h4, h5, h6")) {
    const entry = entryOf(element);
    if (entry) entries.set(element, entry);
  }
  for (const element of [...entries.keys()]) {
    if (!element.isConnected) continue;
    const run: Entry[] = [];
    let next: Element | null = element;
    while (next && entries.has(next)) {
      run.push(entries.get(next) as Entry);
      next = next.nextElementSibling;
    }
    if (run.length > 0) rebuild(doc, run);
  }
}

function entryOf(element: HTMLElement): Entry | null {
  const level = LIST_STYLE.exec(element.getAttribute("data-style") ?? "");
  const marker = [...element.querySelectorAll<HTMLElement>("span")].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("data-style") ?? ""));
  if (!level && !marker) return null;
  const sign = (marker?.textContent ?? "").replace(/[\s\u00a0]/g, "");
  const number = /^(\d+|[a-z]{1,4})[.)]$/i.exec(sign);
  marker?.remove();
  const start = number && /^\d+$/.test(number[1] ?? "") ? Number(number[1]) : 1;
  return { element, level: Math.min(Number(level?.[1] ?? 1), 9), ordered: number !== null, start };
}

function rebuild(doc: Document, run: Entry[]): void {
  const first = run[0] as Entry;
  const anchor = doc.createElement("div");
  first.element.before(anchor);
  const open: { list: HTMLElement; level: number; ordered: boolean }[] = [];
  for (const entry of run) {
    while (open.length > 0 && top(open).level > entry.level) open.pop();
    if (open.length > 0 && top(open).level === entry.level && top(open).ordered !== entry.ordered) open.pop();
    if (open.length === 0 || top(open).level < entry.level) {
      const list = doc.createElement(entry.ordered ? "ol" : "ul");
      if (entry.ordered && entry.start > 1) list.setAttribute("start", String(entry.start));
      const holder = open.length > 0 ? (top(open).list.lastElementChild ?? top(open).list) : anchor;
      holder.append(list);
      open.push({ list, level: entry.level, ordered: entry.ordered });
    }
    const item = doc.createElement("li");
    const paragraph = doc.createElement("p");
    paragraph.append(...entry.element.childNodes);
    item.append(paragraph);
    top(open).list.append(item);
    entry.element.remove();
  }
  anchor.replaceWith(...anchor.childNodes);
}

function top<T>(stack: T[]): T {
  return stack[stack.length - 1] as T;
}

/** Word's quotation and title styles, and the non-breaking spaces it pads with. */
export function wordQuotes(doc: Document): void {
  const isWord = /\bMso/.test(doc.body.innerHTML) || doc.documentElement.outerHTML.includes("urn:schemas-microsoft-com");
  if (!isWord) return;
  for (const element of [...doc.body.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")]) {
    const before = element.previousElementSibling;
    const quote = before?.localName === "blockquote" ? before : doc.createElement("blockquote");
    if (quote !== before) element.before(quote);
    quote.append(element);
  }
  for (const element of [...doc.body.querySelectorAll("p.MsoTitle, p.MsoSubtitle")]) {
    const heading = doc.createElement(element.classList.contains("MsoTitle") ? "h2" : "h3");
    heading.append(...element.childNodes);
    element.replaceWith(heading);
  }
  const walker = doc.createTreeWalker(doc.body, 4 /* text */);
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    // Word wraps its source at 80 columns and pads with non-breaking spaces; neither is the writer's.
    if (!text.parentElement?.closest("pre")) text.data = text.data.replace(/\u00a0+/g, " ").replace(/\r?\n/g, " ");
  }
}
