import { z } from "zod";

import { resourceName } from "../../../constructs/naming.ts";
import { type ServiceRole, serviceRoleNames } from "../../../constructs/storage/service-roles.ts";
import { storageKeyName } from "../../../environments/schema/rotation.ts";
import type { AccessKey } from "@mam-infra/clients/aws-sdk";
import { CheckSkipped } from "../../context/check.ts";
import type { Session } from "../../context/session.ts";
import { readState } from "../../terraform/states.ts";
import { whereConfigured } from "../../platform/where-configured.ts";

const keyAttributes = z.looseObject({ user: z.string(), id: z.string(), secret: z.string() });

const storageState = z.looseObject({
  resources: z.array(
    z.looseObject({
      type: z.string(),
      name: z.string(),
      instances: z.array(z.looseObject({ attributes: z.unknown() })),
    }),
  ),
});

/**
 * Every storage key that the storage stack's state has. They stay in memory.
 *
 * @throws CheckSkipped where the state cannot be read.
 */
export async function keysInState(session: Session) {
  const text = await whereConfigured(() => readState(session, "storage"));
  if (text === undefined) throw new CheckSkipped("the storage stack was never deployed");
  const { resources } = storageState.parse(JSON.parse(text));
  return resources
    .filter(({ type }) => type === "aws_iam_access_key")
    .flatMap(({ name, instances }) =>
      instances.map(({ attributes }) => ({ name, ...keyAttributes.parse(attributes) })),
    );
}

/**
 * The active storage key of each role, from the state of the storage stack: Wasabi shows a secret once, so it is nowhere
 * else. The keys stay in memory.
 *
 * @throws CheckSkipped where the state cannot be read, or does not have all of them.
 */
export async function activeServiceKeys(
  session: Session,
): Promise<Readonly<Record<ServiceRole, AccessKey>>> {
  const { config, rotation } = session.environment;
  const keys = await keysInState(session);
  const active = serviceRoleNames.map((role) => {
    const slot = rotation[storageKeyName(role)].active.toLowerCase();
    const key = keys.find(
      ({ user, name }) => user === resourceName(config, role) && name.endsWith(`_key_${slot}`),
    );
    if (!key)
      throw new CheckSkipped(`the storage stack's state has no key of ${role} in slot ${slot}`);
    return [role, { accessKeyId: key.id, secretAccessKey: key.secret }] as const;
  });
  // `fromEntries` forgets that every role is there.
  return Object.fromEntries(active) as Record<ServiceRole, AccessKey>;
}
