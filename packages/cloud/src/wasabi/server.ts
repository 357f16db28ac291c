import { allOrNone } from "../all-or-none.ts";
import { type CloudContext, createPlatformServer, listenOnLoopback } from "../platform-server.ts";
import { Spool } from "../s3/bodies/spool.ts";
import { errorXml } from "../s3/errors.ts";
import { playLifecycleRuns } from "../s3/lifecycle.ts";
import { serveS3 } from "../s3/service.ts";
import { type S3Store, createS3Store } from "../s3/store.ts";
import type { Account } from "./account.ts";
import { dumpWasabi, generatedIds } from "./dump.ts";
import { iamActions, iamActionsNotImplemented } from "./iam/actions.ts";
import { queryErrorXml } from "./iam/query.ts";
import { type QueryService, queryNamespace, serveQueries } from "./query-server.ts";
import { wasabiS3 } from "./s3.ts";
import { type WasabiSeed, seedAccount } from "./seed.ts";
import { stsActions, stsActionsNotImplemented } from "./sts.ts";

/** Wasabi, running. */
export interface Wasabi {
  /** Base URL of each service, without a trailing slash: what a provider's `endpoints` block takes. */
  readonly urls: { readonly s3: string; readonly iam: string; readonly sts: string };
  readonly store: S3Store;
  readonly account: Account;
  /** Bucket names that other customers have. */
  readonly takenBucketNames: Set<string>;
  /** Calls that are not known here, in order. A rehearsal with any has failed. */
  readonly findings: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Ports of the services; a free one wherever none is named. */
interface WasabiPorts {
  readonly wasabiS3?: number;
  readonly wasabiIam?: number;
  readonly wasabiSts?: number;
}

/**
 * Starts Wasabi on loopback: S3, IAM and STS, each on a port of its own as they have hosts of their own, over one
 * account. Buckets, users and keys made through one are known to the others at once.
 */
export async function startWasabi(
  context: CloudContext,
  seed: WasabiSeed,
  ports: WasabiPorts = {},
): Promise<Wasabi> {
  const store = createS3Store();
  const account = seedAccount(seed, context.clock.now());
  const takenBucketNames = new Set(seed.takenBucketNames);
  const findings: string[] = [];
  const onFinding = (finding: string) => void findings.push(finding);
  const shared = { clock: context.clock, onFinding };
  const s3 = createPlatformServer("wasabi", context, {
    dump: () => dumpWasabi(account, store),
    errorBody: (status, message) => ({
      contentType: "application/xml",
      body: errorXml({ code: status === 429 ? "SlowDown" : "InternalError", message }, "/", ""),
    }),
    generated: generatedIds,
  });
  serveS3(s3, {
    ...wasabiS3(account, store, { ...seed, takenBucketNames }),
    ...shared,
    spool: new Spool(),
    beforeRequest: lifecycle(store, context),
  });
  const query = { ...shared, account, signatureTime: seed.signatureTime ?? (() => new Date()) };
  const iam = queryServer(context, store, {
    ...query,
    name: "iam",
    version: "2010-05-08",
    actions: iamActions,
    notImplemented: iamActionsNotImplemented,
  });
  const sts = queryServer(context, store, {
    ...query,
    name: "sts",
    version: "2011-06-15",
    actions: stsActions,
    notImplemented: stsActionsNotImplemented,
  });
  const running = await allOrNone([
    listenOnLoopback(s3, ports.wasabiS3),
    listenOnLoopback(iam, ports.wasabiIam),
    listenOnLoopback(sts, ports.wasabiSts),
  ]);
  const [s3At, iamAt, stsAt] = running;
  return {
    urls: { s3: s3At.url, iam: iamAt.url, sts: stsAt.url },
    store,
    account,
    takenBucketNames,
    findings: () => [...findings],
    async close() {
      await Promise.all(running.map((one) => one.close()));
    },
  };
}

/** Plays the daily runs that have come due since the last request. */
function lifecycle(store: S3Store, { clock }: CloudContext): (now: Date) => void {
  let since = clock.now();
  return (now) => {
    playLifecycleRuns(store, since, now);
    since = now;
  };
}

function queryServer(context: CloudContext, store: S3Store, service: QueryService) {
  const server = createPlatformServer("wasabi", context, {
    dump: () => dumpWasabi(service.account, store),
    errorBody: (status, message) => ({
      contentType: "text/xml",
      body: queryErrorXml(
        queryNamespace(service),
        { code: status === 429 ? "Throttling" : "ServiceFailure", message },
        "",
      ),
    }),
    generated: generatedIds,
  });
  serveQueries(server, service);
  return server;
}
