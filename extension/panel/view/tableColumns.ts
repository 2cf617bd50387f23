import type { TemplateResult } from 'lit';
import type { EpisodeColumn, EpisodeRow } from '../../../trainer/protocol.ts';
import { verdictMark } from './parts.ts';
import { number, purposes, seconds, splits, whole } from './wording.ts';

export interface TableColumn {
  readonly by: EpisodeColumn;
  readonly name: string;
  readonly numeric: boolean;
  readonly cell: (row: EpisodeRow) => string | TemplateResult;
}

/** Their widths are in panel.css. */
export const tableColumns: readonly TableColumn[] = [
  { by: 'row', name: 'No.', numeric: true, cell: ({ row }) => whole(row + 1) },
  { by: 'step', name: 'Step', numeric: true, cell: ({ step }) => whole(step) },
  { by: 'task', name: 'Task', numeric: false, cell: ({ task }) => task },
  { by: 'verdict', name: 'Verdict', numeric: false, cell: verdictMark },
  { by: 'reward', name: 'Reward', numeric: true, cell: ({ reward }) => number(reward) },
  { by: 'passed', name: 'Tests', numeric: true, cell: ({ passed, tests }) => `${passed} of ${tests}` },
  { by: 'advantage', name: 'Advantage', numeric: true, cell: ({ advantage }) => number(advantage) },
  { by: 'tokens', name: 'Tokens', numeric: true, cell: ({ tokens }) => whole(tokens) },
  { by: 'seconds', name: 'Grading', numeric: true, cell: (row) => seconds(row.seconds) },
  { by: 'split', name: 'Split', numeric: false, cell: ({ split }) => splits[split] },
  { by: 'purpose', name: 'Purpose', numeric: false, cell: ({ purpose }) => purposes[purpose] },
];
