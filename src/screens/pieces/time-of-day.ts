/** `18:42:05` by the clock of this computer; behind its day where that is not the day of `now`. */
export function timeOfDay(at: string | number, now: number): string {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':');
  const isToday = moment.toDateString() === new Date(now).toDateString();
  return isToday ? time : `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${time}`;
}
