/** Shell function `sum`: SHA-256 of stdin as 64 hex digits, with whatever the machine has for it; nothing where it has nothing. */
export const sumFunction: string = `sum() {
  {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum
    elif command -v shasum >/dev/null 2>&1; then shasum -a 256
    elif command -v busybox >/dev/null 2>&1; then busybox sha256sum
    else openssl dgst -sha256 -r
    fi
  } 2>/dev/null | cut -c 1-64
}`;

/** Shell function `real_of`: the path behind symbolic links, or the path itself. */
export const realFunction: string = `real_of() {
  if [ -L "$1" ]; then readlink -f -- "$1" || printf '%s\\n' "$1"; else printf '%s\\n' "$1"; fi
}`;
