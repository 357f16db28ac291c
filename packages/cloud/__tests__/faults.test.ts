import { Faults, faultSchema } from "../src/faults.ts";

const rateLimited = { platform: "digitalocean", kind: "rate-limited" } as const;

test("a fault meets as many requests as it says, then no more", () => {
  const faults = new Faults();
  faults.add({ ...rateLimited, times: 2 });

  const met = [1, 2, 3].map(() => faults.take("digitalocean", "GET", "/v2/apps")?.kind);

  expect(met).toEqual(["rate-limited", "rate-limited", undefined]);
});

test("a fault meets only its platform, method and path", () => {
  const faults = new Faults();
  faults.add({ ...rateLimited, method: "POST", path: "^/v2/apps$" });

  expect(faults.take("wasabi", "POST", "/v2/apps")).toBeUndefined();
  expect(faults.take("digitalocean", "GET", "/v2/apps")).toBeUndefined();
  expect(faults.take("digitalocean", "POST", "/v2/apps/1")).toBeUndefined();
  expect(faults.take("digitalocean", "POST", "/v2/apps")).toBeDefined();
});

test("a fault lets as many requests pass before it as it says", () => {
  const faults = new Faults();
  faults.add({ ...rateLimited, path: "apps", after: 2 });

  const met = ["apps", "vpcs", "apps", "apps", "apps"].map(
    (path) => faults.take("digitalocean", "GET", path)?.kind,
  );

  expect(met).toEqual([undefined, undefined, undefined, "rate-limited", undefined]);
});

test("only reading can be answered as it was", () => {
  const faults = new Faults();
  faults.add({ platform: "digitalocean", kind: "stale" });

  expect(faults.take("digitalocean", "POST", "/v2/apps")).toBeUndefined();
  expect(faults.take("digitalocean", "GET", "/v2/apps")?.kind).toBe("stale");
});

test("a platform that is down stays down until the faults are cleared", () => {
  const faults = new Faults();
  faults.add({ platform: "wasabi", kind: "down", times: 1 });

  expect([1, 2, 3].every(() => faults.take("wasabi", "GET", "/")?.kind === "down")).toBe(true);
  faults.clear();
  expect(faults.take("wasabi", "GET", "/")).toBeUndefined();
});

test("a misspelt fault is refused by name", () => {
  const parsed = faultSchema.safeParse({ ...rateLimited, tims: 3 });
  expect(parsed.error?.message).toContain("tims");
});

test("a path that is no regular expression is refused", () => {
  expect(faultSchema.safeParse({ ...rateLimited, path: "(" }).success).toBe(false);
});
