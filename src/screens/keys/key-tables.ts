import { confirmKeys, confirmNamesKeys } from './confirm-keys.ts';
import { everywhereKeys } from './everywhere-keys.ts';
import { failureChoiceKeys, failureKeys } from './failure-keys.ts';
import { finishKeys } from './finish-keys.ts';
import { helpKeys, searchingKeys } from './help-keys.ts';
import { homeFileKeys, homeKeys } from './home-keys.ts';
import { hostsKeys } from './hosts-keys.ts';
import type { KeyTable } from './key-table.ts';
import { leaveKeys } from './leave-keys.ts';
import { lookKeys } from './look-keys.ts';
import { mapKeys } from './map-keys.ts';
import { outputKeys } from './output-keys.ts';
import { pageKeys } from './page-keys.ts';
import { givingKeys, questionKeys, typedKeys } from './question-keys.ts';
import { resumeKeys } from './resume-keys.ts';
import { runKeys } from './run-keys.ts';
import { scrollKeys } from './scroll-keys.ts';
import {
  setUpCheckKeys,
  setUpKeys,
  setUpLeaveKeys,
  setUpListKeys,
  setUpSaveKeys,
  setUpSecretKeys,
  setUpSummaryKeys,
  setUpTypingKeys,
} from './set-up-keys.ts';
import { stepKeys } from './step-keys.ts';
import { surelyKeys } from './surely-keys.ts';
import { typingKeys } from './typing-keys.ts';
import { valuesKeys } from './values-keys.ts';

/** A screen, for the help and docs/keys.md. */
export type Where =
  | 'home'
  | 'set-up'
  | 'set-up-check'
  | 'set-up-summary'
  | 'map'
  | 'step'
  | 'confirm'
  | 'output'
  | 'failure'
  | 'question'
  | 'values'
  | 'hosts'
  | 'resume'
  | 'finish'
  | 'leave'
  | 'help'
  | 'everywhere';

const { map, values, hosts, output } = lookKeys;
const { up, down, pageUp, pageDown } = scrollKeys;
const { back, leave } = setUpKeys;

/** What each screen is called, and its keys: tables, one after the other. The help and docs/keys.md are made of this. */
export const keyTables: Readonly<Record<Where, { readonly title: string; readonly tables: readonly KeyTable[] }>> = {
  home: { title: 'Home', tables: [homeKeys, homeFileKeys] },
  'set-up': { title: 'Set-up: inputs and hosts', tables: [setUpListKeys, setUpTypingKeys, setUpKeys, setUpLeaveKeys] },
  'set-up-check': { title: 'Set-up: the check of the hosts', tables: [setUpCheckKeys, setUpSecretKeys, setUpKeys, scrollKeys] },
  'set-up-summary': { title: 'Set-up: the summary', tables: [setUpSummaryKeys, setUpSaveKeys, { back, leave }, pageKeys] },
  map: { title: 'The map of the steps', tables: [mapKeys, runKeys, scrollKeys] },
  step: { title: 'A step', tables: [stepKeys, runKeys, pageKeys] },
  confirm: { title: 'The question before a step runs', tables: [confirmKeys, confirmNamesKeys, pageKeys] },
  output: { title: 'Output', tables: [outputKeys, { map, values, hosts, leave: runKeys.leave }, scrollKeys] },
  failure: {
    title: 'A failure',
    tables: [failureChoiceKeys, surelyKeys, typingKeys, failureKeys, { map, hosts, output }, { up, down, pageUp, pageDown }],
  },
  question: { title: 'A question', tables: [questionKeys, givingKeys, typedKeys, lookKeys, { up, down, pageUp, pageDown }] },
  values: { title: 'Values', tables: [valuesKeys, surelyKeys, scrollKeys] },
  hosts: { title: 'Hosts', tables: [hostsKeys, surelyKeys, scrollKeys] },
  resume: { title: 'Resuming', tables: [resumeKeys, { map, values, hosts, leave: runKeys.leave }, scrollKeys] },
  leave: { title: 'Leaving a run', tables: [leaveKeys] },
  finish: { title: 'The end', tables: [finishKeys, lookKeys, scrollKeys] },
  help: { title: 'The keys', tables: [helpKeys, searchingKeys, scrollKeys] },
  everywhere: { title: 'Everywhere', tables: [everywhereKeys] },
};
