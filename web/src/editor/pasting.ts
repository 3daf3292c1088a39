// How the clipboard meets the text.
import { Plugin, TextSelection } from "prosemirror-state";
import { safeHref } from "../lib/links";
import { cleanPastedHtml } from "./paste-html";
import { textToSlice } from "./paste-text";
import { schema } from "./schema";
import { plainText } from "./words";

export function pasting(): Plugin {
  return new Plugin({
    props: {
      transformPastedHTML: cleanPastedHtml,
      clipboardTextParser: (text, _$context, plain) => textToSlice(text, plain),
      clipboardTextSerializer: (slice) => plainText(schema.node("doc", null, schema.nodes.doc.validContent(slice.content) ? slice.content : schema.nodes.paragraph.create(null, slice.content.firstChild?.isInline ? slice.content : null))) || slice.content.textBetween(0, slice.content.size, "\n\n"),
      handlePaste(view, event) {
        // An address pasted over words makes them a link.
        const text = event.clipboardData?.getData("text/plain").trim() ?? "";
        const { selection } = view.state;
        if (selection.empty || !(selection instanceof TextSelection) || !/^https?:\/\/\S+$/.test(text)) return false;
        const href = safeHref(text);
        if (href === null || !selection.$from.sameParent(selection.$to)) return false;
        if (!selection.$from.parent.type.allowsMarkType(schema.marks.link)) return false;
        const mark = schema.marks.link.create({ href });
        view.dispatch(view.state.tr.addMark(selection.from, selection.to, mark).scrollIntoView());
        return true;
      },
    },
  });
}
