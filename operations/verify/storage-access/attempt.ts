import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { errorCode, errorStatus } from "@mam-infra/clients/aws-error";
import type { Session } from "../../context/session.ts";
import { askAsNobody } from "../../platform/as-nobody.ts";
import type { AccessCheck } from "./access-checks.ts";

/** What an access check came to: `allowed`, `refused`, or the platform's word for anything else, such as a key that is unknown. */
export type AccessOutcome = string;

/** Where something is tried. */
export interface AccessPlace {
  readonly bucket: string;
  /** Prefix for what is written. */
  readonly prefix: string;
  /** Whether an object that is written may be impossible to delete. */
  readonly keepsWhatIsWritten: boolean;
  /** Key to be read; undefined in an empty bucket where no object may be written for it. */
  readonly readable: string | undefined;
}

type Attempt = (client: S3Client, check: AccessCheck, place: AccessPlace) => Promise<unknown>;

const attempts: Readonly<Record<AccessCheck["action"], Attempt>> = {
  read: async (client, _, { bucket, readable }) => {
    const first = { Bucket: bucket, Key: readable, Range: "bytes=0-0" };
    const { Body } = await client.send(new GetObjectCommand(first));
    await Body?.transformToByteArray();
  },
  write: (client, { role }, { bucket, prefix, keepsWhatIsWritten }) => {
    const object = { Bucket: bucket, Key: `${prefix}/${role}` };
    // An upload that is begun takes the same permission as an object, and no more than being given up.
    return keepsWhatIsWritten
      ? client.send(new CreateMultipartUploadCommand(object))
      : client.send(new PutObjectCommand({ ...object, Body: "probe" }));
  },
  delete: (client, { role }, { bucket, prefix }) =>
    client.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${prefix}/${role}-deletes` })),
  list: (client, _, { bucket }) =>
    client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 })),
  publish: (client, { role }, { bucket, prefix }) =>
    client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `${prefix}/${role}-public`,
        Body: "probe",
        ACL: "public-read",
      }),
    ),
};

/** Tries something with a service's key. */
export async function attemptAccess(
  client: S3Client,
  check: AccessCheck,
  place: AccessPlace,
): Promise<AccessOutcome> {
  try {
    await attempts[check.action](client, check, place);
    return "allowed";
  } catch (error) {
    return outcomeOf(error);
  }
}

/** Tries to read an object as anybody on the internet. */
export async function attemptAsNobody(
  session: Session,
  { bucket, readable = "none" }: AccessPlace,
): Promise<AccessOutcome> {
  const path = [bucket, ...readable.split("/")].map(encodeURIComponent).join("/");
  const status = await askAsNobody(session, `${session.endpoints.wasabiS3}/${path}`);
  if (status === 403) return "refused";
  return status < 300 ? "allowed" : `answered with ${status}`;
}

function outcomeOf(error: unknown): AccessOutcome {
  // Nothing to read in an empty object, for somebody who may read it.
  if (errorStatus(error) === 416) return "allowed";
  const code = errorCode(error);
  if (code === undefined) throw error;
  return code === "AccessDenied" ? "refused" : code;
}
