import { readFileSync } from "node:fs";

import {
  furtherPrivilegesQuery,
  privilegesQuery,
} from "../../../operations/restore/database/privileges.ts";

test("privileges are read as the backup reads them, or no dump would ever be proved", () => {
  // Its file, because services/ have their own packages.
  const backup = readFileSync("services/backup/src/dump/privileges.ts", "utf8");

  expect(backup).toContain(`privilegesQuery = \`${privilegesQuery}\`;`);
  expect(backup).toContain(`furtherPrivilegesQuery = \`${furtherPrivilegesQuery}\`;`);
});
