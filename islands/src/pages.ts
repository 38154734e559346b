/** The small things that islands add to a page. Words are set as text, never as HTML. */

/** An element with a class and words. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  look: string,
  words = "",
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = look;
  made.textContent = words;
  return made;
}

/** Words that a screen reader tells with an element, and nobody sees. */
export function describe(described: HTMLElement, words: string): void {
  const hint = element("p", "", words);
  hint.hidden = true; // told with the element, and not once more by itself
  hint.id = `hint-${document.querySelectorAll("[id^=hint-]").length}`;
  described.append(hint);
  described.setAttribute("aria-describedby", hint.id);
}

/** A button that does something. */
export function button(words: string, act: () => void): HTMLButtonElement {
  const made = element("button", "plain", words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/** Whether a key is meant for the page, and not for a field or for the browser. */
export function isOurs(event: KeyboardEvent): boolean {
  const { target } = event;
  const fields = "input, select, textarea, dialog, [contenteditable]";
  const inField = target instanceof Element && target.closest(fields) !== null;
  return !inField && !event.altKey && !event.ctrlKey && !event.metaKey && !event.defaultPrevented;
}
