import { canonical } from "../../../../monitoring/canonical.ts";
import { description } from "../../../conformance/description.ts";
import type { RehearsalCloud } from "../../../harness/rehearsal-cloud.ts";
import type { Console, ConsoleReply } from "./console.ts";
import { type Edit, edited, editsOf, sent } from "./edits.ts";
import type { Form } from "./forms.ts";
import { sensibleIn } from "./sensible.ts";

/** A change of one field that the platform takes. */
export interface Change {
  readonly form: Form;
  readonly edit: Edit;
  /** The value that it takes. */
  readonly candidate: unknown;
}

/** Tries every change of every field of a form by itself, from what stands, and returns those that change something. */
export async function tryForm(
  cloud: RehearsalCloud,
  panel: Console,
  form: Form,
): Promise<readonly Change[]> {
  const operation = description.operations[form.operation];
  if (!operation?.body) throw new Error(`the description has no body of ${form.operation}`);
  const known = { sensible: sensibleIn(form.operation), replaces: form.replaces };
  const edits = editsOf(operation.body, form.standing, known);
  const changes: Change[] = [];
  const back = cloud.digitalOcean.keep();
  for (const edit of edits.filter(({ field }) => !form.except?.test(field))) {
    // A value that is taken away is a value that changes, and that was tried.
    const isTried = changes.some((one) => one.edit.field === edit.field);
    if (edit.kind === "left out" && isTried) continue;
    const change = await tryEdit(cloud, panel, { form, edit }, back);
    if (change) changes.push(change);
  }
  return changes;
}

/** The first of the values that the platform takes, and that is another than what stands. */
async function tryEdit(
  cloud: RehearsalCloud,
  panel: Console,
  { form, edit }: Pick<Change, "form" | "edit">,
  back: () => void,
): Promise<Change | undefined> {
  const candidates = edit.candidates.length > 0 ? edit.candidates : [undefined];
  const before = fingerprint(cloud, form);
  for (const candidate of candidates) {
    const { status } = await send(panel, form, edited(form.standing, edit, candidate));
    const isAnother = status < 300 && fingerprint(cloud, form) !== before;
    back();
    if (isAnother) return { form, edit, candidate };
  }
  return undefined;
}

/** Sends a form. */
export function send(panel: Console, form: Form, body: unknown): Promise<ConsoleReply> {
  const [method = ""] = form.operation.split(" ");
  return panel.ask(method, form.path, sent(body));
}

/** What of the account a form can change, as one text. Deployments follow from every update, whatever it says. */
function fingerprint({ digitalOcean: { store } }: RehearsalCloud, form: Form): string {
  const { databases, vpcs, projects, domains, alertPolicies, uptimeChecks, apps, schedule } = store;
  const watched =
    form.about === "the app"
      ? apps.map(({ spec }) => spec)
      : [databases, vpcs, projects, domains, alertPolicies, uptimeChecks, schedule.length];
  return canonical(watched).replaceAll(/"\w+_at":"[^"]*"/g, "");
}

const messageOf = ({ status, body }: ConsoleReply) =>
  `${status} ${(body as { message?: string } | undefined)?.message ?? ""}`;

/** Changes that can stand side by side, form by form, as they were made. */
export async function applyBeside(
  panel: Console,
  rest: () => Promise<void>,
  pending: readonly Change[],
): Promise<Change[]> {
  const made: Change[] = [];
  for (const form of new Set(pending.map((change) => change.form))) {
    const chosen = await sentTogether(
      panel,
      form,
      apart(pending.filter((one) => one.form === form)),
    );
    made.push(...chosen);
    if (/\/(resize|upgrade|migrate)$/.test(form.path) && chosen.length > 0) await rest();
  }
  return made;
}

/** The longest beginning of a list of changes that the platform takes together; each is added while it still does. */
async function sentTogether(
  panel: Console,
  form: Form,
  changes: readonly Change[],
): Promise<Change[]> {
  if (form.about !== "the app") return asManyAsTaken(panel, form, changes);
  let body = form.standing;
  const chosen: Change[] = [];
  const id = form.path.split("/").at(-1);
  for (const change of changes) {
    const next = edited(body, change.edit, change.candidate);
    if (next === undefined) continue;
    const { status } = await panel.ask("POST", "/v2/apps/propose", {
      ...Object(sent(next)),
      app_id: id,
    });
    if (status >= 300) continue;
    body = next;
    chosen.push(change);
  }
  const { status, body: answer } = await send(panel, form, body);
  if (status >= 300)
    throw new Error(`what was proposed is refused: ${messageOf({ status, body: answer })}`);
  return chosen;
}

async function asManyAsTaken(
  panel: Console,
  form: Form,
  changes: readonly Change[],
): Promise<Change[]> {
  for (let count = changes.length; count > 0; count -= 1) {
    const chosen = changes.slice(0, count);
    const body = chosen.reduce<unknown>(
      (whole, { edit, candidate }) => edited(whole, edit, candidate) ?? whole,
      form.standing,
    );
    const { status } = await send(panel, form, body);
    if (status < 300) return chosen;
  }
  return [];
}

/** Changes of one form of which none lies in the place of another. */
function apart(changes: readonly Change[]): Change[] {
  const chosen: Change[] = [];
  for (const change of changes) {
    if (!chosen.some((one) => touch(one, change))) chosen.push(change);
  }
  return chosen;
}

function touch(one: Change, other: Change): boolean {
  const [first, second] = [placeOf(one), placeOf(other)];
  return first.startsWith(second) || second.startsWith(first);
}

const placeOf = ({ edit: { path } }: Change) => `${path.join("/")}/`;
