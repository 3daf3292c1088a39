// What can be asked of the worker: arguments and answers. Ids, tips, desks and newsrooms are hexadecimal (UUIDs with hyphens will do);
// handles name what the worker holds until `forget`.
import type { Bytes } from "./engine";

export type Handle = number;

/** What a message is: lib/sealed, `Kind`. Arrivals are sealed by the server only. */
export const MESSAGE = { tip: 1, arrival: 2, reply: 3, note: 4, link: 5 } as const;

export interface ListInfo {
  list: Handle;
  newsroom: string;
  /** The newsroom's key, its fingerprint in digits and in words. */
  key: string;
  fingerprint: string;
  words: string;
  serial: number;
  /** Days since 1970. */
  issued: number;
  until: number;
  digest: string;
  desks: { id: string; name: string; readers: number }[];
}

export interface SourceInfo {
  source: Handle;
  /** What is sent to be found, hexadecimal. */
  lookup: string;
  tip: string;
}

export interface ToSeal {
  list: Handle;
  kind: number;
  desk: string;
  tip: string;
  sequence: number;
  /** Public halves of the source, from the index of a first message: whom a reply is for. */
  to?: Bytes | null;
  /** Whose keys sign. */
  signer: { source: Handle } | { journalist: Handle };
  text: string;
  facts?: [string, string][];
  files?: File[];
}

/** Where the sealed body lies: fetched in ranges. */
export interface Body {
  url: string;
  /** Sent by POST if there is one. */
  post?: string;
  /** Its last chunks, if they are here already: they are not fetched. */
  end?: Bytes;
}

export interface ToOpen {
  head: Bytes;
  newsroom: string;
  tip: string;
  sequence: number;
  body: Body;
  /** With whose keys; of journalists all months, newest first. */
  with: { source: Handle } | { journalists: Handle[] };
}

export interface Message {
  /** For `file`, and to be let go with `drop`. */
  message: Handle;
  kind: number;
  desk: string;
  /** Digest of the key list to which it was sealed, and that list's serial as the signer saw it. */
  digest: string;
  serial: number;
  author: "nobody" | "source" | "journalist";
  /** A source's public halves, or a journalist's verify key. The signature has been checked; whether the key is known is for the caller. */
  key: Bytes;
  text: string;
  facts: [string, string][];
  files: { name: string; type: string; size: number }[];
}

export interface KeyInfo {
  journalist: Handle;
  card: Bytes;
}

export interface CardInfo {
  id: string;
  journalist: string;
  epoch: string;
  verify: string;
}

/** All questions: what is given, what is answered. */
export interface Requests {
  /** A new codename. */
  newCodename: [Record<string, never>, string];
  /** What was typed, as it is written; refused with "codename-count" or "codename-word". */
  readCodename: [{ typed: string }, string];
  /** The source's keys; takes 64 MiB and a second. */
  derive: [{ codename: string; newsroom: string }, SourceInfo];
  /** Checks a signed list. Without `key` the list's own is taken, for its fingerprint to be compared. `known`: newest serial seen before. */
  openList: [{ bytes: Bytes; key?: string; known?: number }, ListInfo];
  listKeys: [{ list: Handle }, { id: string; journalist: string; epoch: string; card: Bytes; desks: string[] }[]];
  /** Whether a journalist of the desk signs with this key. */
  speaks: [{ list: Handle; desk: string; key: Bytes }, boolean];
  work: [{ challenge: string; difficulty: number }, string];
  /** Head and body as one blob, to be sent as it is. Progress is told from 0 to 1. */
  seal: [ToSeal, Blob];
  /** Seals and sends a large message piece by piece to `url`; answers the status that says how it ended, 201 if well. */
  upload: [{ url: string; headers: Record<string, string>; message: ToSeal }, number];
  /** Fetches the end of the body and opens the text and the list of files. */
  open: [ToOpen, Message];
  /** Fetches and opens one file; answered when it is whole and checked. Progress is told from 0 to 1. */
  file: [{ message: Handle; file: number }, Blob];
  /** As `file`, but straight to where the reader wants it on the disk. */
  save: [{ message: Handle; file: number; to: FileSystemFileHandle }, null];
  drop: [{ kind: "source" | "journalist" | "list" | "message"; handle: Handle }, null];
  /** Lets everything go: the inbox is locked. */
  forget: [Record<string, never>, null];
  /** A lock from a passphrase: new, or that of a closed file. Takes 256 MiB and some seconds. Locks stay in the worker. */
  newLock: [{ passphrase: string }, Handle];
  lockOf: [{ passphrase: string; closed: Bytes }, Handle];
  newJournalist: [{ journalist: string; epoch: string }, KeyInfo];
  /** The closed keys, to be kept by the server. */
  closeJournalist: [{ journalist: Handle; lock: Handle }, Bytes];
  /** Refused with "passphrase" if it was another one. */
  openJournalist: [{ lock: Handle; closed: Bytes }, KeyInfo];
  /** Closed keys under another passphrase. */
  closeAgain: [{ lock: Handle; closed: Bytes; newLock: Handle }, Bytes];
  readCard: [{ card: Bytes }, CardInfo];
  /** A key for the newsroom; with `newsroom` in the place of a lost one. `file` is to be kept away from the server. */
  newNewsroom: [{ lock: Handle; newsroom?: string }, { file: Bytes; newsroom: string; key: string; fingerprint: string; words: string }];
  peekNewsroom: [{ file: Bytes }, { newsroom: string; key: string; fingerprint: string; words: string }];
  signList: [
    {
      file: Bytes;
      lock: Handle;
      serial: number;
      issued: number;
      until: number;
      desks: { id: string; name: string }[];
      keys: { card: Bytes; desks: string[] }[];
    },
    Bytes,
  ];
}

export type Name = keyof Requests;
export type Given<N extends Name> = Requests[N][0];
export type Answer<N extends Name> = Requests[N][1];

/** To the worker. */
export interface Asked {
  id: number;
  name: Name;
  given: unknown;
}

/** From the worker: progress, an answer, or why not. */
export type Told =
  | { id: number; progress: number }
  | { id: number; answer: unknown }
  | { id: number; reason: string; count?: number };
