import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  authorityVariable,
  serverOf,
  serverVariable,
} from "../../../operations/restore/database/scratch-server.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-authority-"));
  writeFileSync(join(directory, "ca.pem"), "authority");
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const address = "postgresql://postgres:secret@localhost:5432/postgres";
const at = (url: string, authority?: string) =>
  serverOf({
    [serverVariable]: url,
    ...(authority === undefined ? {} : { [authorityVariable]: join(directory, authority) }),
  });

test("a server on this machine, and one whose authority is named, are where a dump is proved", () => {
  expect(at(address)).toMatchObject({ host: "localhost", database: "postgres" });
  expect(at(`${address}?sslmode=verify-full`, "ca.pem")).toMatchObject({ host: "localhost" });
});

test.each([
  ["", "missing"],
  ["a server", "none"],
  // Without a scheme the host would be read as one, and the connection go wherever this machine's settings say.
  ["localhost:5432", "none"],
  ["https://localhost:5432/postgres", "none"],
  ["postgresql://localhost:port/postgres", "none"],
])("%j is no address of a server, and what one is is said", (url, what) => {
  expect(() => at(url)).toThrow(
    new RegExp(
      `^MAM_RESTORE_SERVER is ${what}: the address of a PostgreSQL server that holds nothing, such as postgresql:.*\\n {2}fix: docs/restore\\.md says how to start one`,
    ),
  );
});

test.each([
  ["sslmode=require", undefined],
  ["sslmode=verify-full", undefined],
  ["options=-c%20search_path%3Da", "ca.pem"],
])("an address with %s is refused: the connection would be another one", (setting, authority) => {
  const said = decodeURIComponent(setting);
  expect(() => at(`${address}?${setting}`, authority)).toThrow(
    `MAM_RESTORE_SERVER says ${said}, and the connection would not keep to it.\n  fix: take it away; for a connection that is encrypted and verified, name the file with the server's certificate authority in ${authorityVariable}`,
  );
});

test("an authority that cannot be read is named with its variable", () => {
  expect(() => at(address, "gone.pem")).toThrow(
    new RegExp(
      `^${authorityVariable}: ENOENT: .*gone\\.pem.*\\n {2}fix: name the file with the server's certificate authority, or unset it`,
    ),
  );
});
