import type { Place, Tour } from './place.ts';

/** Stays at a place until the operator leaves it; resolves with where to go next. What a place needs is loaded when it is visited. */
export async function visit(place: Exclude<Place, { is: 'shell' }>, tour: Tour): Promise<Place> {
  switch (place.is) {
    case 'home':
      return await (await import('./at-home.ts')).atHome(tour);
    case 'set-up':
      return await (await import('./at-set-up.ts')).atSetUp(place, tour);
    case 'walk':
      return await (await import('./at-walk.ts')).atWalk(place, tour);
    default:
      return place satisfies never;
  }
}
