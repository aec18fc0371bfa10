/**
 * The script of a page inside another website's, served at /embed-frame.js: it tells the page around it how high it is and
 * what happened, and takes its colours. To whoever that is: what it tells names nobody, and only a parent gets it.
 */
export const frameScript = `
'use strict'
if (parent !== window) {
  const tell = (message) => parent.postMessage(message, '*')
  let last = 0
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height)
    if (height !== last) tell({ convene: 'height', height: (last = height) })
  }).observe(document.body)
  tell({ convene: 'ready' })
  const answered = document.querySelector('[data-response]')
  if (answered) tell({ convene: 'answered', ...answered.dataset })
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || !data || data.convene !== 'looks') return
    document.getElementById('colours').href = '/embed/colours.css?' + new URLSearchParams(String(data.looks))
  })
}
`
