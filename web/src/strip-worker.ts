// The worker that makes publication copies and previews of a tip's files (lib/strip). Its script may compile; see
// `Policy::Engine` at the desk. Each file has an instance of its own: what it took is given back whole, and one that traps (a
// panic, or more memory than the file grants itself) says "broken" and harms no other.
interface Question {
  turn: number;
  task: "copy" | "preview";
  file: ArrayBuffer;
}

export type Refused = { refused: string };
export type Copy = { kind: string; extension: string; notes: string[]; bytes: ArrayBuffer };
export type Pictures = { pictures: { width: number; height: number; text: string; jpeg: ArrayBuffer }[]; of: number };
export type Text = { text: string; more: boolean };
/** What is answered, with the question's `turn`. */
export type Answer = { turn: number } & (Refused | Copy | Pictures | Text | { failed: string });

interface Library {
  memory: WebAssembly.Memory;
  input(bytes: number): number;
  copy(): number;
  preview(): number;
  output(): number;
  part(number: number): number;
  part_length(number: number): number;
}

const module: Promise<WebAssembly.Module> = load();
// A failure is told with the first question.
module.catch(() => undefined);

async function load(): Promise<WebAssembly.Module> {
  const response = await fetch("strip.wasm");
  if (!response.ok) throw new Error(`The library answered ${response.status}.`);
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * The library imports nothing that it calls: what a dependency declares for a generator of bindings that we do not use is never
 * reached, and ends the instance if it were.
 */
function nothing(compiled: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => never>> = {};
  for (const { module, name } of WebAssembly.Module.imports(compiled)) {
    (imports[module] ??= {})[name] = () => {
      throw new WebAssembly.RuntimeError(name);
    };
  }
  return imports;
}

function ask(library: Library, task: "copy" | "preview", file: ArrayBuffer): Refused | Copy | Pictures | Text {
  const place = library.input(file.byteLength);
  if (place === 0) return { refused: "too-large" };
  new Uint8Array(library.memory.buffer, place, file.byteLength).set(new Uint8Array(file));
  const length = library[task]();
  const part = (number: number) => {
    const begin = library.part(number);
    return library.memory.buffer.slice(begin, begin + library.part_length(number));
  };
  const said = JSON.parse(new TextDecoder().decode(new Uint8Array(library.memory.buffer, library.output(), length)));
  if (said.pictures) said.pictures.forEach((picture: { jpeg: ArrayBuffer }, at: number) => (picture.jpeg = part(at)));
  else if (said.kind) said.bytes = part(0);
  return said;
}

self.onmessage = async (event: MessageEvent<Question>) => {
  const { turn, task, file } = event.data;
  try {
    const compiled = await module;
    const instance = await WebAssembly.instantiate(compiled, nothing(compiled));
    self.postMessage({ turn, ...ask(instance.exports as unknown as Library, task, file) });
  } catch (error) {
    self.postMessage({ turn, ...(error instanceof WebAssembly.RuntimeError ? { refused: "broken" } : { failed: String(error) }) });
  }
};
