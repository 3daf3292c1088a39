// The tip line, faked: the pages' elements as the server renders them, and its four addresses over what lies in memory. Not shipped.
import { readFile } from "node:fs/promises";

export const freshTip = () => ({
  /** The signed key list, and what the page says of who signed it. */
  keys: Buffer.alloc(0),
  newsroom: "",
  key: "",
  fingerprint: "",
  desk: "01".repeat(16),
  /** By lookup value: the tip and its messages { from, head, body, key }. */
  threads: new Map(),
  /** Statuses with which the next envelopes are answered; with `keep` after they were kept, as if the answer had been lost. */
  refusals: [],
  challenges: 0,
  requests: [],
});

const SEALED_CHUNK = 65_552;

/** Answers whether the request was one of the tip line's. */
export async function tip(request, response, state, json, policy) {
  const { pathname } = new URL(request.url, "http://tip");
  if (!pathname.startsWith("/tip") || pathname.startsWith("/tip/assets/")) return false;
  const line = state.tip;
  line.requests.push(`${request.method} ${pathname}`);
  const sent = await bytes(request);
  if (pathname === "/tip/keys") response.writeHead(200, { "content-type": "application/octet-stream" }).end(line.keys);
  else if (pathname === "/tip/challenge") json(200, { challenge: `c${++line.challenges}.0.x`, difficulty: 8, expires: "" });
  else if (pathname === "/tip/envelopes") envelope(request, line, sent, json);
  else if (pathname === "/tip/thread") {
    const thread = line.threads.get(sent.toString());
    const messages = (thread?.messages ?? []).map(({ from, head }, sequence) => ({ sequence, from, day: "2026-11-22", head: from === "us" ? head.toString("base64") : "", size: 0 }));
    json(200, { tip: thread?.tip ?? "", desk: thread ? line.desk : "", next: messages.length, messages, pad: "" });
  } else if (pathname.startsWith("/tip/thread/")) {
    const message = line.threads.get(sent.toString())?.messages[Number(pathname.split("/").pop())];
    if (!message) return json(404, {}), true;
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range) ?? [];
    response.writeHead(206, { "content-type": "application/octet-stream" }).end(message.body.subarray(Number(from), Number(to) + 1));
  } else if (pathname === "/tip" || pathname === "/tip/return") {
    const html = (await readFile(`${import.meta.dirname}/pages/${pathname === "/tip" ? "tip" : "tip-return"}.html`, "utf8"))
      .replaceAll("@@DATA@@", `data-keys-url="/tip/keys" data-challenge-url="/tip/challenge" data-envelopes-url="/tip/envelopes" data-thread-url="/tip/thread" data-worker-url="/tip/assets/sealed.js" data-newsroom="${line.newsroom}" data-newsroom-key="${line.key}" data-fingerprint="${line.fingerprint}" data-most="700000000"`)
      .replaceAll("@@DESK@@", line.desk);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, "cache-control": "no-store" }).end(html);
  } else return false;
  return true;
}

function envelope(request, line, sent, json) {
  const refusal = line.refusals.shift();
  if (refusal && !refusal.keep) return json(refusal.status, { error: "No." });
  const lookup = request.headers["x-tip-lookup"];
  const end = sent.length % SEALED_CHUNK;
  const [head, body] = [sent.subarray(0, end), sent.subarray(end)];
  // Kind, tip and sequence stand in the head; lib/sealed says where.
  const [tip, sequence] = [head.subarray(40, 56).toString("hex"), head.readUInt32BE(56)];
  const thread = line.threads.get(lookup) ?? { tip, messages: [] };
  if (sequence !== thread.messages.length) return json(409, {});
  if (tip !== thread.tip || !/^c\d+\.0\.x:\d+$/.test(request.headers["x-tip-work"])) return json(400, {});
  thread.messages.push({ from: "you", head, body });
  line.threads.set(lookup, thread);
  json(refusal?.status ?? 201, { sequence });
}

function bytes(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", reject);
  });
}
