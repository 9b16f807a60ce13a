import type { HomeState } from '../../scenes/home-state.ts';
import type { Common } from '../../scenes/scene.ts';
import { between } from '../pieces/side-by-side.ts';
import { bodyOf, type Size, wide } from '../size.ts';
import { homeItems, homeListRows } from './home-items.ts';

/** How the home screen is shared out. */
export type Panes = { readonly isWide: boolean; readonly hasHeadings: boolean; readonly list: Size; readonly details: Size };

/** The list as high as it needs to be, with room left for what is told; side by side where the screen is wide. */
export function homePanes(state: HomeState & Common, size: Size): Panes {
  const body = bodyOf(size);
  const items = homeItems(state, { now: state.now, width: body.columns, hasHeadings: true });
  const grouped = homeListRows(items);
  if (size.columns >= wide) {
    const columns = Math.min(Math.max(60, Math.floor(size.columns * 0.55)), 90);
    const details = { columns: body.columns - columns - between, rows: body.rows };
    return { isWide: true, hasHeadings: grouped <= body.rows, list: { columns, rows: body.rows }, details };
  }
  const most = Math.max(1, body.rows - (body.rows >= 18 ? 6 : 5));
  const hasHeadings = grouped <= most;
  const rows = Math.min(hasHeadings ? grouped : items.length, most);
  return {
    isWide: false,
    hasHeadings,
    list: { columns: body.columns, rows },
    details: { columns: body.columns, rows: Math.max(1, body.rows - rows - 1) },
  };
}
