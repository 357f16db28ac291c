import { type Counts, OwnCounts } from "@mam-services/common/service-levels/counts";
import { errorRate, p95 } from "@mam-services/common/service-levels/objectives";
import type { Levels } from "@mam-services/common/service-levels/serve";
import {
  type Measure,
  type ServiceLevels,
  type Since,
  judge,
  sinceOf,
} from "@mam-services/common/service-levels/verdict";

import type { Environment } from "../environment.ts";
import { measureBackups } from "./backups.ts";
import { type CountedService, TogetherCounts } from "./counts.ts";
import { type JobSources, measureJobs } from "./jobs.ts";

/** Milliseconds that PostgreSQL has; checks from outside wait longer. */
const patienceMs = 1500;

/** What is measured of the requests of each service. */
export function requestMeasures(
  service: CountedService,
  counts: Counts,
  environment: Environment,
): readonly Measure[] {
  const times = {
    api: () => [p95("p95", counts, environment.SERVICE_LEVEL_P95_MS, environment)],
    edge: () => [p95("first-byte", counts, environment.SERVICE_LEVEL_FIRST_BYTE_MS, environment)],
    frontend: () => [],
  };
  return [errorRate(counts, environment), ...times[service]()];
}

/** Whether something that levels are made of can be reached: it is missed when it cannot, whatever else is known. */
const reachable = (name: "counting" | "database", isThere: boolean): Measure => ({
  name,
  value: isThere ? 1 : 0,
  threshold: 1,
  unit: "reachable",
  isLeast: true,
});

/** The service levels of the API itself, over all its instances. */
export class ApiLevels implements Levels {
  readonly counts: OwnCounts;
  readonly together: TogetherCounts;
  readonly #environment: Environment;
  readonly #jobs: JobSources;
  #since: Since = {};

  constructor(environment: Environment, jobs: JobSources) {
    const seconds = environment.SERVICE_LEVEL_WINDOW_SECONDS;
    this.counts = new OwnCounts(seconds);
    this.together = new TogetherCounts(jobs.valkey, seconds);
    this.#environment = environment;
    this.#jobs = jobs;
  }

  readonly send = async (): Promise<boolean> => {
    const buckets = this.counts.take();
    try {
      await this.together.add("api", buckets, Date.now() / 1000);
      return true;
    } catch {
      // Said by the client of Valkey, once; they are added as soon as it is back.
      this.counts.giveBack(buckets);
      return false;
    }
  };

  readonly read = async (): Promise<ServiceLevels> => {
    const now = new Date();
    const seconds = now.getTime() / 1000;
    const [all, jobs] = await Promise.all([this.#readTogether(seconds), this.#readDatabase()]);
    const counts = all?.counts ?? this.counts.total(seconds);
    const measures = [
      ...requestMeasures("api", counts, this.#environment),
      ...jobs.measures,
      reachable("counting", all !== undefined),
      reachable("database", jobs.hasDatabase),
    ];
    const since = { ...this.#since, ...all?.since };
    const levels = judge({ ...this.#about(all !== undefined), measures }, since, now);
    this.#since = sinceOf(levels);
    if (all) await this.together.remember("api", levels, all.since);
    return levels;
  };

  #about(isAll: boolean) {
    const windowSeconds = this.#environment.SERVICE_LEVEL_WINDOW_SECONDS;
    return { service: "api", instances: isAll ? "all" : "this one", windowSeconds } as const;
  }

  async #readTogether(seconds: number) {
    if (!(await this.send())) return undefined;
    return this.together.read("api", seconds).catch(() => undefined);
  }

  async #readDatabase(): Promise<{ measures: readonly Measure[]; hasDatabase: boolean }> {
    const { database } = this.#jobs;
    const [measures, backups, isThere] = await Promise.all([
      inTime(measureJobs(this.#jobs, this.#environment)),
      inTime(measureBackups(database, this.#environment)),
      inTime(database.query("select 1")),
    ]);
    return {
      measures: [...(measures ?? []), ...(backups ?? [])],
      hasDatabase: isThere !== undefined,
    };
  }
}

/** What comes in time; undefined when it fails or takes longer. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, patienceMs, undefined).unref();
  });
  return Promise.race([work.catch(() => undefined), late]);
}
