// Picture files between the writer and the desk: sending one, and asking for what is known about one.
import { say } from "./messages";

export interface PictureInfo {
  id: string;
  src: string;
  width: number;
  height: number;
  alt?: string;
  caption?: string;
  agency?: string;
  photographer?: string;
}

/** Why a file did not reach the desk. */
export class UploadError extends Error {
  /** `isFinal`: the same file would be refused again. */
  constructor(message: string, readonly isFinal = false) {
    super(message);
  }
}

/** Answers that may be others next time, though they are the sender's fault: signed out, too slow, too many. */
const PASSING = [401, 408, 429];

export interface Upload {
  /** Fails with an `UploadError`. */
  done: Promise<PictureInfo>;
  cancel(): void;
}

/** The desk's pictures as the editor reaches them. What was asked once is remembered for the page's life. */
export class PictureDesk {
  private readonly known = new Map<string, Promise<PictureInfo>>();

  constructor(private readonly url: string | null, private readonly headers: () => Record<string, string>) {}

  info(id: string): Promise<PictureInfo> {
    let answer = this.known.get(id);
    if (!answer) {
      answer = this.ask(id);
      // A failed answer may be better next time.
      answer.catch(() => this.known.delete(id));
      this.known.set(id, answer);
    }
    return answer;
  }

  private async ask(id: string): Promise<PictureInfo> {
    if (this.url === null) throw new Error(say("pictureGone"));
    const response = await fetch(`${this.url}/${encodeURIComponent(id)}`, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(say("pictureGone"));
    return (await response.json()) as PictureInfo;
  }

  /** Sends a file; XMLHttpRequest, because fetch does not tell how far an upload is. */
  upload(file: File, progress: (part: number) => void): Upload {
    const request = new XMLHttpRequest();
    const done = new Promise<PictureInfo>((resolve, reject) => {
      if (this.url === null) return reject(new UploadError(say("pictureNowhere"), true));
      request.open("POST", this.url);
      request.responseType = "json";
      request.setRequestHeader("Accept", "application/json");
      for (const [name, value] of Object.entries(this.headers())) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onerror = () => reject(new UploadError(say("pictureOffline")));
      request.onload = () => {
        const answer = request.response as (PictureInfo & { error?: string }) | null;
        if (request.status < 300 && answer?.id) {
          this.known.set(answer.id, Promise.resolve(answer));
          resolve(answer);
        } else {
          const { status } = request;
          const isFinal = status >= 400 && status < 500 && !PASSING.includes(status);
          reject(new UploadError(status === 401 ? say("signedOut") : (answer?.error ?? say("pictureRefused")), isFinal));
        }
      };
      const form = new FormData();
      form.append("file", file, file.name || "picture");
      request.send(form);
    });
    return { done, cancel: () => request.abort() };
  }
}

/** Kinds of file that every browser shows and the desk takes. */
export const PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/gif";

export function isPicture(file: File): boolean {
  return PICTURE_TYPES.split(",").includes(file.type);
}
