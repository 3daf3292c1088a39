// A letter presses the button that names it (`data-key`): for work that repeats, such as a queue. Never while somebody types.
export function keys(): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    const typing = target.matches?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const button = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    if (button.matches("summary")) button.focus();
    button.click();
  });
}
