/** Pages of the review that are fetched before they are asked for. */

export interface Page {
  readonly address: string;
  readonly title: string;
  readonly main: HTMLElement;
}

/** Pages by address; each is shown once, so that what is shown again is fetched again. */
export class Pages {
  private readonly fetched = new Map<string, Promise<Page>>();

  ahead(addresses: readonly string[]): void {
    for (const address of addresses) {
      if (this.fetched.has(address)) continue;
      const page = fetched(address);
      page.catch(() => this.fetched.delete(address));
      this.fetched.set(address, page);
    }
  }

  async take(address: string): Promise<Page> {
    const page = this.fetched.get(address) ?? fetched(address);
    this.fetched.delete(address);
    return page;
  }

  /** The page that a form leads to. */
  async answer(address: string, form: URLSearchParams): Promise<Page> {
    return fetched(address, { method: "POST", body: form });
  }

  /** What was fetched may tell what no longer holds. */
  forget(): void {
    this.fetched.clear();
  }
}

async function fetched(address: string, more: RequestInit = {}): Promise<Page> {
  const answer = await fetch(address, { ...more, headers: { accept: "text/html" } });
  const read = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = read.querySelector("main");
  if (!answer.ok || !main) throw new Error(`${answer.status}: ${address}`);
  return { address: answer.url, title: read.title, main: document.adoptNode(main) };
}
