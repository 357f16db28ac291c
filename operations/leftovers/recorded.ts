import { managedIn } from "../terraform/managed.ts";

/** A resource that a state knows. */
export interface RecordedResource {
  readonly type: string;
  readonly address: string;
  /** What Terraform knows it by; undefined for one that was never made. */
  readonly id: string | undefined;
}

/**
 * The resources that states know.
 *
 * @param texts the whole states.
 */
export function recordedIn(texts: readonly string[]): RecordedResource[] {
  return texts
    .flatMap(managedIn)
    .flatMap(({ type, address, instances }) =>
      instances.map(({ id }) => ({ type, address, id: id ?? undefined })),
    );
}
