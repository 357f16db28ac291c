import { secondsOf } from "../../../durations.ts";
import type { ImageBehaviour } from "../../registry/model.ts";
import type { ServiceSpec } from "../spec/spec.ts";

/** What becomes of a container after its start, in milliseconds since the epoch. */
export type Readiness =
  | { readonly ready: number; readonly answers?: number }
  | { readonly fails: number; readonly code: string; readonly message: string };

const seconds = (count: number) => count * 1000;

/** Code of a container that never passed its health check; seen in the progress of real deployments. */
const unhealthy = "DeployContainerHealthChecksFailed";

/** What is said of a container that ended with an error; the code is seen in the progress of real deployments. */
export const crashed = {
  code: "DeployContainerExitNonZero",
  message: "Your container exited with a non-zero exit code.",
} as const;

/** What is said of a container that never passed its health check. */
export const unhealthyAt = (path: string | undefined) => ({
  code: unhealthy,
  message: `Your deploy failed because your container did not respond to health checks${path === undefined ? "" : ` at ${path}`}.`,
});

/**
 * Defaults of a health check. Source: docs.digitalocean.com/products/app-platform/reference/app-spec, `health_check`.
 */
const checkDefaults = { initial: 0, period: 10, success: 1, failure: 9 } as const;

interface Checks {
  readonly begins: number;
  readonly period: number;
  readonly needed: number;
  readonly allowed: number;
}

function checksOf(check: ServiceSpec["health_check"], started: number): Checks {
  const { initial, period, success, failure } = checkDefaults;
  const delay = (check?.initial_delay_seconds ?? initial) + secondsOf("health-check-grace");
  return {
    begins: started + seconds(delay),
    period: seconds(check?.period_seconds ?? period),
    needed: check?.success_threshold ?? success,
    allowed: check?.failure_threshold ?? failure,
  };
}

/**
 * When an instance of a service is ready for traffic.
 *
 * With a path to check, it is ready after the first checks that it answered, and fails after as many bad ones as its
 * threshold says. Without a path the platform only looks whether the port is open, which it is at once: the
 * instance gets traffic before it can answer, and one that never works passes all the same.
 *
 * @param started when the container started, milliseconds since the epoch.
 */
export function serviceReadiness(
  check: ServiceSpec["health_check"],
  image: ImageBehaviour,
  started: number,
): Readiness {
  const { begins, period, needed, allowed } = checksOf(check, started);
  const answers = started + seconds(image.startSeconds);
  if (!check?.http_path) return image.healthy ? { ready: begins, answers } : { ready: begins };
  const badChecks = Math.max(0, Math.ceil((answers - begins) / period));
  if (!image.healthy || badChecks >= allowed) {
    return { fails: begins + (allowed - 1) * period, ...unhealthyAt(check.http_path) };
  }
  return { ready: begins + (badChecks + needed - 1) * period, answers };
}

/** When a worker counts as running: it has no check of readiness, so only a crash can fail it. */
export function workerReadiness(image: ImageBehaviour, started: number): Readiness {
  const answers = started + seconds(image.startSeconds);
  if (image.healthy) return { ready: answers, answers };
  return { fails: started + seconds(secondsOf("container-crash")), ...crashed };
}

/** A failure that was demanded, as the health check would report it. */
export function demandedFailure(started: number): Readiness {
  const allowed = seconds((checkDefaults.failure - 1) * checkDefaults.period);
  return { fails: started + allowed, ...unhealthyAt(undefined) };
}
