import { summarise } from "../../../rehearsal/command/summary.ts";
import type { RehearsalReport } from "../../../rehearsal/harness/report.ts";

const report: RehearsalReport = {
  environment: "staging",
  suite: "cdktf",
  providers: "embedded",
  acts: [
    {
      name: "deploy",
      title: "everything from nothing",
      statements: [
        { statement: "cdktf deploy ends well", held: true, objections: [] },
        {
          statement: "databases are as configured",
          held: false,
          objections: ["PostgreSQL's status is missing"],
        },
      ],
      seconds: 9.94,
      requests: { digitalocean: 150, spaces: 45 },
      changed: { data: 20, app: 1 },
      shown: [],
    },
  ],
  findings: ["GET /v2/droplets is not played"],
  standing: { data: 20 },
  urls: { api: "https://mam.example/api/health" },
  realDeployment: { seconds: 348, steps: [{ address: "staging-data: postgres", seconds: 300 }] },
  seconds: 61.2,
  interrupted: false,
  held: false,
};

test("what did not hold comes first, with what contradicts it", () => {
  expect(summarise(report).split("\n").slice(0, 3)).toEqual([
    "✗ deploy: databases are as configured",
    "    PostgreSQL's status is missing",
    "✗ not rehearsed: GET /v2/droplets is not played",
  ]);
});

test("each scenario says what held, how long it took, what was asked and what changed", () => {
  expect(summarise(report)).toContain("deploy  1 of 2  9.9 s  195       data 20, app 1");
});

test("the real platforms' time is beside that of the rehearsal", () => {
  expect(summarise(report)).toContain(
    "A first deployment on the real platforms takes about 5 min 48 s; this rehearsal took 1 min 1 s.",
  );
});

test("the last line is the verdict", () => {
  const verdict = (change: Partial<RehearsalReport>) =>
    summarise({ ...report, ...change })
      .trim()
      .split("\n")
      .at(-1);

  expect(verdict({})).toBe(
    "staging, cdktf: 1 of 2 statements held, embedded providers. This rehearsal failed; its files are in .rehearsal/staging/.",
  );
  expect(verdict({ held: true })).toBe(
    "staging, cdktf: all 2 statements held, embedded providers.",
  );
  expect(verdict({ interrupted: true })).toBe(
    "staging, cdktf: interrupted. Everything was put away.",
  );
});

test("what this machine could not play is neither held nor failed, and says the line that mends it", () => {
  const [deploy] = report.acts;
  const notRun = "Valkey is not on the PATH: apt-get install valkey-server";
  const media = { ...deploy!, name: "media", statements: [], notRun };
  const text = summarise({ ...report, acts: [media], findings: [], held: true });

  expect(text).toContain(`○ media was not run. ${notRun}`);
  expect(text).toMatch(/media +not run/);
  expect(text.trim().split("\n").at(-1)).toMatch(/statements held, .*\. Not run: media\.$/);
});
