/**
 * Loaded into a process that is measured, by `node --expose-gc --import`: on SIGWINCH, which nothing
 * else listens to, it collects its garbage and writes down how much memory it takes.
 */
import { writeFileSync } from 'node:fs'

const file = process.env['BENCH_MEMORY_FILE']
if (file !== undefined) {
  process.on('SIGWINCH', () => {
    globalThis.gc?.()
    writeFileSync(file, String(process.memoryUsage.rss()))
  })
}
