// Both runtimes have it; Web Crypto goes over another thread on Node, which takes ten times as long.
import { createHash, createHmac } from 'node:crypto'

/** SHA-256 in hex. Secrets of 256 random bits need no slower hash (ASVS 6.5.2). */
export const sha256 = async (text: string): Promise<string> => createHash('sha256').update(text).digest('hex')

/** HMAC-SHA256 in hex (RFC 2104). */
export const hmac = async (key: string, text: string): Promise<string> =>
  createHmac('sha256', key).update(text).digest('hex')
