/** What `--help` says. */
export const help = `Holds four running images to the contract: docs/environment-variables.md, links, uploads, jobs, logs, processes.

  npm run conformance -- --start
  npm run conformance -- --api URL --edge URL --frontend URL --worker URL [more]

  --start               starts this project's own services with real PostgreSQL, Valkey, ffmpeg and an S3
  --frontend URL        base of the frontend
  --api URL             base of the API; twice for two instances of it
  --edge URL            base of the edge
  --worker URL          base of the worker's health endpoint
  --reports HOST:PORT   where to take the worker's reports: its API_BASE. Those on other jobs go on to --api
  --account EMAIL       who signs in, with the password in CONFORMANCE_PASSWORD
  --api-limit NUMBER    the API's RATE_LIMIT_MAX; its next addresses are refused for a window
  --edge-limit NUMBER   the edge's RATE_LIMIT_MAX
  --logs SERVICE=FILE   what a service writes to standard output, while it does; for each of them
  --only GROUP,ID,…     groups or statements: edge, frontend, api, worker, "reference api", processes, logs, edge-ranges …
  --contract-only       leaves out what is reached by our own API's protocol alone (services/api/README.md)
  --list                lists the statements, and runs none
  --json FILE           writes what came of it as JSON; - for standard output
  --help

What the images are told the suite has to know too, by the same names, from the environment: WASABI_ENDPOINT,
WASABI_REGION, MASTERS_BUCKET, PREVIEWS_BUCKET, REDIS_URL, PREVIEW_STREAM, PREVIEW_CONSUMER_GROUP, EDGE_SIGNING_KEY_A
and _B, and so on. A key that reads and writes masters and previews: CONFORMANCE_STORAGE_ACCESS_KEY and
CONFORMANCE_STORAGE_SECRET. What is not known is reported as not run. Secrets never stand on the command line.

Objects begin with "conformance-" and are deleted at the end; masters stay while object lock keeps them: take an
environment for tests.

Exit code: 0 everything that was run holds, 1 something does not, 2 usage, 130 interrupted.

Examples:
  npm run conformance -- --start --json conformance.json
  node --env-file=staging.env --import tsx conformance/src/command/main.ts --edge http://127.0.0.1:8080 --only edge
`;
