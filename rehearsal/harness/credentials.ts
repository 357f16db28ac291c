import { randomBytes } from "node:crypto";

import { environmentContract } from "../../constructs/app/contract.ts";
import { logCredentials } from "../../constructs/app/log-destination.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/** A pair of keys of an S3 service. */
interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The credentials of a rehearsal: made for it, worth nothing elsewhere. */
export interface Credentials {
  readonly digitalOceanToken: string;
  readonly spaces: KeyPair;
  /** Keys of whoever deploys: a user with the deployer's policy and no more. */
  readonly wasabi: KeyPair;
  /** Keys of the Wasabi account's root, for what a scenario does beside a deployment. */
  readonly wasabiRoot: KeyPair;
  /** Token of HCP Terraform. */
  readonly hcpToken: string;
  /** Secrets that a person supplies, by the name of the variable in the contract. */
  readonly supplied: Readonly<Record<string, string>>;
  /** Credential of the log service, by its name, if the chosen one has any. */
  readonly logs: Readonly<Record<string, string>>;
}

/** Makes the credentials of one rehearsal. */
export function makeCredentials({ logs }: EnvironmentConfig): Credentials {
  const names = environmentContract
    .filter(({ source }) => source.kind === "secret")
    .map(({ name }) => name);
  const { kind } = logs.destination;
  const logNames = Object.entries(logCredentials).flatMap(([of, name]) =>
    of === kind ? [name] : [],
  );
  return {
    digitalOceanToken: `dop_v1_${hex(32)}`,
    spaces: keyPair("DO00"),
    wasabi: keyPair("AKIA"),
    wasabiRoot: keyPair("AKIA"),
    hcpToken: `${hex(7)}.atlasv1.${hex(30)}`,
    supplied: Object.fromEntries(names.map((name) => [name, hex(32)])),
    logs: Object.fromEntries(logNames.map((name) => [name, hex(16)])),
  };
}

function keyPair(prefix: string): KeyPair {
  return {
    accessKeyId: `${prefix}${hex(8).toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64url"),
  };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
