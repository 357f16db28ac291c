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
  return JSON.stringify(
    Object.fromEntries(
      served.map(({ provider, port }) => [
        provider,
        {
          Protocol: "grpc",
          ProtocolVersion: 5,
          Pid: process.pid,
          Test: true,
          Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
        },
      ]),
    ),
  );
}
