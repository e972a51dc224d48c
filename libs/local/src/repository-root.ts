import { fileURLToPath } from 'node:url'

/** Where `services/` is; services are started there. */
export const REPOSITORY_ROOT: string = fileURLToPath(new URL('../../../', import.meta.url))
