// Passkeys of readers: what only a script may do is ask an authenticator to sign. Shown only where the browser can do it.
export {};

type Fields = Record<string, any>;

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer: ArrayBuffer | null | undefined) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** Sends something; whatever is refused says why. */
async function post(path: string, body: Fields): Promise<Fields> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const answer = await fetch(`/comments/passkeys${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(Object.values(said.fields ?? {}).join(" ") || said.error || "");
  return said;
}

async function make(name: string, back: string): Promise<Fields> {
  const asked = await post("/challenge", { new: true, name });
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: asked.excludeCredentials.map((id: string) => ({ type: "public-key", id: bytes(id) })),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return post("", { account: text(response.clientDataJSON), data: text(response.getAuthenticatorData()), name, back });
}

async function enter(back: string): Promise<Fields> {
  const asked = await post("/challenge", {});
  const publicKey = { ...asked, challenge: bytes(asked.challenge) } as PublicKeyCredentialRequestOptions;
  const known = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = known.response as AuthenticatorAssertionResponse;
  return post("/session", {
    id: text(known.rawId),
    account: text(response.clientDataJSON),
    data: text(response.authenticatorData),
    signature: text(response.signature),
    user: text(response.userHandle),
    back,
  });
}

function say(form: HTMLFormElement, words: string): void {
  form.querySelector(".error")?.remove();
  const told = document.createElement("p");
  told.className = "error";
  told.setAttribute("role", "alert");
  told.textContent = words;
  form.prepend(told);
}

const able = window.PublicKeyCredential && "getAuthenticatorData" in AuthenticatorAttestationResponse.prototype;

for (const box of document.querySelectorAll<HTMLElement>(".passkeys")) {
  const { origin, back = "", failed = "" } = box.dataset;
  if (!able && location.origin === origin) {
    box.nextElementSibling?.removeAttribute("hidden");
    continue;
  }
  box.hidden = false;
  if (location.origin !== origin) {
    // Keys are bound to a name; at a number there are none.
    for (const part of box.children) (part as HTMLElement).hidden = !part.matches("[data-elsewhere]");
    continue;
  }
  for (const form of box.querySelectorAll<HTMLFormElement>("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = form.querySelector<HTMLInputElement>("[name=passkey_name]")?.value ?? "";
      const button = form.querySelector("button");
      button?.setAttribute("aria-disabled", "true");
      (form.dataset.passkey === "new" ? make(name, back) : enter(back))
        .then((said) => location.assign(said.to))
        // What the browser says is in its own words; that somebody pressed "cancel" they know.
        .catch((error: Error) => say(form, (error.constructor === Error && error.message) || failed))
        .finally(() => button?.removeAttribute("aria-disabled"));
    });
  }
}
