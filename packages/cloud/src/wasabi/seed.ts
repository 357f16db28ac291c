import { type Account, accessKey, newId } from "./account.ts";

/** A pair of keys that a rehearsal gives out. */
interface WasabiKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What stands on Wasabi when a rehearsal begins. */
export interface WasabiSeed {
  /** Twelve digits. */
  readonly accountId: string;
  /** Keys of the account's root, whom no policy needs to allow anything. */
  readonly rootAccessKey: WasabiKey;
  /** Users that may do everything, such as the one that Terraform runs as. */
  readonly adminUsers?: readonly (WasabiKey & { readonly name: string })[];
  /** Users with inline policies of their own, by name. */
  readonly users?: readonly (WasabiKey & {
    readonly name: string;
    readonly policies: Readonly<Record<string, string>>;
  })[];
  /** Region of the S3 endpoint; Wasabi's names are not AWS's places. */
  readonly region: string;
  /** Bucket names that other customers have: names are unique over all of Wasabi. */
  readonly takenBucketNames?: Iterable<string>;
  /** Plays a store that takes a conditional write for a plain one; default false. */
  readonly ignoresConditions?: boolean;
  /**
   * Reads checksums that follow the body; default false, because uploads that carry them were reported to fail on
   * Wasabi with IncompleteBody (github.com/boto/boto3/issues/4102).
   */
  readonly readsTrailers?: boolean;
  /** Time against which signatures are judged; default: the wall clock, because clients sign by theirs. */
  readonly signatureTime?: () => Date;
}

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** The account as it is when a rehearsal begins. */
export function seedAccount(
  { accountId, rootAccessKey, adminUsers = [], users = [] }: WasabiSeed,
  now: Date,
): Account {
  const keys = ({ accessKeyId, secretAccessKey }: WasabiKey) =>
    new Map([[accessKeyId, accessKey(accessKeyId, secretAccessKey, now)]]);
  return {
    id: accountId,
    rootKeys: keys(rootAccessKey),
    users: new Map(
      [
        ...adminUsers.map((admin) => ({ ...admin, policies: { administrator: everything } })),
        ...users,
      ].map((user) => [
        user.name.toLowerCase(),
        {
          id: newId("AIDA"),
          name: user.name,
          path: "/",
          createdAt: now,
          accessKeys: keys(user),
          inlinePolicies: new Map(Object.entries(user.policies)),
          attachedPolicies: new Set<string>(),
        },
      ]),
    ),
    groups: new Map(),
    policies: new Map(),
  };
}
