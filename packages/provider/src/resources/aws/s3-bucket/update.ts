import type { ResourceData } from "../../../engine/data.ts";
import { repeatWhile } from "../../../engine/repeat.ts";
import { attemptOnAws, refusedAs, type AwsContext } from "../calls.ts";
import { cors } from "./cors.ts";
import { lifecycle } from "./lifecycle.ts";
import { objectLock } from "./object-lock.ts";
import type { WritableSetting } from "./setting.ts";
import { versioning } from "./versioning.ts";

/** In the order in which the provider writes (provider 5.100.0, service/s3/bucket.go). */
const settings: readonly WritableSetting[] = [cors, versioning, lifecycle, objectLock];

/** Writes the settings that changed. One that the configuration no longer has did not change: it stays as it is. */
export async function writeSettings(data: ResourceData, context: AwsContext): Promise<void> {
  for (const { attribute, doing, title, write } of settings) {
    if (!data.changed(attribute)) continue;
    await attemptOnAws(`${doing(data)} S3 Bucket (${data.id}) ${title}`, () =>
      repeatWhile(
        context,
        data.timeoutSeconds("update"),
        (refusal) => refusedAs(refusal, "NoSuchBucket"),
        () => write(context.client.storage, data.id, data),
      ),
    );
  }
}
