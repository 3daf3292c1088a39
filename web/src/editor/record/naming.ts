// What things on the record are called, in one place for the list, the marks in the text and the forms.
import { say, type MessageKey } from "../messages";
import type { Quotation } from "./desk";
import type { Found } from "./library";
import type { Item, Standing } from "./matching";

/** A sign for each state, so that no state is told by colour alone. */
export const SIGNS: Record<Standing, string> = { exact: "✓", edited: "≈", unsourced: "?", altered: "≠", disputed: "!", checking: "…" };

const stateKeys: Record<Standing, MessageKey> = {
  exact: "stateExact",
  edited: "stateEdited",
  unsourced: "stateUnsourced",
  altered: "stateAltered",
  disputed: "stateDisputed",
  checking: "stateChecking",
};

export function stateName(standing: Standing): string {
  return say(stateKeys[standing] ?? "stateChecking");
}

const channelKeys: Record<string, MessageKey> = {
  interview: "channelInterview",
  "text message": "channelTextMessage",
  post: "channelPost",
  broadcast: "channelBroadcast",
  statement: "channelStatement",
  "court document": "channelCourtDocument",
  speech: "channelSpeech",
  letter: "channelLetter",
  book: "channelBook",
  report: "channelReport",
  unknown: "channelUnknown",
};

export function channelName(channel: string): string {
  const key = channelKeys[channel];
  return key ? say(key) : channel;
}

/** The channels of the form when the desk's list has not come. */
export const CHANNELS = Object.keys(channelKeys);

/** Who said it, by the record, else by what the library read. */
export function speakerOf(item: Item): string {
  return item.record?.person?.name || item.record?.speaker || item.found?.speaker || "";
}

/** "John Legend · Text message to Kanye West · 2018", as far as it is known. */
export function lineOf(item: Item): string {
  const facts = item.record ? factsOfRecord(item.record) : item.found ? factsOfFound(item.found) : null;
  return [speakerOf(item) || say("speakerUnknown"), ...(facts ? how(facts) : [])].join(" · ");
}

interface Told {
  channel: string;
  outlet: string;
  addressee: string;
  date: string;
}

const factsOfRecord = (record: Quotation): Told => ({ channel: record.channel, outlet: record.outlet, addressee: record.addressee, date: record.said_on });
const factsOfFound = (found: Found): Told => ({ channel: found.channel, outlet: found.outlet ?? "", addressee: found.addressee ?? "", date: found.date ?? "" });

function how({ channel, outlet, addressee, date }: Told): string[] {
  const way = channel && channel !== "unknown" ? channelName(channel) : "";
  return [[way, outlet].filter(Boolean).join(", "), addressee && `→ ${addressee}`, date].filter((part): part is string => Boolean(part));
}
