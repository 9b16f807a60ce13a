import { once } from 'node:events';
import { join } from 'node:path';
import { reportRun } from '../../reports/report-run.ts';
import { dataDirectory } from '../../run/disk/data-directory.ts';
import type { Question } from '../../run/walk/question.ts';
import { editPart } from '../../scenes/edit-part.ts';
import type { TerminalAct } from '../../scenes/terminal-act.ts';
import { copyText } from '../../terminal/copy-text.ts';
import { type EditedText, editText } from '../../terminal/edit-text.ts';
import { pageText } from '../../terminal/page-text.ts';
import { redraw, stopProgram } from '../../terminal/stop-program.ts';
import { untilKey } from '../../terminal/until-key.ts';
import type { Tour } from './place.ts';

/** Does what needs the terminal itself; resolves with what to say of it at the foot of the screen. */
export async function onTerminal(act: TerminalAct, tour: Tour): Promise<string | null> {
  const { lending } = tour;
  const { env, stdout } = process;
  switch (act.do) {
    case 'page-log':
      return await lending.lend(() => pageText({ file: join(tour.walk?.opened.run.folder ?? '', act.log) }, env));
    case 'page-report':
      return await lending.lend(async () =>
        pageText({ text: await reportRun(act.run, { dataDirectory: dataDirectory(env), format: 'md' }) }, env),
      );
    case 'copy':
      return `${act.what}: ${await copyText(act, { env, dataDirectory: dataDirectory(env), output: stdout })}`;
    case 'edit-part': {
      const scene = tour.walk?.scene;
      const asked = (): Question | undefined => scene?.state().questions.find(({ id }) => id === act.question);
      const question = asked();
      if (scene === undefined || question === undefined) return 'This is no longer asked.';
      const isAsked = (): boolean => asked() !== undefined;
      // Where the key was pressed twice, its turn may come when the first edit has answered.
      const edit = (text: string, name: string): Promise<EditedText> =>
        lending.lend(async () => (isAsked() ? await editText(text, name, env) : { is: 'unchanged' }));
      const edited = await editPart(question, act, { isAsked, edit });
      if (edited.is === 'told') return edited.text;
      scene.act({ do: 'answer', answer: edited.answer });
      return null;
    }
    case 'stream': {
      const scene = tour.walk?.scene;
      if (scene === undefined) return 'Nothing is walked.';
      await lending.lend(() =>
        untilKey(leaveStream, (signal) => scene.stream({ write: (lines) => writeLines(lines, tour.output), signal })),
      );
      return null;
    }
    case 'redraw':
      await redraw(lending);
      return null;
    case 'suspend':
      return await stopProgram(lending);
    default:
      return act satisfies never;
  }
}

/** `S`, `q`, esc, and what Ctrl+C is while the keyboard is read key by key. */
const leaveStream = ['S', 'q', '\x1b', '\x03'];

/** Resolves when the terminal takes more. */
async function writeLines(lines: readonly string[], output: NodeJS.WriteStream): Promise<void> {
  if (!output.write(lines.map((line) => `${line}\n`).join(''))) await once(output, 'drain');
}
