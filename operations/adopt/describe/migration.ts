import { z } from "zod";

import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { appComponent } from "@mam-infra/clients/digitalocean/app-spec";
import type { Described, Remark } from "../remark.ts";
import { type Roles, componentsOf } from "../roles.ts";
import type { Standing } from "../standing.ts";
import { soldSize } from "./instance-size.ts";

type Services = EnvironmentInput["services"];

const jobSchema = appComponent.extend({
  kind: z.string().optional(),
  run_command: z.string().optional(),
});

type Job = z.output<typeof jobSchema>;

/**
 * The job that migrates before each deployment: the one that does so now with the API's image keeps its command. Every other
 * job goes.
 */
export function describeMigration(
  { app }: Standing,
  roles: Roles,
  otherwise: Services["migration"],
): Described<Pick<Services, "migration">> {
  const jobs = z.array(jobSchema).parse(app.spec.jobs ?? []);
  const api = componentsOf(app).find(({ name }) => name === roles.api);
  const able = jobs.filter((job) => migrates(job, api?.image?.repository));
  const taken =
    able.find(({ name }) => name === "migrate") ?? (able.length === 1 ? able[0] : undefined);
  const remarks = jobs.filter((job) => job !== taken).map(lost);
  if (!taken) return { fields: {}, remarks };
  const size = soldSize(taken.instance_size_slug);
  const { name, run_command: command } = taken;
  return {
    fields: {
      migration: { ...otherwise, ...(size ? { size } : {}), ...(command ? { command } : {}) },
    },
    remarks: [{ fate: "adopted", about: `the job ${name}`, what: "as migrate" }, ...remarks],
  };
}

function migrates({ kind, image, run_command: command }: Job, repository: string | undefined) {
  const isOfApi = image?.registry_type === "DOCR" && image.repository === repository;
  return kind === "PRE_DEPLOY" && isOfApi && command !== undefined;
}

const lost = ({ name }: Job): Remark => ({
  fate: "lost",
  about: `the job ${name}`,
  what: "the app has one job, which migrates with the API's image before each deployment: this one goes",
  todo: "give it an app of its own",
});
