// The command palette and the list of keys. Entries are the links the page has already, so nothing can be reached here that
// is not reachable by pointing; a desk with a search gives more through `data-command-url`.
import { h, readableKey, takesText } from "../lib/dom";
import { say } from "./messages";

interface Entry {
  label: string;
  where: string;
  go(): void;
}

/** The search is asked when typing rests for this long. */
const ASK_MS = 150;
const MOST_SHOWN = 12;

export function palette(): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const isModK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    // In the story's text this key makes a link.
    const inText = event.target instanceof HTMLElement && event.target.isContentEditable;
    const isFree = !takesText(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if ((isModK && !inText) || (isFree && event.key === "/")) {
      event.preventDefault();
      new Palette().open();
    } else if (isFree && event.key === "?") {
      event.preventDefault();
      showKeys();
    }
  });
  for (const opener of document.querySelectorAll<HTMLElement>("[data-open-palette]")) opener.addEventListener("click", (event) => (event.preventDefault(), new Palette().open()));
  for (const opener of document.querySelectorAll<HTMLElement>("[data-open-keys]")) opener.addEventListener("click", (event) => (event.preventDefault(), showKeys()));
}

function pageEntries(): Entry[] {
  const entries: Entry[] = [];
  for (const element of document.querySelectorAll<HTMLElement>("[data-command]")) {
    entries.push({ label: element.dataset.command || element.textContent?.trim() || "", where: "", go: () => element.click() });
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".desk-nav a[href]:not(.desk-brand)")) {
    const label = (link.childNodes[0]?.textContent ?? link.textContent ?? "").trim();
    entries.push({ label, where: link.pathname, go: () => link.click() });
  }
  return entries.filter((entry, index) => entry.label !== "" && entries.findIndex((other) => other.label === entry.label) === index);
}

/** Better matches first: start of the label, start of a word, anywhere, letters in order. Null: no match. */
export function rank(label: string, query: string): number | null {
  const text = label.toLowerCase();
  const words = query.trim().toLowerCase();
  if (words === "" || text.startsWith(words)) return 0;
  if (text.split(/[\s-]+/).some((word) => word.startsWith(words))) return 1;
  if (text.includes(words)) return 2;
  let at = -1;
  for (const letter of words) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
  }
  return 3;
}

class Palette {
  private readonly own = pageEntries();
  private found: Entry[] = [];
  private more: Entry[] = [];
  private index = 0;
  private timer = 0;
  private asked = 0;
  private readonly input = h("input", {
    type: "text",
    role: "combobox",
    "aria-label": say("commands"),
    placeholder: say("commandsPlaceholder"),
    "aria-controls": "palette-list",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  });
  private readonly list = h("ul", { class: "palette-list", id: "palette-list", role: "listbox", "aria-label": say("commands") });
  private readonly note = h("p", { class: "palette-note", role: "status" }, say("commandsNote"));
  private readonly dialog = h("dialog", { class: "dialog palette", "aria-label": say("commands") }, this.input, this.list, this.note);

  open(): void {
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => this.dialog.remove());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.search();
  }

  private search(): void {
    this.draw();
    const url = document.body.dataset.commandUrl;
    clearTimeout(this.timer);
    if (url && this.input.value.trim() !== "") this.timer = window.setTimeout(() => void this.ask(url), ASK_MS);
    else this.more = [];
  }

  private async ask(url: string): Promise<void> {
    const turn = ++this.asked;
    const answer = await fetch(`${url}?q=${encodeURIComponent(this.input.value.trim())}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const list: unknown = answer?.ok ? await answer.json().catch(() => []) : [];
    if (turn !== this.asked || !Array.isArray(list)) return;
    this.more = list.filter((one) => typeof one?.label === "string" && typeof one?.url === "string").map((one) => ({ label: one.label, where: "", go: () => location.assign(one.url) }));
    this.draw();
  }

  private draw(): void {
    const query = this.input.value;
    const ranked = this.own.map((entry) => ({ entry, at: rank(entry.label, query) })).filter((one) => one.at !== null);
    ranked.sort((a, b) => (a.at as number) - (b.at as number));
    this.found = [...ranked.map((one) => one.entry), ...this.more].slice(0, MOST_SHOWN);
    this.index = 0;
    this.list.replaceChildren(...this.found.map((entry, index) => h("li", { role: "option", id: `command-${index}`, onclick: () => this.run(index) }, h("span", {}, entry.label))));
    this.note.textContent = this.found.length === 0 ? say("commandsNone") : say("commandsNote");
    this.mark();
  }

  private mark(): void {
    [...this.list.children].forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === this.index));
      if (index === this.index) row.scrollIntoView({ block: "nearest" });
    });
    if (this.found.length > 0) this.input.setAttribute("aria-activedescendant", `command-${this.index}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const count = this.found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.index = count ? (this.index + (event.key === "ArrowDown" ? 1 : count - 1)) % count : 0;
      this.mark();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.run(this.index);
    }
  }

  private run(index: number): void {
    const entry = this.found[index];
    if (!entry) return;
    this.dialog.close();
    entry.go();
  }
}

function showKeys(): void {
  const keys: [string[], string][] = [
    [["/", readableKey("Mod-k")], say("keysPalette")],
    [["j", "k"], say("keysList")],
    [["Enter"], say("keysOpen")],
    [["?"], say("keysHelp")],
  ];
  if (document.querySelector(".story-editor")) {
    keys.push([[readableKey("Mod-s")], say("keysSave")], [["/"], say("keysInsert")], [[readableKey("Alt-↑"), readableKey("Alt-↓")], say("keysMove")], [["Alt+F10"], say("keysToolbar")], [["F8"], say("keysRecord")], [["Tab"], say("keysFields")]);
  }
  const rows = keys.flatMap(([signs, meaning]) => {
    const term = h("dt");
    signs.forEach((sign, index) => term.append(index > 0 ? " " : "", h("kbd", {}, sign)));
    return [term, h("dd", {}, meaning)];
  });
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "keys-title" },
    h("div", { class: "dialog-head" }, h("h2", { id: "keys-title" }, say("keys"))),
    h("div", { class: "dialog-body" }, h("dl", { class: "keys" }, ...rows)),
    h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "button", onclick: () => dialog.close() }, say("close"))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
