// Runs Azurite's blob service. AZURITE_ACCOUNT_FILE, if set, holds "account:key", the only ones that it knows then; AZURITE_HOST
// and AZURITE_PORT say where it listens.
const { readFileSync } = require('node:fs');

const { AZURITE_ACCOUNT_FILE: file, AZURITE_HOST: host = '0.0.0.0', AZURITE_PORT: port = '10000' } = process.env;
if (file) process.env.AZURITE_ACCOUNTS = readFileSync(file, 'utf8').trim();
process.argv.push('--location', '/var/lib/azurite', '--blobHost', host, '--blobPort', port);
process.argv.push('--disableTelemetry', '--skipApiVersionCheck', '--silent');
require('azurite/dist/src/blob/main');
