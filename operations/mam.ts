import { Command } from "commander";

import manifest from "../package.json" with { type: "json" };
import { commands } from "./commands/commands.ts";
import { exitCodes, failureData } from "./context/failure.ts";
import { outputTo, processStreams } from "./context/output.ts";
import { redactorOf } from "./context/redaction.ts";

const output = outputTo(processStreams(), redactorOf(process.env));
const program = new Command("mam")
  .description("Checks, plans, deploys, verifies and rolls back an environment of the platform.")
  .version(manifest.version)
  .configureOutput({
    writeOut: (text) => {
      output.result(text);
    },
    writeErr: (text) => {
      output.tell(text);
    },
  })
  .exitOverride(({ exitCode, message }) => {
    if (exitCode === 0) process.exit(exitCodes.ok);
    if (process.argv.includes("--json")) {
      const said = message.replace(/^error: /, "");
      output.data(failureData({ kind: "usage", message: said, findings: [] }));
    }
    // commander's own exit code of a usage error is 1.
    process.exit(exitCodes.usage);
  });
// Without a name that is known, all of them: for help, and for what commander says about an unknown name.
const asked = Object.entries(commands).filter(([name]) => name === process.argv[2]);
for (const [, load] of asked.length > 0 ? asked : Object.entries(commands)) (await load())(program);

// The SDK is pinned, and what it says about its next releases is of no use to a person who deploys.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
await program.parseAsync();
