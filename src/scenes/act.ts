import type { Decision } from '../run/walk/question.ts';
import type { HomeAct } from './home-act.ts';
import type { OutputAct } from './output-act.ts';
import type { Overlay } from './overlay.ts';
import type { SetUpAct } from './set-up-act.ts';
import type { TerminalAct } from './terminal-act.ts';

/** What the operator does on a screen. The screens know nothing else to do. */
export type Act =
  /** To the runner, as from plain mode. */
  | Decision
  | OutputAct
  | TerminalAct
  | HomeAct
  | SetUpAct
  | { readonly do: 'show'; readonly over: Overlay }
  /** Closes what stands over the scene. */
  | { readonly do: 'back' }
  /** Says something at the foot of the screen. */
  | { readonly do: 'tell'; readonly text: string }
  /** What was said there has been read. */
  | { readonly do: 'hush' }
  /** Leaves handrail; a set-up asks first where something was typed. */
  | { readonly do: 'leave' }
  /** From the end of a walk. */
  | { readonly do: 'go-home' }
  /** Leaves the walk; what runs is asked about. */
  | { readonly do: 'leave-run' }
  /** What was found at the resume has been read. */
  | { readonly do: 'seen-resume' }
  /** Text begun to be typed, kept while another question is in front of it; `of` says what for, an empty text forgets it. */
  | { readonly do: 'draft'; readonly of: string; readonly text: string };

export type Send = (act: Act) => void;
