import { z } from "zod";

import type { Check, Violation } from "../../context/check.ts";
import type { GateContext } from "../context.ts";
import {
  type PlannedResource,
  describeChange,
  isRemoved,
  plannedResources,
  remains,
} from "../planned.ts";
import { parsePolicy, publicGrants, weaknesses } from "../policy.ts";
import { ownPolicy } from "../own-policies.ts";

const policyTypes = ["aws_s3_bucket_policy", "aws_iam_user_policy"] as const;

const policyHolder = z.looseObject({ policy: z.string() });

const publicly = /^(public-read|public-read-write|authenticated-read)$/;
const everybody = /\/(AllUsers|AuthenticatedUsers)$/;

const aclSchema = z.looseObject({
  acl: z.string().nullish(),
  grant: z.array(z.looseObject({ uri: z.string().nullish() })).nullish(),
});

/** Who may do what to media. */
export const plannedStorageRules: readonly Check<GateContext>[] = [
  {
    id: "public-bucket",
    severity: "error",
    what: "No bucket is opened to everybody, by a policy or by an access control list.",
    why: "Masters and previews are private: whoever has a link could read, or write, without a signature.",
    fix: "take the public access back; previews are reached through the edge's signed links",
    run: (context) => [
      ...plannedResources(context, ["aws_s3_bucket", "aws_s3_bucket_acl"])
        .filter(remains)
        .flatMap(publicAccess),
      ...changedPolicies(context).flatMap(({ planned, policy }) =>
        publicGrants(policy).map((found) => ({
          resource: planned.resource,
          expected: "nothing allowed to everybody",
          found,
        })),
      ),
    ],
  },
  {
    id: "weaker-policy",
    severity: "error",
    what: "No policy of a bucket or of a storage user is removed, refuses less, or allows more.",
    why: "A service could delete masters, or reach media that it has no business with.",
    fix: "take back the change of constructs/storage/; a role that needs more gets it with --override and the reason",
    run: (context) => [
      ...plannedResources(context, policyTypes)
        .filter(isRemoved)
        .map((planned) => ({
          resource: planned.resource,
          expected: "kept",
          found: describeChange(planned),
        })),
      ...changedPolicies(context).flatMap(({ planned, policy }) =>
        references(context, planned)
          .flatMap((reference) => weaknesses(policy, reference))
          .filter((weakness, index, all) => all.indexOf(weakness) === index)
          .map((found) => ({
            resource: planned.resource,
            expected: "as strict as it is, and as constructs/storage/policies.ts says",
            found,
          })),
      ),
    ],
  },
];

function publicAccess({ resource, after }: PlannedResource): Violation[] {
  const { acl, grant } = aclSchema.parse(after);
  const expected = "private";
  return [
    ...(publicly.test(acl ?? "") ? [{ resource, expected, found: `ACL ${acl ?? ""}` }] : []),
    ...(grant ?? [])
      .filter(({ uri }) => everybody.test(uri ?? ""))
      .map(({ uri }) => ({ resource, expected, found: `a grant to ${uri ?? ""}` })),
  ];
}

/** Policies that a plan writes, as far as they are known: one that waits for a user's ARN is the environment's own. */
function changedPolicies(context: GateContext) {
  return plannedResources(context, policyTypes)
    .filter(remains)
    .flatMap((planned) => {
      const holder = policyHolder.safeParse(planned.after);
      return holder.success ? [{ planned, policy: parsePolicy(holder.data.policy) }] : [];
    });
}

/** What a policy must not be weaker than: what stands, and what the environment says. */
function references(context: GateContext, planned: PlannedResource) {
  const standing = policyHolder.safeParse(planned.before);
  const own = ownPolicy(context, planned);
  return [...(standing.success ? [parsePolicy(standing.data.policy)] : []), ...(own ? [own] : [])];
}
