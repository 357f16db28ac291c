/** A call of HCP Terraform that was refused, or that got no usable answer. Its message never has the token or a body in it. */
export class HcpError extends Error {
  override name = "HcpError";
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(
    {
      method,
      path,
      status,
    }: { readonly method: string; readonly path: string; readonly status?: number },
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`HCP Terraform: ${method} ${path}: ${status ?? "no answer"}: ${reason}`, options);
    this.status = status;
  }
}

/** The status with which HCP Terraform refused a call; undefined for any other error. */
export function hcpRefusal(error: unknown): number | undefined {
  return error instanceof HcpError ? error.status : undefined;
}
