import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin, type Rolldown } from 'vite'

/** Chromium from 2022 on; what its libraries lack is in src/older-browsers.ts. */
const TARGET = 'chrome97'
const WORKER = 'service-worker.js'
const COMPRESSED = /\.(js|css|html|svg|webmanifest)$/
const OTHER_ROOMS = /\/src\/supervision\//
/** Kept when it is first opened, and not loaded beforehand by everybody: the lessons of the first day. */
const WHEN_OPENED = /^assets\/tutorial-|\.webp$/
const SHELL_BESIDE = ['/', '/load-again.js', '/icon.svg', '/manifest.webmanifest']

/** Tells the service worker which files this version has. Its own text is part of the version. */
function shellOfWorker(): Plugin {
  return {
    name: 'songnhap-shell',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle[WORKER]
      if (worker?.type !== 'chunk') throw new Error('the service worker was not built')
      const hashed = [...filesOfTypists(bundle)].filter(
        (name) => name.startsWith('assets/') && !WHEN_OPENED.test(name),
      )
      const files = [...SHELL_BESIDE, ...hashed.sort().map((name) => `/${name}`)]
      const text = `${files.join()} ${worker.code} ${bundle['index.html']?.fileName}`
      const version = createHash('sha256').update(text).digest('hex').slice(0, 16)
      worker.code = `const __SHELL__=${JSON.stringify({ version, files })};${worker.code}`
    },
  }
}

/** Whoever works offline needs no more, and pays for each kilobyte: supervisors' rooms come when asked for. */
function filesOfTypists(bundle: Rolldown.OutputBundle): Set<string> {
  const found = new Set<string>()
  const add = (name: string) => {
    const file = bundle[name]
    if (found.has(name) || file === undefined) return
    if (file.type === 'chunk' && OTHER_ROOMS.test(file.facadeModuleId ?? '')) return
    found.add(name)
    if (file.type !== 'chunk') return
    for (const next of [...file.imports, ...file.dynamicImports]) add(next)
    for (const style of file.viteMetadata?.importedCss ?? []) add(style)
  }
  for (const [name, file] of Object.entries(bundle)) {
    if (file.type === 'chunk' && file.isEntry) add(name)
  }
  return found
}

/** Compressed once here, and not for every typist anew. */
function compressed(): Plugin {
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  return {
    name: 'songnhap-compressed',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [name, file] of Object.entries(bundle)) {
          if (!COMPRESSED.test(name)) continue
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          const emit = (ending: string, source: Buffer) =>
            this.emitFile({ type: 'asset', fileName: `${name}.${ending}`, source })
          emit('br', brotliCompressSync(bytes, best))
          emit('gz', gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte(), shellOfWorker(), compressed()],
  build: {
    target: TARGET,
    cssTarget: TARGET,
    // Nothing inline: the Content-Security-Policy lets nothing inline run, and no data: image in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: 'index.html', 'service-worker': 'src/line/service-worker.ts' },
      output: {
        entryFileNames: ({ name }) =>
          name === 'service-worker' ? WORKER : 'assets/[name]-[hash].js',
      },
    },
  },
})
