// Files that are dropped, pasted or chosen become pictures. While a file is on its way a placeholder stands in the text;
// the document itself changes only when the desk has the file, so an autosave never holds half a picture.
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { dropPoint } from "prosemirror-transform";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { h } from "../lib/dom";
import { placeFor } from "./commands";
import { say } from "./messages";
import { isPicture, type PictureDesk, type PictureInfo, type UploadError } from "./pictures";
import { schema } from "./schema";

const key = new PluginKey<DecorationSet>("uploads");

type Change = { add: { id: object; pos: number; widget: HTMLElement } } | { remove: object };

/** Whether a file is still on its way; the page warns before it is left. */
export function isUploading(state: EditorState): boolean {
  return (key.getState(state)?.find().length ?? 0) > 0;
}

export function uploads(desk: PictureDesk, tell: (text: string) => void): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const mapped = set.map(tr.mapping, tr.doc);
        const change = tr.getMeta(key) as Change | undefined;
        if (!change) return mapped;
        if ("add" in change) {
          const { id, pos, widget } = change.add;
          return mapped.add(tr.doc, [Decoration.widget(pos, widget, { id, stopEvent: () => true, ignoreSelection: true })]);
        }
        return mapped.remove(mapped.find(undefined, undefined, (spec) => spec.id === change.remove));
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handlePaste(view, event) {
        const files = filesOf(event.clipboardData);
        // Word and browsers put a picture of the text beside the text: the text is meant.
        if (files.length === 0 || event.clipboardData?.getData("text/plain").trim()) return false;
        sendFiles(view, desk, tell, files);
        return true;
      },
      handleDOMEvents: {
        drop(view, event) {
          view.dom.classList.remove("is-over");
          const files = filesOf(event.dataTransfer);
          if (files.length === 0) return false;
          event.preventDefault();
          sendFiles(view, desk, tell, files, besideBlock(view, event));
          return true;
        },
        dragover(view, event) {
          if (!event.dataTransfer?.types.includes("Files")) return false;
          event.preventDefault();
          view.dom.classList.add("is-over");
          return true;
        },
        dragleave(view, event) {
          if (!view.dom.contains(event.relatedTarget as Node | null)) view.dom.classList.remove("is-over");
          return false;
        },
      },
    },
  });
}

/** Before or after the block under the pointer, by the half of it that the pointer is in. */
function besideBlock(view: EditorView, event: DragEvent): number | undefined {
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (!at) return undefined;
  const $at = view.state.doc.resolve(at.inside >= 0 ? at.inside + 1 : at.pos);
  if ($at.depth === 0) return at.pos;
  const dom = view.nodeDOM($at.before(1));
  if (!(dom instanceof HTMLElement)) return at.pos;
  const { top, height } = dom.getBoundingClientRect();
  return event.clientY < top + height / 2 ? $at.before(1) : $at.after(1);
}

function filesOf(transfer: DataTransfer | null): File[] {
  return transfer ? [...transfer.files] : [];
}

/** Sends every picture among the files; says which were none. */
export function sendFiles(view: EditorView, desk: PictureDesk, tell: (text: string) => void, files: File[], at?: number): void {
  for (const file of files) {
    if (isPicture(file)) send(view, desk, file, pointFor(view.state, at));
    else tell(say("pictureNotImage", { name: file.name }));
  }
}

function pointFor(state: EditorState, at: number | undefined): number {
  if (at !== undefined) {
    const node = schema.nodes.picture.create();
    const point = dropPoint(state.doc, at, schema.topNodeType.create(null, [node]).slice(0));
    if (point !== null) return point;
  }
  return placeFor(state)?.to ?? state.doc.content.size;
}

function send(view: EditorView, desk: PictureDesk, file: File, pos: number): void {
  const id = {};
  const bar = h("progress", { max: 1, value: 0, "aria-label": say("pictureUploading", { name: file.name }) });
  const widget = h("div", { class: "picture", contenteditable: "false" });
  const start = () => {
    widget.replaceChildren(h("div", { class: "picture-frame" }, h("div", { class: "picture-progress" }, say("pictureUploading", { name: file.name }), bar)));
    desk.upload(file, (part) => void (bar.value = part)).done.then(
      (info) => arrive(view, id, info),
      (error: UploadError) => fail(error),
    );
  };
  const dismiss = () => view.dispatch(view.state.tr.setMeta(key, { remove: id } satisfies Change));
  const fail = ({ message, isFinal }: UploadError) => {
    widget.replaceChildren(
      h("p", { class: "picture-error", role: "alert" }, say("pictureFailed", { name: file.name, reason: message })),
      h("p", { class: "button-row" },
        ...(isFinal ? [] : [h("button", { type: "button", class: "button small", onclick: start }, say("pictureRetry"))]),
        h("button", { type: "button", class: "button small quiet", onclick: dismiss }, say("pictureDismiss")),
      ),
    );
  };
  view.dispatch(view.state.tr.setMeta(key, { add: { id, pos, widget } } satisfies Change));
  start();
}

function arrive(view: EditorView, id: object, info: PictureInfo): void {
  const spot = key.getState(view.state)?.find(undefined, undefined, (spec) => spec.id === id)[0];
  const { tr } = view.state;
  tr.setMeta(key, { remove: id } satisfies Change);
  // The text around it was deleted meanwhile: the picture stays at the desk, the story goes without it.
  if (!spot) return void view.dispatch(tr);
  const { alt = "", agency = "", photographer = "", caption = "" } = info;
  const node = schema.nodes.picture.create({ picture: info.id, alt, agency, photographer }, caption ? schema.text(caption) : null);
  const $spot = tr.doc.resolve(spot.from);
  const before = $spot.parent.inlineContent ? null : $spot.nodeBefore;
  if (before?.type === schema.nodes.paragraph && before.content.size === 0) tr.replaceWith(spot.from - before.nodeSize, spot.from, node);
  else tr.insert(spot.from, node);
  view.dispatch(tr);
}
