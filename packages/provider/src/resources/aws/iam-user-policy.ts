import {
  DeleteUserPolicyCommand,
  GetUserPolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import type { ResourceData } from "../../engine/data.ts";
import { ProviderFailure } from "../../engine/failure.ts";
import { repeatWhile } from "../../engine/repeat.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { json } from "../../engine/rules.ts";
import {
  attemptOnAws,
  refusedAs,
  unlessAbsent,
  type AwsClients,
  type AwsContext,
  type AwsResource,
} from "./calls.ts";
import { nameOr, prefixOf } from "./names.ts";
import { normalPolicy, samePolicy, storedUnlessDifferent } from "./policy.ts";

/** How long a change may take until it is seen (provider 5.100.0, service/iam, propagationTimeout). */
const PROPAGATION_SECONDS = 2 * 60;

function partsOf(data: ResourceData): { readonly UserName: string; readonly PolicyName: string } {
  const [user, name, ...rest] = data.id.split(":");
  if (user === undefined || name === undefined || rest.length > 0) {
    throw new ProviderFailure(
      `unexpected format of ID (${data.id}), expected USER_NAME:POLICY_NAME`,
    );
  }
  return { UserName: user, PolicyName: name };
}

/** IAM gives policies in URL encoding, in which Go reads a plus sign as a space. */
function decoded(document: string): string {
  return decodeURIComponent(document.replaceAll("+", " "));
}

const read: Operation<AwsClients> = async (data, { client }) => {
  const parts = partsOf(data);
  const answer = await attemptOnAws(`reading IAM User Policy (${data.id})`, () =>
    unlessAbsent(["NoSuchEntity"], () => client.iam.send(new GetUserPolicyCommand(parts))),
  );
  if (answer?.PolicyDocument === undefined) {
    data.id = "";
    return;
  }
  const policy = storedUnlessDifferent(data.text("policy"), decoded(answer.PolicyDocument));
  data.set("name", parts.PolicyName);
  data.set("name_prefix", prefixOf(parts.PolicyName));
  data.set("policy", normalPolicy(policy));
  data.set("user", parts.UserName);
};

const put: Operation<AwsClients> = async (data, context) => {
  const user = data.text("user");
  const name = data.isNew
    ? nameOr(data.text("name"), data.text("name_prefix"), context.uniqueId)
    : partsOf(data).PolicyName;
  await attemptOnAws(`putting IAM User (${user}) Policy (${name})`, () =>
    context.client.iam.send(
      new PutUserPolicyCommand({
        UserName: user,
        PolicyName: name,
        PolicyDocument: normalPolicy(data.text("policy")),
      }),
    ),
  );
  if (data.isNew) {
    data.id = `${user}:${name}`;
    await waitForPolicy(data, context);
  }
  await read(data, context);
};

/** A policy that was put just now may not be seen yet. */
async function waitForPolicy(data: ResourceData, context: AwsContext): Promise<void> {
  await attemptOnAws(`waiting for IAM User Policy (${data.id}) create`, () =>
    repeatWhile(
      context,
      PROPAGATION_SECONDS,
      (refusal) => refusedAs(refusal, "NoSuchEntity"),
      () => context.client.iam.send(new GetUserPolicyCommand(partsOf(data))),
    ),
  );
}

/** A policy inside a user (provider 5.100.0, service/iam/user_policy.go). */
export const iamUserPolicy: AwsResource = {
  type: "aws_iam_user_policy",
  behaviour: {
    force_new: ["user", "name", "name_prefix"],
    conflicts_with: { name: ["name_prefix"], name_prefix: ["name"] },
    diff_suppressed: { policy: samePolicy },
    state_normalised: { policy: normalPolicy },
    values_validated: { policy: json },
  },
  create: put,
  read,
  update: put,
  delete: async (data, { client }) => {
    const parts = partsOf(data);
    await attemptOnAws(`deleting IAM User Policy (${data.id})`, () =>
      unlessAbsent(["NoSuchEntity"], () => client.iam.send(new DeleteUserPolicyCommand(parts))),
    );
  },
  importId: importById,
};
