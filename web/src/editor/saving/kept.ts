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

  constructor(story: string, private readonly store: Storage | null = storage()) {
    this.key = `onrecord:draft:${story}`;
  }

  read(): Kept | null {
    try {
      const value: unknown = JSON.parse(this.store?.getItem(this.key) ?? "null");
      return isKept(value) ? value : null;
    } catch {
      return null;
    }
  }

  /** False when the browser would not keep it (private mode, or the text is larger than its store). */
  write(kept: Kept): boolean {
    try {
      if (!this.store) return false;
      this.store.setItem(this.key, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  remove(): void {
    try {
      this.store?.removeItem(this.key);
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
