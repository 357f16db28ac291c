import { durations, secondsOf } from "../src/durations.ts";

test.each(Object.entries(durations))(
  "%s has a length and a source",
  (_name, { seconds, source }) => {
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(source.length).toBeGreaterThan(20);
  },
);

test("creating any engine's cluster has a duration", () => {
  for (const engine of ["pg", "advanced_pg", "valkey", "opensearch"] as const) {
    expect(secondsOf(`database-create-${engine}`)).toBeGreaterThan(60);
  }
});
