import { lastLines } from "../../../rehearsal/platform/last-lines.ts";

const line = (component: string, type: "BUILD" | "RUN", text: string) => ({
  at: "2026-11-29T12:00:00Z",
  component,
  type,
  line: text,
});

test("the last lines of each component stand together, without what a terminal would obey", () => {
  const many = Array.from({ length: 30 }, (_, index) => line("api", "RUN", `line ${index}`));
  const logs = [
    line("worker", "RUN", "no \u001B[2Jffmpeg"),
    ...many,
    line("api", "BUILD", "built"),
  ];
  const text = lastLines([{ deployments: [{ id: "d-1", logs }] as never }]);

  expect(text).toMatch(
    /^deployment d-1\n {2}worker, run\n {4}no .*ffmpeg\n {2}api, run\n {4}line 10\n/,
  );
  expect(text).toMatch(/ {4}line 29\n {2}api, build\n {4}built\n$/);
  expect(text).not.toContain("\u001B");
});

test("nothing is said of a deployment that has no log", () => {
  expect(lastLines([{ deployments: [{ id: "d-1", logs: [] }] as never }])).toBe("");
});
