// A journalist's own keys: fetched closed, opened in the worker, made there. Neither a passphrase nor an open key leaves it.
import type { Client } from "../sealed/client";
import { SealedError } from "../sealed/engine";
import type { Handle, ListInfo } from "../sealed/requests";
import { Said, ask, fromBase64 } from "./page";

/** What the server keeps for somebody: GET /desk/tips/keys/mine. */
export interface Mine {
  journalist: string;
  epoch: string;
  next_epoch: string;
  keys: { id: string; epoch: string; closed: string | null }[];
}

export interface Open {
  handle: Handle;
  id: string;
  epoch: string;
}

export async function mine(url: string): Promise<Mine> {
  return (await ask(url)).json();
}

/** The keys that are not destroyed, newest month first. */
export const living = (mine: Mine): { epoch: string; closed: string }[] =>
  mine.keys.flatMap(({ epoch, closed }) => (closed ? [{ epoch, closed }] : [])).sort((one, other) => (one.epoch < other.epoch ? 1 : -1));

const isPassphrase = (error: unknown): boolean => error instanceof SealedError && error.reason === "passphrase";

/** Opens what the passphrase opens. Months that were closed with another one stay closed; if all do, it was the wrong one. */
export async function unlock(client: Client, mine: Mine, passphrase: string): Promise<Open[]> {
  const keys = living(mine);
  const [first] = keys;
  if (!first) throw new Said("no-keys");
  const lock = await client.ask("lockOf", { passphrase, closed: fromBase64(first.closed) });
  const opened: Open[] = [];
  for (const { epoch, closed } of keys) {
    try {
      const { journalist: handle, card } = await client.ask("openJournalist", { lock, closed: fromBase64(closed) });
      opened.push({ handle, epoch, id: (await client.ask("readCard", { card })).id });
    } catch (error) {
      if (!isPassphrase(error)) throw error;
    }
  }
  if (!opened.length) throw new SealedError("passphrase");
  return opened;
}

/** The signed list, believed only from the newsroom's key. */
export async function openList(client: Client, at: DOMStringMap): Promise<ListInfo> {
  const answer = await fetch(at.listUrl ?? "", { cache: "no-store" });
  if (!answer.ok) throw new Said("list");
  const list = await client.ask("openList", { bytes: new Uint8Array(await answer.arrayBuffer()), key: at.newsroomKey });
  if (list.newsroom !== plain(at.newsroom)) throw new Said("list");
  return list;
}

/** An id as the worker writes it. */
export const plain = (id: string | undefined): string => (id ?? "").replaceAll("-", "").toLowerCase();
