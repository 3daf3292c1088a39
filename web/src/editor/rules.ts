// Signs that become shapes while one types. Backspace right after takes any of them back.
import {
  InputRule,
  ellipsis,
  emDash,
  inputRules,
  textblockTypeInputRule,
  wrappingInputRule,
} from "prosemirror-inputrules";
import type { Mark, MarkType, NodeType } from "prosemirror-model";
import { TextSelection, type EditorState, type Plugin } from "prosemirror-state";
import { safeHref } from "../lib/links";
import { schema } from "./schema";

const { nodes, marks } = schema;

/** Opening and closing marks, outer pair then inner pair, as the house styles of each language have them. */
const QUOTES: Record<string, [string, string, string, string]> = {
  en: ["“", "”", "‘", "’"],
  de: ["„", "“", "‚", "‘"],
  es: ["«", "»", "“", "”"],
  fr: ["«\u00a0", "\u00a0»", "“", "”"],
  it: ["«", "»", "“", "”"],
  pt: ["“", "”", "‘", "’"],
  nl: ["‘", "’", "“", "”"],
  pl: ["„", "”", "‚", "’"],
};

export function quotesOf(language: string): [string, string, string, string] {
  return QUOTES[language.toLowerCase().split(/[-_]/)[0] ?? ""] ?? (QUOTES.en as [string, string, string, string]);
}

/** `language` is asked at each key, since the writer may change the story's language meanwhile. */
export function typingRules(language: () => string): Plugin {
  return inputRules({
    rules: [
      block(/^(#{1,4})\s$/, nodes.heading, (match) => ({ level: Math.min(Math.max(match[1]?.length ?? 2, 2), 4) })),
      wrappingInputRule(/^\s*>\s$/, nodes.quotation),
      wrappingInputRule(/^\s*[-*•]\s$/, nodes.bullet_list),
      wrappingInputRule(
        /^(\d{1,3})[.)]\s$/,
        nodes.ordered_list,
        (match) => ({ order: Number(match[1]) }),
        (match, node) => node.childCount + Number(node.attrs.order) === Number(match[1]),
      ),
      block(/^```$/, nodes.preformatted),
      dividerRule(),
      markRule(/(?<![\p{L}\p{N}*])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*$/u, marks.strong),
      markRule(/(?<![\p{L}\p{N}_*])\*([^\s*](?:[^*]*[^\s*])?)\*$/u, marks.em),
      markRule(/(?<![\p{L}\p{N}_])_([^\s_](?:[^_]*[^\s_])?)_$/u, marks.em),
      markRule(/~~([^\s~](?:[^~]*[^\s~])?)~~$/, marks.strike),
      markRule(/`([^`]+)`$/, marks.code),
      linkRule(),
      ...quoteRules(language),
      ellipsis,
      emDash,
    ],
  });
}

function block(pattern: RegExp, type: NodeType, attrs?: (match: RegExpMatchArray) => Record<string, unknown>): InputRule {
  return textblockTypeInputRule(pattern, type, attrs ?? null);
}

function dividerRule(): InputRule {
  // A dash pair has become an em dash by the time the third one is typed.
  return new InputRule(/^(?:---|—-|\*\*\*)$/, (state, _match, start) => {
    const $start = state.doc.resolve(start);
    if ($start.parent.type !== nodes.paragraph || $start.depth !== 1) return null;
    const at = $start.before();
    const tr = state.tr.replaceWith(at, $start.after(), [nodes.divider.create(), nodes.paragraph.create()]);
    return tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView();
  });
}

function markRule(pattern: RegExp, type: MarkType): InputRule {
  return new InputRule(
    pattern,
    (state, match, start, end) => {
      const words = match[1] ?? "";
      const whole = match[0];
      if (!state.doc.resolve(start).parent.type.allowsMarkType(type)) return null;
      // The last sign is not in the document yet, so the range ends one sign early.
      const from = start + whole.indexOf(words);
      const tr = state.tr;
      if (end > from + words.length) tr.delete(from + words.length, end);
      if (from > start) tr.delete(start, from);
      tr.addMark(start, start + words.length, type.create());
      return tr.removeStoredMark(type);
    },
    { inCodeMark: false },
  );
}

function linkRule(): InputRule {
  return new InputRule(/(?<!!)\[([^\]\n]+)\]\(([^)\s]+)\)$/, (state, match, start, end) => {
    const href = safeHref(match[2] ?? "");
    if (href === null) return null;
    const present: readonly Mark[] = state.storedMarks ?? state.selection.$from.marks();
    const node = schema.text(match[1] ?? "", marks.link.create({ href }).addToSet(present));
    return state.tr.replaceWith(start, end, node).removeStoredMark(marks.link);
  }, { inCodeMark: false });
}

function quoteRules(language: () => string): InputRule[] {
  const put = (index: 0 | 1 | 2 | 3) => (state: EditorState, match: RegExpMatchArray, start: number, end: number) => {
    const sign = quotesOf(language())[index];
    const kept = match[0].slice(0, -1);
    return state.tr.insertText(kept + sign, start, end);
  };
  const options = { inCodeMark: false };
  return [
    new InputRule(/(?:^|[\s{[(<„“‘‚«»—–/-])"$/, put(0), options),
    new InputRule(/"$/, put(1), options),
    // Between letters and before a year an apostrophe is meant, whatever the language.
    new InputRule(/[\p{L}\p{N}]'$/u, (state, match, start, end) => closeSingle(state, match, start, end, language), options),
    new InputRule(/(?:^|[\s{[(<„“«—–/-])'$/, put(2), options),
    new InputRule(/'$/, put(3), options),
  ];
}

/** After a letter: the end of an inner quotation if one is open in this paragraph, else an apostrophe. */
function closeSingle(state: EditorState, match: RegExpMatchArray, start: number, end: number, language: () => string) {
  const [, , open, close] = quotesOf(language());
  const $start = state.doc.resolve(start);
  const before = $start.parent.textBetween(0, $start.parentOffset, null, "\ufffc");
  const isOpen = before.lastIndexOf(open) > before.lastIndexOf(close);
  return state.tr.insertText(match[0].slice(0, -1) + (isOpen ? close : "’"), start, end);
}
