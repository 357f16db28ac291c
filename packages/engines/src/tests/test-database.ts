import { randomBytes } from "node:crypto";

import type { FoundEngine, FoundEngines } from "../find/model.ts";
import { type PgBouncer, startPgBouncer } from "../pgbouncer/server.ts";
import { type Postgres, startPostgres } from "../postgres/server.ts";
import { type LocalCertificate, localCertificate } from "./certificates.ts";

/** A user of a test's database. */
interface TestUser {
  readonly name: string;
  readonly password: string;
}

/** A PostgreSQL as the platform hands it to services: TLS, an administrator, two users of the application, a pool. */
export interface TestDatabase {
  /** What the api is given: through the transaction pool as `mam_app`; without PgBouncer straight to the server. */
  readonly api: { readonly POSTGRES_URL: string; readonly POSTGRES_CA_CERT: string };
  /** The same as the second user, `mam_app_b`. */
  readonly apiB: { readonly POSTGRES_URL: string; readonly POSTGRES_CA_CERT: string };
  /** What the migration is given: straight to the server as `doadmin`, and the two users that it grants rights to. */
  readonly migrate: {
    readonly POSTGRES_URL: string;
    readonly POSTGRES_CA_CERT: string;
    readonly POSTGRES_APPLICATION_USERS: string;
  };
  /** Whether there is a pool: this machine may have no PgBouncer. */
  readonly pooled: boolean;
  readonly server: Postgres;
  readonly pooler: PgBouncer | undefined;
  close(): Promise<void>;
}

const newUser = (name: string): TestUser => ({
  name,
  password: `AVNS_${randomBytes(15).toString("base64url")}`,
});

const database = "defaultdb";
const pools = ["mam-pool", "mam-pool-b"] as const;

/**
 * Starts a PostgreSQL for a test, with a pool of ten connections in transaction mode for each application user where
 * there is PgBouncer. The administrator owns the database; nobody is a superuser.
 *
 * @param engines what `findEngines` found: PostgreSQL has to be there.
 */
export async function startTestDatabase({ found }: FoundEngines): Promise<TestDatabase> {
  if (!found.postgres) throw new Error("There is no PostgreSQL: see `missing` of findEngines.");
  const certificate = await localCertificate();
  const { certificate: cert, key } = certificate;
  const server = await startPostgres({ engine: found.postgres, certificate: cert, key });
  try {
    const users = [newUser("doadmin"), newUser("mam_app"), newUser("mam_app_b")] as const;
    await makeMembers(server, users);
    const pooler = found.pgbouncer && (await startPools(found.pgbouncer, certificate, server));
    return databaseOf(server, pooler, users, certificate.authority);
  } catch (error) {
    await server.close();
    throw error;
  }
}

type Users = readonly [TestUser, TestUser, TestUser];

async function makeMembers(server: Postgres, [administrator, ...users]: Users): Promise<void> {
  await server.createAdministrator(administrator.name, administrator.password);
  for (const { name, password } of users) await server.createUser(name, password);
  await server.createDatabase(database, administrator.name);
}

function startPools(
  engine: FoundEngine,
  { certificate, key }: LocalCertificate,
  server: Postgres,
): Promise<PgBouncer> {
  const pool = { mode: "transaction", size: 10, database } as const;
  return startPgBouncer({
    engine,
    certificate,
    key,
    server,
    pools: [
      { ...pool, name: pools[0], user: "mam_app" },
      { ...pool, name: pools[1], user: "mam_app_b" },
    ],
  });
}

function databaseOf(
  server: Postgres,
  pooler: PgBouncer | undefined,
  [administrator, user, userB]: Users,
  POSTGRES_CA_CERT: string,
): TestDatabase {
  const url = ({ name, password }: TestUser, port: number, path: string) =>
    `postgresql://${name}:${password}@localhost:${port}/${path}?sslmode=require`;
  const application = (one: TestUser, pool: string) => ({
    POSTGRES_URL: pooler ? url(one, pooler.port, pool) : url(one, server.port, database),
    POSTGRES_CA_CERT,
  });
  return {
    api: application(user, pools[0]),
    apiB: application(userB, pools[1]),
    migrate: {
      POSTGRES_URL: url(administrator, server.port, database),
      POSTGRES_CA_CERT,
      POSTGRES_APPLICATION_USERS: `${user.name},${userB.name}`,
    },
    pooled: pooler !== undefined,
    server,
    pooler,
    close: async () => {
      await pooler?.close();
      await server.close();
    },
  };
}
