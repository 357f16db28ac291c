import { ListAccessKeysCommand } from "@aws-sdk/client-iam";

import { resourceName } from "../../constructs/naming.ts";
import type { ServiceRole } from "../../constructs/storage/service-roles.ts";
import { errorStatus } from "@mam-infra/clients/aws-error";
import type { Session } from "../context/session.ts";

/** An access key of a storage role, as Wasabi lists it: without its secret. */
export interface ServiceKey {
  readonly id: string;
  /** When Wasabi made it, ISO 8601. */
  readonly created: string;
}

/** The access keys of a storage role; none before its user was made. @throws NotConfigured without Wasabi's credentials. */
export async function serviceKeys(
  { clients, environment: { config } }: Session,
  role: ServiceRole,
): Promise<ServiceKey[]> {
  const UserName = resourceName(config, role);
  try {
    const { AccessKeyMetadata = [] } = await clients
      .wasabiIam()
      .send(new ListAccessKeysCommand({ UserName }));
    return AccessKeyMetadata.flatMap(({ AccessKeyId: id, CreateDate }) =>
      id !== undefined && CreateDate ? [{ id, created: CreateDate.toISOString() }] : [],
    );
  } catch (error) {
    if (errorStatus(error) === 404) return [];
    throw error;
  }
}
