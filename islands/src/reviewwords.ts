/** Names completed while they are typed, and places in a text as the server counts them: in code points. */

export interface Completed {
  readonly value: string;
  /** What was completed, and is selected so that typing goes on over it. */
  readonly from: number;
  readonly to: number;
}

/** The name that begins like the one before the caret, of names separated by ";". Null where none does. */
export function complete(value: string, caret: number, names: readonly string[]): Completed | null {
  const start = value.lastIndexOf(";", caret - 1) + 1;
  const written = value.slice(start, caret);
  const typed = written.trimStart();
  const rest = value.slice(caret);
  if (typed === "" || (rest !== "" && !rest.startsWith(";"))) return null;
  const fits = (name: string): boolean => name.toLowerCase().startsWith(typed.toLowerCase());
  const name = names.find((one) => fits(one) && one.length > typed.length);
  if (name === undefined) return null;
  const before = value.slice(0, start) + written.slice(0, written.length - typed.length);
  return { value: before + name + rest, from: caret, to: before.length + name.length };
}

/** How many code points a text has. */
export function points(text: string): number {
  return [...text].length;
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/** A stretch of the text without the white space at its ends; null where nothing else is in it. */
export function trimmed(words: string, start: number): Stretch | null {
  const inner = words.trim();
  if (inner === "") return null;
  const begin = start + points(words.slice(0, words.indexOf(inner)));
  return { start: begin, end: begin + points(inner), words: inner };
}
