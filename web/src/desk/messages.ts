// Sentences of the enhancements; `<script type="application/json" id="desk-messages">` replaces any of them.
import { fill, jsonBlock } from "../lib/dom";

const english = {
  close: "Dismiss",
  cancel: "Cancel",
  confirm: "Yes, do it",
  commands: "Go to, or do",
  commandsPlaceholder: "Type a page or a command",
  commandsNone: "Nothing of that name.",
  commandsNote: "Arrow keys choose, Enter goes there, Escape closes.",
  keys: "Keys",
  keysPalette: "Go to a page or run a command",
  keysList: "Next and previous row of a list",
  keysOpen: "Open the chosen row",
  keysHelp: "Show these keys",
  keysSave: "Save the story",
  keysInsert: "Insert a block (on an empty line)",
  keysMove: "Move the block with the cursor up or down",
  keysToolbar: "From the text to the toolbar",
  keysRecord: "On the record: the quotations of this story",
  keysFields: "From a picture or quotation to its fields",
  moved: "{name}: place {place} of {count}",
  row: "Row",
};

const replaced = jsonBlock("desk-messages");

export function say(key: keyof typeof english, values: Record<string, string | number> = {}): string {
  return fill(replaced[key] || english[key], values);
}
