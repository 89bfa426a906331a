/** Reads a table file of any kind that people bring. */

import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { MAX_FILE_BYTES, TableFileError, type Table } from './table.ts'

/** @throws TableFileError with a sentence for the person who brought the file. */
export async function readTable(bytes: Uint8Array, fileName: string): Promise<Table> {
  if (bytes.byteLength > MAX_FILE_BYTES) throw new TableFileError('FILE_TOO_LARGE', `文件超过 ${MAX_FILE_BYTES / 1024 / 1024} MB`)
  const extension = /\.([a-z]+)$/.exec(fileName.trim().toLowerCase())?.[1] ?? ''
  if (!['xlsx', 'xlsm', 'csv', 'tsv', 'txt'].includes(extension)) {
    const hint = extension === 'xls' ? '旧版 .xls 请先在 Excel/WPS 中另存为 .xlsx' : '请上传 .xlsx、.csv 或 .tsv 文件'
    throw new TableFileError('FILE_TYPE', `不支持这种文件，${hint}`)
  }
  if (bytes.byteLength === 0) throw new TableFileError('HEADER_MISSING', '文件是空的，第一行应是表头')
  return extension.startsWith('xls') ? readXlsx(bytes) : readCsv(bytes)
}
