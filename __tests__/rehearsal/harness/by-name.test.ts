import { byName } from "../../../rehearsal/harness/by-name.ts";

const user = (name: string) => ({ name, role: "normal" });

test("two users of one cluster that were made in either order are the same", () => {
  const cluster = (...users: object[]) => [{ name: "media", users }];

  expect(byName(cluster(user("api"), user("admin")))).toEqual(
    byName(cluster(user("admin"), user("api"))),
  );
});

test("the rules of an app's spec keep their order, because the first that fits counts", () => {
  const app = (...services: object[]) => ({ spec: { services } });

  expect(byName(app(user("b"), user("a")))).toEqual(app(user("b"), user("a")));
});

test("what has no name stays where it is", () => {
  expect(byName([3, { value: 2 }, "a"])).toEqual([3, { value: 2 }, "a"]);
});
