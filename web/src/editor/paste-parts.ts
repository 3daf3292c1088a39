// Parts of pasted pages that need a shape of their own: pictures, tables, posts from elsewhere.
import { safeHref } from "../lib/links";

/** Pictures smaller than this in either direction are icons and counters. */
const SMALLEST_PICTURE = 48;

/**
 * A pasted picture's file does not come with the text. Its caption and alt text do: they stay as a picture block without a
 * file, to which the writer adds one. A picture without any words is dropped.
 */
export function pictures(doc: Document): void {
  for (const img of [...doc.body.querySelectorAll("img")]) {
    if (!img.isConnected) continue;
    const outer = img.closest("figure");
    if (outer?.matches("figure.picture[data-picture]")) continue;
    const alt = (img.getAttribute("alt") ?? "").trim();
    if (outer) {
      if (outer.querySelector("table, blockquote")) img.remove();
      else wholeFigure(outer, alt, img);
      continue;
    }
    if (alt === "" || isSmall(img)) img.remove();
    else standAlone(doc, img, alt);
  }
}

function isSmall(img: Element): boolean {
  const sides = [img.getAttribute("width"), img.getAttribute("height")].map((value) => Number.parseInt(value ?? "", 10));
  return sides.some((side) => Number.isFinite(side) && side < SMALLEST_PICTURE);
}

function wholeFigure(figure: Element, alt: string, img: Element): void {
  figure.classList.add("picture");
  if (!figure.getAttribute("data-alt")) figure.setAttribute("data-alt", alt);
  const caption = figure.querySelector("figcaption");
  img.remove();
  if (!caption) return;
  // Words beside the caption (a gallery's other captions, a credit line) join it.
  for (const node of [...figure.childNodes]) {
    if (node !== caption && (node.textContent ?? "").trim() !== "") caption.append(" ", ...node.childNodes.length ? [...node.childNodes] : [node]);
  }
  for (const block of [...caption.querySelectorAll("p, div")]) block.replaceWith(...block.childNodes, " ");
}

function standAlone(doc: Document, img: Element, alt: string): void {
  const figure = doc.createElement("figure");
  figure.className = "picture";
  figure.setAttribute("data-alt", alt);
  figure.append(doc.createElement("figcaption"));
  // A figure cannot stand inside a paragraph: it goes before the paragraph that holds the picture.
  let holder: Element = img;
  while (holder.parentElement && /^(p|a|span|strong|b|em|i|h[1-6])$/.test(holder.parentElement.localName)) holder = holder.parentElement;
  holder.before(figure);
  img.remove();
}

/** A table of one cell, or inside another table, is layout: only its content stays. A caption becomes a paragraph. */
export function tables(doc: Document): void {
  for (const table of [...doc.body.querySelectorAll("table")]) {
    const caption = table.querySelector(":scope > caption");
    if (caption) {
      const paragraph = doc.createElement("p");
      paragraph.append(...caption.childNodes);
      table.before(paragraph);
      caption.remove();
    }
    for (const group of [...table.querySelectorAll(":scope > colgroup, :scope > col")]) group.remove();
    const cells = table.querySelectorAll("td, th");
    if (cells.length > 1 && !table.parentElement?.closest("td, th")) continue;
    const plain = doc.createElement("div");
    for (const cell of cells) {
      const part = doc.createElement("div");
      part.append(...cell.childNodes);
      plain.append(part);
    }
    if (cells.length === 0) plain.append(...table.childNodes);
    table.replaceWith(plain);
  }
}

const NETWORKS: [RegExp, string][] = [
  [/twitter|(^|[./])x\.com\//, "X"],
  [/instagram/, "Instagram"],
  [/tiktok/, "TikTok"],
  [/bluesky|bsky/, "Bluesky"],
  [/mastodon/, "Mastodon"],
  [/facebook|^fb-/, "Facebook"],
  [/reddit/, "Reddit"],
  [/threads|text-post-media/, "Threads"],
];

/** Posts that a network's own embed code wraps, and frames: the text or the address stays, nothing is loaded. */
export function embeds(doc: Document): void {
  const posts = "blockquote.twitter-tweet, blockquote.twitter-video, blockquote.instagram-media, blockquote.tiktok-embed, blockquote.bluesky-embed, blockquote.mastodon-embed, blockquote.reddit-embed-bq, blockquote.text-post-media";
  for (const quote of [...doc.body.querySelectorAll(posts)]) post(doc, quote);
  for (const frame of [...doc.body.querySelectorAll("iframe, embed, video, audio")]) {
    const src = frame.getAttribute("src") ?? frame.querySelector("source")?.getAttribute("src") ?? "";
    const href = safeHref(src.startsWith("//") ? `https:${src}` : src);
    const paragraph = doc.createElement("p");
    if (href) {
      const link = doc.createElement("a");
      link.setAttribute("href", href);
      link.textContent = frame.getAttribute("title") || href;
      paragraph.append(link);
    }
    frame.replaceWith(paragraph, ...frame.childNodes);
  }
}

function post(doc: Document, quote: Element): void {
  const links = [...quote.querySelectorAll("a[href]")];
  const url = safeHref(quote.getAttribute("cite") ?? quote.getAttribute("data-instgrm-permalink") ?? links.at(-1)?.getAttribute("href") ?? "");
  const figure = doc.createElement("figure");
  figure.className = "post";
  figure.setAttribute("data-network", networkOf(`${quote.className} ${url ?? ""}`));
  if (url) figure.setAttribute("data-url", url);
  const tail = /(?:—|&mdash;)\s*(.+?\(@[\w.]+\))/.exec(quote.textContent ?? "");
  if (tail?.[1]) figure.setAttribute("data-author", tail[1].trim());
  const inner = doc.createElement("blockquote");
  inner.append(...quote.childNodes);
  figure.append(inner);
  quote.replaceWith(figure);
}

export function networkOf(text: string): string {
  return NETWORKS.find(([pattern]) => pattern.test(text.toLowerCase()))?.[1] ?? "";
}
