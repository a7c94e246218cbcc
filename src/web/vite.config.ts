import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Three apps in one build, so that what they share is loaded once; the portal and the collector's page never load the workbench's parts. */
export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('./public'),
  plugins: [react()],
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
