import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('../../.songnhap/', import.meta.url))
const USUAL = 'http://127.0.0.1:8080'

/**
 * Where `npm start` of this folder serves, while it runs; else the usual address. Were only the usual
 * one tried, a password could go to somebody else's installation.
 */
export function findGateway(stateFolder: string = HERE): string {
  try {
    const text = readFileSync(join(stateFolder, 'instance.json'), 'utf8')
    const { address }: { address?: unknown } = JSON.parse(text)
    return typeof address === 'string' && address !== '' ? address : USUAL
  } catch (error) {
    const isRunning = !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
    if (isRunning) throw error
    return USUAL
  }
}
