import { execa } from "execa";

import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";

/** A repository on GitHub: that of the checkout. Its credentials are those of `gh`. */
export interface GitHub {
  /**
   * Calls the REST API.
   *
   * @param path with `{owner}` and `{repo}`, which gh fills in.
   * @param body sent as JSON on standard input: nothing of it is seen in the list of processes.
   * @returns what was answered; undefined for a GET of something that is not there.
   */
  rest(method: Method, path: string, body?: object): Promise<unknown>;
  /** Asks the GraphQL API, with `$owner`, `$name` and numbers. */
  query(text: string, numbers?: Readonly<Record<string, number>>): Promise<unknown>;
  /** Fetches an artifact of a workflow's run into a directory. */
  download(run: number, artifact: string, directory: string): Promise<void>;
}

type Method = "GET" | "POST" | "PATCH" | "PUT";

/** Exit code of gh without credentials (cli.github.com/manual/gh_help_exit-codes). */
const notAuthenticated = 4;

/** What gh gets of this process: no key to a platform is among it. */
const passedOn =
  /^(PATH|HOME|USER|TMPDIR|LANG|LC_ALL|GH_\w+|GITHUB_(TOKEN|REPOSITORY|SERVER_URL)|XDG_\w+|https?_proxy|no_proxy|SSL_CERT_\w+)$/i;

/** GitHub as the command `gh` reaches it. Nothing is asked of it yet. */
export function gitHub({
  project,
  variables,
  interruption,
}: Pick<Session, "project" | "variables" | "interruption">): GitHub {
  const given = Object.entries(variables).filter(([name]) => passedOn.test(name));
  const env = { ...Object.fromEntries(given), ...unattended };
  const run = (args: readonly string[], input?: string) =>
    execa("gh", args, {
      ...{ cwd: project, env, extendEnv: false, reject: false, cancelSignal: interruption },
      ...(input === undefined ? { stdin: "ignore" } : { input }),
    });
  const ask = async (args: readonly string[], input?: string) =>
    answerOf(args, await run(args, input));
  return {
    rest: async (method, path, body) => {
      const input = body ? ["--input", "-"] : [];
      const args = ["api", "--method", method, path, ...input];
      const answer = await run(args, body && JSON.stringify(body));
      if (method === "GET" && answer.stderr.includes("(HTTP 404)")) return undefined;
      return parsed(answerOf(args, answer));
    },
    query: async (text, numbers = {}) => {
      const fields = { owner: "{owner}", name: "{repo}", ...numbers };
      const typed = Object.entries(fields).flatMap(([name, value]) => ["-F", `${name}=${value}`]);
      return parsed(await ask(["api", "graphql", ...typed, "-f", `query=${text}`]));
    },
    download: async (id, artifact, directory) => {
      await ask(["run", "download", String(id), "--name", artifact, "--dir", directory]);
    },
  };
}

/** Asks nothing, and writes for a program. */
const unattended = {
  GH_PROMPT_DISABLED: "1",
  GH_NO_UPDATE_NOTIFIER: "1",
  GH_PAGER: "cat",
  NO_COLOR: "1",
};

interface Answer {
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly code?: string | undefined;
}

/** What gh printed. @throws NotConfigured without gh or its credentials, and an Error with what it said otherwise. */
function answerOf(args: readonly string[], { exitCode, stdout, stderr, code }: Answer): string {
  if (exitCode === 0) return stdout;
  if (code === "ENOENT") {
    throw new NotConfigured(
      "gh is not installed\n  fix: https://cli.github.com, version 2.60 or newer",
    );
  }
  if (exitCode === notAuthenticated || stderr.includes("(HTTP 401)")) {
    throw new NotConfigured(
      `gh has no credentials: ${stderr.trim()}\n  fix: gh auth login; in GitHub Actions, GH_TOKEN: \${{ github.token }} in the step's env`,
    );
  }
  // The words of the command, without what it was told to write.
  const command = args.slice(0, 4).join(" ");
  throw new Error(`gh ${command} failed: ${stderr.trim() || `exit code ${exitCode ?? "none"}`}`);
}

function parsed(text: string): unknown {
  return text === "" ? {} : JSON.parse(text);
}
