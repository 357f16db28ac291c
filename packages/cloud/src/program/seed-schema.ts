import { isAbsolute } from "node:path";

import { z } from "zod";

import type { CloudSeed } from "../cloud.ts";
import { isDatacentre } from "../digitalocean/regions.ts";
import type { SeedImage } from "../digitalocean/seed.ts";
import { faultSchema } from "../faults.ts";
import { MalformedPolicyError, parsePolicy } from "../wasabi/policy-document.ts";

const text = z.string().min(1, { error: "a text that is not empty" });

const mail = z.email({ error: "a mail address" });

const keyPair = { accessKeyId: text, secretAccessKey: text };

const program = z.strictObject({
  directory: text.refine(isAbsolute, { error: "the absolute path of a folder" }),
  command: z.tuple([text], text, { error: "a command and its arguments" }),
});

/** As `/v2/registry` names an image: a program, or what decides how its containers behave. */
const image = z
  .strictObject({
    tags: z.array(text).exactOptional(),
    healthy: z.boolean().exactOptional(),
    migration: z.enum(["succeeds", "fails"]).exactOptional(),
    startSeconds: z.number().min(0).exactOptional(),
    verifiesLinks: z.boolean().exactOptional(),
    program: program.exactOptional(),
  })
  .transform((written, context): SeedImage => {
    const { healthy, migration, startSeconds, program: run, ...rest } = written;
    if (run) return { program: run, ...rest };
    if (healthy !== undefined && migration && startSeconds !== undefined) {
      return { healthy, migration, startSeconds, ...rest };
    }
    const needed = { healthy, migration, startSeconds };
    for (const [name, value] of Object.entries(needed)) {
      const message = `${name}, unless the image is a program, and nothing is there`;
      if (value === undefined) context.addIssue({ code: "custom", path: [name], message });
    }
    return z.NEVER;
  });

/** How programs are run, as far as a file can say it. */
const programs = z.strictObject({
  scale: z.number().positive().exactOptional(),
  startSeconds: z.number().min(0).exactOptional(),
  requestSeconds: z.number().positive().exactOptional(),
});

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, {
  error: "a digest: sha256: and 64 hexadecimal digits",
});

const repositories = z.record(text, z.record(digest, image));

const digitalOcean = z.strictObject({
  tokens: z
    .array(
      z.strictObject({
        value: text,
        scopes: z.union([z.enum(["full", "read"]), z.array(text).min(1)], {
          error: `"full", "read" or a list of scopes such as ["app:read"]`,
        }),
      }),
    )
    .min(1, { error: "at least one token: every call needs one" }),
  members: z.tuple([mail], mail, { error: "mail addresses, the owner's first" }),
  registry: repositories.default({}),
  registryName: text.exactOptional(),
  externalImages: z.partialRecord(z.enum(["GHCR", "DOCKER_HUB"]), repositories).exactOptional(),
  externalRecords: z.record(text, text).exactOptional(),
  externalAddresses: z.record(text, z.array(z.ipv4())).exactOptional(),
  delegations: z.record(text, z.array(text)).exactOptional(),
  externalAuthorities: z.record(text, z.array(text)).exactOptional(),
  defaultVpcs: z.boolean().exactOptional(),
  hadDatabases: z.boolean().exactOptional(),
});

/** A policy document as JSON, or what Wasabi would say against it. */
const policy = z.record(z.string(), z.unknown()).transform((document, context) => {
  const written = JSON.stringify(document);
  try {
    parsePolicy(written, "identity");
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    context.addIssue({ code: "custom", message: `a policy that Wasabi takes: ${error.message}` });
  }
  return written;
});

const wasabi = z.strictObject({
  accountId: z.string().regex(/^\d{12}$/, { error: "twelve digits" }),
  rootAccessKey: z.strictObject(keyPair),
  adminUsers: z.array(z.strictObject({ name: text, ...keyPair })).exactOptional(),
  users: z
    .array(z.strictObject({ name: text, ...keyPair, policies: z.record(text, policy) }))
    .exactOptional(),
  region: z.string().regex(/^[a-z]+(-[a-z]+)+-\d$/, { error: "a region such as eu-central-2" }),
  takenBucketNames: z.array(text).exactOptional(),
  ignoresConditions: z.boolean().exactOptional(),
  readsTrailers: z.boolean().exactOptional(),
});

const spaces = z.strictObject({
  accessKeys: z.array(
    z.strictObject({ ...keyPair, permission: z.enum(["full", "read"]).exactOptional() }),
  ),
  buckets: z.array(text),
  region: z.string().refine(isDatacentre, { error: "a datacentre such as nyc3" }).exactOptional(),
  ignoresConditions: z.boolean().exactOptional(),
});

/**
 * A seed as it is written in JSON. Unknown fields are refused: a misspelt one would pass as its default. Each field is
 * that of {@link CloudSeed}, but for policies, which are documents here, and the projects' Spaces buckets, which are
 * those of `spaces`.
 */
export const seedSchema = z
  .strictObject({
    speed: z.number().positive().exactOptional(),
    digitalOcean,
    wasabi,
    spaces,
    programs: programs.exactOptional(),
    faults: z.array(faultSchema).exactOptional(),
  })
  .transform((seed): CloudSeed => ({
    ...seed,
    digitalOcean: { ...seed.digitalOcean, spaces: seed.spaces.buckets },
  }));
