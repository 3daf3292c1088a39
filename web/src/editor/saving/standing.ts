// After a save the page goes on saying what is so: the state's badge, the publishing button's word, the address.
import { showErrors } from "./form";
import type { Standing } from "./saver";

export function showStanding(form: HTMLFormElement, standing: Standing): void {
  const badge = document.querySelector<HTMLElement>("[data-standing=state]");
  if (badge && standing.state) {
    badge.className = `badge ${standing.state.badge}`;
    badge.textContent = standing.state.text;
  }
  const publish = document.querySelector<HTMLElement>("[data-standing=publish]");
  if (publish && standing.publish) publish.textContent = standing.publish;
  const hint = document.getElementById("slug-hint");
  if (hint && standing.slugHint) hint.textContent = standing.slugHint;
  // What the page came with about the slug is answered anew by each save.
  const error = document.getElementById("slug-error");
  const slug = form.elements.namedItem("slug");
  if (error && slug instanceof HTMLInputElement) {
    error.remove();
    slug.removeAttribute("aria-invalid");
    if (hint) slug.setAttribute("aria-describedby", hint.id);
    else slug.removeAttribute("aria-describedby");
  }
  showErrors(form, standing.warnings);
}
