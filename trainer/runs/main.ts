/** The run reader's entry (dist/runReader.cjs): JSON-RPC on standard input and output, until the input closes. */
import {
  createMessageConnection,
  ErrorCodes,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { HumanError } from '../../sandbox/humanError.ts';
import { type RunsCall, runChanged, runsRequest } from '../protocol/runs.ts';
import { asks, RunReader } from './runReader.ts';

const connection = createMessageConnection(
  new StreamMessageReader(process.stdin),
  new StreamMessageWriter(process.stdout),
);
const reader = new RunReader((change) => void connection.sendNotification(runChanged, change));

function answer<Call extends RunsCall>(call: Call): void {
  connection.onRequest(runsRequest(call), async (asked: unknown): Promise<unknown> => {
    try {
      return await reader.answers[call](asks[call].parse(asked));
    } catch (error) {
      if (!(error instanceof HumanError)) console.error(error);
      throw new ResponseError(
        ErrorCodes.InternalError,
        error instanceof Error ? error.message : String(error),
      );
    }
  });
}
for (const call of Object.keys(asks) as RunsCall[]) answer(call);
connection.onClose(() => process.exit());
connection.listen();
