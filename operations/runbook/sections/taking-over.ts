import { nameOf, postgresName } from "../../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, heading, lines, list, text } from "../model.ts";

/** What was made by hand: who did it, and how it comes under Terraform. */
export function takingOverSection(config: EnvironmentConfig): Section {
  const { name } = config;
  return {
    title: "State, and what was made by hand",
    goals: [
      { want: "take over what was made by hand", title: "Take over what was made by hand" },
      { want: "make another environment", title: "Make another environment" },
      { want: "release a lock, or repair the state", title: "State and locks" },
    ],
    blocks: [
      heading("Take over what was made by hand"),
      text(
        "Who made it: the security history of the team names who did what and when, https://cloud.digitalocean.com/account/security. What `mam` deployed stands in the history of releases, with who did it.",
      ),
      lines(
        "sh",
        `npx mam adopt shop --from ${name} --app <app>   # an app of other names, with all that it stands on, becomes an environment`,
        `npx mam doctor ${name}                          # names what stands under names of this environment and is in no state`,
        `npx mam state import ${name}                    # takes all of that into the state; nothing is changed or made anew`,
        `npx mam state import ${name} <address> <id>     # one of it`,
        `npx mam plan ${name} --all                      # what would differ after that`,
      ),
      list(
        `A resource is found by its name: the app \`${nameOf(config, "app")}\`, the clusters \`${postgresName(config)}\` and \`${nameOf(config, "valkey")}\`, the buckets \`${config.storage.bucketPrefix}-…\`. What has another name stays as it is, beside it, unless \`state.adopted\` says so: [adopting](adopting.md).`,
        "What somebody changed by hand in something that is ours: `mam plan` lists each field, with the line that keeps it. Without that line, the next deployment puts it back.",
        "Id of each type: [state](state.md#after-a-run-that-was-killed).",
      ),
      heading("Make another environment"),
      lines(
        "sh",
        `npx mam init demo --from ${name}   # writes its files, with names and ranges of its own, and says what is left to do`,
      ),
      text("More: [another environment](environments.md)."),
      heading("State and locks"),
      lines(
        "sh",
        `npx mam state show ${name}                       # each stack's state, and who holds its lock since when`,
        `npx mam doctor ${name}                           # what a killed run left, with the line that mends each`,
        `npx mam state unlock ${name}                     # gives back the locks of runs that are dead`,
        `npx mam state push ${name}                       # writes a state that could not be written`,
        `npx mam state migrate ${name} --from <bucket>    # copies the states from an older bucket to where the environment's file says now`,
        `npx mam state versions ${name} app               # older versions of a state`,
        `npx mam state restore ${name} app <version>      # writes one of them as the newest; the platforms stay as they are`,
      ),
      text("More: [state](state.md)."),
    ],
  };
}
