/** The addresses of one person's calendar. */
export const personalPath = (secret: string): string => `/me/${secret}`

export const personalJson = (baseUrl: string, secret: string) => ({
  token: secret,
  url: `${baseUrl}${personalPath(secret)}`,
  calendarUrl: `${baseUrl}${personalPath(secret)}/calendar.ics`,
})
