import { z } from "zod";

import { type AccessKey, type User, findKeyOwner, newAccessKey } from "../account.ts";
import {
  type QueryAction,
  type QueryCall,
  QueryError,
  action,
  entityName,
  page,
  paging,
} from "./query.ts";
import { namedUser, namedUserArn } from "./users.ts";

/** Keys that a user can have: one in use and one to change to (docs.wasabi.com/apidocs/generating-an-s3-api-key). */
const maxKeys = 2;

const userName = { UserName: entityName.max(64).exactOptional() };
const keyId = { AccessKeyId: z.string().regex(/^\w{16,128}$/) };

/** The keys that a request is about: those of a user, or of root if root asks without a name. */
function keysOf(
  name: string | undefined,
  call: QueryCall,
): { readonly keys: Map<string, AccessKey>; readonly owner: Pick<User, "name"> | undefined } {
  if (name === undefined && !call.caller.user) {
    return { keys: call.account.rootKeys, owner: undefined };
  }
  const user = namedUser(name, call);
  return { keys: user.accessKeys, owner: user };
}

function requireKey(keys: ReadonlyMap<string, AccessKey>, id: string): AccessKey {
  const key = keys.get(id);
  if (key) return key;
  throw new QueryError("NoSuchEntity", `The Access Key with id ${id} cannot be found.`);
}

/** Actions on access keys. */
export const accessKeyActions: readonly QueryAction[] = [
  action({
    name: "CreateAccessKey",
    parameters: userName,
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run({ UserName }, call) {
      const { keys, owner } = keysOf(UserName, call);
      if (keys.size >= maxKeys) {
        throw new QueryError(
          "LimitExceeded",
          `Cannot exceed quota for AccessKeysPerUser: ${maxKeys}`,
        );
      }
      const key = newAccessKey(call.now);
      keys.set(key.accessKeyId, key);
      return {
        AccessKey: {
          UserName: owner?.name,
          AccessKeyId: key.accessKeyId,
          Status: key.status,
          SecretAccessKey: key.secretAccessKey,
          CreateDate: key.createdAt.toISOString(),
        },
      };
    },
  }),
  action({
    name: "ListAccessKeys",
    parameters: { ...userName, ...paging },
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run({ UserName, ...paged }, call) {
      const { keys, owner } = keysOf(UserName, call);
      const show = ({ accessKeyId, status, createdAt }: AccessKey) => ({
        UserName: owner?.name,
        AccessKeyId: accessKeyId,
        Status: status,
        CreateDate: createdAt.toISOString(),
      });
      return page([...keys.values()], "AccessKeyMetadata", show, paged);
    },
  }),
  action({
    name: "UpdateAccessKey",
    parameters: { ...userName, ...keyId, Status: z.enum(["Active", "Inactive"]) },
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run({ UserName, AccessKeyId, Status }, call) {
      requireKey(keysOf(UserName, call).keys, AccessKeyId).status = Status;
      return undefined;
    },
  }),
  action({
    name: "DeleteAccessKey",
    parameters: { ...userName, ...keyId },
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run({ UserName, AccessKeyId }, call) {
      const { keys } = keysOf(UserName, call);
      requireKey(keys, AccessKeyId);
      keys.delete(AccessKeyId);
      return undefined;
    },
  }),
  action({
    name: "GetAccessKeyLastUsed",
    parameters: keyId,
    resource: ({ AccessKeyId }, call) =>
      namedUserArn(findKeyOwner(call.account, AccessKeyId)?.user?.name, call),
    run({ AccessKeyId }, { account }) {
      const owner = findKeyOwner(account, AccessKeyId);
      if (!owner) throw new QueryError("AccessDenied", "The access key cannot be found.");
      const { lastUsed } = owner.key;
      return {
        UserName: owner.user?.name,
        AccessKeyLastUsed: {
          LastUsedDate: lastUsed?.at.toISOString(),
          ServiceName: lastUsed?.service ?? "N/A",
          Region: lastUsed?.region ?? "N/A",
        },
      };
    },
  }),
];
