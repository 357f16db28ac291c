import { deployerName, deployerPolicy } from "../../constructs/storage/deployer-policy.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { generatedPage } from "./markdown.ts";

const introduction = `
Deploying takes no administrator of the Wasabi account. For each environment an administrator makes, once and by hand, a
user of the name below, a policy with the text below, and a key; the policy is too long to be written into the user, so
it is made under Policies and attached. The key is exported as \`TF_VAR_wasabi_access_key\` and
\`TF_VAR_wasabi_secret_key\`. Every rehearsal deploys, releases, rotates and verifies as such a user.

It makes and configures the environment's four buckets and five users, and writes what \`mam verify\` tries under
\`mam-verify-\`. It reads no media, deletes no bucket and no user, takes no policy away, and reaches no other
environment. What it cannot, an administrator does: tear an environment down, empty a bucket, delete a locked version.
That it reads policies is for \`mam doctor\`, which says what the key lacks without trying it.

Whoever may write the policies of users may in the end give them more, and Wasabi has no boundaries for that: keep the
key as an administrator's, and production's apart from staging's. That an \`*\` stands for the account in the name of a
user is read as on AWS; where Wasabi refuses it, put the account's number there.
`;

/** What whoever deploys needs on Wasabi, to copy: a policy for each environment. */
export function deployerAccessPage(configs: readonly EnvironmentConfig[]): string {
  const sections = configs.map(
    (config) =>
      `## ${config.name}\n\nUser: \`${deployerName(config)}\`\n\n` +
      `\`\`\`json\n${JSON.stringify(deployerPolicy(config), undefined, 2)}\n\`\`\``,
  );
  return [generatedPage("Deployer access", introduction), ...sections, ""].join("\n\n");
}
