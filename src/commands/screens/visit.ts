import { atHome } from './at-home.ts';
import { atSetUp } from './at-set-up.ts';
import { atWalk } from './at-walk.ts';
import type { Place, Tour } from './place.ts';

/** Stays at a place until the operator leaves it; resolves with where to go next. */
export async function visit(place: Exclude<Place, { is: 'shell' }>, tour: Tour): Promise<Place> {
  switch (place.is) {
    case 'home':
      return await atHome(tour);
    case 'set-up':
      return await atSetUp(place, tour);
    case 'walk':
      return await atWalk(place, tour);
    default:
      return place satisfies never;
  }
}
