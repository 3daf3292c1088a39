// The page's side of the worker: one question at a time, the newest text next. A worker that cannot start (an old browser,
// a policy in between) is told once, and the panel goes on with what the desk finds.
import type { Found } from "./library";

type Answer = { turn: number; found: Found[] } | { turn: number; failed: string };

/** Beside the editor's own script, which a `script` element of the page names. */
function workerAddress(): string {
  const own = document.querySelector<HTMLScriptElement>("script[src*='editor.js']")?.src ?? location.href;
  return new URL("quotations.js", own).href;
}

export class Finder {
  private worker: Worker | null = null;
  private turn = 0;
  private busy = false;
  private waiting: { html: string; then: (found: Found[]) => void } | null = null;
  private then: ((found: Found[]) => void) | null = null;

  constructor(private readonly failed: () => void) {}

  /** Asks for the quotations of a text. Only the last question that waits is answered. */
  ask(html: string, then: (found: Found[]) => void): void {
    this.waiting = { html, then };
    this.next();
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private next(): void {
    if (this.busy || !this.waiting) return;
    const worker = this.start();
    if (!worker) return;
    const { html, then } = this.waiting;
    this.waiting = null;
    this.then = then;
    this.busy = true;
    worker.postMessage({ turn: ++this.turn, html });
  }

  private start(): Worker | null {
    if (this.worker) return this.worker;
    try {
      const worker = new Worker(workerAddress());
      worker.onmessage = (event: MessageEvent<Answer>) => this.answered(event.data);
      worker.onerror = () => this.give();
      return (this.worker = worker);
    } catch {
      this.give();
      return null;
    }
  }

  private answered(answer: Answer): void {
    if (answer.turn !== this.turn) return;
    if ("failed" in answer) return this.give();
    this.busy = false;
    const { then } = this;
    this.then = null;
    then?.(answer.found);
    this.next();
  }

  private give(): void {
    this.stop();
    // Nothing is asked again on this page: what failed once fails at each key.
    this.busy = true;
    this.failed();
  }
}
