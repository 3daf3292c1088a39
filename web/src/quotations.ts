// The worker that finds quotations: it compiles the library (wasm) and answers the editor, off the thread that types.
// Its script is the only one of the desk that may compile; see `Policy::Engine` at the desk.
import { open, type Library } from "./editor/record/library";

interface Question {
  turn: number;
  html: string;
}

const library: Promise<Library> = load();
// A failure is told with the first question.
library.catch(() => undefined);

async function load(): Promise<Library> {
  const response = await fetch("quotation.wasm");
  if (!response.ok) throw new Error(`The library answered ${response.status}.`);
  return open(await response.arrayBuffer());
}

self.onmessage = async (event: MessageEvent<Question>) => {
  const { turn, html } = event.data;
  try {
    const found = (await library).find(html);
    self.postMessage({ turn, found });
  } catch (error) {
    self.postMessage({ turn, failed: String(error) });
  }
};
