// The story editor: finds the story's form, puts the editor in the place of its textarea, and keeps that textarea in step,
// so that the form can be sent like any other. Without this script the page still works with the textarea.
import { EditorState, Selection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { h, takesText } from "./lib/dom";
import { block, historyActions, inlineActions, tableActions } from "./editor/actions";
import { openInsertMenu, type MenuEntry } from "./editor/insert-menu";
import { editLink } from "./editor/link-dialog";
import { say } from "./editor/messages";
import { OnRecord } from "./editor/record/onrecord";
import { PICTURE_TYPES, PictureDesk } from "./editor/pictures";
import { plugins } from "./editor/plugins";
import { openBody, openJson } from "./editor/repair";
import { schema } from "./editor/schema";
import { Session } from "./editor/saving/session";
import { Toolbar, type Tool } from "./editor/toolbar";
import { isUploading, sendFiles } from "./editor/uploads";
import { FramedView } from "./editor/views/framed";
import { PictureView } from "./editor/views/picture";
import { blockActive, markActive } from "./editor/commands";

function mount(form: HTMLFormElement, area: HTMLTextAreaElement): void {
  const opened = openBody(area.value);
  const shell = h("div", { class: "editor-shell" });
  const notes = h("div", { class: "editor-notes" });
  const desk = new PictureDesk(form.dataset.picturesUrl ?? null, () => guard(form));
  const tell = (text: string) => {
    const note = h("div", { class: "flash warn", role: "alert" }, h("p", {}, text),
      h("button", { type: "button", class: "flash-close", "aria-label": say("close"), onclick: () => note.remove() }, "×"));
    notes.append(note);
  };
  const side = form.querySelector<HTMLElement>(".story-side");
  const home = form.querySelector<HTMLElement>("[data-record-url]");
  const record = home?.dataset.recordUrl && side ? new OnRecord(home.dataset.recordUrl, () => guard(form), side, home) : null;
  let session: Session | null = null;
  let toolbar: Toolbar | null = null;

  const chooseFile = (view: EditorView) => {
    const input = h("input", { type: "file", accept: PICTURE_TYPES, multiple: true });
    input.onchange = () => sendFiles(view, desk, tell, [...(input.files ?? [])]);
    input.click();
  };
  const picture: MenuEntry = {
    label: "picture",
    icon: "picture",
    run: () => true,
    open: chooseFile,
    active: (state) => blockActive(state, schema.nodes.picture),
    words: "image photo photograph",
  };

  const state = EditorState.create({
    doc: opened.doc,
    plugins: plugins({
      desk,
      tell,
      language: () => languageOf(form),
      focusToolbar: () => toolbar?.focus(),
      changed: () => session?.changed(),
      extra: record ? [record.plugin] : [],
      menu: [block.paragraph, block.heading2, block.heading3, block.bulletList, block.orderedList, block.quotation, picture, block.post, block.table, block.divider, block.preformatted],
    }),
  });

  const framed = (...[node, view, getPos]: ConstructorParameters<typeof FramedView>) => new FramedView(node, view, getPos);
  const view = new EditorView({ mount: shell.appendChild(h("div")) }, {
    state,
    attributes: () => ({
      class: "story-editor",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": area.labels?.[0]?.textContent?.trim() || say("text"),
      spellcheck: "true",
      lang: languageOf(form),
      dir: directionOf(languageOf(form)),
    }),
    nodeViews: { quotation: framed, post: framed, picture: (node, inner, getPos) => new PictureView(node, inner, getPos, desk) },
    dispatchTransaction(tr) {
      record?.carried(tr);
      view.updateState(view.state.apply(tr));
      toolbar?.update(view.state);
    },
  });

  const link: Tool = { label: "link", icon: "link", key: "Mod-k", run: () => true, open: (inner) => void editLink(inner.state, undefined, inner), active: (inner) => markActive(inner, schema.marks.link) };
  const groups: Tool[][] = [
    [{ label: "insert", icon: "insert", run: () => true, open: openInsertMenu }],
    [block.heading2, block.heading3, block.bulletList, block.orderedList, block.quotation],
    [...inlineActions, link],
    [picture, block.post, block.table, block.divider, block.preformatted],
    historyActions,
    tableActions.map((action) => ({ ...action, inTable: true })),
  ];
  toolbar = new Toolbar(view, groups);
  shell.prepend(toolbar.dom, notes);
  shell.append(toolbar.foot);
  area.after(shell);
  area.hidden = true;
  const label = area.labels?.[0];
  label?.addEventListener("click", () => view.focus());

  const replace = (body: unknown) => {
    const { doc } = openJson(body);
    const { tr } = view.state;
    tr.replaceWith(0, view.state.doc.content.size, doc.content);
    view.dispatch(tr.setSelection(Selection.atStart(tr.doc)));
  };
  const body = () => view.state.doc.toJSON() as unknown;
  // The textarea is filled when the form's data is read, not at each key: a long text would be written out every time.
  form.addEventListener("formdata", (event) => event.formData.set(area.name, JSON.stringify(body())));
  form.addEventListener("submit", () => (area.value = JSON.stringify(body())));
  if (form.dataset.autosaveUrl) {
    session = new Session({ form, body, replace, headers: () => guard(form), isUploading: () => isUploading(view.state), saved: () => record?.saved() }, notes);
  }
  if (record) {
    const bar = form.querySelector(".save-bar") ?? shell;
    bar.insertBefore(record.opener, bar.querySelector(":scope > [data-save-status]"));
    record.mount(view, toolbar.foot);
  }
  if (opened.repaired) tell(say("repaired"));
  form.querySelector("select[name=language]")?.addEventListener("change", () => view.updateState(view.state));
  form.classList.add("has-editor");
}

/** The request's guard against forgery, when the page carries one. */
function guard(form: HTMLFormElement): Record<string, string> {
  const field = form.querySelector<HTMLInputElement>("input[name=csrf], input[name=csrf_token], input[name=_csrf]");
  const token = form.dataset.csrf ?? field?.value ?? document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
  return token ? { "X-CSRF-Token": token } : {};
}

function languageOf(form: HTMLFormElement): string {
  const chosen = form.elements.namedItem("language");
  const value = chosen instanceof HTMLSelectElement || chosen instanceof HTMLInputElement ? chosen.value : "";
  return value || form.dataset.language || document.documentElement.lang || "en";
}

/** The direction in which a language is written. */
function directionOf(language: string): "ltr" | "rtl" {
  return /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)(-|$)/i.test(language) ? "rtl" : "ltr";
}

/** Headline and dek are lines: Enter goes on to the next field, pasted line ends become spaces. */
function singleLines(form: HTMLFormElement): void {
  for (const area of form.querySelectorAll<HTMLTextAreaElement>("textarea.sheet-headline, textarea.sheet-dek")) {
    const fit = () => {
      if (CSS.supports("field-sizing", "content")) return;
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight}px`;
    };
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      const stops = [...form.querySelectorAll<HTMLElement>("input:not([type=hidden]), textarea:not([hidden]), .story-editor")].filter((stop) => takesText(stop) && !stop.closest(".block-fields"));
      stops[stops.indexOf(area) + 1]?.focus();
    });
    area.addEventListener("input", () => {
      if (/[\r\n]/.test(area.value)) area.value = area.value.replace(/\s*[\r\n]+\s*/g, " ");
      fit();
    });
    area.addEventListener("onrecord:filled", fit);
    fit();
  }
}

const form = document.querySelector<HTMLFormElement>("form#story-form");
const area = form?.querySelector<HTMLTextAreaElement>("textarea[data-editor]");
if (form && area) {
  singleLines(form);
  mount(form, area);
}
