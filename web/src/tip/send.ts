// A first message: a codename is made, the message sealed and sent, and the codename shown once.
import type { SourceInfo } from "../sealed/requests";
import type { Line } from "./line";
import { Desk, Said, find, hide, onSubmit } from "./page";

/** What a form holds to be sent. */
export function written(form: HTMLFormElement, most: number): { text: string; files: File[] } {
  const fields = new FormData(form);
  const text = String(fields.get("text") ?? "").trim();
  // A file field without files holds one without name and bytes.
  const files = fields.getAll("files").filter((file): file is File => file instanceof File && (file.name !== "" || file.size > 0));
  if (!text && !files.length) {
    form.querySelector<HTMLElement>("textarea[name=text]")?.focus();
    throw new Said("empty");
  }
  if (files.reduce((sum, file) => sum + file.size, 0) > most) throw new Said("too-large");
  return { text, files };
}

export function send(line: Line, form: HTMLFormElement): void {
  const desk = new Desk("tip");
  let made: { codename: string; source: SourceInfo } | undefined;
  onSubmit(form, desk, async () => {
    const message = { ...written(form, line.most), desk: String(new FormData(form).get("desk")) };
    // The keys first: nobody shall wait for a codename that is then not used.
    desk.status("checking");
    await line.list();
    if (!made) {
      desk.status("making");
      const codename = await line.worker.ask("newCodename", {});
      made = { codename, source: await line.worker.ask("derive", { codename, newsroom: line.newsroom }) };
    }
    // After a failure the same codename is tried again: the message may have arrived, and only the answer been lost.
    await line.send(made.source, message, async () => 0, (name, share) => desk.status(name, share));
    show(made.codename, form);
    made = undefined;
    line.worker.end();
  });
}

function show(codename: string, form: HTMLFormElement): void {
  form.reset();
  hide(form, true);
  const output = find("#tip-codename");
  if (output) output.textContent = codename;
  hide(find("#tip-done"), false);
  find("#tip-done-title")?.focus();
}
