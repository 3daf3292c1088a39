import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom";
import { EditorState, NodeSelection, TextSelection, type Command } from "prosemirror-state";
import type { Node } from "prosemirror-model";
import { insertBlock, moveBlock, leaveCaption, plainAgain, selectPicture, selectPictureBefore, toggleBlock, toggleList, toggleWrap } from "../src/editor/commands";
import { schema } from "../src/editor/schema";

const { nodes } = schema;
const p = (text = "") => nodes.paragraph.create(null, text ? schema.text(text) : null);
const h2 = (text: string) => nodes.heading.create({ level: 2 }, schema.text(text));
const li = (...blocks: Node[]) => nodes.list_item.create(null, blocks);
const picture = (caption = "") => nodes.picture.create({ picture: "p1" }, caption ? schema.text(caption) : null);
const doc = (...blocks: Node[]) => nodes.doc.create(null, blocks);

/** The state with the cursor at the start of that text (or at a position). */
function at(document: Node, place: string | number): EditorState {
  let pos = typeof place === "number" ? place : -1;
  document.descendants((node, at) => {
    if (pos < 0 && node.isText && node.text?.includes(place as string)) pos = at + (node.text.indexOf(place as string) ?? 0);
  });
  return EditorState.create({ doc: document, selection: TextSelection.create(document, pos) });
}

function after(state: EditorState, command: Command): EditorState {
  let next = state;
  assert.equal(command(state, (tr) => void (next = state.apply(tr))), true);
  next.doc.check();
  return next;
}

const is = (state: EditorState, expected: Node) => assert.equal(state.doc.toString(), expected.toString());

test("a heading becomes a paragraph inside a list or quotation", () => {
  is(after(at(doc(h2("a")), "a"), toggleList(nodes.bullet_list)), doc(nodes.bullet_list.create(null, li(p("a")))));
  is(after(at(doc(h2("a")), "a"), toggleWrap(nodes.quotation)), doc(nodes.quotation.create(null, p("a"))));
});

test("a second press takes the shape away", () => {
  is(after(at(doc(nodes.bullet_list.create(null, li(p("a")))), "a"), toggleList(nodes.bullet_list)), doc(p("a")));
  is(after(at(doc(nodes.quotation.create(null, [p("a"), p("b")])), "b"), toggleWrap(nodes.quotation)), doc(p("a"), p("b")));
  is(after(at(doc(h2("a")), "a"), toggleBlock(nodes.heading, { level: 2 })), doc(p("a")));
});

test("the other list button changes the kind of list", () => {
  const state = after(at(doc(nodes.bullet_list.create(null, [li(p("a")), li(p("b"))])), "b"), toggleList(nodes.ordered_list));
  assert.equal(state.doc.firstChild?.type, nodes.ordered_list);
  assert.equal(state.doc.firstChild?.childCount, 2);
});

test("a block takes the place of an empty line, else it stands after its block", () => {
  const divider = insertBlock(() => nodes.divider.create());
  is(after(at(doc(p()), 1), divider), doc(nodes.divider.create(), p()));
  is(after(at(doc(p("a"), p("b")), "a"), divider), doc(p("a"), nodes.divider.create(), p("b")));
  is(after(at(doc(nodes.bullet_list.create(null, li(p("a")))), "a"), divider), doc(nodes.bullet_list.create(null, li(p("a"))), nodes.divider.create(), p()));
  const post = insertBlock(() => nodes.post.create(null, p()));
  const state = after(at(doc(p("a")), "a"), post);
  assert.equal(state.selection.$from.node(1).type, nodes.post);
});

test("captions are left by Enter and guarded from Backspace", () => {
  const below = after(at(doc(picture("cap")), "cap"), leaveCaption);
  is(below, doc(picture("cap"), p()));
  assert.equal(below.selection.$from.parent.type, nodes.paragraph);
  assert.ok(after(at(doc(picture("cap")), "cap"), selectPicture).selection instanceof NodeSelection);
  const before = after(at(doc(picture(), p("a")), "a"), selectPictureBefore);
  assert.ok(before.selection instanceof NodeSelection);
  is(before, doc(picture(), p("a")));
  is(after(at(doc(picture(), p()), 3), selectPictureBefore), doc(picture()));
});

test("Backspace makes plain before it joins", () => {
  is(after(at(doc(p("a"), h2("b")), "b"), plainAgain), doc(p("a"), p("b")));
  is(after(at(doc(nodes.quotation.create(null, [p("a"), p("b")])), "a"), plainAgain), doc(p("a"), nodes.quotation.create(null, p("b"))));
});

test("a block moves past its neighbour and keeps the cursor", () => {
  const state = after(at(doc(p("a"), picture("cap"), p("b")), "cap"), moveBlock(-1));
  is(state, doc(picture("cap"), p("a"), p("b")));
  assert.equal(state.selection.$from.parent.type, nodes.picture);
  const down = after(state, moveBlock(1));
  is(down, doc(p("a"), picture("cap"), p("b")));
  assert.equal(down.selection.$from.parent.type, nodes.picture);
  assert.equal(moveBlock(1)(at(doc(p("a")), "a")), false);
});
