#!/bin/sh
# Runs the Node that package.json pins, with the environment that the engine needs: scripts/node.sh [--serving] FILE [ARGUMENT…]
# The server and the benchmarks both start here, so that a benchmark measures what a server does.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
node=
directory=$root
# npm installs it for this platform only, in Offhook's own node_modules or in one further up.
while [ -z "$node" ]; do
  for candidate in "$directory"/node_modules/node-*/bin/node; do
    if [ -x "$candidate" ]; then node=$candidate; fi
  done
  if [ "$directory" = / ]; then break; fi
  directory=$(dirname "$directory")
done
if [ -z "$node" ]; then
  echo "offhook: Node is not installed with Offhook in $root. In a clone run 'npm ci' there; else install the package again," >&2
  echo "with its optional dependencies. Linux (x64, arm64; glibc) and macOS are supported." >&2
  exit 2
fi
# The engine reads each stream on a thread of Node's pool; with the default of four, four slow reports would stop every
# other one.
UV_THREADPOOL_SIZE=${UV_THREADPOOL_SIZE:-16}
export UV_THREADPOOL_SIZE
# The engine and Node allocate and free large blocks all the time. Huge pages that are kept for a while cost one page fault
# instead of hundreds: a day's report took 0.38 s instead of 0.65 s, an import 11 s instead of 14 s, on a virtual machine with
# slow page faults.
JE_MALLOC_CONF=${JE_MALLOC_CONF:-thp:always,dirty_decay_ms:30000,muzzy_decay_ms:30000}
GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1}
export JE_MALLOC_CONF GLIBC_TUNABLES
# Compiled modules are kept beside the installed ones, for each user and version of Node; where nothing can be written there,
# nothing is kept. A command starts in half the time.
NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE:-${node%/node-*}/.cache/node}
export NODE_COMPILE_CACHE
# By default, V8 collects all garbage for every 64 MB of a report that pass through, a third of the processor time of a large
# report; now only when the heap and what passes exceed 128 MB. An import would only take more memory.
serving=
if [ "${1-}" = --serving ]; then
  shift
  serving='--external-memory-accounted-in-global-limit --initial-old-space-size=128'
fi
# While an import waits, its facts live longer than usual, and V8 would allocate all later ones as old objects for the rest of
# the process: a tenth of an import's processor time.
exec "$node" --no-allocation-site-pretenuring $serving "$@"
