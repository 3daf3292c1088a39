// The one list of the editor's plugins, in the order in which they see a key or a paste. Decorations over the text (such as
// underlined quotations) are added to `extra`.
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { Plugin } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { editLink } from "./link-dialog";
import { insertMenu, type MenuEntry } from "./insert-menu";
import { keys } from "./keys";
import { pasting } from "./pasting";
import { placeholder } from "./placeholder";
import type { PictureDesk } from "./pictures";
import { typingRules } from "./rules";
import { uploads } from "./uploads";

export interface Surroundings {
  desk: PictureDesk;
  language(): string;
  tell(text: string): void;
  focusToolbar(): void;
  menu: MenuEntry[];
  changed(): void;
  extra?: Plugin[];
}

export function plugins(around: Surroundings): Plugin[] {
  return [
    insertMenu(around.menu),
    uploads(around.desk, around.tell),
    pasting(),
    typingRules(around.language),
    ...keys({
      link: editLink,
      toolbar: () => (around.focusToolbar(), true),
    }),
    history({ newGroupDelay: 700 }),
    dropCursor({ color: false, class: "story-drop-cursor", width: 3 }),
    gapCursor(),
    tableEditing(),
    placeholder(),
    onChange(around.changed),
    ...(around.extra ?? []),
  ];
}

function onChange(changed: () => void): Plugin {
  return new Plugin({
    view: () => ({ update: (view, before) => void (view.state.doc.eq(before.doc) || changed()) }),
  });
}
