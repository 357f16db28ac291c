import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";

import type { Clients } from "../../../operations/context/clients.ts";

/** Clients of a Wasabi account in which nothing stands. */
export function anEmptyWasabi(): Pick<Clients, "wasabiStorage" | "wasabiIam" | "wasabiSts"> {
  const missing = {
    send: () =>
      Promise.reject(Object.assign(new Error("missing"), { $metadata: { httpStatusCode: 404 } })),
  };
  const caller = { send: () => Promise.resolve({ Account: "100000000001" }) };
  // Only what is sent is looked at.
  return {
    wasabiStorage: () => missing as unknown as S3Client,
    wasabiIam: () => missing as unknown as IAMClient,
    wasabiSts: () => caller as unknown as STSClient,
  };
}
