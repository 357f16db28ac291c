import { randomBytes } from "node:crypto";

import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import { errorStatus } from "@mam-infra/clients/aws-error";
import type { Session } from "../context/session.ts";
import { tidy } from "../context/tidying.ts";

/** What a store does with two locks of one name. */
export type LockProbe = "refuses the second" | "takes both";

/**
 * Proves that a store locks: puts an object on the condition that there is none, twice, as Terraform does with a lock.
 * The object is removed again with all of its versions, whatever became of the proof.
 *
 * @throws Error of the store when it does not answer, or does not let the key write or delete.
 */
export async function probeLock(session: Session, bucket: string): Promise<LockProbe> {
  const store = session.clients.spaces();
  const object = { Bucket: bucket, Key: `mam-doctor-${randomBytes(8).toString("hex")}.tflock` };
  const Body = "mam doctor proves that locks lock, and removes this again";
  const written: (string | undefined)[] = [];
  const refuses = async () => {
    try {
      const { VersionId } = await store.send(
        new PutObjectCommand({ ...object, Body, IfNoneMatch: "*" }),
      );
      written.push(VersionId);
      return false;
    } catch (error) {
      if (errorStatus(error) === 412) return true;
      throw error;
    }
  };
  try {
    // A first that is refused is one whose answer was lost, and which the client repeated: that proves it as well.
    return (await refuses()) || (await refuses()) ? "refuses the second" : "takes both";
  } finally {
    await tidy(session, (connections) =>
      Promise.all(
        written.map((VersionId) => {
          const version = VersionId === undefined ? {} : { VersionId };
          return connections.spaces().send(new DeleteObjectCommand({ ...object, ...version }));
        }),
      ),
    );
  }
}
