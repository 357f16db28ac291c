import { readFileSync } from "node:fs";

import { awsResources, digitaloceanResources } from "../src/index.ts";

test("the README names the resource types that there are, and no other", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, listed = ""] = readme.split("## What it knows");
  const named = [...listed.matchAll(/`((?:aws|digitalocean)_[a-z0-9_]+)`/g)].map(
    ([, type]) => type,
  );

  expect(named.sort()).toEqual(
    [...awsResources, ...digitaloceanResources].map(({ type }) => type).sort(),
  );
});
