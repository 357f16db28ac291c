import {
  type Compared,
  compareWithRunning,
} from "../../../operations/restore/cluster/comparison.ts";

const database = (tables: Compared["tables"], migration: string | null): Compared => ({
  ...{ tables, migration, older: {}, schema: [], privileges: [], behind: [] },
  ...{ furtherPrivileges: [], locks: [] },
  newest: { assets: null, jobs: null },
});
const users = { name: "public.users", rows: 2, newest: undefined, isDated: false };

test("a copy without a table is an empty backup, whatever migrations it had", () => {
  const proofs = compareWithRunning(database([], null), database([users], "0004_backups"));

  expect(proofs.flatMap(({ problems }) => problems)).toEqual([
    "no table is here: the backup is empty",
  ]);
});
