// The desk's records of a story's quotations, as the editor reads and changes them. Every failure is a `Trouble` that says
// what a person can do about it.

export type State = "exact" | "edited" | "unsourced" | "altered" | "disputed";

/** A stretch of the comparison, in order: the quotation's words beside the source's. */
export interface Stretch {
  op: string;
  allowed: boolean;
  quoted: string;
  original: string;
}

export interface Source {
  id: string;
  kind: SourceKind;
  title: string;
  url: string;
  captured_at?: string | number;
  captured_by?: string;
  confidential: boolean;
  /** False for a confidential one of somebody else: then nothing more stands here. */
  seen?: boolean;
}

export type SourceKind = "url" | "document" | "recording" | "notes" | "post";

export interface Person {
  id: string;
  name: string;
  slug?: string;
  description?: string;
}

/** What a person at the desk can say about a quotation. */
export interface Facts {
  speaker: string;
  person: string | null;
  channel: string;
  outlet: string;
  addressee: string;
  said_on: string;
  confirmed: boolean;
  disputed: string | null;
}

/** How words stand with their source. */
export interface Compared {
  state: State;
  aligned: Stretch[];
  before: string;
  after: string;
}

export interface OtherStory {
  story: string;
  headline: string;
  url: string;
  published: boolean;
}

export interface Quotation extends Omit<Facts, "person">, Compared {
  id: string;
  /** Counts the record's changes, so that nobody undoes what somebody else has just corrected. */
  version?: number;
  position: number;
  words: string;
  kind: string;
  person: Person | null;
  source: Source | null;
  elsewhere: OtherStory[];
  variant_of: { id: string; words: string; elsewhere?: OtherStory[] } | null;
}

export interface Sheet {
  version: number;
  gate: "off" | "warn" | "block";
  profile: string;
  may_override: boolean;
  channels: string[];
  quotations: Quotation[];
  sources: Source[];
}

export type TroubleKind = "unreachable" | "stale" | "signed-out" | "forbidden" | "gone" | "refused";

export class Trouble extends Error {
  /** `now` is the quotation as somebody else has just changed it. */
  constructor(readonly kind: TroubleKind, readonly errors: Record<string, string> = {}, message = "", readonly now: Quotation | null = null) {
    super(message || kind);
  }
}

/** A request that takes longer has failed; a capture from the web takes up to fifteen seconds by itself. */
const TIMEOUT_MS = 30_000;

export class RecordDesk {
  constructor(readonly url: string, private readonly headers: () => Record<string, string>) {}

  /** The story's id, for what is sent along with it. */
  get story(): string {
    return /\/stories\/([^/]+)\//.exec(this.url)?.[1] ?? "";
  }

  read(signal: AbortSignal): Promise<Sheet> {
    return this.ask("GET", this.url, undefined, signal) as Promise<Sheet>;
  }

  /** What is not named stays as it is. */
  save(record: Quotation, facts: Partial<Facts>): Promise<Quotation> {
    const { id, version } = record;
    return this.ask("PUT", `/desk/quotations/${encodeURIComponent(id)}`, { ...facts, version, story: this.story }) as Promise<Quotation>;
  }

  attach(id: string, source: string | null): Promise<Quotation> {
    return this.ask("PUT", `/desk/quotations/${encodeURIComponent(id)}/source`, { source, story: this.story }) as Promise<Quotation>;
  }

  /** How words that are not saved yet would stand; nothing is kept. */
  compare(id: string, words: string): Promise<Compared> {
    return this.ask("POST", `/desk/quotations/${encodeURIComponent(id)}/comparison`, { words, story: this.story }) as Promise<Compared>;
  }

  people(words: string, signal: AbortSignal): Promise<Person[]> {
    return this.ask("GET", `/desk/people?q=${encodeURIComponent(words)}`, undefined, signal) as Promise<Person[]>;
  }

  newPerson(name: string, description: string): Promise<Person> {
    return this.ask("POST", "/desk/people", { name, description, aliases: [], same_as: [] }) as Promise<Person>;
  }

  sources(words: string, signal: AbortSignal): Promise<Source[]> {
    return this.ask("GET", `/desk/sources?q=${encodeURIComponent(words)}`, undefined, signal) as Promise<Source[]>;
  }

  /** Sends a new source; XMLHttpRequest, because fetch does not tell how far an upload is. */
  newSource(form: FormData, progress: (part: number) => void): { done: Promise<Source>; cancel(): void } {
    const request = new XMLHttpRequest();
    const done = new Promise<Source>((resolve, reject) => {
      request.open("POST", "/desk/sources");
      request.responseType = "json";
      request.setRequestHeader("Accept", "application/json");
      for (const [name, value] of Object.entries(this.headers())) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onerror = () => reject(new Trouble("unreachable"));
      request.onabort = () => reject(new Trouble("unreachable", {}, "aborted"));
      request.onload = () => {
        const trouble = troubleOf(request.status, request.response);
        if (trouble) reject(trouble);
        else if (typeof request.response?.id === "string") resolve(request.response as Source);
        // A redirect that led to a page: the session has ended.
        else reject(new Trouble("signed-out"));
      };
      request.send(form);
    });
    return { done, cancel: () => request.abort() };
  }

  private async ask(method: string, url: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...this.headers() },
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "same-origin",
        // A redirect leads to the sign-in page: the session has ended.
        redirect: "manual",
        cache: "no-store",
        signal: signal && "any" in AbortSignal ? AbortSignal.any([signal, timeout]) : (signal ?? timeout),
      });
    } catch (error) {
      throw new Trouble("unreachable", {}, signal?.aborted ? "aborted" : String(error));
    }
    if (response.type === "opaqueredirect") throw new Trouble("signed-out");
    const value: unknown = await response.json().catch(() => null);
    const trouble = troubleOf(response.status, value);
    if (trouble) throw trouble;
    if (value === null) throw new Trouble("unreachable");
    return value;
  }
}

/** What an answer's status means; null when it is good. */
export function troubleOf(status: number, value: unknown): Trouble | null {
  if (status >= 200 && status < 300) return null;
  const { errors, error, quotation } = (value ?? {}) as { errors?: Record<string, unknown>; error?: unknown; quotation?: Quotation };
  const reason = typeof error === "string" ? error : "";
  if (status === 401) return new Trouble("signed-out");
  if (status === 403) return new Trouble("forbidden", {}, reason);
  if (status === 404 || status === 410) return new Trouble("gone", {}, reason);
  if (status === 409) return new Trouble("stale", {}, reason, quotation ?? null);
  if (status === 413) return new Trouble("refused", {}, reason || "too-large");
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return new Trouble("refused", sentences(errors), reason);
  return new Trouble("unreachable", {}, reason);
}

function sentences(errors: unknown): Record<string, string> {
  if (errors === null || typeof errors !== "object") return {};
  return Object.fromEntries(Object.entries(errors).map(([name, value]) => [name, Array.isArray(value) ? value.join(" ") : String(value)]));
}
