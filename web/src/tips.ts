// The desk's side of the tip line: a tip is opened, read and answered in this tab, and own keys are made here. The server sees neither
// a passphrase nor a word of a tip. Without this file the pages say how the same is done in a terminal.
import { hide, find } from "./tips/page";
import { Inbox } from "./tips/inbox";
import { beginning, ownKeys, passphrase, signing } from "./tips/making";

function start(): void {
  if (typeof Worker !== "function" || typeof WebAssembly !== "object") return;
  for (const plain of document.querySelectorAll("[data-without-script]")) hide(plain, true);
  const [tip, own, list] = [find("#tip-open"), find("#tip-own-keys"), find("#tip-list")];
  if (tip) new Inbox(tip.dataset).start();
  if (own) {
    ownKeys(own);
    passphrase(own);
  }
  if (list) {
    beginning(list);
    signing(list);
  }
}

start();
