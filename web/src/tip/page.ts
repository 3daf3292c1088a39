// What the script finds and says on the page. Every sentence comes with the page, in its language.
import { SealedError } from "../sealed/engine";

export const find = <T extends Element = HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);

export const hide = (element: Element | null, hidden: boolean): void => void element?.toggleAttribute("hidden", hidden);

const texts: Record<string, string> = JSON.parse(find("#tip-texts")?.textContent ?? "{}");

/** A sentence; `{count}` in it is the number. A special one that the page does not have is said in a more general way. */
export function text(name: string, count?: number): string {
  const known = texts[name] ?? texts[FALLBACKS[name] ?? "failed"] ?? "";
  return known.replace(/\{\s*\$?\w+\s*\}/, String(count ?? ""));
}

const FALLBACKS: Record<string, string> = {
  "codename-count": "codename-wrong",
  "codename-word": "codename-wrong",
  "more-sent": "done",
  "thread-full": "failed",
};

/** A refusal that has a sentence of its own. */
export class Said extends Error {
  constructor(
    readonly sentence: string,
    readonly count?: number,
  ) {
    super(sentence);
  }
}

/** What is said of an error. Refusals of keys and lists are said as what they may be: somebody else's keys. */
export function sentence(error: unknown): string {
  if (error instanceof Said) return text(error.sentence, error.count);
  if (!(error instanceof SealedError)) return text("failed");
  switch (error.reason) {
    case "signature":
    case "expired":
    case "not-yet":
    case "rolled-back":
    case "no-recipients":
      return text("wrong-keys");
    case "codename-count":
    case "codename-word":
      return text(error.reason, error.count);
    case "too-large":
      return text("too-large");
    default:
      return text("failed");
  }
}

/** The status, error and progress of one form. */
export class Desk {
  constructor(private readonly prefix: string) {}

  /** Says how far it is; `share` shows the bar. */
  status(name: string, share?: number): void {
    const said = name ? text(name) : "";
    const status = find(`#${this.prefix}-status`);
    // Said again only when it changes: a screen reader shall not read every per cent.
    if (status && status.textContent !== said) status.textContent = said;
    const bar = find<HTMLProgressElement>(`#${this.prefix}-progress`);
    hide(bar, share === undefined);
    if (bar && share !== undefined) bar.value = share;
  }

  error(error: unknown): void {
    const place = find(`#${this.prefix}-error`);
    hide(place, error === null);
    if (place) place.textContent = error === null ? "" : sentence(error);
  }
}

/** Runs a form by script: one sending at a time, what fails is said and stays in the form. */
export function onSubmit(form: HTMLFormElement, desk: Desk, doing: () => Promise<void>): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    desk.error(null);
    button?.setAttribute("disabled", "");
    try {
      await doing();
    } catch (error) {
      desk.error(error);
    } finally {
      desk.status("");
      button?.removeAttribute("disabled");
      busy = false;
    }
  });
}
