import { backupImage } from "../../constructs/app/backup-image.ts";
import { backupName, databaseComponents, migrationJobName } from "../../constructs/app/context.ts";
import { environmentContract } from "../../constructs/app/contract.ts";
import type { ContractVariable } from "../../constructs/app/contract/variable.ts";
import { logCredentials } from "../../constructs/app/log-destination.ts";
import { applicationUser } from "../../constructs/database/application-user.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { slots, storageKeyName } from "../../environments/schema/rotation.ts";
import { componentNames } from "../../environments/schema/environment.ts";
import { signingKeyOf, slotUse } from "./slotted.ts";

/**
 * How a secret stands. `sealed` has its ciphertext in git; `supplied` is exported and not sealed for every component;
 * `missing` is neither, for at least one component; `made by Terraform` is a storage key that is not sealed yet; `kept
 * by DigitalOcean` is a database password, which App Platform fills in.
 */
export type SecretStanding =
  "sealed" | "supplied" | "missing" | "made by Terraform" | "kept by DigitalOcean";

/** A secret of an environment. Its value is not part of it. */
export interface Secret {
  /** Name of its variable in the contract, or what it is where it has none. */
  readonly name: string;
  /** Who makes it. */
  readonly kind:
    "signing key" | "given secret" | "log credential" | "storage key" | "database password";
  /** Components that get it; none for an idle database user. */
  readonly components: readonly string[];
  readonly standing: SecretStanding;
  /** Components for which it is not sealed, where others are. */
  readonly unsealed: readonly string[];
  /** Of one that mam can make: the bytes that it has at least. */
  readonly leastBytes?: number;
  /** Of one that somebody else gives out: who. Any value of it is right, and nobody here can replace it. */
  readonly givenBy?: string;
  /** Of a signing key or a database user: whether it is the one in use. */
  readonly use?: "active" | "idle";
  /** What `mam secrets rotate` calls it; absent for one that it does not replace. */
  readonly rotatedAs?: string;
  /** Day or time since when it has been what it is; absent when it is not known. */
  readonly since?: string;
  /** Access key id of a storage key that is sealed. */
  readonly keyId?: string;
}

/**
 * Every secret that the components of an environment get, without a value.
 *
 * @param contract the variables of the components.
 */
export function inventory(
  environment: Environment,
  supplied: Readonly<Record<string, string>>,
  contract: readonly ContractVariable[] = environmentContract,
): Secret[] {
  const deployed = contract.flatMap((variable) => {
    const components = variable.components.filter((name) => isDeployed(environment, name));
    return components.length === 0 ? [] : [{ ...variable, components }];
  });
  return [
    ...deployed.flatMap((variable) => contractSecret(variable, environment, supplied)),
    ...logSecrets(environment, supplied),
    ...databasePasswords(environment),
  ];
}

/** Whether the app has a component; only the backup may be missing. */
const isDeployed = (environment: Environment, component: string) =>
  component !== backupName || backupImage(environment) !== undefined;

function contractSecret(
  { name, components, source }: ContractVariable,
  environment: Environment,
  supplied: Readonly<Record<string, string>>,
): Secret[] {
  if (source.kind === "value") return [];
  const { seals, unsealed, since } = sealsOf(environment, name, components);
  const common = { name, components: components, unsealed, ...since };
  if (source.kind === "storage-key") {
    const [keyId] = seals.map(({ fingerprint }) => fingerprint);
    const standing = unsealed.length === 0 ? "sealed" : "made by Terraform";
    const rotatedAs = storageKeyName(source.role);
    return [{ ...common, kind: "storage key", standing, rotatedAs, ...(keyId ? { keyId } : {}) }];
  }
  const standing = personalStanding(unsealed, supplied[name]);
  const { origin } = source;
  if (origin.made === "given") {
    return [{ ...common, kind: "given secret", standing, givenBy: origin.by }];
  }
  const { leastBytes } = origin;
  const [rotatedAs, use] = [signingKeyOf(name), slotUse(environment.rotation, name)];
  const slotted = { ...(rotatedAs ? { rotatedAs } : {}), ...(use ? { use } : {}) };
  return [{ ...common, kind: "signing key", standing, leastBytes, ...slotted }];
}

/** The credential of the log service. One that the platform gives back as it was sent is supplied with every plan. */
function logSecrets(
  environment: Environment,
  supplied: Readonly<Record<string, string>>,
): Secret[] {
  const { kind } = environment.config.logs.destination;
  const components = [...componentNames, migrationJobName, backupName].filter((name) =>
    isDeployed(environment, name),
  );
  return Object.entries(logCredentials)
    .filter(([service]) => service === kind)
    .map(([, name]) => {
      const { unsealed, since } = sealsOf(environment, name, components);
      const standing = personalStanding(unsealed, supplied[name]);
      const common = { name, components, standing, unsealed, ...since };
      return { ...common, kind: "log credential", givenBy: "the log service" };
    });
}

function databasePasswords(environment: Environment): Secret[] {
  const { config, rotation } = environment;
  const { active, since } = rotation["database-user"];
  const common = {
    kind: "database password",
    standing: "kept by DigitalOcean",
    unsealed: [],
  } as const;
  const user = { ...common, rotatedAs: "database-user" };
  const users = slots.map((slot): Secret => {
    const name = `password of ${applicationUser(config, slot)}`;
    if (slot !== active) return { ...user, name, components: [], use: "idle" };
    return { ...user, name, components: ["api"], use: "active", ...(since ? { since } : {}) };
  });
  const administrators = [migrationJobName, backupName].filter((name) =>
    isDeployed(environment, name),
  );
  return [
    ...users,
    {
      ...common,
      ...{ name: "password of doadmin", components: administrators },
      rotatedAs: "database-administrator",
    },
    { ...common, name: `password of ${databaseComponents.cache}`, components: ["api", "worker"] },
  ];
}

function personalStanding(unsealed: readonly string[], value: string | undefined): SecretStanding {
  if (unsealed.length === 0) return "sealed";
  return value === undefined ? "missing" : "supplied";
}

function sealsOf({ sealed }: Environment, name: string, holders: readonly string[]) {
  const seals = holders.flatMap((holder) => sealed?.components[holder]?.[name] ?? []);
  const unsealed = holders.filter((holder) => !sealed?.components[holder]?.[name]);
  // The oldest day is that of the value, however late a component came to it.
  const [oldest] = seals.flatMap(({ sealedAt }) => sealedAt ?? []).toSorted();
  return { seals, unsealed, since: oldest === undefined ? {} : { since: oldest } };
}
