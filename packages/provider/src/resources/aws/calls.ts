import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { errorCode, errorStatus, wordsOf } from "@mam-infra/clients/aws-error";
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

/** Which operation of which service a refusal answers, in the words of the AWS SDK for Go. */
const refused = new WeakMap<object, string>();

/** A client whose refusals are remembered with their operation. The SDK's own errors do not say it. */
export function rememberOperations<Client extends IAMClient | S3Client>(client: Client): Client {
  const stack: RefusalStack = client.middlewareStack;
  stack.add(
    (next, { clientName = "", commandName = "" }) =>
      (args) =>
        next(args).catch((refusal: unknown) => {
          const [service, operation] = [
            clientName.replace(/Client$/, ""),
            commandName.replace(/Command$/, ""),
          ];
          if (refusal instanceof Error) refused.set(refusal, `${service}: ${operation}`);
          throw refusal;
        }),
    { step: "initialize", name: "rememberOperation" },
  );
  return client;
}

interface RefusalStack {
  add(
    middleware: (
      next: (args: { input: object }) => Promise<{ output: object; response: unknown }>,
      context: { readonly clientName?: string; readonly commandName?: string },
    ) => (args: { input: object }) => Promise<{ output: object; response: unknown }>,
    options: { readonly step: "initialize"; readonly name: string },
  ): void;
}

/**
 * A failure that says what was being done and how the platform refused, as the AWS SDK for Go words it: whoever has
 * seen a failure here recognises it in production.
 */
export function awsFailure(doing: string, refusal: unknown): ProviderFailure {
  const [status, code] = [errorStatus(refusal), errorCode(refusal)];
  if (status === undefined || code === undefined || !(refusal instanceof Error)) {
    return failureOf(doing, refusal);
  }
  const parts = [
    `operation error ${refused.get(refusal) ?? "AWS"}`,
    `https response error StatusCode: ${status}`,
    ...identifiersOf(refusal),
    `${isModelled(refusal) ? "" : "api error "}${code}: ${wordsOf(refusal)}`,
  ];
  return new ProviderFailure(`${doing}: ${parts.join(", ")}`, { cause: refusal });
}

const answer = z.object({
  $metadata: z.object({
    requestId: z.string().default(""),
    extendedRequestId: z.string().optional(),
  }),
});

/** What the platform's support needs to find a request again. Only S3 names a host. */
function identifiersOf(refusal: Error): readonly string[] {
  const { requestId, extendedRequestId } = answer.parse(refusal).$metadata;
  const host = refused.get(refusal)?.startsWith("S3") === true ? [extendedRequestId ?? ""] : [];
  return [`RequestID: ${requestId}`, ...host.map((id) => `HostID: ${id}`)];
}

/** Whether the SDK knows the error: of IAM's calls it knows them, of those to buckets none. */
function isModelled(refusal: Error): boolean {
  return refused.get(refusal)?.startsWith("IAM") === true && refusal.name !== errorCode(refusal);
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
