import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListGroupsForUser,
  paginateListUserPolicies,
} from "@aws-sdk/client-iam";

import { errorCode, errorStatus } from "@mam-infra/clients/aws-error";
import { readStatements } from "./policy-document.ts";
import type { HeldPolicies } from "./access-decision.ts";

/**
 * The policies that bear on a user: those written into it, those attached to it, and both of each of its groups. What
 * the user may not read is left out with the reason.
 *
 * @throws Error of Wasabi when it does not answer.
 */
export async function policiesOfUser(iam: IAMClient, user: string): Promise<HeldPolicies> {
  return joined(await Promise.all([...holding(userCalls(iam, user)), ofGroups(iam, user)]));
}

/** How the policies of a user or of a group are asked for. */
interface HolderCalls {
  readonly iam: IAMClient;
  /** `the user ada`. */
  readonly holder: string;
  readonly inlineNames: () => Promise<readonly string[]>;
  readonly inline: (name: string) => Promise<string | undefined>;
  readonly attached: () => Promise<readonly string[]>;
}

function userCalls(iam: IAMClient, UserName: string): HolderCalls {
  const pages = { client: iam };
  return {
    iam,
    holder: `the user ${UserName}`,
    inlineNames: () =>
      all(paginateListUserPolicies(pages, { UserName }), ({ PolicyNames }) => PolicyNames),
    inline: async (PolicyName) =>
      (await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }))).PolicyDocument,
    attached: () =>
      all(paginateListAttachedUserPolicies(pages, { UserName }), (page) =>
        page.AttachedPolicies?.map(({ PolicyArn = "" }) => PolicyArn),
      ),
  };
}

function groupCalls(iam: IAMClient, GroupName: string): HolderCalls {
  const pages = { client: iam };
  return {
    iam,
    holder: `the group ${GroupName}`,
    inlineNames: () =>
      all(paginateListGroupPolicies(pages, { GroupName }), ({ PolicyNames }) => PolicyNames),
    inline: async (PolicyName) =>
      (await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }))).PolicyDocument,
    attached: () =>
      all(paginateListAttachedGroupPolicies(pages, { GroupName }), (page) =>
        page.AttachedPolicies?.map(({ PolicyArn = "" }) => PolicyArn),
      ),
  };
}

async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

async function ofGroups(iam: IAMClient, UserName: string): Promise<HeldPolicies> {
  return unlessRefused(`the groups of the user ${UserName}`, async () => {
    const groups = await all(paginateListGroupsForUser({ client: iam }, { UserName }), (page) =>
      page.Groups?.map(({ GroupName = "" }) => GroupName),
    );
    return joined(await Promise.all(groups.flatMap((name) => holding(groupCalls(iam, name)))));
  });
}

function holding({ iam, holder, ...calls }: HolderCalls): Promise<HeldPolicies>[] {
  return [
    unlessRefused(`the policies written into ${holder}`, async () => {
      const names = await calls.inlineNames();
      return joined(
        await Promise.all(
          names.map((name) =>
            policy(`the policy "${name}" of ${holder}`, () => calls.inline(name)),
          ),
        ),
      );
    }),
    unlessRefused(`the policies attached to ${holder}`, async () => {
      const arns = await calls.attached();
      return joined(
        await Promise.all(
          arns.map((arn) => policy(`the policy ${arn}`, () => documentOf(iam, arn))),
        ),
      );
    }),
  ];
}

async function documentOf(iam: IAMClient, PolicyArn: string): Promise<string | undefined> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return PolicyVersion?.Document;
}

function policy(name: string, read: () => Promise<string | undefined>): Promise<HeldPolicies> {
  return unlessRefused(name, async () => {
    const statements = readStatements((await read()) ?? "");
    return statements
      ? { read: [{ name, statements }], unread: [] }
      : { read: [], unread: [`${name} has elements that are not understood here`] };
  });
}

/** Statuses of what is not there, and of an action that is not. */
const missing: ReadonlySet<number | undefined> = new Set([404, 501]);

async function unlessRefused(
  what: string,
  read: () => Promise<HeldPolicies>,
): Promise<HeldPolicies> {
  try {
    return await read();
  } catch (error) {
    const code = errorCode(error) ?? "";
    const isRefused = code.startsWith("AccessDenied") || missing.has(errorStatus(error));
    if (!isRefused) throw error;
    return { read: [], unread: [`${what} cannot be read: ${code}`] };
  }
}

function joined(parts: readonly HeldPolicies[]): HeldPolicies {
  return {
    read: parts.flatMap(({ read }) => read),
    unread: parts.flatMap(({ unread }) => unread),
  };
}
