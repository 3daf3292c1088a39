// Everything the writer can do, once: the toolbar, the insert menu and the key map are made from this list.
import { toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { Attrs, Node } from "prosemirror-model";
import type { Command, EditorState } from "prosemirror-state";
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  toggleHeaderRow,
} from "prosemirror-tables";
import { setBlockType } from "prosemirror-commands";
import { blockActive, insertBlock, markActive, toggleBlock, toggleList, toggleWrap } from "./commands";
import type { IconName } from "./icons";
import type { MessageKey } from "./messages";
import { schema } from "./schema";

const { nodes, marks } = schema;

export interface Action {
  label: MessageKey;
  icon: IconName;
  key?: string;
  run: Command;
  /** Whether the cursor stands in it; actions without it are not toggles. */
  active?: (state: EditorState) => boolean;
  /** Words by which the insert menu finds it, beside its label. */
  words?: string;
}

const mark = (label: MessageKey & IconName, type: (typeof marks)[keyof typeof marks], key?: string): Action => ({
  label,
  icon: label,
  key,
  run: toggleMark(type, null, { includeWhitespace: false }),
  active: (state) => markActive(state, type),
});

const heading = (level: number): Attrs => ({ level });

export const block = {
  paragraph: { label: "paragraph", icon: "paragraph", key: "Mod-Alt-0", run: setBlockType(nodes.paragraph), words: "text p" },
  heading2: {
    label: "heading2",
    icon: "heading2",
    key: "Mod-Alt-2",
    run: toggleBlock(nodes.heading, heading(2)),
    active: (state) => blockActive(state, nodes.heading, heading(2)),
    words: "h2 title section",
  },
  heading3: {
    label: "heading3",
    icon: "heading3",
    key: "Mod-Alt-3",
    run: toggleBlock(nodes.heading, heading(3)),
    active: (state) => blockActive(state, nodes.heading, heading(3)),
    words: "h3 title",
  },
  bulletList: {
    label: "bulletList",
    icon: "bulletList",
    key: "Mod-Shift-8",
    run: toggleList(nodes.bullet_list),
    active: (state) => blockActive(state, nodes.bullet_list),
    words: "ul bullets",
  },
  orderedList: {
    label: "orderedList",
    icon: "orderedList",
    key: "Mod-Shift-7",
    run: toggleList(nodes.ordered_list),
    active: (state) => blockActive(state, nodes.ordered_list),
    words: "ol numbers",
  },
  quotation: {
    label: "quotation",
    icon: "quotation",
    key: "Mod-Shift-9",
    run: toggleWrap(nodes.quotation),
    active: (state) => blockActive(state, nodes.quotation),
    words: "quote blockquote said",
  },
  post: {
    label: "post",
    icon: "post",
    run: insertBlock(() => nodes.post.create(null, nodes.paragraph.create())),
    active: (state) => blockActive(state, nodes.post),
    words: "tweet embed social mastodon bluesky",
  },
  divider: { label: "divider", icon: "divider", run: insertBlock(() => nodes.divider.create()), words: "line hr break" },
  table: { label: "table", icon: "table", run: insertBlock(newTable), active: isInTable, words: "grid rows columns" },
  preformatted: {
    label: "preformatted",
    icon: "preformatted",
    key: "Mod-Alt-5",
    run: toggleBlock(nodes.preformatted),
    active: (state) => blockActive(state, nodes.preformatted),
    words: "code verbatim pre",
  },
} satisfies Record<string, Action>;

export const inlineActions: Action[] = [
  mark("strong", marks.strong, "Mod-b"),
  mark("em", marks.em, "Mod-i"),
  mark("strike", marks.strike, "Mod-Shift-x"),
  mark("code", marks.code, "Mod-e"),
  mark("sub", marks.sub, "Mod-,"),
  mark("sup", marks.sup, "Mod-."),
];

export const historyActions: Action[] = [
  { label: "undo", icon: "undo", key: "Mod-z", run: undo },
  { label: "redo", icon: "redo", key: "Mod-Shift-z", run: redo },
];

/** Shown while the cursor is in a table. */
export const tableActions: Action[] = [
  { label: "rowBefore", icon: "rowBefore", run: addRowBefore },
  { label: "rowAfter", icon: "rowAfter", run: addRowAfter },
  { label: "rowDelete", icon: "rowDelete", run: deleteRow },
  { label: "columnBefore", icon: "columnBefore", run: addColumnBefore },
  { label: "columnAfter", icon: "columnAfter", run: addColumnAfter },
  { label: "columnDelete", icon: "columnDelete", run: deleteColumn },
  { label: "headerRow", icon: "headerRow", run: toggleHeaderRow },
  { label: "tableDelete", icon: "tableDelete", run: deleteTable },
];

/** Rows and columns of a new table, the first row being its heading. */
const NEW_TABLE = { rows: 3, columns: 3 };

function newTable(): Node {
  const row = (cell: typeof nodes.table_cell) =>
    nodes.table_row.create(null, Array.from({ length: NEW_TABLE.columns }, () => cell.create(null, nodes.paragraph.create())));
  const rows = Array.from({ length: NEW_TABLE.rows }, (_, index) => row(index === 0 ? nodes.table_header : nodes.table_cell));
  return nodes.table.create(null, rows);
}
