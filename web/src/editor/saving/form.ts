// The plain fields of the story's form: read for saving, filled from another version, marked with what is wrong.
import { h } from "../../lib/dom";
import type { Fields } from "./saver";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Names that are not the story's own: the request's guard and bookkeeping. */
const NOT_FIELDS = new Set(["base_version", "override_reason", "csrf", "csrf_token", "_csrf", "_method"]);

function controls(form: HTMLFormElement): Control[] {
  return [...form.elements].filter((element): element is Control => {
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement)) return false;
    if (element.name === "" || NOT_FIELDS.has(element.name) || element.hasAttribute("data-editor") || element.disabled) return false;
    return !["file", "submit", "button", "image", "reset", "password"].includes(element.type);
  });
}

function isChoice(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
}

/** All values by name. An unchecked box is an empty string; a name that can occur several times is a list. */
export function readFields(form: HTMLFormElement): Fields {
  const byName = new Map<string, Control[]>();
  for (const control of controls(form)) byName.set(control.name, [...(byName.get(control.name) ?? []), control]);
  const out: Fields = {};
  for (const [name, group] of byName) {
    const values = group.flatMap(valuesOf);
    const isList = group.some((control) => control instanceof HTMLSelectElement && control.multiple) || (group.length > 1 && group[0]?.type !== "radio");
    out[name] = isList ? values.filter((value) => value !== "") : (values.find((value) => value !== "") ?? "");
  }
  return out;
}

function valuesOf(control: Control): string[] {
  if (control instanceof HTMLSelectElement && control.multiple) return [...control.selectedOptions].map((option) => option.value);
  if (isChoice(control)) return [control.checked ? control.value : ""];
  return [control.value];
}

/** Fills the form from another version; names the form does not have are left. */
export function writeFields(form: HTMLFormElement, fields: Fields): void {
  const taken = new Map<string, string[]>();
  for (const control of controls(form)) {
    const value = fields[control.name];
    if (value === undefined) continue;
    const list = Array.isArray(value) ? value : [value];
    if (control instanceof HTMLSelectElement && control.multiple) {
      for (const option of control.options) option.selected = list.includes(option.value);
    } else if (isChoice(control)) {
      control.checked = list.includes(control.value) && (control.type === "radio" || control.value !== "");
    } else {
      const rest = taken.get(control.name) ?? [...list];
      taken.set(control.name, rest);
      control.value = rest.shift() ?? "";
    }
    control.dispatchEvent(new Event("onrecord:filled", { bubbles: true }));
  }
}

/** A field's label as the page shows it. */
export function labelOf(form: HTMLFormElement, name: string): string {
  const control = controls(form).find((one) => one.name === name);
  const label = control?.labels?.[0];
  return label ? (label.childNodes[0]?.textContent ?? "").trim() || (label.textContent ?? "").trim() : name;
}

/** Shows each sentence at its field and answers those that have no field on the page. */
export function showErrors(form: HTMLFormElement, errors: Record<string, string>): string[] {
  clearErrors(form);
  const homeless: string[] = [];
  for (const [name, sentence] of Object.entries(errors)) {
    const control = controls(form).find((one) => one.name === name);
    const field = control?.closest(".field");
    if (!control || !field) {
      homeless.push(sentence);
      continue;
    }
    const id = `${control.id || name}-saving-error`;
    field.append(h("p", { class: "error", id, "data-saving-error": true }, sentence));
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  return homeless;
}

export function clearErrors(form: HTMLFormElement): void {
  for (const error of document.querySelectorAll(`[data-saving-error]`)) {
    const control = controls(form).find((one) => (one.getAttribute("aria-describedby") ?? "").split(" ").includes(error.id));
    if (control) {
      control.removeAttribute("aria-invalid");
      const rest = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== error.id);
      if (rest.length) control.setAttribute("aria-describedby", rest.join(" "));
      else control.removeAttribute("aria-describedby");
    }
    error.remove();
  }
}
