import { z } from "zod";

import { defaultedGroup, field } from "./field.ts";

const given = (pattern: RegExp, what: string, without: string, example: string) =>
  field(z.string().regex(pattern).optional(), {
    meaning: `Name that ${what} has. Without it, ${without}.`,
    unit: "name",
    examples: [example],
  });

const one = (pattern: RegExp, what: string, example: string) =>
  given(pattern, what, "one is made of `product` and `name`", example);

const bucketPattern = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Whether a bucket may have a name: dots, which S3 allows, break TLS. */
export const isLegalBucketName = (name: string): boolean => bucketPattern.test(name);

const bucket = (tier: string) =>
  given(
    bucketPattern,
    `the bucket of ${tier}`,
    `it is \`storage.bucketPrefix\` with \`-${tier}\` behind it`,
    `northlight-${tier}`,
  );

const cluster = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Names of what stood before there was this environment. */
export const adoptedSchema = defaultedGroup(
  "Names of what was made by hand, before there was this environment: docs/adopting.md. A new environment has none of them; that of the PostgreSQL cluster is `database.cluster`.",
  {
    app: one(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/, "the app", "web-shop"),
    vpc: one(/^[A-Za-z0-9][A-Za-z0-9.-]{0,254}$/, "the VPC", "default-nyc1"),
    project: one(/^\S.{0,174}$/, "the project", "Web shop"),
    valkey: one(cluster, "the Valkey cluster", "db-valkey-nyc1-1"),
    pool: given(/^[A-Za-z0-9_-]{1,63}$/, "the API's connection pool", "it is `api`", "web-pool"),
    buckets: defaultedGroup("Names that the buckets have.", {
      staging: bucket("staging"),
      masters: bucket("masters"),
      previews: bucket("previews"),
      backups: bucket("backups"),
    }),
  },
);
