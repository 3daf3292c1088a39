// A quotation in the list: its words, who said them, how it stands; opened, its detail below.
import { h } from "../../lib/dom";
import { Detail, type Around } from "./detail";
import type { Item } from "./matching";
import { lineOf, SIGNS, stateName } from "./naming";
import { freshId } from "./parts";

export class Row {
  readonly dom: HTMLLIElement;
  readonly button: HTMLButtonElement;
  item: Item;
  private readonly detail: Detail;
  private readonly region: HTMLElement;

  constructor(item: Item, around: Around, toggled: (row: Row) => void) {
    this.item = item;
    const id = freshId("row");
    this.detail = new Detail(around);
    this.region = h("div", { id, hidden: true }, this.detail.dom);
    this.button = h("button", { type: "button", class: "record-row", "aria-expanded": "false", "aria-controls": id, onclick: () => toggled(this) });
    this.dom = h("li", { class: "record-item" }, this.button, this.region);
    this.update(item);
  }

  get isOpen(): boolean {
    return !this.region.hidden;
  }

  set isOpen(open: boolean) {
    this.region.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    this.dom.classList.toggle("is-open", open);
    if (open) this.detail.update(this.item);
  }

  set isCurrent(current: boolean) {
    this.dom.classList.toggle("is-current", current);
    if (current) this.button.setAttribute("aria-current", "true");
    else this.button.removeAttribute("aria-current");
  }

  update(item: Item): void {
    this.item = item;
    const line = lineOf(item);
    const drawn = `${item.standing}|${line}|${item.words}`;
    if (this.dom.dataset.drawn !== drawn) {
      this.dom.dataset.drawn = drawn;
      this.dom.dataset.state = item.standing;
      this.button.replaceChildren(
        h("span", { class: "record-words" }, item.words),
        h("span", { class: "record-line" }, line),
        h("span", { class: `record-state record-state-${item.standing}` }, h("span", { class: "record-sign", "aria-hidden": "true" }, SIGNS[item.standing]), ` ${stateName(item.standing)}`));
    }
    if (this.isOpen) this.detail.update(item);
  }
}
