import { type Command, InvalidArgumentError, Option } from "commander";

import { environments } from "../../environments/index.ts";
import { componentNames } from "../../environments/schema/environment.ts";
import { storageTiers } from "../../constructs/storage/tiers.ts";
import { adopt } from "../adopt/adopt.ts";
import { adoptAgain } from "../adopt/again.ts";
import { exitCodes } from "../context/failure.ts";
import { perform } from "./action.ts";

interface AdoptOptions {
  readonly from?: string;
  readonly app?: string;
  readonly postgres?: string;
  readonly valkey?: string;
  readonly database?: string;
  readonly bucket: Readonly<Record<string, string>>;
  readonly component: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const examples = [
  "mam adopt shop --from staging --app web-shop --dry-run",
  "mam adopt shop --from production --app web-shop --bucket masters=shop-originals --component edge=cdn",
  "mam adopt shop",
];

/** `mam adopt`: makes an environment of what was made by hand. */
export function declareAdopt(program: Command): void {
  const command = program
    .command("adopt")
    .description(
      "makes an environment of what was made by hand: writes its files and what is imported; platforms and states are only read",
    )
    .argument("<environment>", "what it is called; without --from, one that there is")
    .option("--from <environment>", "environment that says what does not stand yet")
    .option("--app <name>", "app that is taken over; default the only one that no environment has")
    .option("--postgres <cluster>", "its PostgreSQL cluster, where the app does not name it")
    .option("--valkey <cluster>", "its Valkey cluster, where the app does not name it")
    .option("--database <name>", "its logical database, where there are several")
    .addOption(named("bucket", "tier=name", storageTiers, "bucket of a tier; may be repeated"))
    .addOption(
      named(
        "component",
        "ours=theirs",
        componentNames,
        "component of the app that does its work; may be repeated",
      ),
    )
    .option("--dry-run", "writes no file either, and shows what would be written", false)
    .option("--json", "prints the result as JSON", false)
    .allowExcessArguments(false)
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  ${example}`).join("\n")}`);
  command.action(async (name: string, options: AdoptOptions) => {
    process.exitCode = await run(command, name, options);
    if (process.exitCode === exitCodes.interrupted) process.exit();
  });
}

function run(command: Command, name: string, options: AdoptOptions): Promise<number> {
  const given = { ...options, operands: [] };
  const changes = () => !options.dryRun;
  if (options.from === undefined) {
    if (!Object.hasOwn(environments, name))
      command.error(
        `error: there is no environment ${name}: say with --from which one says what does not stand yet\n  fix: mam adopt ${name} --from ${Object.keys(environments).join(", or --from ")}`,
        { exitCode: exitCodes.usage },
      );
    return perform(
      name,
      given,
      (session, _, progress) => adoptAgain(session, options, progress),
      changes,
    );
  }
  const { bucket: buckets, component: roles, ...rest } = options;
  const adoption = { ...rest, name, buckets, roles };
  return perform(
    options.from,
    given,
    (session, _, progress) => adopt(session, adoption, progress),
    changes,
  );
}

/** An option of the form `--bucket masters=shop-originals`. */
function named(flag: string, form: string, known: readonly string[], meaning: string): Option {
  return new Option(`--${flag} <${form}>`, `${meaning}: ${known.join(", ")}`)
    .default({}, "none")
    .argParser((text: string, before: Readonly<Record<string, string>>) => {
      const [key = "", value = ""] = text.split("=");
      if (!known.includes(key) || value === "")
        throw new InvalidArgumentError(
          `Expected ${form}, where ${form.split("=")[0] ?? ""} is one of ${known.join(", ")}.`,
        );
      return { ...before, [key]: value };
    });
}
