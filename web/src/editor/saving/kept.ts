// A copy of unsaved text in this browser, for the crash and the dead network. It is written while something is unsaved and
// removed as soon as the desk has it, so that no draft stays behind on a shared machine after a save.
import type { Content } from "./saver";

export interface Kept extends Content {
  version: number;
  /** Milliseconds since 1970, by this browser's clock. */
  at: number;
}

export class KeptDraft {
  private readonly key: string;
  private readonly asidePrefix: string;

  constructor(story: string, private readonly store: Storage | null = storage()) {
    this.key = `onrecord:draft:${story}`;
    this.asidePrefix = `onrecord:aside:${story}#`;
  }

  /**
   * Puts what a crash left behind aside, so that what is typed now is kept beside it and not over it. Gives everything that
   * lies aside, the newest first; it stays there until the writer has said what becomes of it.
   */
  setAside(): Kept[] {
    const left = this.read();
    if (left && this.put(this.asidePrefix + left.at, left)) this.remove();
    const found: Kept[] = [];
    for (const key of this.keys()) {
      const kept = key.startsWith(this.asidePrefix) ? this.take(key) : null;
      if (kept) found.push(kept);
    }
    // The browser's store is full: what was left is offered from where it lies.
    if (left && !found.some((kept) => kept.at === left.at)) found.push(left);
    return found.sort((one, other) => other.at - one.at);
  }

  /** The writer has taken it or does not want it. */
  settle(kept: Kept): void {
    this.drop(this.asidePrefix + kept.at);
    if (this.read()?.at === kept.at) this.remove();
  }

  private keys(): string[] {
    try {
      return Array.from({ length: this.store?.length ?? 0 }, (_, at) => this.store?.key(at) ?? "");
    } catch {
      return [];
    }
  }

  read(): Kept | null {
    return this.take(this.key);
  }

  private take(key: string): Kept | null {
    try {
      const value: unknown = JSON.parse(this.store?.getItem(key) ?? "null");
      return isKept(value) ? value : null;
    } catch {
      return null;
    }
  }

  /** False when the browser would not keep it (private mode, or the text is larger than its store). */
  write(kept: Kept): boolean {
    return this.put(this.key, kept);
  }

  private put(key: string, kept: Kept): boolean {
    try {
      if (!this.store) return false;
      this.store.setItem(key, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  remove(): void {
    this.drop(this.key);
  }

  private drop(key: string): void {
    try {
      this.store?.removeItem(key);
    } catch {
      // A store that refuses has nothing of ours.
    }
  }
}

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  if (value === null || typeof value !== "object") return false;
  const kept = value as Partial<Kept>;
  return typeof kept.version === "number" && typeof kept.at === "number" && typeof kept.fields === "object" && kept.fields !== null && "body" in kept;
}
