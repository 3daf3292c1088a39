// An invitation in the empty story, and a line to write on below a last block that has no text of its own.
import { Plugin, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { say } from "./messages";
import { schema } from "./schema";

export function placeholder(): Plugin {
  return new Plugin({
    props: {
      decorations({ doc }) {
        const first = doc.firstChild;
        if (doc.childCount !== 1 || first?.type !== schema.nodes.paragraph || first.content.size > 0) return null;
        const attrs = { class: "is-placeholder", "data-placeholder": say("placeholder") };
        return DecorationSet.create(doc, [Decoration.node(0, first.nodeSize, attrs)]);
      },
      handleDOMEvents: {
        keydown(view, event) {
          // After Home or an arrow the browser tells the new place of the cursor a moment later. A deletion that comes
          // sooner would be judged by the old place, so it is read now (the observer is the engine's own, and may change).
          if (event.key === "Backspace" || event.key === "Delete") (view as unknown as { domObserver?: { flush?(): void } }).domObserver?.flush?.();
          return false;
        },
      },
      handleClick(view, _pos, event) {
        const last = view.dom.lastElementChild;
        const { doc } = view.state;
        const isBelow = event.target === view.dom && last !== null && event.clientY > last.getBoundingClientRect().bottom;
        if (!isBelow || doc.lastChild?.type === schema.nodes.paragraph) return false;
        const tr = view.state.tr.insert(doc.content.size, schema.nodes.paragraph.create());
        view.dispatch(tr.setSelection(TextSelection.atEnd(tr.doc)).scrollIntoView());
        return true;
      },
    },
  });
}
