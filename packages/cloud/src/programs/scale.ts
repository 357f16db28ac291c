/** A duration in the life of a program, and whether it passes faster here than on the platform. */
interface ProgramDuration {
  /** Seconds on the platform; where the specification says otherwise, what it says counts. */
  readonly seconds: number;
  /** What it is, and where the number comes from. */
  readonly meaning: string;
}

/**
 * Durations that pass faster here by {@link ProgramScale}: a rehearsal does not wait ten minutes for a worker that may
 * take them to end. Nothing happens in them but waiting, so what they prove stays the same.
 */
export const scaledDurations = {
  "check-initial-delay": {
    seconds: 0,
    meaning: "from a container's start to its first readiness check; app spec, health_check",
  },
  "check-period": { seconds: 10, meaning: "between two readiness checks; app spec, health_check" },
  "liveness-initial-delay": {
    seconds: 5,
    meaning:
      "from a container's start to its first liveness check; app spec, liveness_health_check",
  },
  "liveness-period": {
    seconds: 10,
    meaning: "between two liveness checks; app spec, liveness_health_check",
  },
  drain: {
    seconds: 15,
    meaning: "from leaving the router's list to SIGTERM; app spec, termination",
  },
  grace: { seconds: 120, meaning: "from SIGTERM to SIGKILL; app spec, termination" },
  "restart-pause": {
    seconds: 10,
    meaning:
      "before a container that ended is started again, doubled each time up to five minutes; assumption: kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle",
  },
  "restart-pause-most": { seconds: 300, meaning: "longest such pause; the same page" },
  "restart-pause-forgotten": {
    seconds: 600,
    meaning: "time without a crash after which the pause is the first one again; the same page",
  },
  "crash-given-up": {
    seconds: 30,
    meaning: "from a new container's first crash until its deployment is given up; assumption",
  },
  "worker-settled": {
    seconds: 10,
    meaning: "time after which a worker that still runs counts as started; assumption",
  },
  "single-instance-switch": {
    seconds: 10,
    meaning: "in which nothing answers while the only instance is replaced; assumption",
  },
} as const satisfies Record<string, ProgramDuration>;

/** Durations in which programs work, or answer: they pass as fast here as on the platform. */
export const realDurations = {
  "check-timeout": {
    seconds: 1,
    meaning: "in which a check has to be answered; app spec, timeout_seconds",
  },
  "job-timeout": { seconds: 1800, meaning: "in which a job has to end; godo 1.202.0, timeout" },
  request: {
    seconds: 100,
    meaning:
      "from a request's arrival to the beginning of its answer; docs.digitalocean.com/products/app-platform/details/limits",
  },
  start: {
    seconds: 20,
    meaning:
      "in which a program that does not listen yet fails no check, because a start takes what it takes; of this rehearsal only",
  },
  close: {
    seconds: 2,
    meaning: "from SIGTERM to SIGKILL when the cloud ends; of this rehearsal only",
  },
} as const satisfies Record<string, ProgramDuration>;

/** How many times faster the {@link scaledDurations} pass: 10, so that a grace of ten minutes takes one. */
export const defaultScale = 10;

/** Converts seconds on the platform to milliseconds here. */
export type ToMilliseconds = (platformSeconds: number) => number;

/**
 * @param scale how many times faster; 1 plays the platform's own durations.
 * @throws RangeError when it is not a positive number.
 */
export function scaledBy(scale: number): ToMilliseconds {
  if (!(scale > 0) || !Number.isFinite(scale)) {
    throw new RangeError(`The scale of programs must be a positive number, not ${scale}.`);
  }
  return (seconds) => (seconds * 1000) / scale;
}
