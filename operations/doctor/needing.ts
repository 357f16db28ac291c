import { errorCode, errorStatus } from "@mam-infra/clients/aws-error";
import { DigitalOceanError, refusedWith } from "@mam-infra/clients/digitalocean/error";
import { hcpRefusal } from "@mam-infra/clients/hcp/error";
import { messageOf } from "@mam-infra/clients/message";
import { type Check, CheckSkipped, type Violation } from "../context/check.ts";
import {
  type Credential,
  NotConfigured,
  credentials,
  stateCredentials,
  wrongValue,
} from "../context/credentials.ts";
import { UnreadableState } from "../state-place/unreadable.ts";
import type { DoctorContext } from "./context.ts";

const { digitalOceanToken, wasabiAccessKey, wasabiSecretKey } = credentials;

/** Platforms, with the credentials that each is reached by. */
const platforms = {
  digitalOcean: [digitalOceanToken],
  spaces: stateCredentials("spaces"),
  hcp: stateCredentials("hcp"),
  wasabi: [wasabiAccessKey, wasabiSecretKey],
} as const satisfies Record<string, readonly Credential[]>;

/** A platform that has credentials of its own. */
export type Platform = keyof typeof platforms;

/**
 * Checks that need a platform. Where its credentials are missing or refused they are skipped, and say so: one check
 * of each platform reports the credential itself, and thirty more findings about it would bury everything else.
 *
 * @param needed the platform, or how to tell from the environment whether there is one. Without it a check may still
 * find in the middle of its work that it needs a platform.
 */
export function needing(
  needed: Platform | undefined | ((context: DoctorContext) => Platform | undefined),
  checks: readonly Check<DoctorContext>[],
): Check<DoctorContext>[] {
  return checks.map((check) => ({
    ...check,
    run: async (context) => {
      const platform = typeof needed === "function" ? needed(context) : needed;
      const [missing] = platform === undefined ? [] : missingFor(platform, context);
      if (missing) throw new CheckSkipped(`${missing.variable} is ${missing.found}`);
      try {
        return await check.run(context);
      } catch (error) {
        throw refusal(error) ?? error;
      }
    },
  }));
}

/** The platform that keeps the states; undefined for files of this machine. */
export function statesPlatform({ session }: DoctorContext): "spaces" | "hcp" | undefined {
  const { kind } = session.environment.config.state.backend;
  return kind === "local" ? undefined : kind;
}

/** The credentials of a platform that are missing, each with where to make one and what it has to be allowed. */
export function missingCredentials(platform: Platform, context: DoctorContext): Violation[] {
  return missingFor(platform, context).map(({ variable, what, scopes, found, fix }) => ({
    resource: variable,
    expected: `${what}, allowed: ${scopes}`,
    found,
    fix,
  }));
}

/** The credentials of a platform that are missing, or cannot be right as they are exported. */
function missingFor(platform: Platform, { session }: DoctorContext) {
  return platforms[platform].flatMap((one) => {
    const problem = wrongValue(one, session.variables[one.variable]);
    return problem ? [{ ...one, ...problem }] : [];
  });
}

/**
 * What a platform says to a credential that it does not take, or that may not do what is asked; and a state that cannot be
 * read, which a check of its own reports.
 */
function refusal(error: unknown): CheckSkipped | undefined {
  if (error instanceof NotConfigured || error instanceof UnreadableState)
    return new CheckSkipped(error.message.split("\n")[0] ?? "");
  if (error instanceof DigitalOceanError && isRefusal(refusedWith(error))) {
    const { method, path } = error.call;
    return new CheckSkipped(`the DigitalOcean token is refused for ${method} ${path}`);
  }
  if (isRefusal(hcpRefusal(error))) return new CheckSkipped(messageOf(error));
  if (!isRefusal(errorStatus(error))) return undefined;
  return new CheckSkipped(`the key is refused: ${errorCode(error) ?? "AccessDenied"}`);
}

const isRefusal = (status: number | undefined) => status === 401 || status === 403;
