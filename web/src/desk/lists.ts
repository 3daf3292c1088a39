// j and k walk the rows of a `data-list`, Enter opens the row's first link.
import { takesText } from "../lib/dom";

let current: HTMLElement | null = null;

export function lists(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing || takesText(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "j" || event.key === "k") {
      const rows = [...document.querySelectorAll<HTMLElement>("[data-list] > li, [data-list] > tr, [data-list] > tbody > tr")];
      if (rows.length === 0) return;
      event.preventDefault();
      choose(rows, event.key === "j" ? 1 : -1);
    }
  });
}

function choose(rows: HTMLElement[], step: number): void {
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const at = focused >= 0 ? focused : current ? rows.indexOf(current) : -1;
  const next = rows[Math.min(Math.max(at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step, 0), rows.length - 1)];
  if (!next) return;
  current?.classList.remove("is-current");
  current = next;
  next.classList.add("is-current");
  // The focus goes along, so that Enter, Tab and a screen reader know the row.
  next.querySelector<HTMLElement>("a[href], button, input")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.addEventListener("focusout", (event) => {
    if (!next.contains(event.relatedTarget as Node | null)) next.classList.remove("is-current");
  });
}
