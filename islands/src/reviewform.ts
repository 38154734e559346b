/** The form of one claim under review: its fields by key, what follows what, names completed inline. */
import { complete, type Stretch } from "./reviewwords.js";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const CONTROLS = "input:not([type=hidden]), select, textarea";

/** The form on a page, and the things that a script does to its fields. */
export class Form {
  private readonly began: string;

  constructor(readonly element: HTMLFormElement) {
    element.addEventListener("input", (event) => this.typed(event));
    for (const field of element.querySelectorAll<HTMLInputElement>("input[list]")) {
      field.dataset["list"] = field.getAttribute("list") ?? "";
      field.removeAttribute("list"); // its list would lie over the page and take the keys
    }
    this.remember();
    this.began = this.state();
  }

  /** The keys that lead to fields. */
  keys(): ReadonlySet<string> {
    const keyed = this.element.querySelectorAll<HTMLElement>("[data-key]");
    return new Set([...keyed].map((one) => one.dataset["key"] ?? ""));
  }

  /** Go to the field of a key, what stands in it selected; a box is ticked or not. */
  focus(key: string): void {
    const control = this.element.querySelector<Control>(`[data-key="${CSS.escape(key)}"] :is(${CONTROLS})`);
    control?.focus();
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.click();
    else if (control && !(control instanceof HTMLSelectElement)) control.select();
  }

  /** Whether anything was changed since the page came. */
  isChanged(): boolean {
    return this.state() !== this.began || this.element.dataset["typed"] !== undefined;
  }

  /** Put selected words into a field. */
  put(field: string, stretch: Stretch): boolean {
    const area = this.element.querySelector<HTMLTextAreaElement>(`textarea[name="1.${field}"]`);
    const at = this.element.querySelector<HTMLInputElement>(`input[name="1.${field}.at"]`);
    if (!area || !at) return false;
    area.value = stretch.words;
    at.value = `${stretch.start}-${stretch.end}`;
    return true;
  }

  /** The form as it is sent. */
  told(): URLSearchParams {
    const pairs = [...new FormData(this.element)].map(([name, value]) => [name, String(value)]);
    return new URLSearchParams(pairs);
  }

  /** Put what was typed before into the fields again. */
  restore(told: URLSearchParams): void {
    for (const control of this.element.querySelectorAll<Control>("input, select, textarea")) {
      if (control.name === "token" || control.name === "" || control.name === "with") continue;
      const value = told.get(control.name);
      if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = value !== null;
      else if (value !== null) control.value = value;
    }
  }

  private state(): string {
    const own = [...new FormData(this.element)].filter(([name]) => /^\d\./.test(name));
    return JSON.stringify(own);
  }

  /** Which fields are the same as those that they follow. */
  private remember(): void {
    for (const field of this.followers()) {
      field.dataset["same"] = String(field.value === (this.leader(field)?.value ?? null));
    }
  }

  private followers(): NodeListOf<HTMLInputElement> {
    return this.element.querySelectorAll<HTMLInputElement>("input[data-follows]");
  }

  private leader(field: HTMLElement): HTMLInputElement | null {
    return this.element.querySelector<HTMLInputElement>(`#${CSS.escape(field.dataset["follows"] ?? "")}`);
  }

  private typed(event: Event): void {
    const field = event.target;
    if (!(field instanceof HTMLInputElement)) return;
    const list = field.dataset["list"];
    if (list && event instanceof InputEvent && event.inputType === "insertText") this.complete(field, list);
    for (const follower of this.followers()) {
      if (follower === field) follower.dataset["same"] = "false";
      else if (this.leader(follower) === field && follower.dataset["same"] === "true") follower.value = field.value;
    }
  }

  private complete(field: HTMLInputElement, list: string): void {
    const options = document.querySelectorAll<HTMLOptionElement>(`#${CSS.escape(list)} option`);
    const names = [...options].map((option) => option.value);
    const found = complete(field.value, field.selectionStart ?? field.value.length, names);
    if (!found) return;
    field.value = found.value;
    field.setSelectionRange(found.from, found.to);
  }
}
