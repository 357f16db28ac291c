import { createHash } from "node:crypto";
import type { z } from "zod";

import { environmentContract } from "../../constructs/app/contract.ts";
import { logCredentials } from "../../constructs/app/log-destination.ts";
import type { ServiceRole } from "../../constructs/storage/service-roles.ts";
import { valueAt } from "../../environments/rules/findings.ts";
import type { Sealed } from "../../environments/schema/sealed.ts";
import type { app } from "@mam-infra/clients/digitalocean/apps";

type App = z.output<typeof app>;

/** What tells a ciphertext's plaintext apart without revealing it. */
export interface KnownSecrets {
  /** Values that were supplied, by the name of the variable in the contract. */
  readonly supplied: Readonly<Record<string, string>>;
  /** Access key id of the key that the app has of each storage role, as far as the app has one. */
  readonly storageKeyIds: Readonly<Partial<Record<ServiceRole, string>>>;
  /** What is sealed already: kept for secrets that nobody supplied again. */
  readonly sealed: Sealed | undefined;
  /** The UTC day, `2026-11-23`, from which a plaintext that is new ages. Without it new ones have no age. */
  readonly today?: string;
}

/** Thrown when secrets cannot be sealed; the message names each of them, and never contains one. */
export class CannotSeal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CannotSeal";
  }
}

type SealedSecret = Sealed["components"][string][string];

/**
 * Makes the sealed file from the app as the API gives it: the ciphertext of every secret, beside a fingerprint of its
 * plaintext. The ciphertext is read from the API and never from Terraform's state, which keeps the plaintext until a
 * refresh has been applied.
 *
 * @throws CannotSeal with every secret that the API shows in clear, or whose plaintext nobody knows.
 */
export function sealSecrets({ id, spec }: App, known: KnownSecrets): Sealed {
  const problems: string[] = [];
  const components = [...(spec.services ?? []), ...(spec.workers ?? []), ...(spec.jobs ?? [])];
  const sealed = components.map((component) => {
    const secrets = secretsOf(component).flatMap(([name, value]) => {
      const secret = sealedSecret(component.name, name, value, known);
      if (typeof secret !== "string") return [[name, secret] as const];
      problems.push(secret);
      return [];
    });
    return [component.name, Object.fromEntries(secrets)] as const;
  });
  if (problems.length > 0) throw new CannotSeal(problems.join("\n"));
  return {
    app: id,
    components: Object.fromEntries(sealed.filter(([, secrets]) => Object.keys(secrets).length > 0)),
  };
}

type Component = NonNullable<App["spec"]["services"]>[number];

function secretsOf(component: Component) {
  return [
    ...secretVariables(component),
    ...logCredentialsOf(component).filter(([, value]) => value.startsWith("EV[")),
  ];
}

/** Every secret of a component as the API shows it: ciphertexts, and what it gives back as it was sent. */
export function secretValues(
  component: Component,
): (readonly [name: string, value: string | undefined])[] {
  return [...secretVariables(component), ...logCredentialsOf(component)];
}

function secretVariables({ envs = [] }: Component) {
  return envs
    .filter(({ type }) => type === "SECRET")
    .map(({ key, value }) => [key, value] as const);
}

/** A secret as it is sealed, or the reason why it cannot be. */
function sealedSecret(
  component: string,
  name: string,
  ciphertext: string | undefined,
  known: KnownSecrets,
): SealedSecret | string {
  if (!ciphertext?.startsWith("EV[")) {
    return `${name} of ${component} is shown in clear by the API: it is not encrypted, so it cannot be sealed`;
  }
  const before = known.sealed?.components[component]?.[name];
  if (before?.ciphertext === ciphertext) return before;
  const fingerprint = fingerprintOf(component, name, known);
  if (fingerprint === undefined) {
    return `${name} of ${component} is new, and its plaintext was not supplied: export TF_VAR_${name.toLowerCase()}`;
  }
  return { fingerprint, ciphertext, ...age(name, fingerprint, known) };
}

function fingerprintOf(component: string, name: string, known: KnownSecrets): string | undefined {
  const role = storageRoleOf(component, name);
  if (role) return known.storageKeyIds[role];
  const value = known.supplied[name];
  return value === undefined ? undefined : fingerprint(value);
}

/** What tells a plaintext from another without revealing it. */
export function fingerprint(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}

/** A plaintext that was sealed before, in whatever component, goes on ageing; another one begins to. */
function age(
  name: string,
  fingerprint: string,
  { sealed, today }: KnownSecrets,
): Pick<SealedSecret, "sealedAt"> {
  const before = Object.values(sealed?.components ?? {})
    .map((secrets) => secrets[name])
    .find((secret) => secret?.fingerprint === fingerprint);
  const sealedAt = before ? before.sealedAt : today;
  return sealedAt === undefined ? {} : { sealedAt };
}

/** The storage role whose key a secret of a component is; undefined for one that is no storage key. */
export function storageRoleOf(component: string, name: string): ServiceRole | undefined {
  const variable = environmentContract.find(
    (one) => one.name === name && one.components.some((holder) => holder === component),
  );
  return variable?.source.kind === "storage-key" ? variable.source.role : undefined;
}

/** Where the API keeps the credential of each log service inside a log destination. */
const logCredentialPaths: readonly { readonly name: string; readonly path: string }[] = [
  { name: logCredentials["better-stack"], path: "logtail.token" },
  { name: logCredentials.datadog, path: "datadog.api_key" },
  { name: logCredentials.opensearch, path: "open_search.basic_auth.password" },
];

/**
 * Credentials of log services as the API gives them back. One that it gives back as it was sent differs from nothing
 * and needs no seal: it is supplied with every plan.
 */
function logCredentialsOf(component: object): (readonly [name: string, value: string])[] {
  const destinations = valueAt(component, "log_destinations");
  if (!Array.isArray(destinations)) return [];
  return logCredentialPaths.flatMap(({ name, path }) =>
    destinations
      .map((destination) => valueAt(destination, path))
      .filter((value) => typeof value === "string")
      .map((value) => [name, value] as const),
  );
}
