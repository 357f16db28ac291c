import { delimiter, dirname } from "node:path";

import type { LocalNames } from "../../../door/local-names.ts";

/** What a program sees beside the variables of its component. */
export interface Surroundings {
  readonly names: LocalNames;
  readonly path: string | undefined;
  /** A folder of its own, which is removed with it: its home, and the place of its temporary files. */
  readonly home: string;
  /** The option by which Node.js finds names. */
  readonly network: string;
  /** File with the certificate of a further authority that Node.js trusts. */
  readonly authority?: string | undefined;
}

/** PATH of a program that is given none: this Node.js comes first. */
const ownPath = () =>
  [dirname(process.execPath), ...(process.env.PATH ?? "").split(delimiter)].join(delimiter);

/**
 * The environment of a program: the variables of its component, resolved, with the addresses of official hosts as they are
 * reached on this machine and the ports that it has here; and, beside them, only what a process needs to run.
 *
 * @param variables secrets in clear.
 * @param ports those of its container, and what each is here. A variable named PORT, or with a name that ends in `_PORT`,
 *   that has one of them as its value is given the other.
 */
export function programEnvironment(
  variables: ReadonlyMap<string, string>,
  ports: ReadonlyMap<number, number>,
  { names, path = ownPath(), home, network, authority }: Surroundings,
): Record<string, string> {
  const own = [...variables].map(([key, value]) => {
    const port = /(^|_)PORT$/.test(key) ? ports.get(Number(value)) : undefined;
    return [key, port === undefined ? names.toLocal(value) : String(port)] as const;
  });
  const options = variables.get("NODE_OPTIONS");
  return {
    ...Object.fromEntries(own),
    PATH: path,
    HOME: home,
    TMPDIR: home,
    HOST: "127.0.0.1",
    ...(authority === undefined ? {} : { NODE_EXTRA_CA_CERTS: authority }),
    NODE_OPTIONS: options === undefined ? network : `${options} ${network}`,
  };
}
