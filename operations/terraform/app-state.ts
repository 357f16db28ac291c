import { z } from "zod";

const variable = z.looseObject({ key: z.string(), type: z.string(), value: z.string() });
const component = z.looseObject({ name: z.string(), env: z.array(variable).default([]) });
const components = z.array(component).default([]);

const appState = z.looseObject({
  resources: z
    .array(
      z.looseObject({
        type: z.string(),
        instances: z.array(z.looseObject({ attributes: z.unknown() })),
      }),
    )
    .default([]),
});

const app = z.looseObject({
  spec: z.array(z.looseObject({ service: components, worker: components, job: components })),
});

/** A secret of the app that stands in a state in clear. */
export interface PlaintextSecret {
  readonly component: string;
  readonly name: string;
  readonly value: string;
}

/**
 * The app's secrets that stand in a state in clear. A first apply of a secret writes what it sent, and the state keeps
 * that until a refresh is applied.
 *
 * @param text the whole state.
 */
export function secretsIn(text: string): PlaintextSecret[] {
  return appState
    .parse(JSON.parse(text))
    .resources.filter(({ type }) => type === "digitalocean_app")
    .flatMap(({ instances }) => instances.map(({ attributes }) => app.parse(attributes)))
    .flatMap(({ spec }) => spec.flatMap((one) => [...one.service, ...one.worker, ...one.job]))
    .flatMap(({ name: component, env }) =>
      env
        .filter(({ type, value }) => type === "SECRET" && !value.startsWith("EV["))
        .map(({ key: name, value }) => ({ component, name, value })),
    );
}
