import { execa } from "execa";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-process-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Takes its time, and says so, as a resource that is slow to be created does: until it is let go on. */
const slow = {
  resource: {
    terraform_data: {
      slow: {
        provisioner: [
          {
            "local-exec": {
              command:
                "touch begun; while [ -e begun ] && [ ! -e go-on ]; do echo waits; sleep 0.1; done; echo goes on",
            },
          },
        ],
      },
    },
  },
};

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 600) throw new Error(`waited in vain until ${what}`);
    await setTimeout(100);
  }
}

test("Terraform finishes, writes its state and gives its lock back when its parent is killed", async () => {
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify(slow));
  const program = `
    import { runTerraform } from ${JSON.stringify(join(process.cwd(), "operations/terraform/process.ts"))};
    const runtime = {
      program: "terraform",
      ready: "",
      environment: process.env,
      interruption: new AbortController().signal,
      redact: (text) => text,
    };
    await runTerraform(runtime, ["apply", "-auto-approve", "-json"], {
      directory: ${JSON.stringify(directory)},
    });`;
  const parent = execa("node", ["--import", "tsx", "--input-type=module", "--eval", program], {
    reject: false,
  });
  await until(() => existsSync(join(directory, "begun")), "the apply had begun");
  parent.kill("SIGKILL");
  await parent;
  writeFileSync(join(directory, "go-on"), "");
  const state = join(directory, "terraform.tfstate");
  const lock = join(directory, ".terraform.tfstate.lock.info");
  await until(() => !existsSync(lock), "the lock was given back");

  expect(existsSync(state)).toBe(true);
  const shown = await execa("terraform", ["state", "list"], { cwd: directory });
  expect(shown.stdout).toBe("terraform_data.slow");
  expect(readdirSync(directory).filter((name) => name.includes(".stdout-"))).toHaveLength(1);
});
