// What the worker does: every request, over the library. Without a worker or a network of its own, so that tests can call it.
import { CALL, CHUNK, Engine, KIND, SealedError, hex, today, unhex, type Bytes, type Field, type Result } from "./engine";
import { Incoming, type Fetch, type Progress } from "./incoming";
import type { Answer, Given, Handle, ListInfo, Name, ToSeal } from "./requests";

/** Plaintext that is read from a file and sealed at once. */
const STEP = 16 * CHUNK;

/**
 * Sealed bytes that are sent at once, of a message that goes in pieces. A browser makes a copy or two of what it sends and keeps them until it
 * next collects its garbage, so small; but each piece waits for its answer, which over Tor takes a second, so not smaller.
 */
const PIECE = 4 << 20;

type Doing = { [N in Name]: (given: Given<N>, progress: Progress) => Promise<Answer<N>> | Answer<N> };

export class Workshop implements Doing {
  private readonly messages = new Map<Handle, Incoming>();
  private readonly locks: Bytes[] = [];

  constructor(
    private readonly module: WebAssembly.Module,
    private engine: Engine,
    private readonly fetch: Fetch,
  ) {}

  static async open(module: WebAssembly.Module, fetch: Fetch): Promise<Workshop> {
    return new Workshop(module, await Engine.open(module), fetch);
  }

  newCodename(): string {
    return this.engine.call(CALL.newCodename).text();
  }

  readCodename({ typed }: Given<"readCodename">): string {
    return this.engine.call(CALL.readCodename, typed).text();
  }

  async derive({ codename, newsroom }: Given<"derive">): Promise<Answer<"derive">> {
    const root = await this.apart(CALL.derive, codename, unhex(newsroom));
    const result = this.engine.call(CALL.source, root);
    root.fill(0);
    return { source: result.number(), lookup: result.text(), tip: result.hex() };
  }

  openList({ bytes, key, known }: Given<"openList">): ListInfo {
    const result = this.engine.call(CALL.openList, bytes, key ? unhex(key) : "", today(), known ?? 0);
    const list = result.number();
    const newsroom = result.hex();
    const signer = result.bytes();
    const info = { list, newsroom, key: hex(signer), ...this.fingerprint(signer) };
    const [serial, issued, until, digest] = [result.number(), result.number(), result.number(), result.hex()];
    const desks: ListInfo["desks"] = [];
    while (!result.done) desks.push({ id: result.hex(), name: result.text(), readers: result.number() });
    return { ...info, serial, issued, until, digest, desks };
  }

  listKeys({ list }: Given<"listKeys">): Answer<"listKeys"> {
    const result = this.engine.call(CALL.listKeys, list);
    const keys: Answer<"listKeys"> = [];
    while (!result.done) {
      const [id, journalist, epoch, card] = [result.hex(), result.hex(), result.text(), result.bytes()];
      keys.push({ id, journalist, epoch, card, desks: result.hex().match(/.{32}/g) ?? [] });
    }
    return keys;
  }

  speaks({ list, desk, key }: Given<"speaks">): boolean {
    return this.engine.call(CALL.speaks, list, unhex(desk), key).number() === 1;
  }

  work({ challenge, difficulty }: Given<"work">): string {
    return this.engine.call(CALL.work, challenge, difficulty).text();
  }

  async seal(given: Given<"seal">, progress: Progress): Promise<Blob> {
    const body: Blob[] = [];
    // Blobs of their own: the browser holds them, off this worker's memory, and may lay them on the disk. It does grow with them.
    const head = await this.sealed(given, progress, async (bytes) => void body.push(new Blob([bytes])));
    return new Blob([head, ...body]);
  }

  /** Sends each piece as soon as it is full, and the head at the end. Nothing is read of the files before there is room for it in the piece. */
  async upload({ url, headers, message }: Given<"upload">, progress: Progress): Promise<number> {
    const post = (to: string, body?: Bytes) => this.fetch(`${url}${to}`, { method: "POST", body, cache: "no-store", credentials: "omit", ...(to ? {} : { headers }) });
    const begun = await post("");
    if (begun.status !== 201) return begun.status;
    const { upload } = (await begun.json()) as { upload: string };
    const piece = new Uint8Array(PIECE);
    let [filled, sent, refused] = [0, 0, 0];
    const flush = async (): Promise<void> => {
      const { status } = await post(`/${upload}/${sent}`, piece.subarray(0, filled));
      [sent, filled] = [sent + filled, 0];
      if (status !== 204) throw new SealedError("fetch", (refused = status));
    };
    try {
      const head = await this.sealed(message, progress, async (bytes) => {
        if (filled + bytes.length > PIECE) await flush();
        piece.set(bytes, filled);
        filled += bytes.length;
      });
      await flush();
      return (await post(`/${upload}/head`, head)).status;
    } catch (error) {
      if (refused) return refused;
      throw error;
    }
  }

  /** Seals files and text; gives the body out piece by piece, and answers the head. */
  private async sealed(given: ToSeal, progress: Progress, give: (bytes: Bytes) => Promise<void>): Promise<Bytes> {
    const { engine } = this;
    const files = given.files ?? [];
    const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
    const address: Field[] = [given.list, today(), given.kind, unhex(given.desk), unhex(given.tip), given.sequence];
    const message = engine.call(CALL.beginMessage, ...address, given.to ?? "").number();
    let done = 0;
    try {
      for (const file of files) {
        engine.call(CALL.beginFile, message, file.name, file.type);
        for (let at = 0; at < file.size; at += STEP) {
          const bytes = new Uint8Array(await file.slice(at, at + STEP).arrayBuffer());
          await give(engine.call(CALL.push, message, bytes).bytes());
          progress((done += bytes.length) / total);
        }
      }
    } catch (error) {
      engine.call(CALL.drop, KIND.outgoing, message);
      throw error;
    }
    const signer = "source" in given.signer ? [1, given.signer.source] : [2, given.signer.journalist];
    const finished = engine.call(CALL.finish, message, ...signer, given.text, ...(given.facts ?? []).flat());
    const closing = finished.number();
    const head = finished.bytes();
    for (let rest = engine.call(CALL.rest, closing); !rest.done; rest = engine.call(CALL.rest, closing)) await give(rest.bytes());
    return head;
  }

  async open(given: Given<"open">): Promise<Answer<"open">> {
    const read = this.engine.call(CALL.readHead, given.head);
    const kind = read.number();
    read.bytes();
    const desk = read.hex();
    read.bytes();
    read.number();
    const digest = read.hex();
    const place: Field[] = [given.head, unhex(given.newsroom), unhex(given.tip), given.sequence];
    const opened =
      "source" in given.with
        ? this.engine.call(CALL.openAsSource, ...place, given.with.source)
        : this.engine.call(CALL.openAsJournalist, ...place, ...given.with.journalists);
    const incoming = new Incoming(this.engine, this.fetch, given.body, opened);
    try {
      const index = await incoming.index();
      this.messages.set(incoming.handle, incoming);
      return { message: incoming.handle, kind, desk, digest, ...index };
    } catch (error) {
      incoming.drop();
      throw error;
    }
  }

  async file({ message, file }: Given<"file">, progress: Progress): Promise<Blob> {
    return this.incoming(message).file(file, progress);
  }

  async save({ message, file, to }: Given<"save">, progress: Progress): Promise<null> {
    await this.incoming(message).save(file, to, progress);
    return null;
  }

  drop({ kind, handle }: Given<"drop">): null {
    if (kind === "message") {
      this.messages.get(handle)?.drop();
      this.messages.delete(handle);
    } else this.engine.call(CALL.drop, KIND[kind], handle);
    return null;
  }

  async forget(): Promise<null> {
    this.engine.call(CALL.forget);
    for (const lock of this.locks.splice(0)) lock.fill(0);
    this.messages.clear();
    // A fresh memory: what the old one held between its things goes with it.
    this.engine = await Engine.open(this.module);
    return null;
  }

  async newLock({ passphrase }: Given<"newLock">): Promise<Handle> {
    return this.locks.push(await this.apart(CALL.newLock, passphrase.normalize("NFC"))) - 1;
  }

  async lockOf({ passphrase, closed }: Given<"lockOf">): Promise<Handle> {
    return this.locks.push(await this.apart(CALL.lockOf, passphrase.normalize("NFC"), closed)) - 1;
  }

  newJournalist({ journalist, epoch }: Given<"newJournalist">): Answer<"newJournalist"> {
    return keys(this.engine.call(CALL.newJournalist, unhex(journalist), epoch));
  }

  closeJournalist({ journalist, lock }: Given<"closeJournalist">): Bytes {
    return this.engine.call(CALL.closeJournalist, journalist, this.lock(lock)).bytes();
  }

  openJournalist({ lock, closed }: Given<"openJournalist">): Answer<"openJournalist"> {
    return keys(this.engine.call(CALL.openJournalist, this.lock(lock), closed));
  }

  closeAgain({ lock, closed, newLock }: Given<"closeAgain">): Bytes {
    return this.engine.call(CALL.closeAgain, this.lock(lock), closed, this.lock(newLock)).bytes();
  }

  readCard({ card }: Given<"readCard">): Answer<"readCard"> {
    const result = this.engine.call(CALL.readCard, card);
    return { id: result.hex(), journalist: result.hex(), epoch: result.text(), verify: result.hex() };
  }

  newNewsroom({ lock, newsroom }: Given<"newNewsroom">): Answer<"newNewsroom"> {
    const result = this.engine.call(CALL.newNewsroom, newsroom ? unhex(newsroom) : "", this.lock(lock));
    return { file: result.bytes(), ...this.newsroom(result) };
  }

  peekNewsroom({ file }: Given<"peekNewsroom">): Answer<"peekNewsroom"> {
    return this.newsroom(this.engine.call(CALL.peekNewsroom, file));
  }

  signList({ file, lock, serial, issued, until, desks, keys }: Given<"signList">): Bytes {
    const named = desks.flatMap((desk): Field[] => [unhex(desk.id), desk.name]);
    const listed = keys.flatMap((key): Field[] => [key.card, unhex(key.desks.join(""))]);
    const front: Field[] = [file, this.lock(lock), serial, issued, until, desks.length];
    return this.engine.call(CALL.signList, ...front, ...named, ...listed).bytes();
  }

  /** A derivation, in an instance that is thrown away with its 64 or 256 MiB. */
  private async apart(what: number, ...fields: Field[]): Promise<Bytes> {
    return (await Engine.open(this.module)).call(what, ...fields).bytes();
  }

  private incoming(message: Handle): Incoming {
    const incoming = this.messages.get(message);
    if (!incoming) throw new SealedError("call");
    return incoming;
  }

  private lock(handle: Handle): Bytes {
    const lock = this.locks[handle];
    if (!lock) throw new SealedError("call");
    return lock;
  }

  private newsroom(result: Result) {
    const newsroom = result.hex();
    const key = result.bytes();
    return { newsroom, key: hex(key), ...this.fingerprint(key) };
  }

  private fingerprint(key: Bytes): { fingerprint: string; words: string } {
    const result = this.engine.call(CALL.fingerprint, key);
    return { fingerprint: result.text(), words: result.text() };
  }
}

const keys = (result: Result): Answer<"newJournalist"> => ({ journalist: result.number(), card: result.bytes() });
