// Blocks with text and a few fields below it: quotations and posts from elsewhere.
import type { Node } from "prosemirror-model";
import type { EditorView, NodeView, ViewMutationRecord } from "prosemirror-view";
import { h } from "../../lib/dom";
import { BlockFields, type FieldSpec } from "./fields";

const FIELDS: Record<string, FieldSpec[]> = {
  quotation: [
    { name: "cite", label: "quotationCite" },
    { name: "url", label: "quotationUrl", type: "url" },
  ],
  post: [
    { name: "network", label: "postNetwork" },
    { name: "author", label: "postAuthor" },
    { name: "date", label: "postDate", type: "date" },
    { name: "url", label: "postUrl", type: "url", wide: true },
  ],
};

export class FramedView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private readonly fields: BlockFields;

  constructor(private node: Node, view: EditorView, getPos: () => number | undefined) {
    const name = node.type.name;
    this.contentDOM = h("div", { class: `${name}-text` });
    this.fields = new BlockFields(view, getPos, FIELDS[name] ?? [], node);
    this.dom = h(name === "quotation" ? "blockquote" : "div", { class: name }, this.contentDOM, this.fields.dom);
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.fields.update(node);
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof HTMLElement && this.fields.dom.contains(event.target);
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return !this.contentDOM.contains(mutation.target);
  }
}
