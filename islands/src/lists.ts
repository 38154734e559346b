/** The lists beside the map follow its sliders: the page of the days chosen is fetched, its lists swapped in. */

const REST = 250; // ms without another move of a slider before the page is fetched
const SWAPPED = ".beside, section.table-block, p.files";

export class Lists {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = new AbortController();

  /** `failed` is told when the lists could not follow. */
  constructor(private readonly failed: () => void) {}

  /** Fetch the page at an address once the sliders rest; an earlier answer that is still awaited is let go. */
  follow(address: URL): void {
    clearTimeout(this.timer);
    this.asked.abort();
    this.timer = setTimeout(() => void this.fetch(address), REST);
  }

  private async fetch(address: URL): Promise<void> {
    const asked = (this.asked = new AbortController());
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      history.replaceState(null, "", address);
    } catch {
      if (!asked.signal.aborted) this.failed();
    }
  }
}

/** Put the lists of another page in the place of this one's; both have the same, in the same order. */
function swap(page: Document): void {
  const theirs = [...page.querySelectorAll(SWAPPED)];
  document.querySelectorAll(SWAPPED).forEach((ours, place) => {
    ours.replaceChildren(...(theirs[place]?.childNodes ?? []));
  });
  const words = page.querySelector("svg.map desc")?.textContent;
  const desc = document.querySelector("svg.map desc");
  if (words && desc) desc.textContent = words;
}

/** Where a form leads, as it is filled in; `by` goes by what the page was drawn with. */
export function addressOf(form: HTMLFormElement): URL {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") address.searchParams.set(name, value);
  }
  const drawn = form.dataset["by"];
  if (drawn) address.searchParams.set("by", drawn);
  return address;
}
