// The tip page and the way back to it, with a script: what is written is sealed here, before it leaves. Both pages work without this
// file; then the server seals, and the page says so. No address but this server's is asked, and nothing is kept in the browser.
import { Line } from "./tip/line";
import { comeBack } from "./tip/back";
import { send } from "./tip/send";
import { find, hide } from "./tip/page";

function start(): void {
  const form = find<HTMLFormElement>("form[data-keys-url]");
  // Without these the form goes the other way, as its notice says.
  if (!form || typeof Worker !== "function" || typeof WebAssembly !== "object") return;
  const line = new Line(form.dataset);
  for (const plain of document.querySelectorAll(".tip-plain")) hide(plain, true);
  for (const sealed of document.querySelectorAll(".tip-sealed")) hide(sealed, false);
  const back = find<HTMLFormElement>("#return-form");
  if (back) comeBack(line, back);
  else send(line, form);
}

start();
