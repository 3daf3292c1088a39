// What the desk's tip pages find and say. Every sentence comes with the page.
import { SealedError, type Bytes } from "../sealed/engine";

export const find = <T extends Element = HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);

export const hide = (element: Element | null, hidden: boolean): void => void element?.toggleAttribute("hidden", hidden);

const sentences = new Map<string, string>();
for (const one of find<HTMLTemplateElement>("#tip-texts")?.content.querySelectorAll<HTMLElement>("[data-name]") ?? []) {
  sentences.set(one.dataset.name ?? "", one.textContent ?? "");
}

export const text = (name: string): string => sentences.get(name) ?? sentences.get("failed") ?? "";

/** A sentence, or what is given where there is none. */
export const textOr = (name: string, other: string): string => sentences.get(name) ?? other;

/** A refusal that has a sentence of its own. */
export class Said extends Error {}

function sentence(error: unknown): string {
  if (error instanceof Said) return text(error.message);
  if (!(error instanceof SealedError)) return text("failed");
  switch (error.reason) {
    case "passphrase":
    case "ended":
      return text(error.reason);
    case "signature":
    case "expired":
    case "not-yet":
    case "rolled-back":
    case "no-recipients":
      return text("list");
    default:
      return text("failed");
  }
}

/** The status and the error of a page or form, told to screen readers too. */
export class Telling {
  constructor(private readonly prefix: string) {}

  /** With how much is done, in steps that can be listened to. */
  status(name: string, share?: number): void {
    const place = find(`#${this.prefix}-status`);
    const done = share === undefined ? "" : ` ${Math.floor(share * 10) * 10} %`;
    const said = name && text(name) + done;
    if (place && place.textContent !== said) place.textContent = said;
  }

  error(error: unknown): void {
    const place = find(`#${this.prefix}-error`);
    hide(place, error === null);
    if (place) place.textContent = error === null ? "" : sentence(error);
  }

  /** Does one thing at a time; what fails is said. Buttons stay enabled, so that the focus stays where it is. */
  alone<E extends Event>(doing: (event: E) => Promise<void>): (event: E) => Promise<void> {
    let busy = false;
    return async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      this.error(null);
      try {
        await doing(event);
      } catch (error) {
        this.status("");
        this.error(error);
      }
      busy = false;
    };
  }
}

export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, { cache: "no-store", ...init });
  if (!answer.ok) throw new Said("failed");
  return answer;
}

/** Sealed bytes to the server; answers the status. */
export async function give(url: string, method: "POST" | "PUT", body: Blob | Bytes): Promise<number> {
  const answer = await fetch(url, { method, body, headers: { "content-type": "application/octet-stream" } });
  return answer.status;
}

export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
