import type { Clock } from "../../clock.ts";
import { answersTo } from "../apps/traffic/traffic.ts";
import type { ProgramIngress } from "../apps/traffic/program-ingress.ts";
import { settle } from "../settle.ts";
import type { Store } from "../store.ts";
import { type WayIn, askTarget } from "./ask.ts";
import { forgetCheck, noteLook } from "./judge.ts";
import type { UptimeCheck } from "./model.ts";
import type { UptimeLook } from "./watch.ts";

/** What is looked at. */
export interface Watched {
  readonly store: Store;
  readonly clock: Clock;
  readonly ingress: Pick<ProgramIngress, "answersFor">;
  readonly way: WayIn;
}

/** The shortest time between two looks, in milliseconds: whoever is asked answers once in a second, for each address. */
const shortestPeriod = 2000;

const minute = 60_000;

/**
 * Looks at the targets of all checks that are switched on, once in a virtual minute, at most once in two seconds, and lets
 * their alerts tell whom they name. Apps whose images are programs are asked for real; of the others it is known what they
 * would answer. All regions of a check see the same: it is asked once.
 */
export class UptimeTimer {
  readonly #watched: Watched;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#timer = setInterval(
      () => void this.look(),
      Math.max(shortestPeriod, minute / watched.clock.speed),
    );
    // It is no reason for a process to go on.
    this.#timer.unref();
  }

  /** Looks now; a look that is under way counts. */
  look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Ends it, once the look that is under way is over. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    const { store, clock } = this.#watched;
    settle(store, clock.now());
    const checks = [...store.uptimeChecks];
    this.#forgetOthers(checks);
    await Promise.all(
      checks.map(async (check) => {
        const look = check.enabled ? await this.#lookAt(check) : undefined;
        // It may have been switched off or deleted meanwhile.
        const isThere = store.uptimeChecks.includes(check) && check.enabled;
        if (look && isThere) noteLook(store.uptimeWatch, check, look);
        else forgetCheck(store.uptimeWatch, check.id, check.alerts);
      }),
    );
  }

  #forgetOthers(checks: readonly UptimeCheck[]): void {
    const { histories, standings } = this.#watched.store.uptimeWatch;
    const known = new Set(checks.flatMap(({ id, alerts }) => [id, ...alerts.map((one) => one.id)]));
    for (const id of histories.keys()) if (!known.has(id)) histories.delete(id);
    for (const id of standings.keys()) if (!known.has(id)) standings.delete(id);
  }

  #lookAt({ target }: UptimeCheck): Promise<UptimeLook> | UptimeLook {
    const { store, clock, ingress, way } = this.#watched;
    const [at, { hostname: host, pathname: path }] = [clock.now(), new URL(target)];
    if (ingress.answersFor(host)) return askTarget(way, target, at.getTime());
    const answers = answersTo(store, { host, path, at });
    const bad = answers.find(({ status }) => status >= 400);
    return {
      at: at.getTime(),
      isUp: bad === undefined,
      seen: bad?.reason ?? `status ${bad?.status ?? answers[0]?.status ?? 200}`,
    };
  }
}
