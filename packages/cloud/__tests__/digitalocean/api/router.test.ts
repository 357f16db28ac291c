import { endpoint, ok } from "../../../src/digitalocean/api/endpoint.ts";
import { createRouter } from "../../../src/digitalocean/api/router.ts";

const get = (path: string) =>
  endpoint({ method: "GET", path, scope: "x:read", handle: () => ok(path) });
const find = createRouter(["/v2/apps/:id", "/v2/apps/regions", "/v2/apps/:id/alerts"].map(get));
const found = (path: string) => find("GET", path)?.endpoint.path;

test("a word goes before a placeholder, in whatever order they were described", () => {
  expect(found("/v2/apps/regions")).toBe("/v2/apps/regions");
  expect(found("/v2/apps/1")).toBe("/v2/apps/:id");
});

test("placeholders are decoded and take one segment", () => {
  expect(find("GET", "/v2/apps/a%2Fb/alerts")?.params).toEqual({ id: "a/b" });
  expect(found("/v2/apps/a/b/alerts")).toBeUndefined();
});

test("another method or path finds nothing, nor does a broken encoding", () => {
  expect(find("POST", "/v2/apps/regions")).toBeUndefined();
  expect(found("/v2/apps")).toBeUndefined();
  expect(found("/v2/apps/%zz")).toBeUndefined();
  expect(find("TRACE", "/v2/apps/1")).toBeUndefined();
});
