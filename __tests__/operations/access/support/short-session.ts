import { plainProgress } from "../../../../operations/context/progress.ts";
import { abortedBy, interruptingSignals } from "../../../../operations/context/signals.ts";
import { openSession } from "../../../../operations/context/session.ts";
import { psqlSession } from "../../../../operations/access/psql.ts";

// `mam psql` for some seconds, which no person can ask for. Its arguments are its project and how many.

const [project = "", seconds = ""] = process.argv.slice(2);
const session = openSession({
  name: "staging",
  project,
  variables: process.env,
  interruption: abortedBy(interruptingSignals),
});
const asked = { minutes: Number(seconds) / 60, reason: "ticket 3", write: false };
const { exitCode = 0 } = await psqlSession(
  session,
  asked,
  plainProgress(() => undefined),
);
process.exitCode = exitCode;
await session.close();
