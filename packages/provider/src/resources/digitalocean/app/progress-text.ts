import { isJson, type Json } from "./mapping.ts";

/** Godo writes the private fields of Go's times, which have no text. */
const TIME = "time.Time{wall:, ext:}";

const COUNTS = ["Pending", "Running", "Success", "Error", "Total"];

function text(value: unknown): string {
  return `"${typeof value === "string" ? value : ""}"`;
}

function structure(name: string, members: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return `godo.${name}{${given.map(([member, value]) => `${member}:${value ?? ""}`).join(", ")}}`;
}

function steps(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const written = (value as readonly unknown[]).map((one) => (isJson(one) ? step(one) : "<nil>"));
  return `[${written.join(" ")}]`;
}

function step(json: Json): string {
  const { reason } = json;
  return structure("DeploymentProgressStep", {
    Name: text(json.name),
    Status: text(json.status),
    Steps: steps(json.steps),
    StartedAt: TIME,
    EndedAt: TIME,
    Reason: isJson(reason)
      ? structure("DeploymentProgressStepReason", {
          Code: text(reason.code),
          Message: text(reason.message),
        })
      : undefined,
    ComponentName: text(json.component_name),
    MessageBase: text(json.message_base),
  });
}

/**
 * A deployment's progress as the real provider shows it when a deployment fails (godo 1.168.0, strings.go): whoever
 * has seen a failure here finds its reason in production's words too.
 */
export function progressText(progress: Json): string {
  const counts = COUNTS.map((name) => {
    const count = progress[`${name.toLowerCase()}_steps`];
    return [`${name}Steps`, String(typeof count === "number" ? count : 0)] as const;
  });
  return structure("DeploymentProgress", {
    ...Object.fromEntries(counts),
    Steps: steps(progress.steps),
    SummarySteps: steps(progress.summary_steps),
  });
}
