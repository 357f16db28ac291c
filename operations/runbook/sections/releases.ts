import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, heading, lines, list, steps, text } from "../model.ts";

/** How a release is made, and gone back from. */
export function releasesSection(config: EnvironmentConfig): Section {
  const { name, tier } = config;
  return {
    title: "Releases and rollback",
    goals: [
      { want: "release new images", title: "Release" },
      { want: "take a verified release from staging to production", title: "Promote" },
      { want: "change a setting", title: "Change a setting" },
      { want: "go back to an earlier release", title: "Roll back" },
    ],
    blocks: [
      heading("Release"),
      lines(
        "sh",
        `npx mam release ${name} api=v1.4.0 worker=v1.4.0   # tags become digests in the release file`,
        `git commit -m "Release v1.4.0" environments/${name}.release.json`,
        `npx mam deploy ${name}                             # doctor, plan, gate, apply, verify, record`,
        `npx mam deploy ${name} --analyse 10m --rollback-on-failure   # the same, watched, and taken back when a level turns red`,
      ),
      text(
        "The job `migrate` runs first, with the API's new image; when it fails, nothing is replaced and the old version serves on. Instances are replaced one by one. More: [releasing](releasing.md), [deploying](deploying.md).",
      ),
      heading("Promote"),
      lines(
        "sh",
        tier === "production"
          ? `npx mam promote staging ${name} --dry-run   # what it would write, and what differs between the two`
          : `npx mam promote ${name} production --dry-run   # what it would write, and what differs between the two`,
        tier === "production"
          ? `npx mam promote staging ${name}             # what verify accepted in staging, into ${name}'s release file`
          : `npx mam promote ${name} production             # what verify accepted in ${name}, into production's release file`,
      ),
      text(
        "It goes by the history, deploys nothing, and names each thing that speaks against it with the line that mends it. Commit the file, then plan and deploy. More: [promoting](promoting.md).",
      ),
      heading("Change a setting"),
      steps(
        `Write it into \`environments/${name}.ts\`: every field is in [configuration](configuration.md).`,
        `\`npx mam plan ${name}\` says what changes, what is deployed again, what it costs, and what people changed by hand meanwhile.`,
        `\`npx mam deploy ${name}\`.`,
      ),
      heading("Roll back"),
      lines(
        "sh",
        `npx mam rollback ${name} --list        # what there is to go back to`,
        `npx mam rollback ${name}               # to the last good release`,
        `npx mam rollback ${name} --emergency   # by the platform alone, in a minute; no plan, no state`,
      ),
      list(
        "Images go back; the database's schema, its rows and media do not. Write migrations so that the images of one release before work with them.",
        "A rollback with `--emergency` brings back the whole specification of that time, secrets among it: `mam plan` shows what differs from the files afterwards.",
        "More: [rollback](rollback.md).",
      ),
      heading("When a deployment ended badly"),
      text(
        `\`npx mam doctor ${name}\` finds what a killed run left, and prints the line that mends each: a lock, something that no state knows, a deployment that is pinned. More: [troubleshooting](troubleshooting.md).`,
      ),
    ],
  };
}
