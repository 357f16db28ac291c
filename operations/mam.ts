import { Command } from "commander";

import { exitCodes } from "./command/action.ts";
import { commands } from "./command/commands.ts";

const program = new Command("mam")
  .description("Checks, plans, deploys, verifies and rolls back an environment of the platform.")
  .exitOverride((error) => {
    // commander's own exit code of a usage error is 1.
    process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
  });
// Without a name that is known, all of them: for help, and for what commander says about a name that is none.
const asked = Object.entries(commands).filter(([name]) => name === process.argv[2]);
for (const [, load] of asked.length > 0 ? asked : Object.entries(commands)) (await load())(program);

// The SDK is pinned, and what it says about its next releases is of no use to whoever deploys.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
await program.parseAsync();
