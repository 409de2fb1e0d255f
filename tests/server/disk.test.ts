import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { disksOf, liesOnOtherDisk } from '#db/disk.server.ts'

/**
 * A system with two disks. `sda1`, `sda2`: partitions of the first one; `dm-0`: a volume on `sda2`; `md0`: a mirror of
 * `sda3` and `sdb1`; `loop0`: a file on `sda1`; `sdb2`: of the second disk, `nfs`: a server.
 */
const folder = mkdtempSync(join(tmpdir(), 'disks-'))
const at = (...names: string[]) => join(folder, ...names)
const numbers: Record<string, string> = {}
let count = 0

function block(path: string, more: { isPartition?: true; slaves?: string[]; file?: string } = {}) {
  const device = at('devices', path)
  mkdirSync(device, { recursive: true })
  mkdirSync(at('blocks'), { recursive: true })
  mkdirSync(at('numbers'), { recursive: true })
  count += 1
  numbers[basename(path)] = `8:${count}`
  symlinkSync(device, at('blocks', basename(path)))
  symlinkSync(device, at('numbers', `8:${count}`))
  if (more.isPartition) writeFileSync(join(device, 'partition'), '1')
  for (const slave of more.slaves ?? []) mkdirSync(join(device, 'slaves', slave), { recursive: true })
  if (more.file) {
    mkdirSync(join(device, 'loop'), { recursive: true })
    writeFileSync(join(device, 'loop', 'backing_file'), `${more.file}\n`)
  }
}

for (const disk of ['sda', 'sdb']) {
  block(disk)
  for (const n of [1, 2, 3]) block(`${disk}/${disk}${n}`, { isPartition: true })
}
block('dm-0', { slaves: ['sda2'] })
block('md0', { slaves: ['sda3', 'sdb1'] })
block('loop0', { file: at('mnt', 'sda1', 'image') })

const mounts: string[] = []
function mount(name: string, source = `/dev/${name}`, number = numbers[name] ?? '0:99') {
  mkdirSync(at('mnt', name), { recursive: true })
  const point = at('mnt', name).replaceAll(' ', '\\040')
  mounts.push(`20 1 ${number} / ${point} rw,relatime shared:1 - ext4 ${source} rw`)
}
for (const name of ['sda1', 'sda2', 'sdb2', 'dm-0', 'md0', 'loop0']) mount(name)
mount('two words', '/dev/sda3', numbers.sda3)
// a file system that manages its disks by itself has a number that names no device
mount('pool', '/dev/sda2', '0:44')
mount('nfs', 'store.example:/copies')
mount('cifs', '//store.example/copies')
mount('tmpfs', 'tmpfs')
writeFileSync(at('mountinfo'), `1 0 8:99 / / rw - ext4 /dev/root rw\n${mounts.join('\n')}\n`)

const system = {
  mounts: at('mountinfo'),
  blocks: at('blocks'),
  numbers: at('numbers'),
  fileSystemOf: (path: string) => mounts.findLastIndex(line => path.startsWith(line.split(' ')[4] ?? '')),
}
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the disks of a folder', () => {
  it.each([
    ['sda1', ['sda']],
    ['sdb2', ['sdb']],
    ['dm-0', ['sda']],
    ['md0', ['sda', 'sdb']],
    ['loop0', ['sda']],
    ['two words', ['sda']],
    ['pool', ['sda']],
    ['nfs', ['server store.example']],
    ['cifs', ['server store.example']],
    ['tmpfs', []],
  ])('%s', (name, disks) => {
    expect(disksOf(at('mnt', name), system)).toEqual(disks)
  })

  it.each([
    ['another partition of the disk', 'sda1', 'sda2', false],
    ['a volume on the disk', 'sda1', 'dm-0', false],
    ['a mirror with the disk in it', 'sda1', 'md0', false],
    ['a file of the disk', 'sda1', 'loop0', false],
    ['another disk', 'sda1', 'sdb2', true],
    ['a server', 'sda1', 'nfs', true],
    ['what the system does not tell of', 'sda1', 'tmpfs', true],
    ['the same folder', 'sda1', 'sda1', false],
    ['a folder that is not there', 'sda1', 'none', false],
  ])('are not those of %s, or they are', (_, one, other, isApart) => {
    expect(liesOnOtherDisk(at('mnt', one), at('mnt', other), system)).toBe(isApart)
  })

  it('of this machine: a folder is not apart from the one it lies in', () => {
    expect(liesOnOtherDisk(folder, at('mnt'))).toBe(false)
  })
})
