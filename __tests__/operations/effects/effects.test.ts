import { changeKind } from "../../../operations/effects/change-kind.ts";
import type { ChangeKind } from "../../../operations/effects/effect.ts";
import { effectOf, effects, effectsOf } from "../../../operations/effects/effects.ts";
import { machineEffects } from "../../../operations/effects/types/machines.ts";
import { valueAt } from "../../../environments/rules/findings.ts";
import {
  measuredChanges,
  type MeasuredChange,
  type MeasuredEdit,
} from "@mam-infra/provider/schemas/changes/index";
import { digitaloceanResources } from "@mam-infra/provider/resources/digitalocean/index";
import { staging } from "../../../environments/staging.ts";
import { anEnvironment } from "../../support/environments.ts";
import { stackOf } from "../../support/stacks.ts";

const parts = ["storage", "data", "app"] as const;

const environment = anEnvironment(staging);
const stacks = Object.fromEntries(parts.map((part) => [part, stackOf(environment, part)]));

/** The argument that an edit changes, as the table names it, and how. */
function changeOf(part: string, { on, kind, argument }: MeasuredChange, edit: MeasuredEdit) {
  const [type = "", name = ""] = on.split(".");
  const path = editedPath(edit) ?? "";
  const before = valueAt(stacks[part]?.resource[type]?.[name], path);
  const planned = kindOf(edit, path, (after) => changeKind(type, plain(path), { before, after }));
  return { type, argument: argument ?? plain(path), kind: kind ?? planned };
}

/** The argument that an edit is about: the list, where it is about an element. */
function editedPath(edit: MeasuredEdit): string | undefined {
  const [setPath] = Object.keys(edit.set ?? {});
  const lists = [edit.append?.[0], edit.prepend?.[0], edit.copyFirst?.[0], edit.move?.[1]];
  const elements = [edit.drop, edit.repeat].map((path) => path?.replace(/\.[^.]+$/, ""));
  return [edit.within, setPath, edit.remove, edit.reverse, ...lists, ...elements].find(
    (one) => one !== undefined,
  );
}

function kindOf(
  { within, remove, set = {} }: MeasuredEdit,
  path: string,
  compared: (after: unknown) => ChangeKind,
): ChangeKind {
  if (within === undefined && remove === path) return "removed";
  return path in set ? compared(set[path]) : "set";
}

/** A path without indexes, and without what names an element. */
function plain(path: string): string {
  return path
    .split(".")
    .filter((step) => !/^(\d+|#.*)$/.test(step))
    .join(".");
}

const measured = parts.flatMap((part) =>
  measuredChanges(part)
    .filter(({ planned }) => planned !== "destroyed")
    .flatMap((change) => change.edits.map((edit) => ({ part, change, edit }))),
);

/** What Terraform refuses whatever the argument is, and what two arguments together lead to. */
const beyondArguments = (change: MeasuredChange) =>
  change.planned === "refused" && !change.bySchema;

test.each(
  measured
    .filter(
      ({ change }) =>
        !change.bySchema || change.planned !== "refused" || change.says?.startsWith("Insufficient"),
    )
    .map(
      ({ part, change, edit }) => [change.on, JSON.stringify(edit), part, change, edit] as const,
    ),
)("%s %s does what the table says", (on, _, part, change, edit) => {
  const { type, argument, kind } = changeOf(part, change, edit);
  const row = effectOf(type, argument, kind);

  if (beyondArguments(change) && row?.planned !== "refused") {
    expect(change.says).toMatch(/expected mode|eviction_policy is only|version" is now required/);
    return;
  }
  expect([argument, kind, row?.planned]).toEqual([argument, kind, change.planned]);
  if (change.outcome !== undefined && change.outcome !== "refused") {
    expect(row?.outcome).toBe(change.outcome);
  }
  if (change.planned === "replaced") {
    const edits = [on, ...Object.keys(edit.also ?? {})].map((one) => one.split(".")[0]);
    const others = Object.keys(change.drags).filter((one) => !edits.includes(one));

    expect(others.filter((one) => !(one in (row?.drags ?? {})))).toEqual([]);
  }
});

/** Rows that are read in the providers' schemas: nobody can measure them on the stacks of staging. */
const fromSchema = [
  "digitalocean_database_cluster.storage_size_mib removed",
  "digitalocean_record.domain",
  "aws_s3_bucket.object_lock_configuration removed,emptied",
];

/** Types of machines with a card: what their changes do was read in the source of the providers. */
const ofMachines = machineEffects.map(({ type }) => type);

test.each(machineEffects.map(({ type, rows }) => [type, rows] as const))(
  "%s is replaced by what the embedded provider replaces it by, and by nothing else",
  (type, rows) => {
    const [resource] = digitaloceanResources.filter((one) => one.type === type);
    const replacing = rows.filter(({ planned }) => planned === "replaced");

    expect(replacing.map(({ argument }) => argument).toSorted()).toEqual(
      [...(resource?.behaviour.force_new ?? [])].toSorted(),
    );
  },
);

test("what a change does to a machine is said in words", () => {
  const [droplet] = machineEffects;

  expect(droplet?.replaced).toMatch(
    /^it is shut down first: its worker gives back what it was making/,
  );
  expect(droplet?.destroyed).toMatch(/^it is shut down first: .* and billed no more$/);
  expect(effectOf("digitalocean_droplet", "size", "set")).toMatchObject({ outcome: "refused" });
  expect(effectOf("digitalocean_firewall", "inbound_rule", "set")?.means).toContain("let in");
  expect(effectOf("terraform_data", "input.value.image", "set")?.means).toBe(
    "its machine is replaced by one that is made from that",
  );
});

test("every row of the table was measured", () => {
  const hit = new Set(
    measured.map(({ part, change, edit }) => {
      const { type, argument, kind } = changeOf(part, change, edit);
      return effectOf(type, argument, kind);
    }),
  );
  const unmeasured = effects
    .filter(({ type }) => !ofMachines.includes(type))
    .flatMap(({ type, rows }) =>
      rows
        .filter((row) => !hit.has(row))
        .map(({ argument, kinds = [] }) => `${type}.${argument} ${kinds.join()}`.trim()),
    );

  expect(unmeasured).toEqual(fromSchema);
});

test("whatever replaces or destroys something that users notice says what it means", () => {
  const silent = measured
    .filter(({ change }) => change.planned === "replaced")
    .map(({ change: { on } }) => on.split(".")[0] ?? "")
    .filter((type) => effectsOf(type)?.replaced === undefined);

  expect([...new Set(silent)]).toEqual([
    "digitalocean_database_postgresql_config",
    "digitalocean_project_resources",
  ]);
});
