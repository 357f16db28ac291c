import type { Clock } from "../../src/clock.ts";
import { Faults } from "../../src/faults.ts";
import { RequestLog } from "../../src/request-log.ts";
import { writeXml } from "../../src/s3/xml.ts";
import { findKeyOwner } from "../../src/wasabi/account.ts";
import { type QueryAction, QueryError } from "../../src/wasabi/iam/query.ts";
import { type WasabiSeed, seedAccount } from "../../src/wasabi/seed.ts";
import { startWasabi } from "../../src/wasabi/server.ts";

/** Keys of the account's root and of its administrator, in every test. */
export const rootKey = { accessKeyId: "ROOTKEY0000000000000", secretAccessKey: "root-secret" };
export const adminKey = { accessKeyId: "ADMINKEY000000000000", secretAccessKey: "admin-secret" };

export const seed: WasabiSeed = {
  accountId: "100000000001",
  region: "eu-central-2",
  rootAccessKey: rootKey,
  adminUsers: [{ name: "terraform", ...adminKey }],
  takenBucketNames: ["taken"],
};

/** An identity policy with one statement, as text. */
export function allowing(action: string | string[], resource: string | string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
  });
}

/** IAM without HTTP and signatures: actions run as the server runs them. */
export class TestIam {
  readonly account = seedAccount(seed, new Date("2026-01-01T00:00:00Z"));
  readonly #actions: ReadonlyMap<string, QueryAction>;
  /** Access key of the caller. */
  caller = rootKey.accessKeyId;

  constructor(actions: Iterable<QueryAction>) {
    this.#actions = new Map([...actions].map((action) => [action.name, action]));
  }

  /** The result of an action as XML. */
  call(name: string, parameters: Record<string, string> = {}): string {
    const { action, call } = this.#prepare(name);
    return writeXml("Result", action.run(parameters, call));
  }

  /** ARN that the caller needs a permission on. */
  resource(name: string, parameters: Record<string, string> = {}): string | undefined {
    const { action, call } = this.#prepare(name);
    return action.resource(parameters, call);
  }

  /** The code of the error that an action ends with; `undefined` if it succeeds. */
  errorOf(name: string, parameters: Record<string, string> = {}): string | undefined {
    try {
      this.call(name, parameters);
      return undefined;
    } catch (error) {
      if (error instanceof QueryError) return error.code;
      throw error;
    }
  }

  #prepare(name: string) {
    const action = this.#actions.get(name);
    const caller = findKeyOwner(this.account, this.caller);
    if (!action || !caller) throw new Error(`no action ${name}, or no caller`);
    return {
      action,
      call: { account: this.account, caller, now: new Date("2026-01-02T00:00:00Z") },
    };
  }
}

/** A clock that stands until a test moves it. */
class TestClock implements Clock {
  readonly speed = 1;
  time = new Date("2026-01-01T12:00:00Z");
  now(): Date {
    return this.time;
  }
  sleep(): Promise<void> {
    return Promise.resolve();
  }
}

/** Wasabi on loopback with what an assertion may want to look at. */
export async function startTestWasabi(overrides: Partial<WasabiSeed> = {}) {
  const context = { clock: new TestClock(), requestLog: new RequestLog(), faults: new Faults() };
  const wasabi = await startWasabi(context, { ...seed, ...overrides });
  return { ...context, wasabi };
}
