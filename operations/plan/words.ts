import { valueAt } from "../../environments/rules/findings.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";

/** How a person calls a type of resource, and the attribute that tells one from another. */
interface Words {
  readonly kind: string;
  readonly named: string;
}

/** Types whose name in Terraform is not what a person would say. */
const words: Readonly<Record<string, Partial<Words>>> = {
  aws_iam_access_key: { kind: "access key of", named: "user" },
  aws_iam_user: { kind: "storage user" },
  aws_iam_user_policy: { kind: "storage policy of", named: "user" },
  aws_s3_bucket: { kind: "bucket", named: "bucket" },
  aws_s3_bucket_policy: { kind: "policy of bucket", named: "bucket" },
  digitalocean_app: { kind: "app", named: "spec.0.name" },
  digitalocean_database_connection_pool: { kind: "connection pool" },
  digitalocean_database_db: { kind: "database" },
  digitalocean_database_user: { kind: "database user" },
  digitalocean_domain: { kind: "DNS zone" },
  digitalocean_droplet: { kind: "machine" },
  digitalocean_monitor_alert: { kind: "alert", named: "description" },
  digitalocean_project_resources: { kind: "members of the project" },
  digitalocean_record: { kind: "DNS record", named: "value" },
  digitalocean_vpc: { kind: "VPC" },
  terraform_data: { kind: "what a machine is made from" },
};

/** A resource as the control panel calls it: `connection pool api`. */
export function inWords({ type, change }: ResourceChange): string {
  const { kind = type.replace(/^[a-z]+_/, "").replaceAll("_", " "), named = "name" } =
    words[type] ?? {};
  // What goes is found under the name that it has.
  const sides = change.actions.includes("delete")
    ? [change.before, change.after]
    : [change.after, change.before];
  const name = sides
    .map((values) => valueAt(values, named))
    .find((value) => typeof value === "string" && value !== "");
  return typeof name === "string" ? `${kind} ${name}` : kind;
}
