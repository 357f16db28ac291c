import js from "@eslint/js";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

const tests = ["__tests__/**", "packages/*/__tests__/**", "services/__tests__/**"];
const edges = [
  "main.ts",
  "operations/**",
  "packages/**",
  "rehearsal/**",
  "scripts/**",
  "services/**",
  ...tests,
];

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      ".cache",
      "cdktf.out",
      ".rehearsal",
      "*.js",
      "*.cjs",
      "operations/*.mjs",
      "packages/*/bin/*.mjs",
      "rehearsal/platform/faulty-images",
      "rehearsal/*.mjs",
      "rehearsal/platform/*.mjs",
      "scripts/*.mjs",
      "services/*.mjs",
      "services/*/dist",
      "packages/*/src/**/*.mjs",
      "packages/*/__tests__/**/support/*.mjs",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { jsdoc },
    rules: {
      "max-lines": ["error", { max: 220, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 10],
      "max-depth": ["error", 3],
      "no-restricted-imports": [
        "error",
        {
          paths: ["@cdktf/provider-aws", "@cdktf/provider-digitalocean"].map((name) => ({
            name,
            message: `Import ${name}/lib/<resource>/index.js: the root index loads every resource (docs/decisions/0014).`,
          })),
        },
      ],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          contexts: [
            "TSInterfaceDeclaration",
            "TSTypeAliasDeclaration",
            "ExportNamedDeclaration > VariableDeclaration",
          ],
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true },
          checkConstructors: false,
        },
      ],
    },
  },
  {
    files: ["**/*.ts"],
    ignores: edges,
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "Read the environment in main.ts or operations/ and pass the value on.",
        },
      ],
    },
  },
  {
    files: ["operations/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["stdout", "stderr"].map((property) => ({
          object: "process",
          property,
          message: "Say it through the session's output, which takes secrets out.",
        })),
      ],
      "no-console": "error",
    },
  },
  {
    // The way out itself.
    files: ["operations/context/output.ts"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["operations/**"],
    ignores: ["operations/context/atomic-write.ts", "operations/ledger/file-store.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: ["node:fs", "node:fs/promises"].map((name) => ({
            name,
            importNames: [
              "writeFileSync",
              "writeFile",
              "appendFileSync",
              "appendFile",
              "createWriteStream",
            ],
            message:
              "Write with operations/context/json-file.ts, which takes secrets out, or atomic-write.ts.",
          })),
        },
      ],
    },
  },
  {
    files: ["operations/commands/**"],
    rules: { "max-lines": ["error", 150] },
  },
  {
    files: tests,
    rules: {
      "max-lines-per-function": "off",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "jsdoc/require-jsdoc": "off",
      // A value that is missing fails the test that reads it.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Jest's asymmetric matchers are typed as any.
      "@typescript-eslint/no-unsafe-assignment": "off",
    },
  },
  {
    files: ["services/__tests__/**"],
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "describe", "it"] },
          ],
        },
      ],
    },
  },
);
