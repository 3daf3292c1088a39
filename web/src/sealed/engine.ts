// The sealing, compiled to wasm: calls over one piece of memory, as lib/sealed-wasm says. The numbers of the calls stand there too.

/** What is called, with what it takes and answers: lib/sealed-wasm/src/calls. */
export const CALL = {
  seed: 1, drop: 2, forget: 3, work: 4,
  newCodename: 10, readCodename: 11, derive: 12, source: 13,
  openList: 20, listKeys: 21, speaks: 22, signList: 23, fingerprint: 24,
  beginMessage: 30, beginFile: 31, push: 32, finish: 33, rest: 34,
  readHead: 40, openAsJournalist: 41, openAsSource: 42, readIndex: 43, beginPart: 44, pushPart: 45, endPart: 46,
  newLock: 50, lockOf: 51, newJournalist: 52, closeJournalist: 53, openJournalist: 54, readCard: 55, newNewsroom: 56, peekNewsroom: 57,
  closeAgain: 58,
} as const;

/** The kinds of things that `drop` lets go. */
export const KIND = { source: 0, journalist: 1, list: 2, outgoing: 3, incoming: 4, reading: 5 } as const;

/** The library has room for so much a call; more would be written over what lies behind it. */
const MOST = 8 << 20;

/** Plaintext bytes of a chunk, and bytes of a sealed one. */
export const CHUNK = 64 << 10;
export const SEALED_CHUNK = CHUNK + 16;

export type Bytes = Uint8Array<ArrayBuffer>;
export type Field = Uint8Array | string | number;

/** What the library refused: a name such as "tampered", and for words of a codename which one, or how many. */
export class SealedError extends Error {
  constructor(readonly reason: string, readonly count?: number) {
    super(reason);
  }
}

/** A result, read field by field. */
export class Result {
  private at = 0;

  constructor(private readonly all: Bytes) {}

  get done(): boolean {
    return this.at >= this.all.length;
  }

  bytes(): Bytes {
    const length = new DataView(this.all.buffer, this.all.byteOffset + this.at, 4).getUint32(0, true);
    this.at += 4 + length;
    return this.all.subarray(this.at - length, this.at);
  }

  number(): number {
    const field = this.bytes();
    const view = new DataView(field.buffer, field.byteOffset, field.length);
    return field.length === 8 ? Number(view.getBigUint64(0, true)) : view.getUint32(0, true);
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  hex(): string {
    return hex(this.bytes());
  }
}

interface Exports {
  memory: { buffer: ArrayBuffer };
  input(bytes: number): number;
  call(what: number): number;
  output(): number;
}

export class Engine {
  private constructor(private readonly exports: Exports) {}

  static async open(module: WebAssembly.Module): Promise<Engine> {
    const instance = await WebAssembly.instantiate(module, {});
    const engine = new Engine(instance.exports as unknown as Exports);
    const seed = crypto.getRandomValues(new Uint8Array(32));
    engine.call(CALL.seed, seed);
    seed.fill(0);
    return engine;
  }

  call(what: number, ...fields: Field[]): Result {
    const encoded = fields.map(encode);
    const size = encoded.reduce((sum, field) => sum + 4 + field.length, 0);
    if (size > MOST) throw new SealedError("too-large");
    let at = this.exports.input(size);
    const memory = new Uint8Array(this.exports.memory.buffer);
    const view = new DataView(this.exports.memory.buffer);
    for (const field of encoded) {
      view.setUint32(at, field.length, true);
      memory.set(field, at + 4);
      at += 4 + field.length;
    }
    const length = this.exports.call(what);
    // The memory may have grown, and moved, meanwhile. What is answered is a copy: the next call writes over it.
    const start = this.exports.output();
    const result = new Uint8Array(this.exports.memory.buffer).slice(start, start + Math.abs(length));
    if (length >= 0) return new Result(result);
    const [reason, count] = new TextDecoder().decode(result).split(" ");
    throw new SealedError(reason ?? "call", count === undefined ? undefined : Number(count));
  }
}

function encode(field: Field): Uint8Array {
  if (typeof field === "string") return new TextEncoder().encode(field);
  if (typeof field !== "number") return field;
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, field, true);
  return bytes;
}

export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Bytes of hexadecimal digits; hyphens, as UUIDs have them, are passed over. */
export function unhex(text: string): Bytes {
  const digits = text.replaceAll("-", "");
  if (digits.length % 2 || /[^0-9a-f]/i.test(digits)) throw new SealedError("malformed");
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

/** Days since 1970: the finest time that tips know. */
export const today = (): number => Math.floor(Date.now() / 86_400_000);
