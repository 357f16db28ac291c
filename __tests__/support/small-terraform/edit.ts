import type { MeasuredEdit } from "@mam-infra/provider/schemas/changes/index";
import type { TerraformJson } from "../stacks.ts";

type Fields = Record<string, unknown>;

/** A stack in which a resource is edited. @throws when a path leads nowhere: an edit that edits nothing measures nothing. */
export function edited(stack: TerraformJson, address: string, edit: MeasuredEdit): TerraformJson {
  const draft = structuredClone(stack) as unknown as { resource: Record<string, Fields> };
  const resourceAt = (one: string): Fields => {
    const [type = "", name = ""] = one.split(".");
    return draft.resource[type]?.[name] as Fields;
  };
  const { also = {}, take, within, ...own } = edit;
  if (take) {
    const [type = "", name = ""] = address.split(".");
    Reflect.deleteProperty(draft.resource[type]!, name);
  } else if (within !== undefined) {
    const resource = resourceAt(address);
    const inner = JSON.parse(String(resource[within])) as Fields;
    make(inner, own);
    resource[within] = JSON.stringify(inner);
  } else {
    make(resourceAt(address), own);
  }
  for (const [other, values] of Object.entries(also)) make(resourceAt(other), { set: values });
  return draft as unknown as TerraformJson;
}

function make(root: Fields, edit: MeasuredEdit): void {
  for (const [path, value] of Object.entries(edit.set ?? {})) set(root, path, value);
  if (edit.remove !== undefined) remove(root, edit.remove);
  changeLists(root, edit);
}

function remove(root: Fields, path: string): void {
  const { holder, step } = place(root, path);
  if (!Reflect.has(holder, step) && path !== "timeouts") throw new Error(`there is no ${path}`);
  Reflect.deleteProperty(holder, step);
}

function changeLists(root: Fields, edit: MeasuredEdit): void {
  if (edit.reverse !== undefined) list(root, edit.reverse).reverse();
  if (edit.append) list(root, edit.append[0]).push(edit.append[1]);
  if (edit.prepend) list(root, edit.prepend[0]).unshift(edit.prepend[1]);
  if (edit.drop !== undefined) taken(root, edit.drop);
  if (edit.repeat !== undefined) {
    const { holder, step } = place(root, edit.repeat);
    (holder as unknown as unknown[]).push(holder[step]);
  }
  if (edit.copyFirst) {
    const [path, changes] = edit.copyFirst;
    list(root, path).unshift({ ...(list(root, path)[0] as Fields), ...changes });
  }
  if (edit.move) list(root, edit.move[1]).push(taken(root, edit.move[0]));
}

function taken(root: Fields, path: string): unknown {
  const { holder, step } = place(root, path);
  return (holder as unknown as unknown[]).splice(Number(step), 1)[0];
}

function set(root: Fields, path: string, value: unknown): void {
  const { holder, step } = place(root, path);
  holder[step] = value;
}

function list(root: Fields, path: string): unknown[] {
  const { holder, step } = place(root, path);
  if (!Array.isArray(holder[step])) throw new Error(`${path} is no list`);
  return holder[step];
}

/** What holds the last step of a path, and the step as the holder knows it. A block that stands once is no list in JSON. */
function place(root: Fields, path: string): { readonly holder: Fields; readonly step: string } {
  const steps = path.split(".");
  let holder: Fields = root;
  for (const [at, name] of steps.entries()) {
    const step = stepIn(holder, name);
    if (at === steps.length - 1) return { holder, step };
    const next = holder[step];
    if (typeof next !== "object" || next === null) {
      if (name === "0" && !Array.isArray(holder)) continue;
      throw new Error(`${path} leads nowhere at ${name}`);
    }
    holder = next as Fields;
  }
  throw new Error("an empty path");
}

function stepIn(holder: Fields, name: string): string {
  if (!name.startsWith("#")) return name;
  const wanted = name.slice(1);
  const found = (holder as unknown as Fields[]).findIndex((element) =>
    ["key", "name", "rule", "Sid"].some((identity) => element[identity] === wanted),
  );
  if (found < 0) throw new Error(`there is no element ${wanted}`);
  return String(found);
}
