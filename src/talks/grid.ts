/** A day of a conference as a table: rooms beside each other, times below each other, a talk as high as it is long. */
import { grouped } from '../grouped.ts'

export type Placed<T> = { talk: T; room: string; from: number; to: number }
/** A cell and how many rows it spans; empty ones are joined. */
export type Cell<T> = { talk: T | null; rows: number }
export type Grid<T> = {
  /** A room has several columns where talks in it are at one time. */
  columns: { room: string; lanes: number }[]
  /** Each begins at an instant; its cells are those that begin there, in the order of the columns. */
  rows: { at: number; cells: Cell<T>[] }[]
}

/** A talk without a length is shown as long as this. */
const SHORTEST_SECONDS = 300

/** The table of these talks; rooms in the given order, others behind by name. */
export function gridOf<T>(talks: Placed<T>[], order: string[]): Grid<T> {
  const placed = talks
    .map((one) => ({ ...one, to: Math.max(one.to, one.from + SHORTEST_SECONDS) }))
    .sort((a, b) => a.from - b.from || a.to - b.to)
  const times = [...new Set(placed.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const rowAt = new Map(times.map((time, row) => [time, row]))
  const height = Math.max(0, times.length - 1)
  const byRoom = grouped(placed, ({ room }) => room)
  const rooms = [...new Set([...order.filter((room) => byRoom.has(room)), ...[...byRoom.keys()].sort()])]
  const columns = rooms.map((room) => ({ room, lanes: lanesOf(byRoom.get(room)!) }))
  const rows: Grid<T>['rows'] = times.slice(0, -1).map((at) => ({ at, cells: [] }))
  for (const { lanes } of columns)
    for (const lane of lanes) {
      let row = 0
      for (const { talk, from, to } of lane) {
        const [first, end] = [rowAt.get(from)!, rowAt.get(to)!]
        if (first > row) rows[row]!.cells.push({ talk: null, rows: first - row })
        rows[first]!.cells.push({ talk, rows: end - first })
        row = end
      }
      if (row < height) rows[row]!.cells.push({ talk: null, rows: height - row })
    }
  return { columns: columns.map(({ room, lanes }) => ({ room, lanes: lanes.length })), rows }
}

/** Talks of one room in as few lanes as keep them apart. */
function lanesOf<T>(talks: Placed<T>[]): Placed<T>[][] {
  const lanes: Placed<T>[][] = []
  for (const talk of talks) {
    const free = lanes.find((lane) => lane.at(-1)!.to <= talk.from)
    if (free) free.push(talk)
    else lanes.push([talk])
  }
  return lanes
}
