/** A virtual machine of the account. */
export interface Droplet {
  readonly id: number;
  name: string;
  readonly region: string;
  readonly size: string;
  /** Slug of the image that it was made from. */
  readonly image: string;
  readonly vpc_uuid: string;
  tags: string[];
  /** What cloud-init is given at its first boot: the API never shows it, the machine's metadata always. */
  readonly user_data: string;
  readonly features: readonly string[];
  status: "new" | "active" | "off";
  /** Address in its network, and on the internet. */
  readonly addresses: { readonly private: string; readonly public: string };
  readonly created_at: string;
}
