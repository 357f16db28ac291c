import type { EnvironmentConfig, EnvironmentInput } from "../../environments/schema/environment.ts";

/**
 * What an environment says of what stands under its own name, or was decided for it alone: names of what was made by hand or
 * moved to, and that what holds data may be destroyed. One that is made from it says none of this.
 */
const ownFields = ["state.adopted", "state.destroy", "database.cluster"] as const;

/** A field that a new environment does not have from the one that it is made from. */
export type OwnField = (typeof ownFields)[number];

/** Those that the file of an environment says, such as `database.cluster`. */
export function ownFieldsOf({ state, database }: EnvironmentConfig): OwnField[] {
  const { buckets, ...named } = state.adopted;
  const said: Readonly<Record<OwnField, boolean>> = {
    "state.adopted": [...Object.values(named), ...Object.values(buckets)].some(
      (name) => name !== undefined,
    ),
    "state.destroy": state.destroy.allowed,
    "database.cluster": database.cluster !== undefined,
  };
  return ownFields.filter((field) => said[field]);
}

/** The same configuration without them: an undefined field is one that nobody wrote. */
export function withoutOwnFields(config: EnvironmentInput): EnvironmentInput {
  const { database, state } = config;
  return {
    ...config,
    database: { ...database, cluster: undefined },
    state: { ...state, adopted: undefined, destroy: undefined },
  };
}

/**
 * The text of an environment's file without a field.
 *
 * @returns undefined where the field does not stand there exactly once, such as one that is computed.
 */
export function withoutField(text: string, field: OwnField): string | undefined {
  const key = field.split(".").at(-1) ?? field;
  const found = [...text.matchAll(new RegExp(`(?<=[{,\\s])${key}: `, "g"))];
  const [first] = found;
  if (!first || found.length > 1) return undefined;
  const before = text.slice(0, first.index);
  const after = text.slice(endOfValue(text, first.index + first[0].length));
  return after.startsWith(",")
    ? before + after.slice(1).trimStart()
    : before.replace(/,\s*$/, " ") + after.trimStart();
}

/** Where a value ends that begins somewhere: at the comma or the bracket behind it. */
function endOfValue(text: string, start: number): number {
  const tokens = /"(?:[^"\\]|\\.)*"|[{[(]|[}\])]|,/g;
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
    const [word] = token;
    if ("}])".includes(word) && --depth < 0) return token.index;
    if ("{[(".includes(word)) depth += 1;
    if (word === "," && depth === 0) return token.index;
  }
  return text.length;
}
