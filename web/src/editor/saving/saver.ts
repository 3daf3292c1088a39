// When to save, and what each answer means. No DOM here: the page gives it a transport, a clock and a way to tell.
//
// Invariants: one request at a time; a change made during a request is saved after it; no answer ever discards what the
// writer has; a stale save is never repeated over somebody else's version unless the writer says "keep mine".

export type Fields = Record<string, string | string[]>;

export interface Content {
  fields: Fields;
  body: unknown;
}

export interface Theirs extends Content {
  by?: string;
  at?: string;
}

/** What the page says about where the story stands, as the desk puts it. */
export interface Standing {
  state?: { badge: string; text: string };
  publish?: string;
  slugHint?: string;
  /** Sentences at fields that were saved all the same. */
  warnings: Record<string, string>;
}

export type Answer =
  | { kind: "saved"; version: number; at: string | null; standing?: Standing }
  | { kind: "stale"; version: number; theirs: Theirs }
  | { kind: "invalid"; errors: Record<string, string>; reason: string | null }
  | { kind: "signed-out" }
  | { kind: "gone" }
  | { kind: "too-long" }
  | { kind: "unreachable" };

export type State =
  | { name: "saved"; at: string | null; standing?: Standing }
  | { name: "dirty" }
  | { name: "saving" }
  | { name: "retrying" }
  | { name: "refused"; errors: Record<string, string>; reason: string | null }
  | { name: "signed-out" }
  | { name: "gone" }
  | { name: "too-long" }
  | { name: "conflict"; version: number; theirs: Theirs };

export interface Outside {
  collect(): Content;
  send(version: number, content: Content): Promise<Answer>;
  tell(state: State): void;
  now(): number;
  /** Runs `then` after that many milliseconds and answers a way to cancel. */
  after(ms: number, then: () => void): () => void;
}

/** A pause this long in typing saves. */
export const PAUSE_MS = 1_500;
/** Who never pauses is saved this often. */
export const LONGEST_MS = 10_000;
/** First and last wait after the desk could not be reached. */
export const RETRY_MS = { first: 2_000, last: 60_000 };

export class Saver {
  state: State;
  private cancel: (() => void) | null = null;
  private firstChange: number | null = null;
  private generation = 0;
  private failures = 0;
  private flight: Promise<boolean> | null = null;

  constructor(public version: number, private readonly outside: Outside, savedAt: string | null = null) {
    this.state = { name: "saved", at: savedAt };
  }

  /** Whether leaving the page now would lose something. */
  get isDirty(): boolean {
    return this.state.name !== "saved";
  }

  /** The writer changed something. */
  changed(): void {
    this.generation++;
    this.firstChange ??= this.outside.now();
    const { name } = this.state;
    // A conflict waits for the writer; a request under way is followed by another.
    if (name === "conflict" || name === "gone" || this.flight) return;
    if (name !== "retrying" && name !== "signed-out") this.set({ name: "dirty" });
    const longest = this.firstChange + LONGEST_MS - this.outside.now();
    if (name !== "retrying") this.schedule(Math.max(0, Math.min(PAUSE_MS, longest)));
  }

  /** Saves at once, whatever is waiting; true when everything the writer has is saved. */
  async saveNow(): Promise<boolean> {
    if (this.flight) await this.flight;
    if (this.state.name === "conflict") return false;
    if (!this.isDirty) return true;
    return this.save();
  }

  /** The connection or the session may be back. */
  tryAgain(): void {
    if (this.state.name === "retrying" || this.state.name === "signed-out" || this.state.name === "gone") void this.save();
  }

  /** In a conflict: save the writer's text over the version the desk has now. */
  keepMine(): Promise<boolean> {
    if (this.state.name !== "conflict") return Promise.resolve(false);
    this.version = this.state.version;
    return this.save();
  }

  /** In a conflict: the page now holds their text. */
  tookTheirs(): void {
    if (this.state.name !== "conflict") return;
    const { version, theirs } = this.state;
    this.version = version;
    this.settle(theirs.at ?? null);
  }

  private schedule(ms: number): void {
    this.cancel?.();
    this.cancel = this.outside.after(ms, () => void this.save());
  }

  private save(): Promise<boolean> {
    this.cancel?.();
    this.cancel = null;
    this.flight ??= this.fly().finally(() => (this.flight = null));
    return this.flight;
  }

  private async fly(): Promise<boolean> {
    // More changes may come while a request is under way: a few rounds, then the pause timer takes over.
    for (let round = 0; round < 3; round++) {
      const generation = this.generation;
      const content = this.outside.collect();
      this.set({ name: "saving" });
      this.firstChange = null;
      const answer = await this.outside.send(this.version, content).catch((): Answer => ({ kind: "unreachable" }));
      const isSaved = this.take(answer, content);
      if (!isSaved) return false;
      if (generation === this.generation) {
        if (answer.kind === "saved") this.settle(answer.at, answer.standing);
        else this.settle(null);
        return true;
      }
    }
    this.set({ name: "dirty" });
    this.schedule(PAUSE_MS);
    return false;
  }

  /** Takes over what the answer says; true when the content that was sent is what the desk has. */
  private take(answer: Answer, sent: Content): boolean {
    if (answer.kind !== "unreachable") this.failures = 0;
    switch (answer.kind) {
      case "saved":
        this.version = answer.version;
        return true;
      case "stale":
        // The answer to an earlier, equal save was lost on its way: the desk already has this text.
        if (sameContent(answer.theirs, sent)) {
          this.version = answer.version;
          return true;
        }
        this.set({ name: "conflict", version: answer.version, theirs: answer.theirs });
        return false;
      case "invalid":
        this.set({ name: "refused", errors: answer.errors, reason: answer.reason });
        return false;
      case "unreachable": {
        const wait = Math.min(RETRY_MS.first * 2 ** this.failures++, RETRY_MS.last);
        this.set({ name: "retrying" });
        this.schedule(wait);
        return false;
      }
      default:
        this.set({ name: answer.kind });
        return false;
    }
  }

  private settle(at: string | null, standing?: Standing): void {
    this.cancel?.();
    this.cancel = null;
    this.firstChange = null;
    this.set(standing ? { name: "saved", at, standing } : { name: "saved", at });
  }

  private set(state: State): void {
    this.state = state;
    this.outside.tell(state);
  }
}

/** Equal whatever the order of keys, and whether an absent attribute is null or missing. */
export function sameContent(a: Content, b: Content): boolean {
  const named = Object.keys(b.fields).filter((name) => name in a.fields);
  return canonical(a.body) === canonical(b.body) && named.every((name) => canonical(a.fields[name]) === canonical(b.fields[name]));
}

export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).filter(([, inner]) => inner !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
