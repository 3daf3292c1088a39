// The key map. Order matters: the first command that applies takes the key.
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  liftEmptyBlock,
  newlineInCode,
  splitBlock,
} from "prosemirror-commands";
import { redo } from "prosemirror-history";
import { undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import type { Command, Plugin } from "prosemirror-state";
import { goToNextCell, isInTable } from "prosemirror-tables";
import { block, historyActions, inlineActions, type Action } from "./actions";
import { leaveCaption, moveBlock, plainAgain, selectPicture, selectPictureBefore } from "./commands";
import { schema } from "./schema";
import { enterFields } from "./views/fields";

const { nodes } = schema;

const lineBreak: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if (!$from.parent.inlineContent || $from.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

/** In a table Tab goes from cell to cell; after the last one it leaves the table's way free to the page's next control. */
const nextCell: Command = (state, dispatch) => isInTable(state) && goToNextCell(1)(state, dispatch);
const previousCell: Command = (state, dispatch) => isInTable(state) && goToNextCell(-1)(state, dispatch);

export interface Outside {
  link: Command;
  toolbar: Command;
}

export function keys(outside: Outside): Plugin[] {
  const bindings: Record<string, Command> = {};
  const actions: Action[] = [...Object.values<Action>(block), ...inlineActions, ...historyActions];
  for (const action of actions) if (action.key) bindings[action.key] = action.run;
  const backspace = chainCommands(undoInputRule, selectPicture, plainAgain, selectPictureBefore);
  const breakLine = chainCommands(exitCode, lineBreak);
  Object.assign(bindings, {
    "Mod-y": redo,
    "Mod-k": outside.link,
    "Alt-F10": outside.toolbar,
    "Alt-ArrowUp": moveBlock(-1),
    "Alt-ArrowDown": moveBlock(1),
    Backspace: backspace,
    "Mod-Backspace": chainCommands(selectPicture, plainAgain, selectPictureBefore),
    "Shift-Enter": breakLine,
    "Mod-Enter": breakLine,
    Enter: chainCommands(
      leaveCaption,
      splitListItem(nodes.list_item),
      newlineInCode,
      createParagraphNear,
      liftEmptyBlock,
      splitBlock,
    ),
    Tab: chainCommands(nextCell, sinkListItem(nodes.list_item), enterFields),
    "Shift-Tab": chainCommands(previousCell, liftListItem(nodes.list_item)),
  } satisfies Record<string, Command>);
  return [keymap(bindings), keymap(baseKeymap)];
}
