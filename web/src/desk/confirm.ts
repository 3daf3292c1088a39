// Asks before a form with `data-confirm` is sent. Without script the server's own page asks.
import { h } from "../lib/dom";
import { say } from "./messages";

export function confirmForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter instanceof HTMLElement ? event.submitter : null;
    const question = button?.dataset.confirm ?? form.dataset.confirm;
    if (!question || event.defaultPrevented) return;
    if (form.dataset.confirmed !== undefined) {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    ask(question, button?.dataset.confirmLabel ?? form.dataset.confirmLabel ?? say("confirm"), () => {
      form.dataset.confirmed = "";
      form.requestSubmit(button);
    });
  });
}

function ask(question: string, label: string, then: () => void): void {
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "confirm-question" },
    h("form", { method: "dialog" },
      h("div", { class: "dialog-head" }, h("p", { id: "confirm-question" }, question)),
      h("div", { class: "dialog-foot" },
        h("button", { class: "button", value: "no", autofocus: true }, say("cancel")),
        h("button", { class: "button danger", value: "yes" }, label))));
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") then();
  });
  document.body.append(dialog);
  dialog.showModal();
}
