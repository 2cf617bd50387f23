import * as l10n from '@vscode/l10n';
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
  { by: 'row', name: l10n.t('No.'), numeric: true, cell: ({ row }) => whole(row + 1) },
  { by: 'step', name: l10n.t('Step'), numeric: true, cell: ({ step }) => whole(step) },
  { by: 'task', name: l10n.t('Task'), numeric: false, cell: ({ task }) => task },
  { by: 'verdict', name: l10n.t('Verdict'), numeric: false, cell: verdictMark },
  { by: 'reward', name: l10n.t('Reward'), numeric: true, cell: ({ reward }) => number(reward) },
  {
    by: 'passed',
    name: l10n.t('Tests'),
    numeric: true,
    cell: ({ passed, tests }) => l10n.t('{0} of {1}', passed, tests),
  },
  { by: 'advantage', name: l10n.t('Advantage'), numeric: true, cell: ({ advantage }) => number(advantage) },
  { by: 'tokens', name: l10n.t('Tokens'), numeric: true, cell: ({ tokens }) => whole(tokens) },
  { by: 'seconds', name: l10n.t('Grading'), numeric: true, cell: (row) => seconds(row.seconds) },
  { by: 'split', name: l10n.t('Split'), numeric: false, cell: ({ split }) => splits[split] },
  { by: 'purpose', name: l10n.t('Purpose'), numeric: false, cell: ({ purpose }) => purposes[purpose] },
];
