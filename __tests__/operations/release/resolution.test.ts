import { resolveImage } from "../../../operations/release/resolution.ts";

const images = [
  { digest: "sha256:c", tags: ["v1.4.0", "latest"] },
  { digest: "sha256:b", tags: ["v1.3.9"] },
  { digest: "sha256:a", tags: null },
];

test("a tag stands for the image that has it, and a digest for itself", () => {
  expect(resolveImage("mam-api", "latest", images)).toEqual({ digest: "sha256:c" });
  expect(resolveImage("mam-api", "sha256:a", images)).toEqual({ digest: "sha256:a" });
});

test("a tag that is not there is refused with those that are, closest first", () => {
  expect(resolveImage("mam-api", "v1.3.8", images)).toEqual({
    problem:
      "mam-api has no image with the tag v1.3.8; closest first it has v1.3.9, v1.4.0, latest",
  });
});

test("of many tags the closest are named and the others counted", () => {
  const many = Array.from({ length: 20 }, (_, index) => ({
    digest: `sha256:${index}`,
    tags: [`build-${index}`],
  }));
  const { problem } = resolveImage("mam-api", "build-7x", many) as { problem: string };

  expect(problem).toContain("build-7, build-0, build-1");
  expect(problem).toContain("and 12 more");
});

test("a digest that is not there is refused", () => {
  expect(resolveImage("mam-api", "sha256:d", images)).toEqual({
    problem:
      "mam-api has no image with the digest sha256:d; closest first it has sha256:c, sha256:b, sha256:a",
  });
});

test("a repository that is not there, and one without tags, are told apart", () => {
  expect(resolveImage("mam-api", "v1", undefined)).toEqual({
    problem: "no registry of the account has the repository mam-api",
  });
  expect(resolveImage("mam-api", "v1", [{ digest: "sha256:a" }])).toEqual({
    problem: "mam-api has no image with the tag v1; it has none with a tag",
  });
});
