/** The review by keys: decisions show the next claim at once and are sent behind it. See reviewkeys.ts. */
import { help } from "./help.js";
import { button, element, isOurs } from "./pages.js";
import { Form } from "./reviewform.js";
import { Keys, type Step } from "./reviewkeys.js";
import { Outbox, type Kept, type Reply } from "./reviewoutbox.js";
import { Pages } from "./reviewpages.js";
import { selected } from "./reviewspans.js";

const KEYS: readonly (readonly [string, string])[] = [
  ["a", "accept"],
  ["t", "to the kind of the claim; Enter shows its fields as that kind, with what was typed"],
  ["1 2 3 ...", "to the field with that sign; in a choice the first letters choose, names complete as you type"],
  ["Enter", "in a field: save the correction"],
  ["e, w", "the selected words are the evidence, the content"],
  ["x 1 ... 5", "reject, for the reason of that number"],
  ["m 1 ... 9", "merge with the claim of that number"],
  ["s", "split in two"],
  ["j, k", "the next, the one before, without deciding"],
  ["u", "undo the last decision"],
  ["Esc", "leave a field"],
];
const DONE: Readonly<Record<string, string>> = {
  accept: "Accepted",
  correct: "Corrected",
  reject: "Rejected",
  merge: "Merged",
  split: "Split",
};

interface Taken {
  readonly number: number;
  readonly page: string;
  readonly words: string;
}

class Review {
  private readonly keys = new Keys();
  private readonly pages = new Pages();
  private readonly outbox = new Outbox((form) => this.send(form), () => this.tell());
  private readonly said = element("p", "said");
  private readonly unsent = element("section", "unsent");
  private readonly dialog = help(KEYS);
  private readonly taken: Taken[] = [];
  private readonly gone = new Set<string>();
  private held: string[] | null = null; // keys pressed while the form changes
  private form: Form | null = null;
  private after: (() => void) | null = null;
  private name = "";
  private numbers = 0;

  constructor() {
    this.said.setAttribute("role", "status");
    this.unsent.setAttribute("aria-label", "Not saved yet");
    this.unsent.hidden = true;
    document.body.append(this.said, this.unsent);
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("popstate", () => void this.show(location.pathname + location.search, { push: false }));
    addEventListener("beforeunload", (event) => {
      if (this.outbox.unsent > 0) event.preventDefault();
    });
    this.begin();
  }

  // --- the page ---

  private get page(): HTMLElement | null {
    return document.querySelector<HTMLElement>("main .review");
  }

  private begin(): void {
    const form = document.querySelector<HTMLFormElement>("form#decide");
    this.form = form ? new Form(form) : null;
    this.after = null;
    if (!this.page) return;
    this.page.classList.add("live");
    const by = document.querySelector<HTMLInputElement>("#by");
    if (by && by.value === "") by.value = this.name;
    if (this.form) this.tools();
    this.pages.ahead((this.page.dataset["ahead"] ?? "").split(" ").filter((one) => one !== ""));
  }

  /** Buttons for what the keys do with selected words, and the keys. */
  private tools(): void {
    const bar = element("p", "tools");
    const spans = [["evidence", "e Selection is the evidence"], ["content", "w Selection is the content"]] as const;
    for (const [field, words] of spans) {
      if (!document.querySelector(`textarea[name="1.${field}"]`)) continue;
      const made = button(words, () => this.span(field));
      made.addEventListener("pointerdown", (event) => event.preventDefault()); // what is selected stays so
      bar.append(made, " ");
    }
    bar.append(button("? Keys", () => this.dialog.showModal()));
    document.querySelector(".review .passage")?.after(bar);
  }

  /** Show a page of the review in place; one that a form leads to where it is `sent`. */
  private async show(
    address: string,
    { push = true, told = null as URLSearchParams | null, sent = null as URLSearchParams | null } = {},
  ): Promise<void> {
    if (!/\/review\b/.test(address)) return location.assign(address); // back to a report, which has other scripts
    try {
      const page = sent ? await this.pages.answer(address, sent) : await this.pages.take(address);
      document.querySelector("main")?.replaceWith(page.main);
      document.title = page.title;
      if (push) history.pushState(null, "", address);
      else if (sent) history.replaceState(null, "", page.address);
    } catch {
      if (sent) return this.say("The form could not be changed: the server did not answer.");
      location.assign(address);
      return;
    }
    this.begin();
    if (told) this.form?.restore(told);
    scrollTo(0, 0);
    const heading = document.querySelector<HTMLElement>("#claim") ?? document.querySelector<HTMLElement>("main");
    heading?.focus({ preventScroll: true });
  }

  private say(words: string): void {
    this.said.textContent = words;
  }

  // --- keys ---

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !this.page) return;
    if (this.held) {
      this.held.push(event.key);
      return event.preventDefault();
    }
    const field = event.target instanceof Element && event.target.closest("#decide :is(input, select, textarea)");
    if (field) this.inField(event, field);
    else if (isOurs(event) && this.form) {
      const step = this.keys.press(event.key, this.form.keys());
      if (step === null) return;
      event.preventDefault();
      this.step(step);
    } else if (isOurs(event) && event.key === "j") void this.next();
  }

  private inField(event: KeyboardEvent, field: Element): void {
    if (event.key === "Escape") {
      document.querySelector<HTMLElement>("#claim")?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const then = this.after;
      this.after = null;
      if (field.id === "by" && then) then();
      else if (field.id === "as") void this.recast();
      else this.save();
    }
  }

  private step(step: Step): void {
    switch (step.act) {
      case "accept":
        return this.decide("accept");
      case "reject":
        return this.choose(step.number);
      case "merge":
        return this.merge(step.number);
      case "wait":
        return this.say(step.for === "x" ? `Reject, because: ${this.reasons()}` : "Merge with the claim of which number?");
      case "split":
        return void this.split();
      case "next":
        return void this.next();
      case "before":
        return void this.show(this.page?.dataset["before"] ?? "");
      case "undo":
        return void this.undo();
      case "help":
        return this.dialog.showModal();
      case "span":
        return this.span(step.field);
      default:
        return this.form?.focus(step.key);
    }
  }

  private span(field: "evidence" | "content"): void {
    const passage = document.querySelector(".review .passage");
    const stretch = passage ? selected(passage) : null;
    if (!stretch) this.form?.focus(field === "evidence" ? "e" : "w");
    else if (this.form?.put(field, stretch)) {
      this.mark(field);
      this.say(`The ${field} is now: ${stretch.words}. Enter in a field, or the button, saves it.`);
      document.querySelector<HTMLElement>(`textarea[name="1.${field}"]`)?.focus();
    }
  }

  /** Show the words that are chosen in the passage. */
  private mark(field: string): void {
    const range = getSelection()?.getRangeAt(0);
    if (range && "highlights" in CSS) CSS.highlights.set(`chosen-${field}`, new Highlight(range.cloneRange()));
  }

  // --- deciding ---

  private submitted(event: SubmitEvent): void {
    const by = event.submitter;
    if (!this.form || event.target !== this.form.element || !(by instanceof HTMLButtonElement)) return;
    if (by.name !== "decision" || !(by.value in DONE || by.value === "kind")) return; // the others go without a script
    event.preventDefault();
    if (by.value === "kind") return void this.recast();
    this.decide(by.value);
  }

  /** Show the claim as another kind, with what was typed; keys pressed meanwhile are taken when it stands. */
  private async recast(): Promise<void> {
    const form = this.form;
    if (!form) return;
    this.held = [];
    const told = form.told();
    told.set("decision", "kind");
    try {
      await this.show(form.element.action, { push: false, sent: told });
    } finally {
      const keys = this.held;
      this.held = null;
      this.type(keys);
    }
    this.say(`The form is now that of a ${told.get("as") ?? ""}. Enter in a field saves it.`);
  }

  /** Take keys that were pressed while there was no form: commands, then what goes into a field. */
  private type(keys: readonly string[]): void {
    for (const key of keys) {
      const field = document.activeElement;
      const into = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
      if (field instanceof HTMLSelectElement && key.length === 1) {
        const option = [...field.options].findIndex((one) => one.text.startsWith(key));
        if (option >= 0) field.selectedIndex = option;
      } else if (into && key.length === 1) field.setRangeText(key, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
      else field?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  }

  /** Save what was typed: a correction, both parts of a split, a claim to be added. */
  private save(): void {
    const form = this.form?.element;
    if (this.page?.dataset["new"] !== undefined) form?.requestSubmit(form.querySelector("button"));
    else this.decide(form?.dataset["split"] === "2" ? "split" : "correct");
  }

  private reasons(): string {
    const options = [...document.querySelectorAll<HTMLOptionElement>("#reject_reason option")];
    return options.map((option, place) => `${place + 1} ${option.text}`).join("; ");
  }

  private choose(number: number): void {
    const reasons = document.querySelector<HTMLSelectElement>("#reject_reason");
    if (!reasons || number > reasons.length) return this.say("There is no such reason.");
    reasons.selectedIndex = number - 1;
    this.decide("reject");
  }

  private merge(number: number): void {
    const other = document.querySelector<HTMLInputElement>(`input[data-merge="${number}"]`);
    if (!other) return this.say("There is no such claim.");
    other.checked = true;
    this.decide("merge");
  }

  private decide(decision: string): void {
    const form = this.form;
    const by = document.querySelector<HTMLInputElement>("#by");
    if (!form || !by) return this.say("Nothing can be decided here.");
    if (by.value.trim() === "") {
      this.after = () => this.decide(decision);
      by.focus();
      return this.say("Your name first, then Enter: it stands beside the decision.");
    }
    if (decision === "correct" && !form.isChanged()) return this.say("Nothing was changed; a accepts the claim.");
    this.name = by.value;
    const told = form.told();
    told.set("decision", decision);
    if (decision === "merge" && !told.has("with")) return this.say("Tick the claims to merge with.");
    const words = `${DONE[decision]}: ${document.querySelector("#claim")?.textContent?.trim() ?? ""}`;
    const here = location.pathname + location.search;
    this.put({ page: here, words, form: () => told });
    for (const id of [told.get("claim") ?? "", ...told.getAll("with")]) this.gone.add(id);
    this.say(words);
    void this.next(`${words}. `);
  }

  private put(parcel: { page: string; words: string; form: () => URLSearchParams }): void {
    const number = (this.numbers += 1);
    this.taken.push({ number, page: parcel.page, words: parcel.words });
    this.outbox.add({ number, ...parcel });
  }

  /** Show the next claim; what was done before is said with it. */
  private async next(done = ""): Promise<void> {
    const ahead = (this.page?.dataset["ahead"] ?? "").split(" ").filter((one) => one !== "");
    const open = ahead.find((one) => !this.gone.has(new URL(one, location.href).pathname.split("/").pop() ?? ""));
    if (!open) await this.outbox.settled(); // the queue shows what the ledger has
    await this.show(open ?? (ahead.length > 0 ? ahead[ahead.length - 1]! : (this.page?.dataset["next"] ?? "")));
    const shown = document.querySelector("main h1")?.textContent?.trim() ?? "";
    this.say(`${done}Shown: ${shown}`);
  }

  private async split(): Promise<void> {
    const address = new URL(location.href);
    address.searchParams.set("split", "2");
    await this.show(address.pathname + address.search);
    this.form?.focus("1");
  }

  /** Take the last decision back, and show its claim again. */
  private async undo(): Promise<void> {
    const last = this.taken.pop();
    const token = this.form?.told().get("token");
    if (!last || !token) return this.say("Nothing was decided here that could be taken back; the queue lists all.");
    const form = (seqs: ReadonlyMap<number, number>): URLSearchParams | null => {
      const seq = seqs.get(last.number);
      return seq === undefined ? null : new URLSearchParams({ token, undo: String(seq), by: this.name });
    };
    this.outbox.add({ number: (this.numbers += 1), words: `Undo: ${last.words}`, page: last.page, form });
    this.gone.clear();
    this.pages.forget();
    await this.outbox.settled();
    await this.show(last.page);
    this.say(`Taken back: ${last.words}`);
  }

  // --- on their way ---

  private async send(form: URLSearchParams): Promise<Reply> {
    const address = document.querySelector<HTMLFormElement>("main form[method=post]")?.action ?? location.href;
    const answer = await fetch(address, { method: "POST", body: form, headers: { accept: "application/json" } });
    const told: unknown = await answer.json().catch(() => ({}));
    const { seq, problem, errors } = told as { seq?: number; problem?: string; errors?: Record<string, string> };
    if (answer.ok && seq !== undefined) return { seq };
    const wrong = [problem, ...Object.values(errors ?? {})].filter(Boolean).join(" ");
    if (answer.status === 422) return { wrong };
    throw new Error(wrong || `the server answered ${answer.status}`);
  }

  /** Say what the ledger does not have yet, and why. */
  private tell(): void {
    const { stuck, refused, unsent } = this.outbox;
    this.unsent.dataset["unsent"] = String(unsent);
    this.unsent.hidden = stuck === "" && refused.length === 0;
    this.unsent.replaceChildren();
    if (stuck !== "") {
      const list = element("ul", "");
      list.append(...this.outbox.underway.map((words) => element("li", "", words)));
      const again = button("Try again", () => this.outbox.retry());
      this.unsent.append(element("p", "", `Not saved, and kept here: ${stuck}`), list, again);
    }
    for (const kept of refused) {
      const line = element("p", "", `Not saved: ${kept.parcel.words}. ${kept.wrong} `);
      line.append(button("Look at it again", () => void this.again(kept)));
      this.unsent.append(line);
    }
    this.unsent.setAttribute("role", "alert");
  }

  private async again(kept: Kept): Promise<void> {
    this.outbox.forget(kept);
    this.gone.clear();
    await this.show(kept.parcel.page, { told: kept.parcel.form(this.outbox.seqs) });
  }
}

if (document.querySelector("main .review")) new Review();
