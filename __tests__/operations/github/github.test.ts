import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { putComment } from "../../../operations/github/comment.ts";
import { type GitHub, gitHub } from "../../../operations/github/gh.ts";
import { keepIssue } from "../../../operations/github/issue.ts";
import { fitting, markerOf } from "../../../operations/github/marked.ts";
import { propose } from "../../../operations/github/proposal.ts";
import { reviewOf } from "../../../operations/github/reviews.ts";
import { findGh, pathWith, realGh, standInGh } from "../../support/github/program.ts";
import { type Repository, aRepository } from "../../support/github/repository.ts";
import { type GitHubServer, serveGitHub } from "../../support/github/server.ts";

const programs = [
  { what: "a stand-in for gh", open: standInGh, run: describe },
  // Not run where there is none: what holds of the stand-in is then not known of gh itself.
  { what: "gh itself", open: realGh, run: findGh() === undefined ? describe.skip : describe },
];

const here = { project: tmpdir(), interruption: new AbortController().signal };

describe.each(programs)("by $what", ({ open, run }) => {
  run("on GitHub", () => {
    const program = open();
    let repository: Repository;
    let server: GitHubServer;
    let hub: GitHub;

    beforeEach(async () => {
      repository = aRepository({ "environments/production.release.json": "one\n" });
      server = await serveGitHub(repository);
      hub = hubWith({});
    });
    afterEach(async () => {
      expect(server.refused).toEqual([]);
      await server.close();
    });
    afterAll(() => program?.remove());

    const hubWith = (variables: Readonly<Record<string, string | undefined>>) =>
      gitHub({
        ...here,
        variables: {
          PATH: program ? pathWith(program) : "",
          HOME: tmpdir(),
          DIGITALOCEAN_TOKEN: "dop_v1_secret",
          ...server.variables,
          ...variables,
        },
      });

    test("one comment is written, left as it is, and written anew", async () => {
      const marker = markerOf("plan", "production");
      const put = (text: string) =>
        putComment(hub, 12, { body: fitting(text, marker, "the log"), marker });

      expect(await put("## Plan: 1 to change")).toBe("written");
      expect(await put("## Plan: 1 to change")).toBe("as before");
      expect(await put("## Plan: 2 to change")).toBe("updated");
      expect(repository.comments).toHaveLength(1);
      expect(repository.comments[0]).toMatchObject({
        on: 12,
        body: `## Plan: 2 to change\n\n${marker}\n`,
      });
    });

    test("a comment of somebody else, and of another environment, is left alone", async () => {
      const [mine, other] = ["production", "staging"].map((name) => markerOf("plan", name));
      repository.comments.push(
        { id: 1, on: 12, body: `mine? ${mine ?? ""}`, own: false },
        { id: 2, on: 12, body: other ?? "", own: true },
        { id: 3, on: 13, body: mine ?? "", own: true },
      );
      await putComment(hub, 12, { body: `new ${mine ?? ""}`, marker: mine ?? "" });

      expect(repository.comments.map(({ id, body }) => [id, body])).toEqual([
        [1, `mine? ${mine ?? ""}`],
        [2, other],
        [3, mine],
        [4, `new ${mine ?? ""}`],
      ]);
    });

    test("one issue is opened, left as it is, written anew, closed, and opened again", async () => {
      const marker = markerOf("drift", "production");
      const keep = (body?: string) =>
        keepIssue(
          hub,
          marker,
          body === undefined ? undefined : { title: "it differs", body: `${body}\n${marker}` },
          "it is as it should be",
        );

      expect(await keep()).toEqual({ action: "none" });
      expect(await keep("a")).toEqual({ action: "opened", number: 1 });
      expect(await keep("a")).toEqual({ action: "as before", number: 1 });
      expect(await keep("b")).toEqual({ action: "updated", number: 1 });
      expect(await keep()).toEqual({ action: "closed", number: 1 });
      expect(repository.comments).toMatchObject([{ on: 1, body: "it is as it should be" }]);
      expect(await keep("c")).toEqual({ action: "opened", number: 2 });
      expect(repository.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
    });

    const proposal = (content: string) => ({
      branch: "release/production",
      path: "environments/production.release.json",
      content,
      title: "release(production): api",
      body: `is ${content}`,
    });

    test("a file is proposed, and the same pull request is brought up to date", async () => {
      expect(await propose(hub, proposal("two\n"))).toMatchObject({ action: "opened", number: 1 });
      repository.branches.set("main", {
        sha: "c".repeat(40),
        files: new Map([["environments/production.release.json", "moved\n"]]),
      });
      expect(await propose(hub, proposal("three\n"))).toMatchObject({ action: "updated" });

      expect(repository.pulls).toMatchObject([
        { base: "main", head: { ref: "release/production" }, body: "is three\n", state: "open" },
      ]);
      const files = (branch: string) => [
        ...(repository.branches.get(branch)?.files.values() ?? []),
      ];
      expect(files("release/production")).toEqual(["three\n"]);
      expect(files("main")).toEqual(["moved\n"]);
    });

    test("what the default branch says already is not proposed", async () => {
      expect(await propose(hub, proposal("one\n"))).toBeUndefined();
      expect(server.requests.filter((line) => !line.startsWith("GET"))).toEqual([]);
    });

    const head = { ref: "topic", sha: "b".repeat(40) };
    const own = "northlight/mam-infra";
    const merged = "d".repeat(40);
    const pull = (repository_: string) => ({
      number: 12,
      title: "",
      body: "",
      head: { ...head, repository: repository_ },
      base: "main",
      state: "closed" as const,
      merged,
    });
    const review = (id: number, startedAt: string, from = own) => ({
      ...{ id, workflow: "review.yml", head: { sha: head.sha, repository: from }, startedAt },
      artifacts: { "review-production": { "production.json": `{"id":${id}}` } },
    });

    test("the last review of the pull request that a commit came from is fetched", async () => {
      const directory = mkdtempSync(join(tmpdir(), "mam-fetched-"));
      repository.pulls.push(pull(own));
      repository.runs.push(
        review(7, "2026-11-28T10:00:00Z"),
        review(8, "2026-11-28T11:00:00Z"),
        review(9, "2026-11-28T12:00:00Z", "stranger/mam-infra"),
      );
      expect(await reviewOf(hub, merged)).toEqual({ run: 8, pullRequest: 12 });
      await hub.download(8, "review-production", directory);

      expect(readFileSync(join(directory, "production.json"), "utf8")).toBe('{"id":8}');
      rmSync(directory, { recursive: true });
    });

    test.each([
      ["a commit of no pull request", () => [], /no merged pull request has the commit d{40}/],
      ["a pull request of a fork", () => [pull("stranger/mam-infra")], /12 is from a fork/],
      ["one that was never reviewed", () => [pull(own)], /review.yml never ran for b{40}/],
    ])("nothing is taken for the review of %s", async (_, pulls, none) => {
      repository.pulls.push(...pulls());
      repository.runs.push(review(9, "2026-11-28T12:00:00Z", "stranger/mam-infra"));

      expect(await reviewOf(hub, merged)).toEqual({ none: expect.stringMatching(none) as string });
    });

    test("without credentials it says where they come from", async () => {
      const nothing = { GH_TOKEN: undefined, GH_HOST: undefined };
      const without = hubWith({ ...nothing, GH_REPO: "northlight/mam-infra" });

      await expect(without.rest("GET", "repos/{owner}/{repo}")).rejects.toThrow(
        /gh has no credentials.*\n {2}fix: gh auth login; .*GH_TOKEN/s,
      );
    });

    test("a refusal is said in GitHub's words, and nothing of the text is", async () => {
      repository.permissions = { issues: "read" };
      const refused = hub.rest("POST", "repos/{owner}/{repo}/issues", {
        title: "a",
        body: "secret",
      });

      await expect(refused).rejects.toThrow(/gh api --method POST .* failed: .*HTTP 403/);
      await expect(refused).rejects.not.toThrow(/secret/);
      expect(server.refused).toHaveLength(1);
      (server.refused as string[]).length = 0;
    });
  });
});

test("without gh it says where it is had", async () => {
  const hub = gitHub({ ...here, variables: { PATH: "/nonexistent" } });

  await expect(hub.rest("GET", "repos/{owner}/{repo}")).rejects.toThrow(
    /gh is not installed\n {2}fix: https:\/\/cli.github.com/,
  );
});

test("a text that is too long is cut between paragraphs, closed, and said to be cut", () => {
  const long = `## Plan\n\n<details><summary>app</summary>\n\n${"- **change** something\n".repeat(4_000)}\n</details>\n`;
  const body = fitting(long, "<!-- mam -->", "https://example.com/run");

  expect(body.length).toBeLessThan(65_536);
  expect(body).toMatch(
    /- \*\*change\*\* something\n\n<\/details>\n\nThis is not all of it\. The whole: https:\/\/example\.com\/run\n\n<!-- mam -->\n$/,
  );
});
