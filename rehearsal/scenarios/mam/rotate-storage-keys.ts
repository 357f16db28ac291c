import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";

import { bucketName } from "../../../constructs/storage/tiers.ts";
import { errorCode } from "@mam-infra/clients/aws-error";
import { type AccessKey } from "@mam-infra/clients/aws-sdk";
import { succeeded } from "../../harness/commands.ts";
import { askedFromNow } from "../../harness/asked.ts";
import { lockKeys } from "../../harness/states.ts";
import { withStorage } from "../../harness/wasabi-storage.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { containerVariable } from "./links.ts";

/**
 * Requests of the two deployments that bring new keys, and of the one that takes the old ones: 151 and 92, and 27 where the app stood
 * otherwise than its state said, so that it is asked for once more.
 */
const mostRequests = { rotate: 185, retire: 125 };

/** Minutes that pass while a rotation waits: more than an upload address lives. */
const longerThanUploads = 24 * 60;

/** The keys of every storage role get successors; the old ones work until they are retired, and then never again. */
export const rotateStorageKeys: Scenario = {
  name: "rotate-storage-keys",
  title: "new storage keys, with the old ones working until they are retired",
  after: ["mam-deploy"],
  async play(context) {
    const { cloud, sealedMam, releases, tell, expect } = context;
    await asAdministrator(context, (storage, object) =>
      storage.send(new PutObjectCommand({ ...object, Body: "a preview" })),
    );
    const old = edgeKey(context);
    expect("the edge's key reads a preview", (await answerTo(context, old)) === "read");

    tell("mam secrets rotate storage-keys");
    const askedToRotate = askedFromNow(cloud);
    const rotated = await sealedMam.run("secrets rotate", "storage-keys", "--yes");
    expect("mam secrets rotate ends well", succeeded(rotated));
    expect(
      "it asks DigitalOcean the same once for both stages",
      askedToRotate.atMost(mostRequests.rotate),
    );
    const next = edgeKey(context);
    expect("the edge has another key", next.accessKeyId !== old.accessKeyId);
    expect("the new key works", (await answerTo(context, next)) === "read");
    expect("the old key works as well", (await answerTo(context, old)) === "read");

    tell("mam secrets rotate storage-keys --retire");
    releases.letWaitingPass(longerThanUploads);
    const askedToRetire = askedFromNow(cloud);
    const retired = await sealedMam.run("secrets rotate", "storage-keys", "--retire", "--yes");
    expect("mam secrets rotate --retire ends well", succeeded(retired));
    expect(
      "it asks DigitalOcean as little as a release",
      askedToRetire.atMost(mostRequests.retire),
    );
    expect("the old key is refused", (await answerTo(context, old)) === "InvalidAccessKeyId");
    expect("the new key goes on working", (await answerTo(context, next)) === "read");
    expect("every user has one key", usersWithMoreKeys(context));

    tell("mam verify and plan, without a secret supplied");
    expect("mam verify agrees", succeeded(await sealedMam.run("verify")));
    const plan = await sealedMam.run("plan", "--detailed-exitcode", "--all");
    expect("mam plan finds nothing to change", succeeded(plan));
    expect("no lock is left behind", lockKeys(cloud));
    await asAdministrator(context, (storage, object) =>
      storage.send(new DeleteObjectCommand(object)),
    );
  },
};

function edgeKey({ cloud }: ScenarioContext): AccessKey {
  return {
    accessKeyId: containerVariable(cloud, "edge", "WASABI_PREVIEWS_ACCESS_KEY"),
    secretAccessKey: containerVariable(cloud, "edge", "WASABI_PREVIEWS_SECRET"),
  };
}

interface StoredObject {
  readonly Bucket: string;
  readonly Key: string;
}

const previewOf = ({ cloud }: ScenarioContext): StoredObject => ({
  Bucket: bucketName(cloud.environment.config, "previews"),
  Key: "act/preview",
});

/** `read`, or why storage does not let a key read the preview. */
async function answerTo(context: ScenarioContext, key: AccessKey): Promise<string | undefined> {
  try {
    await withStorage(context, key, (storage) =>
      storage.send(new GetObjectCommand(previewOf(context))),
    );
    return "read";
  } catch (error) {
    return errorCode(error);
  }
}

function asAdministrator(
  context: ScenarioContext,
  action: (storage: S3Client, object: StoredObject) => Promise<unknown>,
): Promise<void> {
  return withStorage(context, context.cloud.credentials.wasabiRoot, (storage) =>
    action(storage, previewOf(context)),
  );
}

function usersWithMoreKeys({ cloud }: ScenarioContext): string[] {
  return [...cloud.wasabi.account.users.values()]
    .filter(({ accessKeys }) => accessKeys.size > 1)
    .map(({ name, accessKeys }) => `${name} has ${accessKeys.size}`);
}
