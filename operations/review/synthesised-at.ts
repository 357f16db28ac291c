import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { endpointsVariable } from "../../stacks/endpoints.ts";
import { NotConfigured } from "../context/credentials.ts";
import { askGit } from "../context/git.ts";
import type { Session } from "../context/session.ts";
import { anyStacks, stackName } from "../terraform/stack-kinds.ts";

/** Terraform JSON of the stacks that there are at a commit. */
type Synthesised = Readonly<Partial<Record<string, string>>>;

/**
 * Synthesises the stacks of an environment as they are at a commit, in a folder of its own and with the packages that
 * are installed here. The commit's code gets no variable of this process but the path.
 *
 * @throws NotConfigured for a commit that is not in this checkout.
 */
export async function synthesisedAt(session: Session, commit: string): Promise<Synthesised> {
  const { project, interruption } = session;
  const known = await askGit(project, ["rev-parse", "--verify", "--quiet", `${commit}^{commit}`]);
  if (known.exitCode !== 0) {
    throw new NotConfigured(
      `--against ${commit}: there is no such commit in this checkout\n  fix: git fetch it first; in CI, fetch-depth: 2 of actions/checkout has HEAD^1, which a pull request is merged into`,
    );
  }
  const directory = mkdtempSync(join(tmpdir(), "mam-against-"));
  try {
    const child = { cwd: directory, cancelSignal: interruption };
    const archive = ["archive", "--format=tar", known.stdout];
    await execa("git", archive, { cwd: project }).pipe("tar", ["-x"], child);
    linkPackages(project, directory);
    await execa(process.execPath, ["--import", "tsx", "main.ts"], {
      ...child,
      env: { ...rehearsed(session), PATH: process.env.PATH ?? "" },
      extendEnv: false,
    });
    return stacksIn(directory, session.environment.config.name);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A rehearsal's addresses, which stand in what is synthesised here too. */
function rehearsed({ variables }: Session): Readonly<Record<string, string>> {
  const value = variables[endpointsVariable];
  return value === undefined ? {} : { [endpointsVariable]: value };
}

/** What is installed here, but for the project's own packages, which are the commit's. */
function linkPackages(project: string, directory: string): void {
  const installed = join(project, "node_modules");
  const own = join(directory, "node_modules");
  mkdirSync(join(own, "@mam-infra"), { recursive: true });
  for (const name of readdirSync(installed).filter((one) => one !== "@mam-infra")) {
    symlinkSync(join(installed, name), join(own, name));
  }
  for (const name of readdirSync(join(directory, "packages"))) {
    symlinkSync(join(directory, "packages", name), join(own, "@mam-infra", name));
  }
}

function stacksIn(directory: string, environment: string): Synthesised {
  const files = anyStacks.map((kind) => {
    const stack = stackName(environment, kind);
    return [kind, join(directory, "cdktf.out/stacks", stack, "cdk.tf.json")] as const;
  });
  return Object.fromEntries(
    files.flatMap(([kind, file]) =>
      existsSync(file) ? [[kind, readFileSync(file, "utf8")] as const] : [],
    ),
  );
}
