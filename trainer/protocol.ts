/** What the window and the processes that work for it say to each other: JSON-RPC, one file a process. */
export * from './protocol/acceptedExamples.ts';
export * from './protocol/completion.ts';
export * from './protocol/runs.ts';
export * from './protocol/training.ts';
