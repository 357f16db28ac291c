import { type ContractVariable, isSecret } from "../../../constructs/app/contract/variable.ts";
import { environmentContract } from "../../../constructs/app/contract.ts";
import { type JsonObject, isObject } from "./api-form.ts";

/** What stands at the path of a component, a variable or another member of a list. */
export const present = "present";

/** Credentials of log services and registries. */
const credentialFields = new Set(["token", "api_key", "password", "registry_credentials"]);

/**
 * An app spec as a flat table: the path of every value, such as `services.api.instance_count`, and the value as text.
 * Members of a list are found by what they are called and not by their place. What says nothing is left out, as the
 * platform leaves it out. No secret is in the table: only whether it is encrypted, or whether there is one.
 */
export function leavesOf(spec: JsonObject): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  walk("", spec, leaves);
  return leaves;
}

function walk(path: string, value: unknown, leaves: Map<string, string>): void {
  if (Array.isArray(value)) {
    walkList(path, value, leaves);
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(fieldsOf(path, value))) {
      walk(path === "" ? name : `${path}.${name}`, member, leaves);
    }
  } else if (isSaid(path, value)) {
    leaves.set(path, shown(path, String(value)));
  }
}

function walkList(path: string, items: readonly unknown[], leaves: Map<string, string>): void {
  const objects = items.filter(isObject);
  if (objects.length < items.length) {
    // A list of plain values is a set in Terraform: its order means nothing.
    leaves.set(path, items.map(String).toSorted().join(", "));
    return;
  }
  for (const [index, item] of objects.entries()) {
    const member = `${path}.${identity(item) ?? index}`;
    leaves.set(member, present);
    walk(member, item, leaves);
  }
}

function identity({ key, name, domain, rule }: JsonObject): string | undefined {
  return [key, name, domain, rule].find((one) => typeof one === "string");
}

/** The fields of an object; a variable's value only as far as it may be seen. */
function fieldsOf(path: string, value: JsonObject): JsonObject {
  if (!/(^|\.)envs\.[^.]+$/.test(path)) return value;
  const [component = "", , name = ""] = path.split(".").slice(1);
  const variable = environmentContract.find(
    (one) => one.name === name && one.components.some((holder) => holder === component),
  );
  return { ...value, value: visible(variable, value) };
}

function visible(variable: ContractVariable | undefined, { value, type }: JsonObject): string {
  const text = typeof value === "string" ? value : "";
  if (type === "SECRET" || (variable && isSecret(variable))) {
    return text.startsWith("EV[") ? "encrypted" : "in clear, not shown here";
  }
  // IAM knows which key it is; another check asks there.
  if (variable?.name.endsWith("_ACCESS_KEY")) return text === "" ? "missing" : "an access key id";
  return withoutCredentials(text);
}

/** An address without user and password, unless App Platform fills them in. */
function withoutCredentials(text: string): string {
  return text.replaceAll(/:\/\/[^@/\s]*@/g, (match) =>
    match.includes("${") ? match : "://(credentials)@",
  );
}

function isSaid(path: string, value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) {
    return false;
  }
  // The type of a variable that is no secret is left out of what comes back.
  return !(path.endsWith(".type") && value === "GENERAL");
}

function shown(path: string, text: string): string {
  const field = path.split(".").at(-1) ?? "";
  return credentialFields.has(field) ? "a credential" : text;
}
