// Quotations underlined in the text: the line's style and a sign after the last word tell the state, colour only helps.
// The marks move along while one types; the library's next answer puts them right.
import { Plugin, PluginKey, type EditorState, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { Node } from "prosemirror-model";
import { SIGNS } from "./naming";
import type { Standing } from "./matching";

/** A quotation's place in the text and what is told there. */
export interface Mark {
  from: number;
  to: number;
  standing: Standing;
  label: string;
}

interface Drawn {
  marks: Mark[];
  current: number | null;
  set: DecorationSet;
}

type Change = { marks: Mark[] } | { current: number | null };

const key = new PluginKey<Drawn>("quotations");

const nothing: Drawn = { marks: [], current: null, set: DecorationSet.empty };

/** A closing mark of any language. */
const CLOSING = /["'”’»«“‘›‹]/;

export interface Around {
  /** The text changed. */
  changed(state: EditorState): void;
  /** The cursor went to another place. */
  moved(index: number | null): void;
  /** The sign after a quotation was pressed. */
  pressed(index: number): void;
}

export function quotationMarks(around: Around): Plugin<Drawn> {
  return new Plugin<Drawn>({
    key,
    state: { init: () => nothing, apply: (tr, drawn) => apply(tr, drawn) },
    props: {
      decorations: (state) => key.getState(state)?.set,
      handleClick(_view, _pos, event) {
        const sign = event.target instanceof Element ? event.target.closest<HTMLElement>(".quoted-end") : null;
        if (!sign || !isOnSign(sign, event)) return false;
        around.pressed(Number(sign.dataset.quotation));
        return true;
      },
    },
    view: () => ({
      update(view, before) {
        if (!view.state.doc.eq(before.doc)) around.changed(view.state);
        else if (view.state.selection.eq(before.selection)) return;
        around.moved(markAt(view.state, view.state.selection.from));
      },
    }),
  });
}

/** The sign is drawn in the space after the last character, which belongs to the same element. */
function isOnSign(element: HTMLElement, event: MouseEvent): boolean {
  const width = Number.parseFloat(getComputedStyle(element, "::after").width) || 0;
  const box = [...element.getClientRects()].at(-1);
  return box !== undefined && event.clientX >= box.right - Math.max(width, 12) - 2;
}

function apply(tr: Transaction, drawn: Drawn): Drawn {
  const change = tr.getMeta(key) as Change | undefined;
  if (change) {
    const next = { ...drawn, ...change };
    return { ...next, set: draw(tr.doc, next.marks, next.current) };
  }
  if (!tr.docChanged) return drawn;
  const marks = drawn.marks.map((mark) => ({ ...mark, from: tr.mapping.map(mark.from, 1), to: tr.mapping.map(mark.to, -1) }));
  return { ...drawn, marks, set: drawn.set.map(tr.mapping, tr.doc) };
}

function draw(doc: Node, marks: Mark[], current: number | null): DecorationSet {
  const decorations: Decoration[] = [];
  marks.forEach((mark, index) => {
    const [from, to] = [Math.max(0, mark.from), Math.min(mark.to, doc.content.size)];
    if (from >= to) return;
    const state = `quoted quoted-${mark.standing}${index === current ? " is-current" : ""}`;
    decorations.push(Decoration.inline(from, to, { class: state, title: mark.label }));
    const end = endOf(doc, to);
    decorations.push(Decoration.inline(end - 1, end, {
      class: `quoted-end quoted-end-${mark.standing}`,
      "data-quotation": String(index),
      "data-sign": SIGNS[mark.standing],
      "data-label": mark.label,
    }));
  });
  return DecorationSet.create(doc, decorations);
}

/** The sign stands behind the closing mark, if one follows. */
function endOf(doc: Node, to: number): number {
  const $to = doc.resolve(to);
  const after = $to.parent.isTextblock && $to.parentOffset < $to.parent.content.size ? doc.textBetween(to, to + 1) : "";
  return CLOSING.test(after) ? to + 1 : to;
}

export function showMarks(state: EditorState, marks: Mark[]): Transaction {
  return state.tr.setMeta(key, { marks } satisfies Change).setMeta("addToHistory", false);
}

export function showCurrent(state: EditorState, current: number | null): Transaction {
  return state.tr.setMeta(key, { current } satisfies Change).setMeta("addToHistory", false);
}

/** The place of a quotation now. */
export function placeOf(state: EditorState, index: number): { from: number; to: number } | null {
  const mark = key.getState(state)?.marks[index];
  return mark && mark.from < mark.to ? mark : null;
}

/** The quotation that the place is in. */
export function markAt(state: EditorState, pos: number): number | null {
  const index = (key.getState(state) ?? nothing).marks.findIndex((mark) => mark.from <= pos && pos <= mark.to);
  return index < 0 ? null : index;
}
