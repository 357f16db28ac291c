import { readFileSync } from "node:fs";

import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";

import { exampleFile } from "../../src/program/seed-file.ts";
import { Elsewhere } from "./support/program.ts";

const addresses = z.object({
  endpoints: z.object({ digitalOcean: z.string(), wasabiS3: z.string(), spaces: z.string() }),
  environment: z.record(z.string(), z.string()),
});

let elsewhere: Elsewhere;
beforeEach(() => {
  elsewhere = new Elsewhere();
});
afterEach(() => elsewhere.remove());

test("started elsewhere it plays what the seed says, and SIGTERM ends it with 0", async () => {
  elsewhere.write("seed.json", readFileSync(exampleFile, "utf8"));
  const program = elsewhere.start("--seed", "seed.json", "--json");
  const { endpoints, environment } = addresses.parse(JSON.parse(await program.said()));

  const account = await fetch(`${endpoints.digitalOcean}/v2/account`, {
    headers: { authorization: "Bearer dop_v1_example" },
  });
  expect(await account.json()).toMatchObject({ account: { email: "owner@example.com" } });

  const s3 = new S3Client({
    endpoint: endpoints.wasabiS3,
    region: "us-east-1",
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    credentials: { accessKeyId: "EXAMPLEROOTKEY", secretAccessKey: "example-root-secret" },
  });
  await s3.send(new CreateBucketCommand({ Bucket: "uploads" }));
  const put = await s3.send(new PutObjectCommand({ Bucket: "uploads", Key: "a", Body: "text" }));
  expect(put.$metadata.httpStatusCode).toBe(200);
  expect(environment).toMatchObject({
    DIGITALOCEAN_API_URL: endpoints.digitalOcean,
    DIGITALOCEAN_TOKEN: "dop_v1_example",
    AWS_ENDPOINT_URL_S3: endpoints.wasabiS3,
    AWS_ACCESS_KEY_ID: "EXAMPLEROOTKEY",
    SPACES_ENDPOINT_URL: endpoints.spaces,
  });

  program.end("SIGTERM");
  expect(await program.ended).toMatchObject({ exitCode: 0, stderr: "" });
});

test("a person reads what to paste, and Ctrl-C ends it with 0", async () => {
  const program = elsewhere.start();
  expect(await program.said()).toContain("run on this machine");
  program.end("SIGINT");

  const { exitCode, stdout } = await program.ended;
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^export DIGITALOCEAN_API_URL='http:\/\/127\.0\.0\.1:\d+'$/m);
  expect(stdout).toMatch(/curl http:\S+\/__ledger/);
});

test("a wrong seed ends with 2, and everything that is wrong with it is said at once", async () => {
  elsewhere.write(
    "seed.json",
    JSON.stringify({
      digitalOcean: { tokens: [{ value: "", scopes: "full" }], members: ["nobody"] },
      wasabi: {
        accountId: "100000000001",
        rootAccessKey: { accessKeyId: "A", secretAccessKey: "B" },
        region: "us-east-1",
        users: [
          { name: "u", accessKeyId: "C", secretAccessKey: "D", policies: { p: { Version: "1" } } },
        ],
      },
      spaces: { accessKeys: [], bucket: [] },
    }),
  );
  const { exitCode, stderr, stdout } = await elsewhere.start("--seed", "seed.json").ended;

  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  for (const path of [
    "digitalOcean.tokens.0.value",
    "digitalOcean.members.0",
    "wasabi.users.0.policies.p",
    "spaces.buckets",
    "spaces.bucket",
  ]) {
    expect(stderr).toContain(`seed.json: ${path}\n`);
  }
  expect(stderr).toContain("fix       remove it, or correct its name");
});
