/** The map: two sliders choose the days whose claims the circles are of; hover and arrow keys tell each. */
import { after, later, size, told, within, type Told } from "./days.js";
import { addressOf, Lists } from "./lists.js";
import { nearest, step, type Mark } from "./nearest.js";
import { describe, element, isOurs } from "./pages.js";
import { place, resting, Tip } from "./tip.js";

const REACH = 6; // units beyond a circle's edge within which the pointer finds it

const HINT = "Arrow keys go from place to place.";

interface Circle {
  readonly element: SVGCircleElement;
  readonly label: SVGTextElement | undefined;
  readonly name: string;
  /** How precisely the place is known, in words. */
  readonly how: string;
  readonly told: readonly Told[];
}

class Places {
  private readonly tip: Tip;
  private readonly circles: Circle[];
  private at = -1;
  private days: readonly [number, number] = [0, Infinity];

  constructor(
    private readonly figure: HTMLElement,
    svg: SVGSVGElement,
  ) {
    this.tip = new Tip(figure, svg);
    describe(figure, HINT);
    const labels = [...svg.querySelectorAll<SVGTextElement>("text.name")];
    this.circles = [...svg.querySelectorAll<SVGCircleElement>("circle.dot")].map((circle) => {
      circle.querySelector("title")?.remove();
      const { name = "", how = "" } = circle.dataset;
      const label = labels.find((one) => one.textContent === name && near(one, circle));
      return { element: circle, label, name, how, told: told(circle.dataset["told"] ?? "") };
    });
    const rests = resting();
    svg.addEventListener("pointermove", (event) => {
      if (rests(event)) return;
      const here = place(svg, event);
      this.say(nearest(this.marks(), here.x, here.y, REACH));
    });
    svg.addEventListener("pointerleave", () => this.say(-1));
    figure.addEventListener("blur", () => this.say(-1));
    figure.addEventListener("keydown", (event) => this.key(event));
  }

  /** Show the claims told from one day to another. */
  show(from: number, to: number): number {
    this.days = [from, to];
    let shown = 0;
    for (const circle of this.circles) {
      const claims = within(circle.told, from, to);
      circle.element.setAttribute("r", String(size(claims)));
      circle.label?.setAttribute("visibility", claims ? "visible" : "hidden");
      shown += claims;
    }
    this.say(-1);
    return shown;
  }

  private marks(): Mark[] {
    return this.circles.flatMap(({ element: circle, name, how, told: days }) => {
      const claims = within(days, ...this.days);
      const [x, y] = [circle.cx.baseVal.value, circle.cy.baseVal.value];
      const words = `${name}: ${claims} claim${claims === 1 ? "" : "s"}, ${how}`;
      return claims ? [{ x, y, words, size: circle.r.baseVal.value }] : [];
    });
  }

  private say(number: number): void {
    this.at = number;
    this.tip.say(this.marks()[number]);
  }

  private key(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || !isOurs(event) || event.target !== this.figure) return;
    event.preventDefault();
    this.say(step(this.marks().length, this.at, by));
  }
}

function near(label: SVGTextElement, circle: SVGCircleElement): boolean {
  return Math.abs((label.y.baseVal[0]?.value ?? 0) - circle.cy.baseVal.value) < 10;
}

/** Two sliders over the days covered, kept in step with the fields of the form. */
function slide(form: HTMLFormElement, places: Places): void {
  const { first = "", last = "" } = form.dataset;
  const from = form.querySelector<HTMLInputElement>("input[name=from]");
  const to = form.querySelector<HTMLInputElement>("input[name=to]");
  if (!from || !to) return;
  const count = element("output", "note");
  const lists = new Lists(() => {
    count.textContent = "The lists could not follow: press Show.";
  });
  const most = after(first, last);
  const [start, end] = [from, to].map((field) => slider(field, most, after(first, field.value)));
  if (!start || !end) return;

  const show = (): void => {
    from.value = later(first, Number(start.value));
    to.value = later(first, Number(end.value));
    start.setAttribute("aria-valuetext", from.value);
    end.setAttribute("aria-valuetext", to.value);
    const claims = places.show(Number(start.value), Number(end.value));
    count.textContent = `${claims} claim${claims === 1 ? "" : "s"} with a point`;
  };
  const moved = (): void => {
    show();
    lists.follow(addressOf(form));
  };
  start.addEventListener("input", () => {
    if (Number(end.value) < Number(start.value)) end.value = start.value;
    moved();
  });
  end.addEventListener("input", () => {
    if (Number(start.value) > Number(end.value)) start.value = end.value;
    moved();
  });
  for (const [one, field] of [[start, from], [end, to]] as const) {
    field.addEventListener("change", () => {
      if (field.value) one.value = String(after(first, field.value));
      one.dispatchEvent(new Event("input"));
    });
  }
  form.append(count);
  show();
}

function slider(field: HTMLInputElement, most: number, value: number): HTMLInputElement {
  const made = element("input", "");
  Object.assign(made, { type: "range", min: "0", max: String(most), value: String(value) });
  const label = field.closest("label") ?? field;
  made.setAttribute("aria-label", `${label.textContent?.trim() ?? ""}, day`);
  const both = element("span", "slide");
  label.replaceWith(both);
  both.append(label, made);
  return made;
}

const figure = document.querySelector<HTMLElement>(".mapping figure");
const svg = figure?.querySelector<SVGSVGElement>("svg.map");
const form = document.querySelector<HTMLFormElement>(".mapping form.days");
if (figure && svg && form) slide(form, new Places(figure, svg));
