import type {
  EnvironmentConfig,
  EnvironmentInput,
} from "../../../../environments/schema/environment.ts";

/** Text of a file of the project, and what somebody writes instead. */
export interface Written {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Something that the gate has to refuse, and the words by which it does. */
export interface Refusal {
  /** What somebody does, as the statement says it. */
  readonly what: string;
  readonly rule: string;
  readonly words: RegExp;
}

/** A change of the project that would cost data or open something, and what the gate says. */
export interface Danger {
  readonly name: string;
  readonly change?: (input: EnvironmentInput, config: EnvironmentConfig) => EnvironmentInput;
  readonly written?: readonly Written[];
  readonly refused: readonly Refusal[];
  /** Whether a reason for each rule lets the plan pass; Terraform itself never lets what it protects go. */
  readonly passesWithReasons: boolean;
}

const policies = "constructs/storage/policies.ts";

/** Smaller than production's: this size has one node only, for which the rules want a reason. */
const smallerCache = {
  size: "db-s-1vcpu-1gb",
  nodes: 1,
  singleNodeReason: "Previews may stop while the node is replaced.",
} as const;

/** Everything that somebody might write one day. */
export const dangers: readonly Danger[] = [
  {
    name: "lowering",
    change: (input, { tier }) => ({
      ...input,
      ...(tier === "production"
        ? { cache: { ...input.cache, ...smallerCache } }
        : {
            database: {
              ...input.database,
              size: "db-s-1vcpu-1gb",
              pool: { size: 5 },
              reservedConnections: 5,
            },
          }),
      storage: {
        ...input.storage,
        backups: { objectLock: { mode: "GOVERNANCE", days: 1 } },
      },
    }),
    refused: [
      {
        what: "a smaller size of a cluster",
        rule: "never-lowered",
        words: /size db-s-\S+, or more/,
      },
      {
        what: "fewer days of a locked bucket",
        rule: "bucket-protection",
        words: /object lock GOVERNANCE for 1 days/,
      },
    ],
    passesWithReasons: true,
  },
  {
    name: "replacing",
    change: (input) => ({ ...input, product: "dam" }),
    refused: [
      {
        what: "another name of everything",
        rule: "stateful",
        words: /database cluster mam-\S+-postgres/,
      },
      {
        what: "another name of storage users",
        rule: "storage-user-renamed",
        words: /aws_iam_user\./,
      },
    ],
    passesWithReasons: false,
  },
  {
    name: "replacing buckets",
    change: (input) => ({
      ...input,
      storage: { ...input.storage, bucketPrefix: "northlight-media" },
    }),
    refused: [
      { what: "another name of the buckets", rule: "stateful", words: /it holds the masters/ },
    ],
    passesWithReasons: false,
  },
  {
    name: "destroying",
    change: (input) => ({
      ...input,
      product: "dam",
      tier: "staging",
      state: {
        ...input.state,
        destroy: { allowed: true, allowedReason: "to see what the gate says" },
      },
    }),
    refused: [
      {
        what: "a cluster that goes because the files allow it",
        rule: "stateful",
        words: /database cluster mam-\S+-postgres/,
      },
      {
        what: "a storage user that goes because the files allow it",
        rule: "storage-user-renamed",
        words: /aws_iam_user\./,
      },
    ],
    passesWithReasons: true,
  },
  {
    name: "opening",
    written: [
      {
        file: "constructs/database/trusted-sources.ts",
        find: "value: config.network.vpcCidr",
        replace: 'value: "0.0.0.0/0"',
      },
      {
        file: policies,
        find: "    Statement: [\n      {\n        ...everything,",
        replace:
          '    Statement: [\n      { Sid: "Public", Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource: [arns.objects] },\n      {\n        ...everything,',
      },
      { file: policies, find: '  "s3:BypassGovernanceRetention",\n', replace: "" },
    ],
    refused: [
      {
        what: "a firewall that lets the internet in",
        rule: "database-firewall",
        words: /ip_addr 0\.0\.0\.0\/0/,
      },
      {
        what: "a policy that lets everybody read",
        rule: "public-bucket",
        words: /nothing allowed to everybody/,
      },
      {
        what: "a policy that refuses less",
        rule: "weaker-policy",
        words: /DenyDestruction is refused no more, or less of it/,
      },
    ],
    passesWithReasons: true,
  },
];
