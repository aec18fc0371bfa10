/**
 * The part of our scripts that works for a form before it is sent: it looks for a number whose hash with the form's stamp begins
 * with 13 zero bits (`limits/stamp.ts`). Who has no JavaScript sends the form without it, as does a browser that cannot hash.
 */
export const proofScript = `
for (const stamp of document.querySelectorAll('input[name=stamp]')) {
  const { form } = stamp
  const proof = form?.elements.proof
  if (!proof || !crypto.subtle) continue
  let working
  const work = async () => {
    for (let n = 0; ; n++) {
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(stamp.value + '.' + n))
      if (new DataView(hash).getUint32(0) < 2 ** 19) return (proof.value = n)
    }
  }
  form.addEventListener('focusin', () => (working ??= work()))
  form.addEventListener('submit', (event) => {
    if (proof.value) return
    event.preventDefault()
    working ??= work()
    working.then(() => form.requestSubmit(event.submitter))
  })
}
`
