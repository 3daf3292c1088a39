import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom";
import { DOMParser as Reader } from "prosemirror-model";
import { cleanPastedHtml } from "../src/editor/paste-html";
import { textToSlice } from "../src/editor/paste-text";
import { schema } from "../src/editor/schema";

function read(html: string) {
  const root = document.createElement("div");
  root.innerHTML = cleanPastedHtml(html);
  const doc = Reader.fromSchema(schema).parse(root);
  doc.check();
  return doc;
}

const shape = (html: string) => read(html).content.content.map((node) => node.type.name);
const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

test("two breaks are a paragraph's end, one is a line's", () => {
  assert.deepEqual(shape("<p>a<br><br>b<br>c</p>"), ["paragraph", "paragraph"]);
  assert.equal(read("<div>a<br>b<br><br>c</div>").childCount, 2);
  assert.equal(read("<p>a<br>b</p>").firstChild?.childCount, 3);
});

test("a quotation's source line becomes its source", () => {
  const quotation = read('<blockquote><p>We wait.</p><footer>— <cite>Ana, <a href="https://example.org">here</a></cite></footer></blockquote>').firstChild;
  assert.equal(quotation?.attrs.cite, "Ana, here");
  assert.equal(quotation?.attrs.url, "https://example.org");
  assert.equal(quotation?.textContent, "We wait.");
});

test("a picture keeps its words as a block that waits for its file", () => {
  const picture = read('<figure><img src="https://elsewhere.example/a.jpg" alt="A wall"><figcaption>The <b>wall</b></figcaption></figure>').firstChild;
  assert.equal(picture?.type.name, "picture");
  assert.deepEqual([picture?.attrs.picture, picture?.attrs.alt, picture?.textContent], [null, "A wall", "The wall"]);
  assert.deepEqual(shape('<p>Text <img src="pixel.gif" width="1" height="1" alt="x"> more</p>'), ["paragraph"]);
});

test("a network's embed is a post, a frame is a link", () => {
  const post = read('<blockquote class="twitter-tweet"><p>Boats!</p>&mdash; Ana (@ana) <a href="https://twitter.com/ana/status/1">May 1</a></blockquote>').firstChild;
  assert.deepEqual({ ...post?.attrs }, { network: "X", author: "Ana (@ana)", url: "https://twitter.com/ana/status/1", date: null });
  const link = read('<iframe src="//video.example/1" title="A film"></iframe>').firstChild?.firstChild;
  assert.equal(link?.marks[0]?.attrs.href, "https://video.example/1");
});

test("layout tables go, real ones stay", () => {
  assert.deepEqual(shape("<table><tr><td><p>a</p><p>b</p></td></tr></table>"), ["paragraph", "paragraph"]);
  assert.deepEqual(shape("<table><caption>C</caption><tr><th>a</th><td>b</td></tr></table>"), ["paragraph", "table"]);
  assert.equal(read('<table><tr><td colspan="999999">a</td><td>b</td></tr></table>').firstChild?.firstChild?.firstChild?.attrs.colspan, 100);
});

test("no visible word is ever lost", () => {
  const pages = [
    "loose <b>text</b> before<div>one<div>two</div>three</div><section><header>four</header></section>",
    "<ul>stray<li>a<ul><li>b</li></ul></li><p>in list</p></ul><ol><ol><li>deep</li></ol></ol>",
    "<table>stray<tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><th>d</th></tr></table>",
    "<h1>a <p>b</p></h1><h5><table><tr><td>c</td><td>d</td></tr></table></h5>",
    "<blockquote><h2>a</h2><table><tr><td>b</td><td>c</td></tr></table><pre>d</pre><hr>e</blockquote>",
    "<pre>a <b>b</b>\n<i>c</i></pre><code>d</code><dl><dt>e</dt><dd>f</dd></dl>",
    "<figure><figcaption><p>a</p><p>b</p></figcaption></figure><figure><table><tr><td>c</td><td>d</td></tr></table><figcaption>e</figcaption></figure>",
    "<details><summary>a</summary>b</details><unknown-tag>c</unknown-tag><font color=red>d</font><center>e</center>",
    "<a href='javascript:x()'>a</a><a name=b>b</a><span style='font-weight:bold'>c<p>d</p></span>",
  ];
  for (const html of pages) {
    const before = document.createElement("div");
    before.innerHTML = html;
    const doc = read(html);
    const kept = wordsOf(`${doc.textBetween(0, doc.content.size, " ", " ")} ${JSON.stringify(doc.toJSON())}`);
    for (const word of wordsOf(before.innerHTML.replace(/<[^>]*>/g, " "))) assert.ok(kept.join(" ").includes(word), `${word} of ${html}`);
  }
});

test("no word is lost in any nesting of tags", () => {
  const tags = ["p", "div", "span", "b", "i", "ul", "ol", "li", "blockquote", "table", "tr", "td", "th", "figure", "figcaption", "h1", "h3", "pre", "a", "footer", "cite", "section", "dl", "dt", "br", "hr", "font"];
  let seed = 11;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  let word = 0;
  const tree = (depth: number): Element | Text => {
    if (depth === 0 || next(4) === 0) return document.createTextNode(` w${word++}x `);
    const element = document.createElement(tags[next(tags.length)] as string);
    if (next(5) === 0) element.setAttribute("style", ["font-weight:700", "mso-list:l0 level2 lfo1", "font-style:italic"][next(3)] as string);
    if (element.localName !== "br" && element.localName !== "hr") for (let i = next(4); i >= 0; i--) element.append(tree(depth - 1));
    return element;
  };
  for (let round = 0; round < 50; round++) {
    const root = document.createElement("div");
    root.append(tree(6), tree(4));
    const before = document.createElement("div");
    before.innerHTML = root.innerHTML;
    const doc = JSON.stringify(read(root.innerHTML).toJSON());
    for (const [found] of (before.textContent ?? "").matchAll(/w\d+x/g)) assert.ok(doc.includes(found), `${found} of ${root.innerHTML}`);
  }
});

test("plain text keeps its lines", () => {
  const blocks = (text: string, plain = false) => textToSlice(text, plain).content.content.map((node) => [node.type.name, node.textBetween(0, node.content.size, "|", "|")]);
  assert.deepEqual(blocks("a\r\nb"), [["paragraph", "a"], ["paragraph", "b"]]);
  assert.deepEqual(blocks("a\nb\n\nc"), [["paragraph", "a|b"], ["paragraph", "c"]]);
  assert.deepEqual(blocks("# a", true), [["paragraph", "# a"]]);
  assert.deepEqual(blocks("2 * 3 * 4 and snake_case_name"), [["paragraph", "2 * 3 * 4 and snake_case_name"]]);
});

test("Markdown is read into blocks and marks", () => {
  const slice = textToSlice("## A *b*\n\n1. one\n   - two\n2. three\n\n> q\n> # r\n\n```\nx  y\n```\n---\n[l](javascript:x) **s _t_**", false);
  assert.deepEqual(slice.content.content.map((node) => node.type.name), ["heading", "ordered_list", "quotation", "preformatted", "divider", "paragraph"]);
  const [, list, quotation, pre, , last] = slice.content.content;
  assert.equal(list?.childCount, 2);
  assert.equal(list?.firstChild?.childCount, 2);
  assert.equal(quotation?.textContent, "qr");
  assert.equal(pre?.textContent, "x  y");
  assert.equal(last?.textContent, "[l](javascript:x) s t");
  for (const node of slice.content.content) node.check();
});

test("any text at all is read without a fault", () => {
  const signs = ["# ", "> ", "- ", "  - ", "1. ", "```", "\n", "\n\n", "**", "_", "`", "[a](", ")", "word ", "\\", "~~", "---", "\t"];
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: next(24) }, () => signs[next(signs.length)]).join("");
    for (const node of textToSlice(text, false).content.content) node.check();
  }
});
