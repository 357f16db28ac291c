import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import { errorCode, errorStatus } from "../../../../operations/clients/aws-sdk.ts";
import { failureOf, ProviderFailure } from "../../engine/failure.ts";
import type { ResourceContext, ResourceType } from "../../engine/resource.ts";

/** What the resources of one provider block talk to. */
export interface AwsClients {
  readonly storage: S3Client;
  readonly iam: IAMClient;
  readonly region: string;
}

/** A resource type on Wasabi, by way of the AWS provider. */
export type AwsResource = ResourceType<AwsClients>;

/** What a resource on Wasabi works with. */
export type AwsContext = ResourceContext<AwsClients>;

/** Whether the platform refused with one of the codes, `NoSuchBucket` for example. */
export function refusedAs(refusal: unknown, ...codes: readonly string[]): boolean {
  const code = errorCode(refusal);
  return code !== undefined && codes.includes(code);
}

/** A failure that says what was being done, and the platform's status and code, as the AWS SDK for Go words them. */
export function awsFailure(doing: string, refusal: unknown): ProviderFailure {
  const [status, code] = [errorStatus(refusal), errorCode(refusal)];
  if (status === undefined || code === undefined || !(refusal instanceof Error)) {
    return failureOf(doing, refusal);
  }
  return new ProviderFailure(
    `${doing}: https response error StatusCode: ${status}, api error ${code}: ${refusal.message}`,
    { cause: refusal },
  );
}

/**
 * Runs a request and, when it is refused, says what was being done.
 *
 * @throws ProviderFailure as {@link awsFailure} makes it.
 */
export async function attemptOnAws<T>(doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (refusal) {
    throw awsFailure(doing, refusal);
  }
}

/**
 * Asks for something that may be absent.
 *
 * @param absent codes of refusals that mean so.
 */
export async function unlessAbsent<T>(
  absent: readonly string[],
  request: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await request();
  } catch (refusal) {
    if (refusedAs(refusal, ...absent)) return undefined;
    throw refusal;
  }
}
