const SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const LAST_REGULAR_SECTOR = 0xfffffffa
const ENTRY_BYTES = 128

/** True where the bytes begin as a compound file: the container of .xls and of encrypted .xlsx files. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length))
}

/**
 * Names of the streams and storages in a compound file, e.g. `Workbook` (.xls) or `EncryptedPackage` (an .xlsx with a
 * password). Throws RangeError where the file ends before its directory does.
 */
export function compoundStreams(bytes: Uint8Array): string[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sectorBytes = 1 << data.readUInt16LE(30)
  const sectorAt = (sector: number) => (sector + 1) * sectorBytes
  /** The allocation table gives each sector's successor; its own sectors are listed in the header. */
  const next = (sector: number) => {
    const perSector = sectorBytes / 4
    const tableSector = data.readUInt32LE(76 + 4 * Math.floor(sector / perSector))
    return data.readUInt32LE(sectorAt(tableSector) + 4 * (sector % perSector))
  }
  const names: string[] = []
  const seen = new Set<number>()
  for (let sector = data.readUInt32LE(48); sector <= LAST_REGULAR_SECTOR && !seen.has(sector); sector = next(sector)) {
    seen.add(sector)
    for (let at = sectorAt(sector); at < sectorAt(sector) + sectorBytes; at += ENTRY_BYTES) {
      const nameBytes = data.readUInt16LE(at + 64)
      if (nameBytes > 2 && nameBytes <= 64) names.push(data.toString('utf16le', at, at + nameBytes - 2))
    }
  }
  return names
}
