/**
 * The base map of the pages: land and borders of Natural Earth, from the npm package world-atlas.
 *
 * `land` are closed lines, filled by the even-odd rule; each of `borders` lies between two countries, by
 * ISO 3166-1 alpha-2 code, or by Natural Earth's name where it has no code. Lines are written as `steps` has
 * it, `unit` to a degree. Who holds what is Natural Earth's default viewpoint, "de facto".
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import type { MultiPolygon } from "geojson";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";
import { simplified, steps, type Point } from "./lines.js";

const SCALE = "10m";
const UNIT = 250; // 0.004 degrees, some 400 m
const REACH = 0.004; // degrees that a line may be off
const SMALLEST = 8; // numbers of a closed line of three places and its end

export interface BaseMap {
  readonly package: string;
  readonly data: string;
  readonly viewpoint: string;
  readonly unit: number;
  readonly land: readonly (readonly number[])[];
  readonly borders: readonly { readonly between: readonly string[]; readonly lines: readonly number[][] }[];
}

type Country = GeometryObject<{ name: string }>;
type World = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;

/** The base map from the package as it is installed. */
export function baseMap(): BaseMap {
  const require = createRequire(import.meta.url);
  const read = (name: string): string => readFileSync(require.resolve(`world-atlas/${name}`), "utf8");
  const world = JSON.parse(read(`countries-${SCALE}.json`)) as World;
  const told = JSON.parse(read("package.json")) as { version: string };
  const edition = /Natural Earth.*?version (\d+\.\d+\.\d+)/s.exec(read("README.md"))?.[1];
  if (!edition) throw new Error("world-atlas does not tell which version of Natural Earth it has");
  return {
    package: `world-atlas ${told.version}`,
    data: `Natural Earth ${edition}, 1:${SCALE}`,
    viewpoint: "de facto",
    unit: UNIT,
    land: land(world),
    borders: borders(world),
  };
}

function land(world: World): number[][] {
  const { features } = feature(world, world.objects.land);
  const polygons = features.flatMap(({ geometry }) => (geometry as MultiPolygon).coordinates);
  const rings = polygons.flat().map((ring) => written(ring as unknown as Point[]));
  return rings.filter((ring) => ring.length >= SMALLEST);
}

function written(line: readonly Point[]): number[] {
  return steps(simplified(line, REACH), UNIT);
}

function borders(world: World): BaseMap["borders"] {
  return pairs(world.objects.countries.geometries).map(([one, other]) => {
    const both = { type: "GeometryCollection", geometries: [one, other] } as GeometryCollection;
    const { coordinates } = mesh(world, both, (a, b) => a !== b);
    return {
      between: [code(one), code(other)].sort(),
      lines: coordinates.map((line) => written(line as unknown as Point[])),
    };
  });
}

/** The countries that share a line, two by two. */
function pairs(countries: readonly Country[]): [Country, Country][] {
  const sharing = new Map<number, Country[]>();
  for (const country of countries) {
    for (const arc of new Set(arcs(country))) sharing.set(arc, [...(sharing.get(arc) ?? []), country]);
  }
  const found = new Map<string, [Country, Country]>();
  for (const [one, other] of sharing.values()) {
    if (one && other) found.set(`${countries.indexOf(one)} ${countries.indexOf(other)}`, [one, other]);
  }
  return [...found.values()];
}

function arcs(country: Country): number[] {
  const nested = "arcs" in country ? (country.arcs as unknown[]) : [];
  return (nested.flat(3) as number[]).map((arc) => (arc < 0 ? ~arc : arc));
}

/** `804` is UA: the numbers of ISO 3166-1 are names of regions that Intl knows. */
function code(country: Country): string {
  const { name = "" } = (country.properties ?? {}) as { name?: string };
  const known = country.id === undefined ? "" : new Intl.Locale(`und-${country.id}`).region;
  return known && /^[A-Z]{2}$/.test(known) ? known : name;
}
