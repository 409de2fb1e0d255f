import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Where the system tells of mounts and block devices; tests bring their own. */
const SYSTEM = {
  mounts: '/proc/self/mountinfo',
  blocks: '/sys/class/block',
  numbers: '/sys/dev/block',
  fileSystemOf: (path: string) => statSync(path).dev,
}

/**
 * Returns true if two existing paths are on different disks. Volumes, partitions and mirrors of one disk count as that
 * disk if the system reports it. If it does not, different file systems count as different disks. Two disks of a
 * virtual machine look different even if the host keeps both on one.
 */
export function liesOnOtherDisk(one: string, other: string, system = SYSTEM): boolean {
  if (!existsSync(one) || !existsSync(other)) return false
  if (system.fileSystemOf(one) === system.fileSystemOf(other)) return false
  const [disks, others] = [disksOf(one, system), disksOf(other, system)]
  return !disks.some(disk => others.includes(disk))
}

/** The disks, or the server of a network file system, that hold a path; none: the system does not tell. */
export function disksOf(path: string, system = SYSTEM): string[] {
  try {
    return [...new Set(disksAt(realpathSync(path), system, 0))]
  } catch {
    return []
  }
}

function disksAt(path: string, system: typeof SYSTEM, depth: number): string[] {
  const { number, source } = mountOf(path, readFileSync(system.mounts, 'utf8'))
  // a network file system: SERVER:/PATH, or //SERVER/PATH
  const [, windows, unix] = /^(?:\/\/([^/]+)\/|([^/]+?):\/)/.exec(source) ?? []
  const server = windows ?? unix
  if (server !== undefined) return [`server ${server}`]
  // the number is missing for file systems that manage their disks by themselves; a source may be no device's name
  const device = join(system.numbers, number)
  if (existsSync(device)) return disksUnder(basename(realpathSync(device)), system, depth)
  return source.startsWith('/') ? disksUnder(nameOf(source), system, depth) : []
}

/**
 * Returns the mount that contains a path; a line of mountinfo is `ID PARENT NUMBER ROOT POINT OPTIONS … - TYPE SOURCE
 * …`.
 */
function mountOf(path: string, mounts: string): { number: string; source: string } {
  let best = { length: -1, number: '', source: '' }
  for (const line of mounts.split('\n')) {
    const [before = '', after = ''] = line.split(' - ')
    const [, , number = '', , writtenPoint = ''] = before.split(' ')
    const point = plain(writtenPoint)
    const isAbove = path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`)
    // of two that are mounted at one place the later one hides the other
    if (point !== '' && isAbove && point.length >= best.length)
      best = { length: point.length, number, source: plain(after.split(' ')[1] ?? '') }
  }
  return best
}

/** Blanks and the like are written as `\040` in mountinfo. */
const plain = (text: string) =>
  text.replaceAll(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))

/** `/dev/mapper/x` is a link to `/dev/dm-0`, which has the name that the system tells of. */
const nameOf = (device: string) => basename(existsSync(device) ? realpathSync(device) : device)

/**
 * Returns the disks below a block device: a partition's disk, the members of a volume or mirror, the disk of a loop's
 * file.
 */
function disksUnder(name: string, system: typeof SYSTEM, depth: number): string[] {
  const folder = join(system.blocks, name)
  if (depth > 8 || !existsSync(folder)) return []
  const parts = existsSync(join(folder, 'slaves')) ? readdirSync(join(folder, 'slaves')) : []
  if (parts.length > 0) return parts.flatMap(part => disksUnder(part, system, depth + 1))
  const behind = join(folder, 'loop', 'backing_file')
  if (existsSync(behind)) return disksAt(readFileSync(behind, 'utf8').trim(), system, depth + 1)
  if (existsSync(join(folder, 'partition')))
    return disksUnder(basename(dirname(realpathSync(folder))), system, depth + 1)
  return [name]
}
