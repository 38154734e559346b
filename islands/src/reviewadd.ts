/** A report: words that are selected in its text lead to the page on which a claim on them is added. */
import { element } from "./pages.js";
import { selected } from "./reviewspans.js";

const passage = document.querySelector<HTMLElement>(".passage");
const link = document.querySelector<HTMLAnchorElement>("a.add");

if (passage && link) {
  const plain = link.href;
  const words = link.textContent ?? "";
  link.before(element("span", "note", "Select words of the text to add a claim on them. "));
  document.addEventListener("selectionchange", () => {
    const stretch = selected(passage);
    const address = new URL(plain);
    if (stretch) {
      address.searchParams.set("start", String(stretch.start));
      address.searchParams.set("end", String(stretch.end));
    }
    link.href = address.href;
    link.textContent = stretch ? "Add a claim on the selected words" : words;
    link.classList.toggle("ready", stretch !== null);
  });
}
