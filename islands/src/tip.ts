import type { Mark } from "./nearest.js";
import { element } from "./pages.js";

const ABOVE = 10; // pixels between a mark and what is said of it

/** The words beside a mark of a drawing, kept within the figure around it. */
export class Tip {
  private readonly said = element("p", "tip");

  constructor(
    private readonly figure: HTMLElement,
    private readonly svg: SVGSVGElement,
  ) {
    this.said.setAttribute("role", "status");
    this.said.hidden = true;
    figure.append(this.said);
  }

  /** Say what a mark says, or nothing. */
  say(mark: Mark | undefined): void {
    this.said.hidden = mark === undefined;
    if (!mark) return;
    this.said.textContent = mark.words;
    const around = this.figure.getBoundingClientRect();
    const here = new DOMPoint(mark.x, mark.y).matrixTransform(this.svg.getScreenCTM() ?? undefined);
    const left = this.figure.scrollLeft;
    const x = here.x - around.left + left - this.said.offsetWidth / 2;
    const y = here.y - around.top - this.said.offsetHeight - ABOVE;
    this.said.style.left = `${Math.max(left, Math.min(x, left + around.width - this.said.offsetWidth))}px`;
    this.said.style.top = `${Math.max(0, y)}px`;
  }
}

/** Tells whether the pointer rests: browsers tell a move without one when the page changes beneath it. */
export function resting(): (event: PointerEvent) => boolean {
  let last = "";
  return ({ clientX, clientY }) => {
    const before = last;
    last = `${clientX} ${clientY}`;
    return last === before;
  };
}

/** Where the pointer is, in units of a drawing. */
export function place(svg: SVGSVGElement, event: PointerEvent): { x: number; y: number } {
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()?.inverse());
  return { x, y };
}
