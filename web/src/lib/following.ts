// Which story comes next while stories follow one another: the page of a story does not know what was read before it, so
// what keeps a reader from five stories of one section in a row is said here.

/** A story as far as that goes. */
export interface Step {
  id: string;
  section: string;
}

/** Neighbours that are looked at together, and the most of them that come from one section as long as there are others. */
const WINDOW = 5;
const OF_ONE = 2;

/** The place in a list (best first) of what follows the stories that are open; -1 if all of them are open already. */
export function following(list: Step[], open: Step[]): number {
  const last = open.slice(1 - WINDOW);
  const crowd = (place: number) => Math.max(OF_ONE - 1, last.filter((one) => one.section === list[place]?.section).length);
  const left = [...list.keys()].filter((place) => !open.some((one) => one.id === list[place]?.id));
  return left.sort((a, b) => crowd(a) - crowd(b))[0] ?? -1;
}
