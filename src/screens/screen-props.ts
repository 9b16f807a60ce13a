import type { Send } from '../scenes/act.ts';
import type { Common } from '../scenes/scene.ts';
import type { Size } from './size.ts';

/** What every screen gets, and all it knows: what to show, how much room there is, and where to send what the operator decides. */
export type ScreenProps<State> = { readonly state: State & Common; readonly size: Size; readonly send: Send };
