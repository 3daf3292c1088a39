// The worker that seals and opens, for the tip page and for the desk. It compiles the library (wasm), so its script is served with the
// policy that allows that; no page is. What it is asked stands in sealed/requests.ts.
import { SealedError } from "./sealed/engine";
import type { Asked, Told } from "./sealed/requests";
import { Workshop } from "./sealed/workshop";

const workshop = load();
// A failure is told with the first question.
workshop.catch(() => undefined);

async function load(): Promise<Workshop> {
  const answer = await fetch("sealed.wasm");
  if (!answer.ok) throw new SealedError("fetch", answer.status);
  const module = await WebAssembly.compile(await answer.arrayBuffer());
  return Workshop.open(module, (url, init) => fetch(url, init));
}

const tell = (told: Told): void => self.postMessage(told);

self.onmessage = async ({ data: { id, name, given } }: MessageEvent<Asked>) => {
  try {
    const doing = (await workshop)[name] as (given: unknown, progress: (share: number) => void) => unknown;
    const progress = (share: number): void => tell({ id, progress: share });
    tell({ id, answer: await doing.call(await workshop, given, progress) });
  } catch (error) {
    if (error instanceof SealedError) tell({ id, reason: error.reason, count: error.count });
    else tell({ id, reason: String(error) });
  }
};
