// Moves a row of a `data-reorder` list at once and tells the desk behind it. The buttons are the form's own submit buttons.
import { h } from "../lib/dom";
import { say } from "./messages";

export function reorder(): void {
  const lists = document.querySelectorAll<HTMLElement>("[data-reorder]");
  if (lists.length === 0) return;
  const status = h("p", { class: "visually-hidden", role: "status" });
  document.body.append(status);
  for (const list of lists) {
    mark(list);
    list.addEventListener("submit", (event) => {
      const button = event.submitter;
      const row = button?.closest<HTMLElement>("[data-reorder] > *");
      if (!(button instanceof HTMLButtonElement) || button.name !== "move" || !row || event.defaultPrevented) return;
      event.preventDefault();
      move(list, row, button, status);
      void send(event.target as HTMLFormElement, button);
    });
  }
}

function move(list: HTMLElement, row: HTMLElement, button: HTMLButtonElement, status: HTMLElement): void {
  const other = button.value === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (button.value === "up") other.before(row);
  else other.after(row);
  mark(list);
  const left = button.getAttribute("aria-disabled") === "true" ? row.querySelector<HTMLButtonElement>('button[name=move]:not([aria-disabled="true"])') : button;
  (left ?? button).focus();
  const rows = [...list.children];
  const name = (row.querySelector(".list-title") ?? row.querySelector(".list-main"))?.textContent?.trim() || say("row");
  status.textContent = say("moved", { name, place: rows.indexOf(row) + 1, count: rows.length });
}

/** The first row cannot go up, the last not down; they stay focusable so that the keyboard keeps its place. */
function mark(list: HTMLElement): void {
  const rows = [...list.children];
  rows.forEach((row, index) => {
    for (const button of row.querySelectorAll("button[name=move]")) {
      const isEnd = index === (button.getAttribute("value") === "up" ? 0 : rows.length - 1);
      if (isEnd) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  });
}

/** One move after another: the desk must see them in the order in which they were made. */
let queue: Promise<void> = Promise.resolve();

function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) if (typeof value === "string") body.append(name, value);
  const url = button.getAttribute("formaction") ?? form.action;
  queue = queue.then(async () => {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
    // The order on the screen is not the desk's: show the desk's.
    if (!answer || (answer.status >= 400)) location.reload();
  });
  return queue;
}
