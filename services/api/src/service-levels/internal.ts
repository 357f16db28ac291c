import { RequestError } from "@mam-services/common/errors";
import { createServer } from "@mam-services/common/requests";
import type { Bucket } from "@mam-services/common/service-levels/counts";
import { bucketsOfMessage, countsSchema } from "@mam-services/common/service-levels/transport";
import { type ServiceLevels, judge } from "@mam-services/common/service-levels/verdict";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { z } from "zod";

import type { Environment } from "../environment.ts";
import { parse } from "../http/parse.ts";
import type { CountedService, TogetherCounts } from "./counts.ts";
import { requestMeasures } from "./levels.ts";

const parameters = z.object({ service: z.enum(["edge", "frontend"]) });

/**
 * Makes the server of the internal port, where the services without Valkey send their counts and are answered how all
 * their instances do. It is 503 while Valkey is away: they then say what they counted themselves.
 */
export function createInternalServer(
  environment: Environment,
  together: TogetherCounts,
  logger: Logger,
): FastifyInstance {
  const server = createServer({ logger });
  server.post("/service-levels/:service", async (request) => {
    const { service } = parse(parameters, request.params);
    const buckets = bucketsOfMessage(parse(countsSchema, request.body));
    const exchange = exchangeCounts(service, buckets, { environment, together });
    return exchange.catch((cause: unknown) => {
      throw new RequestError(503, "unavailable", "Nothing can be counted now.", { cause });
    });
  });
  return server;
}

interface Sources {
  readonly environment: Environment;
  readonly together: TogetherCounts;
}

async function exchangeCounts(
  service: Exclude<CountedService, "api">,
  buckets: readonly Bucket[],
  { environment, together }: Sources,
): Promise<ServiceLevels> {
  const now = new Date();
  const seconds = now.getTime() / 1000;
  await together.add(service, buckets, seconds);
  const { counts, since } = await together.read(service, seconds);
  const measures = requestMeasures(service, counts, environment);
  const windowSeconds = environment.SERVICE_LEVEL_WINDOW_SECONDS;
  const levels = judge({ service, measures, instances: "all", windowSeconds }, since, now);
  await together.remember(service, levels, since);
  return levels;
}
