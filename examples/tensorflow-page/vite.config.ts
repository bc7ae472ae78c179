import { defineConfig } from 'vite';

export default defineConfig({
  // The page may be served from any folder.
  base: './',
  build: { outDir: 'dist/page' },
  // The workers load parts when they need them, as the page does.
  worker: { format: 'es' },
});
