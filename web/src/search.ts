// Suggestions while one types, as the WAI-ARIA pattern of a combobox with a list has it. Without this script the form is
// the same form; with it nothing is sent but what stands in the field, and nothing is remembered.

/** Rest after a key before we ask: a quick typist causes one question, not ten. */
const REST = 120;

interface Suggestion {
  text: string;
  note: string;
  url: string;
}

const field = document.querySelector<HTMLInputElement>("#search-q");
if (field?.parentElement) enhance(field, field.parentElement);

// What was left empty says nothing: it stays out of the address, which people copy.
const form = field?.form;
form?.addEventListener("submit", () => {
  const left = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")].filter((one) => one.value === "");
  for (const one of left) one.disabled = true;
  // The browser has read the form by then; who comes back finds it whole.
  setTimeout(() => left.forEach((one) => (one.disabled = false)));
});

function enhance(input: HTMLInputElement, box: HTMLElement): void {
  const list = document.createElement("ul");
  const said = document.createElement("div");
  let items: Suggestion[] = [];
  let at = -1;
  let timer: ReturnType<typeof setTimeout>;
  let asked = 0;

  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.suggestions ?? "");
  list.hidden = true;
  said.className = "sr";
  said.setAttribute("role", "status");
  box.append(list, said);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name as string, value as string);
  }

  const close = (): void => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (next: number): void => {
    at = next;
    list.childNodes.forEach((option, number) => (option as HTMLElement).setAttribute("aria-selected", String(number === at)));
    const option = list.children[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };

  const show = (): void => {
    list.replaceChildren(
      ...items.map(({ text, note }, number) => {
        const option = document.createElement("li");
        const under = document.createElement("span");
        option.id = `suggestion-${number}`;
        option.setAttribute("role", "option");
        option.dir = "auto";
        option.textContent = text;
        under.textContent = note;
        option.append(under);
        return option;
      }),
    );
    choose(-1);
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    said.textContent = (items.length > 0 ? box.dataset.some : box.dataset.none) ?? "";
  };

  const ask = async (): Promise<void> => {
    const number = ++asked;
    const typed = input.value;
    if (typed.trim().length < 2) return close();
    try {
      const answer = await fetch(`/search/suggest?${new URLSearchParams({ q: typed })}`);
      const found = answer.ok ? ((await answer.json()) as { items: Suggestion[] }).items : [];
      // Only the answer to the last question counts, and only while somebody is still here.
      if (number !== asked || document.activeElement !== input) return;
      items = found;
      show();
    } catch {
      close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), REST);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Between the last and the first stands what was typed itself.
      if (open) choose(((at + 1 + step + items.length + 1) % (items.length + 1)) - 1);
      else void ask();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && open && items[at]) {
      event.preventDefault();
      location.assign((items[at] as Suggestion).url);
    } else if (event.key === "Enter" || event.key === "Tab") {
      clearTimeout(timer);
      asked += 1;
      close();
    }
  });
  input.addEventListener("blur", close);
  // Before the field loses the focus, which would close the list under the pointer.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest("li");
    const chosen = option ? items[[...list.children].indexOf(option)] : undefined;
    if (chosen) location.assign(chosen.url);
  });
}
