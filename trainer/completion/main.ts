/** The entry of the completion server's process: JSON-RPC on standard input and output, until the input ends. */
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { completeRequest, completionStateNotification, loadRequest } from '../protocol/completion.ts';
import { CompletionServer } from './server.ts';

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const server = new CompletionServer((phase) => {
  void connection.sendNotification(completionStateNotification, {
    phase,
    residentBytes: process.memoryUsage.rss(),
  });
});
connection.onRequest(loadRequest, (policy) => server.load(policy));
connection.onRequest(completeRequest, async (request, token) => {
  const abort = new AbortController();
  // The token of a request that was cancelled before its turn tells only those who ask.
  if (token.isCancellationRequested) abort.abort();
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    return await server.complete(request, abort.signal);
  } finally {
    listening.dispose();
  }
});
// Without its window the process has nothing to do.
connection.onClose(() => process.exit());
process.stdin.on('end', () => process.exit());
connection.listen();
