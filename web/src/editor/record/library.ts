// The library that finds quotations, compiled to wasm: three calls over one piece of memory, as lib/quotation-wasm says.

/** A quotation as the library finds it. Offsets are UTF-16 units of the HTML that was asked about. */
export interface Found {
  start: number;
  end: number;
  text: string;
  kind: "direct" | "mixed" | "block";
  speaker: string | null;
  mention: string | null;
  channel: string;
  outlet: string | null;
  addressee: string | null;
  date: string | null;
  confidence: number;
}

interface Exports {
  memory: { buffer: ArrayBuffer };
  input(bytes: number): number;
  find(): number;
  output(): number;
}

/** Longer texts are not looked at: the desk takes none of that size (the library has the same bound). */
const MAX_BYTES = 16 << 20;

export class Library {
  constructor(private readonly exports: Exports) {}

  find(html: string): Found[] {
    const bytes = new TextEncoder().encode(html);
    if (bytes.length > MAX_BYTES) return [];
    const at = this.exports.input(bytes.length);
    new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
    const length = this.exports.find();
    // The memory may have grown, and moved, while it looked.
    const json = new Uint8Array(this.exports.memory.buffer, this.exports.output(), length);
    return JSON.parse(new TextDecoder().decode(json)) as Found[];
  }
}

export async function open(bytes: BufferSource): Promise<Library> {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  return new Library(instance.exports as unknown as Exports);
}
