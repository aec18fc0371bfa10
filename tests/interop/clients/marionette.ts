/** Marionette, the protocol that drives Mozilla's programs: `length:[type, id, name, parameters]` over a socket. */
import { connect, type Socket } from 'node:net'

type Answer = [type: 1, id: number, error: { error: string; message: string } | null, result: unknown]

export class Marionette {
  readonly #socket: Socket
  #received = Buffer.alloc(0)
  #waiting: ((message: unknown) => void) | null = null
  #failed: ((error: Error) => void) | null = null
  #id = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (data) => {
      this.#received = Buffer.concat([this.#received, data])
      this.#deliver()
    })
    socket.on('error', (error) => this.#failed?.(error))
    socket.on('close', () => this.#failed?.(new Error('the program closed its connection')))
  }

  /** Connects to a program that may still be starting. */
  static async connect(port: number, patienceMs: number): Promise<Marionette> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      try {
        const marionette = new Marionette(await open(port))
        await marionette.#next()
        await marionette.send('WebDriver:NewSession', { capabilities: {} })
        return marionette
      } catch (error) {
        if (Date.now() > deadline) throw error
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
  }

  /** Sends a command and gives the value it answers with. */
  async send(name: string, parameters: object = {}): Promise<unknown> {
    const text = JSON.stringify([0, ++this.#id, name, parameters])
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`)
    const [, , error, result] = (await this.#next()) as Answer
    if (error) throw new Error(`${name}: ${error.error}: ${error.message}`)
    return (result as { value?: unknown } | null)?.value
  }

  close(): void {
    this.#socket.destroy()
  }

  #next(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting = resolve
      this.#failed = reject
      this.#deliver()
    })
  }

  #deliver(): void {
    const colon = this.#received.indexOf(':')
    if (!this.#waiting || colon < 0) return
    const end = colon + 1 + Number(this.#received.toString('latin1', 0, colon))
    if (this.#received.length < end) return
    const message = JSON.parse(this.#received.toString('utf8', colon + 1, end))
    this.#received = this.#received.subarray(end)
    const resolve = this.#waiting
    this.#waiting = null
    resolve(message)
  }
}

const open = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket)).once('error', reject)
  })
