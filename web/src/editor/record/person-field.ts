// Who said it: a name, and the person on file it stands for. The list offers those on file and a new one (the combobox
// pattern of WAI-ARIA); a name alone is allowed, since not everyone who speaks has a page.
import { h } from "../../lib/dom";
import { say } from "../messages";
import type { Person, RecordDesk } from "./desk";
import { Alert, button, field, freshId, lineInput, onEnter, sentenceOf, showAtFields, type Field } from "./parts";

/** The desk is asked when typing rests for this long. */
const ASK_MS = 200;
const MOST_SHOWN = 8;

export class PersonField {
  readonly dom: HTMLElement;
  readonly field: Field;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly status = h("p", { class: "hint", role: "status" });
  private readonly making = h("div", { class: "record-making", hidden: true });
  private found: Person[] = [];
  private index = -1;
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(private readonly desk: RecordDesk, speaker: string, private chosen: Person | null) {
    const listId = freshId("people");
    this.list = h("ul", { class: "record-people", id: listId, role: "listbox", "aria-label": say("who"), hidden: true });
    this.input = lineInput(chosen?.name ?? speaker, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, spellcheck: "false" });
    this.field = field(say("who"), this.input, say("personHint"));
    this.field.dom.append(this.list, this.status);
    this.dom = h("div", { class: "record-person" }, this.field.dom, this.making);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => window.setTimeout(() => this.close(), 150));
    // A press on the list must not take the focus away before it is chosen.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.tell();
  }

  get name(): string {
    return this.input.value.trim();
  }

  get person(): string | null {
    return this.chosen?.id ?? null;
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private tell(): void {
    this.status.textContent = this.chosen ? say("personChosen", { name: this.chosen.name }) : "";
  }

  private typed(): void {
    if (this.chosen?.name !== this.name) this.chosen = null;
    this.tell();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), ASK_MS);
  }

  private async ask(): Promise<void> {
    this.asking?.abort();
    const { name } = this;
    if (name === "") return this.close();
    const asking = (this.asking = new AbortController());
    try {
      const people = await this.desk.people(name, asking.signal);
      if (asking.signal.aborted || document.activeElement !== this.input) return;
      this.found = people.slice(0, MOST_SHOWN);
      this.status.textContent = this.found.length === 0 ? say("personNone") : this.found.length === 1 ? say("personCountOne") : say("personCount", { count: this.found.length });
      this.draw();
    } catch (error) {
      if (!asking.signal.aborted) this.status.textContent = sentenceOf(error);
    }
  }

  /** People found, and last the one that may be made. */
  private draw(): void {
    const row = (words: string, more: string, index: number) =>
      h("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", onclick: () => this.choose(index) }, h("span", {}, words), more ? h("small", {}, more) : null);
    const rows = this.found.map((person, index) => row(person.name, person.description ?? "", index));
    rows.push(row(say("personNew", { name: this.name }), "", this.found.length));
    this.list.replaceChildren(...rows);
    this.index = -1;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private mark(): void {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.index)));
    const row = this.list.children[this.index];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const open = !this.list.hidden;
    const count = this.list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      event.stopPropagation();
      if (!open) return void this.ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.index = (Math.max(this.index, step > 0 ? -1 : 0) + step + count) % count;
      this.mark();
    } else if (event.key === "Enter" && open && this.index >= 0 && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      this.choose(this.index);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  private choose(index: number): void {
    const person = this.found[index];
    this.close();
    if (!person) return this.make();
    this.take(person);
  }

  private take(person: Person): void {
    this.chosen = person;
    this.input.value = person.name;
    this.making.hidden = true;
    this.making.replaceChildren();
    this.tell();
  }

  /** The few lines that make a person, in place. */
  private make(): void {
    const name = field(say("personName"), lineInput(this.name));
    const description = field(say("personDescription"), lineInput(""), say("personDescriptionHint"));
    const alert = new Alert();
    const send = async () => {
      alert.show(null);
      try {
        const person = await this.desk.newPerson(name.control.value.trim(), description.control.value.trim());
        this.take({ ...person, name: person.name || name.control.value.trim() });
        this.status.textContent = say("personMade", { name: this.name });
        this.input.focus();
      } catch (error) {
        alert.show(showAtFields(error, { name, description }));
      }
    };
    const stop = () => {
      this.making.hidden = true;
      this.making.replaceChildren();
      this.input.focus();
    };
    this.making.replaceChildren(name.dom, description.dom, alert.dom,
      h("div", { class: "button-row" }, button(say("personMake"), () => void send(), "primary"), button(say("cancel"), stop)));
    this.making.hidden = false;
    onEnter(this.making, () => void send());
    description.control.focus();
  }
}
