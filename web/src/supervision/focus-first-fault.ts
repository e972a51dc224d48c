import { tick } from 'svelte'

/** What is wrong is said below its field, and the first of it gets the focus. */
export async function focusFirstFault(form: HTMLFormElement): Promise<void> {
  await tick()
  form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
}
