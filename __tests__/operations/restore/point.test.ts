import { pointOf } from "../../../operations/restore/point.ts";

test.each([
  ["latest", { kind: "dump", dump: "latest" }],
  ["2026-11-29T00-00-00Z", { kind: "dump", dump: "2026-11-29T00-00-00Z" }],
  ["now", { kind: "time" }],
  ["2026-11-29T03:15Z", { kind: "time", at: "2026-11-29T03:15:00.000Z" }],
  ["2026-11-29T03:15:00.5+01:00", { kind: "time", at: "2026-11-29T02:15:00.500Z" }],
  ["mam-production-postgres", { kind: "cluster" }],
])("--to %s is understood", (to, point) => {
  expect(pointOf(to)).toEqual(point);
});

test.each([
  "",
  "yesterday at 3",
  "2026-11-29T03:15:00",
  "2026-13-29T03:15:00Z",
  "03:15",
  "Cluster",
])("--to %s is refused, with what is expected", (to) => {
  expect(() => pointOf(to)).toThrow(
    `--to ${to}: expected latest, the name of a dump such as 2026-11-29T00-00-00Z, a moment with its zone such as 2026-11-29T03:15:00Z, now, or the name of a cluster`,
  );
});
