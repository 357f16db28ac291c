import { resourceName } from "../../../constructs/naming.ts";
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

function consoleBlocks(config: EnvironmentConfig) {
  return [
    heading("A console"),
    text(
      "A shell in a running instance. What is changed there is gone with the instance; the variables of the component, secrets among them, are readable there. In the control panel: the app, Console. In a terminal:",
    ),
    lines(
      "sh",
      `doctl apps list --format ID,Spec.Name   # the id of ${resourceName(config)}`,
      "doctl apps console <app> api            # or frontend, worker, edge",
    ),
  ];
}

function psqlBlocks(config: EnvironmentConfig) {
  const cluster = resourceName(config, "postgres");
  return [
    heading("psql"),
    text(
      `The cluster \`${cluster}\` takes connections from the private network \`${config.network.vpcCidr}\` only. Let your own address in for as long as you look, read-only, and take it out again:`,
    ),
    lines(
      "sh",
      `doctl databases list --format ID,Name   # the id of ${cluster}`,
      "doctl databases firewalls append <cluster> --rule ip_addr:<your address>",
      'read -r PGHOST PGPORT PGUSER PGPASSWORD <<< "$(doctl databases connection <cluster> --format Host,Port,User,Password --no-header)"',
      `export PGHOST PGPORT PGUSER PGPASSWORD PGSSLMODE=require PGDATABASE=${config.database.name}`,
      "PGOPTIONS='-c default_transaction_read_only=on' psql",
      "doctl databases firewalls list <cluster>          # the id of your rule",
      "doctl databases firewalls remove <cluster> --uuid <rule>",
    ),
    list(
      `\`npx mam verify ${config.name}\` names a rule that was left, and \`npx mam deploy ${config.name}\` takes it out.`,
      "That connection is the administrator's: it may do everything. To write, leave `PGOPTIONS` out, and begin with `BEGIN`.",
    ),
    text("Nothing of it shows in the history of releases: write down who looked, and why."),
  ];
}
