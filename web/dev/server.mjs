// The harness behind dev/pages and the browser tests: the desk's endpoints, faked, with switches for what goes wrong.
// Not shipped. `npm run dev` serves it; tests start one for themselves.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { freshRecord, record } from "./record.mjs";
import { freshTip, tip } from "./tip.mjs";

const root = import.meta.dirname;
// The same policy as the desk's, so that what it forbids fails here first.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** The worker's own, as the desk serves it. */
const enginePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const body = {
  type: "doc",
  content: [
    { type: "paragraph", content: [{ type: "text", text: "The old wall gave way in March. Since then the boats lie behind a row of stones." }] },
    { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Forty dry days" }] },
    { type: "paragraph", content: [{ type: "text", text: "The masons begin on Monday." }] },
  ],
};

const fresh = () => ({ version: 7, fields: { headline: "Harbour wall to be rebuilt before winter" }, body, by: "Mirela Osei", at: "2026-11-22T12:03:00Z", puts: [], uploads: 0, fail: null, story: body, record: freshRecord(), tip: freshTip() });

/** Starts the harness; answers its address and the state that tests look at and set. */
export async function start(port = 0) {
  const state = { ...fresh(), reset: () => Object.assign(state, fresh()) };
  const server = createServer((request, response) => {
    handle(request, response, state).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, state, stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())) };
}

async function handle(request, response, state) {
  const { pathname } = new URL(request.url, "http://desk");
  const json = (status, value) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  if (pathname.startsWith("/desk/assets/") || pathname.startsWith("/tip/assets/")) return file(response, `${root}/../dist/${pathname.split("/").pop()}`);
  if (await tip(request, response, state, json, policy)) return;
  if (await record(request, response, state, json, text)) return;
  if (pathname === "/desk/stories/1/draft" && request.method === "PUT") return draft(request, json, state, response);
  if (pathname === "/desk/pictures" && request.method === "POST") return picture(request, json, state);
  if (pathname === "/desk/pictures/p1") return json(200, pictureInfo());
  if (pathname === "/desk/pictures/p1/file") return response.writeHead(200, { "content-type": "image/svg+xml" }).end(drawing);
  if (pathname === "/desk/commands") return json(200, [{ label: "Story: Ferry timetable", url: "/pages/form.html" }]);
  if (pathname === "/") return response.writeHead(200, { "content-type": "text/html" }).end(await readFile(`${root}/index.html`));
  if (pathname.startsWith("/pages/") && request.method === "GET") return page(response, pathname.slice(7), state);
  await text(request);
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html><title>Arrived</title><p id="arrived">${request.method} ${pathname}</p>`);
}

async function page(response, name, state) {
  if (!/^[a-z-]+\.html$/.test(name)) return response.writeHead(404).end();
  const html = (await readFile(`${root}/pages/${name}`, "utf8"))
    .replace("@@BODY@@", JSON.stringify(state.story).replaceAll("&", "&amp;").replaceAll("<", "&lt;"))
    .replaceAll('data-version="7"', `data-version="${state.version}"`);
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, "cache-control": "no-store" }).end(html);
}

async function draft(request, json, state, response) {
  const sent = JSON.parse(await text(request));
  state.puts.push(sent);
  if (state.fail === "signed-out") return json(401, { error: "Sign in first." });
  if (state.fail === "redirect") return response.writeHead(303, { location: "/pages/sign-in.html" }).end();
  if (state.fail === "broken") return json(503, { error: "Busy." });
  if (state.fail === "invalid") return json(422, { errors: { slug: "Another story has this slug." } });
  if (sent.base_version !== state.version) {
    return json(409, { version: state.version, theirs: { fields: state.fields, body: state.body, by: state.by, at: state.at } });
  }
  Object.assign(state, { version: state.version + 1, fields: sent.fields, body: sent.body });
  json(200, { version: state.version, saved_at: "2026-11-22T14:03:00Z", changes: [] });
}

async function picture(request, json, state) {
  const sent = await text(request, "latin1");
  state.uploads++;
  if (state.fail === "broken") return json(503, {});
  if (sent.includes("too-large")) return json(413, { error: "The picture is larger than 40 MB." });
  json(201, { ...pictureInfo(), caption: "The wall at low water" });
}

const pictureInfo = () => ({ id: "p1", src: "/desk/pictures/p1/file", width: 1200, height: 675, alt: "", caption: "", agency: "Salt Press", photographer: "Ines Vale" });

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675" viewBox="0 0 1200 675"><rect width="1200" height="675" fill="#b8c9d4"/><path d="M0 430h1200v245H0z" fill="#4f7388"/><path d="M0 470c200-40 300 30 500 0s350-20 700 10v195H0z" fill="#3c5d70"/><path d="M140 300h420v170H140z" fill="#8c7f70"/><path d="M140 300h420v24H140z" fill="#a69986"/><path d="M760 240h44v210h-44z" fill="#d8d2c4"/><path d="M748 214h68v26h-68z" fill="#8f2f26"/><circle cx="980" cy="130" r="44" fill="#f2e3b6"/></svg>`;

async function file(response, path) {
  const types = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8", wasm: "application/wasm" };
  const bytes = await readFile(path).catch(() => null);
  if (!bytes) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? "text/plain", "content-security-policy": /\/(quotations|sealed)\.js$/.test(path) ? enginePolicy : policy, "cache-control": "no-store" }).end(bytes);
}

function text(request, encoding = "utf8") {
  return new Promise((resolve, reject) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => resolve(Buffer.concat(parts).toString(encoding)));
    request.on("error", reject);
  });
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await start(Number(process.env.PORT ?? 4180));
  console.log(`The desk's pages: ${url}/pages/editor.html, list.html, form.html, sign-in.html`);
}
