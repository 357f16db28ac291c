import { described, image, of, standing } from "../support/standing.ts";

const route = (name: string, prefix: string, more: object = {}) => ({
  match: { path: { prefix } },
  component: { name, preserve_path_prefix: true, ...more },
});

const two = (rules: readonly object[]) =>
  described(standing({ services: [image("backend"), image("page")], ingress: { rules } }));

const api = route("backend", "/api");
const page = route("page", "/");

test("a second route of a component goes, and so does one that sends visitors elsewhere", () => {
  const redirect = { match: { path: { prefix: "/old" } }, redirect: { uri: "/new" } };

  expect(of(two([api, route("backend", "/hooks"), redirect, page]).remarks, "lost")).toEqual([
    expect.stringMatching(/^the route \/hooks of backend: .* the page answers it/),
    expect.stringMatching(/^the redirect of \/old: .* the page answers it/),
  ]);
});

test("a component that saw paths without their prefix is said to see them whole", () => {
  const cut = route("backend", "/api", { preserve_path_prefix: false });

  expect(of(two([cut, page]).remarks, "changed")).toContainEqual(
    expect.stringMatching(/the route \/api of backend: paths reach it with \/api from then on/),
  );
});

test("routes as they were written before there was an ingress are the same", () => {
  const services = [
    { ...image("backend"), routes: [{ path: "/api" }, { path: "/hooks" }] },
    { ...image("page"), routes: [{ path: "/" }] },
  ];
  const { fields, remarks } = described(standing({ services }));

  expect(fields.services.api).toMatchObject({ repository: "shop-backend" });
  expect(of(remarks, "lost")).toEqual([expect.stringMatching(/^the route \/hooks of backend/)]);
});

test("with one image for all components no route leads to another one", () => {
  const shared = { image: image("all").image };
  const services = [
    { ...image("backend"), ...shared },
    { ...image("page"), ...shared },
  ];
  const ingress = { rules: [api, route("backend", "/hooks"), page] };

  expect(of(described(standing({ services, ingress })).remarks, "lost")).toEqual([]);
});
