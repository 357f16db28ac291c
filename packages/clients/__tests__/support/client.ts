import { createDigitalOcean, type DigitalOcean } from "../../src/digitalocean.ts";
import { DigitalOceanError } from "../../src/digitalocean/error.ts";
import { startHttpDouble, type HttpDouble, type Reply, type Seen } from "./http-double.ts";

const opened: { close(): Promise<void> }[] = [];

/** Ends everything that {@link clientOf} started: for `afterEach`. */
export async function closeClients(): Promise<void> {
  await Promise.all(opened.splice(0).map((thing) => thing.close()));
}

/** A client of a double that answers by a function. Nothing waits; what would have been waited for is in `waits`. */
export async function clientOf(
  answer: (request: Seen, count: number) => Reply,
): Promise<{ api: HttpDouble; client: DigitalOcean; waits: number[] }> {
  const api = await startHttpDouble(answer);
  const waits: number[] = [];
  const client = createDigitalOcean({
    endpoint: api.url,
    token: "dop_v1_secret",
    userAgent: "mam-infra/test",
    sleep: (seconds) => {
      waits.push(seconds);
      return Promise.resolve();
    },
  });
  opened.push(client, api);
  return { api, client, waits };
}

/** The refusal that a call ends with. */
export async function refusalOf(request: Promise<unknown>): Promise<DigitalOceanError> {
  const error: unknown = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DigitalOceanError)) throw new Error("expected a refusal");
  return error;
}
