/** The four services. */
export const services = ["frontend", "api", "worker", "edge"] as const;

/** Name of a service. */
export type Service = (typeof services)[number];

/** A line of a log, and who wrote it. */
export interface LogLine {
  readonly service: Service;
  readonly line: string;
}

/** An instance that the suite started itself. */
export interface Instance {
  readonly url: string;
  readonly lines: readonly string[];
  /** Sends SIGTERM, and waits. @returns the exit code; null when a signal ended it */
  end(): Promise<number | null>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** Values of the environment variables that the images are told, by name. */
export type Variables = Readonly<Partial<Record<string, string>>>;

/** Somebody who may sign in. */
export interface Account {
  readonly email: string;
  readonly password: string;
}

/** The images that are held to the contract, and all that is known of them. */
export interface Target {
  /** Base of each service; of the API several, which are instances of one. */
  readonly addresses: {
    readonly frontend?: string | undefined;
    readonly api: readonly string[];
    /** Base of the health endpoint. */
    readonly worker?: string | undefined;
    readonly edge?: string | undefined;
  };
  readonly account?: Account | undefined;
  /** What the images are told, by the names of docs/environment-variables.md. */
  readonly variables: Variables;
  /** `RATE_LIMIT_MAX` of the API and of the edge, which are two variables of one name. */
  readonly limits: { readonly api?: number | undefined; readonly edge?: number | undefined };
  /** A key that reads and writes masters and previews, for putting and looking. */
  readonly storageKey?:
    { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Who certifies Valkey, in PEM, where it is nobody that Node trusts by itself. */
  readonly valkeyAuthority?: string | undefined;
  /** Where the suite takes the worker's reports: its `API_BASE`. */
  readonly reports?: { readonly host: string; readonly port: number } | undefined;
  /** Program that makes films and looks at them. */
  readonly ffmpeg?: string | undefined;
  /** Services whose logs are known, and all their lines so far. */
  readonly logs?:
    | {
        readonly of: readonly Service[];
        readonly lines: () => readonly LogLine[] | Promise<readonly LogLine[]>;
      }
    | undefined;
  /** Starts another instance of a service with the same variables and some others. */
  readonly another?: ((service: Service, changes: Variables) => Promise<Instance>) | undefined;
}

/** Something that a statement needs to know or to reach. A name in capitals is a variable of the environment. */
export type Need =
  | Service
  | "two instances of the api"
  | "account"
  | "storage key"
  | "reports"
  | "ffmpeg"
  | "logs"
  | "another instance"
  | "limit of the api"
  | "limit of the edge"
  | Uppercase<string>;

const told = (value: unknown) => value !== undefined && value !== "";

/** What each need is met by, and the line that mends its absence. */
const meetings: Readonly<Record<string, readonly [(target: Target) => boolean, string]>> = {
  frontend: [({ addresses }) => told(addresses.frontend), "--frontend URL"],
  api: [({ addresses }) => addresses.api.length > 0, "--api URL"],
  worker: [({ addresses }) => told(addresses.worker), "--worker URL"],
  edge: [({ addresses }) => told(addresses.edge), "--edge URL"],
  "two instances of the api": [({ addresses }) => addresses.api.length > 1, "--api URL twice"],
  account: [({ account }) => account !== undefined, "--account EMAIL and CONFORMANCE_PASSWORD"],
  "storage key": [
    ({ storageKey }) => storageKey !== undefined,
    "CONFORMANCE_STORAGE_ACCESS_KEY and CONFORMANCE_STORAGE_SECRET",
  ],
  reports: [
    ({ reports }) => reports !== undefined,
    "--reports HOST:PORT, and that as the worker's API_BASE",
  ],
  ffmpeg: [({ ffmpeg }) => ffmpeg !== undefined, "ffmpeg on the PATH, or FFMPEG_PATH"],
  logs: [({ logs }) => logs !== undefined, "--logs FILE, or --start"],
  "another instance": [({ another }) => another !== undefined, "--start"],
  "limit of the api": [({ limits }) => limits.api !== undefined, "--api-limit NUMBER"],
  "limit of the edge": [({ limits }) => limits.edge !== undefined, "--edge-limit NUMBER"],
};

/** What a target lacks for a statement, as the options and variables that would bring it. */
export function lackingIn(target: Target, needs: readonly Need[]): readonly string[] {
  return needs.flatMap((need) => {
    const meeting = meetings[need];
    if (!meeting) return told(target.variables[need]) ? [] : [need];
    const [isMet, mended] = meeting;
    return isMet(target) ? [] : [mended];
  });
}
