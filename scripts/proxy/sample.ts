import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

export const NAME = '4phu.example.gov.vn'

/**
 * Writes the sample of nginx into `folder` as shipped except for names, files and ports, with a certificate of its own.
 * `instance` is the file that says which server answers. Returns the arguments with which nginx runs on it.
 */
export function writeSample(
  folder: string,
  { serverPort, tlsPort, httpPort }: { serverPort: number; tlsPort: number; httpPort: number },
): { command: string[]; instance: string } {
  const at = (name: string) => `${folder}/${name}`
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${NAME}`].concat([
      '-addext',
      `subjectAltName=DNS:${NAME}`,
      '-keyout',
      at('privkey.pem'),
      '-out',
      at('fullchain.pem'),
    ]),
    { stdio: 'ignore' },
  )
  mkdirSync(at('temp'))
  const instance = at('4phu-instance.conf')
  writeFileSync(instance, `server 127.0.0.1:${serverPort};\n`)
  const site = readFileSync('scripts/deploy/nginx.conf', 'utf8')
    .replaceAll('/etc/nginx/4phu-instance.conf', instance)
    .replaceAll('/etc/4phu/tls/', `${folder}/`)
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replaceAll(/listen 443\b/g, `listen 127.0.0.1:${tlsPort}`)
    .replaceAll(/listen 80\b/g, `listen 127.0.0.1:${httpPort}`)
    .replaceAll(/^ *listen \[::\].*\n/gm, '')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(kind => `${kind}_temp_path ${folder}/temp/${kind};`)
    .join('\n')
  writeFileSync(
    at('nginx.conf'),
    `daemon off;\npid ${folder}/pid;\nerror_log ${folder}/start.log;\nevents {}\nhttp {\n${temporary}\n${site}\n}\n`,
  )
  execFileSync('nginx', ['-t', '-q', '-c', at('nginx.conf')], { stdio: 'inherit' })
  return { command: ['-c', at('nginx.conf')], instance }
}
