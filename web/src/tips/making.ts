// The page of keys: own keys are made here, and the list is signed with the newsroom's key file where somebody chooses to.
import { Client } from "../sealed/client";
import { Said, Telling, ask, find, fromBase64, give, hide } from "./page";
import { living, mine, plain, unlock } from "./keyring";

/** As the server and the command line ask for. */
const SHORTEST = 16;

const value = (selector: string): string => find<HTMLInputElement>(selector)?.value ?? "";

export function ownKeys(place: HTMLElement): void {
  const form = find<HTMLFormElement>("#tip-make-keys");
  if (!form) return;
  const telling = new Telling("tip");
  const at = place.dataset;
  hide(form, false);
  form.addEventListener("submit", telling.alone(async () => {
    const passphrase = twice("#tip-passphrase", "#tip-passphrase-again");
    telling.status("making");
    const known = await mine(at.keysUrl ?? "");
    const client = new Client(at.workerUrl ?? "");
    try {
      const [first] = living(known);
      // One passphrase opens all months, so another one is refused here.
      if (first) await unlock(client, known, passphrase);
      const lock = first ? await client.ask("lockOf", { passphrase, closed: fromBase64(first.closed) }) : await client.ask("newLock", { passphrase });
      for (const epoch of [known.epoch, known.next_epoch]) {
        if (known.keys.some((key) => key.epoch === epoch)) continue;
        const { journalist } = await client.ask("newJournalist", { journalist: known.journalist, epoch });
        const closed = await client.ask("closeJournalist", { journalist, lock });
        if ((await give(at.keysUrl ?? "", "PUT", closed)) !== 204) throw new Said("failed");
      }
    } finally {
      client.end();
      form.reset();
    }
    location.reload();
  }));
}

/** Closes the keys of all months with another passphrase. Copies made before open with the old one still. */
export function passphrase(place: HTMLElement): void {
  const form = find<HTMLFormElement>("#tip-passphrase-change");
  if (!form) return;
  const telling = new Telling("tip-change");
  const at = place.dataset;
  hide(form, false);
  form.addEventListener("submit", telling.alone(async () => {
    const wanted = twice("#tip-passphrase-new", "#tip-passphrase-new-again");
    telling.status("making");
    const client = new Client(at.workerUrl ?? "");
    try {
      const keys = living(await mine(at.keysUrl ?? ""));
      const [first] = keys;
      if (!first) throw new Said("no-keys");
      const lock = await client.ask("lockOf", { passphrase: value("#tip-passphrase-old"), closed: fromBase64(first.closed) });
      const newLock = await client.ask("newLock", { passphrase: wanted });
      // All are opened before one is kept: half of the months under another passphrase would help nobody.
      const again = [];
      for (const { closed } of keys) again.push(await client.ask("closeAgain", { lock, closed: fromBase64(closed), newLock }));
      for (const closed of again) if ((await give(at.keysUrl ?? "", "PUT", closed)) !== 204) throw new Said("failed");
      telling.status("changed-passphrase");
    } finally {
      client.end();
      form.reset();
    }
  }));
}

/** A new passphrase, typed twice. */
function twice(first: string, again: string): string {
  const passphrase = value(first);
  if ([...passphrase.normalize("NFC")].length < SHORTEST) throw new Said("passphrase-short");
  if (passphrase !== value(again)) throw new Said("passphrase-twice");
  return passphrase;
}

/** The newsroom's own key, made here: it is saved as a file first, and only then named to the server, which gets its public half. */
export function beginning(place: HTMLElement): void {
  const [form, made] = [find<HTMLFormElement>("#tip-begin"), find<HTMLFormElement>("#tip-begin-made")];
  if (!form || !made) return;
  const telling = new Telling("tip-begin");
  const at = place.dataset;
  hide(form, false);
  let known: { newsroom: string; key: string } | undefined;
  form.addEventListener("submit", telling.alone(async () => {
    const passphrase = twice("#tip-begin-passphrase", "#tip-begin-passphrase-again");
    telling.status("making");
    const client = new Client(at.workerUrl ?? "");
    try {
      const lock = await client.ask("newLock", { passphrase });
      const { file, newsroom, key, fingerprint, words } = await client.ask("newNewsroom", { lock });
      known = { newsroom, key };
      const save = find<HTMLAnchorElement>("#tip-begin-save");
      if (save) save.href = URL.createObjectURL(new Blob([file], { type: "application/octet-stream" }));
      const [digits, said] = [find("#tip-begin-fingerprint"), find("#tip-begin-words")];
      if (digits) digits.textContent = fingerprint;
      if (said) said.textContent = words;
    } finally {
      client.end();
      form.reset();
    }
    telling.status("");
    hide(form, true);
    hide(made, false);
    find("#tip-begin-title")?.focus();
  }));
  made.addEventListener("submit", telling.alone(async () => {
    if (!known) return;
    const answer = await fetch(at.lineUrl ?? "", { method: "POST", body: new URLSearchParams(known) });
    if (!answer.ok) throw new Said("failed");
    location.reload();
  }));
}

interface Draft {
  newsroom: string;
  serial: number;
  issued: number;
  until: number;
  desks: [string, string][];
  keys: { card: string; desks: string[] }[];
}

export function signing(place: HTMLElement): void {
  const form = find<HTMLFormElement>("#tip-sign");
  if (!form) return;
  const telling = new Telling("tip-sign");
  const at = place.dataset;
  hide(form, false);
  form.addEventListener("submit", telling.alone(async () => {
    const chosen = find<HTMLInputElement>("#tip-sign-file")?.files?.[0];
    if (!chosen) throw new Said("failed");
    telling.status("signing");
    const client = new Client(at.workerUrl ?? "");
    try {
      const file = new Uint8Array(await chosen.arrayBuffer());
      const { newsroom, key } = await client.ask("peekNewsroom", { file });
      if (newsroom !== plain(at.newsroom) || key !== plain(at.newsroomKey)) throw new Said("other-key");
      const draft: Draft = await (await ask(at.draftUrl ?? "")).json();
      const lock = await client.ask("lockOf", { passphrase: value("#tip-sign-passphrase"), closed: file });
      const { serial, issued, until } = draft;
      const desks = draft.desks.map(([id, name]) => ({ id, name }));
      const keys = draft.keys.map((one) => ({ card: fromBase64(one.card), desks: one.desks.map(plain) }));
      const signed = await client.ask("signList", { file, lock, serial, issued, until, desks, keys });
      if ((await give(at.listUrl ?? "", "PUT", signed)) !== 204) throw new Said("failed");
    } finally {
      client.end();
      form.reset();
    }
    location.reload();
  }));
}
