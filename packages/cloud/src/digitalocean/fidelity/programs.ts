import type { FidelityRow } from "../../fidelity.ts";

const platform = "digitalocean";
const tests = "packages/cloud/__tests__/digitalocean/apps/programs";
const description = "DigitalOcean API description";

const running: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A console is a WebSocket at an address that is good once: `{op: stdin, data}` and `{op: resize, width, height}` to it, `{data}` from it; another message ends it. It is a shell of this machine at a terminal, with the instance's environment in its folder, whose size stays as it is, and ends with the instance: 1001, or 1000 when the shell ends by itself.",
    source: `${description}, apps_get_exec.yml; the public code of doctl, commands/apps.go; that an address is good once, and the close codes, are an assumption`,
    lastVerified: "never",
    probe: "open the address of a console twice; wscat while a release goes out, and after `exit`",
    test: `${tests}/terminals.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A program's pauses pass ten times faster here unless a scale is given: delays and periods of checks, drain, grace, back-off. What it works passes as on the platform: timeouts of checks and jobs, the limit of a request, its start.",
    source:
      "packages/cloud/src/programs/scale.ts lists both; that waiting may be shortened and work may not is this rehearsal's own decision",
    lastVerified: "never",
    probe: "none: it is about this rehearsal",
    test: "packages/cloud/__tests__/programs/scale.test.ts",
  },
  {
    platform,
    behaviour:
      "A container that ended is started again after 10 seconds, then 20, up to five minutes; ten minutes without a crash begin again. One that crashes for 30 seconds in a rollout fails the deployment.",
    source:
      "assumption: kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle; the 30 seconds are an assumption as well",
    lastVerified: "never",
    probe: "deploy an image that exits with 1; watch doctl apps logs $APP --type run_restarted",
    test: `${tests}/running.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A running instance that fails its readiness check gets no request until it passes again; one that fails its liveness check is told to end and started again.",
    source: "docs.digitalocean.com/products/app-platform/how-to/manage-health-checks",
    lastVerified: "never",
    probe: "let one instance answer its check with 503 while requesting; watch which one answers",
    test: `${tests}/running.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A worker, which has no readiness check, counts as started once it has run for ten seconds.",
    source: "assumption",
    lastVerified: "never",
    probe: "deploy a worker that exits after five, and one that exits after fifteen seconds",
    test: `${tests}/running.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "SIGTERM reaches the first process of a container alone; when that one ends, all others are killed. A process that leaves its group (setsid) escapes that here, not there.",
    source: "containers' own nature: the first process is the init of its namespace",
    lastVerified: "never",
    probe: "restart a worker that runs ffmpeg; look for its last words in the log",
    test: `${tests}/ends.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A PRE_DEPLOY job has 30 minutes unless it says otherwise, is then told to end, and fails the deployment; one that fails is not tried again.",
    source: "godo 1.202.0, AppJobSpec; that it is not tried again is an assumption",
    lastVerified: "never",
    probe:
      "deploy a job that sleeps with a timeout of 1m; doctl apps logs $APP migrate --type deploy",
    test: `${tests}/deployments.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "run_command is read by a shell, without which it would be split into words; the platform is not known to promise one, so a command with && may fail there.",
    source: "assumption: reports of a run_command with && that ended in DeployContainerExitNonZero",
    lastVerified: "never",
    probe: "deploy an image with the run_command: echo one && sleep 600",
    test: `${tests}/deployments.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "Memory, CPU and disk of an instance are the machine's own: nothing of its size is kept, so nothing is killed for its memory.",
    source: "this rehearsal's own limit",
    lastVerified: "never",
    probe: "none: it is about this rehearsal",
    test: `${tests}/names.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A log is the lines of the containers' outputs: DEPLOY has jobs, and what containers write before the deployment is over; RUN_RESTARTED has what those wrote that were started again since. The newest 5000 of a component are kept.",
    source: `${description}, apps/parameters.yml (type); which lines count as which, and how many are kept, are assumptions`,
    lastVerified: "never",
    probe: "doctl apps logs $APP api --type deploy; --type run; --type run_restarted",
    test: `${tests}/running.platform.test.ts`,
  },
  {
    platform,
    behaviour: "A deployment begins with the fewest instances of an autoscaled component.",
    source: `${description}, apps/models/app_autoscaling_spec.yml; what a deployment begins with is an assumption`,
    lastVerified: "never",
    probe: "scale up under load, deploy, and watch doctl apps list-instances $APP",
    test: `${tests}/scaling.platform.test.ts`,
  },
];

const names: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "Components reach each other by name, connection by connection, on each ready instance in turn; a name that is none of the app's, of its databases or local is not found here, though a container there reaches the internet.",
    source:
      "docs.digitalocean.com/products/app-platform/how-to/manage-internal-routing; the order is an assumption",
    lastVerified: "never",
    probe: "curl http://api:3000 twenty times in doctl apps console of another component",
    test: `${tests}/names.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A port of internal_ports is reached by the app's other components at the component's name, by nothing from outside, and no health check asks it.",
    source: `${description}, apps/models/app_service_spec.yml (internal_ports); that nothing asks it is an assumption`,
    lastVerified: "never",
    probe:
      "curl http://api:3100/ in doctl apps console of the edge, and the same port at the app's public host",
    test: `${tests}/names.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "Instances reach private hosts from one address of their app in the VPC. Here it is 127.a.b.c for 10.a.b.c, on Linux only: other systems have one loopback address.",
    source: "github.com/digitalocean-labs/do-app-platform-skills, skills/networking/reference",
    lastVerified: "never",
    probe: "select client_addr from pg_stat_activity",
    test: `${tests}/names.platform.test.ts`,
  },
];

const ingress: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A component's own 503 is passed on with its body, and an answer with Cache-Control: no-store is kept nowhere: service levels are seen as they are said.",
    source:
      "assumption: what the network in front of App Platform makes of a 503 is not documented",
    lastVerified: "never",
    probe: "curl -si https://$APP_HOST/api/service-levels twice, while an objective is missed",
    test: `${tests}/ingress.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "Requests go round the instances that are ready; one that drains gets none from that moment on. (Images that are data are asked for five seconds more.)",
    source: `${description}, app_service_spec_termination.yml; that nothing is sent any more is an assumption`,
    lastVerified: "never",
    probe: "deploy with drain_seconds 1 while requesting twenty times a second",
    test: `${tests}/deployments.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A request that found no connection is tried at two other instances; a GET, HEAD or OPTIONS whose kept connection turned out to be closed is sent again over a new one; anything else is answered 503 with Envoy's words.",
    source:
      "the words: github.com/leafac/kill-the-newsletter/issues/37, an answer of App Platform; what is tried again is an assumption",
    lastVerified: "never",
    probe: "kill one of two instances in doctl apps console while requesting",
    test: `${tests}/ingress.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A request has to begin to be answered within 100 seconds, uploads included: then 504. An answer that has begun may take as long as it takes.",
    source:
      "docs.digitalocean.com/products/app-platform/details/limits (uploads, 100 seconds); the status, and that answers have no limit, are assumptions",
    lastVerified: "never",
    probe:
      "curl an address that waits two minutes before it answers; one that writes a line a second",
    test: `${tests}/ingress.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "A rule's CORS answers a preflight of an origin that it allows, and sets its headers over the component's; a preflight of any other origin reaches the component. No Vary is added.",
    source:
      "godo 1.202.0, AppCORSPolicy; that it is Envoy's filter, and what that does, are assumptions",
    lastVerified: "never",
    probe:
      "curl -i -X OPTIONS -H 'origin: https://x' -H 'access-control-request-method: PUT' https://$HOST/api",
    test: `${tests}/ingress.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "The caller's address is appended to X-Forwarded-For, so the first one can be forged; X-Forwarded-Proto is https.",
    source:
      "reports of apps behind App Platform; X-Forwarded-Host, which is the Host here, is an assumption",
    lastVerified: "never",
    probe: "curl -H 'x-forwarded-for: 198.51.100.7' https://$HOST/echo",
    test: `${tests}/names.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "Answers pass through as they come; nothing is cached or buffered, HTTP/2 is not spoken, and connections are not upgraded.",
    source: "this rehearsal's own limit: the platform's edge cache is not played",
    lastVerified: "never",
    probe: "curl -N https://$HOST/stream with and without disable_edge_cache",
    test: `${tests}/ingress.platform.test.ts`,
  },
];

/** What is assumed about App Platform where images are programs, and what of it this machine cannot have. */
export const programFidelity: readonly FidelityRow[] = [...running, ...names, ...ingress];
