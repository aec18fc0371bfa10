/**
 * The script for other websites, served at /embed.js: the elements `<convene-rsvp>`, `<convene-calendar>` and
 * `<convene-talks>`. Each shows a page of ours in a frame, as high as it needs, in the colours of the page around it. It works
 * where inline style, inline script and eval are forbidden: it writes no markup, and its style is a constructed sheet.
 */
import { COLOURS } from './colours.ts'

export const embedScript = (baseUrl: string): string => `'use strict';
(() => {
  const base = ${JSON.stringify(baseUrl)}
  const origin = new URL(base).origin
  const colours = ${JSON.stringify(COLOURS)}
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(':host { display: block } :host([hidden]) { display: none } iframe { display: block; width: 100%; height: 20rem; border: 0 }')
  const shown = new Set()
  const seen = new WeakSet()

  class Embed extends HTMLElement {
    static observedAttributes = ['event', 'date', 'group', 'conference', 'invitation', 'view', 'scheme']

    constructor() {
      super()
      const root = this.attachShadow({ mode: 'open' })
      root.adoptedStyleSheets = [sheet]
      this.frame = document.createElement('iframe')
      this.frame.part = 'frame'
      this.frame.loading = 'lazy'
      this.probe = document.createElement('span')
      this.probe.hidden = true
      this.scheme = matchMedia('(prefers-color-scheme: dark)')
      this.recolour = () => this.frame.contentWindow?.postMessage({ convene: 'looks', looks: this.looks() }, origin)
    }

    connectedCallback() {
      shown.add(this)
      this.shadowRoot.replaceChildren(this.probe, this.frame)
      this.scheme.addEventListener('change', this.recolour)
      this.show()
    }

    disconnectedCallback() {
      shown.delete(this)
      this.scheme.removeEventListener('change', this.recolour)
    }

    attributeChangedCallback(name, before) {
      if (this.isConnected && before !== this.getAttribute(name)) this.show()
    }

    /** The colours as the page has them now, each as a browser writes it. */
    looks() {
      const style = getComputedStyle(this)
      const looks = new URLSearchParams()
      const schemes = (this.getAttribute('scheme') ?? style.colorScheme).split(' ')
      const isBoth = schemes.includes('light') && schemes.includes('dark')
      if (!isBoth) looks.set('scheme', schemes.includes('dark') ? 'dark' : 'light')
      for (const name of colours) {
        if (style.getPropertyValue('--convene-' + name).trim() === '') continue
        this.probe.style.color = 'var(--convene-' + name + ')'
        looks.set(name, getComputedStyle(this.probe).color)
      }
      const font = style.getPropertyValue('--convene-font').trim()
      if (font) looks.set('font', font)
      return looks.toString()
    }

    show() {
      const path = this.path((name) => encodeURIComponent(this.getAttribute(name) ?? ''))
      if (!path) return
      const query = new URLSearchParams(this.looks())
      for (const name of ['invitation', 'view']) if (this.hasAttribute(name)) query.set(name, this.getAttribute(name))
      this.frame.title = this.getAttribute('title') || this.label
      const source = base + path + '?' + query
      if (this.frame.src !== source) this.frame.src = source
    }
  }

  const told = (target, { convene, ...detail }) =>
    target.dispatchEvent(new CustomEvent('convene:' + convene, { bubbles: true, composed: true, detail }))

  addEventListener('message', ({ origin: from, source, data }) => {
    if (from !== origin || !source || typeof data !== 'object' || data === null) return
    const element = [...shown].find(({ frame }) => frame.contentWindow === source)
    // An iframe that was written by hand.
    const frame = element ? element.frame : [...document.querySelectorAll('iframe')].find((one) => one.contentWindow === source)
    if (!frame) return
    const target = element || frame
    if (data.convene === 'height' && data.height > 0 && data.height < 50000) frame.style.height = data.height + 'px'
    if (data.convene === 'ready') {
      if (element) element.recolour()
      // The next page in the frame begins at its top.
      if (seen.has(frame) && frame.getBoundingClientRect().top < 0) frame.scrollIntoView()
      seen.add(frame)
      told(target, { convene: 'ready' })
    }
    if (data.convene === 'answered') told(target, data)
  })

  const define = (name, label, path) =>
    customElements.get(name) ||
    customElements.define(name, class extends Embed {
      label = label
      path(read) { return path(read) }
    })
  define('convene-rsvp', 'RSVP', (read) => read('event') && '/embed/e/' + read('event') + (read('date') && '/' + read('date')))
  define('convene-calendar', 'Events', (read) => read('group') && '/embed/g/' + read('group'))
  define('convene-talks', 'Talks', (read) => read('conference') && '/embed/conferences/' + read('conference'))
})()
`
