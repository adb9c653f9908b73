/** Builds every page of src/pages to one script and one stylesheet each, named by their content, for the office to serve. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { minify } from 'terser'
import { build } from 'vite'
import { hlsOfOurs, LOGGING, withoutTheRest } from './build/hls.mjs'
import { collectMessages } from './build/messages.mjs'
import { mountedOnly } from './build/mounted.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const target = fileURLToPath(new URL('../src/intercommunity/office/static/live/', import.meta.url))

/** One page alone, so that nothing is shared and each is one request; its sentences are noted on the way. */
async function buildPage(entry) {
  const messages = new Map()
  const result = await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    ...hlsOfOurs(here),
    plugins: [
      collectMessages(messages),
      svelte({ configFile: join(here, 'svelte.config.js') }),
      mountedOnly(),
      withoutTheRest(),
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: entry,
        output: { format: 'iife', codeSplitting: false },
        checks: { pluginTimings: false }, // a slow machine is no fault of the build
      },
    },
  })
  return { output: result.output, messages: [...messages.keys()].sort().map((key) => messages.get(key)) }
}

const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** Writes a file beside its compressed forms and returns its name, which changes when its content does. */
async function writeHashed(stem, extension, text) {
  const bytes = Buffer.from(text)
  const name = `${stem}-${digest(bytes)}.${extension}`
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  await writeFile(join(target, name), bytes)
  await writeFile(join(target, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  await writeFile(join(target, `${name}.br`), brotliCompressSync(bytes, brotli))
  return name
}

/** What the bundler has made small, two per cent smaller: the watch page needs them to stay in its budget. */
async function smallest(script) {
  const compress = {
    passes: 3,
    unsafe: true,
    ecma: 2020,
    unsafe_arrows: true,
    keep_fargs: false,
    pure_getters: true,
    pure_funcs: LOGGING,
  }
  const { code } = await minify(script, { module: true, compress })
  return code
}

async function writePage(stem, { output, messages }) {
  const scripts = output.filter((file) => file.type === 'chunk').map((file) => file.code)
  const styles = output.filter((file) => file.fileName.endsWith('.css')).map((file) => file.source)
  if (scripts.length !== 1) throw new Error(`${stem} came out in ${scripts.length} scripts instead of one`)
  const script = scripts[0].trim() ? await writeHashed(stem, 'js', await smallest(scripts[0])) : null
  const style = styles.length ? await writeHashed(stem, 'css', styles.join('\n')) : null
  return { script, style, messages }
}

/** Removes what no manifest names. The one before this build stays whole: a running server still gives its names out. */
async function clear(manifests) {
  const named = manifests.flatMap((pages) =>
    Object.values(pages).flatMap(({ script, style }) => [script, style]),
  )
  for (const file of await readdir(target)) {
    const kept = file === 'manifest.json' || named.includes(file.replace(/\.(gz|br)$/, ''))
    if (!kept) await rm(join(target, file))
  }
}

const files = (await readdir(join(here, 'src/pages'))).filter((name) => name.endsWith('.ts')).sort()
const built = new Map()
for (const file of files) built.set(basename(file, '.ts'), await buildPage(join(here, 'src/pages', file)))

await mkdir(target, { recursive: true })
const before = await readFile(join(target, 'manifest.json'), 'utf8').then(JSON.parse, () => ({}))
const manifest = {}
for (const [stem, page] of built) manifest[stem] = await writePage(stem, page)
await writeFile(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
await clear([before, manifest])
