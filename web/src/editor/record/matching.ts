// Which of the quotations in the text is which of the desk's records: by the same words in order, as the desk matches them
// too; a quotation whose words were changed since the last save keeps its record by its place between two that were not.
import type { Found } from "./library";
import type { Compared, Quotation, State } from "./desk";

/** How a quotation of the text stands; `checking` until the desk has answered about these very words. */
export type Standing = State | "checking";

/** A quotation as the panel shows it. */
export interface Item {
  /** What the library found in the text now; null while it could not look. */
  found: Found | null;
  /** What the desk has about it. */
  record: Quotation | null;
  standing: Standing;
  words: string;
}

/** `compared` knows how words stand that were not saved yet. */
export function pair(found: Found[], records: Quotation[], compared: (record: Quotation, words: string) => Compared | null = () => null): Item[] {
  const partner = new Map<number, Quotation>();
  const free = new Set(records);
  found.forEach((one, index) => {
    for (const record of free) {
      if (record.words !== one.text) continue;
      partner.set(index, record);
      free.delete(record);
      break;
    }
  });
  const edited = betweenKnown(found, records, partner, free);
  return found.map((one, index) => {
    const same = partner.get(index);
    if (same) return { found: one, record: same, standing: same.state, words: one.text };
    const record = edited.get(index);
    return record ? reworded(one, record, compared(record, one.text)) : { found: one, record: null, standing: "checking", words: one.text };
  });
}

/** Without a source there is nothing to compare with, whatever the words. */
function reworded(found: Found, record: Quotation, compared: Compared | null): Item {
  const words = found.text;
  if (compared) return { found, record: { ...record, ...compared, words }, standing: compared.state, words };
  const bare = record.state === "unsourced" || (record.state === "disputed" && !record.source);
  return { found, record, standing: bare ? record.state : "checking", words };
}

/** Runs of strangers between the same neighbours on both sides, if there are as many on each. */
function betweenKnown(found: Found[], records: Quotation[], partner: Map<number, Quotation>, free: Set<Quotation>): Map<number, Quotation> {
  const out = new Map<number, Quotation>();
  const place = new Map(records.map((record, index) => [record, index]));
  for (let from = 0; from < found.length; from++) {
    if (partner.has(from)) continue;
    let to = from;
    while (to < found.length && !partner.has(to)) to++;
    const before = from > 0 ? (place.get(partner.get(from - 1) as Quotation) as number) : -1;
    const after = to < found.length ? (place.get(partner.get(to) as Quotation) as number) : records.length;
    const between = records.slice(before + 1, Math.max(after, before + 1)).filter((record) => free.has(record));
    if (between.length === to - from) between.forEach((record, index) => out.set(from + index, record));
    from = to;
  }
  return out;
}

/** Without the library in the browser the desk's list stands alone. */
export function asRecorded(records: Quotation[]): Item[] {
  return records.map((record) => ({ found: null, record, standing: record.state, words: record.words }));
}

/** What still stands between the story and its readers. A dispute is known, and told to them. */
export function needsWork(item: Item): boolean {
  return item.standing === "unsourced" || item.standing === "altered";
}
