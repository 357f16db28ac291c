/** A project: the folder under which the control panel shows resources. */
export interface Project {
  readonly id: string;
  readonly owner_uuid: string;
  readonly owner_id: number;
  name: string;
  description: string;
  purpose: string;
  environment: string;
  is_default: boolean;
  readonly created_at: string;
  updated_at: string;
}

/** A resource's place in a project. */
export interface Assignment {
  readonly urn: string;
  project_id: string;
  assigned_at: string;
}
