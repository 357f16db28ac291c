import { Command } from "commander";

import { exitCodes } from "./command/action.ts";
import { commands } from "./command/commands.ts";

const program = new Command("mam")
  .description("Checks, plans, deploys, verifies and rolls back an environment of the platform.")
  .exitOverride((error) => {
    // commander's own exit code of a usage error is 1.
    process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage);
  });
for (const declare of commands) declare(program);

// The SDK is pinned, and what it says about its next releases is of no use to whoever deploys.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
await program.parseAsync();
