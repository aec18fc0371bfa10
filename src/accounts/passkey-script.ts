/**
 * The script of forms for passkeys, served at /passkey.js: it asks a device, and sends its answer with the form. Where the
 * browser has no passkeys, or no JavaScript, the forms stay out of sight, and a link by mail signs in.
 */
export const passkeyScript = `
'use strict'
for (const form of document.querySelectorAll('form[data-passkey]')) {
  const api = window.PublicKeyCredential
  if (!api || !api.parseCreationOptionsFromJSON) continue
  const { credential } = form.elements
  const fault = form.querySelector('[role=alert]')
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    fault.textContent = ''
    try {
      const answer = await fetch(form.action + '/begin', { method: 'POST' })
      if (!answer.ok) throw answer
      const options = await answer.json()
      const isNew = form.dataset.passkey === 'create'
      const publicKey = isNew ? api.parseCreationOptionsFromJSON(options) : api.parseRequestOptionsFromJSON(options)
      const made = await navigator.credentials[isNew ? 'create' : 'get']({ publicKey })
      credential.value = JSON.stringify(made)
      form.submit()
    } catch (error) {
      fault.textContent = error.name === 'InvalidStateError' ? form.dataset.known : form.dataset.failed
    }
  })
}
`
