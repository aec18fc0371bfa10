// Both runtimes have it; Web Crypto goes over another thread on Node, which takes ten times as long.
import { createHash } from 'node:crypto'

/** SHA-256 in hex. Secrets of 256 random bits need no slower hash (ASVS 6.5.2). */
export const sha256 = async (text: string): Promise<string> => createHash('sha256').update(text).digest('hex')
