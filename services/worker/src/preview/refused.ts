/** The file cannot become a preview, however often it is tried. The message is for the person who uploaded it. */
export class Refused extends Error {
  override readonly name = "Refused";
}
