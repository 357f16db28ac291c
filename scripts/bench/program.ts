import { execa } from "execa";

/** A program's environment variables: the whole of them. */
export type Variables = Readonly<Record<string, string>>;

/** How a program is run. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: Variables;
}

/** Runs a program to its end. @throws Error with all that it said, when it failed */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env }: RunOptions,
): Promise<void> {
  await execa(program, args, { cwd, env, extendEnv: false, stdin: "ignore" });
}
