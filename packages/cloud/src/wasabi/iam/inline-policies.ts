import { z } from "zod";

import type { Account, PolicyHolder } from "../account.ts";
import { MalformedPolicyError, parsePolicy } from "../policy-evaluation.ts";
import {
  type QueryAction,
  type QueryCall,
  QueryError,
  action,
  entityName,
  page,
  paging,
} from "./query.ts";

/** Users or groups, in so far as they hold policies. */
export interface HolderKind {
  /** `User` or `Group`, as in the names of the actions and parameters. */
  readonly noun: "User" | "Group";
  readonly require: (account: Account, name: string) => PolicyHolder;
  readonly arnOf: (name: string, call: QueryCall) => string;
}

/** Checks the text of an identity policy. @throws QueryError `MalformedPolicyDocument` */
export function checkDocument(text: string): string {
  try {
    parsePolicy(text, "identity");
    return text;
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    throw new QueryError("MalformedPolicyDocument", error.message);
  }
}

function requirePolicy({ inlinePolicies }: PolicyHolder, name: string): string {
  const policy = inlinePolicies.get(name);
  if (policy !== undefined) return policy;
  throw new QueryError("NoSuchEntity", `The policy with name ${name} cannot be found.`);
}

/** Actions on the policies that stand in a user or a group itself. */
export function inlinePolicyActions({ noun, require, arnOf }: HolderKind): readonly QueryAction[] {
  const parameter = `${noun}Name` as const;
  const holderName = { [parameter]: entityName };
  const nameIn = (parameters: Readonly<Record<string, unknown>>) => String(parameters[parameter]);
  const resource = (parameters: Readonly<Record<string, unknown>>, call: QueryCall) =>
    arnOf(nameIn(parameters), call);
  const policyName = { PolicyName: entityName };
  return [
    action({
      name: `Put${noun}Policy`,
      parameters: { ...holderName, ...policyName, PolicyDocument: z.string().min(1) },
      resource,
      run(parameters, { account }) {
        const { inlinePolicies } = require(account, nameIn(parameters));
        inlinePolicies.set(parameters.PolicyName, checkDocument(parameters.PolicyDocument));
        return undefined;
      },
    }),
    action({
      name: `Get${noun}Policy`,
      parameters: { ...holderName, ...policyName },
      resource,
      run(parameters, { account }) {
        const name = nameIn(parameters);
        const document = requirePolicy(require(account, name), parameters.PolicyName);
        return {
          [parameter]: name,
          PolicyName: parameters.PolicyName,
          PolicyDocument: encodeURIComponent(document),
        };
      },
    }),
    action({
      name: `List${noun}Policies`,
      parameters: { ...holderName, ...paging },
      resource,
      run({ Marker, MaxItems, ...parameters }, { account }) {
        const { inlinePolicies } = require(account, nameIn(parameters));
        return page([...inlinePolicies.keys()], "PolicyNames", (name) => name, {
          ...(Marker !== undefined && { Marker }),
          ...(MaxItems !== undefined && { MaxItems }),
        });
      },
    }),
    action({
      name: `Delete${noun}Policy`,
      parameters: { ...holderName, ...policyName },
      resource,
      run(parameters, { account }) {
        const holder = require(account, nameIn(parameters));
        requirePolicy(holder, parameters.PolicyName);
        holder.inlinePolicies.delete(parameters.PolicyName);
        return undefined;
      },
    }),
  ];
}
