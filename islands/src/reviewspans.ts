/** Words that are selected in a passage, and where they stand in the report's text. */
import { points, trimmed, type Stretch } from "./reviewwords.js";

/** What is selected within a passage; null where nothing is, or where it reaches beyond. */
export function selected(passage: Element): Stretch | null {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!passage.contains(range.commonAncestorContainer)) return null;
  const inside = [...passage.querySelectorAll<HTMLElement>("[data-at]")].filter((one) =>
    range.intersectsNode(one),
  );
  const pieces = inside.map((one) => piece(one, range)).filter((one) => one.words !== "");
  const first = pieces[0];
  return first ? trimmed(pieces.map((one) => one.words).join(""), first.start) : null;
}

/** The selected part of one element; of one that stands for a single character, that character. */
function piece(one: HTMLElement, range: Range): { start: number; words: string } {
  const at = Number(one.dataset["at"]);
  if (one.dataset["one"] !== undefined) return { start: at, words: "\ufffd" };
  const own = document.createRange();
  own.selectNodeContents(one);
  const before = own.cloneRange();
  if (one.contains(range.startContainer)) {
    before.setEnd(range.startContainer, range.startOffset);
    own.setStart(range.startContainer, range.startOffset);
  } else before.collapse(true);
  if (one.contains(range.endContainer)) own.setEnd(range.endContainer, range.endOffset);
  return { start: at + points(before.toString()), words: own.toString() };
}
