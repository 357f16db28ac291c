import {
  type Answer,
  type EndpointName,
  type PathParameters,
  endpoints,
} from "@mam-infra/clients/digitalocean/endpoints";
import type { Content, DigitalOcean } from "@mam-infra/clients/digitalocean";
import { keyOf } from "./question.ts";
import { type ReadingPlan, minute } from "./reading-plan.ts";

/** A client that asks no more than a plan allows, and knows how old its answers are. */
export interface SparingApi {
  /** Answers a question that was asked before from memory. What changes something is sent as it is. */
  readonly api: DigitalOcean;
  /** When the oldest of the answers to some calls was asked for; undefined when none was. */
  readonly asOf: (names: readonly EndpointName[]) => Date | undefined;
}

/** By what time is told how old an answer is. */
export interface ReadingTime {
  /** Multiplies every time of the plan; default: 1. A rehearsal, whose time runs faster, passes less. */
  readonly pace?: number;
  /** Milliseconds of a clock that only goes forward; default: this machine's. */
  readonly now?: () => number;
}

/** From what a sparing client is made. */
export interface SparingOptions extends ReadingTime {
  readonly api: DigitalOcean;
  readonly plan: ReadingPlan;
}

interface Kept {
  readonly name: EndpointName;
  /** When it was asked, by the clock of `now`. */
  readonly at: number;
  readonly answer: Promise<unknown>;
  isFailed: boolean;
  /** When it was last given to somebody. */
  given: number;
}

/** Seconds after which a question that failed is asked again, unless its plan lets it be asked sooner. */
const failedSeconds = 60;

/** Seconds within which everything that belongs to one look is given: what was not is of something that is gone. */
const lookSeconds = 30;

class Sparing implements SparingApi {
  readonly api: DigitalOcean;
  readonly #options: Required<SparingOptions>;
  readonly #kept = new Map<string, Kept>();
  #seldomAsked: readonly number[] = [];

  constructor({ pace = 1, now = () => performance.now(), ...options }: SparingOptions) {
    this.#options = { ...options, pace, now };
    const { api } = options;
    this.api = {
      call: (name, parameters, ...content) => this.#call(name, parameters, ...content),
      rateLimit: () => api.rateLimit(),
      clockAhead: () => api.clockAhead(),
      close: () => api.close(),
    };
  }

  readonly asOf = (names: readonly EndpointName[]): Date | undefined => {
    const own = [...this.#kept.values()].filter(({ name }) => names.includes(name));
    const latest = Math.max(...own.map(({ given }) => given));
    const current = own.filter(({ given }) => latest - given <= lookSeconds * 1000);
    if (current.length === 0) return undefined;
    const ago = this.#options.now() - Math.min(...current.map(({ at }) => at));
    return new Date(Date.now() - ago);
  };

  #call<Name extends EndpointName>(
    name: Name,
    parameters: PathParameters<Name>,
    ...content: Content<Name>
  ): Promise<Answer<Name>> {
    const { api, now } = this.#options;
    if (endpoints[name].method !== "GET") return api.call(name, parameters, ...content);
    const key = keyOf(name, parameters, content[0]);
    const known = this.#kept.get(key);
    if (known && !this.#isDue(known)) {
      known.given = now();
      // The key has the name in it, so that the answer is one to this call.
      return known.answer as Promise<Answer<Name>>;
    }
    const answer = api.call(name, parameters, ...content);
    const kept: Kept = { name, at: now(), given: now(), answer, isFailed: false };
    this.#kept.set(key, kept);
    answer.catch(() => {
      kept.isFailed = true;
    });
    return answer;
  }

  /** Whether a question is asked again now; if it is one of the slow ones, it is counted. */
  #isDue(kept: Kept): boolean {
    const { plan, now } = this.#options;
    if (this.#overdue(kept) < 1) return false;
    if (plan.often[kept.name] !== undefined) return true;
    if (!this.#isItsTurn(kept)) return false;
    this.#seldomAsked = [...this.#withinAMinute(), now()];
    return true;
  }

  /** How old an answer is as a part of what it may be: from 1 on it is too old. */
  #overdue({ name, at, isFailed }: Kept): number {
    const { plan, pace, now } = this.#options;
    const planned = plan.often[name] ?? plan.seldom[name] ?? plan.otherwise;
    const lifetime = isFailed ? Math.min(planned, failedSeconds) : planned;
    return (now() - at) / 1000 / pace / lifetime;
  }

  /** Whether no more of the slow things wait that are older by their plan than may still be asked in this minute. */
  #isItsTurn(kept: Kept): boolean {
    const { plan, now } = this.#options;
    const left = plan.seldomAMinute - this.#withinAMinute().length;
    const own = this.#overdue(kept);
    // What was not given since the look before the last one is asked for by nobody any more.
    const oldest = now() - 2 * (now() - kept.given) - lookSeconds * 1000;
    const older = [...this.#kept.values()].filter(
      (one) =>
        plan.often[one.name] === undefined && one.given >= oldest && this.#overdue(one) > own,
    );
    return older.length < left;
  }

  /** When slow things were asked again, of the last minute. */
  #withinAMinute(): readonly number[] {
    const { pace, now } = this.#options;
    return this.#seldomAsked.filter((one) => now() - one < minute * 1000 * pace);
  }
}

/**
 * Puts a memory before a client of DigitalOcean, for those who look again and again: a first look asks everything, later
 * ones only what is old by the plan. Questions that are asked at the same time are one request, whoever asks.
 */
export function sparingApi(options: SparingOptions): SparingApi {
  return new Sparing(options);
}
