/** 300 texts that would run a script, load something or change the page where they are not escaped: made systematically. */

const CORES = [
  '<script>zq()</script>',
  '<script src=//zq.example></script>',
  '<ScRiPt >zq()</sCrIpT>',
  '<img src=x onerror=zq()>',
  '<img/src=x/onerror="zq()">',
  '<svg onload=zq()>',
  '<svg><script>zq()</script></svg>',
  '<math><zq-x onclick=zq()></math>',
  '<body onload=zq()>',
  '<iframe src="javascript:zq()"></iframe>',
  '<iframe srcdoc="<script>zq()</script>"></iframe>',
  '<a href="javascript:zq()">zq</a>',
  '<a href=" java&#x0a;script:zq()">zq</a>',
  '<form action="javascript:zq()"><button>zq</button></form>',
  '<button formaction="javascript:zq()">zq</button>',
  '<base href="//zq.example/">',
  '<meta http-equiv="refresh" content="0;url=javascript:zq()">',
  '<link rel=stylesheet href=//zq.example/a.css>',
  '<style>@import "//zq.example"</style>',
  '<p style="background:url(//zq.example)">',
  '<object data="javascript:zq()"></object>',
  '<embed src="javascript:zq()">',
  '<details open ontoggle=zq()>',
  '<input autofocus onfocus=zq()>',
  '<zq-element></zq-element>',
  ' onmouseover=zq() zq=',
  'javascript:zq()',
  'data:text/html,<script>zq()</script>',
  '[zq](javascript:zq())',
  '![zq](x"onerror="zq())',
]

/** What ends the place that a text may stand in. */
const ENDS = ['', '">', "'>", '" ', '</title>', '</textarea>', '</script>', '-->', ']]>', '</p></div>']

export const PAYLOADS: readonly string[] = CORES.flatMap((core) => ENDS.map((end) => `${end}${core}`))
