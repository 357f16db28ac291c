import { type FidelityRow, reading } from "../../fidelity.ts";

const platform = "digitalocean";
const tests = "packages/cloud/__tests__/digitalocean/apps";
const description = "DigitalOcean API description";

/** What is assumed about App Platform. */
export const appFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A SECRET comes back as EV[1:nonce:ciphertext], is accepted again as it is, and works in its own app only.",
    source: `${description}, apps/models/app_variable_definition.yml; terraform-provider-digitalocean issues 514 and 1603. That ciphertext of another app is refused with 400 is an assumption.`,
    lastVerified: "never",
    probe: "doctl apps spec get $APP | grep -A2 SECRET; paste the value into another app's spec",
    test: `${tests}/secrets.test.ts`,
  },
  {
    platform,
    behaviour: "image.registry_credentials come back as ciphertext.",
    source: "terraform-provider-digitalocean issue 1137",
    lastVerified: "never",
    probe: "doctl apps spec get $APP | grep registry_credentials",
    test: `${tests}/secrets.test.ts`,
  },
  {
    platform,
    behaviour: "Tokens of log destinations come back in clear.",
    source: "assumption: no source says that they are encrypted",
    lastVerified: "never",
    probe: "doctl apps spec get $APP | grep -A3 log_destinations",
    test: `${tests}/secrets.test.ts`,
  },
  {
    platform,
    behaviour: "The env type GENERAL is left out of what comes back.",
    source:
      "terraform-provider-digitalocean 2.99.1, app/app_spec.go, suppresses the difference between it and nothing",
    lastVerified: reading.digitalOceanProvider,
    probe: "doctl apps spec get $APP --format json | jq '.envs'",
    test: `${tests}/secrets.test.ts`,
  },
  {
    platform,
    behaviour:
      "Alert destinations are no part of the specification that is read back; without any, alerts go to the owner.",
    source: `${description}, apps_assign_alertDestinations.yml; terraform-provider-digitalocean issue 1606`,
    lastVerified: "never",
    probe: 'curl -H "Authorization: Bearer $T" https://api.digitalocean.com/v2/apps/$APP/alerts',
    test: `${tests}/alerts.test.ts`,
  },
  {
    platform,
    behaviour:
      "A deployment of images begins in PENDING_DEPLOY with its build step done; one of code is built first.",
    source: `${description}, apps/responses/examples.yml, for the steps; that images skip the build phase is an assumption`,
    lastVerified: "never",
    probe: "doctl apps create-deployment $APP; doctl apps get-deployment $APP $DEPLOYMENT -o json",
    test: `${tests}/deployments/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour:
      "A failed deployment leaves the previous one active while the app's specification is already the new one.",
    source: "godo 1.202.0, App has spec and active_deployment; measured with provider 2.99.1",
    lastVerified: "never",
    probe: "deploy a digest that fails its health check; doctl apps get $APP -o json",
    test: `${tests}/deployments/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour:
      "A deployment that replaces one under way supersedes it; the active one is superseded when the new one is active.",
    source: `${description}, apps_deployment_phase.yml; that an unfinished one becomes SUPERSEDED and not CANCELED is an assumption`,
    lastVerified: "never",
    probe: "update an app twice within a minute; doctl apps list-deployments $APP",
    test: `${tests}/deployments/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour:
      "Reasons of failure are DeployContainerHealthChecksFailed and DeployContainerExitNonZero; an image that is not in the registry gives DeployImagePullFailed.",
    source:
      "docs.digitalocean.com/products/app-platform/reference/error-codes; the last code is an assumption",
    lastVerified: "never",
    probe: "deploy an unknown digest; doctl apps get-deployment $APP $DEPLOYMENT -o json",
    test: `${tests}/deployments/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour:
      "Containers of all components start together and get no traffic until every one passed its check.",
    source:
      "docs.digitalocean.com/products/app-platform/how-to/manage-health-checks; that all components switch at one moment is an assumption",
    lastVerified: "never",
    probe: "deploy while requesting twice a second; watch a version header of each component",
    test: `${tests}/traffic/traffic.test.ts`,
  },
  {
    platform,
    behaviour:
      "A component of one instance does not answer for about ten seconds while it is replaced.",
    source:
      "assumption, on the safe side: docs.digitalocean.com/products/app-platform/how-to/scale-app recommends two instances",
    lastVerified: "never",
    probe: "deploy a one-instance app while requesting twice a second",
    test: `${tests}/traffic/traffic.test.ts`,
  },
  {
    platform,
    behaviour:
      "Old instances leave the load balancers at once, which go on sending for five seconds; they get SIGTERM after drain_seconds (15) and SIGKILL after grace_period_seconds (120).",
    source: `${description}, app_service_spec_termination.yml; the five seconds are an assumption`,
    lastVerified: "never",
    probe: "deploy with drain_seconds 1 while requesting twenty times a second",
    test: `${tests}/traffic/traffic.test.ts`,
  },
  {
    platform,
    behaviour: "Without http_path only the port is checked, so an app that does not work passes.",
    source: `${description}, app_service_spec_health_check.yml`,
    lastVerified: reading.apiDescription,
    probe: "deploy an image that listens and answers 500, without a health check",
    test: `${tests}/deployments/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour: "A restart rolls containers and runs no jobs.",
    source: `${description}, apps_restart.yml; that jobs are left out is an assumption`,
    lastVerified: "never",
    probe: "doctl apps restart $APP; doctl apps logs $APP migrate",
    test: `${tests}/deployments/lifecycle.test.ts`,
  },
  {
    platform,
    behaviour:
      "A rollback pins the app: updates, deployments and restarts are refused with 409 until commit or revert.",
    source: `${description}, apps_create_rollback.yml; the status, and that an update changes nothing, are assumptions`,
    lastVerified: "never",
    probe: "curl -X POST .../v2/apps/$APP/rollback; doctl apps update $APP --spec spec.yaml",
    test: `${tests}/deployments/rollback.test.ts`,
  },
  {
    platform,
    behaviour:
      "A rollback makes the old specification the app's; a revert deploys the one before it; PRE_DEPLOY jobs run in both.",
    source: `${description}, apps_revert_rollback.yml; the jobs are an assumption`,
    lastVerified: "never",
    probe: "roll back, then doctl apps spec get $APP",
    test: `${tests}/deployments/rollback.test.ts`,
  },
  {
    platform,
    behaviour: "A rollback reaches back over ten successful deployments.",
    source: `${description}, app_rollback_validation_condition.yml, names the limit; the number is an assumption`,
    lastVerified: "never",
    probe: "curl -X POST .../v2/apps/$APP/rollback/validate for an old deployment",
    test: `${tests}/deployments/rollback.test.ts`,
  },
  {
    platform,
    behaviour:
      "Bindable variables of a database give its public host, also for an app in the cluster's VPC; one that refers to nothing is refused with 400.",
    source:
      "github.com/digitalocean-labs/do-app-platform-skills, skills/networking; the refusal is an assumption",
    lastVerified: "never",
    probe: "echo $DATABASE_URL in doctl apps console",
    test: `${tests}/deployments/jobs.test.ts`,
  },
  {
    platform,
    behaviour:
      "An app in a VPC reaches a private host from an address of the VPC; an app rule covers its public address only.",
    source: "github.com/digitalocean-labs/do-app-platform-skills, skills/networking/reference",
    lastVerified: "never",
    probe: "set an app rule alone; connect from doctl apps console to the private host",
    test: `${tests}/deployments/jobs.test.ts`,
  },
  {
    platform,
    behaviour: "An app can join only the VPC of its region's own datacentre: nyc is nyc1.",
    source:
      "github.com/digitalocean-labs/do-app-platform-skills, skills/networking; the status 400 is an assumption",
    lastVerified: "never",
    probe: "doctl apps propose --spec with a VPC in nyc3",
    test: `${tests}/spec/rules.test.ts`,
  },
  {
    platform,
    behaviour:
      "Autoscaling needs dedicated CPUs and excludes instance_count; the two smallest sizes allow one instance.",
    source: `docs.digitalocean.com/products/app-platform/details/limits; ${description}, app_component_instance_base.yml`,
    lastVerified: "never",
    probe: "doctl apps tier instance-size list; doctl apps propose --spec",
    test: `${tests}/spec/rules.test.ts`,
  },
  {
    platform,
    behaviour: "Logs cannot be sent to an OpenSearch cluster with trusted sources: 400.",
    source: "terraform-provider-digitalocean issue 1239",
    lastVerified: "never",
    probe: "doctl apps propose --spec with log_destinations.open_search.cluster_name",
    test: `${tests}/spec/rules.test.ts`,
  },
  {
    platform,
    behaviour: "An update of the specification does not pick up a tag that moved.",
    source: `${description}, apps_update_app_request.yml`,
    lastVerified: reading.apiDescription,
    probe: "push another image to the tag; doctl apps update $APP --spec spec.yaml",
    test: `${tests}/app.test.ts`,
  },
];
