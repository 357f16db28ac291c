import { parseArgs } from "node:util";

import type { CloudPorts } from "../cloud.ts";
import { exampleFile } from "./seed-file.ts";

/** What the program is asked to do. */
export interface ProgramOptions {
  readonly seed: string;
  readonly json: boolean;
  readonly help: boolean;
  readonly ports: CloudPorts;
}

/** Thrown for arguments that the program does not have. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The options that name a port. */
const portOptions: Readonly<Record<string, keyof CloudPorts>> = {
  "port-digitalocean": "digitalOcean",
  "port-apps": "apps",
  "port-door": "door",
  "port-wasabi-s3": "wasabiS3",
  "port-wasabi-iam": "wasabiIam",
  "port-wasabi-sts": "wasabiSts",
  "port-spaces": "spaces",
};

/** What `--help` shows. */
export const help = `Usage: mam-cloud [--seed FILE] [--json] [--port-* PORT]

Plays DigitalOcean, Wasabi and Spaces on 127.0.0.1, until Ctrl-C or SIGTERM. Nothing is kept.

  --seed FILE   what stands there at the beginning; default: the package's seed.example.json
  --json        print the addresses as one line of JSON
  --help        show this text
${Object.keys(portOptions)
  .map((option) => `  --${option} PORT\n`)
  .join("")}                a fixed port of 127.0.0.1; a free one without it

Examples:
  mam-cloud
  mam-cloud --seed seed.json --port-digitalocean 8080
  mam-cloud --json > addresses.json &

Exit code: 0 after Ctrl-C or SIGTERM, 1 when the cloud failed, 2 for wrong arguments or a wrong seed.
`;

/** Reads the arguments of a command line. @throws UsageError */
export function readOptions(argv: readonly string[]): ProgramOptions {
  const { values } = parsed(argv);
  const ports = Object.entries(portOptions).flatMap(([option, name]) => {
    const value = values[option];
    return typeof value === "string" ? [[name, portOf(option, value)] as const] : [];
  });
  return {
    seed: typeof values.seed === "string" ? values.seed : exampleFile,
    json: values.json === true,
    help: values.help === true,
    ports: Object.fromEntries(ports),
  };
}

function parsed(argv: readonly string[]): {
  readonly values: Readonly<Record<string, unknown>>;
} {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        seed: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        ...Object.fromEntries(
          Object.keys(portOptions).map((option) => [option, { type: "string" as const }]),
        ),
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(option: string, value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--${option} is ${value}; expected a port from 1 to 65535`);
}
