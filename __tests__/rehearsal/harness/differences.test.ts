import { inspectionDifferences } from "../../../rehearsal/harness/differences.ts";

const inspection = (lines: readonly string[], asked: Readonly<Record<string, number>>) => ({
  standing: { terraform: lines },
  asked,
});

test("two rehearsals that came to the same do not differ", () => {
  const same = inspection(['a.0.name = "x"'], { "POST /v2/apps": 1 });

  expect(inspectionDifferences(same, structuredClone(same))).toEqual([]);
});

test("what stands on one side only is named, as often as it does", () => {
  const ours = inspection(["a = null", "b = 1", "b = 1"], {});
  const real = inspection(['a = ""', "b = 1"], {});

  expect(inspectionDifferences(ours, real)).toEqual([
    "terraform, only with embedded providers: a = null",
    "terraform, only with embedded providers: b = 1",
    'terraform, only with real providers: a = ""',
  ]);
});

test("a change that was asked for more often is named, also when one side never did", () => {
  expect(
    inspectionDifferences(
      inspection([], { "PUT /v2/apps/{id}": 1 }),
      inspection([], { "PUT /v2/apps/{id}": 2, "s3:PutBucketPolicy": 1 }),
    ),
  ).toEqual([
    "PUT /v2/apps/{id}: asked 1 times, by the real providers 2 times",
    "s3:PutBucketPolicy: asked 0 times, by the real providers 1 times",
  ]);
});
