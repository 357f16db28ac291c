import { parseRequest } from "../../../operations/release/request.ts";

test("components are asked for by tag or digest", () => {
  expect(parseRequest(["api=v1.4.0", "edge=sha256:0d1c"])).toEqual({
    images: [
      { component: "api", reference: "v1.4.0" },
      { component: "edge", reference: "sha256:0d1c" },
    ],
    problems: [],
  });
});

test("everything that is wrong is said at once", () => {
  expect(parseRequest(["api", "worker=", "web=v1", "edge=v1", "edge=v2"]).problems).toEqual([
    '"api" is not understood, expected component=tag or component=digest',
    '"worker=" is not understood, expected component=tag or component=digest',
    'there is no component "web", expected one of: frontend, api, worker, edge, backup',
    "edge is named twice",
  ]);
});
