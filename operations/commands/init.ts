import type { Command } from "commander";

import { exitCodes } from "../context/failure.ts";
import { initialise } from "../init/init.ts";
import { perform } from "./action.ts";

interface InitOptions {
  readonly from: string;
  readonly json: boolean;
}

const examples = ["mam init demo --from staging", "mam init qa-eu --from staging --json"];

/** `mam init`: writes the files of a new environment. */
export function declareInit(program: Command): void {
  program
    .command("init")
    .description(
      "writes the files of a new environment, made from another one; nothing is deployed",
    )
    .argument("<name>", "what it will be called")
    .requiredOption("--from <environment>", "environment whose sizes and settings it gets")
    .option("--json", "prints the result as JSON", false)
    .allowExcessArguments(false)
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  ${example}`).join("\n")}`)
    .action(async function (this: Command, name: string) {
      const options = { ...this.opts<InitOptions>(), operands: [] };
      // One at a time: another one would choose the same range.
      const changes = () => true;
      process.exitCode = await perform(
        options.from,
        options,
        (session) => initialise(session, name),
        changes,
      );
      if (process.exitCode === exitCodes.interrupted) process.exit();
    });
}
