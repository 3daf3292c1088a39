// The faked desk's side of quotations: finds what stands in curly or straight marks, compares by whole words. Not shipped.
import { diffWords } from "diff";

export const freshRecord = () => ({ quotations: [], sources: [], people: [{ id: "p-oda", name: "Oda Brink", slug: "oda-brink", description: "Captain of the evening ferry" }], elsewhere: {}, texts: {}, fail: null, gate: "block", next: 1 });

const channels = ["interview", "text message", "post", "broadcast", "statement", "court document", "speech", "letter", "book", "report", "unknown"];

/** Answers a request about quotations, people or sources; false when it is about something else. */
export async function record(request, response, state, json, text) {
  const { pathname, searchParams } = new URL(request.url, "http://desk");
  const { method } = request;
  const own = /^\/desk\/(stories\/1\/record|quotations|people|sources)/.test(pathname);
  if (!own || !/json/.test(request.headers.accept ?? "")) return false;
  const sent = method === "GET" ? null : await text(request, "utf8");
  const { record } = state;
  if (record.fail === "broken") return json(503, { error: "Busy." }), true;
  if (record.fail === "forbidden") return json(403, { error: "This story is not yours." }), true;
  if (record.fail === "signed-out") return json(401, {}), true;
  if (pathname === "/desk/stories/1/record") return json(200, sheet(state)), true;
  if (pathname === "/desk/people") return json(method === "POST" ? 201 : 200, method === "POST" ? newPerson(record, JSON.parse(sent)) : named(record.people, searchParams)), true;
  if (pathname === "/desk/sources") return json(...(method === "POST" ? newSource(record, sent) : [200, named(record.sources, searchParams)])), true;
  const [, , , id, part] = pathname.split("/");
  return json(...change(record, id, part, JSON.parse(sent))), true;
}

const named = (list, query) => list.filter((one) => (one.name ?? one.title).toLowerCase().includes((query.get("q") ?? "").toLowerCase()));

function newPerson(record, { name, description }) {
  const person = { id: `p-${record.next++}`, name, slug: name.toLowerCase().replaceAll(" ", "-"), description };
  record.people.push(person);
  return person;
}

function newSource(record, multipart) {
  const field = (name) => new RegExp(`name="${name}"(?:; filename="[^"]*")?(?:\\r\\nContent-Type: [^\\r]*)?\\r\\n\\r\\n([\\s\\S]*?)\\r\\n--`).exec(multipart)?.[1] ?? "";
  if (field("url").includes("refused")) return [422, { errors: { url: "This address does not answer." } }];
  const source = { id: `s-${record.next++}`, kind: field("kind"), title: field("title") || field("url") || "Notes", url: field("url"), captured_at: "2026-11-22T14:00:00Z", captured_by: "Ana Ruiz", confidential: field("confidential") === "1" };
  record.sources.unshift(source);
  record.texts[source.id] = field("text") || field("file");
  return [201, source];
}

function change(record, id, part, value) {
  const one = record.quotations.find((quotation) => quotation.id === id);
  if (!one) return [404, {}];
  if (part === "source") {
    one.source = record.sources.find((source) => source.id === value.source) ?? null;
  } else {
    if (value.said_on && !/^\d{4}(-\d\d){0,2}$/.test(value.said_on)) return [422, { errors: { said_on: "Write the date as 2018, 2018-05 or 2018-05-03." } }];
    if (value.version !== one.version) return [409, { error: "Somebody else has corrected this.", quotation: judged(record, one) }];
    Object.assign(one, value, { version: one.version + 1 });
    if ("person" in value) one.person = record.people.find((person) => person.id === value.person) ?? null;
  }
  return [200, judged(record, one)];
}

function sheet(state) {
  const { record } = state;
  const found = [...JSON.stringify(state.body).replaceAll('\\"', '"').matchAll(/“([^”]+)”/g)].map((match) => match[1]);
  record.quotations = found.map((words, position) => {
    const known = record.quotations.find((one) => one.words === words) ?? record.quotations.find((one) => one.position === position && !found.includes(one.words));
    return { ...(known ?? fresh(record)), words, position };
  });
  return { version: state.version, gate: record.gate, profile: "standard", may_override: true, channels, quotations: record.quotations.map((one) => judged(record, one)), sources: record.sources };
}

const fresh = (record) => ({ id: `q-${record.next++}`, version: 1, prefix: "", suffix: "", kind: "direct", speaker: "Oda Brink", person: null, channel: "interview", outlet: "", addressee: "", said_on: "", confirmed: false, disputed: null, source: null, variant_of: null });

function judged(record, one) {
  const text = one.source ? record.texts[one.source.id] : "";
  const parts = one.source ? diffWords(text, one.words) : [];
  const aligned = parts.map((part) => ({ op: part.added ? "added" : part.removed ? "dropped" : "same", allowed: false, quoted: part.removed ? "" : part.value, original: part.added ? "" : part.value }));
  const state = one.disputed !== null ? "disputed" : !one.source ? "unsourced" : text.includes(one.words) ? "exact" : "altered";
  return { ...one, state, aligned: state === "exact" ? [{ op: "same", allowed: true, quoted: one.words, original: one.words }] : aligned, before: "", after: "", elsewhere: record.elsewhere[one.words] ?? [] };
}
