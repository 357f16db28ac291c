/** Who may import whom, from layers.json. What is not listed is refused, type imports included: there is no circle between folders. */

const { layers, rooms: roomsOf } = require("./layers.json");

/** The rooms of a folder, from the bottom up: each may import those before it, and the folder's own files all of them. */
const rooms = Object.fromEntries(
  Object.entries(roomsOf).map(([folder, named]) => [folder, Object.keys(named)]),
);

const own =
  "^(packages|environments|monitoring|constructs|stacks|operations|rehearsal|scripts|__tests__)/|^main\\.ts";
const tests = "(^|/)__tests__/";
/** What cdktf runs: it lies beside what builds the program, and starts main.ts where it cannot be built. */
const starter = "^operations/synth\\.mjs$";

const layerRules = Object.entries(layers).map(([folder, { imports: below }]) => ({
  name: `layer-${folder.replace(/\/$/, "").replace("/", "-")}`,
  severity: "error",
  comment: `${folder} may import ${below.length > 0 ? below.join(", ") : "nothing else of the project"}.`,
  from: { path: `^${folder}`, pathNot: [tests, starter] },
  to: { path: own, pathNot: [folder, ...below].map((path) => `^${path}`) },
}));

const roomRules = Object.entries(rooms).flatMap(([folder, order]) =>
  order.map((room, index) => ({
    name: `room-${folder}-${room}`,
    severity: "error",
    comment: `${folder}/${room}/ may import the rooms before it in layers.json, and no other.`,
    from: { path: `^${folder}/${room}/` },
    to: {
      path: `^${folder}/`,
      pathNot: `^${folder}/(${order.slice(0, index + 1).join("|")})/`,
    },
  })),
);

const listed = Object.entries(rooms).map(([folder, order]) => ({
  name: `room-${folder}-listed`,
  severity: "error",
  comment: `A room of ${folder}/ has its place in layers.json.`,
  from: { path: `^${folder}/[^/]+/`, pathNot: `^${folder}/(${order.join("|")})/` },
  to: {},
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    ...roomRules,
    ...listed,
    {
      name: "starter-of-main",
      severity: "error",
      comment:
        "operations/synth.mjs builds main.ts, or starts it, and knows nothing else of the project.",
      from: { path: starter },
      to: { path: own, pathNot: ["^operations/build\\.mjs$", "^main\\.ts$"] },
    },
    {
      name: "packages-by-their-doors",
      severity: "error",
      comment: "A package is imported by its name, as its package.json exports it.",
      from: { pathNot: ["^packages/", tests] },
      to: { path: "^packages/", dependencyTypesNot: ["aliased-workspace"] },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { pathNot: tests },
      to: { path: tests },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-undeclared-packages",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|\\.rehearsal|\\.cache|services)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
