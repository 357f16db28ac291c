import { settingStatement } from "../../../operations/restore/database/settings.ts";

const statement = (name: string, value: string, role?: string, isOfDatabase = false) =>
  settingStatement({ name, value, role, isOfDatabase }, "mam");

test("a setting that is a list of names stays a list, and no name with commas in it", () => {
  expect(statement("search_path", 'app, "$user", "Odd, ""name"""', "mam_app")).toBe(
    `alter role "mam_app" set "search_path" = 'app', '$user', 'Odd, "name"'`,
  );
  expect(statement("search_path", '""', "mam_app")).toMatch(/= ''$/);
  expect(statement("DateStyle", "ISO, DMY", "mam_app")).toMatch(/= 'ISO, DMY'$/);
});

test("a setting is made where it was: of a role, of a role in the database, of the database", () => {
  expect(statement("lock_timeout", "5s", "mam_app", true)).toBe(
    `alter role "mam_app" in database "mam" set "lock_timeout" = '5s'`,
  );
  expect(statement("timezone", "Europe/Berlin", undefined, true)).toBe(
    `alter database "mam" set "timezone" = 'Europe/Berlin'`,
  );
});
