import type { Act } from "./act.ts";
import type { Change } from "./apply.ts";
import { nameOf } from "./edits.ts";
import type { Report } from "./report.ts";

/** The line by which `mam` says a change; undefined where it says nothing. */
export function lineAbout(
  { form, edit, candidate }: Change,
  { planned, verified }: Report,
): string | undefined {
  const own = wordsOf(placeOf(form.operation, fieldOf(edit.field, candidate)));
  const plan = planned.find(
    ({ address, path }) => form.address.test(address) && isAbout(own, wordsOf(path)),
  );
  if (plan) return `plan: ${plan.text}`;
  const words = saidOf(form.operation, edit.pattern, form.about);
  const found =
    verified.find((one) => form.about === "the app" && isInSpec(own.slice(1), one)) ??
    verified.find(({ text }) => words?.test(text));
  return found && `verify: ${found.id}`;
}

/** The field with the name of what was added to a list. */
function fieldOf(field: string, candidate: unknown): string {
  const name = nameOf(candidate);
  return name === undefined ? field : field.replace(/\[\+\]$/, `[${name}]`);
}

function isInSpec(own: readonly string[], { text }: Report["verified"][number]): boolean {
  const [, path] = /^(\S+) in the app spec/.exec(text) ?? [];
  return path !== undefined && isAbout(own, wordsOf(path));
}

/** The line by which `mam` says what somebody did. */
export function lineOf({ said }: Act, { planned, verified }: Report): string | undefined {
  const plan = planned.find(({ text }) => said.test(text));
  if (plan) return `plan: ${plan.text}`;
  const found = verified.find(({ text }) => said.test(text));
  return found && `verify: ${found.id}`;
}

/** What Terraform and the bindings call otherwise than the API. */
const otherwise: Readonly<Record<string, string>> = {
  services: "service",
  workers: "worker",
  jobs: "job",
  databases: "database",
  envs: "env",
  alerts: "alert",
  domains: "domain",
  rules: "rule",
  log_destinations: "log_destination",
  static_sites: "static_site",
  functions: "function",
  num_nodes: "node_count",
};

/** A path as words, names of elements among them; a place in a list is none. */
function wordsOf(path: string): string[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)]
    .map(([, name, word = ""]) => name ?? otherwise[word] ?? word)
    .filter((word) => !/^(\d+|\+)$/.test(word));
}

/** Whether one path leads to the other: a whole block is said once. */
function isAbout(one: readonly string[], other: readonly string[]): boolean {
  const shorter = Math.min(one.length, other.length);
  return shorter > 0 && one.slice(0, shorter).every((word, index) => word === other[index]);
}

/** Where Terraform has a field, when it is not where the API has it. */
const elsewhere: readonly (readonly [operation: RegExp, field: RegExp, place: string])[] = [
  [/config$/, /^config\.pg_stat_statements\./, "pg_stat_statements_"],
  [/config$/, /^config\.pg_partman_bgw\./, "pg_partman_bgw_"],
  [/pools/, /^db$/, "db_name"],
  [/config$/, /^config\.valkey_/, ""],
  [/config$/, /^config\./, ""],
  [/maintenance$/, /^/, "maintenance_window."],
  [/records/, /^data$/, "value"],
];

function placeOf(operation: string, field: string): string {
  const [, found, place = ""] =
    elsewhere.find(([of, pattern]) => of.test(operation) && pattern.test(field)) ?? [];
  return found ? field.replace(found, place) : field;
}

/** How verify says what no plan knows. */
const sayings: readonly {
  readonly operation: RegExp;
  readonly field: RegExp;
  readonly about: RegExp;
  readonly said: RegExp;
}[] = [
  {
    operation: /config$/,
    field: /valkey_maxmemory_policy$/,
    about: /valkey/,
    said: /^Valkey's eviction policy/,
  },
  {
    operation: /records/,
    field: /^(data|name)$/,
    about: /CNAME/,
    said: /^the record of |App Platform's own record/,
  },
];

const saidOf = (operation: string, field: string, about: string) =>
  sayings.find(
    (one) => one.operation.test(operation) && one.field.test(field) && one.about.test(about),
  )?.said;
