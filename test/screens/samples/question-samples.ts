import { asked } from '../question-states.ts';
import { overWalk, type ScreenSample } from './screen-sample.ts';

/** Every kind of question that is a dialog. */
export const questionSamples: readonly ScreenSample[] = Object.entries(asked).map(([kind, ask]) => ({
  name: `question-${kind.replaceAll(' ', '-')}`,
  state: async () => {
    const { state, question } = await ask();
    return overWalk({ ...state, questions: [question, ...state.questions.filter(({ id }) => id !== question.id)] });
  },
}));
