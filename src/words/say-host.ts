/** How a host is called on the screens: the console is the machine that the operator sits at. */
export function sayHost(name: string): string {
  return name === 'console' ? 'this machine' : name;
}
