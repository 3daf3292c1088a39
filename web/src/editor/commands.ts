// Commands of this document that ProseMirror's own collections do not have.
import { chainCommands, lift, setBlockType, wrapIn } from "prosemirror-commands";
import type { Attrs, MarkType, Node, NodeType, ResolvedPos } from "prosemirror-model";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import { AllSelection, NodeSelection, Selection, TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { schema } from "./schema";

const { nodes } = schema;

export function markActive(state: EditorState, type: MarkType): boolean {
  const { from, $from, to, empty } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

/** Depth of the nearest ancestor of that type, or null. */
export function depthOf($pos: ResolvedPos, ...types: NodeType[]): number | null {
  for (let depth = $pos.depth; depth > 0; depth--) if (types.includes($pos.node(depth).type)) return depth;
  return null;
}

export function blockActive(state: EditorState, type: NodeType, attrs: Attrs = {}): boolean {
  const { $from } = state.selection;
  const selected = state.selection instanceof NodeSelection ? state.selection.node : null;
  const node = selected?.type === type ? selected : ancestor($from, type);
  return node !== null && Object.entries(attrs).every(([name, value]) => node.attrs[name] === value);
}

function ancestor($pos: ResolvedPos, type: NodeType): Node | null {
  const depth = depthOf($pos, type);
  return depth === null ? null : $pos.node(depth);
}

/** Turns the block into that type, or back into a paragraph when it is one already. */
export function toggleBlock(type: NodeType, attrs: Attrs = {}): Command {
  return (state, dispatch) => {
    const command = blockActive(state, type, attrs) ? setBlockType(nodes.paragraph) : setBlockType(type, attrs);
    return command(state, dispatch);
  };
}

/** Makes a list of the blocks, changes the kind of the list around them, or takes them out of it. */
export function toggleList(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const depth = depthOf($from, nodes.bullet_list, nodes.ordered_list);
    if (depth === null) return chainCommands(wrapInList(type), intoParagraphThen(wrapInList(type)))(state, dispatch);
    if ($from.node(depth).type === type) return liftListItem(nodes.list_item)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), type).scrollIntoView());
    return true;
  };
}

/** Wraps the blocks as a quotation, or takes them out of the one they are in. */
export function toggleWrap(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const depth = depthOf($from, type);
    if (depth === null) return chainCommands(wrapIn(type), intoParagraphThen(wrapIn(type)))(state, dispatch);
    if (!dispatch) return true;
    const wrapper = $from.node(depth);
    const at = $from.before(depth);
    const tr = state.tr.replaceWith(at, at + wrapper.nodeSize, wrapper.content);
    const head = Math.max(at + 1, state.selection.head - 1);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(head))).scrollIntoView());
    return true;
  };
}

/** A heading cannot stand in a list or quotation: it becomes a paragraph first. */
function intoParagraphThen(next: Command): Command {
  return (state, dispatch) => {
    const inner = setBlockType(nodes.paragraph);
    let changed: Transaction | null = null;
    if (!inner(state, (tr) => void (changed = tr)) || changed === null) return false;
    const first = changed as Transaction;
    const after = state.apply(first);
    return next(after, dispatch && ((tr) => {
      for (const step of tr.steps) first.step(step);
      dispatch(first.setSelection(Selection.fromJSON(first.doc, tr.selection.toJSON())).scrollIntoView());
    }));
  };
}

/**
 * Puts a block after the one with the cursor (or in place of an empty paragraph) and the cursor into its first text; a
 * block without text gets a paragraph after it to write on.
 */
export function insertBlock(make: (state: EditorState) => Node): Command {
  return (state, dispatch) => {
    const place = placeFor(state);
    if (place === null) return false;
    if (!dispatch) return true;
    const node = make(state);
    const needsParagraph = !node.isTextblock && node.content.size === 0 && place.atEnd;
    const tr = state.tr.replaceWith(place.from, place.to, needsParagraph ? [node, nodes.paragraph.create()] : [node]);
    const inside = node.content.size === 0 && !node.isTextblock ? place.from + node.nodeSize : place.from + 1;
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(inside, tr.doc.content.size)))).scrollIntoView());
    return true;
  };
}

export interface Place {
  from: number;
  to: number;
  /** Nothing follows in the same parent. */
  atEnd: boolean;
}

/** Where a new block goes: replaces the empty paragraph with the cursor, else stands after the innermost block that may have it beside. */
export function placeFor(state: EditorState): Place | null {
  const { $from, $to } = state.selection;
  if (state.selection instanceof NodeSelection && state.selection.node.isBlock) return { from: $to.pos, to: $to.pos, atEnd: $to.index() === $to.parent.childCount };
  for (let depth = $from.depth; depth >= 0; depth--) {
    const node = $from.node(depth);
    if (depth === 0) return { from: $from.pos, to: $from.pos, atEnd: $from.index() === node.childCount };
    const parent = $from.node(depth - 1);
    const isHome = parent.type === nodes.doc || parent.type === nodes.table_cell || parent.type === nodes.table_header;
    if (!isHome) continue;
    const empty = node.type === nodes.paragraph && node.content.size === 0;
    return { from: empty ? $from.before(depth) : $from.after(depth), to: $from.after(depth), atEnd: $from.indexAfter(depth - 1) === parent.childCount };
  }
  return null;
}

/** Enter in a caption starts a paragraph below the picture: a caption is one line of text. */
export const leaveCaption: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if ($from.parent.type !== nodes.picture || !$from.sameParent($to)) return false;
  const after = $from.after();
  const tr = state.tr.insert(after, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** Backspace at the start of a caption selects the picture; only a second one deletes it. */
export const selectPicture: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.picture || $from.parentOffset > 0) return false;
  dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, $from.before())));
  return true;
};

/** Backspace after a picture selects it, too: joining would pour the paragraph into the caption. */
export const selectPictureBefore: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.depth === 0) return false;
  const before = state.doc.resolve($from.before()).nodeBefore;
  if (before?.type !== nodes.picture) return false;
  const at = $from.before() - before.nodeSize;
  const tr = state.tr;
  if ($from.parent.type === nodes.paragraph && $from.parent.content.size === 0) tr.delete($from.before(), $from.after());
  dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
  return true;
};

/** Backspace at the start of a heading, list or quotation makes it plain again before anything is joined. */
export const plainAgain: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type === nodes.heading || $from.parent.type === nodes.preformatted) return setBlockType(nodes.paragraph)(state, dispatch);
  const depth = depthOf($from, nodes.quotation, nodes.post);
  if (depth !== null && $from.index(depth) === 0 && $from.depth === depth + 1) return lift(state, dispatch);
  return false;
};

/** Moves the block with the cursor past its neighbour: what dragging does, by keyboard. */
export function moveBlock(direction: -1 | 1): Command {
  return (state, dispatch) => {
    const { $from, $to } = state.selection;
    if (state.selection instanceof AllSelection) return false;
    const isWhole = state.selection instanceof NodeSelection && $from.depth === 0;
    const start = isWhole ? $from.pos : $from.before(1);
    const end = isWhole ? $to.pos : $to.after(1);
    const other = direction < 0 ? state.doc.resolve(start).nodeBefore : state.doc.resolve(end).nodeAfter;
    if (!other) return false;
    if (!dispatch) return true;
    // The neighbour moves, not the block: so the cursor stays where it is.
    const tr = state.tr;
    const at = direction < 0 ? start - other.nodeSize : end;
    tr.delete(at, at + other.nodeSize).insert(direction < 0 ? end - other.nodeSize : start, other);
    dispatch(tr.scrollIntoView());
    return true;
  };
}
