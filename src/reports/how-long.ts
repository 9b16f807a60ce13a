/** A span of time for people: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function howLong(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1).replace(/\.0$/, '')} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return withRest(`${minutes} min`, whole % 60, 's');
  return withRest(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}

/** The time between two moments; empty where one is not known. */
export function between(started: string | null, ended: string | null): string {
  const ms = started === null || ended === null ? Number.NaN : Date.parse(ended) - Date.parse(started);
  return Number.isNaN(ms) ? '' : howLong(ms);
}

function withRest(text: string, rest: number, unit: string): string {
  return rest === 0 ? text : `${text} ${rest} ${unit}`;
}
