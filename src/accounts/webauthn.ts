/** What devices are asked for and what they answer (WebAuthn Level 3, sections 5 and 7). Pure. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** The library is large, and most who come here have no passkey. */
const library = () => import('@simplewebauthn/server')

/** An origin, and the host that keys of ours are for. */
const siteOf = (baseUrl: string) => ({ expectedOrigin: baseUrl, expectedRPID: new URL(baseUrl).hostname })

const TIMEOUT_MS = 300_000
/** EdDSA, ES256 and RS256 (COSE): what devices of today have. */
const ALGORITHMS = [-8, -7, -257]

const bytesOf = (text: string): string => btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

/** What a device is asked that is to be added to an account (section 5.4). */
export const creationOptions = (
  baseUrl: string,
  challenge: string,
  account: { id: string; name: string },
  known: readonly string[],
) => ({
  challenge,
  rp: { id: new URL(baseUrl).hostname, name: 'Convene' },
  user: { id: bytesOf(account.id), name: account.name, displayName: account.name },
  pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
  excludeCredentials: known.map((id) => ({ type: 'public-key' as const, id })),
  authenticatorSelection: { residentKey: 'required' as const, requireResidentKey: true, userVerification: 'required' },
  attestation: 'none' as const,
  timeout: TIMEOUT_MS,
})

/** What a device is asked to sign in; it finds the key itself, so nobody says who they are before (section 5.5). */
export const requestOptions = (baseUrl: string, challenge: string) => ({
  challenge,
  rpId: new URL(baseUrl).hostname,
  userVerification: 'required' as const,
  timeout: TIMEOUT_MS,
})

export type DeviceKey = { id: string; publicKey: string; counter: number }

/**
 * The key that a device made for us, for this challenge, by somebody whom it knows (section 7.1); null for anything else. What
 * vouches for the make of a device is refused unread: we ask for none, and its certificates name addresses to be fetched.
 */
export async function keyIn(
  answer: RegistrationResponseJSON,
  challenge: string,
  baseUrl: string,
): Promise<DeviceKey | null> {
  const { verifyRegistrationResponse } = await library()
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers')
  try {
    const { attestationObject } = answer.response
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject))
    const format = attestation.get('fmt')
    const isPlain = format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined)
    if (!isPlain) return null
    const { registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      ...siteOf(baseUrl),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!registrationInfo) return null
    const { id, publicKey, counter } = registrationInfo.credential
    return { id, publicKey: isoBase64URL.fromBuffer(publicKey), counter }
  } catch {
    // What is none of a device's answers ends in an error of the library.
    return null
  }
}

/** How often the device that signed this challenge with this key says that it signed (section 7.2); null where it did not. */
export async function counterIn(
  answer: AuthenticationResponseJSON,
  challenge: string,
  baseUrl: string,
  key: DeviceKey,
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await library()
  const { isoBase64URL } = await import('@simplewebauthn/server/helpers')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      ...siteOf(baseUrl),
      credential: { id: key.id, publicKey: isoBase64URL.toBuffer(key.publicKey), counter: key.counter },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}
