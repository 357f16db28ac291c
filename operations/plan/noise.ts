import type { Diagnostic } from "../terraform/messages.ts";
import type { Difference } from "./difference.ts";
import { isNothing } from "./shown.ts";

/** A difference that means nothing to a person who deploys, and why it is only shown when asked for. */
export interface Noise {
  /** Address of a resource, or name of an output. */
  readonly subject: string;
  /** Attributes; an empty one is the subject as a whole. */
  readonly paths: readonly string[];
  readonly why: string;
}

/** A kind of noise. Adding one is adding a row. */
interface NoiseRule {
  readonly why: string;
  readonly is: (difference: Difference, type: string) => boolean;
}

const sameNothing: NoiseRule = {
  why: "absent and empty are the same to the platform",
  is: ({ before, after, unknown }) => !unknown && isNothing(before) && isNothing(after),
};

/** What a change of a resource carries along without being meant. */
const inChanges: readonly NoiseRule[] = [
  sameNothing,
  {
    why: "the platform computes it when the resource changes",
    // An unknown part of an app's spec is part of what will be deployed.
    is: ({ unknown, path }, type) =>
      unknown && !(type === "digitalocean_app" && path.startsWith("spec")),
  },
];

/** What differs from the state, and why nothing follows from it. */
const inDrift: readonly NoiseRule[] = [
  sameNothing,
  {
    why: "App Platform gives a secret back encrypted",
    is: (difference) => isEncryption(difference),
  },
  {
    why: "the API never gives alert destinations back, so they are ignored",
    is: ({ path }) => path.endsWith(".destinations"),
  },
  {
    why: "members of the project are resources of their own",
    is: ({ path }, type) =>
      path === "project_id" || (type === "digitalocean_project" && path === "resources"),
  },
  {
    why: "the policy of a bucket is a resource of its own",
    is: ({ path }, type) => type === "aws_s3_bucket" && path === "policy",
  },
  {
    why: "the platform computes it",
    is: ({ path }) =>
      /(_at|^live_\w+|^default_ingress|^active_deployment_id|^status|^metrics_endpoints)$/.test(
        path,
      ),
  },
];

/** Arguments that Terraform calls deprecated, and that have to stay. */
const deprecatedOnPurpose =
  /^(cors_rule|lifecycle_rule|versioning|object_lock_configuration|object_lock_enabled|rule) is deprecated/;

/** Why a warning of Terraform means nothing; undefined for one that does. */
export function noiseInWarning({ summary, detail }: Diagnostic): string | undefined {
  return summary === "Argument is deprecated" && deprecatedOnPurpose.test(detail)
    ? "the newer resources do not work on Wasabi: docs/decisions/0006"
    : undefined;
}

/** Whether a difference is the platform's encryption of a secret that was sent in clear. */
export function isEncryption({ path, before, after }: Difference): boolean {
  return path.endsWith("].value") && !isCiphertext(before) && isCiphertext(after);
}

/** Whether a value is what App Platform made of a secret. */
export function isCiphertext(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("EV[");
}

/** What the providers (digitalocean 2.99.1, aws 5.100.0) have no value of after an import, because they never read it. */
const isUnreadByImports = ({ path, before }: Difference) =>
  isNothing(before) &&
  /^(timeouts|maintenance_window|force_destroy|deployment_per_page)(\.|$)/.test(path);

const unreadByImports =
  "an import does not read it: it is written down, or written again with the value that stands";

/**
 * Why a difference in a planned change is noise; undefined when it is not noise.
 *
 * @param isImported whether the resource is taken over by the same plan.
 */
export function noiseInChange(
  difference: Difference,
  type: string,
  isImported = false,
): string | undefined {
  if (isImported && isUnreadByImports(difference)) return unreadByImports;
  return inChanges.find(({ is }) => is(difference, type))?.why;
}

/**
 * Why a difference between state and platform that no change undoes means nothing; undefined where somebody changed what the
 * configuration does not say.
 */
export function noiseInDrift(difference: Difference, type: string): string | undefined {
  return inDrift.find(({ is }) => is(difference, type))?.why;
}

/** Noise of one subject, with the paths of the same reason together. */
export function noiseOf(
  subject: string,
  reasons: readonly (readonly [path: string, why: string])[],
): Noise[] {
  const whys = new Set(reasons.map(([, why]) => why));
  return [...whys].map((why) => ({
    subject,
    paths: reasons.filter(([, one]) => one === why).map(([path]) => path),
    why,
  }));
}
