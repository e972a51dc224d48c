/** Ends the process when it takes more memory than it may, or when nobody waits for it any more. */
import { workerData } from 'node:worker_threads'

const LOOK_EVERY_MS = 50
const parent = process.ppid

setInterval(() => {
  const isTooLarge = process.memoryUsage.rss() > workerData
  if (isTooLarge || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, LOOK_EVERY_MS)
