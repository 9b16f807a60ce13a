#!/usr/bin/env bash
# Sets up a fresh clone with each npm that users have, and once with install scripts switched off,
# each up to `npm start -- --version`. Wants the packages' registry; takes about a minute an npm.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
want=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
# The Node of the machine, not the pinned one that `npm test` puts first.
PATH=$(printf %s "$PATH" | tr ':' '\n' | grep -v '/node_modules/' | paste -sd: -)
unset "${!npm_@}" NODE

try() { # NAME NPM [OPTION...]
  local name=$1 npm=$2 said
  shift 2
  git clone -q "$root" "$folder/clone"
  said=$(cd "$folder/clone" && npm_config_loglevel=error "$npm" "$@" start -s -- --version)
  if [ "$said" != "$want" ]; then
    printf 'set-up with %s printed "%s" in place of "%s"\n' "$name" "$said" "$want" >&2
    exit 1
  fi
  printf 'set-up with %s on Node %s: handrail %s\n' "$name" "$(node -p process.versions.node)" "$said"
  rm -rf "${folder:?}/clone"
}

for major in 9 10 11 12; do
  get() { npm install --loglevel=error --no-save --prefix "$folder/npm-$major" "npm@$major" >/dev/null; }
  get || get
  try "npm-$major" "$folder/npm-$major/node_modules/.bin/npm"
done
npm_config_ignore_scripts=true try npm-11-ignore-scripts "$folder/npm-11/node_modules/.bin/npm"
