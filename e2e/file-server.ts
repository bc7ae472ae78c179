import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.gz': 'application/gzip',
};

/** Serves files, to pages of any origin: those of the first of the folders with whose prefix a path begins. */
export function serve(folders: Readonly<Record<string, string>>): Promise<Server> {
  const server = createServer((request, response) => {
    const [url = ''] = (request.url ?? '').split('?');
    response.setHeader('Access-Control-Allow-Origin', '*');
    const [prefix, folder = ''] = Object.entries(folders).find(([each]) => url.startsWith(each)) ?? [''];
    const file = createReadStream(join(folder, url.slice(prefix.length)));
    file.on('open', () => response.setHeader('Content-Type', types[extname(url)] ?? 'text/plain'));
    file.on('error', () => response.writeHead(404).end());
    file.pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
