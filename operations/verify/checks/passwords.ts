import { type Check, CheckSkipped } from "../../context/check.ts";
import type { VerifyContext } from "../context.ts";
import { passwordsOf, renewedUsers, takenBy } from "../passwords.ts";

/** Whether the app was deployed with the passwords that its database users have. */
export const passwordChecks: readonly Check<VerifyContext>[] = [
  {
    id: "database-passwords",
    severity: "error",
    what: "The app was deployed with the passwords that the database users have now.",
    why: "App Platform fills passwords in when it deploys: after a reset the next new connection is refused.",
    fix: "`mam deploy <environment>` deploys the app again, which takes the new password",
    run: async ({ app, entries, observed }) => {
      const { active_deployment: active } = await app();
      const taken = takenBy(await entries(), active?.id);
      if (!taken) {
        throw new CheckSkipped(
          "mam did not make the active deployment, so nobody knows which passwords it took",
        );
      }
      return renewedUsers(taken, passwordsOf(await observed())).map((user) => ({
        resource: `the password of ${user}`,
        expected: `the one that deployment ${active?.id ?? ""} took`,
        found: "a newer one",
      }));
    },
  },
];
