import { randomBytes } from "node:crypto";

import { nameOf } from "../../constructs/naming.ts";
import type { RehearsalCloud } from "../harness/rehearsal-cloud.ts";
import type { Place } from "./people/editor.ts";

/**
 * Makes somebody who may sign in, as the API's README says: by a command in a container of the API.
 *
 * @param name before the @ of the address.
 * @throws Error with what the command said.
 */
export async function makeAdministrator(cloud: RehearsalCloud, name: string): Promise<Place> {
  const { config } = cloud.environment;
  const [email, password] = [`${name}@rehearsal.example`, randomBytes(12).toString("base64url")];
  const { exitCode, stderr } = await cloud.digitalOcean.runIn({
    app: nameOf(config, "app"),
    component: "api",
    command: `npm run --silent administrator -- --email ${email} --password-stdin`,
    input: `${password}\n`,
  });
  if (exitCode !== 0) throw new Error(`the administrator could not be made: ${stderr}`);
  return {
    app: cloud.digitalOcean.programs.names.toLocal(`https://${config.domain.appHost}`),
    email,
    password,
  };
}
