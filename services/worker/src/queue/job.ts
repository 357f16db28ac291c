import { z } from "zod";

/** The version of jobs that this worker knows. */
const knownVersion = 1;

const place = z.object({ bucket: z.string().min(1), key: z.string().min(1) });

const jobSchema = z.object({
  version: z.literal(knownVersion),
  id: z.string().regex(/^[\w-]{1,64}$/),
  asset: z.string().regex(/^[\w.~-]{1,128}$/),
  master: place,
  preview: z.object({ bucket: z.string().min(1), prefix: z.string().regex(/^[^/].*\/$/) }),
  /** A path, so that a report with its token can go to the API only. */
  report: z.string().regex(/^\/(?!\/)/),
  token: z.string().min(1),
  enqueuedAt: z.iso.datetime(),
});

/** A preview that somebody asked for, as docs/jobs.md describes. */
export type Job = z.output<typeof jobSchema>;

/** What an entry of the stream turns out to be: a job, a job of another release, or nothing that can be worked on. */
export type Reading =
  | { readonly kind: "job"; readonly job: Job }
  | { readonly kind: "stranger"; readonly version: number }
  | { readonly kind: "malformed"; readonly problem: string };

/** Reads the field `job` of an entry. No value stands in a problem: one of them is a token. */
export function readJob(field: string | undefined): Reading {
  const value = parse(field ?? "");
  const version = z.object({ version: z.number() }).safeParse(value);
  if (version.success && version.data.version !== knownVersion)
    return { kind: "stranger", version: version.data.version };
  const result = jobSchema.safeParse(value);
  if (result.success) return { kind: "job", job: result.data };
  const fields = new Set(result.error.issues.map(({ path }) => path.join(".") || "the job itself"));
  return { kind: "malformed", problem: `not a preview job: check ${[...fields].join(", ")}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
