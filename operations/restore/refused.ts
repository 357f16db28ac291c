/** Something that cannot be restored, or not like this. The words say why, and what can be. */
export class RestoreRefused extends Error {
  override readonly name = "RestoreRefused";
}
