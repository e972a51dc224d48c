// Also what draws nothing, as the zero width space: nobody could tell it from an empty field.
const NOTHING_VISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u
const CONTROL_CHARACTER = /\p{Cc}/u

/** Whether a value is a line of text that can be stored and seen; says in words why not. */
export function checkValue(value: string, lengthMax: number): string[] {
  const findings: string[] = []
  if (!value.isWellFormed()) findings.push('the value contains half a character')
  if (CONTROL_CHARACTER.test(value)) findings.push('the value contains a control character')
  // Counted in code points, as the JSON schema of a reading counts.
  if ([...value].length > lengthMax) {
    findings.push(`the value is longer than ${lengthMax} characters`)
  }
  if (value !== '' && !isVisible(value)) findings.push('the value is only white space')
  return findings
}

function isVisible(value: string): boolean {
  return !NOTHING_VISIBLE.test(value)
}
