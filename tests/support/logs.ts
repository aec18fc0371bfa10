/** Logs of meetings as bots and programs write them, made up: nobody said this. */

/** What was said in the room, by MeetBot's `.log.txt`. */
export const meetbotLog = (day = 'Wed Oct 12', extra = '') => `16:04:05 <davdunc> #startmeeting hyperscale-sig
16:04:05 <zodbot> Meeting started ${day} 16:04:05 2022 UTC.  The chair is davdunc. Information about MeetBot at https://wiki.example/MeetBot.
16:04:06 <zodbot> The meeting name has been set to 'hyperscale-sig'
16:04:10 <davdunc> #topic Roll call
16:04:20 <conan> .hello conan_kudo
16:04:20 <zodbot> conan: conan_kudo 'Conan' <conan@mail.example>
16:04:30 <anita_> !hi
16:05:00 <davdunc> #topic systemd
16:05:10 <anita_> #info systemd 252 <b>builds</b>
16:05:20 <anita_> #link https://build.example/252
16:05:30 <davdunc> #agreed We ship 252.
16:05:40 <davdunc> #action anita_ to ship systemd
16:05:45 <davdunc> #action a mistake
16:05:46 <davdunc> #undo
16:06:00 <davdunc> #action write the docs
${extra}16:30:00 * conan waves
16:31:00 <davdunc> #endmeeting
`

/** The same as MeetBot's `.txt`. */
export const MEETBOT_MINUTES = `====================================
#centos-hyperscale: hyperscale-sig
====================================


Meeting started by davdunc at 16:04:05 UTC. The full logs are available
at
https://meetbot.example/centos-hyperscale/2022-10-12/hyperscale-sig.2022-10-12-16.04.log.html
.



Meeting summary
---------------
* Roll call  (davdunc, 16:04:10)

* systemd  (davdunc, 16:05:00)
  * systemd 252 builds  (anita_, 16:05:10)
  * LINK: https://build.example/252   (anita_, 16:05:20)
  * AGREED: We ship 252.  (davdunc, 16:05:30)
  * ACTION: anita_ to ship systemd, which goes on in
    another line  (davdunc, 16:05:40)

Meeting ended at 16:31:00 UTC.




Action Items
------------
* anita_ to ship systemd, which goes on in another line




Action Items, by person
-----------------------
* anita_
  * anita_ to ship systemd, which goes on in another line
* **UNASSIGNED**
  * (none)




People Present (lines said)
---------------------------
* davdunc (8)
* anita_ (3)
* zodbot (3)
* conan (2)
`

/** The same as MeetBot's `.html`. */
export const MEETBOT_HTML = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><title>#centos-hyperscale: hyperscale-sig</title><style>.x {}</style></head><body>
<h1>#centos-hyperscale: hyperscale-sig</h1>
<span class="details">Meeting started by davdunc at 16:04:05 UTC (<a href="x.log.html">full logs</a>).</span>
<h3>Meeting summary</h3>
<ol>
<li><b class="TOPIC">systemd</b> <span class="details">(<a href='#l-5'>davdunc</a>, 16:05:00)</span>
<ol type="a">
  <li><i class="itemtype">AGREED</i>: <span class="AGREED">We ship 252.</span> <span class="details">(<a href='#l-8'>davdunc</a>, 16:05:30)</span></li>
  <li><i class="itemtype">ACTION</i>: <span class="ACTION">anita_ to ship &lt;systemd&gt;</span> <span class="details">(davdunc, 16:05:40)</span></li>
</ol></li>
</ol>
<span class="details">Meeting ended at 16:31:00 UTC.</span>
<h3>Action items</h3><ol><li>anita_ to ship &lt;systemd&gt;</li></ol>
<h3>People present (lines said)</h3><ol><li>davdunc (8)</li><li>anita_ (3)</li></ol>
</body></html>`

/** maubot-meetings: `.log.txt`. */
export const MAUBOT_LOG = `2022-10-12 16:04:05 <@davdunc:fedora.im> !startmeeting hyperscale-sig
2022-10-12 16:04:06 <@meetbot:fedora.im> Meeting started at 2022-10-12 16:04:05 UTC
2022-10-12 16:04:10 <@davdunc:fedora.im> !topic systemd
2022-10-12 16:04:20 <@anita:fedora.im> !hi
2022-10-12 16:05:30 <@davdunc:fedora.im> !agreed We ship 252.
2022-10-12 16:05:40 <@davdunc:fedora.im> !action anita to ship systemd
2022-10-12 16:31:00 <@davdunc:fedora.im> !endmeeting
`

/** maubot-meetings: `.log.html`. */
export const MAUBOT_LOG_HTML = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><style type="text/css">pre { white-space: nowrap; }</style></head><body><pre>
        <a name="l-1"></a>
        <span class="tm">2022-10-12 16:04:05</span>
        <span class="nk"> &lt;@davdunc:fedora.im&gt; </span>
        !startmeeting hyperscale-sig
        <br/>
        <a name="l-2"></a>
        <span class="tm">2022-10-12 16:05:30</span>
        <span class="nk"> &lt;@davdunc:fedora.im&gt; </span>
        !agreed We ship 252.
        <br/>
        <a name="l-3"></a>
        <span class="tm">2022-10-12 16:05:40</span>
        <span class="nk"> &lt;@anita:fedora.im&gt; </span>
        !action anita to ship systemd
        <br/>
</pre></body></html>`

/** maubot-meetings: `.txt`. */
export const MAUBOT_MINUTES = `=====================================
# #hyperscale:fedoraproject.org: hyperscale-sig
=====================================

Meeting started by @davdunc:fedora.im at 2022-10-12 16:04:05

Meeting summary
---------------
* TOPIC: systemd (@davdunc:fedora.im, 16:04:10)
    * AGREED: We ship 252. (@davdunc:fedora.im, 16:05:30)
    * ACTION: anita to ship systemd (@davdunc:fedora.im, 16:05:40)

Meeting ended at 2022-10-12 16:31:00

Action items
------------
* anita to ship systemd

People Present (lines said)
---------------------------
* @davdunc:fedora.im (5)
* @anita:fedora.im (1)
`

/** A room of Matrix, as Element exports it. */
export const MATRIX = JSON.stringify({
  room_name: '#centos-hyperscale:fedoraproject.org',
  messages: [
    { sender: '@davdunc:fedora.im', origin_server_ts: 1665590645000, content: { body: '#topic systemd' } },
    { sender: '@anita:fedora.im', origin_server_ts: 1665590650000, content: { body: 'hello\n.hello anita' } },
    { sender: '@davdunc:fedora.im', origin_server_ts: 1665590660000, content: { body: '#agreed We ship 252.' } },
    {
      sender: '@davdunc:fedora.im',
      origin_server_ts: 1665590670000,
      content: { body: '#action anita to ship systemd' },
    },
    { sender: '@x:y', origin_server_ts: 1665590670000, content: null },
  ],
})

/** WeeChat and irssi. */
export const WEECHAT = `2022-10-12 16:04:00\t--> davdunc has joined
2022-10-12 16:04:05\tdavdunc\t#topic systemd
2022-10-12 16:05:00\t@anita\t#agreed We ship 252.
2022-10-12 16:05:10\tdavdunc\t#action anita to ship systemd
`
export const IRSSI = `--- Log opened Wed Oct 12 15:58:00 2022
15:59 -!- davdunc [d@host.example] has joined #centos-hyperscale
16:04 <@davdunc> #topic systemd
16:05 < anita> #agreed We ship 252.
16:05 <@davdunc> #action anita to ship systemd
`
