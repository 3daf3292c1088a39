// The next article: the list below a story is fetched anew as a reader nears it, and after a click on "Keep reading" the
// stories follow one another on this page. What is counted is said once, as numbers of stories: no cookie goes along,
// nothing is remembered in the browser, and a reader without this script has the same links.

import { following, type Step } from "./lib/following";

interface Open extends Step {
  article: HTMLElement;
  url: string;
  title: string;
  canonical: string;
  /** Where the reader left it, from its top. */
  left?: number;
}

/** What is said of a list at once: what came into view since the last time, and with a click all that was in view. */
interface List {
  variant: string;
  from: string;
  seen: [number, string][];
  list?: [number, string][];
  clicked?: string;
}

/** How far before the end the list, and the story behind it, are fetched: about two screens. */
const NEAR = 1600;
/** Stories that follow after a click, and by themselves where the newsroom wants that: then it takes a click again. */
const MOST = 10;
const ALONE = 3;
/** How long counts wait for more of them. */
const WAIT = 4000;

const said: { reads: [string | null, string][]; lists: List[] } = { reads: [], lists: [] };
const open: Open[] = [];
const offered: (Step & { href: string })[] = [];
let nav = document.querySelector<HTMLElement>("nav.next[data-url]");
let feed: HTMLElement | undefined;
let going = false;
let left = 0;
let at = 0;
/** Number of the first story of this page in the history, and the last one that has its own entry. */
let base = 0;
let top = 0;
let silent = false;
let busy = false;
let timer = 0;

const canonical = () => document.querySelector<HTMLLinkElement>('link[rel="canonical"]');
const links = (list: HTMLElement) => [...list.querySelectorAll<HTMLAnchorElement>(".headline a")];
const ids = (list: HTMLElement) => (list.dataset.ids ?? "").split(" ");
/** Of the story itself, and of the listed ones. */
const sections = (list?: HTMLElement | null) => (list?.dataset.sections ?? "").split(" ");

function tell(): void {
  clearTimeout(timer);
  timer = 0;
  if (!said.reads.length && !said.lists.length) return;
  const body = JSON.stringify(said);
  said.reads = [];
  said.lists = [];
  void fetch("/api/next", { method: "POST", body, keepalive: true, credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => {});
}

function later(): void {
  timer ||= window.setTimeout(tell, WAIT);
}

function viewed(id: string, from?: string): void {
  said.reads.push([null, id]);
  if (from) said.reads.push([from, id]);
  later();
}

/** Counts what of a list comes into view, each place once, and its first click. */
function watch(list: HTMLElement): void {
  const all = links(list);
  const known = ids(list);
  const shown: [number, string][] = [];
  let clicked = false;
  let last: List | undefined;
  /** What waits to be said of this list. */
  const waiting = (): List => {
    if (!last || !said.lists.includes(last)) {
      last = { variant: list.dataset.variant ?? "", from: list.dataset.story ?? "", seen: [] };
      said.lists.push(last);
    }
    return last;
  };
  const see = (place: number): void => {
    if (shown.some(([had]) => had === place)) return;
    const one: [number, string] = [place, known[place] as string];
    shown.push(one);
    waiting().seen.push(one);
    later();
  };
  const look = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      look.unobserve(entry.target);
      see(all.indexOf(entry.target as HTMLAnchorElement));
    }
  }, { threshold: 0.6 });
  for (const link of all) look.observe(link);
  list.addEventListener("click", (event) => {
    const place = all.indexOf((event.target as Element).closest("a") as HTMLAnchorElement);
    if (place < 0) return;
    const id = known[place] as string;
    if (!clicked) {
      clicked = true;
      see(place);
      Object.assign(waiting(), { list: shown, clicked: id });
    }
    said.reads.push([list.dataset.story ?? "", id]);
    tell();
  });
}

async function page(url: string): Promise<Document | null> {
  const answer = await fetch(url, { headers: { accept: "text/html" } });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

/** The list as it is now; in a trial a coin says of which ranker. */
async function renew(): Promise<void> {
  const old = nav;
  if (!old || old.dataset.variant) return;
  const coin = old.dataset.trial && Math.random() < 0.5 ? "/b" : "";
  const found = (await page(old.dataset.url + coin).catch(() => null))?.querySelector<HTMLElement>("nav.next[data-variant]");
  if (!found || nav !== old) return;
  if (old.getBoundingClientRect().top < innerHeight) {
    // What a reader looks at stays where it is. It counts if it is what stands there now; in a trial that would weigh one
    // ranker's lists unlike the other's.
    if (old.dataset.trial || found.dataset.ids !== old.dataset.ids) return;
    old.dataset.variant = found.dataset.variant;
    watch(old);
    return;
  }
  replace(old, found);
  watch(found);
}

function replace(old: HTMLElement, found: HTMLElement): void {
  old.replaceWith(found);
  near.disconnect();
  near.observe(found);
  nav = found;
  hideRead(found);
  offer();
}

/** What stands on this page already is no next article, unless all of it does. */
function hideRead(list: HTMLElement): void {
  const cards = links(list).map((link) => ({ link, card: link.closest<HTMLElement>("li") ?? link.closest<HTMLElement>(".card") }));
  const read = cards.filter(({ link }) => open.some(({ url }) => url === link.pathname));
  if (read.length === cards.length) return;
  for (const { card } of read) if (card) card.hidden = true;
  for (const more of list.querySelectorAll("ul")) more.hidden = !more.querySelector("li:not([hidden])");
}

/** The way into continuous reading, which only a script can offer. Its place is in the page, so that nothing moves. */
function offer(): void {
  const row = nav?.querySelector(".keep");
  const button = row?.querySelector("button");
  if (!row || !button) return;
  row.classList.remove("waiting");
  button.onclick = () => {
    start(MOST);
    void follow(true);
  };
}

function start(most: number): void {
  going = true;
  left = most;
  if (feed) return;
  const article = open[0]?.article;
  if (!article) return;
  history.scrollRestoration = "manual";
  history.replaceState({ next: base }, "");
  feed = document.createElement("div");
  feed.setAttribute("role", "feed");
  feed.setAttribute("aria-label", nav?.dataset.feed ?? "");
  article.before(feed);
  feed.append(article);
  number();
}

/** The way out: a button that stays on the screen, and Escape. */
function stopper(show: boolean): void {
  document.querySelector(".stop-reading")?.remove();
  if (!show || !nav) return;
  const button = document.createElement("button");
  button.className = "stop-reading";
  button.textContent = nav.dataset.stop ?? "";
  button.onclick = () => stop(true);
  feed?.after(button);
}

function stop(focus = false): void {
  going = false;
  stopper(false);
  if (focus) nav?.querySelector<HTMLElement>(".keep button")?.focus({ preventScroll: true });
}

/** Sets the next story below the last one. */
async function follow(focus = false): Promise<void> {
  if (busy || !nav || !feed) return;
  busy = true;
  feed.setAttribute("aria-busy", "true");
  const [known, [, ...of]] = [ids(nav), sections(nav)];
  // Earlier lists stand behind this one: where all of it was read, or is of one section, they still have others.
  offered.unshift(...links(nav).map((one, place) => ({ id: known[place] ?? "", section: of[place] ?? "", href: one.href })));
  const link = offered[following(offered, open)];
  const found = link && (await page(link.href).catch(() => null));
  const article = found?.querySelector<HTMLElement>("article.story");
  const list = found?.querySelector<HTMLElement>("nav.next[data-url]");
  if (link && found && article && list) {
    add(link.href, found, article);
    replace(nav, list);
    left -= 1;
    if (left > 0) stopper(true);
    else stop();
  } else {
    stop();
    // A reader who asked for it gets it the usual way.
    if (focus && link) location.assign(link.href);
  }
  feed.setAttribute("aria-busy", "false");
  busy = false;
  if (focus && article) {
    const title = article.querySelector<HTMLElement>("h1");
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
    article.scrollIntoView();
  }
}

function add(url: string, found: Document, article: HTMLElement): void {
  const mark = `s${open.length}-`;
  for (const one of article.querySelectorAll("[id]")) one.id = mark + one.id;
  for (const one of article.querySelectorAll('a[href^="#"]')) one.setAttribute("href", `#${mark}${one.getAttribute("href")?.slice(1)}`);
  for (const one of article.querySelectorAll("[aria-labelledby]")) one.setAttribute("aria-labelledby", mark + one.getAttribute("aria-labelledby"));
  article.lang ||= found.documentElement.lang;
  feed?.append(article);
  const list = found.querySelector<HTMLElement>("nav.next[data-url]");
  open.push({
    id: list?.dataset.story ?? "",
    section: sections(list)[0] ?? "",
    article,
    url: new URL(url).pathname,
    title: found.title,
    canonical: found.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href ?? url,
  });
  number();
}

/** What the feed pattern asks of each story. */
function number(): void {
  open.forEach((one, place) => {
    const title = one.article.querySelector<HTMLElement>("h1");
    if (title) title.id ||= `headline-${place}`;
    one.article.tabIndex = 0;
    one.article.setAttribute("aria-labelledby", title?.id ?? "");
    one.article.setAttribute("aria-posinset", String(place + 1));
    one.article.setAttribute("aria-setsize", "-1");
  });
}

const topOf = (place: number) => (open[place]?.article.getBoundingClientRect().top ?? 0) + scrollY;

/** The address, the title and the history follow the story in the middle of the screen. */
function track(): void {
  if (!feed || silent) return;
  let place = 0;
  open.forEach((_, other) => {
    if (topOf(other) <= scrollY + innerHeight / 2) place = other;
  });
  if (place === at) return;
  const last = open[at] as Open;
  last.left = scrollY - topOf(at);
  if (place > top) {
    // One entry for each story, also if a quick reader skipped some.
    while (top < place) {
      top += 1;
      const story = open[top] as Open;
      history.pushState({ next: base + top }, "", story.url);
      viewed(story.id, open[top - 1]?.id);
    }
    at = place;
    name();
  } else {
    silent = true;
    history.go(place - at);
  }
}

function name(): void {
  const story = open[at] as Open;
  document.title = story.title;
  const link = canonical();
  if (link) link.href = story.canonical;
}

/** Back and Forward go from story to story, each where the reader left it. */
function turned(event: PopStateEvent): void {
  if (!feed) return;
  const place = Number(event.state?.next ?? base) - base;
  const story = open[place];
  if (!story) return location.reload();
  const came = silent;
  silent = false;
  if (!came) (open[at] as Open).left = scrollY - topOf(at);
  at = place;
  name();
  if (came) return;
  let y = topOf(place) + (story.left ?? 0);
  if (open[place + 1]) y = Math.min(y, topOf(place + 1) - innerHeight);
  scrollTo({ top: Math.max(y, topOf(place)), behavior: "instant" });
}

function keys(event: KeyboardEvent): void {
  if (!feed) return;
  const place = open.findIndex((one) => one.article === event.target);
  if (event.key === "Escape" && going) stop(true);
  // On a story itself these go from story to story; inside of one they turn the page as everywhere.
  else if (place >= 0 && (event.key === "PageDown" || event.key === "PageUp")) {
    const other = open[place + (event.key === "PageDown" ? 1 : -1)];
    if (!other) return;
    event.preventDefault();
    other.article.focus();
  } else if (event.ctrlKey && (event.key === "End" || event.key === "Home") && feed.contains(event.target as Node)) {
    event.preventDefault();
    const outside = event.key === "End" ? nav?.querySelector<HTMLElement>("a") : document.querySelector<HTMLElement>(".masthead a");
    outside?.focus();
  }
}

const near = new IntersectionObserver((entries) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  void renew().then(() => {
    if (going) void follow();
  });
}, { rootMargin: `0px 0px ${NEAR}px 0px` });

const article = document.querySelector<HTMLElement>("article.story");
if (nav && article) {
  const id = nav.dataset.story ?? "";
  open.push({ id, section: sections(nav)[0] ?? "", article, url: location.pathname, title: document.title, canonical: canonical()?.href ?? "" });
  viewed(id);
  offer();
  near.observe(nav);
  if (nav.dataset.variant) watch(nav);
  const before = history.state as { next?: number; left?: number } | null;
  if (before?.next) {
    base = before.next;
    start(0);
    going = false;
    scrollTo({ top: topOf(0) + (before.left ?? 0), behavior: "instant" });
  }
  if (nav.dataset.auto) start(ALONE);
  let waits = false;
  addEventListener("scroll", () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      track();
    });
  }, { passive: true });
  addEventListener("popstate", turned);
  addEventListener("keydown", keys);
  addEventListener("pagehide", () => {
    if (feed) history.replaceState({ next: base + at, left: scrollY - topOf(at) }, "");
    tell();
  });
  document.addEventListener("visibilitychange", () => document.hidden && tell());
}
