import type { CaaRecord } from "node:dns";
import type { Resolver } from "node:dns/promises";

import { allowedAuthorities } from "../../../operations/doctor/names.ts";

/** A resolver that knows CAA records, and says of any other name that there is nothing. */
function resolverOf(records: Readonly<Record<string, readonly Partial<CaaRecord>[]>>) {
  const asked: string[] = [];
  const resolveCaa = (name: string) => {
    asked.push(name);
    const found = records[name];
    return found
      ? Promise.resolve(found)
      : Promise.reject(Object.assign(new Error(name), { code: "ENODATA" }));
  };
  return { asked, dns: { resolveCaa } as unknown as Resolver };
}

test("the closest name that says anything decides", async () => {
  const { asked, dns } = resolverOf({
    "northlight.example": [{ issue: "letsencrypt.org" }],
    "staging.northlight.example": [{ issue: "pki.goog" }],
  });

  expect(await allowedAuthorities(dns, "mam.staging.northlight.example")).toEqual({
    name: "staging.northlight.example",
    allowed: ["pki.goog"],
  });
  expect(asked).toEqual(["mam.staging.northlight.example", "staging.northlight.example"]);
});

test("names that say nothing allow anybody, and registries are not asked", async () => {
  const { asked, dns } = resolverOf({});

  expect(await allowedAuthorities(dns, "mam.northlight.example")).toBeUndefined();
  expect(asked).toEqual(["mam.northlight.example", "northlight.example"]);
});

test.each([
  [
    "parameters and a final dot are not part of a name",
    [{ issue: "pki.goog.; cansignhttp=yes" }],
    ["pki.goog"],
  ],
  ["an authority of nobody excludes everybody", [{ issue: ";" }], []],
  [
    "a record that only says whom to tell excludes nobody",
    [{ iodef: "mailto:a@b.example" }],
    undefined,
  ],
])("%s", async (_, records, expected) => {
  const { dns } = resolverOf({ "northlight.example": records });

  expect((await allowedAuthorities(dns, "northlight.example"))?.allowed).toEqual(expected);
});

test("servers that fail are not taken for servers that say nothing", async () => {
  const dns = {
    resolveCaa: () => Promise.reject(Object.assign(new Error("no"), { code: "ESERVFAIL" })),
  } as unknown as Resolver;

  await expect(allowedAuthorities(dns, "northlight.example")).rejects.toThrow("no");
});
