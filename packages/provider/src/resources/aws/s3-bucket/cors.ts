import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  type CORSRule,
} from "@aws-sdk/client-s3";
import { numberIn, textsOf, type PlainBlock } from "../../../engine/data.ts";
import { puttingOrDeleting, type WritableSetting } from "./setting.ts";

function rule(block: PlainBlock): CORSRule {
  const list = (name: string): string[] => [...textsOf(block[name])];
  const [headers, exposed] = [list("allowed_headers"), list("expose_headers")];
  return {
    AllowedMethods: list("allowed_methods"),
    AllowedOrigins: list("allowed_origins"),
    ...(headers.length > 0 ? { AllowedHeaders: headers } : {}),
    ...(exposed.length > 0 ? { ExposeHeaders: exposed } : {}),
    MaxAgeSeconds: numberIn(block, "max_age_seconds"),
  };
}

function block(held: CORSRule): PlainBlock {
  return {
    allowed_headers: held.AllowedHeaders ?? [],
    allowed_methods: held.AllowedMethods ?? [],
    allowed_origins: held.AllowedOrigins ?? [],
    expose_headers: held.ExposeHeaders ?? [],
    max_age_seconds: held.MaxAgeSeconds,
  };
}

/** Which pages may use the bucket from a browser. */
export const cors: WritableSetting = {
  title: "CORS configuration",
  attribute: "cors_rule",
  absentCodes: ["NoSuchCORSConfiguration"],
  absent: { cors_rule: [] },
  read: async (storage, bucket) => {
    const { CORSRules = [] } = await storage.send(new GetBucketCorsCommand({ Bucket: bucket }));
    return CORSRules.length === 0 ? undefined : { cors_rule: CORSRules.map(block) };
  },
  doing: puttingOrDeleting("cors_rule"),
  write: (storage, bucket, data) => {
    const rules = data.blocks("cors_rule").map(rule);
    return rules.length === 0
      ? storage.send(new DeleteBucketCorsCommand({ Bucket: bucket }))
      : storage.send(
          new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules: rules } }),
        );
  },
};
