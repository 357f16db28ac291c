import { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key/index.js";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user/index.js";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy/index.js";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Construct } from "constructs";

import type { Kept } from "../../environments/schema/kept.ts";
import {
  type Rotation,
  type Slot,
  storageKeyName,
  storageKeySlots,
} from "../../environments/schema/rotation.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { resourceName } from "../naming.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";
import { accessKeyName } from "./access-key-name.ts";
import { rolePolicy } from "./policies.ts";
import { type ServiceRole, serviceRoleNames } from "./service-roles.ts";

/** Inputs of {@link ServiceUsers}. */
export interface ServiceUsersProps {
  readonly config: EnvironmentConfig;
  readonly rotation: Rotation;
  readonly kept: Kept;
  /** Provider of the IAM service, which Wasabi has in us-east-1 only. */
  readonly provider: AwsProvider;
}

/** The key that a service uses. */
export interface StorageKey {
  /** Access key id: public. */
  readonly id: string;
  /** Secret access key. */
  readonly secret: string;
}

/**
 * A user, its one inline policy and its access keys for each service role.
 *
 * Users have neither tags nor forced deletion, and there are no roles: each of these needs a call that Wasabi's IAM
 * does not have. Keys live in slots, because a user may have two, so that one can be replaced while the other serves.
 */
export class ServiceUsers extends Construct {
  readonly userArns: Readonly<Record<ServiceRole, string>>;
  readonly activeKeys: Readonly<Record<ServiceRole, StorageKey>>;
  /** Ids of all keys, by role and slot. */
  readonly keyIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ServiceUsersProps) {
    super(scope, id);
    const userArns: [string, string][] = [];
    const activeKeys: [string, StorageKey][] = [];
    const keyIds: [string, string][] = [];
    for (const role of serviceRoleNames) {
      const user = this.createUser(role, props);
      userArns.push([role, user.arn]);
      const state = props.rotation[storageKeyName(role)];
      const kept = props.kept.keys.filter((key) => key.role === role).map(({ slot }) => slot);
      for (const slot of new Set([...storageKeySlots(state), ...kept])) {
        const key = this.createKey(role, slot, user, props.provider);
        keyIds.push([`${role}_${slot}`, key.id]);
        if (slot === state.active) activeKeys.push([role, { id: key.id, secret: key.secret }]);
      }
    }
    // `fromEntries` forgets that every role is there.
    this.userArns = Object.fromEntries(userArns) as Record<ServiceRole, string>;
    this.activeKeys = Object.fromEntries(activeKeys) as Record<ServiceRole, StorageKey>;
    this.keyIds = Object.fromEntries(keyIds);
  }

  private createUser(role: ServiceRole, { config, provider }: ServiceUsersProps): IamUser {
    const user = new IamUser(this, role, {
      provider,
      name: resourceName(config, role),
      lifecycle: statefulLifecycle(config),
    });
    pinLogicalId(user, role.replaceAll("-", "_"));
    new IamUserPolicy(this, `${role}-policy`, {
      provider,
      user: user.name,
      name: "media-access",
      policy: JSON.stringify(rolePolicy(config, role)),
    });
    return user;
  }

  private createKey(
    role: ServiceRole,
    slot: Slot,
    user: IamUser,
    provider: AwsProvider,
  ): IamAccessKey {
    const key = new IamAccessKey(this, `${role}-key-${slot}`, { provider, user: user.name });
    pinLogicalId(key, accessKeyName(role, slot));
    return key;
  }
}
