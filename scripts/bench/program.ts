import { type SpawnOptions, spawn } from "node:child_process";

/** A program's environment variables: the whole of them. */
export type Variables = Readonly<Record<string, string>>;

/** How a program is run. */
export interface RunOptions extends Pick<SpawnOptions, "cwd"> {
  readonly env: Variables;
}

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to its standard output.
 * @throws Error with all that it said, when it failed.
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env }: RunOptions,
): Promise<string> {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [said, result] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (result += data.toString()));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => (said += data.toString()));
  }
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${String(code)}\n${said}`);
  return result;
}
