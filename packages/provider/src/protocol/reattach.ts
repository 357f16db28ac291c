/** Where a served provider listens. */
export interface ServedAddress {
  /** Source address in full, for example `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  readonly port: number;
}

/**
 * The value of `TF_REATTACH_PROVIDERS` for the served providers.
 *
 * Two fields are a matter of life and death for the serving process (measured with Terraform
 * 1.11.4): with `Test` false Terraform kills `Pid` after each command, and whenever `Addr` refuses
 * the connection it kills `Pid` too. So the variable may exist only while the listeners do: export
 * it after listening, take it away before closing, and never store it.
 */
export function reattachProviders(served: readonly ServedAddress[]): string {
  const entries = served.flatMap(({ provider, port }) => {
    const address = {
      Protocol: "grpc",
      ProtocolVersion: 5,
      Pid: process.pid,
      Test: true,
      Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
    };
    return addressesOf(provider).map((name) => [name, address] as const);
  });
  return JSON.stringify(Object.fromEntries(entries));
}

/** OpenTofu knows the same provider by its own registry (1.11.5). */
const addressesOf = (provider: string) => [
  provider,
  provider.replace(/^registry\.terraform\.io\//, "registry.opentofu.org/"),
];
