import { memberOf, Unknown, UNKNOWN, type Value } from "@mam-infra/provider/values/value";

/** Looks an expression's reference up: `digitalocean_vpc.vpc.id`, `var.x`, `data.terraform_remote_state.x.outputs.y`. */
export type Lookup = (reference: readonly string[]) => Value;

const template = /\$\$\{|\$\{([^}]*)\}/g;

/** Resources that a configuration refers to, by address. */
export function referencesIn(json: unknown): string[] {
  const text = JSON.stringify(json);
  return [...text.matchAll(template)]
    .map(
      ([, expression = ""]) =>
        /^(?:sensitive\()?((?:aws|digitalocean)_\w+\.\w+)\./.exec(expression)?.[1],
    )
    .filter((address) => address !== undefined);
}

/** Evaluates a text of Terraform JSON: a lone expression keeps its type, several make a text, `$${` is a literal `${`. */
export function evaluate(text: string, lookup: Lookup): Value {
  const whole = /^\$\{([^}]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return valueOf(whole, lookup);
  const values = new Map<string, Value>();
  const evaluated = text.replaceAll(template, (escaped: string, expression: string | undefined) => {
    if (expression === undefined) return escaped.slice(1);
    const value = valueOf(expression, lookup);
    values.set(expression, value);
    return value === null || typeof value === "object" ? "" : String(value);
  });
  return [...values.values()].some((value) => value instanceof Unknown) ? UNKNOWN : evaluated;
}

function valueOf(expression: string, lookup: Lookup): Value {
  const inner = /^sensitive\((.*)\)$/.exec(expression)?.[1] ?? expression;
  if (!/^[\w.-]+$/.test(inner)) throw new Error(`no evaluation of ${expression}`);
  return lookup(inner.split("."));
}

/** A value inside of another one; unknown inside of what is unknown. */
export function inside(value: Value, path: readonly string[]): Value {
  return path.reduce<Value>(
    (held, step) => (held instanceof Unknown ? held : memberOf(held, step)),
    value,
  );
}
