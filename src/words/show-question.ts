import { cleanLine } from '../output/clean.ts';
import type { Question } from '../run/walk/question.ts';
import { sayDuration } from './durations.ts';
import { listOf, moveIn, prose, type Said } from './said.ts';

/** What a question is about, but for the confirmation of a step, which has a file of its own. */
export function showQuestion(question: Exclude<Question, { is: 'confirm' }>, folder = ''): readonly Said[] {
  switch (question.is) {
    case 'tick':
      return [...prose(`Do this by hand for ${question.host}, then say so:`), '', ...moveIn(question.instruction), ''];
    case 'half-done':
      return ['', ...prose(`${question.host}: ${question.why}`), ...moveIn(question.said, '    | '), ''];
    case 'failed':
      return showFailure(question, folder);
    case 'unknown': {
      const probed = question.probed === undefined ? '' : ` Its probe says now: ${question.probed.replace('-', ' ')}.`;
      return ['', ...prose(`${question.host}: whether the step was done is unknown. ${question.why}${probed}`), ''];
    }
    case 'too-long': {
      const what = question.limit === 'idle' ? 'has said nothing for' : 'has been running for';
      return [
        '',
        ...prose(`“${question.step.step.title}” on ${question.host} ${what} ${sayDuration(question.ms)}. Nothing is stopped by itself.`),
      ];
    }
    case 'lost': {
      const still = question.isOverTimeout ? ' The time the step may take is over.' : '';
      return [
        '',
        ...prose(`The connection for ${question.host} is lost.${still} What runs there goes on; handrail tries to connect again.`),
      ];
    }
    case 'unreachable':
      return ['', ...prose(`${question.host} cannot be used: ${question.why}`), ...prose(question.advice), ''];
    case 'other-machine':
      return [
        '',
        ...prose(`Another machine answers as ${question.host}. Nothing was run on it.`),
        ...question.what.flatMap((each) => prose(each, '  ')),
        '',
      ];
    case 'trust-host-key':
      return [
        '',
        ...prose(`The ${question.keyType} key of ${question.host} (${question.address}) is not known:`),
        `  ${question.fingerprint}`,
        ...(question.knownTypes.length === 0 ? [] : prose(`Known for it are keys of other types: ${listOf(question.knownTypes)}.`)),
        ...(question.note === undefined ? [] : prose(question.note)),
        ...prose('Compare it with what the console of that machine says.'),
      ];
    case 'secret':
      return ['', ...prose(`${question.host} asks: ${cleanLine(question.prompt)}`)];
    case 'value': {
      const name = question.field === '' ? question.name : `${question.name}.${question.field}`;
      return ['', ...prose(`${question.why}`), ...prose(`Type ${name}${question.host === null ? '' : ` of ${question.host}`}.`)];
    }
    case 'interactive':
      return ['', ...prose(`The next command runs on ${question.host} with this terminal; its output is not kept.`)];
    case 'interrupted':
      return ['', ...prose(`Still running: ${listOf(question.running)}.`)];
    default:
      return question satisfies never;
  }
}

/** A failure: the last lines first, then what it means, then where the rest is. */
function showFailure({ host, failure, isFromBefore }: Extract<Question, { is: 'failed' }>, folder: string): readonly Said[] {
  const { why, tail, log, known } = failure;
  const before = isFromBefore === true ? ' (found when the run was resumed)' : '';
  return [
    '',
    ...prose(`FAILED on ${host}${before}. ${why}`),
    ...(tail.some((line) => line.trim() !== '') ? ['', 'It said last:', ...tail.map((line) => `    | ${line}`)] : []),
    ...known.flatMap(({ cause, fix }) => [
      '',
      ...prose(`What it means: ${cause}`),
      ...(fix.length === 0 ? [] : ['What to do:', ...fix.flatMap((each) => moveIn(each))]),
    ]),
    ...(log === undefined || log === '' ? [] : ['', `All of it: ${folder}/${log}`]),
    '',
  ];
}
