import { pathOn, shift, stretch, whole, type Axis } from "./axis.js";
import type { Mark } from "./nearest.js";

const SVG = "http://www.w3.org/2000/svg";

interface Held {
  readonly element: SVGGraphicsElement;
  /** The attributes of the whole plot. */
  readonly given: ReadonlyMap<string, string>;
}

/** A plot that the server drew: its marks with what they say, and a days axis that can be narrowed. */
export class Plot {
  axis: Axis;
  private readonly held: Held[] = [];
  private readonly labelled: { readonly element: SVGGraphicsElement; readonly words: string }[] = [];

  constructor(readonly svg: SVGSVGElement) {
    const grid = svg.querySelector<SVGLineElement>("line.level");
    this.axis = whole(Number(grid?.getAttribute("x1") ?? 0), Number(grid?.getAttribute("x2") ?? 0));
    this.takeWords();
    this.takeMoving();
  }

  /** Whether there is anything to look at. */
  get empty(): boolean {
    return this.labelled.length === 0 || this.axis.left === this.axis.right;
  }

  /** The marks within what is shown, from left to right. */
  marks(): Mark[] {
    const { left, right } = this.axis;
    return this.labelled
      .map(({ element, words }) => ({ ...middle(element), words }))
      .filter((mark) => left <= mark.x && mark.x <= right)
      .sort((one, other) => one.x - other.x);
  }

  /** Show a part of the days. */
  show(axis: Axis): void {
    this.axis = axis;
    for (const { element, given } of this.held) {
      for (const [name, value] of given) element.setAttribute(name, moved(axis, element, name, value));
      const lone = given.get("cx") ?? given.get("x1") ?? given.get("x");
      if (lone !== undefined && !given.has("width")) {
        const x = shift(axis, Number(lone));
        const outside = x < axis.left - 1 || x > axis.right + 1;
        element.setAttribute("visibility", outside ? "hidden" : "visible");
      }
    }
  }

  /** The browser would show a title beside the island's own words: they are kept as the mark's label. */
  private takeWords(): void {
    for (const title of this.svg.querySelectorAll("title")) {
      const element = title.parentElement as unknown as SVGGraphicsElement;
      if ((element as Element) === this.svg) continue;
      this.labelled.push({ element, words: title.textContent ?? "" });
      title.remove();
    }
  }

  /** What moves with the days goes into a group that is cut off at the edges of the plot. */
  private takeMoving(): void {
    const { left, right } = this.axis;
    const clip = document.createElementNS(SVG, "clipPath");
    clip.id = `clip-${this.svg.querySelector("title")?.id ?? ""}`;
    const box = document.createElementNS(SVG, "rect");
    const size = { x: left - 6, y: 0, width: right - left + 12, height: this.svg.viewBox.baseVal.height };
    for (const [name, value] of Object.entries(size)) box.setAttribute(name, String(value));
    clip.append(box);
    this.svg.append(clip);
    const moving = "g.gap rect, g.gap path, .band, .expected, .upper, .stretch, .bounds, .seen, .alert";
    const places = [...this.svg.querySelectorAll<SVGGraphicsElement>(moving)].filter(drawn);
    const dates = [...this.svg.querySelectorAll<SVGGraphicsElement>(".words > line, .words > text")];
    for (const element of [...places, ...dates.filter(isDate)]) {
      this.held.push({ element, given: across(element) });
    }
    for (const element of places) element.setAttribute("clip-path", `url(#${clip.id})`);
  }
}

/** Not of the legend, whose signs stand in groups of their own. */
function drawn(element: Element): boolean {
  return !element.closest("[transform]");
}

/** A day's tick or its name, and not a line across or the figure at its end. */
function isDate(element: Element): boolean {
  const tick = element.tagName === "line" && element.getAttribute("x1") === element.getAttribute("x2");
  const centred = element.getAttribute("text-anchor") === "middle";
  return tick || (centred && element.getAttribute("font-size") === null);
}

function across(element: Element): Map<string, string> {
  const names = ["x", "x1", "x2", "cx", "width", "d"];
  return new Map(names.flatMap((name) => {
    const value = element.getAttribute(name);
    return value === null ? [] : [[name, value] as const];
  }));
}

function moved(axis: Axis, element: Element, name: string, value: string): string {
  if (name === "d") return pathOn(axis, value, !element.matches(".stretch, .alert"));
  return String(name === "width" ? Number(value) * stretch(axis) : shift(axis, Number(value)));
}

function middle(element: SVGGraphicsElement): { x: number; y: number } {
  const box = element.getBBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
