import type { Environment } from "../../../environments/loading/load.ts";
import { environmentContract } from "../../../constructs/app/contract.ts";
import { type Rotation, rotationSchema } from "../../../environments/schema/rotation.ts";
import type { Sealed } from "../../../environments/schema/sealed.ts";
import { createClients } from "../../../operations/context/clients.ts";
import { outputTo, processStreams } from "../../../operations/context/output.ts";
import { redactorOf } from "../../../operations/context/redaction.ts";
import type { Session } from "../../../operations/context/session.ts";
import { fingerprint } from "../../../operations/secrets/seal.ts";
import { endpointsOf } from "../../../stacks/endpoints.ts";
import { anEnvironment } from "../../support/environments.ts";

/** A value for a secret, long enough and different for each name. */
export const valueOf = (name: string) => `value of ${name}, which is 32 bytes or more`;

/** Every secret that a person supplies, but the log service's. */
export const everySupplied: Readonly<Record<string, string>> = Object.fromEntries(
  environmentContract
    .filter(({ source }) => source.kind === "secret")
    .map(({ name }) => [name, valueOf(name)]),
);

/**
 * A sealed file in which everything is sealed, since a day.
 *
 * @param without a component that nothing is sealed for.
 */
export function everythingSealed(sealedAt = "2026-11-01", without?: string): Sealed {
  const sealed: Record<string, Record<string, Sealed["components"][string][string]>> = {};
  for (const { name, components, source } of environmentContract) {
    if (source.kind === "value") continue;
    const isKey = source.kind === "storage-key";
    const print = isKey ? "AKIA0000000000000000" : fingerprint(valueOf(name));
    for (const component of components) {
      if (component === without) continue;
      (sealed[component] ??= {})[name] = {
        fingerprint: print,
        ciphertext: `EV[1:bm9uY2U=:${Buffer.from(`${component}${name}`).toString("base64")}]`,
        sealedAt,
      };
    }
  }
  return { app: "4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf", components: sealed };
}

/** An environment with everything sealed, and a rotation file. */
export function aSealedEnvironment(rotation: object = {}, sealedAt?: string): Environment {
  return {
    ...anEnvironment(undefined, everythingSealed(sealedAt)),
    rotation: rotationSchema.parse(rotation) satisfies Rotation,
  };
}

/** A session in which no platform can be reached, because no credential is there. */
export function anOfflineSession(
  environment: Environment,
  supplied: Readonly<Record<string, string>> = {},
): Session {
  const endpoints = endpointsOf(environment.config);
  const sleep = () => Promise.resolve();
  const hear = () => undefined;
  const redactor = redactorOf({});
  return {
    environment,
    project: "/project",
    releases: "environments",
    endpoints,
    clients: createClients({
      endpoints,
      wasabiRegion: "us-east-1",
      variables: {},
      sleep,
      hear,
      interruption: new AbortController().signal,
      urgency: new AbortController().signal,
      tell: () => undefined,
    }),
    supplied,
    variables: {},
    interruption: new AbortController().signal,
    urgency: new AbortController().signal,
    redactor,
    output: outputTo(processStreams(), redactor),
    run: () => {
      throw new Error("nothing is worked on offline");
    },
    close: () => Promise.resolve(),
  };
}
