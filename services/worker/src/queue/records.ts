import { randomUUID } from "node:crypto";

import type { Redis as Valkey } from "iovalkey";

import { timing } from "./timing.ts";

/** Renews a lock that is still ours, or that nobody holds: Valkey may have lost it. Answers 0 when another has it. */
const renewScript = `
local owner = redis.call("GET", KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return 1`;

const releaseScript = `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`;

/** A lock that this worker holds on a job. */
export interface Lock {
  /** False when another worker has it by now. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** What workers tell one another about jobs, in keys of Valkey; docs/jobs.md names them. */
export class JobRecords {
  readonly #valkey: Valkey;
  readonly #owner: string;
  /**
   * @param owner this worker, for whoever looks at the keys.
   */
  constructor(valkey: Valkey, owner: string) {
    this.#valkey = valkey;
    this.#owner = owner;
  }

  /** Takes the lock of a job; undefined when somebody holds it, be it this very worker by another entry. */
  async lock(job: string): Promise<Lock | undefined> {
    const key = `previews:lock:${job}`;
    const owner = `${this.#owner}/${randomUUID()}`;
    const taken = await this.#valkey.set(key, owner, "PX", timing.lockFor, "NX");
    if (taken === null) return undefined;
    return {
      renew: async () =>
        (await this.#valkey.eval(renewScript, 1, key, owner, timing.lockFor)) === 1,
      release: async () => {
        await this.#valkey.eval(releaseScript, 1, key, owner);
      },
    };
  }

  /** Counts an attempt that begins, and answers which one it is. */
  async countAttempt(job: string): Promise<number> {
    const key = `previews:attempts:${job}`;
    const count = await this.#valkey.incr(key);
    await this.#valkey.pexpire(key, timing.remember);
    return count;
  }

  /** Takes back an attempt that ended because the worker was told to end. */
  async uncountAttempt(job: string): Promise<void> {
    await this.#valkey.decr(`previews:attempts:${job}`);
  }

  /** The last report on a job that is done, as it was remembered; undefined when it is not done. */
  async outcome(job: string): Promise<string | undefined> {
    return (await this.#valkey.get(`previews:done:${job}`)) ?? undefined;
  }

  /** Remembers that a job is done, and what there is to report on it. */
  async remember(job: string, report: string): Promise<void> {
    await this.#valkey.set(`previews:done:${job}`, report, "PX", timing.remember);
  }
}
