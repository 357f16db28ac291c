import { z } from "zod";

import { type Account, type User, groupsOf, newId, userArn } from "../account.ts";
import { groupContent, userContent } from "./content.ts";
import {
  type QueryAction,
  type QueryCall,
  QueryError,
  action,
  entityName,
  entityPath,
  page,
  paging,
} from "./query.ts";

/** Most sub-users of an account (docs.wasabi.com/docs/users-1). */
const maxUsers = 4999;

const userName = entityName.max(64);

/** The user of that name. @throws QueryError `NoSuchEntity` */
export function requireUser({ users }: Account, name: string): User {
  const user = users.get(name.toLowerCase());
  if (user) return user;
  throw new QueryError("NoSuchEntity", `The user with name ${name} cannot be found.`);
}

/** The user that a request names, or whose key it is signed with. */
export function namedUser(name: string | undefined, { account, caller }: QueryCall): User {
  if (name !== undefined) return requireUser(account, name);
  if (caller.user) return caller.user;
  throw new QueryError("ValidationError", "Must specify userName when calling with root keys.");
}

/** ARN of the user that a request names, whether he exists or not: what permission is asked for. */
export function namedUserArn(name: string | undefined, { account, caller }: QueryCall): string {
  const user = name === undefined ? caller.user : account.users.get(name.toLowerCase());
  return userArn(account, user ?? { path: "/", name: name ?? "" });
}

function checkFree({ users }: Account, name: string): void {
  if (!users.has(name.toLowerCase())) return;
  throw new QueryError("EntityAlreadyExists", `User with name ${name} already exists.`);
}

/** What must be gone before a user can be deleted. */
function checkDeletable(account: Account, user: User): void {
  const left = [
    [user.accessKeys.size > 0, "access keys"],
    [user.inlinePolicies.size > 0, "policies"],
    [user.attachedPolicies.size > 0, "attached policies"],
    [groupsOf(account, user).length > 0, "group memberships"],
  ] as const;
  const first = left.find(([isLeft]) => isLeft);
  if (!first) return;
  throw new QueryError("DeleteConflict", `Cannot delete entity, must remove ${first[1]} first.`);
}

const byName = { UserName: userName };
const optionalName = { UserName: userName.exactOptional() };

/** Actions on users. */
export const userActions: readonly QueryAction[] = [
  action({
    name: "CreateUser",
    parameters: { ...byName, Path: entityPath },
    resource: ({ UserName, Path }, { account }) => userArn(account, { name: UserName, path: Path }),
    run({ UserName, Path }, { account, now }) {
      checkFree(account, UserName);
      if (account.users.size >= maxUsers) {
        throw new QueryError("LimitExceeded", `Cannot exceed quota for users: ${maxUsers}`);
      }
      const user: User = {
        id: newId("AIDA"),
        name: UserName,
        path: Path,
        createdAt: now,
        accessKeys: new Map(),
        inlinePolicies: new Map(),
        attachedPolicies: new Set(),
      };
      account.users.set(UserName.toLowerCase(), user);
      return { User: userContent(account, user) };
    },
  }),
  action({
    name: "GetUser",
    parameters: optionalName,
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run: ({ UserName }, call) => ({ User: userContent(call.account, namedUser(UserName, call)) }),
  }),
  action({
    name: "ListUsers",
    parameters: { PathPrefix: z.string().default("/"), ...paging },
    resource: (_parameters, { account }) => userArn(account, { path: "/", name: "*" }),
    run({ PathPrefix, ...paged }, { account }) {
      const users = [...account.users.values()].filter(({ path }) => path.startsWith(PathPrefix));
      return page(users, "Users", (user) => userContent(account, user), paged);
    },
  }),
  action({
    name: "UpdateUser",
    parameters: {
      ...byName,
      NewUserName: userName.exactOptional(),
      NewPath: entityPath.unwrap().exactOptional(),
    },
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run({ UserName, NewUserName, NewPath }, { account }) {
      const user = requireUser(account, UserName);
      if (NewUserName !== undefined && NewUserName.toLowerCase() !== UserName.toLowerCase()) {
        checkFree(account, NewUserName);
      }
      account.users.delete(UserName.toLowerCase());
      user.name = NewUserName ?? user.name;
      user.path = NewPath ?? user.path;
      account.users.set(user.name.toLowerCase(), user);
      return undefined;
    },
  }),
  action({
    name: "DeleteUser",
    parameters: byName,
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run({ UserName }, { account }) {
      const user = requireUser(account, UserName);
      checkDeletable(account, user);
      account.users.delete(UserName.toLowerCase());
      return undefined;
    },
  }),
  action({
    name: "ListGroupsForUser",
    parameters: { ...byName, ...paging },
    resource: ({ UserName }, call) => namedUserArn(UserName, call),
    run({ UserName, ...paged }, { account }) {
      const groups = groupsOf(account, requireUser(account, UserName));
      return page(groups, "Groups", (group) => groupContent(account, group), paged);
    },
  }),
];
