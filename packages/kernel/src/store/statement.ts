import pg from 'pg'

/*
 * pg describes the columns of a prepared statement at every execution: the server writes them out, and the client builds its parsers anew,
 * which for a table of thirty columns costs more than reading the row. They cannot change while the statement lives (PostgreSQL refuses a
 * plan whose result would change with 0A000, and the connection is then thrown away), so they are asked for once a connection.
 */

/** What pg keeps of a row description; the names are pg's own, this file is the only place that knows them (store/statement.test.ts). */
interface Shape { fields: unknown[]; _parsers: unknown; _prebuiltEmptyResultObject: unknown }
interface Wire {
  parsedStatements: Record<string, string | undefined>
  bind(o: object): void
  execute(o: object): void
  sync(): void
}
interface Internals {
  name?: string
  portal: string
  text: string
  values: unknown[] | undefined
  _result: Shape
  _accumulateRows: boolean
  callback: (error: Error | null, result: pg.QueryResult) => void
}
interface Base { prepare(connection: Wire): void }

const shapes = new WeakMap<Wire, Map<string, Shape>>()
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils

class Statement extends (pg.Query as unknown as new (text: string) => Internals & Base) {
  constructor(text: string, values: unknown[] | undefined, name: string | undefined, done: (error: Error | null, result: pg.QueryResult) => void) {
    super(text)
    this.values = values
    if (name !== undefined) this.name = name
    this.callback = done
  }

  override prepare(connection: Wire): void {
    const { name } = this
    if (name === undefined) return super.prepare(connection)
    let known = shapes.get(connection)
    if (!known) shapes.set(connection, known = new Map())
    const shape = known.get(name)
    if (shape === undefined || connection.parsedStatements[name] !== this.text) {
      const done = this.callback
      this.callback = (error, result) => {
        if (!error) known.set(name, { fields: this._result.fields, _parsers: this._result._parsers, _prebuiltEmptyResultObject: this._result._prebuiltEmptyResultObject })
        done(error, result)
      }
      return super.prepare(connection)
    }
    Object.assign(this._result, shape)
    this._accumulateRows = true
    connection.bind({ portal: this.portal, statement: name, values: this.values, valueMapper: prepareValue })
    connection.execute({ portal: this.portal, rows: 0 })
    connection.sync()
  }
}

/** Runs one statement on a connection; `name` makes it a prepared one. */
export function runStatement(client: pg.ClientBase, text: string, values: unknown[] | undefined, name: string | undefined): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    client.query(new Statement(text, values, name, (error, result) => { if (error) reject(error); else resolve(result) }) as unknown as pg.Submittable)
  })
}
