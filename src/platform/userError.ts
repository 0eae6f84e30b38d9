/** Something a person can do something about: the message is shown as it is, without a stack. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
