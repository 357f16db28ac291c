import { type Bucket, requireBucket } from "../store.ts";
import { type Call, type Operation, type S3Answer, requires } from "./operation.ts";

/** A setting of a bucket with a sub-resource of its own. */
export interface Configuration {
  /** Query parameter, such as `cors`. */
  readonly subresource: string;
  /** Names of the operations, without `Get`, `Put` and `Delete`. */
  readonly noun: string;
  readonly readAction: string;
  readonly writeAction: string;
  /** `Delete` needs the same permission as `Put`, unless there is one of its own. */
  readonly deleteAction?: string;
  readonly headers?: readonly string[];
  readonly read: (bucket: Bucket, call: Call) => S3Answer;
  readonly write?: (bucket: Bucket, call: Call) => void;
  readonly remove?: (bucket: Bucket) => void;
  /** Status of `Put`; default 200. */
  readonly writeStatus?: number;
}

/** The operations that read, write and remove a setting. */
export function operationsOf(configuration: Configuration): Operation[] {
  const { subresource, noun, read, write, remove } = configuration;
  const common = { level: "bucket", selectors: [subresource] } as const;
  const bucketOf = ({ request, host }: Call) => requireBucket(host.store, request.bucket);
  const operations: Operation[] = [
    {
      ...common,
      name: `Get${noun}`,
      method: "GET",
      permissions: requires(configuration.readAction),
      run: (call) => read(bucketOf(call), call),
    },
  ];
  if (write) {
    operations.push({
      ...common,
      name: `Put${noun}`,
      method: "PUT",
      ...(configuration.headers && { headers: configuration.headers }),
      permissions: requires(configuration.writeAction),
      run(call) {
        write(bucketOf(call), call);
        return { status: configuration.writeStatus ?? 200 };
      },
    });
  }
  if (remove) {
    operations.push({
      ...common,
      name: `Delete${noun}`,
      method: "DELETE",
      permissions: requires(configuration.deleteAction ?? configuration.writeAction),
      run(call) {
        remove(bucketOf(call));
        return { status: 204 };
      },
    });
  }
  return operations;
}
