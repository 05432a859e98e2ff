// Fetches one npm release, checked against its digest: node fetch-npm.mjs DEFINITIONS VERSION INTEGRITY > npm.tgz
// DEFINITIONS is the file in which Debian's npm names the registry that npm uses by default.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [definitions, version, integrity] = process.argv.slice(2);
const registry = process.env.NPM_CONFIG_REGISTRY || /define\('registry', \{\s*default: '([^']+)'/.exec(readFileSync(definitions, 'utf8'))[1];

const get = async url => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer;
};

const release = await (await get(new URL(`npm/${version}`, registry))).json();
const tarball = Buffer.from(await (await get(release.dist.tarball)).arrayBuffer());
if (`sha512-${createHash('sha512').update(tarball).digest('base64')}` !== integrity) throw new Error(`npm ${version} is not what it was`);
writeFileSync(1, tarball);
