import react from '@vitejs/plugin-react'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Compresses once at the build what the server would otherwise compress for each reader. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => void (folder = resolve(config.root, config.build.outDir)),
    closeBundle: async () => {
      for (const name of await readdir(folder, { recursive: true })) {
        if (!/\.(js|mjs|css|html|svg|json|webmanifest)$/.test(name)) continue
        const file = join(folder, name)
        const bytes = await readFile(file)
        if (bytes.length < 1024) continue
        await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
        await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
      }
    },
  }
}

/** Three apps in one build: what they share is loaded once, and the two light ones never load the workbench's parts. */
export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('./public'),
  plugins: [react(), compressed()],
  worker: { format: 'es' },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: {
        portal: here('./portal/index.html'),
        workbench: here('./workbench/index.html'),
        collector: here('./collector/index.html'),
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/events', '/tiles', '/open311'].map((path) => [path, 'http://127.0.0.1:8080'])),
  },
})
