// Builds what the pages serve beside their HTML: the islands and the base map, into trucewatch/pages/static.
import { build } from "esbuild";
import { mkdirSync, writeFileSync } from "node:fs";

const into = new URL("../trucewatch/pages/static/", import.meta.url);
const common = { bundle: true, format: "esm", absWorkingDir: import.meta.dirname, logLevel: "warning" };
mkdirSync(into, { recursive: true });

await build({
  ...common,
  entryPoints: ["charts", "map", "report", "review", "reviewadd"].map((name) => `src/${name}.ts`),
  minify: true,
  target: "es2022",
  outdir: into.pathname,
});

await build({
  ...common,
  entryPoints: ["tools/basemap.ts"],
  platform: "node",
  packages: "external",
  outfile: "out/basemap.mjs",
});
const { baseMap } = await import("./out/basemap.mjs");
writeFileSync(new URL("basemap.json", into), JSON.stringify(baseMap()));
