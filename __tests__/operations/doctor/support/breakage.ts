import type { Environment } from "../../../../environments/loading/load.ts";
import type { EnvironmentConfig } from "../../../../environments/schema/environment.ts";
import type { Finding } from "../../../../operations/context/finding.ts";
import type { Session } from "../../../../operations/context/session.ts";
import type { Machine } from "../../../../operations/doctor/machine.ts";
import type { TestPlatform } from "../../../support/platform.ts";

type Draft<T> = T extends object ? { -readonly [Key in keyof T]: Draft<T[Key]> } : T;

/** A platform on which something is wrong, and whoever looks at it. */
export interface Broken {
  readonly session: Session;
  readonly machine?: Machine;
  /** Makes it right again. */
  readonly mend?: () => unknown;
}

/** Something that is wrong, and what a check has to say about it. */
export interface Breakage {
  /** The check that has to notice it. */
  readonly id: string;
  readonly name: string;
  readonly breaks: (platform: TestPlatform) => Broken | Promise<Broken>;
  /** All findings of the check, in any order. */
  readonly finds: readonly Partial<Finding>[];
}

/** A session of another environment than the one that is deployed. */
export function withConfig(
  session: Session,
  change: (draft: Draft<EnvironmentConfig>) => unknown,
): Session {
  const config = structuredClone(session.environment.config) as Draft<EnvironmentConfig>;
  change(config);
  return withEnvironment(session, { config });
}

/** A session whose environment differs in parts. */
export function withEnvironment(session: Session, parts: Partial<Environment>): Session {
  return { ...session, environment: { ...session.environment, ...parts } };
}

/** A session of an environment of which nothing stands yet. */
export function undeployed(session: Session): Session {
  return withConfig(session, (config) => {
    config.name = "undeployed";
    config.network.vpcCidr = "10.122.0.0/20";
    config.domain.zone = "undeployed.example";
    config.domain.appHost = "mam.undeployed.example";
    config.domain.mediaHost = "media.undeployed.example";
    config.storage.bucketPrefix = "undeployed";
  });
}

/** Takes something from DigitalOcean's catalogue, for as long as a breakage lasts. */
export function withdraw({ cloud }: TestPlatform, ...slugs: string[]): () => void {
  const { withdrawn } = cloud.digitalOcean.store;
  withdrawn.push(...slugs);
  return () => {
    withdrawn.splice(0);
  };
}
