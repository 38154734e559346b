/** Decisions on their way to the server: one after the other, kept until the server has them. */

export interface Parcel {
  readonly number: number;
  /** What is decided, in words. */
  readonly words: string;
  /** The page it was decided on, and what was typed there. */
  readonly page: string;
  /** The form to send; null where it is not needed any more. `seqs` are the numbers of decisions sent. */
  readonly form: (seqs: ReadonlyMap<number, number>) => URLSearchParams | null;
}

export interface Reply {
  /** The number of the decision in the ledger, where it was taken. */
  readonly seq?: number;
  /** What is wrong with it, where it was refused. */
  readonly wrong?: string;
}

/** Where a parcel stands that has not been taken: refused by the server, or not sent yet. */
export interface Kept {
  readonly parcel: Parcel;
  readonly wrong: string;
}

/**
 * Sends in order. Where a parcel does not arrive (`send` throws) all wait until `retry`; one that is refused is
 * put aside, and those after it go on.
 */
export class Outbox {
  readonly seqs = new Map<number, number>();
  readonly refused: Kept[] = [];
  stuck = "";
  private readonly waiting: Parcel[] = [];
  private running: Promise<void> | null = null;

  constructor(
    private readonly send: (form: URLSearchParams) => Promise<Reply>,
    private readonly changed: () => void,
  ) {}

  add(parcel: Parcel): void {
    this.waiting.push(parcel);
    if (this.stuck === "") this.run();
    this.changed();
  }

  retry(): void {
    this.stuck = "";
    this.run();
  }

  /** Take a refused parcel out, to look at it again. */
  forget(kept: Kept): void {
    this.refused.splice(this.refused.indexOf(kept), 1);
    this.changed();
  }

  /** How many decisions the server does not have. */
  get unsent(): number {
    return this.waiting.length + this.refused.length;
  }

  /** All that are not refused, in words. */
  get underway(): readonly string[] {
    return this.waiting.map((parcel) => parcel.words);
  }

  /** When nothing is on its way any more, sent or stuck. */
  async settled(): Promise<void> {
    while (this.running) await this.running;
  }

  private run(): void {
    this.running ??= this.work().finally(() => {
      this.running = null;
      this.changed();
    });
  }

  private async work(): Promise<void> {
    for (let parcel = this.waiting[0]; parcel !== undefined; parcel = this.waiting[0]) {
      const form = parcel.form(this.seqs);
      try {
        const reply: Reply = form ? await this.send(form) : {};
        if (reply.seq !== undefined) this.seqs.set(parcel.number, reply.seq);
        if (reply.wrong !== undefined) this.refused.push({ parcel, wrong: reply.wrong });
      } catch (error) {
        this.stuck = error instanceof Error ? error.message : String(error);
        return;
      }
      this.waiting.shift();
      this.changed();
    }
  }
}
