// The files of deploy/ as text: they parse, and name what exists. test/project/package.test.ts starts the image.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { readDockerfile, textsOf, wordsOf } from '../support/image/dockerfile.ts';
import { yamlDocuments } from '../support/image/yaml.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEPLOY = join(ROOT, 'deploy');
const text = (name: string) => readFileSync(join(DEPLOY, name), 'utf8');
const documents = <Document>(name: string) => yamlDocuments<Document>(join(DEPLOY, name));

interface Service {
  image?: string;
  volumes?: string[];
  environment?: Record<string, string>;
  depends_on?: string[];
  build?: { context: string; dockerfile: string };
}

interface Manifest {
  kind: string;
  spec: { template: { spec: { containers: { securityContext: { runAsUser: number } }[] } } };
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

const compose = documents<Compose>('compose.cluster.yaml')[0]!;
const single = documents<Compose>('compose.yaml')[0]!;
const services = Object.entries(compose.services);
const stages = readDockerfile(join(DEPLOY, 'Dockerfile'));
const image = stages.at(-1)!;
const xml = (name: string) => {
  assert.equal(XMLValidator.validate(text(name)), true);
  return new XMLParser({ isArray: name => ['shard', 'replica', 'node', 'server'].includes(name) }).parse(text(name));
};

for (const { services, volumes: known } of [single, compose]) {
  test(`every file, volume and service exists that the compose file of ${Object.keys(services).length} names`, () => {
    for (const [name, { volumes = [], depends_on = [], build }] of Object.entries(services)) {
      for (const [from = ''] of volumes.map(volume => volume.split(':'))) {
        assert.ok(from.startsWith('.') ? existsSync(join(DEPLOY, from)) : from in known, `${name}: ${from}`);
      }
      for (const other of depends_on) assert.ok(other in services, `${name}: ${other}`);
      if (build) assert.ok(existsSync(join(DEPLOY, build.context, build.dockerfile)), name);
    }
  });
}

test('one service needs two variables, and keeps its data where the image writes it', () => {
  const { offhook } = single.services;
  assert.deepEqual(Object.keys(single.services), ['offhook']);
  const needed = [...text('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
  assert.deepEqual(needed, ['OFFHOOK_ADMIN_USERNAME', 'OFFHOOK_ADMIN_PASSWORD']);
  assert.deepEqual(Object.keys(offhook?.environment ?? {}), needed);
  const [volume = ''] = wordsOf(image, 'VOLUME');
  assert.deepEqual(offhook?.volumes, [`data:${volume}`]);
  assert.ok(textsOf(image, 'ENV').join(' ').split(' ').includes(`OFFHOOK_DATA_DIR=${volume}`));
});

test('the cluster is 2 × 2 with three Keepers, and all of it is in the compose file', () => {
  const { clickhouse } = xml('clickhouse/cluster.xml');
  const shards: { replica: { host: string }[] }[] = clickhouse.remote_servers.calls.shard;
  const replicas = shards.map(({ replica }) => replica.map(({ host }) => host));
  assert.deepEqual(replicas, [
    ['clickhouse-1-1', 'clickhouse-1-2'],
    ['clickhouse-2-1', 'clickhouse-2-2'],
  ]);
  const keepers: { host: string }[] = clickhouse.zookeeper.node;
  const raft: { hostname: string }[] = xml('clickhouse/keeper.xml').clickhouse.keeper_server.raft_configuration.server;
  assert.deepEqual(
    keepers.map(({ host }) => host),
    raft.map(({ hostname }) => hostname),
  );
  assert.equal(keepers.length, 3);
  for (const host of [...replicas.flat(), ...keepers.map(keeper => keeper.host)])
    assert.ok(host in compose.services, host);
  for (const [shard, hosts] of replicas.entries()) {
    for (const [replica, host] of hosts.entries()) {
      assert.deepEqual(compose.services[host]!.environment, {
        SHARD: String(shard + 1),
        REPLICA: String(replica + 1),
      });
    }
  }
});

test('the proxy names services of the compose file, and the processes use the cluster through it', () => {
  const named = [...text('haproxy.cfg').matchAll(/^ +server \S+ (\S+):\d+/gm)].map(([, host]) => host as string);
  assert.equal(named.length, 6);
  for (const host of named) assert.ok(host in compose.services, host);
  const users = xml('clickhouse/users.xml').clickhouse.users;
  for (const process of ['offhook-1', 'offhook-2']) {
    const { OFFHOOK_CLICKHOUSE_URL: url = '', OFFHOOK_CLICKHOUSE_CLUSTER: cluster } =
      compose.services[process]!.environment ?? {};
    const { username, password, hostname, port } = new URL(url);
    assert.deepEqual([users[username].password, hostname, port, cluster], [password, 'proxy', '8123', 'calls']);
  }
});

test('every OFFHOOK_ variable that is set is one that the program reads', () => {
  const source = globSync('src/**/*.ts', { cwd: ROOT })
    .map(file => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');
  const files = ['compose.yaml', 'compose.cluster.yaml', 'Dockerfile', 'offhook.service', 'kubernetes/offhook.yaml'];
  for (const file of files) {
    const names = new Set([...text(file).matchAll(/\bOFFHOOK_[A-Z_]+/g)].map(([name]) => name));
    assert.ok(names.size >= 2, file);
    for (const name of names) assert.ok(source.includes(name), `${file}: ${name}`);
  }
});

test('the images are of the version that is required, and the manifests belong together', () => {
  const images = services.flatMap(([, { image }]) => (image?.startsWith('clickhouse/') ? [image] : []));
  assert.ok(images.length === 7 && images.every(image => image.endsWith(':26.7')));
  const kinds = documents<Manifest>('kubernetes/offhook.yaml').map(({ kind }) => kind);
  assert.deepEqual(kinds, ['Secret', 'Deployment', 'Service', 'PodDisruptionBudget']);
});

test('the image builds from files that exist, and its user owns its data', () => {
  const version = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
  for (const file of ['compose.yaml', 'kubernetes/offhook.yaml'])
    assert.ok(text(file).includes(`offhook:${version}\n`));
  const copied = textsOf(stages[0]!, 'COPY').flatMap(words => words.split(' ').slice(0, -1));
  assert.ok(copied.length >= 4);
  for (const file of copied) assert.ok(existsSync(join(ROOT, file)), file);
  const [user = ''] = textsOf(image, 'USER');
  const [uid, gid] = user.split(':');
  assert.match(user, /^[1-9]\d*:[1-9]\d*$/, 'by number, and not root');
  const [run = ''] = textsOf(image, 'RUN');
  assert.ok(run.includes(`install -d -o ${uid} -g ${gid} -m 700 ${wordsOf(image, 'VOLUME')[0]}`));
  const deployment = documents<Manifest>('kubernetes/offhook.yaml').find(({ kind }) => kind === 'Deployment')!;
  const [container] = deployment.spec.template.spec.containers;
  assert.equal(String(container?.securityContext.runAsUser), uid);
});

test('systemd accepts the unit', t => {
  const directory = mkdtempSync(join(tmpdir(), 'offhook-unit-'));
  const unit = join(directory, 'offhook.service');
  // systemd looks whether the program exists.
  const installed = '/opt/offhook/bin/offhook';
  assert.ok(text('offhook.service').includes(`\nExecStart=${installed} serve\n`));
  writeFileSync(unit, text('offhook.service').replace(installed, join(ROOT, 'offhook')));
  const { error, status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  rmSync(directory, { recursive: true });
  if (error) return t.skip('systemd is not installed');
  assert.equal(stderr, '');
  assert.equal(status, 0);
});
