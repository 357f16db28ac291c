import { checkEnvironment } from "../../environments/loading/check.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { nothingRotated } from "../../environments/schema/rotation.ts";
import { production } from "../../environments/production.ts";
import type { EnvironmentConfig, EnvironmentInput } from "../../environments/schema/environment.ts";
import type { Sealed } from "../../environments/schema/sealed.ts";

type Draft<T> = T extends object ? { -readonly [Key in keyof T]: Draft<T[Key]> } : T;

/** A copy of an environment file's content with changes, of which some may be mistakes. */
export function changed(
  change: (draft: Draft<EnvironmentInput>) => unknown,
  input: EnvironmentInput = production,
): EnvironmentInput {
  const draft = structuredClone(input) as Draft<EnvironmentInput>;
  change(draft);
  return draft;
}

/** The checked form of an environment that is meant to be valid. */
export function checked(input: EnvironmentInput): EnvironmentConfig {
  const { value, findings } = checkEnvironment(input.name, `environments/${input.name}.ts`, input);
  if (!value) throw new Error(`not valid: ${JSON.stringify(findings)}`);
  return value;
}

/** Digests that are all different, so that a component with the image of another is noticed. */
export const release = {
  images: {
    frontend: `sha256:${"1".repeat(64)}`,
    api: `sha256:${"2".repeat(64)}`,
    worker: `sha256:${"3".repeat(64)}`,
    edge: `sha256:${"4".repeat(64)}`,
  },
};

/** The same with an image of the backup, which a release need not have. */
export const releaseWithBackup = {
  images: { ...release.images, backup: `sha256:${"5".repeat(64)}` },
};

/** A loaded environment. */
export function anEnvironment(input: EnvironmentInput = production, sealed?: Sealed): Environment {
  return {
    config: checked(input),
    release,
    rotation: nothingRotated,
    ...(sealed ? { sealed } : {}),
  };
}

/** The same environment with Insights switched off: the recorded platforms have none, which would be a warning of its own. */
export function withoutInsights({ config, ...environment }: Environment): Environment {
  const { monitoring } = config;
  const disabledReason = "Accepted: the recorded platform has no Insights.";
  const insights = { ...monitoring.insights, enabled: false, disabledReason };
  return { ...environment, config: { ...config, monitoring: { ...monitoring, insights } } };
}
