/** The layers of the project: who may import whom. Folders are listed from the bottom up. */
const layer = (name, from, allowed) => ({
  name,
  severity: "error",
  comment: `${from} may import ${allowed.length > 0 ? allowed.join(", ") : "nothing else of the project"}.`,
  from: { path: `^${from}` },
  to: {
    path: "^[a-z_]+/|^main\\.ts",
    dependencyTypesNot: ["core"],
    pathNot: ["^node_modules/", ...[from, ...allowed].map((path) => `^${path}`)],
  },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    layer("environments-are-data", "environments/", []),
    layer("constructs-know-no-stack", "constructs/", ["environments/"]),
    layer("stacks-know-no-command", "stacks/", ["constructs/", "environments/"]),
    layer("operations-know-no-rehearsal", "operations/", [
      "stacks/",
      "constructs/",
      "environments/",
    ]),
    {
      name: "synthesis-runs-without-a-rehearsal",
      severity: "error",
      comment: "Production's Terraform JSON must not depend on what rehearses it.",
      from: { path: "^(main\\.ts|stacks/|constructs/|environments/)" },
      to: { path: "^(rehearsal|operations|scripts|__tests__)/" },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { pathNot: "^__tests__/" },
      to: { path: "^__tests__/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
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
    exclude: { path: "^(cdktf\\.out|\\.rehearsal)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
