import { execFileSync } from "node:child_process";

import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";

import {
  NotConfigured,
  credentials,
  requireCredentials,
} from "../../../operations/context/credentials.ts";
import { failureOf } from "../../../operations/context/failure.ts";

const { digitalOceanToken, spacesAccessKey, spacesSecretKey } = credentials;

const refusedFor = (value: string): string => {
  try {
    requireCredentials([digitalOceanToken], { DIGITALOCEAN_TOKEN: value });
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(NotConfigured);
    return (error as Error).message;
  }
};

test("credentials are given in the order in which they are asked for, whatever is within them", () => {
  const variables = { AWS_ACCESS_KEY_ID: "KEY", AWS_SECRET_ACCESS_KEY: "a+b/c=d_e-f g" };

  expect(requireCredentials([spacesSecretKey, spacesAccessKey], variables)).toEqual([
    "a+b/c=d_e-f g",
    "KEY",
  ]);
});

test.each(["dop_v1_abc\n", " dop_v1_abc", "dop_v1_abc\r\n", '"dop_v1_abc"', "'dop_v1_abc'"])(
  "what stands around a credential is refused before anything is asked, with a line that takes it away: %j",
  (value) => {
    const message = refusedFor(value);
    const [, fix = ""] = /^ {2}fix: (.*)$/m.exec(message) ?? [];

    expect(message).toMatch(
      /^DIGITALOCEAN_TOKEN is exported with a line break, a blank or a quotation mark around it\n/,
    );
    expect(message).not.toContain("dop_v1_abc");
    expect(
      execFileSync("sh", ["-c", `${fix}; printf %s "$DIGITALOCEAN_TOKEN"`], {
        env: { PATH: process.env.PATH, DIGITALOCEAN_TOKEN: value },
      }).toString(),
    ).toBe("dop_v1_abc");
  },
);

const call = { method: "GET", path: "/v2/apps", attempts: 1 };
const ofS3 = (message: string, Code: string) =>
  Object.assign(new Error(message), { Code, $metadata: { httpStatusCode: 403 } });

test.each<[what: string, error: Error, advice: RegExp | undefined]>([
  [
    "a token that is not taken",
    new DigitalOceanError({ ...call, status: 401 }, "Unable to authenticate you."),
    /^ {2}fix: export DIGITALOCEAN_TOKEN=…, from https:\/\/cloud\.digitalocean\.com\/account\/api\/tokens; mam doctor qa-eu says/m,
  ],
  [
    "a token without the scope",
    new DigitalOceanError({ ...call, status: 403 }, "You are not authorized."),
    /^ {2}fix: give DIGITALOCEAN_TOKEN the scope for it/m,
  ],
  ["another refusal", new DigitalOceanError({ ...call, status: 422 }, "no"), undefined],
  [
    "a key of Spaces",
    ofS3("Spaces: GetObject: 403 SignatureDoesNotMatch", "SignatureDoesNotMatch"),
    /^ {2}fix: export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…, from /m,
  ],
  [
    "a key of Wasabi",
    ofS3("Wasabi IAM: GetUser: 403 InvalidClientTokenId", "InvalidClientTokenId"),
    /^ {2}fix: export TF_VAR_wasabi_access_key=… TF_VAR_wasabi_secret_key=…, from /m,
  ],
  ["a bucket that is not there", ofS3("Spaces: GetObject: 404", "NoSuchBucket"), undefined],
])("%s is answered with where to make another, or not at all", (_, error, advice) => {
  const { kind, message } = failureOf(error, false, "qa-eu");

  expect(kind).toBe("failed");
  expect(message).toMatch(advice ?? /^[^\n]*$/);
  expect(message).not.toContain("<environment>");
});
