/** Where two values of a resource differ. */
export interface Difference {
  /**
   * Where, with list elements named by what identifies them: `spec.service[api].image.digest`. Blocks that stand there
   * once have no index.
   */
  readonly path: string;
  /** Undefined where there was nothing. */
  readonly before: unknown;
  /** Undefined where there will be nothing, and where it is not known yet. */
  readonly after: unknown;
  /** Whether the platform decides what it will be. */
  readonly unknown: boolean;
  /** Whether Terraform calls it sensitive, before or after. */
  readonly sensitive: boolean;
}

/** Two values of a resource, as a plan has them. */
export interface Values {
  readonly before: unknown;
  readonly after: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly after_unknown?: unknown;
}

interface Node {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly marks: Marks;
}

/** Marks beside a value: `true` for all of it, or a structure like the value's. */
interface Marks {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What tells the elements of a list apart, where all of them have it: the order of most lists means nothing. It becomes
 * part of a path, so it is never something that may be a secret.
 */
const identities = ["key", "name", "rule", "id"] as const;

/** Lists that are another matter: an app has one spec, and the rules of a database firewall have no name. */
const exceptions: Readonly<Record<string, readonly string[]>> = { spec: [], rule: ["value"] };

/** Where the values of a resource differ, attribute by attribute. An element that came or went is one difference. */
export function differencesOf(values: Values): Difference[] {
  const marks = {
    before: values.before_sensitive,
    after: values.after_sensitive,
    unknown: values.after_unknown,
  };
  return differences({ path: "", before: values.before, after: values.after, marks });
}

function differences(node: Node): Difference[] {
  const { before, after, marks } = node;
  if (marks.unknown === true) return [leaf(node)];
  if (isFields(before) && isFields(after)) return inFields(node, before, after);
  if (areFields(before) && areFields(after)) return inList(node, before, after);
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null) ? [] : [leaf(node)];
}

function leaf({ path, before, after, marks }: Node): Difference {
  return {
    path,
    before: before ?? undefined,
    after: after ?? undefined,
    unknown: marks.unknown === true,
    sensitive: marks.before === true || marks.after === true,
  };
}

function inFields({ path, marks }: Node, before: Fields, after: Fields): Difference[] {
  const unknown = isFields(marks.unknown) ? marks.unknown : {};
  const names = new Set([before, after, unknown].flatMap((fields) => Object.keys(fields)));
  return [...names].flatMap((name) =>
    differences({
      path: path === "" ? name : `${path}.${name}`,
      before: before[name],
      after: after[name],
      marks: {
        before: markAt(marks.before, name),
        after: markAt(marks.after, name),
        unknown: markAt(marks.unknown, name),
      },
    }),
  );
}

function inList({ path, marks }: Node, before: readonly Fields[], after: readonly Fields[]) {
  const candidates: readonly string[] = exceptions[path] ?? identities;
  const identity = candidates.find((one) => identifies(one, before) && identifies(one, after));
  const nameOf = (element: Fields, index: number) =>
    identity === undefined ? index : String(element[identity]);
  const [old, planned] = [before, after].map(
    (list) => new Map(list.map((element, index) => [nameOf(element, index), { element, index }])),
  );
  const names = new Set([...(old?.keys() ?? []), ...(planned?.keys() ?? [])]);
  const isBlock = identity === undefined && before.length <= 1 && after.length <= 1;
  return [...names].flatMap((name) => {
    const [was, is] = [old?.get(name), planned?.get(name)];
    return differences({
      path: isBlock ? path : `${path}[${name}]`,
      before: was?.element,
      after: is?.element,
      marks: {
        before: markAt(marks.before, was?.index),
        after: markAt(marks.after, is?.index),
        unknown: markAt(marks.unknown, is?.index),
      },
    });
  });
}

function identifies(identity: string, list: readonly Fields[]): boolean {
  const names = list.map((element) => element[identity]);
  return names.every((name) => typeof name === "string") && new Set(names).size === names.length;
}

/** The mark of a part; what is marked as a whole is marked in every part. */
function markAt(marks: unknown, step: string | number | undefined): unknown {
  if (marks === true || step === undefined) return marks === true;
  return typeof marks === "object" && marks !== null ? Reflect.get(marks, step) : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areFields(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.every(isFields);
}
