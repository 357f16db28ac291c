import { postgresName } from "../../../constructs/naming.ts";
import { succeeded } from "../../harness/commands.ts";
import { withTraffic } from "../../harness/traffic.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { containerVariable } from "./links.ts";

/** The API's database password gets a successor: its two users take turns, so nobody is locked out. */
export const rotateDatabasePassword: Scenario = {
  name: "rotate-database-password",
  title: "new database passwords, without locking the API out",
  after: ["mam-deploy"],
  async play(context) {
    const { cloud, sealedMam, tell, expect } = context;
    const [old, administrator] = [loginOf(context), passwordOf(context, "doadmin")];

    tell("mam secrets rotate database-user, while users go on working");
    const names = ["database-user", "database-administrator"];
    const rotate = () => sealedMam.run("secrets rotate", ...names, "--yes");
    const { result, traffic } = await withTraffic(cloud, rotate);
    expect("mam secrets rotate ends well", succeeded(result));
    expect("every request was answered", traffic.refused);
    const next = loginOf(context);
    expect("the API connects as the other user", next.user !== old.user);
    expect("its password is right", passwordOf(context, next.user) === next.password);
    expect("the old password is still right", passwordOf(context, old.user) === old.password);
    expect("the administrator has another", passwordOf(context, "doadmin") !== administrator);

    tell("mam secrets rotate database-user --retire --now");
    const reason = ["--retire", "--now", "played at once"];
    const retired = await sealedMam.run("secrets rotate", "database-user", ...reason, "--yes");
    expect("mam secrets rotate --retire ends well", succeeded(retired));
    expect("the old password is refused", passwordOf(context, old.user) !== old.password);
    expect("the API's is still right", passwordOf(context, next.user) === next.password);

    tell("mam deploy and plan, without a secret supplied");
    expect("a deployment has nothing to do", succeeded(await sealedMam.run("deploy", "--yes")));
    const plan = await sealedMam.run("plan", "--detailed-exitcode", "--all");
    expect("mam plan finds nothing to change", succeeded(plan));
  },
};

/** User and password that the API's containers connect with. */
function loginOf({ cloud }: ScenarioContext): { readonly user: string; readonly password: string } {
  const { username, password } = new URL(containerVariable(cloud, "api", "POSTGRES_URL"));
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
}

function passwordOf({ cloud }: ScenarioContext, user: string): string | undefined {
  const name = postgresName(cloud.environment.config);
  const cluster = cloud.digitalOcean.store.databases.find((one) => one.name === name);
  return cluster?.users.find((one) => one.name === user)?.password;
}
