/** What is wrong with a form: where, as a JSON pointer (`/fields/3/list`; '' is the whole), and how. */
export interface FormFinding {
  readonly pointer: string
  readonly message: string
}
