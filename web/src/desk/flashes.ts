import { h } from "../lib/dom";
import { say } from "./messages";

/** Gives each flash message a button that dismisses it. Errors of a form stay until they are mended. */
export function flashes(): void {
  for (const flash of document.querySelectorAll<HTMLElement>(".flash:not([data-flash-keep])")) {
    if (flash.querySelector(".flash-close")) continue;
    flash.append(h("button", { type: "button", class: "flash-close", "aria-label": say("close"), onclick: () => flash.remove() }, "×"));
  }
}
