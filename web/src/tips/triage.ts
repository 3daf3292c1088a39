// What becomes of a tip, said while it is open: leaving the page would lock it and clear what is half written, so the forms beside it
// are sent from here, and what the server then shows takes their place.
import { Said, Telling, find, hide } from "./page";

const FORMS = "#tip-triage-forms";

export function triage(isOpen: () => boolean): void {
  const place = find(FORMS);
  const telling = new Telling("tip-triage");
  const send = telling.alone(async (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement;
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])) });
    const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = shown.querySelector(FORMS);
    if (!answer.ok || !place || !fresh) throw new Said("failed");
    place.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    say(shown.querySelector(".flash.error, .flash.ok"));
    // The button that was pressed is another one now; it is gone if there is nothing more to set.
    const again = place.querySelector<HTMLElement>(`form[action="${form.getAttribute("action")}"] button`);
    (again ?? find("#tip-triage-status"))?.focus();
  });
  place?.addEventListener("submit", (event) => {
    if (isOpen()) void send(event);
  });
}

/** The sentence with which the server answered. */
function say(flash: Element | null): void {
  const wrong = flash?.classList.contains("error") ?? false;
  const [status, error] = [find("#tip-triage-status"), find("#tip-triage-error")];
  if (status) status.textContent = wrong ? "" : (flash?.textContent?.trim() ?? "");
  if (error) error.textContent = wrong ? (flash?.textContent?.trim() ?? "") : "";
  hide(error, !wrong);
}
