// Words that are being typed are compared before they are saved: the page has the words, the desk has the source.
import type { Compared, Quotation, RecordDesk } from "./desk";
import type { Item } from "./matching";

/** Answers kept: each is for one state of a quotation's words, and going back to it is as quick as leaving it. */
const KEPT = 200;

export class Comparer {
  private readonly known = new Map<string, Compared>();
  /** The quotations that are asked about; one question each at a time, the newest words next. */
  private readonly asked = new Set<string>();

  constructor(private readonly desk: Pick<RecordDesk, "compare">, private readonly answered: () => void) {}

  of(record: Quotation, words: string): Compared | null {
    return this.known.get(key(record, words)) ?? null;
  }

  /** Asks about the words that the desk has not compared yet. */
  ask(items: Item[]): void {
    for (const { record, standing, words } of items) {
      if (standing === "checking" && record?.source && !this.asked.has(record.id)) void this.askOne(record, words);
    }
  }

  private async askOne(record: Quotation, words: string): Promise<void> {
    this.asked.add(record.id);
    try {
      const compared = await this.desk.compare(record.id, words);
      if (this.known.size >= KEPT) this.known.clear();
      this.known.set(key(record, words), compared);
      this.asked.delete(record.id);
    } catch {
      // The next save tells; asking again at each key would tell no sooner.
      this.asked.delete(record.id);
      return;
    }
    this.answered();
  }
}

/** A record that was corrected, or rests on another source, is compared anew. */
function key(record: Quotation, words: string): string {
  return [record.id, record.version ?? 0, record.source?.id ?? "", words].join("\n");
}
