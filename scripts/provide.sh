# shellcheck shell=bash
# What a machine must have before Keyline can be built or tested, brought in when it is missing.
# Sourced by scripts/demo and scripts/test. Each function says what it does, does nothing when the thing is
# there, and returns non-zero with one sentence for a person when it cannot be had.

# A heading, bold on a terminal.
say() {
  if [ -t 1 ]; then printf '\n\033[1m%s\033[0m\n' "$*"; else printf '\n== %s\n' "$*"; fi
}
note() { printf '  %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: directly, or through sudo for everybody else.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    note "needs root to run: $*"
    note "Run that as root, or install sudo, then start this script again."
    return 1
  fi
}

# apt_install WHY PACKAGE...: from Debian's or Ubuntu's packages, with the package lists read once per run.
apt_lists_read=no
apt_install() {
  local why=$1
  shift
  if ! have apt-get; then
    note "$why needs these Debian packages, or what your system calls them: $*"
    note "There is no apt-get here. Install them by hand, then start this script again."
    return 1
  fi
  note "installing $* ($why)"
  local told
  told=$(mktemp)
  if [ "$apt_lists_read" = no ] && ! as_root apt-get update -qq </dev/null >"$told" 2>&1; then
    cat "$told"
    note "(going on with the package lists that are here)"
  fi
  apt_lists_read=yes
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
    </dev/null >"$told" 2>&1; then
    cat "$told"
    note "could not install: $*"
    rm -f "$told"
    return 1
  fi
  rm -f "$told"
}

provide_rust() {
  have cargo && return 0
  note "Rust is missing: Keyline is built with cargo 1.95 or newer. Install it (rustup), then start this script again."
  return 1
}

# SQLite and a few hashes are C code, compiled into the binary.
provide_compiler() {
  have cc || apt_install "a C compiler" build-essential
}

node_major() {
  have node || { echo 0; return; }
  node --version | sed -E 's/^v([0-9]+).*/\1/'
}

# provide_node OLDEST: npm, and a Node at least this old. Debian 12 and Ubuntu 24.04 carry Node 18: where the tests
# need a newer one it comes as the npm package `node`, into the target folder and nowhere else.
provide_node() {
  local oldest=$1 tools
  tools=${CARGO_TARGET_DIR:-$PWD/target}/tools
  if [ -x "$tools/node_modules/.bin/node" ]; then
    PATH="$tools/node_modules/.bin:$PATH"
  fi
  if ! have npm || ! have node; then
    apt_install "the locked browser assets come with npm" nodejs npm || return 1
  fi
  if [ "$(node_major)" -lt "$oldest" ]; then
    note "Node $(node --version) is too old for this (needs $oldest): bringing a newer one into $tools"
    mkdir -p "$tools"
    npm install --prefix "$tools" --no-save --no-audit --no-fund --loglevel=error node@22 </dev/null >/dev/null || return 1
    PATH="$tools/node_modules/.bin:$PATH"
    [ "$(node_major)" -ge "$oldest" ] || { note "that did not bring Node $oldest"; return 1; }
  fi
}

# The packages that package-lock.json locks. A copy of the lock file stays beside them, so that a changed lock is
# noticed and an unchanged one costs nothing.
provide_npm_packages() {
  cmp -s package-lock.json node_modules/.installed-from.json && return 0
  note "installing the locked npm packages: design system, font, test tools (npm ci)"
  npm ci --no-audit --no-fund --loglevel=error </dev/null >/dev/null || return 1
  cp package-lock.json node_modules/.installed-from.json
}

# The folder with initdb and pg_ctl of the newest PostgreSQL server here; nothing when there is none.
postgres_programs() {
  local found
  found=$(find /usr/lib/postgresql -maxdepth 3 -name initdb 2>/dev/null | sort -V | tail -n 1)
  if [ -n "$found" ]; then
    dirname "$found"
  elif have initdb; then
    dirname "$(command -v initdb)"
  fi
}

provide_postgres() {
  [ -n "$(postgres_programs)" ] || apt_install "the tests run on PostgreSQL too" postgresql
}

# A Chromium that playwright-core may drive: Debian's package, or another given in KEYLINE_CHROMIUM.
chromium_program() {
  local name
  for name in "${KEYLINE_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && have "$name"; then
      command -v "$name"
      return
    fi
  done
}

provide_chromium() {
  [ -n "$(chromium_program)" ] || apt_install "the browser journeys" chromium fonts-liberation
}

provide_poppler() {
  have pdftotext || apt_install "reading PDF documents" poppler-utils
}

# A TCP port of this machine that nothing listens on.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}
