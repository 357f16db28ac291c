import type { FastifyInstance } from "fastify";
import type { Redis } from "iovalkey";
import type { Pool } from "pg";

/** What the health of an instance is made of. */
export interface HealthSources {
  readonly database: Pool;
  readonly valkey: Redis;
  /** Digest of the image that runs. */
  readonly release: string;
  /** Done once the database has answered, before the instance counts as ready. */
  readonly prepare: () => Promise<void>;
}

type Check = "ok" | "away";

/** An answer in time, or `away`: the platform waits three seconds. */
async function check(work: () => Promise<unknown>): Promise<Check> {
  const late = new Promise<Check>((resolve) => {
    setTimeout(resolve, 1500, "away").unref();
  });
  const answer = work().then(
    () => "ok" as const,
    () => "away" as const,
  );
  return Promise.race([answer, late]);
}

/**
 * `GET /api/health`. The platform asks one path for two things: whether a new instance gets traffic, and whether a
 * running one is restarted. So it is 503 only for what is this instance's own:
 *
 * - until the database has answered it once and has the tables. A release with a wrong password or without its
 *   migration never gets traffic, and the one before serves on;
 * - while it ends.
 *
 * What all instances share, the database and Valkey, is reported in `checks` and in `status`, and is no reason for 503
 * afterwards: a restart mends none of it, and taking every instance away would make an outage of a part one of all.
 */
export function healthRoute(server: FastifyInstance, sources: HealthSources): void {
  const { database, valkey, release, prepare } = sources;
  let hasServed = false;
  let isEnding = false;
  server.addHook("preClose", (done) => {
    isEnding = true;
    done();
  });

  const checkDatabase = async () => {
    // Fails without the tables too, and reads none of them.
    await database.query("select 1 from jobs limit 0");
    if (!hasServed) await prepare();
    hasServed = true;
  };

  server.get("/api/health", { config: { rateLimit: false } }, async (_request, reply) => {
    const [db, queue] = await Promise.all([check(checkDatabase), check(() => valkey.ping())]);
    const checks = { database: db, valkey: queue };
    const isReady = hasServed && !isEnding;
    const status = !isReady
      ? isEnding
        ? "ending"
        : "starting"
      : db === queue && db === "ok"
        ? "ok"
        : "degraded";
    return reply.status(isReady ? 200 : 503).send({ status, service: "api", release, checks });
  });
}
