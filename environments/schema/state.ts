import { z } from "zod";

import { adoptedSchema } from "./adopted.ts";
import { defaultedGroup, field, group, reason } from "./field.ts";

const name = z.string().min(1);

const backendSchema = field(
  z.discriminatedUnion("kind", [
    group("A Spaces bucket in the region's Spaces, locked and versioned.", {
      kind: field(z.literal("spaces"), { meaning: "Spaces bucket.", unit: "choice" }),
      bucket: field(name, {
        meaning: "Bucket that holds the states. Created once, outside Terraform, with versioning.",
        unit: "name",
        examples: ["northlight-mam-terraform-state"],
      }),
    }),
    group("HCP Terraform, one workspace a stack.", {
      kind: field(z.literal("hcp"), { meaning: "HCP Terraform.", unit: "choice" }),
      organization: field(name, {
        meaning: "Organization.",
        unit: "name",
        examples: ["northlight"],
      }),
      workspacePrefix: field(z.string().default(""), {
        meaning: "Goes before the stack's name in the workspace's name.",
        unit: "name",
        examples: ["mam-"],
      }),
      project: field(name, {
        meaning: "HCP project of the workspaces.",
        unit: "name",
        examples: ["mam"],
      }),
      execution: field(z.enum(["local", "remote"]).default("local"), {
        meaning:
          "Where Terraform runs: `local` where mam or cdktf is called, `remote` at HCP Terraform.",
        unit: "choice",
      }),
      plan: field(z.enum(["free", "paid"]).default("free"), {
        meaning:
          "Plan of the organization: `free` has 500 managed resources and one run at a time (2026-11-28).",
        unit: "choice",
      }),
    }),
    group("A file on this machine, for experiments only.", {
      kind: field(z.literal("local"), { meaning: "Local file.", unit: "choice" }),
    }),
  ]),
  { meaning: "Where Terraform keeps its states.", unit: "group" },
);

/** Where Terraform keeps its states, what stood before them, and whether it may destroy what holds data. */
export const stateSchema = group(
  "Where Terraform keeps its states, what stood before them, and whether it may destroy what holds data.",
  {
    backend: backendSchema,
    adopted: adoptedSchema,
    destroy: defaultedGroup("Whether `cdktf destroy` may remove what holds data.", {
      allowed: field(z.boolean().default(false), {
        meaning:
          "Takes `prevent_destroy` off databases, buckets, the app and the zone. Never in production.",
        unit: "switch",
      }),
      allowedReason: reason("stateful resources may be destroyed"),
    }),
  },
);
