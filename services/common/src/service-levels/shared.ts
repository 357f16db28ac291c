import type { Logger } from "pino";

import { type Counts, OwnCounts } from "./counts.ts";
import { type RequestObjectives } from "./objectives.ts";
import { messageOf } from "./transport.ts";
import {
  type Measure,
  type ServiceLevels,
  type Since,
  judge,
  serviceLevelsSchema,
  sinceOf,
} from "./verdict.ts";

/** Milliseconds that the API has for its answer; whoever asks for service levels waits as long. */
const patienceMs = 1500;

/** What the service levels of a service without Valkey are made of. */
export interface SharedLevelsOptions {
  readonly service: "edge" | "frontend";
  readonly objectives: RequestObjectives;
  /** What is measured of requests. */
  readonly measure: (counts: Counts) => readonly Measure[];
  /** The API's internal port; undefined: there is none, and each instance counts for itself. */
  readonly base: string | undefined;
  readonly logger: Logger;
}

/**
 * The service levels of a service that faces the internet and so has no Valkey. It sends its counts to the API and is
 * answered how all its instances do together. While the API is away it says what it counted itself, which is no miss: the
 * API's own levels and checks say that the API is away.
 */
export class SharedLevels {
  readonly counts: OwnCounts;
  readonly #options: SharedLevelsOptions;
  #since: Since = {};
  #isAway = false;

  constructor(options: SharedLevelsOptions) {
    this.#options = options;
    this.counts = new OwnCounts(options.objectives.SERVICE_LEVEL_WINDOW_SECONDS);
  }

  /** Sends what is counted, and answers the levels. */
  async read(): Promise<ServiceLevels> {
    const levels = (await this.#exchange()) ?? this.#alone();
    this.#since = sinceOf(levels);
    return levels;
  }

  /** Sends what is counted, if anything is. */
  async send(): Promise<void> {
    await this.#exchange(true);
  }

  async #exchange(onlySomething = false): Promise<ServiceLevels | undefined> {
    const { base, service } = this.#options;
    if (base === undefined) return undefined;
    const buckets = this.counts.take();
    if (onlySomething && buckets.length === 0) return undefined;
    try {
      const levels = await ask(`${base}/service-levels/${service}`, messageOf(buckets));
      this.#tell(false);
      return levels;
    } catch (error) {
      this.counts.giveBack(buckets);
      this.#tell(true, error);
      return undefined;
    }
  }

  #alone(): ServiceLevels {
    const { service, measure, objectives } = this.#options;
    const now = new Date();
    const measures = measure(this.counts.total(now.getTime() / 1000));
    const windowSeconds = objectives.SERVICE_LEVEL_WINDOW_SECONDS;
    return judge({ service, measures, instances: "this one", windowSeconds }, this.#since, now);
  }

  /** One line when the API goes and one when it is back. */
  #tell(isAway: boolean, error?: unknown): void {
    const { logger } = this.#options;
    if (isAway && !this.#isAway) logger.warn({ err: error }, "counts not sent");
    if (!isAway && this.#isAway) logger.info("counts sent again");
    this.#isAway = isAway;
  }
}

async function ask(address: string, message: object): Promise<ServiceLevels> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(message),
    redirect: "error",
    signal: AbortSignal.timeout(patienceMs),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`the API answered ${response.status} to counts`);
  return serviceLevelsSchema.parse(body);
}
