import { production } from "../../../environments/production.ts";
import type { LedgerEntry } from "../../../operations/ledger/entry.ts";
import type { Promotion } from "../../../operations/promote/promotion.ts";
import { changed, releaseWithBackup } from "../../support/environments.ts";
import { entryOf, imagesOf } from "../ledger/entries.ts";
import { aPromotion, accepted, findingsOf, historyOf, into, older } from "./support/promotion.ts";

test("nothing speaks against what verify accepted, and what runs as it was verified", async () => {
  expect(await findingsOf(aPromotion())).toEqual([]);
});

const after = (entry: Partial<LedgerEntry>) => historyOf({ ...accepted, ...entry });

const noCheck = { ...accepted, verified: undefined };

const spec = () => aPromotion().runs!.spec;

const refusals: readonly (readonly [
  what: string,
  changed: Partial<Promotion>,
  id: string,
  found: RegExp,
  fix: RegExp,
])[] = [
  [
    "nothing was ever deployed",
    { history: historyOf() },
    "deployed",
    /no release at all/,
    /^mam deploy/,
  ],
  [
    "a release is named that the history does not have",
    { named: "20261124-100000-0009" },
    "deployed",
    /no such release; the newest are 20261124-100000-0001/,
    /^mam rollback staging --list/,
  ],
  [
    "its deployment is under way",
    { history: after({ result: "running", verified: undefined }) },
    "ended",
    /under way/,
    /mam status/,
  ],
  [
    "it was interrupted before verify looked at it",
    {
      history: after({
        ...noCheck,
        result: "interrupted",
        reason: "the release runs, and was not verified",
      }),
    },
    "verified",
    /never verified: the release runs/,
    /^mam deploy/,
  ],
  [
    "its app failed",
    { history: after({ ...noCheck, result: "failed", reason: "deployment x failed" }) },
    "verified",
    /failed, and never verified: deployment x failed/,
    /^mam deploy/,
  ],
  [
    "verify had findings",
    {
      history: after({
        result: "failed",
        verified: { ...accepted.verified!, failed: 1 },
        findings: [
          {
            id: "api-answers",
            severity: "error",
            resource: "the API",
            expected: "200",
            found: "500",
            fix: "mend it",
          },
        ],
      }),
    },
    "accepted",
    /1 checks failed: api-answers/,
    /mam verify .*, then mam deploy/,
  ],
  [
    "a service level turned red after verify",
    { history: after({ result: "failed", reason: "api missed error-rate" }) },
    "accepted",
    /api missed error-rate/,
    /mam deploy/,
  ],
  [
    "somebody went back from it",
    { history: after({ result: "rolled back" }) },
    "not-rolled-back",
    /rolled back/,
    /mam release .*, then mam deploy/,
  ],
  [
    "another release was tried since",
    {
      named: accepted.id,
      history: historyOf(accepted, entryOf("20261124-110000-0002", { result: "failed" })),
    },
    "newest",
    /1 since; the newest is 20261124-110000-0002, deployment, failed/,
    /^mam promote staging production$/,
  ],
  [
    "something else was deployed past the history",
    { runs: { deployment: "from the control panel", spec: spec() } },
    "still-runs",
    /deployment from the control panel/,
    /^mam deploy/,
  ],
  ["nothing runs any more", { runs: undefined }, "still-runs", /nothing/, /^mam deploy/],
  [
    "the history cannot be read",
    { history: { unreadable: "GetObject: 503" } },
    "history",
    /GetObject: 503/,
    /mam rollback .* --list/,
  ],
  [
    "an entry after it cannot be read",
    {
      history: {
        ...historyOf(accepted),
        certain: [],
        oddities: [{ entry: "release x", problem: "kind: unknown", passedOver: true }],
      },
    },
    "history",
    /release x: kind: unknown/,
    /--list --repair, then mam deploy staging/,
  ],
  [
    "production has a backup, of which it has no image",
    { history: after({ images: imagesOf("a") }) },
    "components",
    /staging runs no backup/,
    /^mam release staging backup=sha256:5{64}, then mam deploy staging$/,
  ],
  [
    "it runs a component that production does not have",
    {
      runs: {
        deployment: "the deployment",
        spec: { ...spec(), workers: [...(spec().workers ?? []), { name: "captions" }] },
      },
    },
    "components",
    /makes none of that name/,
    /^git merge 51e07b3aa8c4$/,
  ],
  [
    "production migrates by another command",
    into(changed((draft) => (draft.services.migration = { command: "npm run migrate:old" }))),
    "migration",
    /`npm run migrate:old`/,
    /set services\.migration\.command: "npm run migrate" in environments\/production\.ts/,
  ],
  [
    "a component has a variable that production does not give it",
    {
      runs: {
        deployment: "the deployment",
        spec: {
          ...spec(),
          services: spec().services?.map((one) =>
            one.name === "api" ? { ...one, envs: [...(one.envs ?? []), { key: "CAPTIONS" }] } : one,
          ),
        },
      },
    },
    "variables",
    /knows no such variable/,
    /^git merge 51e07b3aa8c4$/,
  ],
  [
    "production has neither sealed nor been given a secret",
    { supplied: {} },
    "secrets",
    /neither, for/,
    /^export TF_VAR_/,
  ],
  [
    "an image is in the registry no more",
    { registry: new Map([...aPromotion().registry, ["mam-edge", []]]) },
    "in-registry",
    /mam-edge has no image with the digest/,
    /^push it again to mam-edge, or release one that is there in staging$/,
  ],
  [
    "production has exactly these images",
    { to: { ...aPromotion().to, release: releaseWithBackup } },
    "news",
    /exactly these/,
    /^mam plan production$/,
  ],
  [
    "production has a newer image",
    {
      registry: new Map([
        ...aPromotion().registry,
        [
          "mam-api",
          [
            { digest: older.api, updated_at: "2026-11-24T09:00:00Z" },
            { digest: releaseWithBackup.images.api, updated_at: "2026-11-23T10:00:00Z" },
          ],
        ],
      ]),
    },
    "not-older",
    /sha256:222222222222, made 2026-11-23T10:00:00Z/,
    /^mam release staging api=sha256:9{64}, then mam deploy staging$/,
  ],
  [
    "both are the same environment",
    { to: { ...aPromotion().from, release: { images: older } } },
    "two-environments",
    /the same one/,
    /name the environment/,
  ],
];

test.each(refusals)("a release is refused when %s", async (_, change, id, found, fix) => {
  const findings = await findingsOf(aPromotion(change));
  const errors = findings.filter(({ severity }) => severity === "error");

  expect(errors).toContainEqual(
    expect.objectContaining({
      id,
      found: expect.stringMatching(found),
      fix: expect.stringMatching(fix),
    }),
  );
});

test("a release of production is refused for staging, with the line that releases its images there", async () => {
  const { from, to } = aPromotion();
  const findings = await findingsOf(aPromotion({ from: to, to: from }));
  const refusal = findings.find(({ id }) => id === "direction");

  expect(refusal).toMatchObject({
    found: "production to staging",
    fix: expect.stringMatching(/^mam release staging frontend=sha256:1{64} api=sha256:2{64} /),
  });
});

test("what verify could not look at, and code that has changed since, is said and refuses nothing", async () => {
  const findings = await findingsOf(
    aPromotion({
      history: after({
        verified: { ...accepted.verified!, skipped: ["storage-access"] },
        analysis: {
          outcome: "interrupted",
          seconds: 95,
          ...{ red: [], before: [], unread: [], unasked: [], unmeasured: [] },
        },
      }),
      differing: ["constructs/app/app-spec.ts"],
    }),
  );

  expect(findings).toMatchObject([
    { id: "every-check", severity: "warning", found: "verify could not make storage-access" },
    { id: "watched-to-the-end", severity: "warning", found: "broken off after 95 seconds" },
    {
      id: "same-code",
      severity: "warning",
      found: "other files: constructs/app/app-spec.ts",
      fix: "git diff 51e07b3aa8c4 shows how",
    },
  ]);
});

test("a backup that production switches off with a reason is a decision", async () => {
  const off = { enabled: false, disabledReason: "Accepted: dumps are made elsewhere." };
  const promotion = aPromotion(into(changed((draft) => (draft.services.backup = off), production)));

  expect(await findingsOf(promotion)).toEqual([]);
});
