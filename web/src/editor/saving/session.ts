// Ties the saver to the page: status line, conflict and restore dialogs, kept draft, and the ways a page can be left.
import { h } from "../../lib/dom";
import { say } from "../messages";
import { openJson } from "../repair";
import { plainText } from "../words";
import { showComparison, type Choice } from "./compare";
import { clearErrors, labelOf, readFields, showErrors, writeFields } from "./form";
import { KeptDraft, type Kept } from "./kept";
import { showHeadline, showStanding } from "./standing";
import { Saver, canonical, type Content, type State } from "./saver";
import { putDraft } from "./transport";

export interface Page {
  form: HTMLFormElement;
  /** The document's JSON as it stands. */
  body(): unknown;
  /** Replaces the document, undoably. */
  replace(body: unknown): void;
  headers(): Record<string, string>;
  isUploading(): boolean;
  /** The desk has what the writer has. */
  saved?(): void;
}

/** The kept draft follows typing at this distance. */
const KEEP_MS = 500;

export class Session {
  private readonly saver: Saver;
  private readonly kept: KeptDraft;
  private readonly status: HTMLElement;
  private readonly notes: HTMLElement;
  private dialog: HTMLDialogElement | null = null;
  private keeping = 0;
  private leaving = false;

  constructor(private readonly page: Page, notes: HTMLElement) {
    const { form } = page;
    const url = form.dataset.autosaveUrl as string;
    this.notes = notes;
    this.status = form.querySelector("[data-save-status]") ?? document.querySelector("[data-save-status]") ?? this.makeStatus();
    this.kept = new KeptDraft(new URL(url, location.href).pathname);
    this.saver = new Saver(Number(form.dataset.version ?? 0), {
      collect: () => this.content(),
      send: (version, content) => putDraft(url, page.headers(), version, content),
      tell: (state) => this.show(state),
      now: () => Date.now(),
      after: (ms, then) => {
        const timer = window.setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
    });
    this.listen();
    this.offerKept();
  }

  private makeStatus(): HTMLElement {
    const status = h("span", { class: "save-status", role: "status", "aria-live": "polite" });
    this.notes.before(h("div", { class: "save-bar" }, status));
    return status;
  }

  private content(): Content {
    return { fields: readFields(this.page.form), body: this.page.body() };
  }

  /** The text or a field changed. */
  changed(): void {
    this.saver.changed();
    clearTimeout(this.keeping);
    this.keeping = window.setTimeout(() => this.keep(), KEEP_MS);
  }

  save(): Promise<boolean> {
    return this.saver.saveNow();
  }

  private keep(): void {
    clearTimeout(this.keeping);
    if (this.saver.isDirty) this.kept.write({ version: this.saver.version, at: Date.now(), ...this.content() });
  }

  private listen(): void {
    const { form } = this.page;
    for (const event of ["input", "change"]) {
      form.addEventListener(event, (input) => {
        const control = input.target as HTMLInputElement;
        if (control.form === form && control.name && control.type !== "file") this.changed();
      });
    }
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s") {
        event.preventDefault();
        void this.save();
      }
    });
    document.addEventListener("submit", (event) => this.beforeSubmit(event), true);
    document.addEventListener("click", (event) => this.beforeFollow(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.leaving || (!this.saver.isDirty && !this.page.isUploading())) return;
      event.preventDefault();
      event.returnValue = "";
    });
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("online", () => this.saver.tryAgain());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.keep();
      else if (this.saver.state.name === "signed-out") this.saver.tryAgain();
    });
    // A page that comes back from the browser's memory may be left again.
    window.addEventListener("pageshow", () => (this.leaving = false));
  }

  /**
   * Any form of this page is sent only once the text is saved, so that "publish" publishes what is on the screen. The
   * button marked `data-save` saves and stays.
   */
  private beforeSubmit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.method === "dialog" || event.defaultPrevented) return;
    const submitter = event.submitter instanceof HTMLElement ? event.submitter : null;
    const isSave = form === this.page.form && (submitter?.hasAttribute("data-save") ?? false);
    if (!isSave && !this.saver.isDirty) {
      this.leaving = form.target !== "_blank" && !form.hasAttribute("data-confirm") && !form.hasAttribute("data-reorder");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    void this.save().then((isSaved) => {
      if (isSaved && !isSave) form.requestSubmit(submitter);
      else if (!isSaved) this.status.scrollIntoView({ block: "nearest" });
    });
  }

  /** A plain click on a link saves first; if that fails the browser's own warning follows. */
  private beforeFollow(event: MouseEvent): void {
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.closest(".story-editor") || event.defaultPrevented) return;
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!this.saver.isDirty || link.getAttribute("href")?.startsWith("#")) return;
    if (link.target === "_blank") return void this.save();
    event.preventDefault();
    void this.save().then(() => location.assign(link.href));
  }

  private show(state: State): void {
    const { form } = this.page;
    this.status.dataset.state = state.name === "signed-out" || state.name === "gone" || state.name === "too-long" ? "refused" : state.name;
    this.status.textContent = sentence(state);
    if (state.name !== "saving" && state.name !== "dirty") this.notes.querySelector("[data-saving-note]")?.remove();
    if (state.name === "saved") {
      clearTimeout(this.keeping);
      this.kept.remove();
      clearErrors(form);
      if (state.standing) showStanding(form, state.standing);
      showHeadline(form);
      form.dataset.version = String(this.saver.version);
      const base = form.elements.namedItem("base_version");
      if (base instanceof HTMLInputElement) base.value = String(this.saver.version);
      this.page.saved?.();
    } else if (state.name !== "dirty" && state.name !== "saving") {
      this.keep();
    }
    if (state.name === "refused") this.refused(state.errors, state.reason);
    if (state.name === "signed-out") this.signedOut();
    if (state.name === "conflict") this.conflict(state);
  }

  private refused(errors: Record<string, string>, reason: string | null): void {
    const homeless = showErrors(this.page.form, errors);
    const sentences = [...(reason ? [reason] : []), ...homeless];
    if (sentences.length > 0) this.note("error", sentences.join(" "));
  }

  private signedOut(): void {
    const url = this.page.form.dataset.signInUrl ?? "/desk/sign-in";
    this.note("warn", say("signedOutHelp"),
      h("a", { class: "button small", href: url, target: "_blank", rel: "noopener" }, say("signIn")),
      h("button", { type: "button", class: "button small", onclick: () => void this.save() }, say("tryAgain")));
  }

  private note(kind: string, text: string, ...more: HTMLElement[]): HTMLElement {
    this.notes.querySelector("[data-saving-note]")?.remove();
    const note = h("div", { class: `flash ${kind}`, "data-saving-note": true, "data-flash-keep": true, role: "alert" }, h("p", {}, text), ...more);
    this.notes.append(note);
    return note;
  }

  private conflict(state: Extract<State, { name: "conflict" }>): void {
    const { by, at } = state.theirs;
    const intro = by && at ? say("conflictBy", { by, time: clock(at) }) : say("conflictBySomebody");
    const open = () => {
      this.dialog?.close();
      this.dialog = showComparison({
        title: say("conflictTitle"),
        intro,
        names: [say("conflictMine"), say("conflictTheirs")],
        versions: [this.content(), state.theirs],
        label: (name) => labelOf(this.page.form, name),
        choices: [
          { label: say("keepMine"), primary: true, run: () => void this.saver.keepMine() },
          { label: say("takeTheirs"), run: () => this.takeTheirs(state.theirs) },
          this.copyChoice(() => this.content()),
          { label: say("later"), run: () => undefined },
        ],
      });
    };
    this.note("error", intro, h("button", { type: "button", class: "button small", onclick: open }, say("showBoth")));
    open();
  }

  private takeTheirs(theirs: Content): void {
    writeFields(this.page.form, theirs.fields);
    this.page.replace(theirs.body);
    this.saver.tookTheirs();
  }

  private copyChoice(content: () => Content): Choice {
    return {
      label: say("copyMine"),
      run: async (button) => {
        const { fields, body } = content();
        const head = ["kicker", "headline", "dek"].map((name) => fields[name]).filter((value) => typeof value === "string" && value !== "");
        const text = [...head, plainText(openJson(body).doc)].join("\n\n");
        button.textContent = await navigator.clipboard.writeText(text).then(() => say("copied"), () => say("copyFailed"));
        return false;
      },
    };
  }

  /** Text that a crash left behind is offered, whatever was saved since: only the writer knows which one is right. */
  private offerKept(): void {
    for (const kept of this.kept.setAside()) this.offer(kept);
  }

  private offer(kept: Kept): void {
    const now = this.content();
    const same = canonical(kept.body) === canonical(now.body) && Object.keys(now.fields).every((name) => !(name in kept.fields) || canonical(kept.fields[name]) === canonical(now.fields[name]));
    if (same) return this.kept.settle(kept);
    const isOlder = kept.version < this.saver.version;
    const time = clock(new Date(kept.at).toISOString());
    const note = h("div", { class: "flash warn", "data-flash-keep": true, role: "alert" },
      h("p", {}, say(isOlder ? "restoreOlder" : "restoreFound", { time })),
      h("button", { type: "button", class: "button small primary", onclick: () => this.restore(kept, note) }, say("restore")),
      h("button", { type: "button", class: "button small", onclick: () => this.compareKept(kept, note) }, say("restoreCompare")),
      h("button", { type: "button", class: "button small quiet", onclick: () => this.discard(kept, note) }, say("discard")));
    this.notes.append(note);
  }

  private restore(kept: Kept, note: HTMLElement): void {
    note.remove();
    writeFields(this.page.form, kept.fields);
    this.page.replace(kept.body);
    this.changed();
    // From here on it is kept as what is on the screen.
    this.keep();
    this.kept.settle(kept);
  }

  private discard(kept: Kept, note: HTMLElement): void {
    note.remove();
    this.kept.settle(kept);
  }

  private compareKept(kept: Kept, note: HTMLElement): void {
    this.dialog = showComparison({
      title: say("restoreTitle"),
      intro: "",
      names: [say("restoreKept"), say("restoreSaved")],
      versions: [kept, this.content()],
      label: (name) => labelOf(this.page.form, name),
      choices: [
        { label: say("restore"), primary: true, run: () => this.restore(kept, note) },
        this.copyChoice(() => kept),
        { label: say("discard"), run: () => this.discard(kept, note) },
        { label: say("later"), run: () => undefined },
      ],
    });
  }
}

function sentence(state: State): string {
  switch (state.name) {
    case "saved":
      return state.at ? say("saved", { time: clock(state.at) }) : say("savedAlready");
    case "signed-out":
      return say("signedOut");
    case "too-long":
      return say("tooLong");
    case "refused":
      return Object.keys(state.errors).length === 0 && state.reason ? say("refusedWhy", { reason: state.reason }) : say("refused");
    default:
      return say(state.name);
  }
}

/** "14:03" today, with the date on other days; in the page's language. */
export function clock(iso: string, now = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const isToday = date.toDateString() === now.toDateString();
  const language = document.documentElement.lang || undefined;
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language, isToday ? time : { ...time, day: "numeric", month: "long" }).format(date);
}
