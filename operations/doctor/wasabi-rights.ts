import { CreateUserCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";

import { errorCode, errorStatus } from "@mam-infra/clients/aws-error";
import type { Clients } from "../context/clients.ts";

/** Whom a Wasabi key belongs to. */
export interface WasabiCaller {
  readonly account: string;
  /** `arn:aws:iam::<account>:root` or `…:user/<name>`. */
  readonly arn: string;
}

/** Something that Terraform does on Wasabi, and a call that shows whether a key may. */
interface RightProbe {
  readonly right: string;
  readonly ask: (connections: Clients, caller: WasabiCaller, bucket: string) => Promise<unknown>;
}

/** A region that Wasabi does not have; the SDK knows AWS's only. */
const nowhere = "nowhere-1" as BucketLocationConstraint;

/**
 * What the storage stack needs, each shown by a call without consequences: a list, a user who is there already, a bucket
 * in a region that does not exist. Whoever may not is told so before the call is looked at any further.
 */
const probes: readonly RightProbe[] = [
  {
    right: "iam:ListUsers",
    ask: (connections) => connections.wasabiIam().send(new ListUsersCommand({ MaxItems: 1 })),
  },
  {
    right: "iam:CreateUser",
    ask: async (connections, { arn }) => {
      const [, UserName] = /:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
      // Only the root of an account is no user, and no policy limits it.
      if (UserName === undefined) return;
      await connections.wasabiIam().send(new CreateUserCommand({ UserName }));
    },
  },
  {
    right: "s3:ListAllMyBuckets",
    ask: (connections) => connections.wasabiStorage().send(new ListBucketsCommand({})),
  },
  {
    right: "s3:CreateBucket",
    ask: async (connections, _, Bucket) => {
      const storage = connections.wasabiStorage();
      const CreateBucketConfiguration = { LocationConstraint: nowhere };
      await storage.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      // A store that does not read the region has made it, empty.
      await storage.send(new DeleteBucketCommand({ Bucket }));
    },
  },
];

/** Statuses by which Wasabi says that the question was allowed, and that nothing was made: no such region, a name in use. */
const harmless = new Set([400, 409]);

/**
 * The rights that a key lacks, of those that the storage stack needs.
 *
 * @param bucket name that nobody has.
 * @throws Error of Wasabi when it does not answer, or does not know the key.
 */
export async function missingRights(
  connections: Clients,
  caller: WasabiCaller,
  bucket: string,
): Promise<string[]> {
  const missing = await Promise.all(
    probes.map(async ({ right, ask }) => {
      try {
        await ask(connections, caller, bucket);
        return [];
      } catch (error) {
        if (errorCode(error)?.startsWith("AccessDenied")) return [right];
        if (harmless.has(errorStatus(error) ?? 0)) return [];
        throw error;
      }
    }),
  );
  return missing.flat();
}
