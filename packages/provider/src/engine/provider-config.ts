import { isObject, isSequence, memberOf, type ObjectValue, type Value } from "../values/value.ts";
import { ProviderFailure } from "./failure.ts";

/** Variables of the environment that a provider program would see. */
export type Variables = Readonly<Record<string, string | undefined>>;

function isUnset(value: Value): boolean {
  return value === null || (isSequence(value) && value.length === 0);
}

/**
 * Refuses everything in a provider block (or a block inside it) that the rehearsal would ignore.
 *
 * @throws ProviderFailure that names the arguments.
 */
export function refuseOthers(block: ObjectValue, rehearsed: readonly string[]): void {
  const others = Object.entries(block)
    .filter(([name, value]) => !isUnset(value) && !rehearsed.includes(name))
    .map(([name]) => name);
  if (others.length === 0) return;
  throw new ProviderFailure(`the rehearsal does not do ${others.sort().join(", ")} of a provider`);
}

/** A text argument; else the first of the variables that is set; else undefined. */
export function textSetting(
  block: ObjectValue,
  name: string,
  variables: Variables = {},
  variableNames: readonly string[] = [],
): string | undefined {
  const value = memberOf(block, name);
  if (typeof value === "string" && value !== "") return value;
  // An empty variable counts as none, as in the SDK's EnvDefaultFunc.
  return variableNames
    .map((variable) => variables[variable])
    .find((held) => held !== undefined && held !== "");
}

/** A number argument; else the variable; else the default. */
export function numberSetting(
  block: ObjectValue,
  name: string,
  whenAbsent: number,
  variables: Variables = {},
  variableName?: string,
): number {
  const value = memberOf(block, name);
  if (typeof value === "number") return value;
  const held = variableName === undefined ? undefined : variables[variableName];
  return held === undefined || held === "" ? whenAbsent : Number(held);
}

/** The single block of a list or set inside a provider block; empty when there is none. */
export function blockSetting(block: ObjectValue, name: string): ObjectValue {
  const value = memberOf(block, name);
  const items = isSequence(value) ? value.filter(isObject) : [];
  return Object.assign({}, ...items) as ObjectValue; // Object.assign of objects gives an object
}

/**
 * An address that lies on this machine.
 *
 * @throws ProviderFailure otherwise: an embedded provider must never reach a real platform.
 */
export function loopback(address: string | undefined, argument: string): string {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname)) {
    return url.href.replace(/\/$/, "");
  }
  throw new ProviderFailure(
    `${argument} is ${address ?? "not set"}; a rehearsal only talks to this machine (http://127.0.0.1)`,
  );
}
