/** How often a write is tried while others hold the write lock; each waits five seconds or more for it. */
const TRIES = 4

const isBusy = (error: unknown): boolean =>
  /SQLITE_BUSY/.test(`${(error as { code?: unknown }).code ?? ''} ${String(error)}`)

/** SQLITE_BUSY comes from taking the write lock, before anything is written: the same again is safe. */
export async function whenFree<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      if (tries === TRIES || !isBusy(error)) throw error
    }
  }
}
