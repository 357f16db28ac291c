import { CheckSkipped } from "../context/check.ts";
import type { VerifyContext } from "./context.ts";

/** A host, and how far the platform is with its record and its certificate. */
export interface HostPhase {
  readonly host: string;
  /** PENDING, CONFIGURING, ACTIVE, ERROR, or missing. */
  readonly phase: string;
  /** The step that is not done, and why; undefined when all are. */
  readonly step: string | undefined;
}

/** Both hosts of the environment. @throws CheckSkipped when there is no app. */
export async function hostPhases({ app, session }: VerifyContext): Promise<readonly HostPhase[]> {
  const { appHost, mediaHost } = session.environment.config.domain;
  const { domains } = await app();
  return [appHost, mediaHost].map((host) => {
    const found = domains?.find(({ spec }) => spec.domain === host);
    const step = found?.progress?.steps?.find(({ status }) => status !== "SUCCESS");
    return {
      host,
      phase: found?.phase ?? "missing",
      step: step && [step.name, step.reason?.message].filter(Boolean).join(": "),
    };
  });
}

/**
 * Both hosts, to be asked.
 *
 * @throws CheckSkipped while one of them has no certificate yet: a check of its own says so, once.
 */
export async function reachableHosts(context: VerifyContext): Promise<string[]> {
  const hosts = await hostPhases(context);
  const early = hosts.find(({ phase }) => phase === "PENDING" || phase === "CONFIGURING");
  if (early) throw new CheckSkipped(`${early.host} is ${early.phase}: it has no certificate yet`);
  return hosts.map(({ host }) => host);
}

/**
 * Both hosts, to be asked for what the app itself answers.
 *
 * @throws CheckSkipped as {@link reachableHosts} does, and while the environment shows its maintenance page on purpose.
 */
export async function servingHosts(context: VerifyContext): Promise<string[]> {
  if (context.session.environment.config.services.maintenancePage.enabled) {
    throw new CheckSkipped("the maintenance page is shown: services.maintenancePage.enabled");
  }
  return reachableHosts(context);
}
