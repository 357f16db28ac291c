import { act, check, type Landmine, line, test } from "./landmine.ts";

const t = "__tests__";

/** App Platform: the first ten. */
export const appLandmines: readonly Landmine[] = [
  {
    what: "Before provider 2.91 a new ingress rule takes host and CORS over from the rule that it pushes aside.",
    guards: [
      line("stacks/versions.ts", 'digitalocean: "2.99.1"'),
      test(`${t}/stacks/synthesise.test.ts`, "the providers are pinned exactly"),
      check("app-spec"),
    ],
  },
  {
    what: "Secrets come back as ciphertext, so every apply sends them again and redeploys the app.",
    guards: [
      test(
        `${t}/constructs/secrets/app-secrets.test.ts`,
        "with nothing supplied, the app spec gets the ciphertext",
      ),
      act("unchanged"),
    ],
  },
  {
    what: "Variables that are ignored by their place in a list swap between components when the list changes.",
    guards: [
      test(
        `${t}/constructs/app/alerts.test.ts`,
        "the destinations of every alert are ignored, and nothing else",
      ),
      test(`${t}/constructs/app/environment-variables.test.ts`, "%s gets each variable once"),
    ],
  },
  {
    what: "A secret whose changes are ignored is never deployed again, not even when it was rotated.",
    guards: [
      test(
        `${t}/constructs/secrets/app-secrets.test.ts`,
        "another secret is sent as it is, which is one visible change",
      ),
      act("rotate-signing-keys"),
    ],
  },
  {
    what: "A first deployment that fails taints the app, and the next apply deletes it.",
    guards: [
      check("app-tainted"),
      test(
        `${t}/operations/deploy/recovery.test.ts`,
        "what stands and did not get ready is kept: its taint goes, and no other",
      ),
    ],
  },
  {
    what: "A failed update is kept in the state: the pipeline is green, and the old version runs.",
    guards: [check("running-images"), check("newest-deployment"), act("mam-failed-release")],
  },
  {
    what: "An apply ends before the rollout has begun, or looks at another deployment than its own.",
    guards: [check("deployment-active"), act("mam-release")],
  },
  {
    what: "An apply waits half an hour for a deployment that was superseded, canceled or is pinned.",
    guards: [
      check("app-at-rest"),
      check("app-unpinned"),
      test(
        `${t}/stacks/app-stack.test.ts`,
        "the app cannot be destroyed, and a stuck deployment ends after twenty minutes",
      ),
    ],
  },
  {
    what: "Pushing a tag again changes nothing that runs.",
    guards: [
      test(
        `${t}/constructs/app/components.test.ts`,
        "%s runs the digest of its own image, and no tag",
      ),
      test(
        `${t}/environments/loading/load.test.ts`,
        "a release by tag is a finding: only digests are released",
      ),
    ],
  },
  {
    what: "Destinations of alerts are matched by their rule alone and never read: mails go to somebody else, or every plan differs.",
    guards: [
      test(
        `${t}/constructs/app/alerts.test.ts`,
        "the destinations of every alert are ignored, and nothing else",
      ),
      check("alert-destinations"),
    ],
  },
];
