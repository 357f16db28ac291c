import { randomBytes } from "node:crypto";

import { packages } from "@mam-infra/clients/packages";
import type { Session } from "../context/session.ts";
import type { Bundle } from "./bundle.ts";

/** How long the address of a bundle opens it, in seconds: what a machine may take to boot and to ask. */
export const addressSeconds = 15 * 60;

/** First letters of the keys of bundles in the state bucket. */
const prefix = "gpu-bootstrap/";

/** A bundle that lies where one machine can fetch it. */
export interface LaidBundle {
  /** Presigned: whoever has it has the bundle, until it is removed or the time is over. */
  readonly address: string;
  /** Removes it for good, with every version of it. */
  readonly remove: () => Promise<void>;
}

/**
 * Lays a bundle into the state bucket, which holds the same secrets in the states themselves, and which nobody else reads.
 * The bucket keeps versions, so that a mere deletion would keep the bundle.
 */
export async function layBundle(session: Session, bundle: Bundle): Promise<LaidBundle> {
  const { backend } = session.environment.config.state;
  if (backend.kind !== "spaces") throw new Error("machines need the states in a Spaces bucket");
  const { PutObjectCommand, GetObjectCommand, DeleteObjectCommand } = packages.s3();
  const { getSignedUrl } = packages.presigner();
  const { name } = session.environment.config;
  const place = {
    Bucket: backend.bucket,
    Key: `${prefix}${name}-${randomBytes(16).toString("hex")}.json`,
  };
  const Body = JSON.stringify(bundle);
  const { VersionId } = await session.clients
    .spaces()
    .send(new PutObjectCommand({ ...place, Body, ContentType: "application/json" }));
  const version = VersionId === undefined ? {} : { VersionId };
  const address = await getSignedUrl(session.clients.spaces(), new GetObjectCommand(place), {
    expiresIn: addressSeconds,
  });
  session.redactor.learn([address]);
  return {
    address,
    remove: async () => {
      // Also after an interruption: what it holds must not lie there.
      const spaces = session.clients.finishing().spaces();
      await spaces.send(new DeleteObjectCommand({ ...place, ...version }));
    },
  };
}
