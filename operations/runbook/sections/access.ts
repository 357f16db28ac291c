import { postgresName } from "../../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, heading, lines, list, table, text } from "../model.ts";

/** Who may get in, and how. */
export function accessSection(config: EnvironmentConfig): Section {
  return {
    title: "Administrative access",
    goals: [
      { want: "sign in, or make the first account", title: "Sign in" },
      { want: "get a console in a component", title: "A console" },
      { want: "get psql into the database", title: "psql" },
    ],
    blocks: [
      ...signIn(config),
      heading("Who may do what"),
      table(
        ["Where", "Who", "What for"],
        [
          [
            "DigitalOcean",
            "members of the team",
            "everything but media: https://cloud.digitalocean.com/account/team",
          ],
          [
            "Wasabi",
            "users of the account",
            "media: https://console.wasabisys.com/users; each service has a key of its own ([storage access](storage-access.md))",
          ],
          [
            "this repository",
            "who may merge",
            "the environment: what is merged is what is deployed",
          ],
          ["CI", "its secrets", "deploys with the tokens of the platforms"],
        ],
      ),
      ...consoleBlocks(config),
      ...psqlBlocks(config),
    ],
  };
}

function signIn({ domain }: EnvironmentConfig) {
  return [
    heading("Sign in"),
    text(
      `People sign in at https://${domain.appHost}/. The first account is made in a console of the component \`api\`, with the images of \`services/\`: it prints a password once, and \`--help\` shows how one is replaced. Other images have their own way.`,
    ),
    lines("sh", "npm run administrator -- --email ada@example.com"),
  ];
}

function consoleBlocks({ name }: EnvironmentConfig) {
  return [
    heading("A console"),
    text(
      "A shell in a running instance, for half an hour, recorded with its reason ([access](access.md)). What is changed there is gone with the instance; the variables of the component, secrets among them, are readable there. In the control panel: the app, Console, which is not recorded. In a terminal:",
    ),
    lines(
      "sh",
      `npx mam console ${name} api --reason "the first account"   # or frontend, worker, edge`,
      `npx mam psql ${name} --list                                # sessions that were, consoles too`,
    ),
  ];
}

function psqlBlocks(config: EnvironmentConfig) {
  const { name, network } = config;
  const cluster = postgresName(config);
  return [
    heading("psql"),
    text(
      `The cluster \`${cluster}\` takes connections from the private network \`${network.vpcCidr}\` only. A session lets your own address in for half an hour, as a user of its own who is read-only, and takes both out again however it ends. It is recorded with its reason ([access](access.md)).`,
    ),
    lines(
      "sh",
      `npx mam psql ${name} --reason "ticket 4711: job that hangs"`,
      `npx mam psql ${name} --reason "how many" --command "SELECT count(*) FROM assets"`,
      `npx mam psql ${name} --write --minutes 10 --reason "ticket 4712: wrong owner"`,
    ),
    list(
      "`--write` is the administrator of the database, who may do everything: begin with `BEGIN`.",
      `\`npx mam psql ${name} --list\` shows who looked, when and why; \`npx mam psql ${name} --close\` ends every session now.`,
      `What a killed session left, the next one takes back; \`npx mam doctor ${name}\` and \`npx mam verify ${name}\` name it until then.`,
    ),
  ];
}
