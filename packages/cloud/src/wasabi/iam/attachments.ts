import { type HolderKind } from "./inline-policies.ts";
import { arnParameter, requirePolicy } from "./managed-policies.ts";
import {
  type QueryAction,
  type QueryCall,
  QueryError,
  action,
  entityName,
  page,
  paging,
} from "./query.ts";

/** Actions that attach managed policies to users or groups. */
export function attachmentActions({ noun, require, arnOf }: HolderKind): readonly QueryAction[] {
  const parameter = `${noun}Name` as const;
  const holderName = { [parameter]: entityName };
  const nameIn = (parameters: Readonly<Record<string, unknown>>) => String(parameters[parameter]);
  const resource = (parameters: Readonly<Record<string, unknown>>, call: QueryCall) =>
    arnOf(nameIn(parameters), call);
  return [
    action({
      name: `Attach${noun}Policy`,
      parameters: { ...holderName, ...arnParameter },
      resource,
      run(parameters, { account }) {
        const holder = require(account, nameIn(parameters));
        requirePolicy(account, parameters.PolicyArn);
        holder.attachedPolicies.add(parameters.PolicyArn);
        return undefined;
      },
    }),
    action({
      name: `Detach${noun}Policy`,
      parameters: { ...holderName, ...arnParameter },
      resource,
      run(parameters, { account }) {
        const holder = require(account, nameIn(parameters));
        if (holder.attachedPolicies.delete(parameters.PolicyArn)) return undefined;
        throw new QueryError("NoSuchEntity", `Policy ${parameters.PolicyArn} was not found.`);
      },
    }),
    action({
      name: `ListAttached${noun}Policies`,
      parameters: { ...holderName, ...paging },
      resource,
      run({ Marker, MaxItems, ...parameters }, { account }) {
        const { attachedPolicies } = require(account, nameIn(parameters));
        const show = (arn: string) => ({
          PolicyName: requirePolicy(account, arn).name,
          PolicyArn: arn,
        });
        return page([...attachedPolicies], "AttachedPolicies", show, {
          ...(Marker !== undefined && { Marker }),
          ...(MaxItems !== undefined && { MaxItems }),
        });
      },
    }),
  ];
}
