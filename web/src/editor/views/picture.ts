// A picture in the text: the file, its caption (editable in place), its description and its credit.
import type { Node } from "prosemirror-model";
import type { EditorView, NodeView, ViewMutationRecord } from "prosemirror-view";
import { h } from "../../lib/dom";
import { say } from "../messages";
import { PICTURE_TYPES, isPicture, type PictureDesk, type PictureInfo } from "../pictures";
import { BlockFields } from "./fields";

export class PictureView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private readonly frame = h("div", { class: "picture-frame", contenteditable: "false" });
  private readonly problem = h("p", { class: "picture-error", contenteditable: "false", role: "alert", hidden: true });
  private readonly missing = h("p", { class: "block-missing" }, say("altMissing"));
  private readonly fields: BlockFields;
  private shown: string | null | undefined;

  constructor(
    private node: Node,
    private readonly view: EditorView,
    private readonly getPos: () => number | undefined,
    private readonly desk: PictureDesk,
  ) {
    this.contentDOM = h("figcaption", { class: "picture-caption", "data-placeholder": say("captionPlaceholder") });
    this.fields = new BlockFields(view, getPos, [
      { name: "alt", label: "alt", wide: true },
      { name: "photographer", label: "photographer" },
      { name: "agency", label: "agency" },
    ], node);
    this.fields.dom.append(this.missing);
    this.dom = h("figure", { class: "picture" }, this.frame, this.problem, this.contentDOM, this.fields.dom);
    this.show();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.fields.update(node);
    this.show();
    return true;
  }

  private show(): void {
    const { picture, alt } = this.node.attrs as { picture: string | null; alt: string };
    this.contentDOM.classList.toggle("is-empty-caption", this.node.content.size === 0);
    this.missing.hidden = alt !== "" || picture === null;
    const img = this.frame.querySelector("img");
    if (img && img.alt !== alt) img.alt = alt;
    if (picture === this.shown) return;
    this.shown = picture;
    if (picture === null) this.offerFile();
    else this.load(picture);
  }

  private load(id: string): void {
    this.dom.classList.remove("is-broken");
    this.frame.replaceChildren(h("span", { class: "spinner" }));
    this.desk.info(id).then(
      (info) => {
        if (this.shown !== id) return;
        const img = h("img", { src: info.src, width: info.width || null, height: info.height || null, alt: this.node.attrs.alt, draggable: "false" });
        img.onerror = () => this.broken();
        this.frame.replaceChildren(img);
      },
      () => this.shown === id && this.broken(),
    );
  }

  private broken(): void {
    this.dom.classList.add("is-broken");
    const again = h("button", { type: "button", class: "button small", tabindex: "-1", onclick: () => this.load(this.shown as string) }, say("pictureRetry"));
    this.frame.replaceChildren(h("p", {}, say("pictureGone")), again);
  }

  /** An import whose file is missing, or a pasted picture: the words are there, the file is not. */
  private offerFile(): void {
    this.dom.classList.add("is-broken");
    const input = h("input", { type: "file", accept: PICTURE_TYPES, class: "visually-hidden", tabindex: "-1", form: "", "aria-label": say("pictureChoose") });
    input.onchange = () => input.files?.[0] && this.send(input.files[0]);
    const button = h("button", { type: "button", class: "button small", onclick: () => input.click() }, say("pictureChoose"));
    this.frame.replaceChildren(h("p", {}, say("pictureNone")), button, input);
  }

  private send(file: File): void {
    if (!isPicture(file)) return this.fail(say("pictureNotImage", { name: file.name }));
    this.problem.hidden = true;
    const bar = h("progress", { max: 1, value: 0, "aria-label": say("pictureUploading", { name: file.name }) });
    this.frame.replaceChildren(h("div", { class: "picture-progress" }, say("pictureUploading", { name: file.name }), bar));
    this.desk.upload(file, (part) => void (bar.value = part)).done.then(
      (info) => this.filled(info),
      (error: Error) => {
        this.offerFile();
        this.fail(say("pictureFailed", { name: file.name, reason: error.message }));
      },
    );
  }

  private filled(info: PictureInfo): void {
    const pos = this.getPos();
    if (pos === undefined) return;
    const { tr } = this.view.state;
    tr.setNodeAttribute(pos, "picture", info.id);
    for (const name of ["alt", "agency", "photographer"] as const) {
      if (!this.node.attrs[name] && info[name]) tr.setNodeAttribute(pos, name, info[name]);
    }
    if (this.node.content.size === 0 && info.caption) tr.insertText(info.caption, pos + 1);
    this.view.dispatch(tr);
  }

  private fail(reason: string): void {
    this.problem.textContent = reason;
    this.problem.hidden = false;
  }

  stopEvent(event: Event): boolean {
    const target = event.target as HTMLElement;
    if (this.fields.dom.contains(target)) return true;
    return this.frame.contains(target) && target.closest("button, input") !== null;
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target) || mutation.target === this.contentDOM && mutation.type === "attributes";
  }
}
