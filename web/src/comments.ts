// Comments in place: what the pages do by links and forms happens here without leaving the story. Nothing is loaded
// before a reader asks, nothing is remembered in the browser, and whatever fails goes on as the link or form it was.

type Fields = Record<string, unknown>;

/** How often an open thread asks whether there is anything new. */
const LOOK = 60_000;

let box: HTMLElement | undefined;
let me: { name?: string | null; mail?: boolean; own?: { id: string; state: string; own: string }[]; respects?: string[] } = {};
/** How many comments this reader knows of: what a thread said last, and their own since. */
let known = 0;
/** Addresses of comments written here in this visit, with which their writer changes them. */
const own = new Map<string, string>();
/** Comments that stood here in this visit. */
const seen = new Set<string>();

const all = <T extends Element = HTMLElement>(within: ParentNode, selector: string) => [...within.querySelectorAll<T>(selector)];

const make = (name: string, className: string, text: string): HTMLElement => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};

/** The thread on a page of ours; none if it cannot be had. */
async function fetched(url: string): Promise<HTMLElement | null> {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const sheet of all<HTMLLinkElement>(page, 'link[rel="stylesheet"]')) {
    const href = sheet.getAttribute("href") ?? "";
    if (document.querySelector(`link[href="${href}"]`)) continue;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    // Unstyled text would jump.
    await new Promise((done) => {
      link.onload = link.onerror = done;
      document.head.append(link);
    });
  }
  return page.querySelector<HTMLElement>("#comments");
}

/** Puts a thread where the last one, or the link to it, stood. */
async function show(url: string, place: Element, focus: boolean): Promise<void> {
  const next = await fetched(url);
  if (!next) return void location.assign(url);
  next.tabIndex = -1;
  place.replaceWith(next);
  open(next);
  if (focus) next.focus({ preventScroll: true });
  await knowMe();
}

function open(thread: HTMLElement): void {
  box = thread;
  known = Number(thread.dataset.count);
  for (const one of all(thread, ".comment")) seen.add(one.id);
}

/** Who is signed in, and what of this thread is theirs. */
async function knowMe(): Promise<void> {
  const answer = await fetch(`/comments/me/on/${box?.dataset.story}`, { headers: { accept: "application/json" } });
  me = answer.ok ? await answer.json() : {};
  for (const mine of me.own ?? []) own.set(mine.id, mine.own);
  dress();
}

/** Marks what is the reader's own. */
function dress(): void {
  if (!box) return;
  for (const comment of all(box, ".comment")) {
    const id = comment.id.slice(2);
    const url = own.get(id);
    if (url && !comment.querySelector(".own")) {
      const link = make("a", "own", box.dataset.edit ?? "") as HTMLAnchorElement;
      link.href = url;
      comment.querySelector(".comment-acts")?.append(link);
    }
    if (me.respects?.includes(id)) comment.querySelector(".respect")?.setAttribute("aria-pressed", "true");
  }
  const form = box.querySelector<HTMLFormElement>("#write");
  if (!me.name || !form || form.querySelector(".as")) return;
  for (const field of all(form, ".who")) field.remove();
  const mail = form.querySelector<HTMLElement>(".check");
  if (mail) mail.hidden = !me.mail;
  form.querySelector("h2")?.after(make("p", "as", (box.dataset.as ?? "").replace("%", me.name)));
}

async function send(form: HTMLFormElement): Promise<[boolean, Fields]> {
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
  return [answer.ok, await answer.json().catch(() => ({}))];
}

/** Says something where the reader is, aloud too. */
function say(form: HTMLFormElement, text: unknown, bad = false): HTMLElement {
  form.querySelector(".told")?.remove();
  const told = make("p", `told ${bad ? "error" : "said"}`, String(text || box?.dataset.failed));
  told.setAttribute("role", bad ? "alert" : "status");
  form.prepend(told);
  return told;
}

function wrong(form: HTMLFormElement, answer: Fields): void {
  const fields = (answer.fields ?? {}) as Record<string, string>;
  say(form, Object.values(fields).join(" ") || answer.error, true);
  for (const field of all<HTMLInputElement>(form, "[name]")) {
    if (field.name in fields) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  (form.querySelector<HTMLElement>("[aria-invalid]") ?? form.querySelector<HTMLElement>("textarea"))?.focus();
}

async function write(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  button?.setAttribute("aria-disabled", "true");
  const [ok, answer] = await send(form);
  button?.removeAttribute("aria-disabled");
  if (!ok) return wrong(form, answer);
  own.set(String(answer.id), String(answer.own));
  form.reset();
  const link = make("a", "own", box?.dataset.edit ?? "") as HTMLAnchorElement;
  link.href = String(answer.own);
  say(form, answer.said).append(" ", link);
  if (answer.state === "shown") await news(String(answer.id));
}

async function respect(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLElement>("button");
  const [ok, answer] = await send(form);
  if (!ok || !button) return void say(form, answer.error, true);
  button.setAttribute("aria-pressed", String(answer.given));
  const count = button.querySelector("b");
  if (count) count.textContent = String(answer.respect);
  button.setAttribute("aria-label", (button.getAttribute("aria-label") ?? "").replace(/\d+/, String(answer.respect)));
}

/** The form, moved below what is answered; a second press takes it back. */
function reply(link: HTMLElement): void {
  const comment = link.closest(".comment");
  const form = box?.querySelector<HTMLFormElement>("#write");
  if (!box || !comment || !form) return;
  const id = comment.id.slice(2);
  const title = form.querySelector<HTMLElement>("h2");
  let parent = form.querySelector<HTMLInputElement>("[name=parent]");
  if (form.previousElementSibling === comment) {
    parent?.remove();
    if (title) title.textContent = title.dataset.own ?? "";
    box.append(form);
    link.focus();
    return;
  }
  if (!parent) {
    parent = document.createElement("input");
    parent.type = "hidden";
    parent.name = "parent";
    form.append(parent);
  }
  parent.value = id;
  form.querySelector(".told")?.remove();
  if (title) {
    title.dataset.own ??= title.textContent ?? "";
    title.textContent = link.getAttribute("aria-label");
  }
  comment.after(form);
  form.querySelector("textarea")?.focus();
}

/** Looks for comments that are not here yet. One's own is put in at once, others behind a button: nothing moves by itself. */
async function news(mine = ""): Promise<void> {
  const now = box;
  const url = now?.dataset.url;
  if (!now || !url) return;
  const parent = mine && now.querySelector<HTMLInputElement>("#write [name=parent]")?.value;
  const next = await fetched(parent ? `${url}/${mine}` : url);
  if (!next || box !== now) return;
  if (mine) {
    const one = all(next, ".comment").find((other) => other.id === `c-${mine}`);
    if (!one) return;
    known += 1;
    seen.add(one.id);
    one.classList.add("fresh");
    if (parent) document.getElementById(`c-${parent}`)?.after(one);
    else {
      const item = make("li", "branch", "");
      item.append(one);
      now.querySelector(".comments-list")?.prepend(item);
      now.querySelector(".comments-none")?.remove();
    }
    dress();
    return;
  }
  // The newest ones stand on this page; answers far down a branch are only counted, and so is what other orders hide.
  const count = Number(next.dataset.count) - known;
  const fresh = all(next, ".comment").filter((one) => !seen.has(one.id)).map((one) => one.id);
  now.querySelector(".comments-news")?.remove();
  if (count < 1) return;
  const bar = make("p", "comments-news", "");
  bar.setAttribute("role", "status");
  const button = make("button", "button", `${now.dataset.new} (${count})`);
  button.onclick = () => void show(url, now, true).then(() => {
    for (const id of fresh.slice(0, count)) document.getElementById(id)?.classList.add("fresh");
    box?.querySelector(".fresh")?.scrollIntoView({ block: "center" });
  });
  bar.append(button);
  now.append(bar);
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest?.("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const opens = link.closest(".comments")?.matches("p") && link.matches(".button");
  const pages = link.matches(".comments-sort a, .comments-pager a, .more-answers a");
  if (opens || (pages && box?.contains(link))) {
    event.preventDefault();
    const place = opens ? (link.closest("p") as Element) : (box as Element);
    link.setAttribute("aria-busy", "true");
    show(link.href, place, true).catch(() => location.assign(link.href));
  } else if (link.matches(".reply") && box?.querySelector("#write")) {
    event.preventDefault();
    reply(link);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const act = form.matches(".comment-acts") ? respect : form.matches("#comments .comment-form") ? write : null;
  if (!act) return;
  event.preventDefault();
  act(form).catch(() => say(form, "", true));
});

setInterval(() => {
  const typing = box?.contains(document.activeElement) && document.activeElement?.matches("textarea");
  if (box && !document.hidden && !typing) void news().catch(() => {});
}, LOOK);

const there = document.querySelector<HTMLElement>("#comments");
if (there) {
  open(there);
  void knowMe().catch(() => {});
}
