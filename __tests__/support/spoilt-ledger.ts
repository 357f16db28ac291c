import { PutObjectCommand } from "@aws-sdk/client-s3";

import { entryOf } from "../operations/ledger/entries.ts";
import type { TestPlatform } from "./platform.ts";

/** Makes a ledger that a later version, and somebody with an editor, have had their hands in. */
export async function spoilLedger(platform: TestPlatform): Promise<void> {
  const session = platform.session();
  const { backend } = session.environment.config.state;
  const releases = [{ ...entryOf("later"), result: "failed", wave: 3 }, { id: "cut-off" }];
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  const Body = JSON.stringify({ version: 1, releases });
  const Key = `${session.environment.config.name}.ledger.json`;
  await session.clients.spaces().send(new PutObjectCommand({ Bucket, Key, Body }));
}
