import { defineConfig, mergeConfig } from 'vite';
import base from '../vite.config.js';

/** Serves the pages of the tests. They stay as they were loaded, whatever changes meanwhile. */
export default mergeConfig(
  base,
  defineConfig({ server: { host: '127.0.0.1', port: 4179, strictPort: true, hmr: false, watch: null } }),
);
