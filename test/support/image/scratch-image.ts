// The last stage of a Dockerfile without containers: its steps in a scratch root over this machine's Debian, started as its user.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDockerfile, textsOf, wordsOf } from './dockerfile.ts';

interface ScratchImage {
  /** Starts the image's own command on a read-only root with a new volume. */
  start: (env: Readonly<Record<string, string>>) => ChildProcess;
  /** Where the volume's files are. */
  volume: string;
}

/**
 * Moves `built`, which stands for what the stage copies from the one before, into a scratch root in `directory`.
 * Returns undefined where this process may not mount.
 */
export function scratchImage(dockerfile: string, built: string, directory: string): ScratchImage | undefined {
  const stage = readDockerfile(dockerfile).at(-1)!;
  const [copied = ''] = textsOf(stage, 'COPY');
  const target = copied.split(' ').at(-1)!;
  const [upper, work, root, volume] = ['upper', 'work', 'root', 'volume'].map(name => join(directory, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const path of [join(upper, dirname(target)), work, root]) mkdirSync(path, { recursive: true });
  const overlay = ['mount', '-t', 'overlay', 'overlay', '-o', `lowerdir=/,upperdir=${upper},workdir=${work}`, root];
  if (spawnSync('unshare', ['--mount', ...overlay]).status !== 0) return undefined;
  renameSync(built, join(upper, target));

  const [place = '/'] = wordsOf(stage, 'VOLUME');
  const script = `
    ${overlay.join(' ')}
    for name in dev proc sys; do mount --rbind /$name ${root}/$name; done
    ${textsOf(stage, 'RUN')
      .map(text => `chroot ${root} sh -ec ${quoted(text)}`)
      .join('\n')}
    cp -a ${root}${place} ${volume}
    mount -o remount,ro ${root}
    mount --bind ${volume} ${root}${place}
    mount -t tmpfs tmpfs ${root}/tmp
    exec chroot --userspec=${textsOf(stage, 'USER')[0]} --groups= ${root} "$@"`;
  const [workingDirectory = '/'] = textsOf(stage, 'WORKDIR');
  const words = [
    'env',
    '-i',
    '-C',
    workingDirectory,
    'PATH=/usr/bin:/bin',
    ...textsOf(stage, 'ENV').flatMap(text => text.split(' ')),
  ];
  const command = [...wordsOf(stage, 'ENTRYPOINT'), ...wordsOf(stage, 'CMD')];
  return {
    volume,
    start: env => {
      const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
      return spawn('unshare', ['--mount', 'sh', '-ec', script, 'sh', ...words, ...settings, ...command]);
    },
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
