/** A report: j and k walk through the marks of its text, Enter leads to the claim and back, ? tells so. */
import { help } from "./help.js";
import { button, element, isOurs } from "./pages.js";
import { led } from "./walk.js";

const KEYS: readonly (readonly [string, string])[] = [
  ["j", "next mark"],
  ["k", "mark before"],
  ["Enter", "from a mark to its claim, from a claim back to its words"],
  ["?", "these keys"],
  ["Esc", "close"],
];

const marks = [...document.querySelectorAll<HTMLAnchorElement>(".passage a.sign")];
const claims = [...document.querySelectorAll<HTMLAnchorElement>(".told > li h3 a.sign")];
let at = marks.findIndex((mark) => `#${mark.id}` === location.hash);

/** Where the focus is, on a mark or on the claim of one; else where it was last. */
function here(): number {
  const focus = document.activeElement;
  const mark = marks.findIndex((one) => one === focus);
  if (mark >= 0) return mark;
  const claim = claims.findIndex((one) => one === focus);
  const id = claim < 0 ? "" : `m${claims[claim]?.closest("li")?.id.slice(1) ?? ""}`;
  const its = marks.findIndex((one) => one.id === id);
  return its < 0 ? at : its;
}

function go(number: number): void {
  at = number;
  const mark = marks[number];
  mark?.focus({ preventScroll: true });
  mark?.scrollIntoView({ block: "center" });
}

/** Whether a click asks for another tab or window. */
function elsewhere(event: MouseEvent): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
}

/** From a mark to its claim, within the page, so that the focus goes along. */
function toClaim(event: MouseEvent, mark: HTMLAnchorElement): void {
  const claim = document.querySelector<HTMLAnchorElement>(`#c${mark.id.slice(1)} h3 a.sign`);
  if (!claim || elsewhere(event)) return;
  event.preventDefault();
  history.replaceState(null, "", mark.getAttribute("href"));
  claim.focus({ preventScroll: true });
  claim.scrollIntoView({ block: "center" });
}

/** From a claim to its mark; one that stands in another part of the text is left to the link. */
function toMark(event: MouseEvent, claim: HTMLAnchorElement): void {
  const number = marks.findIndex((mark) => mark.id === `m${claim.closest("li")?.id.slice(1) ?? ""}`);
  if (number < 0 || elsewhere(event)) return;
  event.preventDefault();
  go(number);
}

if (marks.length > 0) {
  const dialog = help(KEYS);
  const hint = element("p", "hint", "j and k walk through the marks, ");
  hint.append(button("? shows all keys", () => dialog.showModal()));
  document.querySelector(".passage")?.before(hint);
  document.addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    const next = led(event.key, here(), marks.length);
    if (next !== null) go(next);
    else if (event.key === "?") dialog.showModal();
    else return;
    event.preventDefault();
  });
  for (const mark of marks) mark.addEventListener("click", (event) => toClaim(event, mark));
  for (const claim of claims) claim.addEventListener("click", (event) => toMark(event, claim));
}
