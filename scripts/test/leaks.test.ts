import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { t } from 'tap'
import { LEAKS, plant } from '../leaks.ts'
import { ROOT } from '../run-command.ts'

t.test('every leak still finds the place where it is planted', async (t) => {
  for (const { name, test, assertion, edits } of LEAKS) {
    const file = join(ROOT, test)
    t.ok(existsSync(file) && readFileSync(file, 'utf8').includes(assertion), `${name} has a test`)
    for (const edit of edits) {
      const text = readFileSync(join(ROOT, edit.file), 'utf8')
      t.not(plant(text, edit), text, `${name}: ${edit.file}`)
    }
  }
  const edit = { file: 'x', find: 'a', replace: 'b' }
  t.throws(() => plant('', edit), 'a place that is gone')
  t.throws(() => plant('a a', edit), 'a place that is no longer the only one')
})
