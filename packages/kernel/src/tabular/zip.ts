/**
 * Opens a zip file that a stranger sent. Sizes written in a zip are claims: each entry is inflated under a limit here, and
 * what was found is packed again without compression, so that no later reader meets other sizes than were checked.
 */

import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'

const inflate = promisify(inflateRaw)

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const MAX_ENTRIES = 2000

export type ZipProblem = 'damaged' | 'too-large' | 'encrypted'

export class ZipError extends Error {
  readonly problem: ZipProblem
  constructor(problem: ZipProblem) {
    super(`zip ${problem}`)
    this.problem = problem
  }
}

/** Entries whose name `wanted` accepts, together at most `maxBytes` when unpacked. @throws ZipError */
export async function readZip(bytes: Uint8Array, wanted: (name: string) => boolean, maxBytes: number): Promise<Map<string, Buffer>> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = new Map<string, Buffer>()
  let room = maxBytes
  for (const entry of directory(zip)) {
    if (!wanted(entry.name) || files.has(entry.name)) continue
    if (entry.encrypted) throw new ZipError('encrypted')
    const content = await unpack(entry, packedBytes(zip, entry), room)
    if (crc32(content) !== entry.crc) throw new ZipError('damaged')
    room -= content.length
    files.set(entry.name, content)
  }
  return files
}

/** A plain zip of stored entries. */
export function storeZip(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const parts: Uint8Array[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [name, content] of files) {
    const path = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(path.length, 22)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(DIRECTORY_ENTRY, 0)
    entry.writeUInt16LE(20, 4)
    common.copy(entry, 6)
    entry.writeUInt32LE(offset, 42)
    entries.push(entry, path)
    parts.push(uint32(LOCAL_ENTRY), common, path, content)
    offset += 4 + common.length + path.length + content.length
  }
  const list = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END_OF_DIRECTORY, 0)
  end.writeUInt16LE(files.size, 8)
  end.writeUInt16LE(files.size, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, list, end])
}

interface Entry { name: string; method: number; encrypted: boolean; crc: number; packed: number; size: number; offset: number }

function directory(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(uint32(END_OF_DIRECTORY))
  if (end < 0 || end + 22 > zip.length) throw new ZipError('damaged')
  const count = zip.readUInt16LE(end + 10)
  if (count > MAX_ENTRIES) throw new ZipError('too-large')
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new ZipError('damaged')
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28)
    entries.push({
      name: zip.toString('utf8', at + 46, nameEnd),
      method: zip.readUInt16LE(at + 10),
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      crc: zip.readUInt32LE(at + 16),
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    })
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

function packedBytes(zip: Buffer, entry: Entry): Buffer {
  const { offset } = entry
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== LOCAL_ENTRY) throw new ZipError('damaged')
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
  if (start + entry.packed > zip.length) throw new ZipError('damaged')
  return zip.subarray(start, start + entry.packed)
}

async function unpack(entry: Entry, packed: Buffer, room: number): Promise<Buffer> {
  if (entry.size > room) throw new ZipError('too-large')
  if (entry.method === 0) {
    if (packed.length > room) throw new ZipError('too-large')
    return packed
  }
  if (entry.method !== 8) throw new ZipError('damaged')
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, room) })
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw new ZipError(tooLarge ? 'too-large' : 'damaged')
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
