/** Plots: what a mark says on hover and by the arrow keys; zoom by dragging over the days or by + and -. */
import { narrowed, shift, stretch, whole, type Axis } from "./axis.js";
import { nearest, step } from "./nearest.js";
import { button, describe, isOurs } from "./pages.js";
import { Plot } from "./plot.js";
import { place, resting, Tip } from "./tip.js";

const REACH = 24; // units of the picture within which the pointer finds a mark
const DRAG = 8; // units that the pointer must go to be a drag
const HINT = "Arrow keys go from figure to figure; + and - zoom, and so does dragging over the days.";

class Chart {
  private readonly full: Axis;
  private readonly tip: Tip;
  private readonly back = button("All days", () => this.show(this.full));
  private readonly box: SVGRectElement;
  private readonly rests = resting();
  private at = -1;
  private start: number | null = null;

  constructor(
    private readonly figure: HTMLElement,
    private readonly plot: Plot,
  ) {
    this.full = plot.axis;
    this.tip = new Tip(figure, plot.svg);
    this.back.hidden = true;
    this.box = this.veil();
    figure.append(this.back);
    describe(figure, HINT);
    this.listen();
  }

  private listen(): void {
    const { svg } = this.plot;
    svg.addEventListener("pointermove", (event) => this.move(event));
    svg.addEventListener("pointerdown", (event) => this.press(event));
    svg.addEventListener("pointerup", (event) => this.release(place(this.plot.svg, event).x));
    svg.addEventListener("pointercancel", () => this.release(null));
    svg.addEventListener("pointerleave", () => this.start === null && this.point(-1));
    svg.addEventListener("dblclick", () => this.show(this.full));
    this.figure.addEventListener("blur", () => this.point(-1));
    this.figure.addEventListener("keydown", (event) => this.key(event));
  }

  private show(axis: Axis): void {
    this.plot.show(axis);
    this.back.hidden = axis.from === this.full.from && axis.to === this.full.to;
    this.point(-1);
  }

  /** Show what a mark says, or nothing. */
  private point(number: number): void {
    this.at = number;
    this.tip.say(this.plot.marks()[number]);
  }

  private move(event: PointerEvent): void {
    if (this.rests(event)) return;
    const here = place(this.plot.svg, event);
    if (this.start === null) this.point(nearest(this.plot.marks(), here.x, here.y, REACH));
    else this.cover(this.start, here.x);
  }

  private press(event: PointerEvent): void {
    if (event.pointerType === "touch" || event.button !== 0) return;
    event.preventDefault();
    this.figure.focus({ preventScroll: true });
    this.plot.svg.setPointerCapture(event.pointerId);
    this.start = place(this.plot.svg, event).x;
    this.point(-1);
  }

  private release(end: number | null): void {
    const { start } = this;
    this.start = null;
    this.box.setAttribute("visibility", "hidden");
    if (start !== null && end !== null && Math.abs(end - start) >= DRAG) {
      this.show(narrowed(this.plot.axis, start, end));
    }
  }

  private key(event: KeyboardEvent): void {
    if (!isOurs(event) || event.target !== this.figure) return;
    const acts: Record<string, () => void> = {
      ArrowRight: () => this.point(step(this.plot.marks().length, this.at, 1)),
      ArrowLeft: () => this.point(step(this.plot.marks().length, this.at, -1)),
      "+": () => this.closer(),
      "-": () => this.show(this.full),
      Escape: () => this.show(this.full),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Half of the days shown, around the mark that is pointed at. */
  private closer(): void {
    const { axis } = this.plot;
    const mark = this.plot.marks()[this.at];
    const reach = (axis.right - axis.left) / 4;
    const x = mark ? mark.x : (axis.left + axis.right) / 2;
    const middle = Math.min(Math.max(x, axis.left + reach), axis.right - reach);
    this.show(narrowed(axis, middle - reach, middle + reach));
    if (!mark) return;
    const there = axis.from + (mark.x - axis.left) / stretch(axis);
    this.point(nearest(this.plot.marks(), shift(this.plot.axis, there), mark.y, REACH));
  }

  private veil(): SVGRectElement {
    const { svg } = this.plot;
    const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    made.setAttribute("class", "dragged");
    made.setAttribute("visibility", "hidden");
    made.setAttribute("height", String(svg.viewBox.baseVal.height));
    svg.append(made);
    return made;
  }

  private cover(one: number, other: number): void {
    const { left, right } = whole(this.full.left, this.full.right);
    const [from, to] = [Math.max(left, Math.min(one, other)), Math.min(right, Math.max(one, other))];
    this.box.setAttribute("x", String(from));
    this.box.setAttribute("width", String(Math.max(0, to - from)));
    this.box.setAttribute("visibility", "visible");
  }
}

for (const figure of document.querySelectorAll<HTMLElement>(".plots figure")) {
  const svg = figure.querySelector<SVGSVGElement>("svg.plot");
  const plot = svg && new Plot(svg);
  if (plot && !plot.empty) new Chart(figure, plot);
}
