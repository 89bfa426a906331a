// A process that starts the embedded server of a folder, says so, and holds it until its stdin closes.
import { startEmbedded } from '../index.ts'

const [dataDir, nativeDir] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('usage: hold.ts <dataDir> [nativeDir]')
const server = await startEmbedded({
  dataDir,
  log: (line) => console.error(line),
  settings: { fsync: 'off' },
  ...(nativeDir === undefined ? {} : { nativeDir }),
})
console.log(JSON.stringify({ host: server.host, port: server.port, pid: server.pid, owned: server.owned, uid: process.getuid?.() }))
process.stdin.resume()
process.stdin.on('end', () => {
  void server.stop().then(() => process.exit(0))
})
