// The files of deploy/ as far as they can be checked without containers: they parse, and name what is there.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

const ROOT = join(import.meta.dirname, '../..');
const DEPLOY = join(ROOT, 'deploy');
/** The YAML library that writes the API's description. */
const yaml = createRequire(import.meta.resolve('@fastify/swagger'))('yaml') as {
  parseAllDocuments: (text: string, options: object) => { errors: unknown[]; toJS: () => Record<string, never> }[];
};

const text = (name: string) => readFileSync(join(DEPLOY, name), 'utf8');
const documents = (name: string) => {
  const parsed = yaml.parseAllDocuments(text(name), { merge: true });
  assert.deepEqual(
    parsed.flatMap(({ errors }) => errors),
    [],
  );
  return parsed.map(document => document.toJS());
};

interface Service {
  image?: string;
  volumes?: string[];
  environment?: Record<string, string>;
  depends_on?: string[];
  build?: { context: string; dockerfile: string };
}

const [compose] = documents('compose.yaml') as unknown as [
  { services: Record<string, Service>; volumes: Record<string, null> },
];
const services = Object.entries(compose.services);
const xml = (name: string) => {
  assert.equal(XMLValidator.validate(text(name)), true);
  return new XMLParser({ isArray: name => ['shard', 'replica', 'node', 'server'].includes(name) }).parse(text(name));
};

test('every file and volume that the compose file names is there, and every service', () => {
  for (const [name, { volumes = [], depends_on = [], build }] of services) {
    for (const [from = ''] of volumes.map(volume => volume.split(':'))) {
      assert.ok(from.startsWith('.') ? existsSync(join(DEPLOY, from)) : from in compose.volumes, `${name}: ${from}`);
    }
    for (const other of depends_on) assert.ok(other in compose.services, `${name}: ${other}`);
    if (build) assert.ok(existsSync(join(DEPLOY, build.context, build.dockerfile)), name);
  }
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
  for (const file of ['compose.yaml', 'kubernetes/offhook.yaml']) {
    const names = new Set([...text(file).matchAll(/\bOFFHOOK_[A-Z_]+/g)].map(([name]) => name));
    assert.ok(names.size >= 4);
    for (const name of names) assert.ok(source.includes(name), `${file}: ${name}`);
  }
});

test('the images are of the version that is required, and the manifests belong together', () => {
  const images = services.flatMap(([, { image }]) => (image?.startsWith('clickhouse/') ? [image] : []));
  assert.ok(images.length === 7 && images.every(image => image.endsWith(':26.7')));
  const kinds = documents('kubernetes/offhook.yaml').map(({ kind }): unknown => kind);
  assert.deepEqual(kinds, ['Secret', 'Deployment', 'Service', 'PodDisruptionBudget']);
  const dockerfile = text('Dockerfile');
  for (const [, file = ''] of dockerfile.matchAll(/^COPY (package\.json|web\/package\.json)/gm)) {
    assert.ok(existsSync(join(ROOT, file)), file);
  }
});
