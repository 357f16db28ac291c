import { engines } from "../../../local/engines.ts";
import { type WholePlatform, startWholePlatform } from "../../../local/whole-platform.ts";
import { lacking } from "../../../../packages/engines/src/index.ts";
import { freePort } from "../../../bench/processes.ts";
import type { Program } from "../../../local/program.ts";
import {
  type Instance,
  type LogLine,
  type Service,
  type Target,
  type Variables,
  services,
} from "../target.ts";

/** Our own four services with everything that they need, and how the suite reaches them. */
export interface OwnPlatform {
  readonly target: Target;
  readonly platform: WholePlatform;
  /** Folder in which a service was built. */
  built(service: Service): string;
  /** Ends both instances of the API. */
  stopApi(): Promise<void>;
  close(): Promise<void>;
}

/** Requests of one address within a minute: few, so that the suite can exceed them. */
const limits = { api: 200, edge: 200 };

/** Seconds by which clocks may differ: long enough for the suite to ask within them. */
const skew = "30";

/** What has to be there to run the services, with the lines that bring it; undefined when all is. */
export function lackingForStart(): string | undefined {
  return lacking(engines, ["postgres", "valkey", "ffmpeg"]);
}

/** Starts our services, the API twice, with real PostgreSQL, Valkey, ffmpeg and S3. */
export async function startOwnPlatform(): Promise<OwnPlatform> {
  const reports = { host: "127.0.0.1", port: await freePort() };
  const platform = await startWholePlatform({
    told: {
      api: { RATE_LIMIT_MAX: String(limits.api), CLOCK_SKEW_SECONDS: skew },
      edge: { RATE_LIMIT_MAX: String(limits.edge), CLOCK_SKEW_SECONDS: skew },
      worker: { API_BASE: `http://${reports.host}:${reports.port}` },
    },
  });
  const second = await platform.start("api");
  const others: { readonly service: Service; readonly program: Program }[] = [];
  const { frontend, api, worker, edge } = platform.programs;
  const logs = (): LogLine[] =>
    [
      ...services.map((service) => ({ service, program: platform.programs[service] })),
      { service: "api" as const, program: second },
      ...others,
    ].flatMap(({ service, program }) => program.log.map((line) => ({ service, line })));
  return {
    platform,
    stopApi: async () => {
      await Promise.all([api.end("SIGTERM"), second.end("SIGTERM")]);
    },
    built: (service) => platform.programs[service].directory,
    target: {
      addresses: {
        frontend: frontend.url,
        api: [api.url, second.url],
        worker: worker.url,
        edge: edge.url,
      },
      ...whatIsTold(platform),
      limits,
      reports,
      logs: { of: services, lines: logs },
      another: async (service, changes) => {
        const program = await platform.start(service, { changes: definite(changes) });
        others.push({ service, program });
        return instanceOf(program);
      },
    },
    close: async () => {
      await second.end("SIGKILL");
      await Promise.all(others.map(({ program }) => program.end("SIGKILL")));
      await platform.close();
    },
  };
}

/** What the suite knows of the platform, beside addresses. */
function whatIsTold({ environments, account, storage, valkey }: WholePlatform) {
  const { frontend, api, worker, edge } = environments;
  return {
    account,
    variables: { ...frontend, ...worker, ...edge, ...api },
    storageKey: storage.rootKey,
    valkeyAuthority: valkey.authority,
    ffmpeg: engines.found.ffmpeg?.program,
  };
}

/** Variables as a process takes them. */
export const definite = (variables: Variables): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(variables).map(([name, value = ""]) => [name, value]));

/** A program as the suite sees it. */
export const instanceOf = (program: Program): Instance => ({
  url: program.url,
  lines: program.lines,
  end: () => program.end("SIGTERM"),
  kill: async () => {
    await program.end("SIGKILL");
  },
});
