import { environments } from "../../../environments/index.ts";
import { InvalidEnvironments } from "../../../environments/loading/load.ts";
import { fitting } from "../../../operations/adopt/unfit.ts";

const origin = { from: "staging", otherwise: environments.staging! };

const finding = (path: string, value: string) => ({
  ...{ file: "environments/shop.ts", path, value, expected: "another one", fix: "set it" },
});

const failing =
  (...findings: ReturnType<typeof finding>[]) =>
  () => {
    throw new InvalidEnvironments(findings);
  };

test("no line is proposed for a file that was not written", () => {
  const size = environments.staging!.database.size;
  const found = [
    finding("cache.size", '"db-large"'),
    finding("database.size", JSON.stringify(size)),
    finding("network.vpcCidr", '"10.0.0.0/20"'),
  ];

  expect(fitting(failing(...found), origin).remarks?.map(({ fate, todo }) => [fate, todo])).toEqual(
    [
      ["refused", "change it where it stands first, in the control panel; then adopt"],
      ["refused", "in environments/staging.ts, or say another --from: set it"],
      ["refused", expect.stringMatching(/^give it one of its own first/)],
    ],
  );
});

test("a name that cannot be is said as it is everywhere", () => {
  expect(() => fitting(failing(finding("name", '"Shop"')), origin)).toThrow(InvalidEnvironments);
});
