import { button, element } from "./pages.js";

/** A dialog that tells the keys of a page; it stands in the page's body until it is asked for. */
export function help(keys: readonly (readonly [string, string])[]): HTMLDialogElement {
  const made = element("dialog", "keys");
  made.setAttribute("aria-label", "Keys");
  const list = element("dl", "");
  for (const [key, does] of keys) {
    const pair = element("div", "");
    pair.append(element("dt", "", key), element("dd", "", does));
    list.append(pair);
  }
  made.append(element("h2", "", "Keys"), list, button("Close", () => made.close()));
  document.body.append(made);
  return made;
}
