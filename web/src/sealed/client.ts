// The page's end of the worker: questions, answers, progress.
import { SealedError } from "./engine";
import type { Answer, Asked, Given, Name, Told } from "./requests";

interface Waiting {
  done(answer: unknown): void;
  failed(error: unknown): void;
  progress?: (share: number) => void;
}

export class Client {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private over = false;

  constructor(url: string) {
    this.worker = new Worker(url);
    this.worker.onmessage = ({ data }: MessageEvent<Told>) => this.told(data);
    this.worker.onerror = () => this.fail(new SealedError("worker"));
  }

  ask<N extends Name>(name: N, given: Given<N>, progress?: (share: number) => void): Promise<Answer<N>> {
    if (this.over) return Promise.reject(new SealedError("ended"));
    const asked: Asked = { id: ++this.last, name, given };
    return new Promise((done, failed) => {
      this.waiting.set(asked.id, { done: done as Waiting["done"], failed, progress });
      this.worker.postMessage(asked);
    });
  }

  /** Ends the worker, and with it all that it holds. */
  end(): void {
    this.over = true;
    this.worker.terminate();
    this.fail(new SealedError("ended"));
  }

  private told(told: Told): void {
    const waiting = this.waiting.get(told.id);
    if (!waiting) return;
    if ("progress" in told) return waiting.progress?.(told.progress);
    this.waiting.delete(told.id);
    if ("answer" in told) waiting.done(told.answer);
    else waiting.failed(new SealedError(told.reason, told.count));
  }

  private fail(error: SealedError): void {
    for (const { failed } of this.waiting.values()) failed(error);
    this.waiting.clear();
  }
}
