import { z } from "zod";

import { accessKeyName } from "../../constructs/storage/access-key-name.ts";
import type { Kept } from "../../environments/schema/kept.ts";
import {
  type Rotation,
  slots,
  storageKeyName,
  storageRoleNames,
} from "../../environments/schema/rotation.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { type RunningApp, storageKeyIds, variableOf } from "../platform/running-app.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";
import type { AnyStack, StackKind } from "../terraform/stack-kinds.ts";
import { type SynthesizedStack, synthesiseStacks } from "../terraform/synthesis.ts";
import { actionOf } from "./action.ts";
import { type PlannedStack, planStacks } from "./plan-stacks.ts";

type Stacks = Readonly<Record<StackKind, SynthesizedStack>>;

/** Plans in which storage takes nothing away that the running app uses. */
export interface Withheld<Kind extends AnyStack = StackKind> {
  /** The session, whose environment says what storage keeps for now. */
  readonly session: Session;
  readonly stacks: Stacks;
  readonly planned: readonly PlannedStack<Kind | "storage">[];
}

/**
 * Plans storage again when its plan takes away what the running app uses, and keeps that until the app has moved. What
 * runs is asked only when a plan takes anything away: on other days nothing is asked, and every text stays the same.
 */
export async function withhold<Kind extends AnyStack>(
  session: Session,
  { stacks, planned }: Omit<Withheld<Kind>, "session">,
  app: () => Promise<RunningApp | undefined>,
  progress: Progress,
): Promise<Withheld<Kind>> {
  const storage = planned.find((one) => isOfStorage(one));
  const kept = storage && (await keptFor(session.environment.rotation, storage, app));
  if (!kept) return { session, stacks, planned };
  const keeping = { ...session, environment: { ...session.environment, kept } };
  const written = await synthesiseStacks(keeping);
  const again = await planStacks(
    keeping,
    [{ ...written.storage, kind: "storage" as const }],
    progress,
  );
  const others = planned.filter((one) => one !== storage);
  return { session: keeping, stacks: written, planned: [...again, ...others] };
}

function isOfStorage({ stack }: PlannedStack<AnyStack>): boolean {
  return stack.kind === "storage";
}

/** What a plan of storage takes away although the running app uses it; undefined for nothing. */
export async function keptFor(
  rotation: Rotation,
  { saved }: Pick<PlannedStack, "saved">,
  app: () => Promise<RunningApp | undefined>,
): Promise<Kept | undefined> {
  const changes = saved.plan.resource_changes;
  const origins = [...new Set(changes.flatMap(lostOrigins))];
  const keys = retiredKeys(rotation, changes);
  if (origins.length + keys.length === 0) return undefined;
  const spec = (await app())?.active_deployment?.spec;
  if (!spec) return undefined;
  const [pages, ids] = [servedOrigins(spec), Object.values(storageKeyIds(spec))];
  const kept = {
    origins: origins.filter((origin) => pages.includes(origin)),
    keys: keys.filter(({ id }) => ids.includes(id)).map(({ role, slot }) => ({ role, slot })),
  };
  return kept.origins.length + kept.keys.length > 0 ? kept : undefined;
}

const bucketSchema = z.looseObject({
  cors_rule: z.array(z.looseObject({ allowed_origins: z.array(z.string()).nullish() })).nullish(),
});

/** Origins that a bucket would let in no more. */
function lostOrigins(change: ResourceChange): string[] {
  if (change.type !== "aws_s3_bucket" || actionOf(change) !== "change") return [];
  const of = (values: unknown) =>
    bucketSchema.parse(values).cors_rule?.flatMap((rule) => rule.allowed_origins ?? []) ?? [];
  const after = of(change.change.after);
  return of(change.change.before).filter((origin) => !after.includes(origin));
}

const keySchema = z.looseObject({ id: z.string() });

/** Keys that go because a rotation retires them. Any other that goes is a matter for the gate. */
function retiredKeys(rotation: Rotation, changes: readonly ResourceChange[]) {
  return storageRoleNames
    .filter((role) => rotation[storageKeyName(role)].rotation?.stage === "retire")
    .flatMap((role) =>
      slots.flatMap((slot) => {
        const address = `aws_iam_access_key.${accessKeyName(role, slot)}`;
        const going = changes.find((one) => one.address === address && actionOf(one) === "destroy");
        return going ? [{ role, slot, id: keySchema.parse(going.change.before).id }] : [];
      }),
    );
}

/** Origins whose pages an app serves, or is told of: those of its hosts, and those that it lets call it. */
function servedOrigins(spec: AppSpec): string[] {
  const told = [
    variableOf(spec, "api", "ALLOWED_ORIGINS"),
    variableOf(spec, "edge", "CORS_ORIGINS"),
  ];
  return [
    ...(spec.domains ?? []).map(({ domain }) => `https://${domain}`),
    ...told.flatMap((list) => list?.split(",") ?? []),
  ];
}
