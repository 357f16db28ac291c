import type { Session } from "../context/session.ts";
import { possibleStacks, stackName } from "../terraform/stack-kinds.ts";
import { askAsNobody } from "./as-nobody.ts";

/** Something that anybody on the internet may do with the bucket of the states. */
export interface OpenDoor {
  /** Such as `anybody may list it`. */
  readonly found: string;
  /** What shuts it. */
  readonly fix: string;
}

/**
 * What anybody may do with the bucket of the states, tried without a key: an access control list or a bucket policy may let
 * them, and only the try counts both. Nothing for a private bucket.
 */
export async function openToAnybody(session: Session, bucket: string): Promise<OpenDoor[]> {
  const { environment, endpoints } = session;
  const { name } = environment.config;
  const isAnswered = async (path: string) => {
    const status = await askAsNobody(session, `${endpoints.spaces}/${bucket}${path}`);
    return status >= 200 && status < 300;
  };
  const states = possibleStacks(environment.config).map(
    (kind) => `${stackName(name, kind)}.tfstate`,
  );
  const [isListed, ...areRead] = await Promise.all([
    isAnswered("?list-type=2&max-keys=1"),
    ...states.map((state) => isAnswered(`/${state}`)),
  ]);
  const read = states.filter((_, index) => areRead[index]);
  return [
    ...(isListed ? [{ found: "anybody may list it", fix: `mam state bootstrap ${name}` }] : []),
    ...(read.length > 0
      ? [{ found: `anybody may read ${read.join(", ")}`, fix: withoutPolicy(session, bucket) }]
      : []),
  ];
}

/** The line that takes away a bucket policy, which neither Terraform nor `mam` ever sets there. */
export const withoutPolicy = ({ endpoints }: Session, bucket: string) =>
  `aws s3api delete-bucket-policy --endpoint-url ${endpoints.spaces} --bucket ${bucket}`;
