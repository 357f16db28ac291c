import { NotConfigured } from "../context/credentials.ts";
import { type OwnField, withoutField } from "./own-fields.ts";
import type { NewValue } from "./values.ts";

/** What an environment is called in code: `qa-eu` is `qaEu`. */
export const identifierOf = (name: string): string =>
  name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The line of a value, as prettier writes it: `vpcCidr: "10.121.0.0/20"`. */
const lineOf = (path: string, value: string) =>
  `${path.split(".").at(-1) ?? path}: ${JSON.stringify(value)}`;

/**
 * The file of a new environment: that of another one with its own values, so that comments and the order of sections stay.
 *
 * @param left what only the other one says, and the new one does not.
 * @param source text and path of the file that it is made from, and what that environment is called.
 * @throws NotConfigured when a value does not stand there once and as it is, such as one that is computed.
 */
export function environmentFileFrom(
  source: { readonly text: string; readonly file: string; readonly name: string },
  name: string,
  { values, left }: { readonly values: readonly NewValue[]; readonly left: readonly OwnField[] },
): string {
  const head = new RegExp(
    `(/\\*\\*[^]*?\\*/\\n)?^export const ${identifierOf(source.name)}\\b`,
    "m",
  );
  const lines = values.map(({ path, from }) => lineOf(path, from));
  const missing = [
    ...lines.filter((line) => source.text.split(line).length !== 2),
    ...left.filter((field) => withoutField(source.text, field) === undefined),
    ...(head.test(source.text) ? [] : [`export const ${identifierOf(source.name)}`]),
  ];
  if (missing.length > 0) throw new NotConfigured(cannotCopy(source.file, missing));
  return values
    .reduce(
      (text, { path, from, to }) => text.replace(lineOf(path, from), () => lineOf(path, to)),
      left.reduce((text, field) => withoutField(text, field) ?? text, source.text),
    )
    .replace(head, `/** Made from ${source.name}. */\nexport const ${identifierOf(name)}`);
}

/** Widest line that prettier leaves as it is. */
const widest = 100;

/**
 * The list of environments with a further one, as prettier writes it.
 *
 * @param index text and path of the file.
 * @throws NotConfigured when it is not written as `environments/index.ts` is.
 */
export function indexWith(
  index: { readonly text: string; readonly file: string },
  name: string,
): string {
  const list = /(= \{)([^{}]*)(\};\s*)$/;
  const [, , inside] = list.exec(index.text) ?? [];
  if (inside === undefined) throw new NotConfigured(cannotCopy(index.file, ["= { … };"]));
  const identifier = identifierOf(name);
  const entry = identifier === name ? name : `${JSON.stringify(name)}: ${identifier}`;
  const entries = [...inside.split(",").map((word) => word.trim()), entry].filter(
    (word) => word !== "",
  );
  const imported = `import { ${identifier} } from "./${name}.ts";\n${index.text}`;
  const oneLine = imported.replace(list, () => `= { ${entries.join(", ")} };\n`);
  if (oneLine.split("\n").every((line) => line.length <= widest)) return oneLine;
  return imported.replace(list, () => `= {\n${entries.map((one) => `  ${one},\n`).join("")}};\n`);
}

const cannotCopy = (file: string, missing: readonly string[]) =>
  [
    `${file} cannot be copied by itself: these do not stand in it exactly once.`,
    ...missing.map((line) => `  ${line}`),
    "  fix: write the new environment by hand, as docs/environments.md shows",
  ].join("\n");
