/** The keys of the review: what a key pressed outside a field asks for. */

export type Step =
  | { readonly act: "accept" | "split" | "next" | "before" | "undo" | "help" }
  | { readonly act: "reject" | "merge"; readonly number: number }
  | { readonly act: "wait"; readonly for: "x" | "m" }
  | { readonly act: "span"; readonly field: "evidence" | "content" }
  | { readonly act: "field"; readonly key: string };

const PLAIN = { a: "accept", s: "split", j: "next", k: "before", u: "undo", "?": "help" } as const;
const SPANS = { e: "evidence", w: "content" } as const;

function has<Table extends object>(table: Table, key: string): key is keyof Table & string {
  return Object.hasOwn(table, key);
}

/** Takes one key after the other; x and m wait for a digit. */
export class Keys {
  private waits: "x" | "m" | null = null;

  /** `fields` are the keys that lead to fields of the page shown. */
  press(key: string, fields: ReadonlySet<string>): Step | null {
    const waited = this.waits;
    this.waits = null;
    if (waited !== null) {
      const number = /^[1-9]$/.test(key) ? Number(key) : 0;
      return number > 0 ? { act: waited === "x" ? "reject" : "merge", number } : null;
    }
    if (key === "x" || key === "m") {
      this.waits = key;
      return { act: "wait", for: key };
    }
    if (has(PLAIN, key)) return { act: PLAIN[key] };
    if (has(SPANS, key)) return { act: "span", field: SPANS[key] };
    return fields.has(key) ? { act: "field", key } : null;
  }
}
