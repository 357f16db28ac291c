import type { Breakage } from "./breakage.ts";

/** What can be wrong with the files of an environment, seen from what runs. */
export const fileBreakages: readonly Breakage[] = [
  {
    id: "older-files",
    name: "an app that uses a slot that the rotation file knows nothing of",
    breaks: (platform) => {
      const [app] = platform.cloud.digitalOcean.store.apps;
      const active = app!.deployments.find(({ id }) => id === app!.active_deployment)!;
      const api = active.spec.services!.find(({ name }) => name === "api")!;
      const selector = api.envs!.find(({ key }) => key === "JWT_SECRET_ACTIVE")!;
      selector.value = "B";
      return { session: platform.session(), mend: () => (selector.value = "A") };
    },
    finds: [
      {
        resource: expect.stringMatching(/staging\.rotation\.json$/),
        found: "jwt-secret never rotated, and the app uses its slot B",
        fix: expect.stringMatching(
          /^take the newest: git fetch --all && git checkout \$\(git log /,
        ),
      },
    ],
  },
];
