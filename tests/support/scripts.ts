/** A script that is neither ours nor data: what somebody wrote into a text. */
export const FOREIGN_SCRIPT =
  /<script(?! src="\/[a-z-]+\.js" defer=""><\/script>| type="application\/ld\+json">[^<]*<\/script>)/
