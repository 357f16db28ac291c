/** An object of the API's JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Terraform names a repeated block in the singular, the API its list in the plural. */
const plurals: Readonly<Record<string, string>> = {
  service: "services",
  worker: "workers",
  job: "jobs",
  database: "databases",
  domain: "domains",
  env: "envs",
  alert: "alerts",
  logDestination: "log_destinations",
  rule: "rules",
};

/** Whether something is an object of the API's JSON. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A part of an app spec as the bindings write it, in the API's own form. Where an alert goes to is left out, because it
 * is no part of the API's spec.
 */
export function apiForm(part: object): JsonObject {
  return Object.fromEntries(
    Object.entries(part)
      .filter(([name, value]) => name !== "destinations" && value !== undefined)
      .map(([name, value]) => field(name, value)),
  );
}

function field(name: string, value: unknown): [name: string, value: unknown] {
  switch (name) {
    // A block that stands at most once is an object in the API, whatever the bindings say.
    case "vpc":
    case "deployOnPush":
      return [snake(name), inApiForm(Array.isArray(value) ? value[0] : value)];
    // The bindings have one origin, the API a list of them.
    case "allowOrigins":
      return ["allow_origins", [inApiForm(value)]];
    case "domain":
      return ["domains", Array.isArray(value) ? value.map(domain) : value];
    default:
      return [
        Array.isArray(value) ? (plurals[name] ?? snake(name)) : snake(name),
        inApiForm(value),
      ];
  }
}

function domain(one: unknown): unknown {
  if (!isObject(one)) return one;
  const { name, ...rest } = one;
  return { domain: name, ...apiForm(rest) };
}

function inApiForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inApiForm);
  if (typeof value === "string") return value.replaceAll("$${", "${");
  return isObject(value) ? apiForm(value) : value;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
