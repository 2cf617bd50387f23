/** A server that speaks what is used of the Hugging Face hub's protocol, and can break connections off. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedModel {
  readonly commit: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

export interface HubServer extends AsyncDisposable {
  readonly url: string;
  /** Method, path and range of every request, in order. */
  readonly requests: {
    readonly path: string;
    readonly range: string | undefined;
    readonly token: string | undefined;
  }[];
  /** How many bytes of content each download from now on may send before its connection breaks; undefined: all. */
  cutAfter: number | undefined;
  /** Bytes are sent with one of them changed. */
  damage: boolean;
  /** What it answers to everything, if it is not to work. */
  status: number | undefined;
}

const lfsFrom = 1000;
const digest = (kind: 'sha1' | 'sha256', ...parts: (string | Buffer)[]) => {
  const hash = createHash(kind);
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
export const gitOid = (content: Buffer) => digest('sha1', `blob ${content.length}\0`, content);
export const sha256 = (content: Buffer) => digest('sha256', content);

/** Serves models by `org/name`, on a port that the system chooses. */
export async function serveHub(models: ReadonlyMap<string, ServedModel>): Promise<HubServer> {
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const hub: HubServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    cutAfter: undefined,
    damage: false,
    status: undefined,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(request.url!, hub.url).pathname);
    const { range, authorization } = request.headers;
    hub.requests.push({ path, range, token: authorization });
    if (hub.status !== undefined) return void response.writeHead(hub.status).end('{}');
    const [, repository, kind, rest] =
      /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/(.+)$/.exec(path) ??
      /^\/([^/]+\/[^/]+)\/(resolve)\/(.+)$/.exec(path) ??
      [];
    const model = models.get(repository ?? '');
    if (!model) return void response.writeHead(404).end('{"error":"Repository not found"}');
    if (kind === 'revision') {
      if (rest !== 'main' && rest !== model.commit) return void response.writeHead(404).end('{}');
      json(response, { _id: 'x', id: repository, sha: model.commit, tags: [], lastModified: '2026-01-01' });
      return;
    }
    if (kind === 'tree') {
      const entries = [...model.files].map(([name, content]) => entryOf(name, content));
      json(response, entries);
      return;
    }
    const name = rest!.slice(rest!.indexOf('/') + 1);
    const content = model.files.get(name);
    if (!content) return void response.writeHead(404, { 'X-Error-Code': 'EntryNotFound' }).end();
    send(response, content, range);
  }

  function send(response: ServerResponse, content: Buffer, range: string | undefined): void {
    const [from, to] = /bytes=(\d+)-(\d+)/
      .exec(range ?? '')
      ?.slice(1)
      .map(Number) ?? [0, content.length - 1];
    const body = Buffer.from(content.subarray(from, to! + 1));
    if (hub.damage && body.length > 1) body[body.length - 1]! ^= 1;
    response.writeHead(range === undefined ? 200 : 206, {
      ETag: `"${sha256(content)}"`,
      'Content-Length': body.length,
      ...(range === undefined ? {} : { 'Content-Range': `bytes ${from}-${to}/${content.length}` }),
    });
    if (hub.cutAfter === undefined || body.length <= hub.cutAfter) return void response.end(body);
    response.write(body.subarray(0, hub.cutAfter), () => response.destroy());
  }

  return hub;
}

function entryOf(path: string, content: Buffer) {
  const large = content.length >= lfsFrom;
  const lfs = large ? { lfs: { oid: sha256(content), size: content.length, pointerSize: 130 } } : {};
  return { type: 'file', path, size: content.length, oid: large ? 'f'.repeat(40) : gitOid(content), ...lfs };
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
