/** SubRip (.srt), which has no standard: numbers, times with a comma, text, an empty line. */
import { type ReadCues, readBlocks } from './cues.ts'

/** Reads the cues; numbers, positions and tags are left out. */
export const readSrt = (text: string): ReadCues => readBlocks(text.split(/\r\n|\n|\r/), 0)
