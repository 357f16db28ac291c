import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { newValues } from "../../../operations/init/values.ts";

const all = loadEnvironments({ inputs: environments, directory: "environments" }).map(
  ({ config }) => config,
);
const [production, staging] = all as [EnvironmentConfig, EnvironmentConfig];
const valuesOf = (source: EnvironmentConfig, beside = all) =>
  Object.fromEntries(newValues("demo", source, beside).map(({ path, to }) => [path, to]));

test("a name in hosts, zone and prefix becomes the new one", () => {
  expect(valuesOf(staging)).toEqual({
    name: "demo",
    "network.vpcCidr": "10.122.0.0/20",
    "storage.bucketPrefix": "northlight-mam-demo",
    "domain.zone": "demo.northlight.example",
    "domain.appHost": "mam.demo.northlight.example",
    "domain.mediaHost": "media.demo.northlight.example",
  });
});

test("where the name is in none of them, it is put in; a host outside the zone gets it in front", () => {
  const domain = { ...production.domain, mediaHost: "media.northlight.test" };
  const storage = { ...production.storage, bucketPrefix: "northlight-mam" };

  expect(valuesOf({ ...production, domain, storage })).toMatchObject({
    "storage.bucketPrefix": "northlight-mam-demo",
    "domain.zone": "demo.northlight.example",
    "domain.appHost": "mam.demo.northlight.example",
    "domain.mediaHost": "demo-media.northlight.test",
  });
});

const withRange = (config: EnvironmentConfig, vpcCidr: string) => ({
  ...config,
  network: { ...config.network, vpcCidr },
});

test.each([
  [
    "ranges of other environments",
    "10.120.0.0/20",
    ["10.121.0.0/18", "10.122.0.0/16"],
    "10.123.0.0/20",
  ],
  ["ranges that are reserved in the region", "10.9.0.0/20", [], "10.11.0.0/20"],
  ["a range that is as large as its step", "10.120.0.0/16", ["10.121.0.0/16"], "10.122.0.0/16"],
])("the new range is clear of %s", (_what, from, others, expected) => {
  const source = withRange(production, from);
  const beside = [source, ...others.map((range) => withRange(staging, range))];
  expect(valuesOf(source, beside)["network.vpcCidr"]).toBe(expected);
});

test("a range behind which nothing private is free says so", () => {
  expect(() => valuesOf(withRange(production, "192.168.240.0/20"))).toThrow(
    "No range of 4096 addresses is free behind 192.168.240.0/20, that of production.\n  fix: write the new environment by hand",
  );
});
