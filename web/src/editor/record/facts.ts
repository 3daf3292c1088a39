// Who said it, how, to whom and when: shown as read or accepted, and corrected in a short form.
import { h } from "../../lib/dom";
import { say } from "../messages";
import { Trouble, type Facts, type Quotation, type RecordDesk } from "./desk";
import { channelName, CHANNELS } from "./naming";
import { Alert, button, field, lineInput, onEnter, showAtFields, type Field } from "./parts";
import { PersonField } from "./person-field";

/** What a person accepts who accepts what stands there. */
export function accepted(record: Quotation): Partial<Facts> {
  const { speaker, channel, outlet, addressee, said_on } = record;
  return { speaker, person: record.person?.id ?? null, channel, outlet, addressee, said_on, confirmed: true };
}

/** The facts as they are on the record. */
export function factList(record: Quotation): HTMLElement {
  const { person } = record;
  const who = person ? h("a", { href: `/desk/people/${encodeURIComponent(person.id)}`, target: "_blank" }, person.name) : record.speaker || say("speakerUnknown");
  const rows: [string, Node | string][] = [
    [say("who"), who],
    [say("how"), [channelName(record.channel || "unknown"), record.outlet].filter(Boolean).join(", ")],
    [say("toWhom"), record.addressee],
    [say("when"), record.said_on],
  ];
  const known = rows.filter(([, value]) => value !== "");
  return h("dl", { class: "record-facts" }, ...known.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

export class FactsForm {
  readonly dom: HTMLElement;
  private readonly person: PersonField;
  private readonly alert = new Alert();
  private readonly channel: Field;
  private readonly outlet: Field;
  private readonly addressee: Field;
  private readonly date: Field;

  constructor(
    private readonly desk: RecordDesk,
    private record: Quotation,
    channels: string[],
    private readonly done: (saved: Quotation | null) => void,
  ) {
    const known = channels.length > 0 ? channels : CHANNELS;
    const all = known.includes(record.channel) || record.channel === "" ? known : [...known, record.channel];
    const select = h("select", {}, ...all.map((name) => h("option", { value: name }, channelName(name))));
    select.value = record.channel || "unknown";
    this.person = new PersonField(desk, record.speaker, record.person);
    this.channel = field(say("channel"), select);
    this.outlet = field(say("where"), lineInput(record.outlet));
    this.addressee = field(say("addressee"), lineInput(record.addressee));
    this.date = field(say("when"), lineInput(record.said_on, { inputmode: "numeric", placeholder: "2018-05-03" }), say("whenHint"));
    this.dom = h("div", { class: "record-form" },
      this.person.dom, this.channel.dom, this.outlet.dom, this.addressee.dom, this.date.dom, this.alert.dom,
      h("div", { class: "button-row" },
        button(say("saveFacts"), () => void this.save(), "primary"), button(say("cancel"), () => this.done(null))));
    onEnter(this.dom, () => void this.save());
    this.dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      this.done(null);
    });
  }

  focus(): void {
    this.person.focus();
  }

  private async save(): Promise<void> {
    this.alert.show(null);
    const facts: Partial<Facts> = {
      speaker: this.person.name,
      person: this.person.person,
      channel: this.channel.control.value,
      outlet: this.outlet.control.value.trim(),
      addressee: this.addressee.control.value.trim(),
      said_on: this.date.control.value.trim(),
      confirmed: true,
    };
    try {
      this.done(await this.desk.save(this.record, facts));
    } catch (error) {
      // A second press is meant: it saves over what the other has done.
      if (error instanceof Trouble && error.now) this.record = error.now;
      const { person, channel, outlet, addressee, date } = this;
      const told = showAtFields(error, { speaker: person.field, person: person.field, channel, outlet, addressee, said_on: date });
      const again = error instanceof Trouble && error.kind === "unreachable" ? () => void this.save() : undefined;
      this.alert.show(told, again);
    }
  }
}
