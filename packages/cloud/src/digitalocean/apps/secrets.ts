import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { badRequest } from "../api/errors.ts";
import { runningComponents } from "./spec/spec.ts";
import type { AppSpec } from "./spec/spec.ts";

const sealed = /^EV\[1:([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)\]$/;
const tagBytes = 16;

/** A new key for an app's secrets. */
export const newEncryptionKey = () => randomBytes(32).toString("base64");

/** Whether a value is the ciphertext that App Platform gives back instead of a secret. */
const isSealed = (value: string) => value.startsWith("EV[");

/** Encrypts a secret as `EV[1:nonce:ciphertext]`, for one app only: the key is the app's. */
function seal(key: string, plaintext: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key, "base64"), nonce);
  const ciphertext = Buffer.concat([
    cipher.update(plaintext, "utf8"),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return `EV[1:${nonce.toString("base64")}:${ciphertext.toString("base64")}]`;
}

/**
 * Decrypts a secret.
 *
 * @throws ApiError 400 when it is no ciphertext of this app: one of another app, or one that was cut.
 */
function unseal(key: string, value: string, name: string): string {
  const [, nonce = "", encoded = ""] = sealed.exec(value) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  try {
    const decipher = createDecipheriv(
      "aes-256-gcm",
      Buffer.from(key, "base64"),
      Buffer.from(nonce, "base64"),
    );
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    return (
      decipher.update(bytes.subarray(0, -tagBytes), undefined, "utf8") + decipher.final("utf8")
    );
  } catch {
    throw badRequest(`error validating app spec field "${name}": invalid encrypted value`);
  }
}

type Variable = NonNullable<AppSpec["envs"]>[number];

function sealedValue(key: string, value: string, name: string): string {
  if (!isSealed(value)) return seal(key, value);
  unseal(key, value, name);
  return value;
}

function sealVariable(key: string, variable: Variable): Variable {
  const { type, value, ...rest } = variable;
  // The real API leaves the default type out of what it gives back.
  if (type !== "SECRET") return { ...rest, ...(value === undefined ? {} : { value }) };
  if (value === undefined) return { ...rest, type };
  return { ...rest, type, value: sealedValue(key, value, variable.key) };
}

interface Sealable {
  readonly name: string;
  envs?: Variable[];
  image?: { registry_credentials?: string };
}

function sealComponent<Component extends Sealable>(key: string, component: Component): Component {
  const { envs, image } = component;
  const credentials = image?.registry_credentials;
  return {
    ...component,
    ...(envs ? { envs: envs.map((one) => sealVariable(key, one)) } : {}),
    ...(credentials
      ? {
          image: {
            ...image,
            registry_credentials: sealedValue(key, credentials, "registry_credentials"),
          },
        }
      : {}),
  };
}

/**
 * A specification with its secrets encrypted: values of SECRET variables and registry credentials. Ciphertext of this
 * app stays as it is, so that submitting what was read changes nothing. Keys of log destinations are not encrypted:
 * whether the platform does that is unknown, see fidelity.ts.
 *
 * @throws ApiError 400 for ciphertext of another app.
 */
export function sealSpec(key: string, spec: AppSpec): AppSpec {
  return {
    ...spec,
    ...(spec.envs ? { envs: spec.envs.map((one) => sealVariable(key, one)) } : {}),
    ...(spec.services ? { services: spec.services.map((one) => sealComponent(key, one)) } : {}),
    ...(spec.workers ? { workers: spec.workers.map((one) => sealComponent(key, one)) } : {}),
    ...(spec.jobs ? { jobs: spec.jobs.map((one) => sealComponent(key, one)) } : {}),
    ...(spec.static_sites
      ? { static_sites: spec.static_sites.map((one) => sealComponent(key, one)) }
      : {}),
  };
}

/** The variables of a component as its specification has them: the app's, then the component's own, which win. */
export function variablesOf(spec: AppSpec, component: string): Map<string, Variable> {
  const own = runningComponents(spec).find(({ spec: { name } }) => name === component)?.spec.envs;
  return new Map([...(spec.envs ?? []), ...(own ?? [])].map((one) => [one.key, one]));
}

/** The value of a variable, in clear. */
export const plainValue = (key: string, { key: name, value = "", type }: Variable): string =>
  type === "SECRET" && isSealed(value) ? unseal(key, value, name) : value;

/** The variables of a component with their secrets in clear, as its containers get them. */
export function plainVariables(key: string, spec: AppSpec, component: string): Map<string, string> {
  const variables = variablesOf(spec, component);
  return new Map([...variables].map(([name, one]) => [name, plainValue(key, one)]));
}
