// The draft's resource at the desk: what is sent, and how each HTTP answer is read.
import type { Answer, Content, Fields, Standing, Theirs } from "./saver";

/** A request that takes longer has failed; the writer should know. */
const TIMEOUT_MS = 30_000;

export async function putDraft(url: string, headers: Record<string, string>, version: number, content: Content): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
      body: JSON.stringify({ base_version: version, fields: content.fields, body: content.body }),
      credentials: "same-origin",
      // A redirect leads to the sign-in page: the session has ended.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return { kind: "unreachable" };
  }
  if (response.type === "opaqueredirect") return { kind: "signed-out" };
  return read(response.status, await response.json().catch(() => null));
}

type Body = {
  version?: unknown;
  saved_at?: unknown;
  page?: unknown;
  theirs?: { fields?: unknown; body?: unknown; by?: unknown; at?: unknown } & Record<string, unknown>;
  errors?: unknown;
  error?: unknown;
} | null;

export function read(status: number, body: Body): Answer {
  if (status === 200 && typeof body?.version === "number") {
    const page = standing(body.page);
    return { kind: "saved", version: body.version, at: text(body.saved_at), ...(page && { standing: page }) };
  }
  if (status === 409 && typeof body?.version === "number" && body.theirs) {
    return { kind: "stale", version: body.version, theirs: theirs(body.theirs) };
  }
  if (status === 401 || status === 403) return { kind: "signed-out" };
  if (status === 404 || status === 410) return { kind: "gone" };
  if (status === 413) return { kind: "too-long" };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    return { kind: "invalid", errors: sentences(body?.errors), reason: text(body?.error) };
  }
  return { kind: "unreachable" };
}

function standing(value: unknown): Standing | null {
  if (value === null || typeof value !== "object") return null;
  const page = value as { state?: { badge?: unknown; text?: unknown }; publish?: unknown; slug_hint?: unknown; warnings?: unknown };
  const [badge, words] = [text(page.state?.badge), text(page.state?.text)];
  return {
    state: badge && words ? { badge, text: words } : undefined,
    publish: text(page.publish) ?? undefined,
    slugHint: text(page.slug_hint) ?? undefined,
    warnings: sentences(page.warnings),
  };
}

function theirs(value: NonNullable<NonNullable<Body>["theirs"]>): Theirs {
  // The fields stand under `fields`, or beside the body.
  const { fields, body, by, at, ...beside } = value;
  const named = fields && typeof fields === "object" ? (fields as Fields) : (beside as Fields);
  return { fields: named, body, by: text(by) ?? undefined, at: text(at) ?? undefined };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function sentences(value: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  if (value === null || typeof value !== "object") return out;
  for (const [name, sentence] of Object.entries(value)) {
    if (typeof sentence === "string") out[name] = sentence;
    else if (Array.isArray(sentence)) out[name] = sentence.filter((part) => typeof part === "string").join(" ");
  }
  return out;
}
