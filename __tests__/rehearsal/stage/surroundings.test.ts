import { checkSurroundings } from "../../../rehearsal/stage/surroundings.ts";

test("a machine without real credentials and with the pinned Terraform is fit", async () => {
  await expect(checkSurroundings({ PATH: process.env.PATH })).resolves.toBeUndefined();
});

test.each([
  "DIGITALOCEAN_TOKEN",
  "DIGITALOCEAN_ACCESS_TOKEN",
  "SPACES_SECRET_ACCESS_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_PROFILE",
  "TF_VAR_jwt_secret_a",
  "TF_TOKEN_app_terraform_io",
  "TF_REATTACH_PROVIDERS",
])("%s of a real account stops it, with the command that goes on without", async (name) => {
  const refused = checkSurroundings({ [name]: "the secret" });

  await expect(refused).rejects.toThrow(`fix: env -u ${name} npm run rehearse`);
  await expect(refused).rejects.not.toThrow("the secret");
});
