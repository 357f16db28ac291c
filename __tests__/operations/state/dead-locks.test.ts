import { releaseLock } from "../../../operations/state/dead-locks.ts";
import { silent } from "../../support/deploying.ts";
import { anEnvironment } from "../../support/environments.ts";
import { aSession } from "../../support/recorded/session.ts";

test("the lock of another environment's state is given back by nobody", async () => {
  const session = aSession({ environment: anEnvironment(), project: "/project", clients: {} });
  const lock = { ID: "5f0c", Who: "ci@runner", Operation: "OperationTypeApply" };
  const held = { stack: "staging-app", lock };

  await expect(
    releaseLock(session, { held, taken: undefined, life: "dead" }, silent),
  ).rejects.toThrow("staging-app is no stack of production");
});
