import { commands } from './commands.ts'

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name] ?? commands.help!
// handles of the embedded server do not hold the process; the command does
const hold = setInterval(() => {}, 2 ** 30)
try {
  const code = await command.run(args)
  if (typeof code === 'number') process.exitCode = code
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`)
  if (process.env.QUANCHENG_DEBUG) console.error(error)
  process.exitCode = 1
} finally {
  clearInterval(hold)
}
