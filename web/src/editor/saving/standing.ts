// After a save the page goes on saying what is so: the headline, the state's badge, the publishing button's word, the
// address.
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

/** The story's name wherever the page and its tab say it. */
export function showHeadline(form: HTMLFormElement): void {
  const field = form.elements.namedItem("headline");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const headline = field.value.replace(/\s+/g, " ").trim();
  for (const place of document.querySelectorAll<HTMLElement>("[data-standing=headline]")) {
    const [before, now] = [place.textContent ?? "", headline || (place.dataset.untitled ?? "")];
    if (before === now) continue;
    place.textContent = now;
    const { title } = document;
    if (before && place.tagName === "H1" && title.startsWith(before)) document.title = now + title.slice(before.length);
  }
}
