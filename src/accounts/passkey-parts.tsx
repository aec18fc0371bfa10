import type { Child } from 'hono/jsx'

/** Where the script of these forms is. */
export const PASSKEY_SCRIPT = '/passkey.js'

type Asking = { does: 'create' | 'get'; action: string; fault?: string | undefined; button: string; children?: Child }

/** A form that a device answers. It is of use with JavaScript alone, which shows it where the browser has passkeys. */
export const PasskeyForm = ({ does, action, fault, button, children }: Asking) => (
  <form
    method="post"
    action={action}
    hidden={fault === undefined}
    data-passkey={does}
    data-failed="That did not work, or was stopped. Try again, or use a link by mail."
    data-known="This device has a passkey here already."
  >
    <input type="hidden" name="credential" value="" />
    {children}
    <span class="fault" role="alert">
      {fault}
    </span>
    <button class="quiet" type="submit">
      {button}
    </button>
  </form>
)
