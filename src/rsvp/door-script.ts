/**
 * The script of the door's page, served at /door.js: it reads the codes that guests show, where the browser can. It opens
 * the guest's row and changes nothing; without it guests are found by typing.
 */
export const doorScript = `
'use strict'
const place = document.getElementById('scanner')
const start = place && place.querySelector('button')

async function scan() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  const video = document.createElement('video')
  video.muted = true
  video.setAttribute('playsinline', '')
  video.setAttribute('aria-label', 'The camera')
  video.srcObject = stream
  place.append(video)
  await video.play()
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  start.textContent = 'Stop the camera'
  const stop = () => {
    for (const track of stream.getTracks()) track.stop()
    video.remove()
    start.textContent = 'Scan a code'
    start.onclick = begin
  }
  start.onclick = stop
  const look = async () => {
    if (!video.isConnected) return
    const [found] = await detector.detect(video).catch(() => [])
    if (!found) return void setTimeout(look, 150)
    stop()
    const here = new URL(location.href)
    const next = new URL(here.pathname, here)
    const date = here.searchParams.get('date')
    if (date) next.searchParams.set('date', date)
    next.searchParams.set('code', found.rawValue.slice(0, 300))
    location.assign(next)
  }
  look()
}

function begin() {
  scan().catch(() => {
    place.querySelector('p').textContent = 'The camera cannot be used here. Type the name or the code.'
  })
}

if (start && 'BarcodeDetector' in window && navigator.mediaDevices) {
  start.onclick = begin
  place.hidden = false
}
`
