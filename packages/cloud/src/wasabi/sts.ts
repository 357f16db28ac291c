import { rootArn, userArn } from "./account.ts";
import { type QueryAction, action } from "./iam/query.ts";

/** The actions of STS that are played. */
export const stsActions: ReadonlyMap<string, QueryAction> = new Map(
  [
    action({
      name: "GetCallerIdentity",
      parameters: {},
      // Who asks who he is needs no permission (STS API reference).
      resource: () => undefined,
      run: (_parameters, { account, caller: { user } }) => ({
        Arn: user ? userArn(account, user) : rootArn(account),
        UserId: user ? user.id : account.id,
        Account: account.id,
      }),
    }),
  ].map((entry) => [entry.name, entry]),
);

/** Actions that Wasabi has and the rehearsal does not play (docs.wasabi.com/apidocs/iam-and-sts-support). */
export const stsActionsNotImplemented: ReadonlySet<string> = new Set([
  "AssumeRole",
  "GetSessionToken",
]);
