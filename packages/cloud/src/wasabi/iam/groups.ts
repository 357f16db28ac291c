import { z } from "zod";

import { type Account, type Group, groupArn, newId } from "../account.ts";
import { groupContent, userContent } from "./content.ts";
import {
  type QueryAction,
  QueryError,
  action,
  entityName,
  entityPath,
  page,
  paging,
} from "./query.ts";
import { requireUser } from "./users.ts";

const groupName = { GroupName: entityName };

/** The group of that name. @throws QueryError `NoSuchEntity` */
export function requireGroup({ groups }: Account, name: string): Group {
  const group = groups.get(name.toLowerCase());
  if (group) return group;
  throw new QueryError("NoSuchEntity", `The group with name ${name} cannot be found.`);
}

/** ARN of the group of that name, whether it exists or not. */
export function namedGroupArn(name: string, account: Account): string {
  return groupArn(account, account.groups.get(name.toLowerCase()) ?? { path: "/", name });
}

function createGroup(account: Account, name: string, path: string, now: Date): Group {
  if (account.groups.has(name.toLowerCase())) {
    throw new QueryError("EntityAlreadyExists", `Group with name ${name} already exists.`);
  }
  const group: Group = {
    id: newId("AGPA"),
    name,
    path,
    createdAt: now,
    members: new Set(),
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
  };
  account.groups.set(name.toLowerCase(), group);
  return group;
}

const membership = { ...groupName, UserName: entityName };

/** Actions on groups and who is in them. */
export const groupActions: readonly QueryAction[] = [
  action({
    name: "CreateGroup",
    parameters: { ...groupName, Path: entityPath },
    resource: ({ GroupName, Path }, { account }) =>
      groupArn(account, { name: GroupName, path: Path }),
    run: ({ GroupName, Path }, { account, now }) => ({
      Group: groupContent(account, createGroup(account, GroupName, Path, now)),
    }),
  }),
  action({
    name: "GetGroup",
    parameters: { ...groupName, ...paging },
    resource: ({ GroupName }, { account }) => namedGroupArn(GroupName, account),
    run({ GroupName, ...paged }, { account }) {
      const group = requireGroup(account, GroupName);
      const members = [...account.users.values()].filter(({ id }) => group.members.has(id));
      return {
        Group: groupContent(account, group),
        ...page(members, "Users", (user) => userContent(account, user), paged),
      };
    },
  }),
  action({
    name: "ListGroups",
    parameters: { PathPrefix: z.string().default("/"), ...paging },
    resource: (_parameters, { account }) => groupArn(account, { path: "/", name: "*" }),
    run({ PathPrefix, ...paged }, { account }) {
      const groups = [...account.groups.values()].filter(({ path }) => path.startsWith(PathPrefix));
      return page(groups, "Groups", (group) => groupContent(account, group), paged);
    },
  }),
  action({
    name: "DeleteGroup",
    parameters: groupName,
    resource: ({ GroupName }, { account }) => namedGroupArn(GroupName, account),
    run({ GroupName }, { account }) {
      const { members, inlinePolicies, attachedPolicies } = requireGroup(account, GroupName);
      if (members.size + inlinePolicies.size + attachedPolicies.size > 0) {
        throw new QueryError(
          "DeleteConflict",
          "Cannot delete entity, must remove users and policies from group first.",
        );
      }
      account.groups.delete(GroupName.toLowerCase());
      return undefined;
    },
  }),
  action({
    name: "AddUserToGroup",
    parameters: membership,
    resource: ({ GroupName }, { account }) => namedGroupArn(GroupName, account),
    run({ GroupName, UserName }, { account }) {
      const { id } = requireUser(account, UserName);
      requireGroup(account, GroupName).members.add(id);
      return undefined;
    },
  }),
  action({
    name: "RemoveUserFromGroup",
    parameters: membership,
    resource: ({ GroupName }, { account }) => namedGroupArn(GroupName, account),
    run({ GroupName, UserName }, { account }) {
      const { id } = requireUser(account, UserName);
      requireGroup(account, GroupName).members.delete(id);
      return undefined;
    },
  }),
];
